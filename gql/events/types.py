"""Events, as the feed tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, cast
from uuid import UUID

import orjson
import strawberry
from strawberry import UNSET

from domain import events as domain
from domain.events import EventType
from gql.actors import Actor, actor
from gql.edges import to_one, to_pages
from gql.enums import describe
from gql.events.causes import EventCause
from gql.ids import encode_id
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.scalars import Cursor
from persistence.feed import event_by_id
from persistence.leads import lead_by_id
from persistence.webhooks import deliveries_by_event

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.webhooks.types import WebhookDelivery

describe(
    EventType,
    "What happened: to a lead, unless it says otherwise.",
    {
        "LEAD_CREATED": "It was created; the changes are its first values.",
        "LEAD_UPDATED": "Fields of it were changed.",
        "LEAD_DELETED": "It was deleted.",
        "LEAD_RESTORED": "It was brought back after having been deleted.",
        "LEAD_MERGED": "It took another lead in, or became part of another one; the facts name the other.",
        "LEAD_UNMERGED": "A merge was undone: it is as it was before, or there again.",
        "LEAD_STATUS_CHANGED": "Its status changed.",
        "LEAD_ASSIGNED": "Its owner changed, or it went back to the pool.",
        "LEAD_SCORE_CHANGED": "Its score changed: the total, the grade, or what a category adds to it.",
        "LEAD_PRIORITY_PINNED": "Its priority was pinned, or a pin ended.",
        "LEAD_STAGE_CHANGED": "It moved to another stage, or into or out of a pipeline.",
        "LEAD_DEAL_CHANGED": "The deal that may come of it changed.",
        "LEAD_TAGGED": "Tags were put on it or taken off.",
        "ACTIVITY_RECORDED": "It did something, or something was noted about it.",
        "CONTACT_ATTEMPT_RECORDED": "Somebody tried to reach it, or it tried to reach us.",
        "CONSENT_RECORDED": "It agreed to be contacted on a channel, or another system claims so.",
        "CONSENT_WITHDRAWN": "It no longer agrees to be contacted on a channel.",
        "SUPPRESSION_ADDED": "It must not be contacted on a channel; without a lead, addresses or a whole channel must not be used.",
        "SUPPRESSION_LIFTED": "A suppression no longer holds, of a lead or of the workspace.",
        "CONTACT_RULES_PUBLISHED": "New rules say when leads may be contacted; an event of the workspace.",
        "LEAD_CLAIMED": "Somebody took it from a queue to work on it.",
        "CLAIM_RELEASED": "Whoever took it from a queue gave it back.",
        "CLAIM_COMPLETED": "Whoever took it from a queue has dealt with it.",
        "ENROLLED": "It was enrolled in a sequence, by somebody or by a trigger.",
        "ENROLLMENT_PAUSED": "It stays where it is in a sequence, for a while.",
        "ENROLLMENT_RESUMED": "It goes on in a sequence.",
        "ENROLLMENT_MOVED": "It went over to another version of a sequence.",
        "ENROLLMENT_COMPLETED": "It came to the end of a sequence.",
        "ENROLLMENT_EXITED": "It left a sequence before its end.",
        "LEAD_JOINED_CAMPAIGN": "It became a member of a campaign.",
        "LEAD_LEFT_CAMPAIGN": "It is no longer a member of a campaign.",
        "CAMPAIGN_STATUS_CHANGED": "A campaign was created or moved on; an event of the workspace.",
        "FOLLOW_UP_SCHEDULED": "Something is to be done about it.",
        "FOLLOW_UP_CHANGED": "What is to be done about it, or when, was changed.",
        "FOLLOW_UP_SNOOZED": "A follow-up was put off.",
        "FOLLOW_UP_REASSIGNED": "A follow-up went to another agent.",
        "FOLLOW_UP_DUE": "A follow-up is due; told once for every time at which it is.",
        "FOLLOW_UP_COMPLETED": "A follow-up was done.",
        "FOLLOW_UP_CANCELLED": "A follow-up is not to be done any more.",
        "SEQUENCE_PUBLISHED": "A version of a sequence was published; an event of the workspace.",
        "SCORING_MODEL_PUBLISHED": "A version of a scoring model was published; an event of the workspace.",
        "SCORING_MODEL_CHOSEN": "The workspace went over to another scoring model; an event of the workspace.",
        "TAG_CHANGED": "A tag was renamed or deleted; an event of the workspace.",
        "TEAM_CHANGED": "An agent went to another team, or a team was deleted; an event of the workspace.",
        "SEGMENT_CHANGED": "A segment was changed or deleted; an event of the workspace.",
    },
)


@dataclass(frozen=True, slots=True)
class _Change:
    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class _Fact:
    name: str
    value: str | None


# Ids in an event are those of the database; outside they are global ones, under the name of the relation.
_KINDS = {
    "owner": "Agent",
    "survivor": "Lead",
    "loser": "Lead",
    "merge": "LeadMerge",
    "stage": "Stage",
    "pipeline": "Pipeline",
    "activity": "Activity",
    "contact_attempt": "ContactAttempt",
    "scoring_model": "ScoringModel",
    "score_change": "ScoreChange",
    "campaign": "Campaign",
    "campaign_variant": "CampaignVariant",
    "claim": "Claim",
    "queue": "Queue",
    "suppression": "Suppression",
    "follow_up": "FollowUp",
    "agent": "Agent",
    "enrollment": "Enrollment",
    "sequence": "Sequence",
    "sequence_version": "SequenceVersion",
    "tag": "Tag",
    "team": "Team",
    "segment": "Segment",
}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def _text(name: str, value: object) -> str | None:
    if value is None:
        return None
    if name.endswith("_id") and isinstance(value, str) and (kind := _KINDS.get(name.removesuffix("_id"))):
        return encode_id(kind, UUID(value))
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _outside(name: str) -> str:
    if name.startswith("custom."):
        # The key is the workspace's own word.
        return name
    return _camel(name.removesuffix("_id") if name.removesuffix("_id") in _KINDS else name)


def _pairs(event: domain.Event) -> Iterator[tuple[str, Sequence[object]]]:
    for name, value in event.changes.items():
        if isinstance(value, list) and len(pair := cast("list[object]", value)) == 2:
            yield name, pair


def changed_fields(values: Mapping[str, Sequence[object]]) -> list[_Change]:
    """Show values before and after by their names in the graph."""
    return [_Change(_outside(name), _text(name, old), _text(name, new)) for name, (old, new) in values.items()]


def _changes(event: domain.Event) -> list[_Change]:
    return changed_fields(dict(_pairs(event)))


def _facts(event: domain.Event) -> list[_Fact]:
    told = {name for name, _ in _pairs(event)}
    return [_Fact(_outside(name), _text(name, value)) for name, value in event.changes.items() if name not in told]


@strawberry.type(description="One field before and after an event.")
class FieldChange:
    """Text, so that a field of any type can be told; what is no text is written as JSON."""

    field: str = computed("The field's name in the graph, such as `firstName`.", lambda change: change.name)
    old: str | None = plain("Its value before, as text; lists and flags as JSON, other things by their global id.")
    new: str | None = plain("Its value after, written in the same way.")


@strawberry.type(description="A circumstance of an event that is not a change of a field.")
class EventFact:
    """Text, like the values of changes."""

    name: str = plain("What it is, such as `reason`.")
    value: str | None = plain("Its value, as text; flags as JSON, other things by their global id.")


@strawberry.type(description="One change, of a lead or of something that the whole workspace shares. Events are only ever added.")
class Event(Node):
    """See `domain.events.Event`."""

    id: strawberry.ID = node_id("Event")
    type: EventType = plain("What happened.")
    sequence: int | None = plain("Counts the lead's events from 1, without gaps; null for an event of the workspace.")
    at: datetime = plain("When it happened.")
    changes: list[FieldChange] = computed("The fields that changed, each before and after.", _changes)
    facts: list[EventFact] = computed("What else is to be known about it.", _facts)
    actor: Actor = actor("Who is behind it.")
    cause: EventCause = computed("What it follows from.", lambda event: event)
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead as it is now; null when it was deleted, and for an event of the workspace.",
        key=lambda event: event.lead_id,
        batch=lead_by_id,
    )
    webhook_deliveries: Connection[Annotated[WebhookDelivery, strawberry.lazy("gql.webhooks.types")]] = to_pages(
        "How it was and is told to receivers of events, the latest delivery first.", listing=deliveries_by_event, order="CREATED_AT"
    )
    is_type_of = shows(domain.Event)


@dataclass(frozen=True, slots=True)
class FeedValue:
    """What the root field answers with; its attributes are the fields of `EventFeed`."""

    events: Sequence[domain.Event]
    cursor: str
    has_more: bool


@strawberry.type(description="A piece of the feed, in its order: whoever goes on with the cursor sees every event exactly once.")
class EventFeed:
    """See `domain.events.FeedPage`."""

    events: list[Event] = plain("The events; of one lead always in the order of `sequence`.")
    cursor: Cursor = plain("Where to go on. It is there also when there are no events, and moves on past those that the filter leaves out.")
    has_more: bool = plain("Whether to go on at once; false: the present was reached. May be true with fewer events than asked for.")


@strawberry.input(description="Which events are meant: everything that is set must hold. A condition that is null is refused.")
class EventFilter:
    """See `domain.events.EventFilter`."""

    types: list[EventType] | None = strawberry.field(default=UNSET, description="Of one of these types.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=UNSET, description="Of one of these leads, at most 200.")


NODE_BATCHES["Event"] = event_by_id
