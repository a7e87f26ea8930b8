"""Follow-ups: what somebody is to do about a lead, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from domain.access import Actor
from domain.filters import InstantRange, OneOf, Reference
from domain.local_times import zone_of
from domain.refusals import Refusal, RefusalCode, ValidationFailed

MAX_TITLE = 200
MAX_NOTE = 4_000
MAX_OUTCOME = 500
MAX_REASON = 500
MAX_SNOOZES = 100
FURTHEST = timedelta(days=3_660)


class FollowUpKind(StrEnum):
    """What is to be done."""

    CALL = "CALL"
    EMAIL = "EMAIL"
    SMS = "SMS"
    SOCIAL = "SOCIAL"
    MEETING = "MEETING"
    TASK = "TASK"


class FollowUpState(StrEnum):
    """Whether it is still to be done."""

    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class FollowUpOrigin(StrEnum):
    """Who wanted it."""

    MANUAL = "MANUAL"
    POLICY = "POLICY"
    SEQUENCE = "SEQUENCE"


class FollowUpResolution(StrEnum):
    """What ended it."""

    COMPLETED = "COMPLETED"
    CARRIED_OUT = "CARRIED_OUT"
    CANCELLED = "CANCELLED"
    LEAD_CLOSED = "LEAD_CLOSED"
    DO_NOT_CONTACT = "DO_NOT_CONTACT"


class ClockAdjustment(StrEnum):
    """How a local time was settled that is not one instant."""

    SKIPPED = "SKIPPED"
    REPEATED = "REPEATED"


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: the instant, and the local time and zone in which it was meant."""

    at: datetime
    local: datetime
    zone: str
    adjustment: ClockAdjustment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something to do about a lead. `due_local` is the time on the wall in `due_zone` that was meant, without a zone of its own.

    `snoozes` is the JSON of what was put off when and by whom; `told_due_at` the due instant of which the feed has been told.
    `attempt_number` says the how-manieth attempt in a row it calls for, where a policy counts.
    """

    id: UUID
    version: int
    lead_id: UUID
    agent_id: UUID | None
    kind: FollowUpKind
    title: str
    note: str | None
    due_at: datetime
    due_local: datetime
    due_zone: str
    due_adjustment: ClockAdjustment | None
    state: FollowUpState
    resolution: FollowUpResolution | None
    outcome: str | None
    snoozes: object
    told_due_at: datetime | None
    origin: FollowUpOrigin
    cause_id: UUID | None
    policy_version: int | None
    attempt_number: int | None
    closed_at: datetime | None
    closed_by_kind: str | None
    closed_by_id: UUID | None
    actor_kind: str
    actor_id: UUID | None
    created_at: datetime
    updated_at: datetime

    @property
    def due(self) -> Due:
        """When it is due, as it was meant."""
        return Due(self.due_at, self.due_local, self.due_zone, self.due_adjustment)

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether it should have been done by now."""
        return self.state is FollowUpState.OPEN and self.due_at < at


@dataclass(frozen=True, slots=True)
class Snooze:
    """A follow-up was put off."""

    at: datetime
    from_due_at: datetime
    to_due_at: datetime
    reason: str | None
    actor_kind: str
    actor_id: UUID | None


@dataclass(frozen=True, slots=True)
class FollowUpFilter:
    """Which follow-ups are meant: everything that is set must hold. `at` is the instant by which `overdue` is judged."""

    state: OneOf | None = None
    kind: OneOf | None = None
    origin: OneOf | None = None
    due_at: InstantRange | None = None
    overdue: bool | None = None
    agent: Reference | None = None
    lead: Reference | None = None
    at: datetime | None = None


class FollowUpOrderField(StrEnum):
    """By what a list of follow-ups can be ordered."""

    DUE_AT = "DUE_AT"
    CREATED_AT = "CREATED_AT"


@dataclass(frozen=True, kw_only=True)
class FollowUpNotOpen(Refusal, code=RefusalCode.FOLLOW_UP_NOT_OPEN):
    """The follow-up is done or cancelled already, and stays so."""

    state: FollowUpState


def not_open(follow_up: FollowUp) -> FollowUpNotOpen:
    """Build the refusal for a follow-up that is closed already."""
    return FollowUpNotOpen(message=f"The follow-up is {follow_up.state} already.", path=("follow_up_id",), state=follow_up.state)


def due_at_instant(instant: datetime, lead_zone: str | None, workspace_zone: str) -> Due:
    """Say when an instant is by the lead's clocks; where its zone is unknown, by the workspace's."""
    place = zone_of(lead_zone, workspace_zone)
    return Due(instant, instant.astimezone(place).replace(tzinfo=None), place.key)


