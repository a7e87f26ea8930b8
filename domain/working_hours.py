"""The working hours that a workspace sets for everybody and for single teams, and the time in which a new lead is to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypedDict
from uuid import UUID

from domain.places import time_zone_name
from domain.refusals import Refusal, ValidationFailed
from domain.texts import cleaned
from domain.working_time import DAY_MINUTES, WEEKDAYS, Calendar, WorkingInterval

MAX_INTERVALS = 50
MAX_HOLIDAYS = 400
MAX_HOLIDAY_NAME = 100
MAX_RESPONSE_MINUTES = 30 * DAY_MINUTES
# Fewer minutes in a week, and "four working hours" would lie months ahead.
MIN_WEEKLY_MINUTES = 60

DEFAULT_WEEKLY = tuple(WorkingInterval(day, 9 * 60, 17 * 60) for day in WEEKDAYS[:5])
DEFAULT_RESPONSE_MINUTES = 30


class ResponseClockStart(StrEnum):
    """From when on a lead waits for its first answer."""

    CREATED = "CREATED"
    ASSIGNED = "ASSIGNED"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which nobody works."""

    on: date
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """What a workspace (`team_id` None) or one of its teams has set. None means: as the workspace, which means: as shipped.

    A team's holidays come on top of the workspace's. No answer is asked for where `response_minutes` is 0.
    """

    id: UUID
    team_id: UUID | None
    time_zone: str | None
    weekly: tuple[WorkingInterval, ...] | None
    holidays: tuple[Holiday, ...]
    response_minutes: int | None
    response_start: ResponseClockStart | None
    version: int
    created_at: datetime
    updated_at: datetime


class WorkingHoursFields(TypedDict, total=False):
    """What can be set. A key that is absent leaves the value alone; None goes back to what holds without it."""

    time_zone: str | None
    weekly: Sequence[tuple[str, str, str]] | None
    holidays: Sequence[Holiday] | None
    response_minutes: int | None
    response_start: ResponseClockStart | None


class CheckedHours(TypedDict, total=False):
    """The same in the form that is stored."""

    time_zone: str | None
    weekly: tuple[WorkingInterval, ...] | None
    holidays: tuple[Holiday, ...]
    response_minutes: int | None
    response_start: ResponseClockStart | None


@dataclass(frozen=True, slots=True)
class EffectiveHours:
    """What holds for a team, or for leads without one, after everything that it inherits.

    `version` counts the changes of its own settings; 0: it has none.
    """

    team_id: UUID | None
    version: int
    calendar: Calendar
    holidays: tuple[Holiday, ...]
    response_minutes: int
    response_start: ResponseClockStart


@lru_cache(maxsize=500)
def calendar_of(zone: str, weekly: tuple[WorkingInterval, ...], holidays: frozenset[date]) -> Calendar:
    """Return the calendar, the same one for the same hours: it remembers the days that were asked for."""
    return Calendar(zone, weekly, holidays)


def effective_hours(team_id: UUID | None, own: WorkingHours | None, shared: WorkingHours | None, workspace_zone: str) -> EffectiveHours:
    """Work out what holds: the team's own settings, else the workspace's, else what is shipped (Monday to Friday, 09:00–17:00)."""
    set_by = [each for each in (own, shared) if each is not None]
    zone = next((each.time_zone for each in set_by if each.time_zone is not None), workspace_zone)
    weekly = next((each.weekly for each in set_by if each.weekly is not None), DEFAULT_WEEKLY)
    minutes = next((each.response_minutes for each in set_by if each.response_minutes is not None), DEFAULT_RESPONSE_MINUTES)
    start = next((each.response_start for each in set_by if each.response_start is not None), ResponseClockStart.CREATED)
    by_day = {holiday.on: holiday for each in reversed(set_by) for holiday in each.holidays}
    holidays = tuple(by_day[day] for day in sorted(by_day))
    calendar = calendar_of(zone, weekly, frozenset(by_day))
    mine = shared if team_id is None else own
    return EffectiveHours(team_id, 0 if mine is None else mine.version, calendar, holidays, minutes, start)


def minute_of(text: str) -> int | None:
    """Read a time such as 09:30 as minutes after midnight; None when it is none."""
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and len(hours) == len(minutes) == 2 and hours.isascii() and minutes.isascii() and (hours + minutes).isdecimal()):
        return None
    return int(hours) * 60 + int(minutes) if int(hours) < 24 and int(minutes) < 60 else None


