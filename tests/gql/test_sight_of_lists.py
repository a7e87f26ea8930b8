"""What an agent does not see stands in no list and in no count: of campaigns, sequences, follow-ups, queues, segments, and the feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from uuid_utils.compat import uuid7

from domain.access import AgentVisibility, Role
from domain.leads import Lead
from gql.ids import decode_id, encode_id
from persistence.database import Database
from tests.campaigns import add, running_campaign, touch
from tests.events import settled
from tests.sequences import published
from tests.worlds import World, build_world

MODES = {
    AgentVisibility.OWN: {"Mine"},
    AgentVisibility.TEAM: {"Mine", "Mate"},
    AgentVisibility.TEAM_AND_POOL: {"Mine", "Mate", "Pool"},
    AgentVisibility.ALL: {"Mine", "Mate", "Pool", "South"},
}
OF_LEAD = "totalCount nodes { lead { name } }"
LEADS = "totalCount nodes { name }"
LISTS = {
    "leads": f"leads {{ {LEADS} }}",
    "members": f"campaigns {{ nodes {{ members {{ {OF_LEAD} }} }} }}",
    "counted members": f"campaigns {{ nodes {{ members(filter: {{ counted: true }}) {{ {OF_LEAD} }} }} }}",
    "members of a variant": f"campaigns {{ nodes {{ variants {{ members {{ {OF_LEAD} }} }} }} }}",
    "leads of a campaign": f"campaigns {{ nodes {{ leads {{ {LEADS} }} }} }}",
    "touches": f"campaigns {{ nodes {{ touches {{ {OF_LEAD} }} }} }}",
    "enrollments": f"sequences {{ nodes {{ enrollments {{ {OF_LEAD} }} }} }}",
    "follow-ups": f"followUps {{ {OF_LEAD} }}",
    "follow-ups of the others": f"agents {{ nodes {{ followUps {{ {OF_LEAD} }} }} }}",
    "claims": f"queues {{ nodes {{ claims {{ {OF_LEAD} }} }} }}",
    "claims of the others": f"agents {{ nodes {{ claims {{ {OF_LEAD} }} }} }}",
    "leads of a segment": f"segments {{ nodes {{ leads {{ {LEADS} }} }} }}",
    "duplicates": f"duplicateLeads(signals: [PHONE]) {{ nodes {{ leads {{ {LEADS} }} }} }}",
    "leads of a tag": f"tags {{ nodes {{ leads {{ {LEADS} }} }} }}",
    "leads of a stage": f"pipelines {{ nodes {{ stages {{ leads {{ {LEADS} }} }} }} }}",
    "leads of the agents": f"agents {{ nodes {{ leads {{ {LEADS} }} }} }}",
    "activities": f"activities {{ {OF_LEAD} }}",
    "contact attempts": f"contactAttempts {{ {OF_LEAD} }}",
}


async def do(world: World, mutation: str, input: dict[str, Any], selection: str = "", viewer: Any = None) -> dict[str, Any]:
    payload = await world.tell(mutation, input, f"{selection} errors {{ __typename ... on UserError {{ message }} }}", viewer=viewer)
    assert payload["errors"] == [], payload
    return payload


async def busy_leads(world: World) -> dict[str, Lead]:
    """Give each of the agents, and the pool, a lead that takes part in everything there is."""
    owners = {"Mine": world.ada, "Mate": world.ben, "South": world.cleo, "Pool": None}
    leads: dict[str, Lead] = {}
    for number, (name, owner) in enumerate(owners.items()):
        fields: dict[str, Any] = {"owner_id": owner.id if owner else None, "country": "PT"}
        leads[name] = await world.lead(last_name=name, phones=(f"+35121000001{number}", "+351210000009"), **fields)
        twin = await world.lead(last_name="Twin", phones=("+351210000009",), **fields)
        await do(world, "mergeLeads", {"survivorId": world.id(leads[name]), "loserId": world.id(twin)})
    ids = [world.id(lead) for lead in leads.values()]
    await do(world, "tagLeads", {"leadIds": ids, "tags": ["Gold"]})
    campaign = await running_campaign(world, variants=[{"name": "Only"}])
    await add(world, campaign, *leads.values())
    sequence, _ = await published(world)
    queue = (await do(world, "createQueue", {"name": "Calls", "channel": "PHONE"}, "queue { id }"))["queue"]["id"]
    await do(world, "createSegment", {"name": "All", "filter": {"tags": {"anyOf": ["Gold"]}}})
    call = {"channel": "PHONE", "direction": "OUTBOUND", "outcome": "NO_ANSWER", "occurredAt": world.at.isoformat()}
    for lead in leads.values():
        of = {"leadId": world.id(lead)}
        await touch(world, campaign, lead, "SENT")
        await do(world, "moveLeadToStage", {**of, "stageId": world.id(world.stages[0])})
        await do(world, "enrollLead", {**of, "sequenceId": world.id(sequence)})
        await do(world, "scheduleFollowUp", {**of, "title": "Call", "dueAt": "2026-07-01T09:00:00Z", "agentId": world.id(world.cleo)})
        await do(world, "claimNextLead", {"queueId": queue}, viewer=world.viewer(Role.MANAGER, world.ben))
    for lead in leads.values():
        await do(world, "recordContactAttempt", {"leadId": world.id(lead), **call})
    return leads


def connections(found: Any) -> Iterator[tuple[int, list[str | None]]]:
    """Go through the innermost lists: how many leads they count, and which they name."""
    if isinstance(found, list):
        for each in cast("list[Any]", found):
            yield from connections(each)
    elif isinstance(found, dict):
        entries = cast("dict[str, Any]", found)
        if "totalCount" in entries:
            names = [(node if "name" in node else node["lead"] or {"name": None})["name"] for node in entries["nodes"]]
            yield entries["totalCount"], names
        else:
            for each in entries.values():
                yield from connections(each)


@pytest.mark.parametrize("mode", MODES)
async def test_only_leads_in_sight_stand_in_lists_and_in_counts(database: Database, mode: AgentVisibility) -> None:
    world = await build_world(database, visibility=mode)
    await busy_leads(world)
    agent = world.viewer(Role.AGENT, world.ada)
    seen: dict[str, set[str | None]] = {}
    miscounted: set[str] = set()

    for name, query in LISTS.items():
        for count, names in connections(await world.ask(f"{{ {query} }}", viewer=agent)):
            seen.setdefault(name, set()).update(names)
            if count != len(names):
                miscounted.add(name)

    # The pool's leads are no agent's, and a single lead is nobody's duplicate.
    less = {"leads of the agents": {"Pool"}, "duplicates": MODES[mode] if len(MODES[mode]) == 1 else set[str]()}
    assert {name: seen.get(name, set()) for name in LISTS} == {name: MODES[mode] - less.get(name, set()) for name in LISTS}
    assert miscounted == set()


FIGURES = """{
    campaigns { nodes { performance { members sent { count } } } }
    segments { nodes { count } }
    sequences { nodes { performance { enrolled active } } }
    leads { nodes { name duplicates { lead { name } } } }
}"""
FEED = "query ($after: Cursor) { events(after: $after, first: 100) { hasMore events { lead { name } } } }"
PARTS = """{
    campaigns { nodes { members { nodes { id lead { name } } } touches { nodes { id lead { name } } } } }
    sequences { nodes { enrollments { nodes { id lead { name } } } } }
    followUps { nodes { id lead { name } } }
    queues { nodes { id claims { nodes { id lead { name } } } } }
    leads { nodes { name merges { nodes { id survivor { name } } } } }
}"""


def named_parts(found: Any) -> Iterator[tuple[str, str]]:
    """Go through what has an id and belongs to a lead: the id, and the lead's name."""
    if isinstance(found, list):
        for each in cast("list[Any]", found):
            yield from named_parts(each)
    elif isinstance(found, dict):
        entries = cast("dict[str, Any]", found)
        lead = entries.get("lead") or entries.get("survivor")
        if lead is not None:
            yield entries["id"], lead["name"]
        for each in entries.values():
            yield from named_parts(each)


