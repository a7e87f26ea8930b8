"""What the service tells the world: every change of a lead, once, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.access import Actor


class EventType(StrEnum):
    """What changed."""

    LEAD_CREATED = "LEAD_CREATED"
    LEAD_UPDATED = "LEAD_UPDATED"
    LEAD_DELETED = "LEAD_DELETED"
    LEAD_RESTORED = "LEAD_RESTORED"
    LEAD_STATUS_CHANGED = "LEAD_STATUS_CHANGED"
    LEAD_ASSIGNED = "LEAD_ASSIGNED"
    LEAD_SCORE_CHANGED = "LEAD_SCORE_CHANGED"
    LEAD_PRIORITY_PINNED = "LEAD_PRIORITY_PINNED"
    LEAD_STAGE_CHANGED = "LEAD_STAGE_CHANGED"
    LEAD_DEAL_CHANGED = "LEAD_DEAL_CHANGED"
    LEAD_TAGGED = "LEAD_TAGGED"
    ACTIVITY_RECORDED = "ACTIVITY_RECORDED"
    CONTACT_ATTEMPT_RECORDED = "CONTACT_ATTEMPT_RECORDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change. `sequence` counts a lead's events from 1 without gaps; `changes` is JSON: field → [old, new], or facts."""

    id: UUID
    lead_id: UUID
    sequence: int
    type: EventType
    at: datetime
    actor: Actor
    cause: str | None = None
    cause_id: UUID | None = None
    changes: Mapping[str, object] = field(default_factory=dict[str, object])