def clock_time(minute: int) -> str:
    """Write minutes after midnight as a time such as 09:30."""
    return f"{minute // 60:02}:{minute % 60:02}"


def checked_hours(fields: WorkingHoursFields) -> tuple[CheckedHours, list[Refusal]]:
    """Bring settings into the form that is stored, and list everything that is wrong with them."""
    checked, refusals = CheckedHours(), list[Refusal]()
    if "time_zone" in fields:
        zone = fields["time_zone"]
        checked["time_zone"] = None if zone is None else time_zone_name(zone)
        if zone is not None and checked["time_zone"] is None:
            refusals.append(ValidationFailed(message="Must be an IANA time zone, such as Europe/Lisbon.", path=("time_zone",)))
    if "weekly" in fields:
        given = fields["weekly"]
        checked["weekly"] = None if given is None else _weekly(given, refusals)
    if "holidays" in fields:
        checked["holidays"] = _holidays(fields["holidays"] or (), refusals)
    if "response_minutes" in fields:
        minutes = checked["response_minutes"] = fields["response_minutes"]
        if minutes is not None and not 0 <= minutes <= MAX_RESPONSE_MINUTES:
            message = f"Must be 0–{MAX_RESPONSE_MINUTES} minutes of working time."
            refusals.append(ValidationFailed(message=message, path=("first_response_minutes",)))
    if "response_start" in fields:
        checked["response_start"] = fields["response_start"]
    return checked, refusals


def _weekly(given: Sequence[tuple[str, str, str]], refusals: list[Refusal]) -> tuple[WorkingInterval, ...]:
    if len(given) > MAX_INTERVALS:
        refusals.append(ValidationFailed(message=f"At most {MAX_INTERVALS} intervals.", path=("weekly",)))
        return ()
    intervals: list[WorkingInterval] = []
    for index, (day, opens, closes) in enumerate(given):
        begins, ends = minute_of(opens), minute_of(closes)
        for name, minute in (("opens", begins), ("closes", ends)):
            if minute is None:
                refusals.append(ValidationFailed(message="Must be a time from 00:00 to 23:59.", path=("weekly", str(index), name)))
        if begins is not None and ends is not None:
            intervals.append(WorkingInterval(next(each for each in WEEKDAYS if each == day), begins, ends))
    if len(intervals) == len(given):
        refusals += _unfit(intervals)
    return tuple(sorted(intervals, key=_from_monday))


def _from_monday(interval: WorkingInterval) -> int:
    return WEEKDAYS.index(interval.day) * DAY_MINUTES + interval.opens


def _unfit(intervals: Sequence[WorkingInterval]) -> list[Refusal]:
    """Refuse a week with next to no work in it, and intervals that overlap, that of Sunday night with Monday's included."""
    if sum(interval.minutes for interval in intervals) < MIN_WEEKLY_MINUTES:
        return [ValidationFailed(message=f"A week has at least {MIN_WEEKLY_MINUTES} minutes of working time.", path=("weekly",))]
    ordered = sorted(range(len(intervals)), key=lambda index: _from_monday(intervals[index]))
    week = 7 * DAY_MINUTES
    for place, index in enumerate(ordered):
        following = intervals[ordered[(place + 1) % len(ordered)]]
        until_next = (_from_monday(following) - _from_monday(intervals[index]) - 1) % week + 1
        if len(ordered) > 1 and intervals[index].minutes > until_next:
            return [ValidationFailed(message="Overlaps the interval that follows it.", path=("weekly", str(index)))]
    return []


def _holidays(given: Sequence[Holiday], refusals: list[Refusal]) -> tuple[Holiday, ...]:
    if len(given) > MAX_HOLIDAYS:
        refusals.append(ValidationFailed(message=f"At most {MAX_HOLIDAYS} holidays.", path=("holidays",)))
        return ()
    holidays: dict[date, Holiday] = {}
    for index, holiday in enumerate(given):
        name = cleaned(holiday.name or "")
        if len(name) > MAX_HOLIDAY_NAME:
            message = f"At most {MAX_HOLIDAY_NAME} characters."
            refusals.append(ValidationFailed(message=message, path=("holidays", str(index), "name")))
        holidays[holiday.on] = Holiday(holiday.on, name or None)
    return tuple(sorted(holidays.values(), key=lambda holiday: holiday.on))
