"""What becomes of a merged lead's id: it leads to the survivor, no list finds it, and both ids are told."""

from __future__ import annotations

from datetime import timedelta

from gql.ids import decode_kind
from tests.events import told
from tests.gql.test_merge_leads import merge, record
from tests.worlds import World


async def test_the_losers_id_leads_to_the_survivor_wherever_it_is_given(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna", company="Lima")
    await merge(world, survivor, loser)
    former, id = world.id(loser), world.id(survivor)

    found = await world.ask(
        """query ($id: ID!) { lead(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id }
             leads(filter: { ids: [$id] }) { totalCount nodes { id } } }""",
        {"id": former},
    )
    assert found == {
        "lead": {"id": id},
        "node": {"id": id},
        "nodes": [{"id": id}],
        "leads": {"totalCount": 1, "nodes": [{"id": id}]},
    }
    updated = await world.tell(
        "updateLead",
        {"leadId": former, "contact": {"title": "Buyer"}},
        "lead { id contact { title } } errors { ... on UserError { message } }",
    )
    assert updated == {"lead": {"id": id, "contact": {"title": "Buyer"}}, "errors": []}
    tagged = await world.tell(
        "tagLeads", {"leadIds": [former], "tags": ["hot"]}, "rows { lead { id tags { name } } } errors { ... on UserError { message } }"
    )
    assert tagged == {"rows": [{"lead": {"id": id, "tags": [{"name": "hot"}]}}], "errors": []}
    await record(world, loser, "NOTE_ADDED", body="Late")
    assert (await world.ask("query ($id: ID!) { lead(id: $id) { activities { totalCount } } }", {"id": id}))["lead"]["activities"] == {
        "totalCount": 1
    }


async def test_follow_ups_are_found_and_finished_by_the_losers_id(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna")
    await world.tell(
        "scheduleFollowUp",
        {"leadId": world.id(loser), "title": "Call", "dueAt": (world.at + timedelta(days=1)).isoformat()},
        "errors { __typename }",
    )
    await merge(world, survivor, loser)
    former, other = world.id(loser), world.id(await world.lead(first_name="Zita"))

    found = await world.ask(
        """query ($id: ID!, $ids: [ID!]!) { one: followUps(filter: { lead: { eq: $id } }) { nodes { title lead { name } } }
             among: followUps(filter: { lead: { in: $ids } }) { totalCount } }""",
        {"id": former, "ids": [other, former]},
    )
    done = await world.tell("completeFollowUps", {"filter": {"lead": {"eq": former}}}, "rows { followUp { state } }")

    assert found == {"one": {"nodes": [{"title": "Call", "lead": {"name": "Ana"}}]}, "among": {"totalCount": 1}}
    assert done == {"rows": [{"followUp": {"state": "DONE"}}]}


async def test_no_list_count_or_search_finds_the_loser(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Zita", owner_id=world.ada.id)
    await merge(world, survivor, loser, fields=[{"field": "OWNER", "keep": "SURVIVOR"}])

    found = await world.ask(
        """query ($ada: ID!) { all: leads { totalCount } deleted: leads(filter: { deleted: true }) { totalCount }
             search: leads(search: "zita") { totalCount } ada: node(id: $ada) { ... on Agent { leads { totalCount } } } }""",
        {"ada": world.id(world.ada)},
    )
    assert found == {
        "all": {"totalCount": 1},
        "deleted": {"totalCount": 0},
        "search": {"totalCount": 0},
        "ada": {"leads": {"totalCount": 0}},
    }


async def test_both_ids_are_told_and_neither_sequence_has_a_gap(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna", title="Buyer")
    await record(world, loser, "NOTE_ADDED", body="Hello")

    merge_id = (await merge(world, survivor, loser))["merge"]["id"]

    merged = decode_kind("LeadMerge", merge_id)
    assert await told(world, survivor) == [
        (
            1,
            "LEAD_MERGED",
            {"merge_id": str(merged), "loser_id": str(loser.id), "title": [None, "Buyer"]},
        )
    ]
    assert [(sequence, type) for sequence, type, _ in await told(world, loser)] == [(1, "ACTIVITY_RECORDED"), (2, "LEAD_MERGED")]
    assert (await told(world, loser))[1][2] == {"merge_id": str(merged), "survivor_id": str(survivor.id)}
    of_survivor = (
        await world.ask(
            "query ($id: ID!) { lead(id: $id) { events { nodes { facts { name value } lead { id } } } } }", {"id": world.id(loser)}
        )
    )["lead"]["events"]["nodes"]
    assert of_survivor == [
        {
            "facts": [{"name": "loser", "value": world.id(loser)}, {"name": "merge", "value": merge_id}],
            "lead": {"id": world.id(survivor)},
        }
    ]


async def test_chains_lead_to_their_end(world: World) -> None:
    first, second, third = [await world.lead(first_name=name) for name in ("Ana", "Bea", "Cid")]
    await merge(world, second, first)
    await merge(world, third, second)

    found = await world.ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [world.id(lead) for lead in (first, second, third)]}
    )
    assert found["nodes"] == [{"id": world.id(third)}] * 3
