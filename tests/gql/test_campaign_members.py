"""Who is in a campaign: by hand, by filter, with a variant that stays."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from domain.access import Role
from gql.ids import decode_kind
from tests.campaigns import ERRORS, add, draft_campaign, refusals, running_campaign, touch
from tests.worlds import World

AB = ({"name": "A"}, {"name": "B"})
MEMBERS = """query ($id: ID!) { campaign(id: $id) { members { totalCount nodes { lead { name } campaign { id } } }
    leads { totalCount nodes { name campaigns { nodes { id } } campaignMemberships { nodes { variant { name } } } } } } }"""


async def remove(world: World, campaign: str, **targets: Any) -> dict[str, Any]:
    selection = f"remaining rows {{ index member {{ leftAt }} {ERRORS} }} {ERRORS}"
    return await world.tell("removeCampaignMembers", {"campaignId": campaign, **targets}, selection)


async def test_leads_join_by_hand_and_can_be_walked_to_and_back(world: World) -> None:
    campaign = await draft_campaign(world)
    rosa, nuno = await world.lead(first_name="Rosa"), await world.lead(first_name="Nuno")

    payload = await add(world, campaign, rosa, nuno, rosa)

    assert [(row["index"], row["member"]["lead"]["id"], row["errors"]) for row in payload["rows"]] == [
        (0, world.id(rosa), []),
        (1, world.id(nuno), []),
        (2, world.id(rosa), []),
    ]
    assert (payload["remaining"], payload["errors"]) == (0, [])
    found = (await world.ask(MEMBERS, {"id": campaign}))["campaign"]
    assert found["members"]["totalCount"] == found["leads"]["totalCount"] == 2
    assert {lead["name"] for lead in found["leads"]["nodes"]} == {"Rosa", "Nuno"}
    assert [lead["campaigns"]["nodes"] for lead in found["leads"]["nodes"]] == [[{"id": campaign}]] * 2


async def test_joining_and_leaving_are_events_of_the_lead_and_leave_its_version_alone(world: World) -> None:
    campaign = await draft_campaign(world, variants=[{"name": "Only"}])
    lead = await world.lead()

    await add(world, campaign, lead)
    await add(world, campaign, lead)
    await remove(world, campaign, leadIds=[world.id(lead)])

    id = str(decode_kind("Campaign", campaign))
    told = await world.events(lead)
    assert [type for type, _ in told] == ["LEAD_JOINED_CAMPAIGN", "LEAD_LEFT_CAMPAIGN"]
    assert told[1][1] == {"campaign_id": id, "opted_out": False}
    assert told[0][1]["campaign_id"] == id
    answer = await world.ask("query ($id: ID!) { lead(id: $id) { version } }", {"id": world.id(lead)})
    assert answer["lead"]["version"] == 1


async def test_unknown_and_deleted_leads_are_refused_row_by_row(world: World) -> None:
    campaign = await draft_campaign(world)
    there, gone = await world.lead(), await world.lead()
    await world.tell("deleteLead", {"leadId": world.id(gone)}, "errors { __typename }")

    refused = await add(world, campaign, there, gone)
    skipped = await add(world, campaign, there, gone, errorPolicy="SKIP_FAILED")

    assert refused["rows"] == []
    assert refusals(refused) == [("NotFound", ["input", "leadIds", "1"])]
    assert [refusals(row) for row in skipped["rows"]] == [[], [("NotFound", ["input", "leadIds", "1"])]]


async def test_a_filter_brings_leads_in_batches_until_none_remain(world: World) -> None:
    campaign = await draft_campaign(world)
    for number in range(503):
        await world.lead(first_name=f"Lead {number}", company="Lima")
    await world.lead(first_name="Somebody else")
    request = {"campaignId": campaign, "filter": {"company": {"eq": "Lima"}}}
    counted: list[tuple[int, int]] = []

    for _ in range(3):
        payload = await world.tell("addCampaignMembers", request, f"remaining rows {{ index }} {ERRORS}")
        assert payload["errors"] == []
        counted.append((len(payload["rows"]), payload["remaining"]))

    assert counted == [(500, 3), (3, 0), (0, 0)]
    gone = await remove(world, campaign, filter={"campaign": {"eq": campaign}})
    assert (len(gone["rows"]), gone["remaining"]) == (500, 3)


async def test_leads_are_found_by_their_campaigns(world: World) -> None:
    spring, autumn = await draft_campaign(world), await draft_campaign(world, "Autumn")
    rosa, nuno, _ = [await world.lead(first_name=name) for name in ("Rosa", "Nuno", "Ines")]
    await add(world, spring, rosa)
    await add(world, autumn, rosa, nuno)
    await remove(world, autumn, leadIds=[world.id(nuno)])
    query = "query ($filter: LeadFilter) { leads(filter: $filter, orderBy: {field: NAME, direction: ASC}) { nodes { name } } }"

    async def names(**condition: Any) -> list[str]:
        found = await world.ask(query, {"filter": {"campaign": condition}})
        return sorted(lead["name"] for lead in found["leads"]["nodes"])

    assert await names(eq=spring) == ["Rosa"]
    assert await names(**{"in": [spring, autumn]}) == ["Rosa"]
    assert await names(isNull=True) == ["Ines", "Nuno"]
    assert await names(isNull=False) == ["Rosa"]
    assert await names(eq=world.id(rosa)) == []


async def test_a_lead_gets_the_variant_of_old_when_it_comes_back(world: World) -> None:
    campaign = await running_campaign(world, variants=AB)
    leads = [await world.lead() for _ in range(20)]
    first = await add(world, campaign, *leads)
    given = [row["member"]["variant"]["name"] for row in first["rows"]]
    assert set(given) == {"A", "B"}
    variants = (await world.ask("query ($id: ID!) { campaign(id: $id) { variants { id } } }", {"id": campaign}))["campaign"]["variants"]

    await remove(world, campaign, leadIds=[world.id(lead) for lead in leads])
    changed = await world.tell("updateCampaignVariant", {"variantId": variants[0]["id"], "weight": 1000}, "campaign { weightsChangedAt }")
    world.at += timedelta(hours=1)
    back = await add(world, campaign, *leads)

    assert changed["campaign"]["weightsChangedAt"] == "2026-06-30T12:00:00Z"
    assert [row["member"]["variant"]["name"] for row in back["rows"]] == given
    assert {row["member"]["joinedAt"] for row in back["rows"]} == {"2026-06-30T13:00:00Z"}


async def test_in_a_draft_members_follow_the_weights_and_as_few_as_possible_move(world: World) -> None:
    campaign = await draft_campaign(world, variants=AB)
    leads = [await world.lead() for _ in range(60)]
    await add(world, campaign, *leads)
    query = "query ($id: ID!) { campaign(id: $id) { variants { id } members(first: 100) { nodes { lead { id } variant { name } } } } }"

    async def spread() -> dict[str, str]:
        nodes = (await world.ask(query, {"id": campaign}))["campaign"]["members"]["nodes"]
        return {node["lead"]["id"]: node["variant"]["name"] for node in nodes}

    before = await spread()
    selection = f"variant {{ id }} campaign {{ version }} {ERRORS}"
    added = await world.tell("createCampaignVariant", {"campaignId": campaign, "name": "C"}, selection)
    with_c = await spread()
    await world.tell("deleteCampaignVariant", {"variantId": added["variant"]["id"]}, ERRORS)

    assert added["campaign"]["version"] == 2
    assert {with_c[lead] for lead in before if with_c[lead] != before[lead]} == {"C"}
    assert min(Counter(with_c.values()).values()) >= 8
    assert await spread() == before


async def test_variants_of_what_has_begun_neither_come_nor_go(world: World) -> None:
    campaign = await running_campaign(world, variants=AB)
    variants = (await world.ask("query ($id: ID!) { campaign(id: $id) { variants { id } } }", {"id": campaign}))["campaign"]["variants"]

    added = await world.tell("createCampaignVariant", {"campaignId": campaign, "name": "a"}, ERRORS)
    deleted = await world.tell("deleteCampaignVariant", {"variantId": variants[0]["id"], "expectedVersion": 7}, ERRORS)

    assert refusals(added) == [("WrongCampaignStatus", ["input", "campaignId"]), ("AlreadyExists", ["input", "name"])]
    assert refusals(deleted) == [("VersionConflict", ["input", "expectedVersion"]), ("WrongCampaignStatus", ["input", "variantId"])]


async def test_nobody_joins_or_leaves_what_is_over(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await world.tell("completeCampaign", {"campaignId": campaign}, ERRORS)

    assert refusals(await add(world, campaign, lead)) == [("WrongCampaignStatus", ["input", "campaignId"])]
    assert refusals(await remove(world, campaign, leadIds=[world.id(lead)])) == [("WrongCampaignStatus", ["input", "campaignId"])]


async def test_who_opted_out_is_not_put_back(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead(company="Lima")
    await add(world, campaign, lead)
    await touch(world, campaign, lead, "OPTED_OUT")

    by_id = await add(world, campaign, lead)
    request = {"campaignId": campaign, "filter": {"company": {"eq": "Lima"}}}
    by_filter = await world.tell("addCampaignMembers", request, f"remaining rows {{ index }} {ERRORS}")

    assert refusals(by_id) == [("LeadOptedOut", ["input", "leadIds", "0"])]
    assert by_filter == {"remaining": 0, "rows": [], "errors": []}


async def test_an_agent_puts_in_and_sees_only_leads_in_sight(world: World) -> None:
    campaign = await running_campaign(world)
    own, foreign = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.cleo.id)
    await add(world, campaign, foreign)
    agent = world.viewer(Role.AGENT, world.ada)
    selection = f"rows {{ index }} {ERRORS}"

    refused = await world.tell("addCampaignMembers", {"campaignId": campaign, "leadIds": [world.id(foreign)]}, selection, viewer=agent)
    await world.tell("addCampaignMembers", {"campaignId": campaign, "leadIds": [world.id(own)]}, selection, viewer=agent)
    query = """query ($id: ID!) { campaign(id: $id) { members { totalCount nodes { lead { id } } } leads { totalCount }
        performance { members roiGap } } }"""
    seen = (await world.ask(query, {"id": campaign}, viewer=agent))["campaign"]

    assert refusals(refused) == [("NotFound", ["input", "leadIds", "0"])]
    assert seen == {
        "members": {"totalCount": 1, "nodes": [{"lead": {"id": world.id(own)}}]},
        "leads": {"totalCount": 1},
        "performance": {"members": 1, "roiGap": "PARTIAL_VIEW"},
    }


async def test_a_repeated_request_has_one_effect_and_the_same_answer(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()

    first = await add(world, campaign, lead, idempotencyKey="once")
    await remove(world, campaign, leadIds=[world.id(lead)])
    again = await add(world, campaign, lead, idempotencyKey="once")

    assert again == first
    assert (await world.ask(MEMBERS, {"id": campaign}))["campaign"]["members"]["totalCount"] == 0
