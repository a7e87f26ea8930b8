"""Creating and changing pipelines and their stages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from domain.access import Role
from persistence.database import Database
from tests.contents import contents
from tests.worlds import World, build_world

ERRORS = "errors { __typename ... on UserError { code path message } }"
PIPELINE = "pipeline { version name description archivedAt stages { name position version } }"
STAGE = "name position kind winProbability mappedStatus rottingDays requiredFields version"


async def _stages(world: World) -> tuple[int, Sequence[tuple[str, int, int]]]:
    """Read the pipeline's version, and of each stage name, position and version."""
    data = await world.ask(
        "query ($id: ID!) { node(id: $id) { ... on Pipeline { version stages { name position version } } } }",
        {"id": world.id(world.pipeline)},
    )
    return data["node"]["version"], [(each["name"], each["position"], each["version"]) for each in data["node"]["stages"]]


async def _tell(world: World, mutation: str, selection: str = "", **input: Any) -> dict[str, Any]:
    viewer = input.pop("viewer", None)
    return await world.tell(mutation, input, f"{selection} {ERRORS}", viewer=viewer)


def _problems(payload: dict[str, Any]) -> Sequence[tuple[str, str]]:
    return [(error["code"], ".".join(error["path"])) for error in payload["errors"]]


async def test_a_pipeline_comes_with_its_stages(world: World) -> None:
    payload = await _tell(
        world,
        "createPipeline",
        f"pipeline {{ name description version stages {{ {STAGE} }} }}",
        name="  Renewals ",
        description="",
        stages=[
            {
                "name": "Due",
                "winProbability": 60,
                "mappedStatus": "CONTACTED",
                "rottingDays": 14,
                "requiredFields": ["OWNER", "OWNER", "EMAIL"],
            },
            {"name": "Renewed", "kind": "WON", "mappedStatus": "CLOSED_WON"},
            {"name": "Gone", "kind": "LOST"},
        ],
    )

    def stage(name: str, position: int, kind: str, probability: int, status: str | None, **more: Any) -> dict[str, Any]:
        rest: dict[str, Any] = {"rottingDays": None, "requiredFields": [], "version": 1, **more}
        return {"name": name, "position": position, "kind": kind, "winProbability": probability, "mappedStatus": status, **rest}

    assert payload == {
        "pipeline": {
            "name": "Renewals",
            "description": None,
            "version": 1,
            "stages": [
                stage("Due", 0, "OPEN", 60, "CONTACTED", rottingDays=14, requiredFields=["OWNER", "EMAIL"]),
                stage("Renewed", 1, "WON", 100, "CLOSED_WON"),
                stage("Gone", 2, "LOST", 0, None),
            ],
        },
        "errors": [],
    }


async def test_everything_wrong_with_a_pipeline_is_said_at_once(world: World) -> None:
    before = await contents(world)

    payload = await _tell(
        world,
        "createPipeline",
        name="sales",
        description="x" * 1_001,
        stages=[
            {"name": "One", "winProbability": 101},
            {"name": "one", "winProbability": 50, "mappedStatus": "CLOSED_WON"},
            {"name": " ", "kind": "WON", "winProbability": 90, "rottingDays": 0},
            {"name": "Open"},
            {"name": "Lost", "kind": "LOST", "mappedStatus": "NEW"},
        ],
    )
    none = await _tell(world, "createPipeline", name="\u0007\n", stages=[])
    many = await _tell(world, "createPipeline", name="Long", stages=[{"name": str(i), "winProbability": i} for i in range(31)])

    assert _problems(payload) == [
        ("VALIDATION_FAILED", "input.description"),
        ("VALIDATION_FAILED", "input.stages.0.winProbability"),
        ("VALIDATION_FAILED", "input.stages.1.mappedStatus"),
        ("VALIDATION_FAILED", "input.stages.2.name"),
        ("VALIDATION_FAILED", "input.stages.2.winProbability"),
        ("VALIDATION_FAILED", "input.stages.2.rottingDays"),
        ("VALIDATION_FAILED", "input.stages.3.winProbability"),
        ("VALIDATION_FAILED", "input.stages.4.mappedStatus"),
        ("ALREADY_EXISTS", "input.stages.1.name"),
        ("ALREADY_EXISTS", "input.name"),
    ]
    probabilities = [error["message"] for error in payload["errors"] if error["path"][-1] == "winProbability"]
    assert probabilities == [
        "Must be 0–100 percent.",
        "A stage that is WON has 100 percent.",
        "A stage that is OPEN needs a probability, 0–100 percent.",
    ]
    assert _problems(none) == [("VALIDATION_FAILED", "input.name"), ("VALIDATION_FAILED", "input.stages")]
    assert _problems(many) == [("VALIDATION_FAILED", "input.stages")]
    assert await contents(world) == before


