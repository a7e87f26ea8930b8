"""A lead's own fields: what a request sets is checked, and what differs is changed and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from domain.lead_profiles import checked_profile
from domain.leads import ExternalReference, Lead, ProfileFields, Touch
from domain.refusals import Refusal
from domain.touches import checked_touch, last_touch_fields
from usecases.leads.editing import LeadEdit


def revised(
    lead: Lead | None, profile: ProfileFields, touch: Touch | None, country: str | None, at: datetime
) -> tuple[dict[str, Any], list[Refusal]]:
    """Work out the fields that a request changes; `lead` None: nobody knows the lead, and only the problems matter.

    `country` is the workspace's. A touch from before the lead's last one tells nothing new, so it changes nothing.
    """
    fields, refusals = checked_profile(profile, country=(lead.country if lead else None) or country)
    wanted = cast(dict[str, Any], fields)
    if touch is not None:
        touch, problems = checked_touch(touch, at, "touch")
        refusals += problems
        if lead is not None and touch.at >= lead.last_touch_at:
            wanted = {**wanted, **last_touch_fields(touch)}
    return {name: value for name, value in wanted.items() if lead is None or getattr(lead, name) != value}, refusals


def revise(edit: LeadEdit, changes: Mapping[str, Any]) -> dict[str, object]:
    """Make the changes on the edit; returns them as an event tells them: field → [old, new]."""
    told: dict[str, object] = {name: [plain(getattr(edit.lead, name)), plain(value)] for name, value in changes.items()}
    if changes:
        edit.change(**changes)
    return told


def plain(value: object) -> object:
    """Write a field's value as JSON knows it; amounts stay exact."""
    return format(value, "f") if isinstance(value, Decimal) else value


def new_references(lead_id: UUID, references: Sequence[tuple[str, str]], at: datetime) -> list[ExternalReference]:
    """Make the references by which other systems know a lead from now on."""
    return [ExternalReference(lead_id, system, external_id, at) for system, external_id in references]


def named(references: Sequence[tuple[str, str]]) -> list[object]:
    """Write references as an event tells them."""
    return [{"system": system, "external_id": external_id} for system, external_id in references]
