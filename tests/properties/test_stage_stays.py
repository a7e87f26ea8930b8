"""Whatever is done to pipelines and in whatever order, stays and stages agree."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.worlds import World

STATE = """
    query ($ids: [ID!]!, $pipeline: ID!) {
        nodes(ids: $ids) {
            ... on Lead {
                version stageEnteredAt
                stage { id deletedAt position pipeline { id } }
                stageHistory(first: 100) { nodes { enteredAt leftAt stage { id } } }
            }
        }
        node(id: $pipeline) { ... on Pipeline { stages { id position deletedAt leads { totalCount } } } }
    }
"""
STEPS = 60


class _Hands:
    """Does one thing after another to a world's pipeline, by chance but repeatably."""

    def __init__(self, world: World, leads: Sequence[str], seed: int) -> None:
        self.world = world
        self.leads = leads
        self.chance = random.Random(seed)
        self.stages = [world.id(stage) for stage in world.stages]
        self.names = 0

    async def act(self) -> None:
        acts: Sequence[Callable[[], Awaitable[Any]]] = (
            self.move,
            self.move,
            self.move,
            self.move_many,
            self.remove,
            self.create,
            self.reorder,
            self.delete,
        )
        await self.chance.choice(acts)()
        self.world.at += timedelta(minutes=self.chance.randrange(3))

    async def tell(self, mutation: str, selection: str = "errors { ... on UserError { code } }", **input: Any) -> dict[str, Any]:
        return await self.world.tell(mutation, input, selection)

    async def move(self) -> None:
        await self.tell("moveLeadToStage", leadId=self.chance.choice(self.leads), stageId=self.chance.choice(self.stages))

    async def move_many(self) -> None:
        some = self.chance.choices(self.leads, k=3)
        await self.tell("moveLeadsToStage", leadIds=some, stageId=self.chance.choice(self.stages))

    async def remove(self) -> None:
        await self.tell("removeLeadFromPipeline", leadId=self.chance.choice(self.leads))

    async def create(self) -> None:
        self.names += 1
        position = self.chance.randrange(len(self.stages) + 1)
        made = await self.tell(
            "createStage",
            "stage { id }",
            pipelineId=self.world.id(self.world.pipeline),
            name=f"Stage {self.names}",
            winProbability=1,
            position=position,
        )
        self.stages.insert(position, made["stage"]["id"])

    async def reorder(self) -> None:
        self.chance.shuffle(self.stages)
        payload = await self.tell("reorderStages", pipelineId=self.world.id(self.world.pipeline), stageIds=self.stages)
        assert payload["errors"] == []

    async def delete(self) -> None:
        if len(self.stages) > 1:
            gone, receiving = self.chance.sample(self.stages, 2)
            payload = await self.tell("deleteStage", stageId=gone, receivingStageId=receiving)
            assert payload["errors"] == []
            self.stages.remove(gone)


@pytest.mark.parametrize("seed", range(3))
async def test_stays_tell_where_a_lead_was_at_any_time(world: World, seed: int) -> None:
    leads = [world.id(await world.lead()) for _ in range(5)]
    hands = _Hands(world, leads, seed)

    for _ in range(STEPS):
        await hands.act()

    state = await world.ask(STATE, {"ids": leads, "pipeline": world.id(world.pipeline)})
    stages = state["node"]["stages"]
    assert [(stage["id"], stage["position"], stage["deletedAt"]) for stage in stages] == [
        (id, position, None) for position, id in enumerate(hands.stages)
    ]
    assert sum(stage["leads"]["totalCount"] for stage in stages) == sum(lead["stage"] is not None for lead in state["nodes"])
    for lead in state["nodes"]:
        stays = lead["stageHistory"]["nodes"][::-1]
        staying = [stay for stay in stays if stay["leftAt"] is None]
        assert [stay["stage"]["id"] for stay in staying] == ([lead["stage"]["id"]] if lead["stage"] else [])
        assert [stay["enteredAt"] for stay in staying] == ([lead["stageEnteredAt"]] if lead["stage"] else [])
        assert lead["stage"] is None or lead["stage"]["deletedAt"] is None
        assert all(before["leftAt"] is not None and before["leftAt"] <= after["enteredAt"] for before, after in pairwise(stays))
