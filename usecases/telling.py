"""Tell the feed of what concerns the whole workspace and no single lead."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.events import Event, EventType
from persistence import histories
from usecases.causes import without_cause
from usecases.verbs import Work, new_id


async def tell_workspace(work: Work, type: EventType, changes: Mapping[str, object], cause_id: UUID | None = None) -> None:
    """Record an event of the workspace, which everybody who may read leads sees; a lead's own go through its `LeadEdit`."""
    event = Event(
        id=new_id(),
        lead_id=None,
        sequence=None,
        type=type,
        at=work.at,
        actor=work.actor,
        cause=without_cause(work.actor),
        cause_id=cause_id,
        changes=changes,
    )
    await histories.add_events(work.tx, [event])
