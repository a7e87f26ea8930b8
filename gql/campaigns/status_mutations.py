"""Mutations that move a campaign through its life."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, cast

import strawberry
from strawberry import UNSET

from gql.campaigns.inputs import given
from gql.campaigns.types import Campaign
from gql.context import Info
from gql.ids import decode_kind
from gql.mutations import MutationPayload, VersionedInput, run
from gql.refusals import (
    CampaignRequirementsMissing,
    IdempotencyKeyReused,
    IllegalCampaignChange,
    NotFound,
    ValidationError,
    VersionConflict,
    WrongCampaignStatus,
)
from usecases.campaigns import change_status as verbs

_CAMPAIGN = "The campaign as it is now, also when it stood there already; null when the move was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What every move of a campaign takes.")
class CampaignMoveInput(VersionedInput):
    """See `usecases.campaigns.change_status.MoveCampaign`."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    reason: str | None = strawberry.field(default=None, description="Why, at most 500 characters.")


def _move(input: Any) -> verbs.MoveCampaign:
    return verbs.MoveCampaign(
        campaign_id=decode_kind("Campaign", input.campaign_id), reason=input.reason, expected_version=input.expected_version
    )


@strawberry.input(description="What `scheduleCampaign` takes. What is absent stays as it is; null clears.")
class ScheduleCampaignInput(CampaignMoveInput):
    """A campaign, and when it begins and ends."""

    starts_at: datetime | None = strawberry.field(default=UNSET, description="When it shall begin; absent: at the start that it has.")
    ends_at: datetime | None = strawberry.field(default=UNSET, description="When it shall end; null: when somebody completes it.")


ScheduleCampaignError = Annotated[
    ValidationError
    | NotFound
    | VersionConflict
    | IllegalCampaignChange
    | CampaignRequirementsMissing
    | WrongCampaignStatus
    | IdempotencyKeyReused,
    strawberry.union("ScheduleCampaignError", description="Why a campaign was not scheduled."),
]


@strawberry.type(description="What `scheduleCampaign` answers.")
class ScheduleCampaignPayload(MutationPayload):
    """The campaign as it is now, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[ScheduleCampaignError] = strawberry.field(description=_ERRORS)


async def schedule_campaign(info: Info, input: ScheduleCampaignInput) -> ScheduleCampaignPayload:
    """Let a draft begin by itself."""
    plan = cast(verbs.Plan, given(input, verbs.Plan.__annotations__))
    return await run(
        info, ScheduleCampaignPayload, input, lambda call: verbs.schedule_campaign(call, _move(input), plan), result="campaign"
    )


@strawberry.input(description="What `startCampaign` takes.")
class StartCampaignInput(CampaignMoveInput):
    """A campaign and a reason."""


StartCampaignError = Annotated[
    ValidationError | NotFound | VersionConflict | IllegalCampaignChange | CampaignRequirementsMissing | IdempotencyKeyReused,
    strawberry.union("StartCampaignError", description="Why a campaign was not started."),
]


@strawberry.type(description="What `startCampaign` answers.")
class StartCampaignPayload(MutationPayload):
    """The campaign as it is now, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[StartCampaignError] = strawberry.field(description=_ERRORS)


async def start_campaign(info: Info, input: StartCampaignInput) -> StartCampaignPayload:
    """Begin now."""
    return await run(info, StartCampaignPayload, input, lambda call: verbs.start_campaign(call, _move(input)), result="campaign")


@strawberry.input(description="What `pauseCampaign` takes.")
class PauseCampaignInput(CampaignMoveInput):
    """A campaign and a reason."""


PauseCampaignError = Annotated[
    ValidationError | NotFound | VersionConflict | IllegalCampaignChange | CampaignRequirementsMissing | IdempotencyKeyReused,
    strawberry.union("PauseCampaignError", description="Why a campaign was not paused."),
]


