"""Mutations of what campaigns may spend and what they cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import strawberry
from strawberry import UNSET

from gql.activities.enums import ContactChannel
from gql.campaigns.inputs import budget_line_fields
from gql.campaigns.types import CampaignBudgetLine, CampaignCost
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.deal_mutations import MoneyInput
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.campaigns import money as verbs

_LINE = "The budget line as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_LABEL = "What it is for, 1–200 characters."
_AMOUNT = "How much, in the workspace's currency."
_VARIANT = "The variant that it is for, where it is for one; not together with a channel."
_CHANNEL = "The channel that it is for, where it is for one; not together with a variant."


@strawberry.input(description="What `createCampaignBudgetLine` takes.")
class CreateCampaignBudgetLineInput(MutationInput):
    """See `domain.campaigns.BudgetLineFields`."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    label: str = strawberry.field(description=_LABEL)
    amount: MoneyInput = strawberry.field(description=_AMOUNT)
    variant_id: strawberry.ID | None = strawberry.field(default=None, description=_VARIANT)
    channel: ContactChannel | None = strawberry.field(default=None, description=_CHANNEL)


CreateCampaignBudgetLineError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("CreateCampaignBudgetLineError", description="Why an amount was not planned."),
]


@strawberry.type(description="What `createCampaignBudgetLine` answers.")
class CreateCampaignBudgetLinePayload(MutationPayload):
    """The line, or the refusals."""

    budget_line: CampaignBudgetLine | None = strawberry.field(default=None, description=_LINE)
    errors: list[CreateCampaignBudgetLineError] = strawberry.field(description=_ERRORS)


async def create_campaign_budget_line(info: Info, input: CreateCampaignBudgetLineInput) -> CreateCampaignBudgetLinePayload:
    """Plan an amount."""
    id, fields = decode_kind("Campaign", input.campaign_id), budget_line_fields(input)
    return await run(
        info,
        CreateCampaignBudgetLinePayload,
        input,
        lambda call: verbs.create_campaign_budget_line(call, id, fields),
        result="budget_line",
    )


@strawberry.input(description="What `updateCampaignBudgetLine` takes. What is absent stays as it is; null clears.")
class UpdateCampaignBudgetLineInput(VersionedInput):
    """See `domain.campaigns.BudgetLineFields`."""

    line_id: strawberry.ID = strawberry.field(description="The budget line.")
    label: str | None = strawberry.field(default=UNSET, description=_LABEL)
    amount: MoneyInput | None = strawberry.field(default=UNSET, description=_AMOUNT)
    variant_id: strawberry.ID | None = strawberry.field(default=UNSET, description=_VARIANT)
    channel: ContactChannel | None = strawberry.field(default=UNSET, description=_CHANNEL)


UpdateCampaignBudgetLineError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UpdateCampaignBudgetLineError", description="Why a planned amount was not changed."),
]


@strawberry.type(description="What `updateCampaignBudgetLine` answers.")
class UpdateCampaignBudgetLinePayload(MutationPayload):
    """The line, or the refusals."""

    budget_line: CampaignBudgetLine | None = strawberry.field(default=None, description=_LINE)
    errors: list[UpdateCampaignBudgetLineError] = strawberry.field(description=_ERRORS)


async def update_campaign_budget_line(info: Info, input: UpdateCampaignBudgetLineInput) -> UpdateCampaignBudgetLinePayload:
    """Change a planned amount."""
    id, fields, version = decode_kind("CampaignBudgetLine", input.line_id), budget_line_fields(input), input.expected_version
    return await run(
        info,
        UpdateCampaignBudgetLinePayload,
        input,
        lambda call: verbs.update_campaign_budget_line(call, id, fields, version),
        result="budget_line",
    )


@strawberry.input(description="What `deleteCampaignBudgetLine` takes.")
class DeleteCampaignBudgetLineInput(VersionedInput):
    """A budget line, and the version that the caller knows."""

    line_id: strawberry.ID = strawberry.field(description="The budget line.")


DeleteCampaignBudgetLineError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("DeleteCampaignBudgetLineError", description="Why a planned amount was not taken back."),
]