async def test_of_two_pipelines_of_one_name_one_is_created(world: World) -> None:
    request = {"name": "Partners", "stages": [{"name": "Open", "winProbability": 10}]}

    payloads = await asyncio.gather(
        *(_tell(world, "createPipeline", "pipeline { name }", **request, idempotencyKey=key) for key in "abcde")
    )

    assert sorted((list(_problems(payload)) for payload in payloads), key=len) == [[], *[[("ALREADY_EXISTS", "input.name")]] * 4]


async def test_a_pipeline_is_renamed_and_described(world: World) -> None:
    id = world.id(world.pipeline)
    world.at += timedelta(days=1)

    described = await _tell(world, "updatePipeline", PIPELINE, pipelineId=id, description="New business", expectedVersion=1)
    renamed = await _tell(world, "updatePipeline", PIPELINE, pipelineId=id, name="SALES")
    same = await _tell(world, "updatePipeline", PIPELINE, pipelineId=id, name="SALES", description="New business")
    late = await _tell(world, "updatePipeline", PIPELINE, pipelineId=id, name="Late", expectedVersion=2)
    unnamed = await _tell(world, "updatePipeline", PIPELINE, pipelineId=id, name=None, description=None)

    found = [
        (each["pipeline"]["version"], each["pipeline"]["name"], each["pipeline"]["description"]) for each in (described, renamed, same)
    ]
    assert found == [(2, "Sales", "New business"), (3, "SALES", "New business"), (3, "SALES", "New business")]
    assert _problems(late) == [("VERSION_CONFLICT", "input.expectedVersion")]
    assert _problems(unnamed) == [("VALIDATION_FAILED", "input.name")]


async def test_archiving_is_undone(world: World) -> None:
    id = world.id(world.pipeline)
    archived = [(await _tell(world, "archivePipeline", PIPELINE, pipelineId=id))["pipeline"] for _ in range(2)]
    listed = await world.ask("{ pipelines { nodes { name } } all: pipelines(includeArchived: true) { nodes { name } } }")
    back = (await _tell(world, "unarchivePipeline", PIPELINE, pipelineId=id, expectedVersion=2))["pipeline"]

    assert [(each["version"], each["archivedAt"]) for each in archived] == [(2, "2026-06-30T12:00:00Z")] * 2
    assert listed == {"pipelines": {"nodes": []}, "all": {"nodes": [{"name": "Sales"}]}}
    assert (back["version"], back["archivedAt"]) == (3, None)


async def test_stages_change_places(world: World) -> None:
    ids = [world.id(stage) for stage in world.stages]
    order = [ids[1], ids[0], ids[2], ids[3]]

    payload = await _tell(world, "reorderStages", PIPELINE, pipelineId=world.id(world.pipeline), stageIds=order, expectedVersion=1)
    again = await _tell(world, "reorderStages", PIPELINE, pipelineId=world.id(world.pipeline), stageIds=order)

    # The order is the pipeline's: it counts there and leaves the versions of the stages alone.
    expected = (2, [("Offer", 0, 1), ("Discovery", 1, 1), ("Won", 2, 1), ("Lost", 3, 1)])
    assert (payload["errors"], again["errors"]) == ([], [])
    assert await _stages(world) == expected


