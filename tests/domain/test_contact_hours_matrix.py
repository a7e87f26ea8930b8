"""Forty zones, the nights on which their clocks change, windows by day and over night: against a walk from minute to minute.

The walk knows nothing of schedules: at every minute it reads the clock of each zone and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.activities import ContactChannel
from domain.consent_purposes import ConsentPurpose
from domain.contact_decisions import Attempted, ContactFacts, ContactPoints, decide
from domain.contact_hours import opening
from domain.contact_rules import SHIPPED, ChannelWindows, ContactRules, FrequencyCap
from domain.weekdays import Weekday
from domain.working_time import WorkingInterval

ZONES = re.findall(
    r"\S+",
    """
Africa/Cairo Africa/Casablanca Africa/Lagos America/Adak America/Anchorage America/Asuncion America/Bogota America/Chicago America/Denver
America/Halifax America/Havana America/Los_Angeles America/Mexico_City America/New_York America/Nuuk America/Phoenix America/Santiago
America/Sao_Paulo America/St_Johns Asia/Beirut Asia/Dubai Asia/Gaza Asia/Jerusalem Asia/Kathmandu Asia/Kolkata Asia/Tehran Asia/Tokyo
Asia/Yangon Atlantic/Azores Australia/Adelaide Australia/Eucla Australia/Lord_Howe Australia/Sydney Europe/Berlin Europe/Dublin
Europe/Lisbon Europe/Moscow Pacific/Auckland Pacific/Chatham Pacific/Kiritimati
""",
)
YEAR = range(2026, 2027)
MINUTE = timedelta(minutes=1)
DAYTIME = tuple(WorkingInterval(day, 9 * 60, 18 * 60) for day in tuple(Weekday)[:5])
OVERNIGHT = tuple(WorkingInterval(day, 22 * 60, 3 * 60) for day in (Weekday.FRIDAY, Weekday.SATURDAY, Weekday.TUESDAY))
SMALL_HOURS = tuple(WorkingInterval(day, 1 * 60 + 30, 2 * 60 + 30) for day in Weekday)
SCHEDULES = {"by day": DAYTIME, "over night": OVERNIGHT, "in the small hours": SMALL_HOURS}


def shows(weekly: Sequence[WorkingInterval], wall: datetime) -> bool:
    """Read a clock: does it show a time inside one of the intervals, yesterday's that reach into today included?"""
    minute, today = wall.hour * 60 + wall.minute, list(Weekday)[wall.weekday()]
    yesterday = list(Weekday)[wall.weekday() - 1]
    for interval in weekly:
        overnight = interval.closes <= interval.opens
        if interval.day is today and interval.opens <= minute and (overnight or minute < interval.closes):
            return True
        if overnight and interval.day is yesterday and minute < interval.closes:
            return True
    return False


def changes(zone: str) -> list[datetime]:
    """Find the days of the year on which the clocks of a zone change; without any, take two ordinary ones."""
    place, found = ZoneInfo(zone), list[datetime]()
    day = datetime(2026, 1, 1, tzinfo=UTC)
    while day.year in YEAR:
        if day.astimezone(place).utcoffset() != (day + timedelta(days=1)).astimezone(place).utcoffset():
            found.append(day)
        day += timedelta(days=1)
    return found or [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]


def walked(start: datetime, minutes: int, is_open: Callable[[datetime], bool]) -> list[bool]:
    return [is_open(start + MINUTE * number) for number in range(minutes)]