@strawberry.type(description="What `pauseCampaign` answers.")
class PauseCampaignPayload(MutationPayload):
    """The campaign as it is now, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[PauseCampaignError] = strawberry.field(description=_ERRORS)


async def pause_campaign(info: Info, input: PauseCampaignInput) -> PauseCampaignPayload:
    """Let a campaign rest."""
    return await run(info, PauseCampaignPayload, input, lambda call: verbs.pause_campaign(call, _move(input)), result="campaign")


@strawberry.input(description="What `resumeCampaign` takes.")
class ResumeCampaignInput(CampaignMoveInput):
    """A campaign and a reason."""


ResumeCampaignError = Annotated[
    ValidationError | NotFound | VersionConflict | IllegalCampaignChange | CampaignRequirementsMissing | IdempotencyKeyReused,
    strawberry.union("ResumeCampaignError", description="Why a campaign was not resumed."),
]


@strawberry.type(description="What `resumeCampaign` answers.")
class ResumeCampaignPayload(MutationPayload):
    """The campaign as it is now, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[ResumeCampaignError] = strawberry.field(description=_ERRORS)


async def resume_campaign(info: Info, input: ResumeCampaignInput) -> ResumeCampaignPayload:
    """Go on with a paused campaign."""
    return await run(info, ResumeCampaignPayload, input, lambda call: verbs.resume_campaign(call, _move(input)), result="campaign")


@strawberry.input(description="What `completeCampaign` takes.")
class CompleteCampaignInput(CampaignMoveInput):
    """A campaign and a reason."""


CompleteCampaignError = Annotated[
    ValidationError | NotFound | VersionConflict | IllegalCampaignChange | CampaignRequirementsMissing | IdempotencyKeyReused,
    strawberry.union("CompleteCampaignError", description="Why a campaign was not completed."),
]


@strawberry.type(description="What `completeCampaign` answers.")
class CompleteCampaignPayload(MutationPayload):
    """The campaign as it is now, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[CompleteCampaignError] = strawberry.field(description=_ERRORS)


async def complete_campaign(info: Info, input: CompleteCampaignInput) -> CompleteCampaignPayload:
    """End a campaign."""
    return await run(info, CompleteCampaignPayload, input, lambda call: verbs.complete_campaign(call, _move(input)), result="campaign")


@strawberry.input(description="What `cancelCampaign` takes. The reason is needed.")
class CancelCampaignInput(CampaignMoveInput):
    """A campaign and a reason."""


CancelCampaignError = Annotated[
    ValidationError | NotFound | VersionConflict | IllegalCampaignChange | CampaignRequirementsMissing | IdempotencyKeyReused,
    strawberry.union("CancelCampaignError", description="Why a campaign was not cancelled."),
]


@strawberry.type(description="What `cancelCampaign` answers.")
class CancelCampaignPayload(MutationPayload):
    """The campaign as it is now, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[CancelCampaignError] = strawberry.field(description=_ERRORS)


async def cancel_campaign(info: Info, input: CancelCampaignInput) -> CancelCampaignPayload:
    """Give a campaign up."""
    return await run(info, CancelCampaignPayload, input, lambda call: verbs.cancel_campaign(call, _move(input)), result="campaign")


@strawberry.type
class CampaignStatusMutations:
    """The part of `Mutation` that moves campaigns through their life."""

    schedule_campaign = strawberry.mutation(
        resolver=schedule_campaign, description="Let a draft begin by itself at its start; a scheduled campaign is moved to another one."
    )
    start_campaign = strawberry.mutation(resolver=start_campaign, description="Begin a campaign now, a draft or one that is scheduled.")
    pause_campaign = strawberry.mutation(resolver=pause_campaign, description="Let a running campaign rest.")
    resume_campaign = strawberry.mutation(resolver=resume_campaign, description="Go on with a paused campaign.")
    complete_campaign = strawberry.mutation(resolver=complete_campaign, description="End a campaign that is running or paused.")
    cancel_campaign = strawberry.mutation(resolver=cancel_campaign, description="Give a campaign up, wherever it stands; needs a reason.")
