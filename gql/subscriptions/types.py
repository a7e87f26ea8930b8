"""What subscriptions tell: the change, taken from the event, beside the lead as it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from domain.events import Event as DomainEvent
from domain.events import EventType
from domain.scoring import ScoreCause as DomainScoreCause
from gql.activities.types import Activity
from gql.edges import Key, to_one
from gql.enrollments.live import EnrollmentSubscriptions
from gql.errors import ErrorCode, PublicError
from gql.events.types import Event
from gql.follow_ups.types import FollowUp
from gql.ids import decode_kind
from gql.leads.enums import Grade, LeadStatus, ScoreCause, Temperature
from gql.leads.filters import MAX_VALUES
from gql.leads.types import Lead
from gql.nodes import computed, plain
from gql.people.types import Agent
from gql.pipelines.types import Pipeline, Stage
from gql.scalars import Cursor
from gql.scoring.types import ScoreChange
from gql.subscriptions.segment_types import SegmentSubscriptions
from gql.subscriptions.watches import Accepts, live
from persistence.activities import activity_by_id
from persistence.follow_ups import follow_up_by_id
from persistence.histories import score_entry_by_id
from persistence.leads import lead_by_id
from persistence.people import agent_by_id
from persistence.pipelines import pipeline_by_id, stage_by_id

_OLD, _NEW = 0, 1


def _side(event: DomainEvent, name: str, side: int) -> Any:
    pair: Any = event.changes.get(name)
    return cast(Any, pair[side]) if isinstance(pair, list) else None


def _changed(name: str, side: int, kind: Callable[[Any], Any] | None = None) -> Callable[[Any], Any]:
    """Take one side of a change out of the event."""

    def take(change: Any) -> Any:
        value = _side(change.event, name, side)
        return value if value is None or kind is None else kind(value)

    return take


def _fact(name: str) -> Callable[[Any], Any]:
    return lambda change: change.event.changes.get(name)


def _known_id(event: DomainEvent, name: str) -> UUID | None:
    value = event.changes.get(name)
    return None if value is None else UUID(str(value))


def _id(name: str, side: int) -> Key:
    return _changed(name, side, UUID)


def _cursor() -> Any:
    return plain("Where to go on with `after`: everything up to this event has been told.")


def _event() -> Any:
    return plain("The event itself: when it happened, who is behind it, and all that changed.")


def _lead() -> Any:
    return to_one("The lead as it is now; null when it was deleted.", key=lambda change: change.event.lead_id, batch=lead_by_id)


@strawberry.type(description="The score of a lead changed: the total, the grade, or what a category adds to it.")
class LeadScoreChanged:
    """Reads a `LiveChange`, like all types of this module."""

    cursor: Cursor = _cursor()
    event: Event = _event()
    lead: Lead | None = _lead()
    from_total: int = computed("The total before.", _changed("total", _OLD))
    total: int = computed("The total after.", _changed("total", _NEW))
    delta: int = computed("By how much the total moved; 0 where only categories did.", lambda change: _delta(change.event))
    from_grade: Grade = computed("The grade before.", _changed("grade", _OLD, Grade))
    grade: Grade = computed("The grade after.", _changed("grade", _NEW, Grade))
    from_temperature: Temperature = computed("The temperature before.", _changed("temperature", _OLD, Temperature))
    temperature: Temperature = computed("The temperature after.", _changed("temperature", _NEW, Temperature))
    cause: ScoreCause = computed("What made the score change.", lambda change: DomainScoreCause(change.event.changes["cause"]))
    entry: ScoreChange | None = to_one(
        "What the score history says of it, with the breakdown as it was then; null when a merge was undone, which brings back what was.",
        key=lambda change: _known_id(change.event, "score_change_id"),
        batch=score_entry_by_id,
    )


@strawberry.type(description="Something about a lead changed; `event.type` says what.")
class LeadChanged:
    """Any event of a lead."""

    cursor: Cursor = _cursor()
    event: Event = _event()
    lead: Lead | None = _lead()


@strawberry.type(description="The status of a lead changed.")
class LeadStatusChanged:
    """A move from one status to another."""

    cursor: Cursor = _cursor()
    event: Event = _event()
    lead: Lead | None = _lead()
    from_status: LeadStatus = computed("The status before.", _changed("status", _OLD, LeadStatus))
    status: LeadStatus = computed("The status after.", _changed("status", _NEW, LeadStatus))
    reason: str | None = computed("The reason that was given.", _fact("reason"))
    forced: bool = computed("Whether it was forced against the rules.", lambda change: bool(change.event.changes.get("forced")))


@strawberry.type(description="A lead was given to an agent, or went back to the pool.")
class LeadAssigned:
    """A change of the owner."""

    cursor: Cursor = _cursor()
    event: Event = _event()
    lead: Lead | None = _lead()
    from_agent: Agent | None = to_one("The owner before; null: it was in the pool.", key=_id("owner_id", _OLD), batch=agent_by_id)
    agent: Agent | None = to_one("The owner after; null: it went to the pool.", key=_id("owner_id", _NEW), batch=agent_by_id)
    reason: str | None = computed("The reason that was given.", _fact("reason"))


@strawberry.type(description="An activity of a lead was recorded.")
class ActivityRecorded:
    """An activity, which may have happened earlier."""

    cursor: Cursor = _cursor()
    event: Event = _event()
    lead: Lead | None = _lead()
    activity: Activity | None = to_one(
        "What happened; null when it was removed together with its lead.",
        key=lambda change: UUID(change.event.changes["activity_id"]),
        batch=activity_by_id,
    )


@strawberry.type(description="A follow-up is due. It is told once for every time at which it is.")
class FollowUpDue:
    """Time alone made it due."""

    cursor: Cursor = _cursor()
    event: Event = _event()
    lead: Lead | None = _lead()
    due_at: datetime = computed("When it is due.", lambda change: datetime.fromisoformat(change.event.changes["due_at"]))
    follow_up: FollowUp | None = to_one(
        "What is to be done, as it is now; null when its lead was deleted.",
        key=lambda change: UUID(change.event.changes["follow_up_id"]),
        batch=follow_up_by_id,
    )


@strawberry.type(description="A lead moved to another stage, into a pipeline or out of one.")
class PipelineChanged:
    """A move between stages."""

    cursor: Cursor = _cursor()
    event: Event = _event()
    lead: Lead | None = _lead()
    from_stage: Stage | None = to_one("The stage before; null: it was in none.", key=_id("stage_id", _OLD), batch=stage_by_id)
    stage: Stage | None = to_one("The stage after; null: it is in none.", key=_id("stage_id", _NEW), batch=stage_by_id)
    from_pipeline: Pipeline | None = to_one(
        "The pipeline before; null: it was in none.", key=_id("pipeline_id", _OLD), batch=pipeline_by_id
    )
    pipeline: Pipeline | None = to_one("The pipeline after; null: it is in none.", key=_id("pipeline_id", _NEW), batch=pipeline_by_id)
    reason: str | None = computed("The reason that was given.", _fact("reason"))


def _delta(event: DomainEvent) -> int:
    return _side(event, "total", _NEW) - _side(event, "total", _OLD)


def _score_moved(given: Mapping[str, Any]) -> Accepts | None:
    least: int | None = given.get("min_delta")
    grades: list[Grade] | None = given.get("grades")
    if least is not None and not 1 <= least <= 100:
        raise PublicError(ErrorCode.BAD_USER_INPUT, "`minDelta` must be 1–100.")
    wanted = None if grades is None else frozenset(grades)

    def accepts(event: DomainEvent) -> bool:
        far_enough = least is None or abs(_delta(event)) >= least
        return far_enough and (wanted is None or Grade(_side(event, "grade", _NEW)) in wanted)

    return accepts


def _of_agents(given: Mapping[str, Any]) -> Accepts | None:
    ids: list[strawberry.ID] | None = given.get("agent_ids")
    if ids is None:
        return None
    if len(ids) > MAX_VALUES:
        raise PublicError(ErrorCode.BAD_USER_INPUT, f"`agentIds` has at most {MAX_VALUES} values.")
    wanted = {str(decode_kind("Agent", id)) for id in ids}
    return lambda event: event.changes.get("agent_id") in wanted


@strawberry.type(
    description=(
        "Changes as they happen, of leads that the viewer may see at that moment. Each carries a cursor; who comes back with it as `after` "
        "misses nothing and sees nothing twice."
    )
)
class Subscription(EnrollmentSubscriptions, SegmentSubscriptions):
    """Each field is declared once; `gql.subscriptions.live_operations` answers all of them."""

    lead_score_changed = live(
        LeadScoreChanged,
        "Moves of scores.",
        types=(EventType.LEAD_SCORE_CHANGED,),
        arguments={
            "min_delta": Annotated[
                int | None, strawberry.argument(description="Only moves of at least this many points, up or down: 1–100.")
            ],
            "grades": Annotated[list[Grade] | None, strawberry.argument(description="Only moves that end in one of these grades.")],
        },
        accepts=_score_moved,
    )
    lead_changed = live(LeadChanged, "Everything that happens to leads.", types=None)
    lead_status_changed = live(LeadStatusChanged, "Changes of status.", types=(EventType.LEAD_STATUS_CHANGED,))
    lead_assigned = live(LeadAssigned, "Changes of owner.", types=(EventType.LEAD_ASSIGNED,))
    follow_up_due = live(
        FollowUpDue,
        "Follow-ups that are due.",
        types=(EventType.FOLLOW_UP_DUE,),
        arguments={
            "agent_ids": Annotated[list[strawberry.ID] | None, strawberry.argument(description="Only those of these agents, at most 200.")]
        },
        accepts=_of_agents,
    )
    activity_recorded = live(ActivityRecorded, "Activities that are recorded.", types=(EventType.ACTIVITY_RECORDED,))
    pipeline_changed = live(PipelineChanged, "Moves between stages.", types=(EventType.LEAD_STAGE_CHANGED,))
