"""What a dry run answers: the changes that would be kept, and the events that would be told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry

from domain.rehearsals import Effect, EffectKind, Rehearsed
from gql.enums import describe
from gql.events.types import Event, FieldChange, changed_fields
from gql.ids import encode_id
from gql.nodes import computed, plain, shows
from gql.scalars import written_instant

describe(
    EffectKind,
    "What would become of a thing.",
    {"CREATED": "It would be there.", "UPDATED": "Some of its values would be others.", "DELETED": "It would be gone."},
)


# Tables whose rows are things of the graph; their ids are those of the type.
TYPES = {
    "activities": "Activity",
    "agents": "Agent",
    "api_keys": "ApiKey",
    "campaign_budget_lines": "CampaignBudgetLine",
    "campaign_costs": "CampaignCost",
    "campaign_members": "CampaignMember",
    "campaign_variants": "CampaignVariant",
    "campaigns": "Campaign",
    "contact_attempts": "ContactAttempt",
    "enrollment_runs": "EnrollmentRun",
    "imports": "Import",
    "lead_merges": "LeadMerge",
    "leads": "Lead",
    "message_template_versions": "MessageTemplateVersion",
    "message_templates": "MessageTemplate",
    "pipelines": "Pipeline",
    "scoring_model_versions": "ScoringModelVersion",
    "scoring_models": "ScoringModel",
    "scoring_runs": "ScoringRun",
    "sequence_versions": "SequenceVersion",
    "sequences": "Sequence",
    "stages": "Stage",
    "tags": "Tag",
    "teams": "Team",
    "webhook_deliveries": "WebhookDelivery",
    "webhook_endpoints": "WebhookEndpoint",
    "workspaces": "Workspace",
}


def _told(value: object) -> object:
    """Write a value of the database as an event would tell it."""
    if isinstance(value, datetime):
        return written_instant(value)
    if isinstance(value, UUID | Decimal | date):
        return str(value)
    return value


def _changed(effect: Effect) -> Any:
    return changed_fields({name: (_told(old), _told(new)) for name, (old, new) in effect.values.items()})


def _type(effect: Effect) -> str:
    return TYPES.get(effect.table, effect.table)


def _id(effect: Effect) -> strawberry.ID | None:
    kind = TYPES.get(effect.table)
    return strawberry.ID(encode_id(kind, effect.id)) if kind is not None and effect.id is not None else None


@strawberry.type(description="One thing that a mutation would create, change or delete.")
class DryRunChange:
    """See `domain.rehearsals.Effect`."""

    kind: EffectKind = plain("What would become of it.")
    type: str = computed(
        "The type of the thing, such as `Lead`; what is no type of the graph has the name of its table, such as `lead_tags`.", _type
    )
    id: strawberry.ID | None = computed(
        "Its global id; null for what has none. A thing that would be created gets another id when it is.", _id
    )
    fields: list[FieldChange] = computed("The values that would be others, each before and after, by their names in the graph.", _changed)
    is_type_of = shows(Effect)


@strawberry.type(description="What a mutation would have done.")
class DryRun:
    """See `domain.rehearsals.Rehearsed`."""

    changes: list[DryRunChange] = computed(
        "The things that would change, in the order in which they would be written. What only goes with a deleted thing is not listed.",
        lambda dry_run: dry_run.effects,
    )
    events: list[Event] = plain("The events that would be recorded, in their order.")
    is_type_of = shows(Rehearsed)