@pytest.mark.parametrize("mode", MODES)
async def test_figures_events_and_ids_are_of_leads_in_sight(database: Database, mode: AgentVisibility) -> None:
    world = await build_world(database, visibility=mode)
    beginning = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    await busy_leads(world)
    await settled(world)
    agent, size = world.viewer(Role.AGENT, world.ada), len(MODES[mode])

    figures = await world.ask(FIGURES, viewer=agent)
    assert figures["campaigns"]["nodes"] == [{"performance": {"members": size, "sent": {"count": size}}}]
    assert figures["segments"]["nodes"] == [{"count": size}]
    assert figures["sequences"]["nodes"] == [{"performance": [{"enrolled": size, "active": size}]}]
    assert {each["lead"]["name"] for lead in figures["leads"]["nodes"] for each in lead["duplicates"]} <= MODES[mode]

    feed = (await world.ask(FEED, {"after": beginning}, viewer=agent))["events"]
    assert feed["hasMore"] is False
    assert {event["lead"]["name"] for event in feed["events"] if event["lead"]} == MODES[mode]

    parts = dict(named_parts(await world.ask(PARTS)))
    # Each has two follow-ups: one that somebody wanted, and one to try again.
    assert len(parts) == 7 * 4
    found = await world.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": list(parts)}, viewer=agent)
    assert found["nodes"] == [{"id": id} if name in MODES[mode] else None for id, name in parts.items()]


