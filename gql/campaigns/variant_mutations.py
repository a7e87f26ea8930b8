"""Mutations of a campaign's variants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from gql.campaigns.inputs import variant_fields
from gql.campaigns.types import Campaign, CampaignVariant
from gql.context import Info
from gql.ids import decode_kind
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict, WrongCampaignStatus
from usecases.campaigns import variants as verbs
from usecases.verbs import Call

_VARIANT = "The variant as it is now; null when the request was refused."
_CAMPAIGN = "Its campaign as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_NAME = "Its name, unique in the campaign without regard to case. 1–100 characters."
_DESCRIPTION = "What is different about it, at most 1,000 characters."


@strawberry.input(description="What `createCampaignVariant` takes.")
class CreateCampaignVariantInput(MutationInput):
    """See `domain.campaigns.VariantFields`."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign, which must be a draft.")
    name: str = strawberry.field(description=_NAME)
    description: str | None = strawberry.field(default=None, description=_DESCRIPTION)
    weight: int = strawberry.field(default=1, description="Its share of the members, in proportion to the weights of the others: 1–1,000.")


CreateCampaignVariantError = Annotated[
    ValidationError | NotFound | AlreadyExists | WrongCampaignStatus | IdempotencyKeyReused,
    strawberry.union("CreateCampaignVariantError", description="Why a variant was not created."),
]


@strawberry.type(description="What `createCampaignVariant` answers.")
class CreateCampaignVariantPayload(MutationPayload):
    """The variant and its campaign, or the refusals."""

    variant: CampaignVariant | None = strawberry.field(default=None, description=_VARIANT)
    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[CreateCampaignVariantError] = strawberry.field(description=_ERRORS)


async def create_campaign_variant(info: Info, input: CreateCampaignVariantInput) -> CreateCampaignVariantPayload:
    """Give a draft one more variant."""

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await verbs.create_campaign_variant(call, decode_kind("Campaign", input.campaign_id), variant_fields(input))).parts

    return await run(info, CreateCampaignVariantPayload, input, verb)


@strawberry.input(description="What `updateCampaignVariant` takes. What is absent stays as it is; null clears.")
class UpdateCampaignVariantInput(VersionedInput):
    """See `usecases.campaigns.variants.UpdateVariant`."""

    variant_id: strawberry.ID = strawberry.field(description="The variant.")
    name: str | None = strawberry.field(default=UNSET, description=_NAME)
    description: str | None = strawberry.field(default=UNSET, description=_DESCRIPTION)
    weight: int | None = strawberry.field(
        default=UNSET,
        description=(
            "Its share of the members, 1–1,000. Before the campaign begins members are spread anew, and as few as possible move; "
            "afterwards only who joins later is spread by it."
        ),
    )


UpdateCampaignVariantError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | WrongCampaignStatus | IdempotencyKeyReused,
    strawberry.union("UpdateCampaignVariantError", description="Why a variant was not changed."),
]


@strawberry.type(description="What `updateCampaignVariant` answers.")
class UpdateCampaignVariantPayload(MutationPayload):
    """The variant and its campaign, or the refusals."""

    variant: CampaignVariant | None = strawberry.field(default=None, description=_VARIANT)
    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[UpdateCampaignVariantError] = strawberry.field(description=_ERRORS)


async def update_campaign_variant(info: Info, input: UpdateCampaignVariantInput) -> UpdateCampaignVariantPayload:
    """Change a variant."""
    request = verbs.UpdateVariant(
        variant_id=decode_kind("CampaignVariant", input.variant_id), fields=variant_fields(input), expected_version=input.expected_version
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await verbs.update_campaign_variant(call, request)).parts

    return await run(info, UpdateCampaignVariantPayload, input, verb)


@strawberry.input(description="What `deleteCampaignVariant` takes.")
class DeleteCampaignVariantInput(VersionedInput):
    """A variant, and the version that the caller knows."""

    variant_id: strawberry.ID = strawberry.field(description="The variant; its campaign must be a draft.")


DeleteCampaignVariantError = Annotated[
    ValidationError | NotFound | VersionConflict | WrongCampaignStatus | IdempotencyKeyReused,
    strawberry.union("DeleteCampaignVariantError", description="Why a variant was not deleted."),
]


@strawberry.type(description="What `deleteCampaignVariant` answers.")
class DeleteCampaignVariantPayload(MutationPayload):
    """The campaign without it, or the refusals."""

    campaign: Campaign | None = strawberry.field(default=None, description=_CAMPAIGN)
    errors: list[DeleteCampaignVariantError] = strawberry.field(description=_ERRORS)


async def delete_campaign_variant(info: Info, input: DeleteCampaignVariantInput) -> DeleteCampaignVariantPayload:
    """Take a variant out of a draft."""
    id, version = decode_kind("CampaignVariant", input.variant_id), input.expected_version
    return await run(
        info, DeleteCampaignVariantPayload, input, lambda call: verbs.delete_campaign_variant(call, id, version), result="campaign"
    )


@strawberry.type
class CampaignVariantMutations:
    """The part of `Mutation` that is about variants."""

    create_campaign_variant = strawberry.mutation(
        resolver=create_campaign_variant,
        description="Give a draft one more variant; its members are spread anew, and as few as possible move.",
    )
    update_campaign_variant = strawberry.mutation(
        resolver=update_campaign_variant, description="Change a variant: its name, its description, its weight."
    )
    delete_campaign_variant = strawberry.mutation(
        resolver=delete_campaign_variant, description="Take a variant out of a draft; its members get others, and nobody else moves."
    )
