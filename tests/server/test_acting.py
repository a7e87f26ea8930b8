"""Leads of the demo that act: made-up ones alone, by the rules, and only so much."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.leads import Lead
from server.demo.acting import Simulator
from tests.worlds import World

ACTS = 60
HISTORY = """
query History($id: ID!) {
  lead(id: $id) { status score { total } timeline(first: 100) { totalCount nodes { __typename } } }
}
"""


async def history(world: World, lead: Lead) -> dict[str, Any]:
    return (await world.ask(HISTORY, {"id": world.id(lead)}))["lead"]


async def play(world: World, **options: Any) -> int:
    """Let the world's leads act until nobody does any more; return how often somebody did."""
    simulator = Simulator(world.database, workspace_id=world.workspace.id, most_acts=ACTS, **options)
    done = 0
    for _ in range(ACTS + 20):
        world.at += timedelta(seconds=2)
        done += await simulator.act(world.at)
    return done


async def test_made_up_leads_act_their_scores_move_and_it_ends(world: World) -> None:
    invented = [await world.lead(email=f"{name}@north.example", owner_id=world.ada.id) for name in ("ann", "bo", "cy")]
    before = [await history(world, lead) for lead in invented]
    done = await play(world)
    after = [await history(world, lead) for lead in invented]

    assert ACTS / 2 < done <= ACTS
    for earlier, later in zip(before, after, strict=True):
        assert later["score"]["total"] > earlier["score"]["total"]
        assert {"Activity", "ContactAttempt", "ScoreChange"} <= {node["__typename"] for node in later["timeline"]["nodes"]}


async def test_leads_that_somebody_added_are_left_alone(world: World) -> None:
    real, unreachable = await world.lead(email="somebody@mail.test"), await world.lead(email=None)
    before = [await history(world, lead) for lead in (real, unreachable)]
    assert await play(world) == 0
    assert [await history(world, lead) for lead in (real, unreachable)] == before
