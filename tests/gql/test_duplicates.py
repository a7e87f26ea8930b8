"""Leads that may be one person: found beside each lead, and as groups over the whole workspace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from domain.access import Role, system_viewer
from persistence.duplicates import add_duplicate_keys
from persistence.tables import duplicate_keys
from tests.worlds import World
from usecases.leads.key_duplicates import key_leads
from usecases.verbs import Call

GROUPS = """query ($signals: [DuplicateSignal!], $first: Int, $after: Cursor) {
  duplicateLeads(signals: $signals, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { signal strength leads(orderBy: { field: NAME, direction: ASC }) { totalCount nodes { name } } } } }"""


async def candidates(world: World, lead: Any, **more: Any) -> list[tuple[str, list[str], str]]:
    query = "query ($id: ID!) { lead(id: $id) { duplicates { lead { name } signals strength } } }"
    found = (await world.ask(query, {"id": world.id(lead)}, **more))["lead"]["duplicates"]
    return [(each["lead"]["name"], each["signals"], each["strength"]) for each in found]


async def groups(world: World, **variables: Any) -> list[tuple[str, list[str]]]:
    viewer = variables.pop("viewer", None)
    found = (await world.ask(GROUPS, variables, viewer=viewer))["duplicateLeads"]["nodes"]
    return [(each["signal"], [lead["name"] for lead in each["leads"]["nodes"]]) for each in found]


async def test_a_lead_shows_its_likeliest_duplicates_first(world: World) -> None:
    ana = await world.lead(first_name="Ana", last_name="Lima", email="ana@lima.example", phones=("+351210000001",), company="Lima Lda")
    await world.lead(first_name="Dot", email="a.na+fair@lima.example")
    await world.lead(first_name="Colleague", phones=("+351210000001",))
    await world.lead(first_name="Twin", email="ANA@lima.example")
    await world.lead(first_name="Lima", last_name="Ana", company="LIMA", phones=("+351210000002", "+351210000001"))
    await world.lead(first_name="Somebody", email="else@lima.example")

    assert await candidates(world, ana) == [
        ("Lima Ana", ["NAME_AND_COMPANY", "PHONE"], "STRONG"),
        ("Twin", ["EMAIL"], "STRONG"),
        ("Colleague", ["PHONE"], "MEDIUM"),
        ("Dot", ["MAILBOX"], "WEAK"),
    ]


async def test_groups_are_listed_by_what_their_leads_share(world: World) -> None:
    await world.lead(first_name="Ana", email="ana@lima.example")
    await world.lead(first_name="Anna", email="ANA@lima.example")
    await world.lead(first_name="Bo", email="bo.reis@mail.example", phones=("+351210000001",))
    await world.lead(first_name="Boo", email="boreis@mail.example", phones=("+351210000001",))

    # Who shares the address is no group of its own by the mailbox.
    assert await groups(world) == [("EMAIL", ["Ana", "Anna"]), ("MAILBOX", ["Bo", "Boo"]), ("PHONE", ["Bo", "Boo"])]
    assert await groups(world, signals=["PHONE"]) == [("PHONE", ["Bo", "Boo"])]
    assert await groups(world, signals=[]) == []


async def test_groups_are_read_page_by_page(world: World) -> None:
    for number in range(5):
        for name in ("Ana", "Anna"):
            await world.lead(first_name=name, last_name=str(number), email=f"ana{number}@lima.example")
    seen: list[str] = []
    after = None
    while True:
        page = (await world.ask(GROUPS, {"first": 2, "after": after}))["duplicateLeads"]
        assert page["totalCount"] == 5
        seen += [group["leads"]["nodes"][0]["name"] for group in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert sorted(seen) == [f"Ana {number}" for number in range(5)]


async def test_what_changes_is_found_by_what_it_is_now(world: World) -> None:
    ana, bo = await world.lead(first_name="Ana", email="ana@lima.example"), await world.lead(first_name="Bo", email="bo@lima.example")
    selection = "errors { ... on UserError { message } }"
    update = {"leadId": world.id(bo), "contact": {"email": "ana@lima.example"}, "allowDuplicate": True}
    assert (await world.tell("updateLead", update, selection))["errors"] == []
    assert await candidates(world, ana) == [("Bo", ["EMAIL"], "STRONG")]

    await world.tell("deleteLead", {"leadId": world.id(bo)}, selection)
    assert await candidates(world, ana) == []
    assert await groups(world) == []

    await world.tell("restoreLead", {"leadId": world.id(bo)}, selection)
    assert await candidates(world, ana) == [("Bo", ["EMAIL"], "STRONG")]

    merged = await world.tell("mergeLeads", {"survivorId": world.id(ana), "loserId": world.id(bo)}, "merge { id } " + selection)
    assert await candidates(world, ana) == []
    assert await groups(world) == []

    await world.tell("unmergeLeads", {"mergeId": merged["merge"]["id"]}, selection)
    assert await candidates(world, ana) == [("Bo", ["EMAIL"], "STRONG")]


async def test_agents_find_only_what_they_see(world: World) -> None:
    ana = await world.lead(first_name="Ana", email="ana@lima.example", owner_id=world.ada.id)
    await world.lead(first_name="Far", email="ana@lima.example", owner_id=world.cleo.id)
    agent = world.viewer(Role.AGENT, world.ada)

    assert await candidates(world, ana, viewer=agent) == []
    assert await groups(world, viewer=agent) == []
    await world.lead(first_name="Near", email="ana@lima.example", owner_id=world.ben.id)
    assert await candidates(world, ana, viewer=agent) == [("Near", ["EMAIL"], "STRONG")]
    assert await groups(world, viewer=agent) == [("EMAIL", ["Ana", "Near"])]


async def test_a_number_that_a_whole_company_shares_names_at_most_fifty(world: World) -> None:
    ana = await world.lead(first_name="Ana", phones=("+351210000001",))
    world.at += timedelta(minutes=1)
    for number in range(55):
        await world.lead(first_name=f"Colleague {number}", phones=("+351210000001",))

    assert len(await candidates(world, ana)) == 50


async def test_leads_of_an_older_version_get_their_keys(world: World) -> None:
    ana = await world.lead(first_name="Ana", email="ana@lima.example")
    await world.lead(first_name="Anna", email="ana@lima.example")
    nothing = await world.lead(first_name="Nobody")
    async with world.database.writing(world.scope) as tx:
        await tx.execute(delete(duplicate_keys).where(duplicate_keys.c.workspace_id == world.workspace.id))
    assert await candidates(world, ana) == []

    call = Call(world.database, system_viewer(world.workspace.id), world.at)
    assert await key_leads(call, UUID(int=0), 1) == (1, ana.id)
    assert await key_leads(call, ana.id, 5) == (1, None)
    # Whoever has keys is looked at, too, and counts.
    assert await key_leads(call, UUID(int=0), 1) == (0, ana.id)
    assert await key_leads(call, UUID(int=0), 5) == (0, None)

    assert await candidates(world, ana) == [("Anna", ["EMAIL"], "STRONG")]
    assert await candidates(world, nothing) == []


async def test_two_servers_that_give_keys_to_one_lead_do_not_fail_each_other(world: World) -> None:
    ana = await world.lead(first_name="Ana", email="ana@lima.example")
    async with world.database.writing(world.scope) as tx:
        # Two servers saw it without keys; both give it what it has to be found by.
        await add_duplicate_keys(tx, [ana])
        await add_duplicate_keys(tx, [ana])
    await world.lead(first_name="Anna", email="ana@lima.example")

    assert await candidates(world, ana) == [("Anna", ["EMAIL"], "STRONG")]
