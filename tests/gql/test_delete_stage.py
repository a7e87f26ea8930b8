"""Deleting a stage, with and without leads in it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.leads import Lead
from domain.pipelines import DealField
from domain.status import LeadStatus
from persistence import leads, pipelines
from tests.contents import contents
from tests.events import told
from tests.worlds import World

DELETED = """
    movedLeads
    stage { name deletedAt version }
    pipeline { version stages { name position version } }
    errors { __typename ... on UserError { code path message } ... on StageHoldsLeads { stageId leads } }
"""


async def _lead_in(world: World, index: int, **fields: Any) -> Lead:
    lead = await world.lead(**fields)
    moved = await world.tell(
        "moveLeadToStage", {"leadId": world.id(lead), "stageId": world.id(world.stages[index])}, "errors { __typename }"
    )
    assert moved["errors"] == []
    return lead


async def _delete(world: World, index: int, receiving: int | None = None, **more: Any) -> dict[str, Any]:
    stage = {} if receiving is None else {"receivingStageId": world.id(world.stages[receiving])}
    return await world.tell("deleteStage", {"stageId": world.id(world.stages[index]), **stage, **more}, DELETED)


async def _stays(world: World, lead: Lead) -> Sequence[tuple[str, str | None]]:
    data = await world.ask(
        "query ($id: ID!) { lead(id: $id) { stageHistory { nodes { stage { name } leftAt } } } }", {"id": world.id(lead)}
    )
    return [(stay["stage"]["name"], stay["leftAt"]) for stay in data["lead"]["stageHistory"]["nodes"]]


def _problems(payload: dict[str, Any]) -> Sequence[tuple[str, str, str]]:
    return [(error["code"], ".".join(error["path"]), error["message"]) for error in payload["errors"]]


async def test_an_empty_stage_goes_and_the_others_close_up(world: World) -> None:
    payload = await _delete(world, 1, expectedVersion=1)

    assert payload == {
        "movedLeads": 0,
        "stage": {"name": "Offer", "deletedAt": "2026-06-30T12:00:00Z", "version": 2},
        "pipeline": {
            "version": 2,
            "stages": [
                {"name": "Discovery", "position": 0, "version": 1},
                {"name": "Won", "position": 1, "version": 1},
                {"name": "Lost", "position": 2, "version": 1},
            ],
        },
        "errors": [],
    }
    again = await _delete(world, 1)
    assert [code for code, _, _ in _problems(again)] == ["NOT_FOUND"]
    reused = await world.tell(
        "createStage",
        {"pipelineId": world.id(world.pipeline), "name": "Offer", "winProbability": 5},
        "stage { position } errors { __typename }",
    )
    assert reused == {"stage": {"position": 3}, "errors": []}


async def test_its_leads_move_to_the_stage_that_receives_them(world: World) -> None:
    first, second = await _lead_in(world, 1), await _lead_in(world, 1)
    elsewhere = await _lead_in(world, 0)
    world.at += timedelta(days=2)

    unnamed = await _delete(world, 1)
    payload = await _delete(world, 1, receiving=0, reason="merged")

    assert unnamed["errors"] == [
        {
            "__typename": "StageHoldsLeads",
            "code": "STAGE_HOLDS_LEADS",
            "path": ["input", "receivingStageId"],
            "message": "The stage holds 2 leads: name the stage that receives them.",
            "stageId": world.id(world.stages[1]),
            "leads": 2,
        }
    ]
    assert (payload["errors"], payload["movedLeads"]) == ([], 2)
    for lead in (first, second):
        assert await _stays(world, lead) == [("Discovery", None), ("Offer", "2026-07-02T12:00:00Z")]
        events = await told(world, lead)
        assert [(sequence, type, changes["reason"]) for sequence, type, changes in events] == [
            (1, "LEAD_STAGE_CHANGED", None),
            (2, "LEAD_STAGE_CHANGED", "merged"),
        ]
    assert await _stays(world, elsewhere) == [("Discovery", None)]


async def test_they_move_by_the_rules_all_or_none(world: World) -> None:
    lost = replace(world.stages[3], mapped_status=LeadStatus.CLOSED_LOST, required_fields=(DealField.COMPANY,))
    async with world.database.writing(world.scope) as tx:
        await pipelines.save_stages(tx, [lost])
    for _ in range(2):
        await _lead_in(world, 1, status=LeadStatus.PROPOSAL)
    fine = await _lead_in(world, 1, status=LeadStatus.PROPOSAL, company="Lumen")
    await _lead_in(world, 1, company="Vega")
    before = await contents(world)

    payload = await _delete(world, 1, receiving=3, reason="dropped")

    assert sorted(_problems(payload)) == [
        ("ILLEGAL_STATUS_CHANGE", "input.receivingStageId", "1 of the leads: A lead that is NEW cannot become CLOSED_LOST."),
        ("STAGE_FIELDS_MISSING", "input.receivingStageId", "2 of the leads: The stage needs: COMPANY."),
    ]
    assert await contents(world) == before
    assert [status for _, status in await _statuses(world, [fine])] == ["PROPOSAL"]


async def _statuses(world: World, some: Sequence[Lead]) -> Sequence[tuple[str, str]]:
    data = await world.ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Lead { id status } } }", {"ids": [world.id(lead) for lead in some]}
    )
    return [(node["id"], node["status"]) for node in data["nodes"]]


async def test_the_receiving_stage_changes_their_status(world: World) -> None:
    lost = replace(world.stages[3], mapped_status=LeadStatus.CLOSED_LOST)
    async with world.database.writing(world.scope) as tx:
        await pipelines.save_stages(tx, [lost])
    moving = [await _lead_in(world, 1, status=LeadStatus.PROPOSAL) for _ in range(2)]

    payload = await _delete(world, 1, receiving=3, reason="dropped")

    assert payload["errors"] == []
    assert [status for _, status in await _statuses(world, moving)] == ["CLOSED_LOST", "CLOSED_LOST"]


async def test_deleted_leads_come_along_or_leave(world: World) -> None:
    received, left = await _lead_in(world, 0), await _lead_in(world, 1)
    async with world.database.writing(world.scope) as tx:
        for lead in (await leads.lead_for_update(tx, [received.id, left.id])).values():
            await leads.save_leads(tx, [(lead, replace(lead, deleted_at=world.at))])

    first = await _delete(world, 0, receiving=2)
    second = await _delete(world, 1)

    assert (first["errors"], first["movedLeads"], second["errors"], second["movedLeads"]) == ([], 0, [], 0)
    async with world.database.reading(world.scope) as db:
        found = await leads.lead_by_id_even_deleted(db, [received.id, left.id])
    assert [found[each.id].stage_id for each in (received, left)] == [world.stages[2].id, None]


async def test_a_pipeline_keeps_a_stage_and_no_stage_receives_its_own(world: World) -> None:
    await _lead_in(world, 0)
    own = await _delete(world, 0, receiving=0)
    for index in (3, 2, 1):
        assert (await _delete(world, index))["errors"] == []
    gone = await _delete(world, 0, receiving=1)
    last = await _delete(world, 0, reason="x" * 501)

    assert _problems(own) == [("VALIDATION_FAILED", "input.receivingStageId", "A stage cannot receive its own leads.")]
    assert [(code, path) for code, path, _ in _problems(gone)] == [("VALIDATION_FAILED", "input.stageId")]
    assert [(code, path) for code, path, _ in _problems(last)] == [
        ("VALIDATION_FAILED", "input.reason"),
        ("VALIDATION_FAILED", "input.stageId"),
        ("STAGE_HOLDS_LEADS", "input.receivingStageId"),
    ]


async def test_no_lead_slips_into_a_stage_while_it_is_deleted(world: World) -> None:
    movers = [await world.lead() for _ in range(6)]
    stage = world.id(world.stages[1])

    async def move(lead: Lead) -> dict[str, Any]:
        return await world.tell("moveLeadToStage", {"leadId": world.id(lead), "stageId": stage}, "errors { ... on UserError { code } }")

    *moved, deleted = await asyncio.gather(*(move(lead) for lead in movers), _delete(world, 1, receiving=0))

    assert deleted["errors"] == []
    refused = sum(payload["errors"] == [{"code": "NOT_FOUND"}] for payload in moved)
    assert refused + sum(payload["errors"] == [] for payload in moved) == 6
    data = await world.ask(
        "query ($a: ID!, $b: ID!) { a: node(id: $a) { ...S } b: node(id: $b) { ...S } } fragment S on Stage { leads { totalCount } }",
        {"a": stage, "b": world.id(world.stages[0])},
    )
    assert data == {"a": {"leads": {"totalCount": 0}}, "b": {"leads": {"totalCount": 6 - refused}}}


async def test_the_same_key_deletes_once_and_answers_the_same(world: World) -> None:
    await _lead_in(world, 1)

    first = await _delete(world, 1, receiving=0, idempotencyKey="once")

    assert first["movedLeads"] == 1
    assert await _delete(world, 1, receiving=0, idempotencyKey="once") == first


async def test_a_full_stage_goes_in_as_many_statements_as_a_sparse_one(world: World) -> None:
    counts: list[int] = []
    for index, size in ((0, 2), (1, 30)):
        for _ in range(size):
            await _lead_in(world, index)
        with world.recorded() as statements:
            payload = await _delete(world, index, receiving=2)
        assert payload["movedLeads"] == size
        counts.append(len(statements))

    assert counts[0] == counts[1]
