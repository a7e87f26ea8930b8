"""What is kept of a verb's outcome under an idempotency key: references to things, and refusals with their facts.

Things are kept by reference and read again for a repeated request, so that no personal data is copied; the wording of the
first answer is kept by the API beside it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from domain import sequences as domain_sequences
from domain.activities import Activity, ContactAttempt
from domain.campaign_members import CampaignMember
from domain.campaigns import Campaign, CampaignBudgetLine, CampaignCost, CampaignVariant
from domain.consent import ConsentEntry, Suppression
from domain.contact_rules import PublishedRules
from domain.custom_fields import CustomField
from domain.enrollments import Enrollment, EnrollmentMoves
from domain.filters import LeadPlace
from domain.follow_ups import FollowUp
from domain.imports import Import
from domain.leads import Lead, Tag
from domain.merging import LeadMerge
from domain.message_templates import MessageTemplate
from domain.model_versions import ModelSeries, ModelVersion
from domain.outcome_policies import OutcomePolicy
from domain.people import Agent, Team
from domain.pipelines import Pipeline, Stage
from domain.queues import Claim, Queue
from domain.refusals import Refusal, Refused
from domain.segments import Segment
from domain.webhooks import WebhookDelivery, WebhookEndpoint
from domain.workspaces import ApiKey, Workspace
from persistence import (
    activities,
    api_keys,
    campaign_members,
    campaigns,
    claims,
    consent,
    contact_attempts,
    contact_rules,
    imports,
    leads,
    merges,
    people,
    pipelines,
    queues,
    scoring_models,
    suppressions,
    tags,
    webhooks,
    workspaces,
)
from persistence.custom_fields import custom_field_by_id
from persistence.database import Reading
from persistence.documents import from_document, to_document
from persistence.enrollments import enrollment_by_id
from persistence.follow_ups import follow_up_by_id_even_deleted
from persistence.messages import message_template_by_id
from persistence.outcome_policies import outcome_policy_by_id
from persistence.segments import segment_by_id
from persistence.sequences import sequence_by_id, sequence_version_by_id

ReadByIds = Callable[[Reading, Sequence[UUID]], Awaitable[Mapping[UUID, Any]]]


@dataclasses.dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row of a bulk request: the thing, or why not. `index` counts the input's rows from 0."""

    index: int
    thing: Any
    refusals: tuple[Refusal, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Several:
    """An outcome of several named parts."""

    parts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.parts[name]


@dataclasses.dataclass(frozen=True, slots=True)
class ToldOnce:
    """A text that only the first answer tells, such as a secret: nothing of it is kept, and a repeated request gets None."""

    text: str


_THINGS: Mapping[type, tuple[str, ReadByIds]] = {
    Lead: ("Lead", leads.lead_by_id_even_deleted),
    LeadMerge: ("LeadMerge", merges.lead_merge_by_id),
    Activity: ("Activity", activities.activity_by_id),
    ContactAttempt: ("ContactAttempt", contact_attempts.contact_attempt_by_id),
    FollowUp: ("FollowUp", follow_up_by_id_even_deleted),
    OutcomePolicy: ("OutcomePolicy", outcome_policy_by_id),
    Agent: ("Agent", people.agent_by_id),
    Team: ("Team", people.team_by_id),
    Pipeline: ("Pipeline", pipelines.pipeline_by_id),
    Campaign: ("Campaign", campaigns.campaign_by_id),
    CampaignVariant: ("CampaignVariant", campaigns.campaign_variant_by_id),
    CampaignBudgetLine: ("CampaignBudgetLine", campaigns.campaign_budget_line_by_id),
    CampaignCost: ("CampaignCost", campaigns.campaign_cost_by_id),
    CampaignMember: ("CampaignMember", campaign_members.campaign_member_by_id),
    Stage: ("Stage", pipelines.stage_by_id),
    Tag: ("Tag", tags.tag_by_id),
    ApiKey: ("ApiKey", api_keys.api_key_by_id),
    CustomField: ("CustomField", custom_field_by_id),
    Segment: ("Segment", segment_by_id),
    Enrollment: ("Enrollment", enrollment_by_id),
    MessageTemplate: ("MessageTemplate", message_template_by_id),
    domain_sequences.Sequence: ("Sequence", sequence_by_id),
    domain_sequences.SequenceVersion: ("SequenceVersion", sequence_version_by_id),
    Import: ("Import", imports.import_by_id),
    ConsentEntry: ("ConsentEntry", consent.consent_entry_by_id),
    Suppression: ("Suppression", suppressions.suppression_by_id),
    PublishedRules: ("PublishedRules", contact_rules.contact_rules_by_id),
    Queue: ("Queue", queues.queue_by_id),
    Claim: ("Claim", claims.claim_by_id),
    WebhookEndpoint: ("WebhookEndpoint", webhooks.webhook_endpoint_by_id),
    WebhookDelivery: ("WebhookDelivery", webhooks.webhook_delivery_by_id),
    Workspace: ("Workspace", workspaces.workspace_by_id),
    ModelSeries: ("ScoringModel", scoring_models.model_by_id),
    ModelVersion: ("ScoringModelVersion", scoring_models.version_by_id),
}
_READERS: Mapping[str, ReadByIds] = dict(_THINGS.values())
# Facts about what was done, which are no things: kept whole, for they are nowhere else.
_FACTS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (EnrollmentMoves, LeadPlace)}


