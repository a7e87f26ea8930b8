"""What the service tells the world: every change of a lead or of what the workspace shares, once, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.access import Actor, ActorKind


class EventType(StrEnum):
    """What changed."""

    LEAD_CREATED = "LEAD_CREATED"
    LEAD_UPDATED = "LEAD_UPDATED"
    LEAD_DELETED = "LEAD_DELETED"
    LEAD_RESTORED = "LEAD_RESTORED"
    LEAD_MERGED = "LEAD_MERGED"
    LEAD_UNMERGED = "LEAD_UNMERGED"
    LEAD_STATUS_CHANGED = "LEAD_STATUS_CHANGED"
    LEAD_ASSIGNED = "LEAD_ASSIGNED"
    LEAD_SCORE_CHANGED = "LEAD_SCORE_CHANGED"
    LEAD_PRIORITY_PINNED = "LEAD_PRIORITY_PINNED"
    LEAD_STAGE_CHANGED = "LEAD_STAGE_CHANGED"
    LEAD_DEAL_CHANGED = "LEAD_DEAL_CHANGED"
    LEAD_TAGGED = "LEAD_TAGGED"
    ACTIVITY_RECORDED = "ACTIVITY_RECORDED"
    CONTACT_ATTEMPT_RECORDED = "CONTACT_ATTEMPT_RECORDED"
    CONSENT_RECORDED = "CONSENT_RECORDED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    SUPPRESSION_ADDED = "SUPPRESSION_ADDED"
    SUPPRESSION_LIFTED = "SUPPRESSION_LIFTED"
    CONTACT_RULES_PUBLISHED = "CONTACT_RULES_PUBLISHED"
    LEAD_CLAIMED = "LEAD_CLAIMED"
    CLAIM_RELEASED = "CLAIM_RELEASED"
    CLAIM_COMPLETED = "CLAIM_COMPLETED"
    ENROLLED = "ENROLLED"
    ENROLLMENT_PAUSED = "ENROLLMENT_PAUSED"
    ENROLLMENT_RESUMED = "ENROLLMENT_RESUMED"
    ENROLLMENT_MOVED = "ENROLLMENT_MOVED"
    ENROLLMENT_COMPLETED = "ENROLLMENT_COMPLETED"
    ENROLLMENT_EXITED = "ENROLLMENT_EXITED"
    LEAD_JOINED_CAMPAIGN = "LEAD_JOINED_CAMPAIGN"
    LEAD_LEFT_CAMPAIGN = "LEAD_LEFT_CAMPAIGN"
    CAMPAIGN_STATUS_CHANGED = "CAMPAIGN_STATUS_CHANGED"
    FOLLOW_UP_SCHEDULED = "FOLLOW_UP_SCHEDULED"
    FOLLOW_UP_CHANGED = "FOLLOW_UP_CHANGED"
    FOLLOW_UP_SNOOZED = "FOLLOW_UP_SNOOZED"
    FOLLOW_UP_REASSIGNED = "FOLLOW_UP_REASSIGNED"
    FOLLOW_UP_DUE = "FOLLOW_UP_DUE"
    FOLLOW_UP_COMPLETED = "FOLLOW_UP_COMPLETED"
    FOLLOW_UP_CANCELLED = "FOLLOW_UP_CANCELLED"
    SEQUENCE_PUBLISHED = "SEQUENCE_PUBLISHED"
    SCORING_MODEL_PUBLISHED = "SCORING_MODEL_PUBLISHED"
    SCORING_MODEL_CHOSEN = "SCORING_MODEL_CHOSEN"
    TAG_CHANGED = "TAG_CHANGED"
    TEAM_CHANGED = "TEAM_CHANGED"
    SEGMENT_CHANGED = "SEGMENT_CHANGED"


class EventCause(StrEnum):
    """What a change follows from."""

    REQUEST = "REQUEST"
    ACTIVITY = "ACTIVITY"
    CONTACT_ATTEMPT = "CONTACT_ATTEMPT"
    IMPORT = "IMPORT"
    MERGE = "MERGE"
    SCORING_MODEL = "SCORING_MODEL"
    TIME = "TIME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change. `sequence` counts a lead's events from 1 without gaps; `changes` is JSON: field → [old, new], or facts.

    An event of the workspace itself has neither a lead nor a place in a lead's sequence. `cause_id` names what the change follows from;
    where that is a request or time, the entry that it wrote, if any.
    """

    id: UUID
    lead_id: UUID | None
    sequence: int | None
    type: EventType
    at: datetime
    actor: Actor
    cause: EventCause = EventCause.REQUEST
    cause_id: UUID | None = None
    changes: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def actor_kind(self) -> ActorKind:
        """Tell what kind of party is behind it."""
        return self.actor.kind

    @property
    def actor_id(self) -> UUID | None:
        """Name the party; None for the service itself."""
        return self.actor.id


_NO_ID = UUID(int=0)
_LAST_MILLISECOND = 253_402_300_799_999


def written_at(id: UUID) -> datetime:
    """Return when an id was made, which for an event is when it was written, whenever it happened; the nil id: the beginning of time."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=min(id.int >> 80, _LAST_MILLISECOND))


def first_id_at(instant: datetime) -> UUID:
    """Return the lowest id that can be made at an instant: what was written before it has a lower one."""
    return UUID(int=(instant - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1) << 80)


@dataclass(frozen=True, slots=True, order=True)
class FeedPosition:
    """A place in a workspace's feed: by the transaction that wrote an event, and within that by the event's id.

    A transaction with the nil id stands before all its events.
    """

    xid: int
    id: UUID = _NO_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events are meant: everything that is set must hold."""

    types: tuple[EventType, ...] | None = None
    lead_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events in the feed's order, each with its place, and where to go on.

    Everything before `position` has been read. `has_more` tells that reading on at once may find more.
    `since`: what happened before may be gone; None: nothing is.
    """

    events: tuple[tuple[FeedPosition, Event], ...]
    position: FeedPosition
    has_more: bool
    since: datetime | None = None
