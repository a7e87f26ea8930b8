"""The domain's refusals as members of the mutations' error unions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, cast

import strawberry

from domain import (
    assignment,
    campaign_life,
    campaign_members,
    campaigns,
    follow_ups,
    imports,
    leads,
    model_versions,
    pipelines,
    queues,
    refusals,
    status,
)
from domain.refusals import RefusalCode
from gql.campaigns.enums import CampaignRequirement, CampaignStatus
from gql.edges import to_one
from gql.enums import describe
from gql.follow_ups.enums import FollowUpState
from gql.ids import encode_id
from gql.imports.enums import ImportRejection
from gql.leads.enums import LeadStatus, Requirement
from gql.nodes import computed
from gql.people.enums import Availability
from gql.pipelines.enums import DealField
from gql.queues.enums import ClaimState
from persistence.leads import lead_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.scoring_models.types import ScoringModelProblem

describe(
    RefusalCode,
    "The codes by which programs tell refusals apart.",
    {
        "VALIDATION_FAILED": "A value is malformed or out of bounds.",
        "NOT_FOUND": "Nothing with this id is visible to the viewer.",
        "VERSION_CONFLICT": "The object changed since the caller read it.",
        "NOT_ALLOWED": "The viewer's role does not cover this request.",
        "ALREADY_EXISTS": "A name or reference that must be unique is taken.",
        "IDEMPOTENCY_KEY_REUSED": "The idempotency key was used before with another input.",
        "DUPLICATE_LEAD": "Another lead already carries this reference or address.",
        "ILLEGAL_STATUS_CHANGE": "The rules do not know this move.",
        "STATUS_REQUIREMENTS_MISSING": "The move is legal, but something that it needs is missing.",
        "AGENT_NOT_AVAILABLE": "The named agent takes no leads just now.",
        "AGENT_AT_CAPACITY": "The named agent owns as many open leads as the capacity allows.",
        "NO_ELIGIBLE_AGENT": "The rule found nobody who may take the lead.",
        "STAGE_FIELDS_MISSING": "The stage requires fields that the lead lacks.",
        "STAGE_HOLDS_LEADS": "The stage holds leads, and no stage was named to receive them.",
        "PIPELINE_ARCHIVED": "An archived pipeline takes no more leads.",
        "CLAIM_ENDED": "The claim on the lead has ended, or its lease ran out.",
        "QUEUE_ARCHIVED": "An archived queue gives out no more leads.",
        "IMPORT_REJECTED": "The file or its mapping cannot be imported.",
        "SCORING_MODEL_NOT_PUBLISHABLE": "The drafted model has errors.",
        "SEQUENCE_NOT_PUBLISHABLE": "The draft of the sequence has an error; there is one refusal for each of them.",
        "SAME_LEAD": "Both ids are those of one lead; the two may have been merged already.",
        "MERGE_NOT_UNDOABLE": "Something else has to be undone before the merge.",
        "WRONG_CAMPAIGN_STATUS": "What was asked for is done only while the campaign stands elsewhere.",
        "ILLEGAL_CAMPAIGN_CHANGE": "A campaign's life does not go that way.",
        "CAMPAIGN_REQUIREMENTS_MISSING": "The campaign may move there, but something that this needs is missing.",
        "LEAD_OPTED_OUT": "The lead opted out of the campaign.",
        "FOLLOW_UP_NOT_OPEN": "The follow-up is done or cancelled already.",
        "ALREADY_ENROLLED": "The lead is in this sequence already.",
        "LEAD_SUPPRESSED": "Every channel that the sequence would use is closed for the lead.",
        "LEAD_NOT_ENROLLABLE": "The sequence does not take leads that stand where this one stands.",
        "ENROLLMENTS_CAPPED": "The sequence takes no more leads today, or the lead is in too many sequences.",
        "SEQUENCE_CLOSED": "The sequence is archived, or was never published.",
        "ENROLLMENT_ENDED": "The enrollment has ended.",
    },
    name="UserErrorCode",
)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _path(root: Any) -> list[str]:
    return ["input", *(_camel(part) for part in root.path)]


@strawberry.interface(description="One reason why a mutation was not carried out.")
class UserError:
    """What every refusal has."""

    message: str = strawberry.field(description="The reason in words, for people.")
    code: RefusalCode = strawberry.field(description="The reason for programs.")
    path: list[str] = strawberry.field(
        resolver=_path,
        description=(
            "Leads from `input` to the value that is wrong. In bulk requests that is by way of the list that was sent, such as `rows` or "
            "`leadIds`, and the index in it, from 0; what is wrong with a lead that a filter found stands at `filter`."
        ),
    )


def _shows(refusal: type[refusals.Refusal]) -> Any:
    """Build `is_type_of` for the GraphQL type of a domain refusal."""

    def is_type_of(_cls: type[Any], value: Any, _info: Any) -> bool:
        return type(value) is refusal

    return cast(Any, classmethod(is_type_of))


@strawberry.type(description="A value is malformed or out of bounds.")
class ValidationError(UserError):
    """See `domain.refusals.ValidationFailed`."""

    is_type_of = _shows(refusals.ValidationFailed)


@strawberry.type(
    description="Nothing with this id is visible to the viewer: unknown, deleted, another workspace's, or another kind of thing."
)
class NotFound(UserError):
    """See `domain.refusals.NotFound`."""

    kind: str = strawberry.field(description="The kind of thing that was looked for, such as `Lead`.")
    is_type_of = _shows(refusals.NotFound)


@strawberry.type(description="The object changed since the caller read it; read it again and decide anew.")
class VersionConflict(UserError):
    """See `domain.refusals.VersionConflict`."""

    expected: int = computed("The version that the caller knew.", lambda root: root.expected_version)
    current: int = computed("The version now.", lambda root: root.current_version)
    is_type_of = _shows(refusals.VersionConflict)


@strawberry.type(description="The viewer's role does not cover this request, although it may use the mutation.")
class NotAllowed(UserError):
    """See `domain.refusals.NotAllowed`."""

    is_type_of = _shows(refusals.NotAllowed)


@strawberry.type(description="A name or reference that must be unique is taken.")
class AlreadyExists(UserError):
    """See `domain.refusals.AlreadyExists`."""

    is_type_of = _shows(refusals.AlreadyExists)


@strawberry.type(description="The idempotency key was used before with another input.")
class IdempotencyKeyReused(UserError):
    """See `domain.refusals.IdempotencyKeyReused`."""

    is_type_of = _shows(refusals.IdempotencyKeyReused)


@strawberry.type(description="Another lead already carries this external reference or e-mail address.")
class DuplicateLead(UserError):
    """See `domain.leads.DuplicateLead`."""

    existing: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead that carries it; null when the viewer may not see it.", key=lambda refusal: refusal.existing_id, batch=lead_by_id
    )
    matched_on: str = strawberry.field(description="What both have in common: `email`, or `reference`.")
    is_type_of = _shows(leads.DuplicateLead)


@strawberry.type(description="The rules do not know this move.")
class IllegalStatusChange(UserError):
    """See `domain.status.IllegalStatusChange`."""

    from_: LeadStatus = computed("Where the lead stands.", lambda root: root.from_status, name="from")
    to: LeadStatus = computed("Where it was to go.", lambda root: root.to_status)
    allowed: list[LeadStatus] = strawberry.field(description="Where it may go instead.")
    missing: list[Requirement] = strawberry.field(description="What the move would still have needed besides.")
    is_type_of = _shows(status.IllegalStatusChange)


@strawberry.type(description="The move is a legal one, but something that it needs is missing.")
class StatusRequirementsMissing(UserError):
    """See `domain.status.StatusRequirementsMissing`."""

    from_: LeadStatus = computed("Where the lead stands.", lambda root: root.from_status, name="from")
    to: LeadStatus = computed("Where it was to go.", lambda root: root.to_status)
    missing: list[Requirement] = strawberry.field(description="What is missing.")
    is_type_of = _shows(status.StatusRequirementsMissing)


@strawberry.type(description="The named agent is away or deactivated.")
class AgentNotAvailable(UserError):
    """See `domain.assignment.AgentNotAvailable`."""

    agent_id: strawberry.ID = computed("The agent who was named.", lambda root: encode_id("Agent", root.agent_id))
    availability: Availability = strawberry.field(description="What the agent's availability is.")
    is_type_of = _shows(assignment.AgentNotAvailable)


@strawberry.type(description="The named agent owns as many open leads as the capacity allows.")
class AgentAtCapacity(UserError):
    """See `domain.assignment.AgentAtCapacity`."""

    agent_id: strawberry.ID = computed("The agent who was named.", lambda root: encode_id("Agent", root.agent_id))
    capacity: int = strawberry.field(description="How many open leads the agent may own.")
    open_leads: int = strawberry.field(description="How many the agent owns.")
    is_type_of = _shows(assignment.AgentAtCapacity)


@strawberry.type(description="The rule found nobody who is available, has room and matches.")
class NoEligibleAgent(UserError):
    """See `domain.assignment.NoEligibleAgent`."""

    candidates: int = strawberry.field(description="How many agents were looked at.")
    not_available: int = strawberry.field(description="How many of them are away or deactivated.")
    at_capacity: int = strawberry.field(description="How many have no room.")
    mismatched: int = strawberry.field(description="How many do not match in territory, language or source.")
    is_type_of = _shows(assignment.NoEligibleAgent)


@strawberry.type(description="The follow-up is done or cancelled already, and stays so.")
class FollowUpNotOpen(UserError):
    """See `domain.follow_ups.FollowUpNotOpen`."""

    state: FollowUpState = strawberry.field(description="Which of both it is.")
    is_type_of = _shows(follow_ups.FollowUpNotOpen)


@strawberry.type(description="The stage requires fields that the lead does not have yet.")
class StageFieldsMissing(UserError):
    """See `domain.pipelines.StageFieldsMissing`."""

    stage_id: strawberry.ID = computed("The stage that was named.", lambda root: encode_id("Stage", root.stage_id))
    # Not `missing`: in one selection over a union, equal names must have equal types, and statuses miss something else.
    missing_fields: list[DealField] = computed("The fields that are missing.", lambda root: root.missing)
    is_type_of = _shows(pipelines.StageFieldsMissing)


@strawberry.type(description="The drafted scoring model has errors; all of them are listed.")
class ScoringModelNotPublishable(UserError):
    """See `domain.model_versions.ModelNotPublishable`."""

    problems: list[Annotated[ScoringModelProblem, strawberry.lazy("gql.scoring_models.types")]] = strawberry.field(
        description="The errors; warnings do not stand in the way."
    )
    is_type_of = _shows(model_versions.ModelNotPublishable)


@strawberry.type(description="A stage with leads in it is deleted only by naming the stage that receives them.")
class StageHoldsLeads(UserError):
    """See `domain.pipelines.StageHoldsLeads`."""

    stage_id: strawberry.ID = computed("The stage that was named.", lambda root: encode_id("Stage", root.stage_id))
    leads: int = strawberry.field(description="How many leads it holds.")
    is_type_of = _shows(pipelines.StageHoldsLeads)


@strawberry.type(description="An archived pipeline takes no more leads.")
class PipelineArchived(UserError):
    """See `domain.pipelines.PipelineArchived`."""

    pipeline_id: strawberry.ID = computed("The pipeline that was named.", lambda root: encode_id("Pipeline", root.pipeline_id))
    is_type_of = _shows(pipelines.PipelineArchived)


@strawberry.type(description="The claim was completed or released, or its lease ran out: the lead may be somebody else's by now.")
class ClaimEnded(UserError):
    """See `domain.queues.ClaimEnded`."""

    claim_state: ClaimState = computed("What became of the claim.", lambda root: root.state)
    leased_until: datetime = strawberry.field(description="Until when the lead was leased.")
    is_type_of = _shows(queues.ClaimEnded)


@strawberry.type(description="An archived queue gives out no more leads.")
class QueueArchived(UserError):
    """See `domain.queues.QueueArchived`."""

    queue_id: strawberry.ID = computed("The queue that was named.", lambda root: encode_id("Queue", root.queue_id))
    is_type_of = _shows(queues.QueueArchived)


@strawberry.type(description="The file or its mapping cannot be imported.")
class ImportRejected(UserError):
    """See `domain.imports.ImportRejected`."""

    reason: ImportRejection = strawberry.field(description="Why, for programs.")
    line: int | None = strawberry.field(description="The line of the file, from 1, where one is to blame.")
    is_type_of = _shows(imports.ImportRejected)


@strawberry.type(description="What was asked for is done only while the campaign stands elsewhere.")
class WrongCampaignStatus(UserError):
    """See `domain.campaigns.WrongCampaignStatus`."""

    campaign_id: strawberry.ID = computed("The campaign.", lambda root: encode_id("Campaign", root.campaign_id))
    status: CampaignStatus = strawberry.field(description="Where it stands.")
    needed: list[CampaignStatus] = strawberry.field(description="Where it would have to stand: one of these.")
    is_type_of = _shows(campaigns.WrongCampaignStatus)


@strawberry.type(description="A campaign's life does not go that way.")
class IllegalCampaignChange(UserError):
    """See `domain.campaign_life.IllegalCampaignChange`."""

    from_: CampaignStatus = computed("Where the campaign stands.", lambda root: root.from_status, name="from")
    to: CampaignStatus = computed("Where it was to go.", lambda root: root.to_status)
    allowed: list[CampaignStatus] = strawberry.field(description="Where it may go instead.")
    is_type_of = _shows(campaign_life.IllegalCampaignChange)


@strawberry.type(description="The campaign may move there, but something that this needs is missing.")
class CampaignRequirementsMissing(UserError):
    """See `domain.campaign_life.CampaignRequirementsMissing`."""

    from_: CampaignStatus = computed("Where the campaign stands.", lambda root: root.from_status, name="from")
    to: CampaignStatus = computed("Where it was to go.", lambda root: root.to_status)
    missing: list[CampaignRequirement] = strawberry.field(description="What is missing.")
    is_type_of = _shows(campaign_life.CampaignRequirementsMissing)


@strawberry.type(description="The lead opted out of this campaign, and is not put back into it.")
class LeadOptedOut(UserError):
    """See `domain.campaign_members.LeadOptedOut`."""

    campaign_id: strawberry.ID = computed("The campaign.", lambda root: encode_id("Campaign", root.campaign_id))
    is_type_of = _shows(campaign_members.LeadOptedOut)


Ordinary: TypeAlias = ValidationError | NotFound | NotAllowed | VersionConflict | IdempotencyKeyReused
