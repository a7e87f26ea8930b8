"""How a lead begins: new, without an owner, with nothing counted yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.lead_copies import changed_lead
from domain.leads import Lead, ProfileFields, Touch
from domain.scoring import Grade, Priority, Temperature
from domain.status import LeadStatus
from domain.touches import first_touch_fields, last_touch_fields

_COUNTS = (
    "website_visits",
    "content_downloads",
    "page_views",
    "email_opens",
    "email_clicks",
    "social_engagements",
    "outbound_attempts",
    "event_sequence",
    "score_total",
)
_EMPTY: dict[str, Any] = {
    **{field.name: None for field in fields(Lead) if field.default is MISSING},
    **dict.fromkeys(_COUNTS, 0),
    "version": 1,
    "phones": (),
    "do_not_call": False,
    "do_not_email": False,
    "status": LeadStatus.NEW,
    # Until it is scored, which happens when it is saved.
    "grade": Grade.D,
    "temperature": Temperature.COLD,
    "priority": Priority.LOW,
}
_NOBODY = Lead(**_EMPTY)
_NO_HISTORY: Mapping[str, Any] = MappingProxyType({})


def new_lead(id: UUID, at: datetime, profile: ProfileFields, touch: Touch, history: Mapping[str, Any] = _NO_HISTORY) -> Lead:
    """Make a lead of a checked profile and the touch that brought it, which is its first and its last.

    `history` holds fields of a lead that has one already.
    """
    known = {"id": id, "created_at": at, "updated_at": at, "status_since": at}
    values: dict[str, Any] = {**profile, **first_touch_fields(touch), **last_touch_fields(touch), **known, **history}
    return changed_lead(_NOBODY, **values)
