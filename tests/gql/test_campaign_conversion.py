"""A campaign converts whoever is won within its window after joining: told from the first mutation to the figures, to the microsecond."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.campaigns import running_campaign
from tests.worlds import NOON, World

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
BANT = {"budget": "20,000", "authority": "Signs", "need": "Fewer tools", "timeline": "Autumn"}


async def do(world: World, mutation: str, input: dict[str, Any], selection: str = "") -> dict[str, Any]:
    payload = await world.tell(mutation, input, f"{selection} errors {{ __typename ... on UserError {{ message }} }}")
    assert payload["errors"] == [], payload
    return payload


async def offered(world: World, name: str, amount: str = "1000") -> str:
    """Bring a new lead to the brink of being won; return its id."""
    request = {"contact": {"lastName": name, "email": f"{name}@lima.example"}, "bant": BANT}
    lead = (await do(world, "createLead", request, "lead { id }"))["lead"]["id"]
    await do(world, "setDeal", {"leadId": lead, "value": {"amount": amount, "currency": "EUR"}})
    for status in ("QUALIFIED", "PROPOSAL"):
        await do(world, "changeLeadStatus", {"leadId": lead, "status": status})
    return lead


async def join(world: World, campaign: str, *leads: str) -> None:
    await do(world, "addCampaignMembers", {"campaignId": campaign, "leadIds": list(leads)})


async def win(world: World, lead: str) -> None:
    await do(world, "changeLeadStatus", {"leadId": lead, "status": "CLOSED_WON"}, "lead { closedAt }")


async def achieved(world: World, campaign: str) -> tuple[int, str, set[str]]:
    """Return how many converted, what they brought in, and who they are."""
    query = """query ($id: ID!) { campaign(id: $id) {
        performance { converted { count } attributedRevenue { amount } }
        members(filter: { converted: true }) { totalCount nodes { lead { contact { lastName } } } } } }"""
    found = (await world.ask(query, {"id": campaign}))["campaign"]
    figures, members = found["performance"], found["members"]
    assert members["totalCount"] == figures["converted"]["count"]
    names = {member["lead"]["contact"]["lastName"] for member in members["nodes"]}
    return figures["converted"]["count"], figures["attributedRevenue"]["amount"], names


@pytest.mark.parametrize(
    ("joined", "won", "converts"),
    [
        (NOON, NOON, True),
        (NOON, NOON + 90 * DAY - INSTANT, True),
        (NOON, NOON + 90 * DAY, True),
        (NOON, NOON + 90 * DAY + INSTANT, False),
        (NOON + INSTANT, NOON, False),
        (NOON + 200 * DAY, NOON + 290 * DAY, True),
    ],
)
async def test_a_lead_converts_from_its_joining_to_the_end_of_its_window(
    world: World, joined: datetime, won: datetime, *, converts: bool
) -> None:
    campaign, lead = await running_campaign(world), await offered(world, "rosa")

    for at, act in sorted([(joined, "join"), (won, "win")]):
        world.at = at
        await (join(world, campaign, lead) if act == "join" else win(world, lead))

    assert await achieved(world, campaign) == ((1, "1000", {"rosa"}) if converts else (0, "0", set[str]()))


async def test_each_member_has_a_window_of_its_own(world: World) -> None:
    campaign = await running_campaign(world)
    leads = {name: await offered(world, name, amount) for name, amount in (("ana", "100"), ("bia", "20"), ("caio", "3"), ("dora", "0.4"))}
    await join(world, campaign, leads["ana"], leads["bia"], leads["dora"])
    world.at += 30 * DAY
    await join(world, campaign, leads["caio"])
    world.at = NOON + 90 * DAY
    await win(world, leads["ana"])
    world.at += INSTANT
    await win(world, leads["bia"])
    world.at = NOON + 120 * DAY
    await win(world, leads["caio"])

    assert await achieved(world, campaign) == (2, "103", {"ana", "caio"})
    await do(world, "updateCampaign", {"campaignId": campaign, "attributionDays": 91})
    assert await achieved(world, campaign) == (3, "123", {"ana", "bia", "caio"})


async def test_one_deal_converts_in_every_campaign_whose_window_is_open(world: World) -> None:
    early, late = await running_campaign(world, "Early"), await running_campaign(world, "Late")
    lead = await offered(world, "rosa")
    await join(world, early, lead)
    world.at += 60 * DAY
    await join(world, late, lead)
    world.at += 60 * DAY

    await win(world, lead)

    assert await achieved(world, early) == (0, "0", set())
    assert await achieved(world, late) == (1, "1000", {"rosa"})
