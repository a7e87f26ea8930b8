"""What a campaign achieved: counts with their denominators, money, and what cannot be told."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.leads import Lead
from domain.status import LeadStatus
from tests.campaigns import ERRORS, add, refusals, running_campaign, touch
from tests.worlds import NOON, World

RATES = ("sent", "delivered", "opened", "clicked", "responded", "optedOut", "converted")
FIGURES = f"""members {" ".join(f"{rate} {{ count denominator rate low high }}" for rate in RATES)} reportedConversions unvaluedConversions
    budget {{ amount currency }} cost {{ amount currency }} attributedRevenue {{ amount currency }} roi roiGap
    costPerLead {{ amount }} costPerLeadGap costPerConversion {{ amount }} costPerConversionGap"""
QUERY = f"query ($id: ID!) {{ campaign(id: $id) {{ performance {{ {FIGURES} variants {{ {FIGURES} variant {{ name }} }} }} }} }}"


async def performance(world: World, campaign: str) -> dict[str, Any]:
    return (await world.ask(QUERY, {"id": campaign}))["campaign"]["performance"]


def counts(figures: dict[str, Any]) -> list[tuple[int, int]]:
    return [(figures[rate]["count"], figures[rate]["denominator"]) for rate in RATES]


async def won(world: World, days: float, value: int | None = 1_000, currency: str = "EUR", **fields: Any) -> Lead:
    """Make a lead that was won so many days after noon."""
    money: dict[str, Any] = {} if value is None else {"deal_value": Decimal(value), "deal_currency": currency}
    return await world.lead(status=LeadStatus.CLOSED_WON, closed_at=NOON + timedelta(days=days), **money, **fields)


async def spend(world: World, campaign: str, amount: str, **input: Any) -> dict[str, Any]:
    request = {"campaignId": campaign, "incurredOn": "2026-06-30", "amount": {"amount": amount, "currency": "EUR"}, **input}
    return await world.tell("recordCampaignCost", request, f"cost {{ id amount {{ amount }} variant {{ name }} channel }} {ERRORS}")


async def test_every_step_is_counted_with_its_denominator(world: World) -> None:
    campaign = await running_campaign(world)
    leads = [await world.lead() for _ in range(10)]
    await add(world, campaign, *leads)
    steps = ["SENT"] * 8 + ["DELIVERED"] * 6 + ["OPENED"] * 4 + ["CLICKED"] * 2 + ["RESPONDED"] * 1 + ["OPTED_OUT"] * 1
    for index, step in enumerate(steps):
        await touch(world, campaign, leads[index - steps.index(step)], step)

    figures = await performance(world, campaign)

    assert figures["members"] == 10
    assert counts(figures) == [(8, 10), (6, 8), (4, 6), (2, 6), (1, 6), (1, 6), (0, 10)]
    assert (figures["clicked"]["rate"], figures["clicked"]["low"], figures["clicked"]["high"]) == pytest.approx(
        (1 / 3, 0.0967714, 0.7000067), abs=1e-6
    )


async def test_who_converted_stands_won_within_the_window_after_joining(world: World) -> None:
    campaign = await running_campaign(world)
    leads = [
        await won(world, 0),
        await won(world, 90, 500),
        await won(world, 90.01),
        await won(world, -0.01),
        await won(world, 10, None),
        await won(world, 10, 700, "USD"),
        await world.lead(status=LeadStatus.NEGOTIATION, deal_value=Decimal(9), deal_currency="EUR"),
    ]
    await add(world, campaign, *leads)
    await touch(world, campaign, leads[6], "CONVERTED")

    figures = await performance(world, campaign)

    assert (figures["converted"]["count"], figures["converted"]["denominator"]) == (4, 7)
    assert (figures["attributedRevenue"], figures["unvaluedConversions"]) == ({"amount": "1500", "currency": "EUR"}, 2)
    assert figures["reportedConversions"] == 1
    query = "query ($id: ID!) { campaign(id: $id) { members(filter: {converted: true}) { totalCount } } }"
    assert (await world.ask(query, {"id": campaign}))["campaign"]["members"]["totalCount"] == 4


async def test_a_wider_window_counts_more(world: World) -> None:
    campaign = await running_campaign(world)
    await add(world, campaign, await won(world, 91))

    before = (await performance(world, campaign))["converted"]["count"]
    await world.tell("updateCampaign", {"campaignId": campaign, "attributionDays": 91}, ERRORS)

    assert (before, (await performance(world, campaign))["converted"]["count"]) == (0, 1)


async def test_the_return_weighs_revenue_against_cost(world: World) -> None:
    campaign = await running_campaign(world)
    await add(world, campaign, await won(world, 5, 3_000), await world.lead(), await world.lead())

    free = await performance(world, campaign)
    await spend(world, campaign, "400.50")
    await spend(world, campaign, "599.50", channel="EMAIL")
    paid = await performance(world, campaign)

    assert (free["roi"], free["roiGap"], free["cost"]) == (None, "ZERO_COST", {"amount": "0", "currency": "EUR"})
    assert (paid["roi"], paid["roiGap"], paid["cost"]["amount"]) == (2.0, None, "1000")
    assert (paid["costPerLead"], paid["costPerConversion"]) == ({"amount": "333.333"}, {"amount": "1000"})


async def test_each_variant_has_figures_of_its_own_that_add_up(world: World) -> None:
    campaign = await running_campaign(world, variants=[{"name": "A"}, {"name": "B"}, {"name": "Untouched"}])
    leads = [await world.lead() for _ in range(30)]
    rows = (await add(world, campaign, *leads))["rows"]
    for lead, row in zip(leads, rows, strict=True):
        if row["member"]["variant"]["name"] != "Untouched":
            await touch(world, campaign, lead, "SENT")
    variants = (await world.ask("query ($id: ID!) { campaign(id: $id) { variants { id } } }", {"id": campaign}))["campaign"]["variants"]
    cost = await spend(world, campaign, "90", variantId=variants[0]["id"])
    await spend(world, campaign, "10")

    whole = await performance(world, campaign)

    parts = whole["variants"]
    assert [part["variant"]["name"] for part in parts] == ["A", "B", "Untouched"]
    assert sum(part["members"] for part in parts) == whole["members"] == 30
    assert [part["sent"]["count"] for part in parts] == [parts[0]["members"], parts[1]["members"], 0]
    assert [part["cost"]["amount"] for part in [*parts, whole]] == ["90", "0", "0", "100"]
    assert cost["cost"]["variant"] == {"name": "A"}


async def test_who_left_counts_if_the_campaign_had_touched_it(world: World) -> None:
    campaign = await running_campaign(world)
    stays, left_touched, left_untouched = [await world.lead() for _ in range(3)]
    await add(world, campaign, stays, left_touched, left_untouched)
    await touch(world, campaign, left_touched, "SENT")
    gone = [world.id(left_touched), world.id(left_untouched)]
    await world.tell("removeCampaignMembers", {"campaignId": campaign, "leadIds": gone}, ERRORS)

    assert (await performance(world, campaign))["members"] == 2
    query = "query ($id: ID!) { campaign(id: $id) { members { totalCount } counted: members(filter: {counted: true}) { totalCount } } }"
    assert (await world.ask(query, {"id": campaign}))["campaign"] == {"members": {"totalCount": 1}, "counted": {"totalCount": 2}}


async def test_a_reopened_deal_takes_its_conversion_back(world: World) -> None:
    campaign = await running_campaign(world)
    lead = await world.lead(status=LeadStatus.NEGOTIATION, deal_value=Decimal(100), deal_currency="EUR")
    await add(world, campaign, lead)

    await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "CLOSED_WON"}, "errors { __typename }")
    before = (await performance(world, campaign))["converted"]["count"]
    await world.tell(
        "changeLeadStatus", {"leadId": world.id(lead), "status": "NEGOTIATION", "reason": "Not signed"}, "errors { __typename }"
    )

    assert (before, (await performance(world, campaign))["converted"]["count"]) == (1, 0)


async def test_money_is_planned_written_down_and_taken_back(world: World) -> None:
    campaign = await running_campaign(world)
    selection = f"budgetLine {{ id version label amount {{ amount currency }} channel campaign {{ id }} }} {ERRORS}"
    line = {"campaignId": campaign, "label": "Printing", "amount": {"amount": "250", "currency": "eur"}}

    planned = (await world.tell("createCampaignBudgetLine", line, selection))["budgetLine"]
    request = {"lineId": planned["id"], "amount": {"amount": "300", "currency": "EUR"}, "channel": "EMAIL", "expectedVersion": 1}
    changed = (await world.tell("updateCampaignBudgetLine", request, selection))["budgetLine"]
    spent = await spend(world, campaign, "120")
    with_money = await performance(world, campaign)
    await world.tell("deleteCampaignBudgetLine", {"lineId": planned["id"]}, "deleted")
    await world.tell("deleteCampaignCost", {"costId": spent["cost"]["id"]}, "deleted")
    without = await performance(world, campaign)

    assert changed == {**planned, "version": 2, "amount": {"amount": "300", "currency": "EUR"}, "channel": "EMAIL"}
    assert [(figures["budget"]["amount"], figures["cost"]["amount"]) for figures in (with_money, without)] == [("300", "120"), ("0", "0")]


async def test_money_of_another_currency_or_another_campaign_is_refused(world: World) -> None:
    campaign = await running_campaign(world)
    other = await running_campaign(world, "Autumn", variants=[{"name": "A"}])
    variant = (await world.ask("query ($id: ID!) { campaign(id: $id) { variants { id } } }", {"id": other}))["campaign"]["variants"][0][
        "id"
    ]

    wrong = await world.tell(
        "recordCampaignCost",
        {
            "campaignId": campaign,
            "incurredOn": "2026-07-02",
            "amount": {"amount": "-1", "currency": "USD"},
            "variantId": variant,
            "channel": "EMAIL",
        },
        ERRORS,
    )

    assert refusals(wrong) == [
        ("ValidationError", ["input", "amount", "amount"]),
        ("ValidationError", ["input", "amount", "currency"]),
        ("ValidationError", ["input", "incurredOn"]),
        ("ValidationError", ["input", "channel"]),
        ("NotFound", ["input", "variantId"]),
    ]


async def test_counting_takes_the_same_statements_for_one_campaign_and_for_many(world: World) -> None:
    query = "query { campaigns(first: 50) { nodes { name performance { members sent { rate } variants { members } } } } }"
    counted: list[int] = []
    for number in range(3):
        await add(world, await running_campaign(world, f"Campaign {number}", variants=[{"name": "A"}, {"name": "B"}]), await world.lead())
        with world.recorded() as statements:
            await world.ask(query)
        counted.append(len(statements))

    assert counted == [3, 3, 3]