def found_by(start: datetime, minutes: int, zones: tuple[str, ...], schedules: tuple[tuple[WorkingInterval, ...], ...]) -> list[bool]:
    """Ask for an opening, jump to its end, ask again: what is claimed of every minute."""
    answer: list[bool] = []
    while len(answer) < minutes:
        at = start + MINUTE * len(answer)
        found = opening(zones, schedules, at)
        if found is None or found.opens >= start + MINUTE * minutes:
            answer += [False] * (minutes - len(answer))
            break
        assert found.closes is not None
        answer += [False] * max(0, (found.opens - at) // MINUTE)
        answer += [True] * ((found.closes - max(found.opens, at)) // MINUTE)
    return answer[:minutes]


@pytest.mark.parametrize("zone", ZONES)
def test_every_minute_around_every_change_of_the_clocks(zone: str) -> None:
    assert len(ZONES) == 40
    place = ZoneInfo(zone)
    for changed in changes(zone):
        start, minutes = changed - timedelta(days=1), 4 * 24 * 60
        walls = [(start + MINUTE * number).astimezone(place) for number in range(minutes)]
        for name, weekly in SCHEDULES.items():
            assert found_by(start, minutes, (zone,), (weekly,)) == [shows(weekly, wall) for wall in walls], (zone, changed, name)


def test_several_zones_at_once() -> None:
    """All neighbours in the list together, over the week in which Europe's clocks have changed and America's not yet, and the other way."""
    for first, second, third in zip(ZONES, ZONES[7:] + ZONES[:7], ZONES[13:] + ZONES[:13], strict=True):
        zones, start, minutes = (first, second, third), datetime(2026, 3, 27, 12, tzinfo=UTC), 5 * 24 * 60
        places = [ZoneInfo(zone) for zone in zones]
        for weekly in (OVERNIGHT, tuple(WorkingInterval(day, 6 * 60, 23 * 60) for day in Weekday)):
            expected = walked(start, minutes, lambda at, w=weekly, p=places: all(shows(w, at.astimezone(place)) for place in p))
            assert found_by(start, minutes, zones, (weekly,)) == expected, zones


CAPPED = ContactRules(
    version=1,
    windows=(ChannelWindows(channel=ContactChannel.EMAIL, weekly=OVERNIGHT + SMALL_HOURS),),
    caps=(FrequencyCap(channel=ContactChannel.EMAIL, days=1, most=1), FrequencyCap(channel=None, days=3, most=3)),
    consent=SHIPPED.consent,
)


def allowed(attempts: Sequence[datetime], at: datetime, zones: Sequence[str]) -> bool:
    """Decide as a person would who looks at the clock, at the calendar, and counts."""
    for zone in zones:
        wall = at.astimezone(ZoneInfo(zone))
        days = [attempt.astimezone(ZoneInfo(zone)).date() for attempt in attempts]
        recent: list[date] = [day for day in days if day > wall.date() - timedelta(days=3)]
        if not shows(OVERNIGHT + SMALL_HOURS, wall) or wall.date() in days or len(recent) >= 3:
            return False
    return True


@pytest.mark.parametrize("zone", ZONES[::3])
def test_windows_and_caps_together_around_every_change_of_the_clocks(zone: str) -> None:
    points = ContactPoints(UUID(int=1), "ana@lima.example", (), None, zone, do_not_call=False, do_not_email=False)
    for changed in changes(zone):
        attempts = [changed + timedelta(hours=hours) for hours in (-7, -31, -33)]
        facts = ContactFacts(points, attempts=[Attempted(ContactChannel.EMAIL, at) for at in attempts])
        minutes = [changed + MINUTE * number for number in range(5 * 24 * 60)]
        expected = [allowed(attempts, at, (zone,)) for at in minutes]
        next_allowed: list[datetime | None] = [None] * len(minutes)
        for number in range(len(minutes) - 1, -1, -1):
            later = next_allowed[number + 1] if number + 1 < len(minutes) else None
            next_allowed[number] = minutes[number] if expected[number] else later
        for number in range(0, len(minutes), 23):
            decision = decide(facts, CAPPED, ContactChannel.EMAIL, ConsentPurpose.SALES, minutes[number])
            assert (decision.verdict.value == "ALLOW") is expected[number], minutes[number]
            if not expected[number] and next_allowed[number] is not None:
                assert decision.until == next_allowed[number], minutes[number]


def test_nobody_is_ever_called_outside_the_legal_hours() -> None:
    """Whatever rules a workspace may have published in other times."""
    always = (ChannelWindows(channel=ContactChannel.PHONE, weekly=tuple(WorkingInterval(day, 0, 0) for day in Weekday)),)
    rules = ContactRules(version=1, windows=always, caps=(), consent=SHIPPED.consent)
    for zone in ZONES:
        points = ContactPoints(UUID(int=1), None, ("+351210000000",), None, zone, do_not_call=False, do_not_email=False)
        for quarter in range(4 * 24 * 2):
            at = datetime(2026, 10, 24, tzinfo=UTC) + timedelta(minutes=15 * quarter)
            decision = decide(ContactFacts(points), rules, ContactChannel.PHONE, ConsentPurpose.SALES, at)
            assert (decision.verdict.value == "ALLOW") is (time(8) <= at.astimezone(ZoneInfo(zone)).time() < time(21)), (zone, at)
