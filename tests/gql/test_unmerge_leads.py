"""A merge is undone: both leads are as they were, but for what happened since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.leads import Lead
from domain.status import LeadStatus
from tests.events import told
from tests.worlds import World

OK = "errors { ... on UserError { message } }"
UNMERGE = """survivor { id } lead { id } merge { unmergedAt unmergedBy { kind } }
             errors { ... on UserError { code message path } ... on MergeNotUndoable { reason merge { id } } }"""


async def do(world: World, mutation: str, input: dict[str, Any], selection: str = "") -> dict[str, Any]:
    answer = await world.tell(mutation, input, f"{selection} {OK}")
    assert answer["errors"] == [], (mutation, answer)
    return answer


async def merge(world: World, survivor: Lead, loser: Lead) -> str:
    answer = await do(world, "mergeLeads", {"survivorId": world.id(survivor), "loserId": world.id(loser)}, "merge { id }")
    return answer["merge"]["id"]


async def show(world: World, lead: Lead, selection: str) -> dict[str, Any]:
    return (await world.ask(f"query ($id: ID!) {{ lead(id: $id) {{ {selection} }} }}", {"id": world.id(lead)}))["lead"]


async def test_both_are_there_again_under_their_own_ids(world: World) -> None:
    survivor = await world.lead(first_name="Ana", status=LeadStatus.NEW)
    loser = await world.lead(first_name="Anna", company="Lima", status=LeadStatus.QUALIFIED)
    merge_id = await merge(world, survivor, loser)

    answer = await world.tell("unmergeLeads", {"mergeId": merge_id}, UNMERGE)

    assert answer == {
        "survivor": {"id": world.id(survivor)},
        "lead": {"id": world.id(loser)},
        "merge": {"unmergedAt": "2026-06-30T12:00:00Z", "unmergedBy": {"kind": "API_KEY"}},
        "errors": [],
    }
    selection = "name status company { name } version merges { nodes { unmergedAt } }"
    undone = {"nodes": [{"unmergedAt": "2026-06-30T12:00:00Z"}]}
    assert await show(world, survivor, selection) == {
        "name": "Ana",
        "status": "NEW",
        "company": {"name": None},
        "version": 3,
        "merges": undone,
    }
    assert await show(world, loser, selection) == {
        "name": "Anna",
        "status": "QUALIFIED",
        "company": {"name": "Lima"},
        "version": 3,
        "merges": {"nodes": []},
    }
    assert [type for _, type, _ in await told(world, loser)] == ["LEAD_MERGED", "LEAD_UNMERGED"]
    assert [type for _, type, _ in await told(world, survivor)] == [
        "LEAD_STATUS_CHANGED",
        "LEAD_MERGED",
        "LEAD_SCORE_CHANGED",
        "LEAD_UNMERGED",
        "LEAD_SCORE_CHANGED",
    ]


async def test_what_happened_since_stays_with_the_survivor(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna", company="Lima", title="Buyer")
    visit = {"type": "WEBSITE_VISITED", "occurredAt": world.at.isoformat()}
    await do(world, "recordActivity", {"leadId": world.id(loser), **visit})
    merge_id = await merge(world, survivor, loser)
    world.at += timedelta(hours=1)
    for _ in range(2):
        await do(world, "recordActivity", {"leadId": world.id(loser), **visit})
    await do(world, "updateLead", {"leadId": world.id(survivor), "company": {"name": "Lima & Filhos"}})
    await do(world, "tagLeads", {"leadIds": [world.id(survivor)], "tags": ["new"]})

    await do(world, "unmergeLeads", {"mergeId": merge_id})

    selection = "company { name } contact { title } tags { name } behaviour { websiteVisits } score { total } activities { totalCount }"
    assert await show(world, survivor, selection) == {
        # Somebody decided about the company after the merge; nobody did about the title.
        "company": {"name": "Lima & Filhos"},
        "contact": {"title": None},
        "tags": [{"name": "new"}],
        "behaviour": {"websiteVisits": 2},
        "score": {"total": 9},
        "activities": {"totalCount": 2},
    }
    assert await show(world, loser, selection) == {
        "company": {"name": "Lima"},
        "contact": {"title": "Buyer"},
        "tags": [],
        "behaviour": {"websiteVisits": 1},
        "score": {"total": 7},
        "activities": {"totalCount": 1},
    }


async def test_what_was_deleted_since_stays_deleted(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna")
    await do(world, "tagLeads", {"leadIds": [world.id(survivor), world.id(loser)], "tags": ["fair", "hot"]})
    stage = world.id(world.stages[0])
    await do(world, "moveLeadToStage", {"leadId": world.id(loser), "stageId": stage})
    await do(world, "assignLead", {"leadId": world.id(loser), "agentId": world.id(world.ada)})
    merge_id = await merge(world, survivor, loser)
    fair = next(tag["id"] for tag in (await world.ask("{ tags { nodes { id name } } }"))["tags"]["nodes"] if tag["name"] == "fair")
    await do(world, "deleteTag", {"tagId": fair})
    await do(world, "moveLeadToStage", {"leadId": world.id(survivor), "stageId": world.id(world.stages[1])})
    await do(world, "deleteStage", {"stageId": stage})
    await do(world, "deactivateAgent", {"agentId": world.id(world.ada)})

    await do(world, "unmergeLeads", {"mergeId": merge_id})

    assert await show(world, loser, "tags { name } stage { name } owner { name }") == {
        "tags": [{"name": "hot"}],
        "stage": None,
        "owner": None,
    }
    assert await show(world, survivor, "tags { name } stage { name }") == {"tags": [{"name": "hot"}], "stage": {"name": "Offer"}}


async def test_the_last_merge_is_undone_first(world: World) -> None:
    ana, bea, cid, dan = [await world.lead(first_name=name) for name in ("Ana", "Bea", "Cid", "Dan")]
    first = await merge(world, bea, ana)
    second = await merge(world, bea, dan)
    third = await merge(world, cid, bea)

    async def refusal(merge_id: str) -> tuple[str, str | None]:
        [error] = (await world.tell("unmergeLeads", {"mergeId": merge_id}, UNMERGE))["errors"]
        assert (error["code"], error["path"]) == ("MERGE_NOT_UNDOABLE", ["input", "mergeId"])
        return error["reason"], error["merge"] and error["merge"]["id"]

    assert await refusal(first) == ("SURVIVOR_MERGED", third)
    await do(world, "unmergeLeads", {"mergeId": third})
    assert await refusal(third) == ("ALREADY_UNDONE", None)
    assert await refusal(first) == ("LATER_MERGE", second)
    await do(world, "unmergeLeads", {"mergeId": second})
    await do(world, "deleteLead", {"leadId": world.id(bea)})
    assert await refusal(first) == ("SURVIVOR_DELETED", None)
    await do(world, "restoreLead", {"leadId": world.id(bea)})
    await do(world, "unmergeLeads", {"mergeId": first})
    names = [(await show(world, lead, "name"))["name"] for lead in (ana, bea, cid, dan)]
    assert names == ["Ana", "Bea", "Cid", "Dan"]


async def test_what_is_merged_again_is_undone_again(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna")
    for _ in range(2):
        await do(world, "unmergeLeads", {"mergeId": await merge(world, survivor, loser)})

    assert len((await show(world, survivor, "merges { nodes { id } }"))["merges"]["nodes"]) == 2
    assert (await show(world, loser, "name"))["name"] == "Anna"


async def test_what_followed_from_the_merge_is_undone_too(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna", status=LeadStatus.DISQUALIFIED)
    call = {"leadId": world.id(survivor), "title": "Call", "kind": "CALL", "dueLocal": "2026-07-02T10:00"}
    await do(world, "scheduleFollowUp", call)
    open_ones = "followUps(first: 5) { nodes { state } }"
    status = [{"field": "STATUS", "keep": "LOSER"}]
    ids = {"survivorId": world.id(survivor), "loserId": world.id(loser)}
    merge_id = (await do(world, "mergeLeads", {**ids, "fields": status}, "merge { id }"))["merge"]["id"]
    assert await show(world, survivor, f"status {open_ones}") == {
        "status": "DISQUALIFIED",
        "followUps": {"nodes": [{"state": "CANCELLED"}]},
    }

    await do(world, "unmergeLeads", {"mergeId": merge_id})

    assert await show(world, survivor, f"status {open_ones}") == {"status": "NEW", "followUps": {"nodes": [{"state": "OPEN"}]}}
