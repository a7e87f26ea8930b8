"""Update and snooze follow-ups: what is to be done, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from domain.events import EventType
from domain.follow_ups import (
    MAX_NOTE,
    MAX_REASON,
    MAX_SNOOZES,
    Due,
    FollowUp,
    FollowUpKind,
    changed,
    put_off,
    rescheduled,
    snoozes_of,
    wanted_due,
)
from domain.refusals import Refusal, ValidationFailed
from domain.texts import optional_text
from usecases.follow_ups.loading import Held, change_one, workspace_zone
from usecases.follow_ups.schedule import checked_title
from usecases.verbs import Work, verb

MAX_SNOOZE_MINUTES = 366 * 24 * 60


class FollowUpFields(TypedDict, total=False):
    """What can be changed. A key that is absent leaves the value alone; None clears the note."""

    kind: FollowUpKind
    title: str | None
    note: str | None
    due_at: datetime | None
    due_local: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFollowUp:
    """What is asked for one follow-up."""

    follow_up_id: UUID
    fields: FollowUpFields
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeFollowUp:
    """Until when a follow-up is put off: an instant, a local time of the lead, or minutes from now. Exactly one of them."""

    follow_up_id: UUID
    until: datetime | None = None
    until_local: str | None = None
    minutes: int | None = None
    reason: str | None = None
    expected_version: int | None = None


@verb
async def update_follow_up(work: Work, request: UpdateFollowUp) -> FollowUp:
    """Change an open follow-up. Raises Refused: NotFound, VersionConflict, FollowUpNotOpen, ValidationFailed."""
    fields = request.fields
    values: dict[str, Any] = {name: value for name, value in fields.items() if name == "kind"}
    problems: list[Refusal] = []
    if "title" in fields:
        values["title"], refusals = checked_title(fields["title"])
        problems += refusals
    if "note" in fields:
        values["note"], long_note = optional_text(fields["note"], MAX_NOTE, "note")
        problems += long_note
    zone = await workspace_zone(work)

    def change(held: Held) -> FollowUp | Sequence[Refusal]:
        after = replace(held.follow_up, **values)
        if fields.get("due_at") is not None or fields.get("due_local") is not None:
            due = wanted_due(fields.get("due_at"), fields.get("due_local"), (held.edit.lead.time_zone, zone), work.at)
            if not isinstance(due, Due):
                return due
            after = after if due == after.due else rescheduled(after, due)
        return _keep(work, held, after)

    return await change_one(work, request.follow_up_id, request.expected_version, problems, change)


def _keep(work: Work, held: Held, after: FollowUp) -> FollowUp:
    before, after = held.follow_up, changed(held.follow_up, after, work.at)
    if after != before:
        names = ("kind", "title", "note", "due_at")
        told = {name: [_plain(getattr(before, name)), _plain(getattr(after, name))] for name in names}
        moved = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
        held.edit.tell(EventType.FOLLOW_UP_CHANGED, {"follow_up_id": after.id, **moved})
        held.edit.follow_up(after)
    return after


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


@verb
async def snooze_follow_up(work: Work, request: SnoozeFollowUp) -> FollowUp:
    """Put an open follow-up off. Raises Refused: NotFound, VersionConflict, FollowUpNotOpen, ValidationFailed."""
    reason, long_reason = optional_text(request.reason, MAX_REASON, "reason")
    problems: list[Refusal] = list(long_reason)
    if sum(each is not None for each in (request.until, request.until_local, request.minutes)) != 1:
        problems.append(ValidationFailed(message="Name `until`, `untilLocal` or `minutes`.", path=("until",)))
    elif request.minutes is not None and not 1 <= request.minutes <= MAX_SNOOZE_MINUTES:
        problems.append(ValidationFailed(message=f"Must be 1–{MAX_SNOOZE_MINUTES} minutes.", path=("minutes",)))
    zone = await workspace_zone(work)

    def change(held: Held) -> FollowUp | Sequence[Refusal]:
        until = request.until if request.minutes is None else work.at + timedelta(minutes=request.minutes)
        due = wanted_due(until, request.until_local, (held.edit.lead.time_zone, zone), work.at, ("until", "until_local"))
        if not isinstance(due, Due):
            return due
        before = held.follow_up
        if len(snoozes_of(before)) >= MAX_SNOOZES:
            return [ValidationFailed(message=f"A follow-up is put off at most {MAX_SNOOZES} times.", path=("follow_up_id",))]
        after = changed(before, put_off(before, due, reason, work.actor, work.at), work.at)
        pair = [before.due_at.isoformat(), after.due_at.isoformat()]
        held.edit.tell(EventType.FOLLOW_UP_SNOOZED, {"follow_up_id": after.id, "due_at": pair, "reason": reason})
        held.edit.follow_up(after)
        return after

    return await change_one(work, request.follow_up_id, request.expected_version, problems, change)
