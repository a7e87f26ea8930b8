"""Amounts of money in the graph."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from gql.nodes import plain


@strawberry.type(description="An amount of money.")
class Money:
    """See `domain.money.Money`."""

    amount: Decimal = plain("The amount.")
    currency: str = plain("The currency, as ISO 4217.")