@strawberry.type(description="What `deleteCampaignBudgetLine` answers.")
class DeleteCampaignBudgetLinePayload(MutationPayload):
    """Whether it is gone, or the refusals."""

    deleted: bool = strawberry.field(default=False, description="Whether the line was deleted.")
    errors: list[DeleteCampaignBudgetLineError] = strawberry.field(description=_ERRORS)


async def delete_campaign_budget_line(info: Info, input: DeleteCampaignBudgetLineInput) -> DeleteCampaignBudgetLinePayload:
    """Take a planned amount back."""
    id, version = decode_kind("CampaignBudgetLine", input.line_id), input.expected_version
    return await run(
        info, DeleteCampaignBudgetLinePayload, input, lambda call: verbs.delete_campaign_budget_line(call, id, version), result="deleted"
    )


@strawberry.input(description="What `recordCampaignCost` takes.")
class RecordCampaignCostInput(MutationInput):
    """See `usecases.campaigns.money.RecordCost`."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    incurred_on: date = strawberry.field(description="The day on which it was spent, from the year 2000 until today.")
    amount: MoneyInput = strawberry.field(description=_AMOUNT)
    variant_id: strawberry.ID | None = strawberry.field(default=None, description=_VARIANT)
    channel: ContactChannel | None = strawberry.field(default=None, description=_CHANNEL)
    note: str | None = strawberry.field(default=None, description="What it was for, at most 200 characters.")


RecordCampaignCostError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("RecordCampaignCostError", description="Why a cost was not written down."),
]


@strawberry.type(description="What `recordCampaignCost` answers.")
class RecordCampaignCostPayload(MutationPayload):
    """The cost, or the refusals."""

    cost: CampaignCost | None = strawberry.field(default=None, description="The cost; null when it was refused.")
    errors: list[RecordCampaignCostError] = strawberry.field(description=_ERRORS)


async def record_campaign_cost(info: Info, input: RecordCampaignCostInput) -> RecordCampaignCostPayload:
    """Write down what was spent."""
    request = verbs.RecordCost(
        campaign_id=decode_kind("Campaign", input.campaign_id),
        incurred_on=input.incurred_on,
        amount=(input.amount.amount, input.amount.currency),
        variant_id=None if input.variant_id is None else decode_kind("CampaignVariant", input.variant_id),
        channel=input.channel,
        note=input.note,
    )
    return await run(info, RecordCampaignCostPayload, input, lambda call: verbs.record_campaign_cost(call, request), result="cost")


@strawberry.input(description="What `deleteCampaignCost` takes.")
class DeleteCampaignCostInput(MutationInput):
    """A cost."""

    cost_id: strawberry.ID = strawberry.field(description="The cost.")


DeleteCampaignCostError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("DeleteCampaignCostError", description="Why a cost was not taken back."),
]


@strawberry.type(description="What `deleteCampaignCost` answers.")
class DeleteCampaignCostPayload(MutationPayload):
    """Whether it is gone, or the refusals."""

    deleted: bool = strawberry.field(default=False, description="Whether the cost was deleted.")
    errors: list[DeleteCampaignCostError] = strawberry.field(description=_ERRORS)


async def delete_campaign_cost(info: Info, input: DeleteCampaignCostInput) -> DeleteCampaignCostPayload:
    """Take back a cost."""
    id = decode_kind("CampaignCost", input.cost_id)
    return await run(info, DeleteCampaignCostPayload, input, lambda call: verbs.delete_campaign_cost(call, id), result="deleted")


@strawberry.type
class CampaignMoneyMutations:
    """The part of `Mutation` that is about campaigns' money."""

    create_campaign_budget_line = strawberry.mutation(
        resolver=create_campaign_budget_line, description="Plan an amount that a campaign may spend."
    )
    update_campaign_budget_line = strawberry.mutation(resolver=update_campaign_budget_line, description="Change a planned amount.")
    delete_campaign_budget_line = strawberry.mutation(resolver=delete_campaign_budget_line, description="Take a planned amount back.")
    record_campaign_cost = strawberry.mutation(
        resolver=record_campaign_cost,
        description="Write down what was spent on a campaign, on which day, and for which variant or channel.",
    )
    delete_campaign_cost = strawberry.mutation(
        resolver=delete_campaign_cost, description="Take back a cost that was written down by mistake."
    )