async def test_an_order_names_every_stage_once_and_no_other(world: World, database: Database) -> None:
    foreign = await build_world(database)
    ids = [world.id(stage) for stage in world.stages]
    before = await contents(world)
    pipeline = world.id(world.pipeline)

    short = await _tell(world, "reorderStages", pipelineId=pipeline, stageIds=ids[:2])
    twice = await _tell(world, "reorderStages", pipelineId=pipeline, stageIds=[*ids, ids[0]])
    alien = await _tell(world, "reorderStages", pipelineId=pipeline, stageIds=[world.id(foreign.stages[0]), *ids[1:]])
    unknown = await _tell(world, "reorderStages", pipelineId=pipeline, stageIds=["nonsense", *ids[1:]])

    assert _problems(short) == [("VALIDATION_FAILED", "input.stageIds")]
    assert short["errors"][0]["message"] == "Name every stage of the pipeline: 2 missing."
    assert _problems(twice) == [("VALIDATION_FAILED", "input.stageIds.4")]
    assert _problems(alien) == [("NOT_FOUND", "input.stageIds.0"), ("VALIDATION_FAILED", "input.stageIds")]
    assert alien == unknown
    assert await contents(world) == before


async def test_orders_given_at_once_leave_one_of_them(world: World) -> None:
    ids = [world.id(stage) for stage in world.stages]
    pipeline = world.id(world.pipeline)
    orders = [ids[shift:] + ids[:shift] for shift in range(4)]

    free = await asyncio.gather(*(_tell(world, "reorderStages", pipelineId=pipeline, stageIds=order) for order in orders))
    version, stages = await _stages(world)
    bound = await asyncio.gather(
        *(_tell(world, "reorderStages", pipelineId=pipeline, stageIds=list(reversed(order)), expectedVersion=version) for order in orders)
    )

    assert [payload["errors"] for payload in free] == [[], [], [], []]
    assert [position for _, position, _ in stages] == [0, 1, 2, 3]
    assert sorted((list(_problems(payload)) for payload in bound), key=len) == [[], *[[("VERSION_CONFLICT", "input.expectedVersion")]] * 3]


async def test_a_stage_takes_its_place_among_the_others(world: World) -> None:
    pipeline = world.id(world.pipeline)

    middle = await _tell(
        world, "createStage", f"stage {{ {STAGE} pipeline {{ name }} }}", pipelineId=pipeline, name="Trial", winProbability=30, position=1
    )
    last = await _tell(world, "createStage", "stage { position }", pipelineId=pipeline, name="Churned", kind="LOST", expectedVersion=2)

    assert middle["stage"] == {
        "name": "Trial",
        "position": 1,
        "kind": "OPEN",
        "winProbability": 30,
        "mappedStatus": None,
        "rottingDays": None,
        "requiredFields": [],
        "version": 1,
        "pipeline": {"name": "Sales"},
    }
    assert last["stage"] == {"position": 5}
    assert await _stages(world) == (
        3,
        [("Discovery", 0, 1), ("Trial", 1, 1), ("Offer", 2, 1), ("Won", 3, 1), ("Lost", 4, 1), ("Churned", 5, 1)],
    )


async def test_a_stage_that_fits_nowhere_is_refused(world: World) -> None:
    pipeline = world.id(world.pipeline)
    for index in range(26):
        await _tell(world, "createStage", pipelineId=pipeline, name=f"Step {index}", winProbability=index)
    before = await contents(world)

    full = await _tell(world, "createStage", pipelineId=pipeline, name="WON", winProbability=-1, position=31)
    nowhere = await _tell(world, "createStage", pipelineId="nonsense", name="", kind="WON")

    assert _problems(full) == [
        ("VALIDATION_FAILED", "input.winProbability"),
        ("VALIDATION_FAILED", "input.position"),
        ("VALIDATION_FAILED", "input.pipelineId"),
        ("ALREADY_EXISTS", "input.name"),
    ]
    assert _problems(nowhere) == [("NOT_FOUND", "input.pipelineId"), ("VALIDATION_FAILED", "input.name")]
    assert await contents(world) == before


async def test_a_stage_is_updated_field_by_field(world: World) -> None:
    offer = world.id(world.stages[1])

    first = await _tell(
        world,
        "updateStage",
        f"stage {{ {STAGE} }}",
        stageId=offer,
        name="Quote",
        mappedStatus="PROPOSAL",
        rottingDays=7,
        requiredFields=["DEAL_VALUE"],
        expectedVersion=1,
    )
    cleared = await _tell(
        world, "updateStage", f"stage {{ {STAGE} }}", stageId=offer, mappedStatus=None, rottingDays=None, requiredFields=None
    )
    won = await _tell(world, "updateStage", f"stage {{ {STAGE} }}", stageId=offer, kind="WON")
    same = await _tell(world, "updateStage", f"stage {{ {STAGE} }}", stageId=offer, kind="WON", name="Quote")

    quote = {"name": "Quote", "position": 1, "kind": "OPEN", "winProbability": 50}
    assert first["stage"] == {**quote, "mappedStatus": "PROPOSAL", "rottingDays": 7, "requiredFields": ["DEAL_VALUE"], "version": 2}
    assert cleared["stage"] == {**quote, "mappedStatus": None, "rottingDays": None, "requiredFields": [], "version": 3}
    assert won["stage"] == {**cleared["stage"], "kind": "WON", "winProbability": 100, "version": 4}
    assert same["stage"] == won["stage"]
    assert (await _stages(world))[0] == 4


