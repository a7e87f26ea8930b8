"""Says what each event follows from: what was asked for, or what came of something else."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.access import Actor, ActorKind
from domain.events import EventCause, EventType
from domain.scoring import ScoreCause

_CAUSES: Mapping[ScoreCause, EventCause] = {
    ScoreCause.ACTIVITY: EventCause.ACTIVITY,
    ScoreCause.CONTACT_ATTEMPT: EventCause.CONTACT_ATTEMPT,
    ScoreCause.MERGE: EventCause.MERGE,
    ScoreCause.MODEL_PUBLISHED: EventCause.SCORING_MODEL,
    ScoreCause.TIME: EventCause.TIME,
}
# What somebody does, in whose course the cause comes into being: these follow from nothing but the request.
_DONE = {
    ScoreCause.ACTIVITY: frozenset({EventType.ACTIVITY_RECORDED}),
    ScoreCause.CONTACT_ATTEMPT: frozenset({EventType.CONTACT_ATTEMPT_RECORDED, EventType.CLAIM_COMPLETED}),
    ScoreCause.MERGE: frozenset({EventType.LEAD_MERGED, EventType.LEAD_UNMERGED}),
}


def without_cause(actor: Actor) -> EventCause:
    """Say what a change follows from that nothing else brought: what the service does by itself, it does when time has come."""
    return EventCause.TIME if actor.kind is ActorKind.SYSTEM else EventCause.REQUEST


def cause_of(type: EventType, actor: Actor, named: ScoreCause | None, named_id: UUID | None) -> tuple[EventCause, UUID | None]:
    """Say what an event follows from, with the id of that: `named` is what the changes of its lead are put down to."""
    if named is None or type in _DONE.get(named, ()):
        return without_cause(actor), None
    if named is ScoreCause.FIELD_CHANGE and named_id is not None:
        # Nothing but an import changes fields on behalf of something.
        return EventCause.IMPORT, named_id
    cause = _CAUSES.get(named)
    return (without_cause(actor), None) if cause is None else (cause, named_id)
