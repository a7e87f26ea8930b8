"""The next time that the clocks of a place show: across changes of the clocks, over weekends, and where a day was skipped."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local_times import next_local_time, zone_of

EVERY_DAY = range(7)
WORKDAYS = range(5)
NINE = time(9)


def next_in(place: str, at: str, local: time = NINE, weekdays: range = EVERY_DAY) -> str:
    found = next_local_time(datetime.fromisoformat(at).astimezone(UTC), local, weekdays, ZoneInfo(place))
    assert found.tzinfo is UTC
    return found.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("place", "at", "local", "weekdays", "expected"),
    [
        ("Europe/Lisbon", "2026-06-30T12:00Z", NINE, EVERY_DAY, "2026-07-01T08:00:00Z"),
        ("Europe/Lisbon", "2026-06-30T08:00Z", NINE, EVERY_DAY, "2026-06-30T08:00:00Z"),
        ("Asia/Kathmandu", "2026-06-30T12:00Z", NINE, EVERY_DAY, "2026-07-01T03:15:00Z"),
        # Friday evening in New York: Monday.
        ("America/New_York", "2026-07-03T22:00Z", NINE, WORKDAYS, "2026-07-06T13:00:00Z"),
        # Sunday evening in UTC is Monday morning in Auckland, before nine.
        ("Pacific/Auckland", "2026-07-05T20:00Z", NINE, WORKDAYS, "2026-07-05T21:00:00Z"),
        # The night on which the clocks go forward, and the one on which they go back.
        ("Europe/Berlin", "2026-03-28T20:00Z", NINE, EVERY_DAY, "2026-03-29T07:00:00Z"),
        ("Europe/Berlin", "2026-10-24T20:00Z", NINE, EVERY_DAY, "2026-10-25T08:00:00Z"),
        # 02:30 is skipped: it counts as 03:30.
        ("Europe/Berlin", "2026-03-28T20:00Z", time(2, 30), EVERY_DAY, "2026-03-29T01:30:00Z"),
        # 02:30 comes twice: the first is meant, and after it the next day's.
        ("Europe/Berlin", "2026-10-24T20:00Z", time(2, 30), EVERY_DAY, "2026-10-25T00:30:00Z"),
        ("Europe/Berlin", "2026-10-25T00:45Z", time(2, 30), EVERY_DAY, "2026-10-26T01:30:00Z"),
        # Samoa had no 30 December 2011, a Friday.
        ("Pacific/Apia", "2011-12-30T05:00Z", NINE, range(4, 5), "2012-01-05T19:00:00Z"),
        # Lord Howe's clocks move by half an hour.
        ("Australia/Lord_Howe", "2026-10-03T12:00Z", time(2, 15), EVERY_DAY, "2026-10-03T15:45:00Z"),
    ],
)
def test_the_next_time_on_the_clock(place: str, at: str, local: time, weekdays: range, expected: str) -> None:
    assert next_in(place, at, local, weekdays) == expected


def test_without_a_weekday_there_is_nothing_to_wait_for() -> None:
    with pytest.raises(ValueError, match="no weekday"):
        next_local_time(datetime(2026, 6, 30, tzinfo=UTC), NINE, (), ZoneInfo("UTC"))


def test_a_lead_without_a_zone_is_treated_by_the_workspace() -> None:
    assert zone_of("America/Sao_Paulo", "Europe/Lisbon").key == "America/Sao_Paulo"
    assert zone_of(None, "Europe/Lisbon").key == "Europe/Lisbon"
    assert zone_of("Mars/Olympus", "Europe/Lisbon").key == "Europe/Lisbon"


@given(
    place=st.sampled_from(
        ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Tehran", "Africa/Casablanca", "America/Santiago"]
    ),
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    local=st.times(),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
)
def test_no_earlier_minute_shows_the_time_on_such_a_day(place: str, minutes: int, local: time, weekdays: set[int]) -> None:
    """Against the plainest way of looking: walk a clock on, minute by minute."""
    at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    local = local.replace(second=0, microsecond=0)

    found = next_local_time(at, local, weekdays, ZoneInfo(place))

    assert found >= at
    shown = found.astimezone(ZoneInfo(place))
    assert shown.weekday() in weekdays
    moved = timedelta(hours=shown.hour, minutes=shown.minute) - timedelta(hours=local.hour, minutes=local.minute)
    assert moved in (timedelta(0), timedelta(minutes=30), timedelta(hours=1))
    walking = at
    while walking < min(found, at + timedelta(days=1)):
        wall = walking.astimezone(ZoneInfo(place))
        # The second showing of a time does not count.
        assert not (wall.time() == local and wall.weekday() in weekdays and wall.fold == 0), walking
        walking += timedelta(minutes=1)
