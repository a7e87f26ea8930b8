"""Merges that happen at once: one wins, the others are told, and no change is lost on the way."""

from __future__ import annotations

import asyncio
from typing import Any

from domain.merging import SameLead
from domain.refusals import Refused
from tests.worlds import World
from usecases.leads.merge import MergeLeads, merge_leads
from usecases.leads.update import UpdateLead, update_lead

ROUNDS = 5


async def outcome(running: Any) -> str:
    try:
        await running
    except Refused as refused:
        [refusal] = refused.refusals
        return type(refusal).__name__
    return "merged"


async def test_of_two_equal_merges_one_wins(world: World) -> None:
    for _ in range(ROUNDS):
        survivor, loser = await world.lead(), await world.lead()
        request = MergeLeads(survivor_id=survivor.id, loser_id=loser.id)
        found = await asyncio.gather(*(outcome(merge_leads(world.call(), request)) for _ in range(3)))
        assert sorted(found) == [SameLead.__name__, SameLead.__name__, "merged"]


async def test_two_leads_cannot_swallow_each_other(world: World) -> None:
    for _ in range(ROUNDS):
        ana, bea = await world.lead(), await world.lead()
        there = MergeLeads(survivor_id=ana.id, loser_id=bea.id)
        back = MergeLeads(survivor_id=bea.id, loser_id=ana.id)
        found = await asyncio.gather(*(outcome(merge_leads(world.call(), request)) for request in (there, back)))
        assert sorted(found) == [SameLead.__name__, "merged"]


async def test_a_ring_of_merges_ends_in_one_lead(world: World) -> None:
    for _ in range(ROUNDS):
        ring = [await world.lead(first_name=name) for name in ("Ana", "Bea", "Cid")]
        requests = [MergeLeads(survivor_id=ring[place].id, loser_id=ring[place - 1].id) for place in range(3)]
        found = await asyncio.gather(*(outcome(merge_leads(world.call(), request)) for request in requests))
        assert sorted(found) == [SameLead.__name__, "merged", "merged"]
        nodes = await world.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [world.id(lead) for lead in ring]})
        assert len({node["id"] for node in nodes["nodes"]}) == 1


async def test_a_change_that_meets_a_merge_is_made_on_the_survivor(world: World) -> None:
    for _ in range(ROUNDS):
        survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna")
        _, updated = await asyncio.gather(
            merge_leads(world.call(), MergeLeads(survivor_id=survivor.id, loser_id=loser.id)),
            update_lead(world.call(), UpdateLead(lead_id=loser.id, profile={"company": "Lima"})),
        )
        found = await world.ask("query ($id: ID!) { lead(id: $id) { name company { name } } }", {"id": world.id(survivor)})
        # Before the merge it came along, after it it was made here.
        assert found["lead"] == {"name": "Ana", "company": {"name": "Lima"}}
        assert updated.id in (survivor.id, loser.id)
