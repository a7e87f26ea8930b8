"""What mutations take about campaigns, and how it becomes the domain's fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import strawberry
from strawberry import UNSET

from domain.campaigns import BudgetLineFields, CampaignFields, VariantFields
from gql.ids import decode_kind


@strawberry.input(description="A variant of a campaign that is being created.")
class CampaignVariantInput:
    """See `domain.campaigns.VariantFields`."""

    name: str = strawberry.field(description="Its name, unique in the campaign. 1–100 characters.")
    description: str | None = strawberry.field(default=None, description="What is different about it, at most 1,000 characters.")
    weight: int = strawberry.field(default=1, description="Its share of the members, in proportion to the weights of the others: 1–1,000.")


def campaign_fields(input: Any) -> CampaignFields:
    """Take what an input says about a campaign; absent stays absent."""
    return cast(CampaignFields, given(input, CampaignFields.__annotations__))


def variant_fields(input: Any) -> VariantFields:
    """Take what an input says about a variant; absent stays absent."""
    return cast(VariantFields, given(input, VariantFields.__annotations__))


def budget_line_fields(input: Any) -> BudgetLineFields:
    """Take what an input says about a budget line; absent stays absent."""
    fields = given(input, BudgetLineFields.__annotations__)
    if fields.get("amount") is not None:
        fields["amount"] = (input.amount.amount, input.amount.currency)
    if fields.get("variant_id") is not None:
        fields["variant_id"] = decode_kind("CampaignVariant", input.variant_id)
    return cast(BudgetLineFields, fields)


def given(input: Any, names: Iterable[str]) -> dict[str, Any]:
    """Take those of the named fields that an input has; absent stays absent."""
    return {name: value for name in names if (value := getattr(input, name, UNSET)) is not UNSET}