def remembered(outcome: object) -> object:
    """Write an outcome as JSON: things as references, refusals whole."""
    if isinstance(outcome, Refused):
        return {"refused": [remembered(refusal) for refusal in outcome.refusals]}
    if isinstance(outcome, Refusal):
        return {"refusal": type(outcome).__name__, "facts": to_document(type(outcome), outcome)}
    if isinstance(outcome, RowOutcome):
        return {"row": outcome.index, "thing": remembered(outcome.thing), "refusals": [remembered(each) for each in outcome.refusals]}
    if isinstance(outcome, ToldOnce):
        return {"value": None}
    if isinstance(outcome, Several):
        return {"parts": {name: remembered(part) for name, part in outcome.parts.items()}}
    if isinstance(outcome, list | tuple):
        return {"list": [remembered(each) for each in cast(Sequence[object], outcome)]}
    if type(outcome).__name__ in _FACTS:
        return {"facts_of": type(outcome).__name__, "facts": to_document(type(outcome), outcome)}
    known = _THINGS.get(type(outcome))
    if known is not None:
        return {"thing": known[0], "id": str(cast(Any, outcome).id)}
    if outcome is None or isinstance(outcome, bool | int | str):
        return {"value": outcome}
    raise TypeError(f"a verb's outcome cannot be kept: {type(outcome).__name__}")


async def recall(db: Reading, kept: Any) -> Any:
    """Read an outcome again. Raises Refused when the first request was refused."""
    wanted: dict[str, set[UUID]] = {}
    _collect(kept, wanted)
    things: dict[tuple[str, UUID], Any] = {}
    for name, ids in wanted.items():
        for id, thing in (await _READERS[name](db, list(ids))).items():
            things[name, id] = thing
    return _rebuild(kept, things)


def _collect(kept: Any, wanted: dict[str, set[UUID]]) -> None:
    if isinstance(kept, list):
        for each in cast(list[Any], kept):
            _collect(each, wanted)
    elif isinstance(kept, dict):
        fields = cast(dict[str, Any], kept)
        if isinstance(fields.get("thing"), str):
            wanted.setdefault(fields["thing"], set()).add(UUID(fields["id"]))
        else:
            for each in fields.values():
                _collect(each, wanted)


def _refusal(kept: Any) -> Refusal:
    return from_document(Refusal.kinds[kept["refusal"]], kept["facts"])


def _rebuild(kept: Any, things: Mapping[tuple[str, UUID], Any]) -> Any:
    if "refused" in kept:
        raise Refused(_refusal(each) for each in kept["refused"])
    if "row" in kept:
        return RowOutcome(kept["row"], _rebuild(kept["thing"], things), tuple(_refusal(each) for each in kept["refusals"]))
    if "parts" in kept:
        return Several({name: _rebuild(part, things) for name, part in kept["parts"].items()})
    if "list" in kept:
        return tuple(_rebuild(each, things) for each in kept["list"])
    if "facts_of" in kept:
        return from_document(_FACTS[kept["facts_of"]], kept["facts"])
    if "thing" in kept:
        return things.get((kept["thing"], UUID(kept["id"])))
    return kept["value"]
