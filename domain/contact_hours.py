"""When the clocks of every place that a lead may be in show a time at which it may be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from domain.working_time import Calendar, Span, WorkingInterval

Weekly: TypeAlias = tuple[WorkingInterval, ...]

LOOK_AHEAD = timedelta(days=8)
"""A weekly schedule that does not open within this time, across changes of the clocks, does not open."""

# An opening may begin last thing before the look-ahead ends, and last for a week; one that does not end here has no end.
_FURTHEST = LOOK_AHEAD + timedelta(days=9)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """A time without a gap during which every schedule is open in every zone; `closes` None: it has no end."""

    opens: datetime
    closes: datetime | None

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant lies in it; it is never asked about one after it."""
        return self.opens <= at


@lru_cache(10_000)
def opening(zones: tuple[str, ...], schedules: tuple[Weekly, ...], at: datetime) -> Opening | None:
    """Find the opening that an instant lies in, else the next one; None when none begins within `LOOK_AHEAD`.

    An instant is open when the clocks of every zone show a time inside an interval of every schedule, by that zone's day of the week. Hours
    that clocks show twice are open twice. Without zones or schedules it is always open.
    """
    common: Sequence[Span] = ((at, at + _FURTHEST),)
    for zone in zones:
        for weekly in schedules:
            common = _in_both(common, _spans(_calendar(zone, weekly), at))
    for opens, closes in common:
        if opens > at + LOOK_AHEAD:
            return None
        if closes > at:
            return Opening(opens, closes if closes < at + _FURTHEST else None)
    return None


@lru_cache(1_000)
def _calendar(zone: str, weekly: Weekly) -> Calendar:
    return Calendar(zone, weekly)


def _spans(calendar: Calendar, at: datetime) -> Sequence[Span]:
    """List the open spans around and after an instant, those that touch at midnight joined."""
    place = ZoneInfo(calendar.zone)
    day, last = at.astimezone(place).date() - _ONE_DAY, (at + _FURTHEST).astimezone(place).date()
    joined: list[Span] = []
    while day <= last:
        for opens, closes in calendar.day(day):
            if joined and opens <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
            else:
                joined.append((opens, closes))
        day += _ONE_DAY
    return joined


def _in_both(some: Sequence[Span], others: Sequence[Span]) -> Sequence[Span]:
    both: list[Span] = []
    i = j = 0
    while i < len(some) and j < len(others):
        opens, closes = max(some[i][0], others[j][0]), min(some[i][1], others[j][1])
        if opens < closes:
            both.append((opens, closes))
        if some[i][1] < others[j][1]:
            i += 1
        else:
            j += 1
    return both
