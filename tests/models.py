"""Scoring models as tests draft and publish them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.access import system_viewer
from tests.worlds import World
from usecases.scoring.rescore_by_model import rescore_next_leads
from usecases.verbs import Call

REFUSED = "errors { __typename ... on UserError { code path message } }"

CALLERS: Sequence[Mapping[str, Any]] = [
    {
        "key": "person",
        "name": "Who it is",
        "cap": 40,
        "rules": [
            {"match": {"key": "chief", "fact": "SENIORITY", "values": ["C_LEVEL"], "points": 30}},
            {"flat": {"key": "company", "condition": {"known": {"fact": "COMPANY"}}, "points": 10}},
        ],
    },
    {
        "key": "interest",
        "cap": 60,
        "rules": [
            {"perEvent": {"key": "visits", "fact": "WEBSITE_VISITS", "pointsEach": 10, "cap": 40}},
            {"flat": {"key": "asked", "condition": {"happened": {"fact": "CONTACT_REQUESTED_AT", "withinDays": 7}}, "points": 10}},
            {"bands": {"key": "size", "fact": "EMPLOYEES", "bands": [{"below": 10, "points": 2}, {"points": 10}]}},
        ],
    },
]
"""A model of 100 points by which a chief without anything else has 30, and one visit gives 10."""


async def drafted(world: World, name: str = "Callers", categories: Sequence[Mapping[str, Any]] = CALLERS, **fields: Any) -> str:
    """Draft a model and return the draft's id."""
    payload = await world.tell("createScoringModel", {"name": name}, f"draft {{ id }} {REFUSED}")
    assert payload["errors"] == []
    return await revised(world, payload["draft"]["id"], categories=list(categories), **fields)


async def revised(world: World, draft: str, **fields: Any) -> str:
    """Change a draft and return its id."""
    payload = await world.tell("updateScoringModelDraft", {"draftId": draft, **fields}, f"draft {{ id }} {REFUSED}")
    assert payload["errors"] == []
    return payload["draft"]["id"]


async def published(world: World, draft: str) -> Mapping[str, Any]:
    """Publish a draft and return the version with its model."""
    payload = await world.tell("publishScoringModel", {"draftId": draft}, f"published {{ id number model {{ id key version }} }} {REFUSED}")
    assert payload["errors"] == []
    return payload["published"]


async def chosen(world: World, model: str) -> None:
    """Let the workspace use a model."""
    payload = await world.tell("chooseScoringModel", {"modelId": model}, REFUSED)
    assert payload == {"errors": []}


async def in_use(world: World, categories: Sequence[Mapping[str, Any]] = CALLERS) -> Mapping[str, Any]:
    """Draft and publish a model, let the workspace use it, and rescore what leads there are."""
    version = await published(world, await drafted(world, categories=categories))
    await chosen(world, version["model"]["id"])
    await rescored(world)
    return version


async def model_id(world: World, key: str) -> str:
    """Find a model by its key."""
    return (await world.ask("query ($key: String!) { scoringModel(key: $key) { id } }", {"key": key}))["scoringModel"]["id"]


async def rescored(world: World, batch: int = 200) -> int:
    """Let the service finish the workspace's run, and return how many leads there were."""
    call = Call(world.database, system_viewer(world.workspace.id), world.at)
    total = 0
    while done := await rescore_next_leads(call, batch):
        total += done
    return total


async def refusals(world: World, mutation: str, input: dict[str, Any], **more: Any) -> list[tuple[str, list[str]]]:
    """Send a mutation and name what it was refused for: the kinds and their paths."""
    payload = await world.tell(mutation, input, REFUSED, **more)
    return [(error["__typename"], error["path"]) for error in payload["errors"]]