@pytest.mark.parametrize(
    ("index", "fields", "problems"),
    [
        (0, {"name": "OFFER"}, [("ALREADY_EXISTS", "input.name")]),
        (0, {"name": None, "kind": None}, [("VALIDATION_FAILED", "input.name"), ("VALIDATION_FAILED", "input.kind")]),
        (
            0,
            {"winProbability": None, "rottingDays": -1},
            [("VALIDATION_FAILED", "input.winProbability"), ("VALIDATION_FAILED", "input.rottingDays")],
        ),
        (2, {"winProbability": 99}, [("VALIDATION_FAILED", "input.winProbability")]),
        (3, {"mappedStatus": "QUALIFIED"}, [("VALIDATION_FAILED", "input.mappedStatus")]),
        (
            0,
            {"expectedVersion": 2, "name": "Offer", "rottingDays": 0},
            [("VERSION_CONFLICT", "input.expectedVersion"), ("VALIDATION_FAILED", "input.rottingDays"), ("ALREADY_EXISTS", "input.name")],
        ),
    ],
)
async def test_settings_that_make_no_sense_are_refused(
    world: World, index: int, fields: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    before = await contents(world)

    payload = await _tell(world, "updateStage", stageId=world.id(world.stages[index]), **fields)

    assert _problems(payload) == problems
    assert await contents(world) == before


async def test_things_of_another_workspace_are_unknown(world: World, database: Database) -> None:
    foreign = await build_world(database)
    before = await contents(foreign)
    theirs, stage = world.id(foreign.pipeline), world.id(foreign.stages[0])

    requests: Sequence[tuple[str, dict[str, Any]]] = (
        ("updatePipeline", {"pipelineId": theirs, "name": "Mine"}),
        ("archivePipeline", {"pipelineId": theirs}),
        ("unarchivePipeline", {"pipelineId": theirs}),
        ("reorderStages", {"pipelineId": theirs, "stageIds": [stage]}),
        ("createStage", {"pipelineId": theirs, "name": "Mine", "winProbability": 1}),
        ("updateStage", {"stageId": stage, "name": "Mine"}),
        ("deleteStage", {"stageId": stage}),
        ("deleteStage", {"stageId": stage, "receivingStageId": world.id(world.stages[0])}),
    )
    for mutation, input in requests:
        unknown = {key: "nonsense" if value in (theirs, stage) else value for key, value in input.items()}
        payload = await _tell(world, mutation, **input)
        assert [code for code, _ in _problems(payload)] == ["NOT_FOUND"]
        assert payload == await _tell(world, mutation, **unknown)
    assert await contents(foreign) == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.INTEGRATION, Role.READ_ONLY])
async def test_only_managers_change_pipelines(world: World, role: Role) -> None:
    viewer = world.viewer(role, world.ada if role is Role.AGENT else None)
    pipeline, stage = f'pipelineId: "{world.id(world.pipeline)}"', f'stageId: "{world.id(world.stages[0])}"'
    before = await contents(world)

    for call in (
        'createPipeline(input: {name: "Mine", stages: []})',
        f"updatePipeline(input: {{{pipeline}}})",
        f"archivePipeline(input: {{{pipeline}}})",
        f"unarchivePipeline(input: {{{pipeline}}})",
        f"reorderStages(input: {{{pipeline}, stageIds: []}})",
        f'createStage(input: {{{pipeline}, name: "Mine"}})',
        f"updateStage(input: {{{stage}}})",
        f"deleteStage(input: {{{stage}}})",
    ):
        body = await world.answer(f"mutation {{ {call} {{ errors {{ __typename }} }} }}", viewer=viewer)
        assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
    assert await contents(world) == before
