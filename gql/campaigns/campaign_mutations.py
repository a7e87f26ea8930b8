"""Mutations of campaigns themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import UNSET

from gql.campaigns.enums import CampaignType
from gql.campaigns.inputs import CampaignVariantInput, campaign_fields, variant_fields
from gql.campaigns.types import Campaign
from gql.context import Info
from gql.ids import decode_kind
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict, WrongCampaignStatus
from usecases.campaigns import create_campaign as creating
from usecases.campaigns import update_campaign as updating

_CAMPAIGN = "The campaign as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_NAME = "Its name, unique in the workspace without regard to case. 1–100 characters."
_DESCRIPTION = "What it is for, at most 1,000 characters."
_STARTS_AT = "When it is planned to begin; it does so by itself once it is SCHEDULED."
_ENDS_AT = "When it is planned to end, later than the start; it does so by itself."
_DAYS = "For so many days after it joined, a lead that is won counts as converted: 1–730."


@strawberry.input(description="What `createCampaign` takes.")
class CreateCampaignInput(MutationInput):
    """See `usecases.campaigns.create_campaign.CreateCampaign`."""

    name: str = strawberry.field(description=_NAME)
    type: CampaignType = strawberry.field(description="What it mostly does.")
    description: str | None = strawberry.field(default=None, description=_DESCRIPTION)
    starts_at: datetime | None = strawberry.field(default=None, description=_STARTS_AT)
    ends_at: datetime | None = strawberry.field(default=None, description=_ENDS_AT)
    attribution_days: int = strawberry.field(default=90, description=_DAYS)
    variants: list[CampaignVariantInput] = strawberry.field(
        default_factory=list[CampaignVariantInput],
        description="The ways of doing it that are compared, at most 10; may be none.",
    )


CreateCampaignError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateCampaignError", description="Why a campaign was not created."),
]


@strawberry.type(description="What `createCampaign` answers.")
class CreateCampaignPayload(MutationPayload):
    """The campaign, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[CreateCampaignError] = strawberry.field(description=_ERRORS)


async def create_campaign(info: Info, input: CreateCampaignInput) -> CreateCampaignPayload:
    """Create a draft."""
    request = creating.CreateCampaign(fields=campaign_fields(input), variants=[variant_fields(each) for each in input.variants])
    return await run(info, CreateCampaignPayload, input, lambda call: creating.create_campaign(call, request), result="campaign")


@strawberry.input(description="What `updateCampaign` takes. What is absent stays as it is; null clears.")
class UpdateCampaignInput(VersionedInput):
    """See `usecases.campaigns.update_campaign.UpdateCampaign`."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    name: str | None = strawberry.field(default=UNSET, description=_NAME)
    description: str | None = strawberry.field(default=UNSET, description=_DESCRIPTION)
    type: CampaignType | None = strawberry.field(default=UNSET, description="What it mostly does; settled once it has begun.")
    starts_at: datetime | None = strawberry.field(default=UNSET, description=f"{_STARTS_AT} Settled once it has begun.")
    ends_at: datetime | None = strawberry.field(default=UNSET, description=f"{_ENDS_AT} Settled once it is over.")
    attribution_days: int | None = strawberry.field(default=UNSET, description=f"{_DAYS} Null: 90. Settled once it is over.")


UpdateCampaignError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | WrongCampaignStatus | IdempotencyKeyReused,
    strawberry.union("UpdateCampaignError", description="Why a campaign was not changed."),
]


@strawberry.type(description="What `updateCampaign` answers.")
class UpdateCampaignPayload(MutationPayload):
    """The campaign as it is now, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[UpdateCampaignError] = strawberry.field(description=_ERRORS)


async def update_campaign(info: Info, input: UpdateCampaignInput) -> UpdateCampaignPayload:
    """Change settings of a campaign."""
    request = updating.UpdateCampaign(
        campaign_id=decode_kind("Campaign", input.campaign_id), fields=campaign_fields(input), expected_version=input.expected_version
    )
    return await run(info, UpdateCampaignPayload, input, lambda call: updating.update_campaign(call, request), result="campaign")


@strawberry.type
class CampaignMutations:
    """The part of `Mutation` that creates and changes campaigns."""

    create_campaign = strawberry.mutation(resolver=create_campaign, description="Create a campaign, as a draft and with its variants.")
    update_campaign = strawberry.mutation(
        resolver=update_campaign, description="Change a campaign's name and plan, as far as its status leaves them open."
    )
