"""The life of campaigns, what touches imply, and the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from uuid import UUID

import pytest

from domain.campaign_life import TRANSITIONS, IllegalCampaignChange, moved_campaign
from domain.campaign_members import CampaignMember, CampaignTouchType, new_member, returned, touched
from domain.campaign_performance import MemberCounts, MetricGap, Performance, Rate, wilson
from domain.campaigns import Campaign, CampaignStatus, new_campaign
from domain.money import Money
from domain.status import LeadStatus
from tests.worlds import blank_lead

NOON = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
DRAFT = replace(new_campaign(UUID(int=1), NOON), name="Spring", starts_at=NOON + timedelta(days=1))
LEAD = blank_lead(NOON)
_S, _T = CampaignStatus, CampaignTouchType


@pytest.mark.parametrize("before", CampaignStatus)
@pytest.mark.parametrize("to", CampaignStatus)
def test_the_life_is_the_table_of_transitions(before: CampaignStatus, to: CampaignStatus) -> None:
    campaign = replace(DRAFT, status=before)

    moved = moved_campaign(campaign, to, NOON, reason="Because")

    if before is to:
        assert moved is campaign
    elif to in TRANSITIONS[before]:
        assert isinstance(moved, Campaign)
        assert (moved.status, moved.status_since) == (to, NOON)
    else:
        assert isinstance(moved, IllegalCampaignChange)
        assert moved.allowed == TRANSITIONS[before]


def test_the_beginning_is_kept_through_pauses() -> None:
    running = moved_campaign(replace(DRAFT, status=_S.SCHEDULED), _S.RUNNING, NOON)
    assert isinstance(running, Campaign)

    resumed = moved_campaign(replace(running, status=_S.PAUSED), _S.RUNNING, NOON + timedelta(days=1))

    assert isinstance(resumed, Campaign)
    assert (resumed.status_since, resumed.started_at) == (NOON + timedelta(days=1), NOON)


def test_a_touch_implies_the_steps_before_it() -> None:
    member = touched(new_member(UUID(int=2), DRAFT, LEAD, [], NOON), _T.CLICKED, NOON)

    assert (member.sent_at, member.delivered_at, member.opened_at, member.clicked_at) == (NOON, NOON, NOON, NOON)
    assert (member.responded_at, member.opted_out_at, member.reported_conversion_at, member.touches) == (None, None, None, 1)


def test_the_order_in_which_touches_arrive_is_irrelevant() -> None:
    touches = [(_T.SENT, NOON), (_T.OPENED, NOON + timedelta(hours=2)), (_T.CLICKED, NOON + timedelta(hours=1)), (_T.OPTED_OUT, NOON)]
    summaries: set[CampaignMember] = set()

    for order in permutations(touches):
        member = new_member(UUID(int=2), DRAFT, LEAD, [], NOON)
        for type, at in order:
            member = touched(member, type, at)
        summaries.add(member)

    assert len(summaries) == 1


def test_coming_back_opens_a_new_window_unless_the_first_one_brought_the_sale() -> None:
    member = replace(new_member(UUID(int=2), DRAFT, LEAD, [], NOON), left_at=NOON + timedelta(days=1))
    won = replace(LEAD, status=LeadStatus.CLOSED_WON, closed_at=NOON + timedelta(days=90))
    too_late = replace(won, closed_at=NOON + timedelta(days=90, seconds=1))
    back = NOON + timedelta(days=100)

    assert returned(member, DRAFT, LEAD, back).joined_at == back
    assert returned(member, DRAFT, won, back).joined_at == NOON
    assert returned(member, DRAFT, too_late, back).joined_at == back


@pytest.mark.parametrize(("count", "of"), [(1, 10), (9, 10), (50, 100), (3, 4_000)])
def test_an_interval_ends_where_the_share_would_be_surprising(count: int, of: int) -> None:
    interval = wilson(count, of)
    assert interval is not None

    for end in interval:
        assert abs(count / of - end) / (end * (1 - end) / of) ** 0.5 == pytest.approx(1.959963984540054, rel=1e-9)
    assert interval[0] < count / of < interval[1]


def test_intervals_of_none_and_of_all_end_at_the_bounds() -> None:
    assert wilson(0, 10) == (0.0, pytest.approx(0.27753279986288893))
    assert wilson(10, 10) == (pytest.approx(0.7224672001371107), 1.0)


def test_a_rate_of_nobody_is_none() -> None:
    assert (Rate(0, 0).rate, Rate(0, 0).low, Rate(0, 0).high) == (None, None, None)


def performance(*, spent: str = "0", partial: bool = False, **counts: int) -> Performance:
    return Performance(
        campaign_id=DRAFT.id,
        variant_id=None,
        counts=MemberCounts(**counts, revenue=Decimal(6_000)),
        spent=Decimal(spent),
        budgeted=Decimal(0),
        currency="EUR",
        partial=partial,
    )


def test_the_return_is_revenue_less_cost_by_cost() -> None:
    figures = performance(spent="1500", members=40, converted=3)

    assert (figures.roi, figures.roi_gap) == (3.0, None)
    assert (figures.cost_per_lead, figures.cost_per_conversion) == (Money(Decimal("37.500"), "EUR"), Money(Decimal("500.000"), "EUR"))


def test_what_cannot_be_told_says_why() -> None:
    nothing, hidden = performance(), performance(spent="1500", members=40, converted=3, partial=True)

    assert (nothing.roi, nothing.cost_per_lead, nothing.cost_per_conversion) == (None, None, None)
    assert (nothing.roi_gap, nothing.cost_per_lead_gap, nothing.cost_per_conversion_gap) == (
        MetricGap.ZERO_COST,
        MetricGap.NO_MEMBERS,
        MetricGap.NO_CONVERSIONS,
    )
    assert {hidden.roi_gap, hidden.cost_per_lead_gap, hidden.cost_per_conversion_gap} == {MetricGap.PARTIAL_VIEW}