def of_one(parts: dict[str, Any], world: World) -> list[tuple[str, dict[str, Any]]]:
    """Name what an agent could do to a lead, and to what belongs to it."""
    lead, at = {"leadId": parts["lead"]}, world.at.isoformat()
    follow_up, claim, enrollment = ({f"{name}Id": parts[name]} for name in ("followUp", "claim", "enrollment"))
    return [
        ("scheduleFollowUp", {**lead, "title": "Call", "dueAt": "2026-07-01T09:00:00Z"}),
        ("completeFollowUp", follow_up),
        ("cancelFollowUp", follow_up),
        ("snoozeFollowUp", {**follow_up, "minutes": 60}),
        ("updateFollowUp", {**follow_up, "title": "Mine"}),
        ("reassignFollowUp", {**follow_up, "agentId": world.id(world.ada)}),
        ("enrollLead", {**lead, "sequenceId": parts["sequence"]}),
        ("pauseEnrollment", enrollment),
        ("unenrollLead", enrollment),
        ("heartbeatClaim", claim),
        ("releaseClaim", claim),
        ("completeClaim", {**claim, "outcome": "NO_ANSWER"}),
        ("recordCampaignTouch", {**lead, "campaignId": parts["campaign"], "type": "OPENED", "occurredAt": at}),
    ]


async def parts_of(world: World, lead: Lead) -> dict[str, Any]:
    found = await world.ask(
        """query ($id: ID!) { campaigns { nodes { id } } sequences { nodes { id } } lead(id: $id) {
            enrollments { nodes { id } } followUps { nodes { id } } claims { nodes { id } } } }""",
        {"id": world.id(lead)},
    )
    mine = found["lead"]
    return {
        "lead": world.id(lead),
        "campaign": found["campaigns"]["nodes"][0]["id"],
        "sequence": found["sequences"]["nodes"][0]["id"],
        **{name: mine[f"{name}s"]["nodes"][0]["id"] for name in ("enrollment", "followUp", "claim")},
    }


async def test_what_is_out_of_sight_is_out_of_reach(world: World) -> None:
    leads = await busy_leads(world)
    parts, agent = await parts_of(world, leads["South"]), world.viewer(Role.AGENT, world.ada)
    unknown = {name: encode_id((decode_id(id) or ("",))[0], uuid7()) for name, id in parts.items() if name not in ("campaign", "sequence")}
    before = await world.contents()

    for (mutation, input), (_, nowhere) in zip(of_one(parts, world), of_one({**parts, **unknown}, world), strict=True):
        selection = "errors { __typename ... on UserError { code message path } }"
        told = await world.tell(mutation, input, selection, viewer=agent)
        assert [error["code"] for error in told["errors"]] == ["NOT_FOUND"], mutation
        assert told == await world.tell(mutation, nowhere, selection, viewer=agent)

    assert await world.contents() == before


async def test_a_filter_reaches_leads_in_sight_only(world: World) -> None:
    leads = await busy_leads(world)
    agent, all_of_them = world.viewer(Role.AGENT, world.ada), {"filter": {"tags": {"anyOf": ["Gold"]}}}
    south = await parts_of(world, leads["South"])
    sequence, _ = await published(world, name="Another")
    campaign = await running_campaign(world, "Autumn")

    await do(world, "addCampaignMembers", {"campaignId": campaign, **all_of_them}, viewer=agent)
    await do(world, "removeCampaignMembers", {"campaignId": south["campaign"], **all_of_them}, viewer=agent)
    await do(world, "enrollLeads", {"sequenceId": world.id(sequence), **all_of_them}, viewer=agent)
    await do(world, "unenrollLeads", {"sequenceId": south["sequence"], **all_of_them}, viewer=agent)
    await do(world, "completeFollowUps", {"filter": {"state": {"eq": "OPEN"}}}, viewer=agent)

    query = """query ($id: ID!) { lead(id: $id) {
        campaigns { nodes { name } } enrollments { nodes { state sequence { name } } } followUps { nodes { state } } } }"""
    untouched = {
        "campaigns": {"nodes": [{"name": "Spring"}]},
        "enrollments": {"nodes": [{"state": "ACTIVE", "sequence": {"name": "Warm up"}}]},
        "followUps": {"nodes": [{"state": "OPEN"}, {"state": "OPEN"}]},
    }
    assert (await world.ask(query, {"id": world.id(leads["South"])}))["lead"] == untouched
    for name in ("Mine", "Mate", "Pool"):
        reached = (await world.ask(query, {"id": world.id(leads[name])}))["lead"]
        assert reached["campaigns"]["nodes"] == [{"name": "Autumn"}]
        assert {(each["sequence"]["name"], each["state"]) for each in reached["enrollments"]["nodes"]} == {
            ("Warm up", "EXITED"),
            ("Another", "ACTIVE"),
        }
        assert {each["state"] for each in reached["followUps"]["nodes"]} == {"DONE"}


async def test_a_queue_hands_out_leads_in_sight_only(world: World) -> None:
    for name, owner in (("Mine", world.ada), ("South", world.cleo), ("Pool", None)):
        number = f"+3512100000{10 + len(name)}"
        await world.lead(last_name=name, phones=(number,), country="PT", owner_id=owner.id if owner else None)
    queue = (await do(world, "createQueue", {"name": "Calls", "channel": "PHONE"}, "queue { id }"))["queue"]["id"]
    agent = world.viewer(Role.AGENT, world.ada)

    claims = [await do(world, "claimNextLead", {"queueId": queue}, "lead { name }", viewer=agent) for _ in range(3)]

    assert sorted(str(claim["lead"] and claim["lead"]["name"]) for claim in claims) == ["Mine", "None", "Pool"]
