"""What a campaign achieved: counts, rates with their intervals, money and what it bought (rules §5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.money import Money

# The two-sided 95 % quantile of the normal distribution.
_Z = 1.959963984540054
_MILLS = Decimal("0.001")


class MetricGap(StrEnum):
    """Why a figure is not there."""

    ZERO_COST = "ZERO_COST"
    NO_MEMBERS = "NO_MEMBERS"
    NO_CONVERSIONS = "NO_CONVERSIONS"
    PARTIAL_VIEW = "PARTIAL_VIEW"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many. `count` never exceeds `denominator`."""

    count: int
    denominator: int

    @property
    def rate(self) -> float | None:
        """The share, 0–1; None of nobody."""
        return self.count / self.denominator if self.denominator else None

    @property
    def low(self) -> float | None:
        """The lower end of the 95 % interval."""
        interval = wilson(self.count, self.denominator)
        return interval and interval[0]

    @property
    def high(self) -> float | None:
        """The upper end of the 95 % interval."""
        interval = wilson(self.count, self.denominator)
        return interval and interval[1]


def wilson(count: int, denominator: int) -> tuple[float, float] | None:
    """Compute Wilson's 95 % interval of a share, which holds for few cases and for shares near 0 and 1 too; None of nobody."""
    if denominator == 0:
        return None
    share, squared = count / denominator, _Z * _Z
    middle = share + squared / (2 * denominator)
    half = _Z * math.sqrt(share * (1 - share) / denominator + squared / (4 * denominator * denominator))
    scale = 1 + squared / denominator
    # Rounding must not push the ends beyond what a share can be.
    low = 0.0 if count == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if count == denominator else min(1.0, (middle + half) / scale)
    return low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCounts:
    """How far the members came. `unvalued` counts conversions without a deal value in the workspace's currency: they bring no revenue."""

    members: int = 0
    sent: int = 0
    delivered: int = 0
    opened: int = 0
    clicked: int = 0
    responded: int = 0
    opted_out: int = 0
    converted: int = 0
    reported: int = 0
    unvalued: int = 0
    revenue: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """What members did and what that cost and brought. `partial`: the viewer sees only some of the members, but all of the cost."""

    campaign_id: UUID
    variant_id: UUID | None
    counts: MemberCounts
    spent: Decimal
    budgeted: Decimal
    currency: str
    partial: bool
    variants: Sequence[Performance] = ()

    @property
    def members(self) -> int:
        """Who is a member, or left after having been touched."""
        return self.counts.members

    @property
    def sent(self) -> Rate:
        """Of the members."""
        return Rate(self.counts.sent, self.counts.members)

    @property
    def delivered(self) -> Rate:
        """Of those sent to."""
        return Rate(self.counts.delivered, self.counts.sent)

    @property
    def opened(self) -> Rate:
        """Of those reached."""
        return Rate(self.counts.opened, self.counts.delivered)

    @property
    def clicked(self) -> Rate:
        """Of those reached."""
        return Rate(self.counts.clicked, self.counts.delivered)

    @property
    def responded(self) -> Rate:
        """Of those reached."""
        return Rate(self.counts.responded, self.counts.delivered)

    @property
    def opted_out(self) -> Rate:
        """Of those reached."""
        return Rate(self.counts.opted_out, self.counts.delivered)

    @property
    def converted(self) -> Rate:
        """Of the members."""
        return Rate(self.counts.converted, self.counts.members)

    @property
    def cost(self) -> Money:
        """What was spent."""
        return Money(self.spent, self.currency)

    @property
    def budget(self) -> Money:
        """What may be spent."""
        return Money(self.budgeted, self.currency)

    @property
    def attributed_revenue(self) -> Money:
        """What the converted members' deals are worth."""
        return Money(self.counts.revenue, self.currency)

    @property
    def roi_gap(self) -> MetricGap | None:
        """Why there is no return to tell."""
        if self.partial:
            return MetricGap.PARTIAL_VIEW
        return None if self.spent else MetricGap.ZERO_COST

    @property
    def roi(self) -> float | None:
        """(revenue − cost) ÷ cost."""
        return None if self.roi_gap else float((self.counts.revenue - self.spent) / self.spent)

    @property
    def cost_per_lead_gap(self) -> MetricGap | None:
        """Why there is no cost per lead to tell."""
        return self._gap(self.counts.members, MetricGap.NO_MEMBERS)

    @property
    def cost_per_lead(self) -> Money | None:
        """Cost ÷ members."""
        return None if self.cost_per_lead_gap else self._per(self.counts.members)

    @property
    def cost_per_conversion_gap(self) -> MetricGap | None:
        """Why there is no cost per conversion to tell."""
        return self._gap(self.counts.converted, MetricGap.NO_CONVERSIONS)

    @property
    def cost_per_conversion(self) -> Money | None:
        """Cost ÷ conversions."""
        return None if self.cost_per_conversion_gap else self._per(self.counts.converted)

    def _gap(self, divisor: int, empty: MetricGap) -> MetricGap | None:
        if self.partial:
            return MetricGap.PARTIAL_VIEW
        return None if divisor else empty

    def _per(self, divisor: int) -> Money:
        return Money((self.spent / divisor).quantize(_MILLS), self.currency)
