"""Instants that somebody's clock on the wall shows: the next nine o'clock in a lead's zone, right across changes of the clocks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from domain.places import time_zone_name

_ONE_DAY = timedelta(days=1)


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name. Raises ZoneInfoNotFoundError."""
    return ZoneInfo(name)


def zone_of(lead_zone: str | None, workspace_zone: str) -> ZoneInfo:
    """Return the zone by which a lead is treated: its own, else the workspace's; a name that the zone database lost counts as none."""
    known = time_zone_name(lead_zone) if lead_zone else None
    return zone(known or time_zone_name(workspace_zone) or "UTC")


def next_local_time(at: datetime, local: time, weekdays: Collection[int], place: ZoneInfo) -> datetime:
    """Return the first instant, `at` or later, at which the clocks of a place show a time on one of the weekdays (Monday is 0).

    A time that the clocks skip counts as the one that they show as long after midnight (02:30 becomes 03:30); of a time that they show
    twice, the first is meant. Raises ValueError when there are no weekdays. The answer is in UTC.
    """
    if not weekdays:
        raise ValueError("no weekday to wait for")
    day = at.astimezone(place).date()
    # One day back, because a skipped time moves on; a week and a day ahead, because today's time may have passed.
    day -= _ONE_DAY
    for _ in range(10):
        instant = datetime.combine(day, local, place).astimezone(UTC)
        # Asked of the instant, not of the day: where a place skipped a whole day, that day's time is the next day's.
        if instant >= at and instant.astimezone(place).weekday() in weekdays:
            return instant
        day += _ONE_DAY
    raise AssertionError("a week has every weekday")