def due_at_local(local: datetime, lead_zone: str | None, workspace_zone: str) -> Due:
    """Find the instant of a time on the lead's clocks (or the workspace's), and say how it was settled where the clocks change.

    A time that they skip counts as the one that they show as long after midnight (02:30 becomes 03:30); of a time that they show twice,
    the first is meant.
    """
    place = zone_of(lead_zone, workspace_zone)
    first, second = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    adjustment = None
    if first.astimezone(place).replace(tzinfo=None) != local:
        adjustment = ClockAdjustment.SKIPPED
    elif first != second:
        adjustment = ClockAdjustment.REPEATED
    return Due(first, local, place.key, adjustment)


def read_local(text: str) -> datetime | None:
    """Read a local date and time such as 2026-10-25T02:30; None when it is none, or names an offset."""
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    has_time = len(text.strip()) > len("2026-10-25")
    return local.replace(microsecond=0) if local.tzinfo is None and has_time and 2000 <= local.year <= 9000 else None


def wanted_due(
    instant: datetime | None,
    local: str | None,
    zones: tuple[str | None, str],
    at: datetime,
    names: tuple[str, str] = ("due_at", "due_local"),
) -> Due | Sequence[Refusal]:
    """Settle when something shall be due, given as an instant or as a time in the lead's zone, exactly one of both, and not past.

    `zones` are the lead's, if it is known, and the workspace's; `names` are the two fields' names.
    """
    if (instant is None) == (local is None):
        return (ValidationFailed(message="Name either the instant or the local time.", path=(names[0],)),)
    if instant is not None:
        path = names[0]
        if not at <= instant <= at + FURTHEST:
            return _not_ahead(path)
        due = due_at_instant(instant, *zones)
    else:
        meant, path = read_local(cast(str, local)), names[1]
        if meant is None:
            return (ValidationFailed(message="Must be a local date and time without an offset, such as 2026-10-25T14:30.", path=(path,)),)
        due = due_at_local(meant, *zones)
    return due if at <= due.at <= at + FURTHEST else _not_ahead(path)


def _not_ahead(path: str) -> Sequence[Refusal]:
    return (ValidationFailed(message="Must lie ahead, and at most ten years.", path=(path,)),)


def put_off(follow_up: FollowUp, due: Due, reason: str | None, actor: Actor, at: datetime) -> FollowUp:
    """Move a follow-up to another time, and keep that it was moved. The feed will be told anew when it is due."""
    snooze = {
        "at": at.isoformat(),
        "from": follow_up.due_at.isoformat(),
        "to": due.at.isoformat(),
        "reason": reason,
        "actor_kind": actor.kind,
        "actor_id": None if actor.id is None else str(actor.id),
    }
    kept = [*cast("list[object]", follow_up.snoozes), snooze]
    return replace(rescheduled(follow_up, due), snoozes=kept)


def rescheduled(follow_up: FollowUp, due: Due) -> FollowUp:
    """Give a follow-up another time."""
    return replace(follow_up, due_at=due.at, due_local=due.local, due_zone=due.zone, due_adjustment=due.adjustment, told_due_at=None)


def snoozes_of(follow_up: FollowUp) -> list[Snooze]:
    """Read the history of snoozes, the earliest first."""
    return [
        Snooze(
            datetime.fromisoformat(each["at"]),
            datetime.fromisoformat(each["from"]),
            datetime.fromisoformat(each["to"]),
            each["reason"],
            each["actor_kind"],
            None if each["actor_id"] is None else UUID(each["actor_id"]),
        )
        for each in cast("list[Any]", follow_up.snoozes)
    ]


def closed(follow_up: FollowUp, resolution: FollowUpResolution, outcome: str | None, actor: Actor, at: datetime) -> FollowUp:
    """End a follow-up: as done when it was carried out, else as cancelled."""
    done = resolution in (FollowUpResolution.COMPLETED, FollowUpResolution.CARRIED_OUT)
    return replace(
        follow_up,
        state=FollowUpState.DONE if done else FollowUpState.CANCELLED,
        resolution=resolution,
        outcome=outcome,
        closed_at=at,
        closed_by_kind=actor.kind,
        closed_by_id=actor.id,
    )


def changed(before: FollowUp, after: FollowUp, at: datetime) -> FollowUp:
    """Count the version of a follow-up that changed."""
    return before if after == before else replace(after, version=before.version + 1, updated_at=at)
