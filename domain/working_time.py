"""Working time: when a team works, and how working hours add up across nights, holidays and changes of the clocks.

A minute is working time when the clocks of the calendar's zone show a time inside one of the weekly intervals, on a day that is no
holiday. Hours that the clocks show twice are worked twice, those that they skip are not worked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.weekdays import Weekday

WEEKDAYS = tuple(Weekday)
DAY_MINUTES = 24 * 60
# Further ahead nobody looks for working time: a calendar that has none within two years has none.
HORIZON_DAYS = 2 * 366

_DAY = timedelta(days=1)
# A local day lies within this much of its midnight in UTC, wherever it is.
_EARLIEST, _LATEST = timedelta(hours=-15), timedelta(hours=39)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, order=True)
class WorkingInterval:
    """Part of every week that is worked: from `opens` on `day` until `closes`, in minutes after midnight (0–1439).

    One that does not close later than it opens ends on the next day.
    """

    day: Weekday
    opens: int
    closes: int

    @property
    def minutes(self) -> int:
        """How long it is by the clock, 1–1440."""
        return (self.closes - self.opens - 1) % DAY_MINUTES + 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a team works: the zone by whose clocks, the intervals of every week, and the days without any work."""

    zone: str
    weekly: tuple[WorkingInterval, ...]
    holidays: frozenset[date] = frozenset()
    _days: dict[date, tuple[Span, ...]] = field(default_factory=dict[date, tuple[Span, ...]], compare=False, repr=False)

    def is_open(self, at: datetime) -> bool:
        """Tell whether an instant is working time."""
        return any(opens <= at < closes for opens, closes in self.day(at.astimezone(ZoneInfo(self.zone)).date()))

    def day(self, day: date) -> tuple[Span, ...]:
        """Return the working time of one local day as instants in UTC, in their order and apart from each other."""
        spans = self._days.get(day)
        if spans is None:
            spans = self._days[day] = tuple(self._spans(day))
        return spans

    def _spans(self, day: date) -> Iterator[Span]:
        if day in self.holidays:
            return
        midnight = datetime.combine(day, time(), UTC)
        pieces = _joined(self._pieces(WEEKDAYS[day.weekday()]))
        for begins, ends, offset in _offsets(self.zone, day):
            for opens, closes in pieces:
                first = max(begins, midnight + timedelta(minutes=opens) - offset)
                last = min(ends, midnight + timedelta(minutes=closes) - offset)
                if first < last:
                    yield first, last

    def _pieces(self, day: Weekday) -> Iterator[tuple[int, int]]:
        """Return what is worked on a day of the week, in minutes after its midnight, the rest of the night before included."""
        before = WEEKDAYS[WEEKDAYS.index(day) - 1]
        for interval in self.weekly:
            if interval.day is day:
                yield interval.opens, min(interval.opens + interval.minutes, DAY_MINUTES)
            if interval.day is before and interval.opens + interval.minutes > DAY_MINUTES:
                yield 0, interval.opens + interval.minutes - DAY_MINUTES


def _joined(pieces: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(pieces):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined


@lru_cache(maxsize=10_000)
def _offsets(zone: str, day: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """Cut the time around a local day where the clocks change: from when, until when, and how far they are from UTC meanwhile."""
    place = ZoneInfo(zone)
    midnight = datetime.combine(day, time(), UTC)
    first, last = midnight + _EARLIEST, midnight + _LATEST
    before, after = _offset(place, first), _offset(place, last)
    if before == after:
        return ((first, last, before),)
    low, high = first, last
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(place, middle) == before else (low, middle)
    return (first, high, before), (high, last, after)


def _offset(place: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(place).utcoffset() or timedelta()


def add_working_minutes(start: datetime, minutes: int, calendar: Calendar) -> datetime | None:
    """Return the first instant at which `minutes` (1 and more) of working time have passed since `start`.

    None when the calendar has not that much working time within two years.
    """
    left = timedelta(minutes=minutes)
    day = start.astimezone(ZoneInfo(calendar.zone)).date()
    for _ in range(HORIZON_DAYS):
        for opens, closes in calendar.day(day):
            from_there = max(opens, start)
            if closes - from_there >= left:
                return from_there + left
            left -= max(closes - from_there, timedelta())
        day += _DAY
    return None


def business_hours(start: datetime, hours: int, calendar: Calendar) -> datetime | None:
    """Return the first instant at which `hours` of working time have passed since `start`; None as in `add_working_minutes`."""
    return add_working_minutes(start, hours * 60, calendar)


def working_minutes(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return how many full minutes of working time lie between two instants; none when the second is not the later one."""
    if end <= start:
        return 0
    place = ZoneInfo(calendar.zone)
    day, last = start.astimezone(place).date(), end.astimezone(place).date()
    total = timedelta()
    while day <= last:
        for opens, closes in calendar.day(day):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += _DAY
    return total // timedelta(minutes=1)
