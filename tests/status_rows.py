"""Rows that a change of status leaves behind."""

from __future__ import annotations

from domain.events import Event, EventType
from domain.leads import Lead, StatusChange
from domain.status import LeadStatus
from tests.worlds import World
from usecases.verbs import new_id


def moved(world: World, lead: Lead) -> StatusChange:
    """Make the entry of a new lead that was contacted."""
    return StatusChange(
        id=new_id(),
        lead_id=lead.id,
        from_status=LeadStatus.NEW,
        to_status=LeadStatus.CONTACTED,
        reason=None,
        forced=False,
        actor_kind=world.viewer().actor.kind,
        actor_id=world.viewer().actor.id,
        at=world.at,
        seconds_in_previous=60,
    )


def told(world: World, lead: Lead, sequence: int = 1) -> Event:
    """Make the event that tells of it."""
    type = EventType.LEAD_STATUS_CHANGED
    return Event(id=new_id(), lead_id=lead.id, sequence=sequence, type=type, at=world.at, actor=world.viewer().actor)
