"""Working time by spans of instants agrees with a walk that asks the clock on the wall every single minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from domain.working_time import WEEKDAYS, Calendar, WorkingInterval, add_working_minutes, business_hours, working_minutes

MINUTE = timedelta(minutes=1)
# Around each instant the clocks of the zone change: by an hour or half of one, at night or at midnight, or by a whole day.
CHANGES = [
    ("Europe/Lisbon", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2026, 3, 28, 22, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 5, 1, tzinfo=UTC)),
    ("Pacific/Kiritimati", datetime(2026, 5, 1, tzinfo=UTC)),
]
intervals = st.builds(WorkingInterval, st.sampled_from(WEEKDAYS), st.integers(0, 1439), st.integers(0, 1439))
# Explaining a failure would walk thousands of minutes hundreds of times more.
_PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
moments = st.tuples(st.sampled_from(CHANGES), st.integers(-2 * 1440, 1440))


def is_worked(minute: datetime, calendar: Calendar) -> bool:
    """Ask what the clock on the wall shows at this minute, and whether anybody works then."""
    local = minute.astimezone(ZoneInfo(calendar.zone))
    if local.date() in calendar.holidays:
        return False
    shown = local.hour * 60 + local.minute
    today = WEEKDAYS[local.weekday()]
    yesterday = WEEKDAYS[(local.weekday() - 1) % 7]
    for interval in calendar.weekly:
        overnight = interval.closes <= interval.opens
        if interval.day is today and interval.opens <= shown and (overnight or shown < interval.closes):
            return True
        if overnight and interval.day is yesterday and shown < interval.closes:
            return True
    return False


def walked(start: datetime, minutes: int, calendar: Calendar, at_most: int) -> datetime | None:
    at = start
    for _ in range(at_most):
        minutes -= is_worked(at, calendar)
        at += MINUTE
        if minutes == 0:
            return at
    return None


@settings(deadline=None, max_examples=150, phases=_PHASES)
@given(
    moment=moments,
    weekly=st.lists(intervals, min_size=1, max_size=6),
    off=st.sets(st.integers(-2, 4), max_size=2),
    asked=st.integers(1, 900),
)
def test_adding_working_minutes_is_what_a_walk_minute_by_minute_finds(
    moment: tuple[tuple[str, datetime], int], weekly: list[WorkingInterval], off: set[int], asked: int
) -> None:
    (zone, change), offset = moment
    start = change + offset * MINUTE
    calendar = Calendar(zone, tuple(weekly), frozenset(change.date() + timedelta(days=days) for days in off))
    found = walked(start, asked, calendar, 7 * 1440)
    answer = add_working_minutes(start, asked, calendar)
    if found is None:
        assert answer is None or answer > start + 7 * 1440 * MINUTE
    else:
        assert answer == found
        assert working_minutes(start, found, calendar) == asked


@settings(deadline=None, max_examples=60, phases=_PHASES)
@given(moment=moments, weekly=st.lists(intervals, max_size=6), length=st.integers(-10, 3 * 1440))
def test_working_minutes_are_those_that_a_walk_counts(
    moment: tuple[tuple[str, datetime], int], weekly: list[WorkingInterval], length: int
) -> None:
    (zone, change), offset = moment
    start = change + offset * MINUTE
    calendar = Calendar(zone, tuple(weekly))
    counted = sum(is_worked(start + number * MINUTE, calendar) for number in range(length))
    assert working_minutes(start, start + length * MINUTE, calendar) == counted


NINE_TO_FIVE = tuple(WorkingInterval(day, 9 * 60, 17 * 60) for day in WEEKDAYS[:5])


def test_four_hours_after_friday_three_o_clock_are_monday_at_eleven() -> None:
    calendar = Calendar("Europe/Lisbon", NINE_TO_FIVE)
    assert business_hours(datetime(2026, 7, 3, 14, 0, tzinfo=UTC), 4, calendar) == datetime(2026, 7, 6, 10, 0, tzinfo=UTC)


def test_a_holiday_is_passed_over() -> None:
    calendar = Calendar("Europe/Lisbon", NINE_TO_FIVE, frozenset({date(2026, 7, 6)}))
    assert business_hours(datetime(2026, 7, 3, 14, 0, tzinfo=UTC), 4, calendar) == datetime(2026, 7, 7, 10, 0, tzinfo=UTC)


def test_a_night_shift_is_an_hour_shorter_when_the_clocks_go_forward_and_longer_when_they_go_back() -> None:
    nights = Calendar("Europe/Lisbon", tuple(WorkingInterval(day, 22 * 60, 6 * 60) for day in WEEKDAYS))
    spring, autumn = datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert working_minutes(spring, spring + timedelta(hours=12), nights) == 7 * 60
    assert working_minutes(autumn, autumn + timedelta(hours=12), nights) == 9 * 60


def test_who_never_works_is_never_due() -> None:
    assert business_hours(datetime(2026, 7, 3, tzinfo=UTC), 1, Calendar("UTC", ())) is None


def test_seconds_are_kept() -> None:
    start = datetime(2026, 7, 3, 10, 0, 30, tzinfo=UTC)
    calendar = Calendar("UTC", NINE_TO_FIVE)
    assert add_working_minutes(start, 1, calendar) == start + MINUTE
    assert working_minutes(start, start + timedelta(seconds=59), calendar) == 0
