"""Moving leads through a pipeline."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.access import Permission, Role
from domain.leads import Lead
from domain.pipelines import DealField, Stage
from domain.status import LeadStatus
from persistence import pipelines
from persistence.database import Database
from tests.contents import contents
from tests.events import told
from tests.worlds import World, build_world

ERRORS = """
    errors {
        __typename
        ... on UserError { code path message }
        ... on NotFound { kind }
        ... on VersionConflict { expected current }
        ... on StageFieldsMissing { stageId missingFields }
        ... on PipelineArchived { pipelineId }
        ... on IllegalStatusChange { from to }
        ... on StatusRequirementsMissing { missing }
    }
"""
LEAD = "lead { id version status stage { name } stageEnteredAt }"
STAYS = """
    query ($id: ID!) {
        lead(id: $id) {
            stageHistory { nodes { stage { name } enteredAt leftAt enteredBy { kind } leftBy { kind } } }
        }
    }
"""


async def _mend(world: World, index: int, **settings: Any) -> Stage:
    """Change a stage of the world's pipeline."""
    changed = replace(world.stages[index], **settings)
    async with world.database.writing(world.scope) as tx:
        await pipelines.save_stages(tx, [changed])
    return changed


async def _move(world: World, lead: Lead, stage: Stage, **more: Any) -> dict[str, Any]:
    viewer = more.pop("viewer", None)
    return await world.tell(
        "moveLeadToStage", {"leadId": world.id(lead), "stageId": world.id(stage), **more}, f"{LEAD} {ERRORS}", viewer=viewer
    )


async def test_a_lead_goes_from_stage_to_stage_and_every_stay_is_kept(world: World) -> None:
    lead = await world.lead()
    discovery, offer = world.stages[:2]

    first = await _move(world, lead, discovery)
    world.at += timedelta(days=3)
    second = await _move(world, lead, offer, reason="asked for a price", viewer=world.viewer(Role.MANAGER, world.ada))

    assert first == {
        "lead": {
            "id": world.id(lead),
            "version": 2,
            "status": "NEW",
            "stage": {"name": "Discovery"},
            "stageEnteredAt": "2026-06-30T12:00:00Z",
        },
        "errors": [],
    }
    assert (second["lead"]["version"], second["lead"]["stage"], second["lead"]["stageEnteredAt"]) == (
        3,
        {"name": "Offer"},
        "2026-07-03T12:00:00Z",
    )
    stays = (await world.ask(STAYS, {"id": world.id(lead)}))["lead"]["stageHistory"]["nodes"]
    assert stays == [
        {
            "stage": {"name": "Offer"},
            "enteredAt": "2026-07-03T12:00:00Z",
            "leftAt": None,
            "enteredBy": {"kind": "AGENT"},
            "leftBy": None,
        },
        {
            "stage": {"name": "Discovery"},
            "enteredAt": "2026-06-30T12:00:00Z",
            "leftAt": "2026-07-03T12:00:00Z",
            "enteredBy": {"kind": "API_KEY"},
            "leftBy": {"kind": "AGENT"},
        },
    ]
    pipeline = str(world.pipeline.id)
    assert await told(world, lead) == [
        (1, "LEAD_STAGE_CHANGED", {"stage_id": [None, str(discovery.id)], "pipeline_id": [None, pipeline], "reason": None}),
        (
            2,
            "LEAD_STAGE_CHANGED",
            {"stage_id": [str(discovery.id), str(offer.id)], "pipeline_id": [pipeline, pipeline], "reason": "asked for a price"},
        ),
    ]


async def test_the_stage_where_it_is_already_changes_nothing(world: World) -> None:
    lead = await world.lead()
    await _move(world, lead, world.stages[0])
    before = await contents(world)
    world.at += timedelta(days=1)

    payload = await _move(world, lead, world.stages[0])

    assert (payload["lead"]["version"], payload["errors"]) == (2, [])
    assert await contents(world) == before


async def test_a_stage_takes_only_leads_that_have_what_it_requires(world: World) -> None:
    offer = await _mend(world, 1, required_fields=(DealField.DEAL_VALUE, DealField.OWNER, DealField.PHONE))
    lead = await world.lead(phones=("+351210000000",))
    before = await contents(world)

    refused = await _move(world, lead, offer)

    assert refused == {
        "lead": None,
        "errors": [
            {
                "__typename": "StageFieldsMissing",
                "code": "STAGE_FIELDS_MISSING",
                "path": ["input", "stageId"],
                "message": "The stage needs: DEAL_VALUE, OWNER.",
                "stageId": world.id(offer),
                "missingFields": ["DEAL_VALUE", "OWNER"],
            }
        ],
    }
    assert await contents(world) == before
    complete = await world.lead(phones=("+351210000000",), deal_value=Decimal(0), deal_currency="EUR", owner_id=world.ada.id)
    assert (await _move(world, complete, offer))["lead"]["stage"] == {"name": "Offer"}


async def test_a_stage_that_maps_to_a_status_changes_it_too(world: World) -> None:
    won = await _mend(world, 2, mapped_status=LeadStatus.CLOSED_WON)
    lead = await world.lead(status=LeadStatus.PROPOSAL, deal_value=Decimal(900), deal_currency="EUR")
    world.at += timedelta(minutes=2)

    payload = await _move(world, lead, won, reason="signed")

    assert (payload["lead"]["status"], payload["lead"]["version"]) == ("CLOSED_WON", 2)
    events = await told(world, lead)
    assert [(sequence, type) for sequence, type, _ in events] == [(1, "LEAD_STAGE_CHANGED"), (2, "LEAD_STATUS_CHANGED")]
    assert events[1][2] == {"status": ["PROPOSAL", "CLOSED_WON"], "reason": "signed", "forced": False}
    history = await world.ask(
        "query ($id: ID!) { lead(id: $id) { closedAt statusHistory { nodes { from to reason secondsInPrevious } } } }",
        {"id": world.id(lead)},
    )
    assert history["lead"] == {
        "closedAt": "2026-06-30T12:02:00Z",
        "statusHistory": {"nodes": [{"from": "PROPOSAL", "to": "CLOSED_WON", "reason": "signed", "secondsInPrevious": 120}]},
    }


async def test_a_status_that_is_refused_refuses_the_move_as_a_whole(world: World) -> None:
    won = await _mend(world, 2, mapped_status=LeadStatus.CLOSED_WON, required_fields=(DealField.EMAIL,))
    lost = await _mend(world, 3, mapped_status=LeadStatus.CLOSED_LOST)
    new = await world.lead()
    offered = await world.lead(status=LeadStatus.PROPOSAL)
    before = await contents(world)

    illegal = await _move(world, new, won)
    without_reason = await _move(world, offered, lost)

    assert [(error["__typename"], error["path"]) for error in illegal["errors"]] == [
        ("StageFieldsMissing", ["input", "stageId"]),
        ("IllegalStatusChange", ["input", "stageId"]),
    ]
    assert without_reason["errors"] == [
        {
            "__typename": "StatusRequirementsMissing",
            "code": "STATUS_REQUIREMENTS_MISSING",
            "path": ["input", "stageId"],
            "message": "Becoming CLOSED_LOST still needs: REASON.",
            "missing": ["REASON"],
        }
    ]
    assert await contents(world) == before


async def test_a_key_that_may_not_change_statuses_moves_only_where_none_changes(world: World) -> None:
    lost = await _mend(world, 3, mapped_status=LeadStatus.CLOSED_LOST)
    lead = await world.lead(status=LeadStatus.PROPOSAL)
    scoped = world.viewer(Role.INTEGRATION, scopes=frozenset({Permission.READ_LEADS, Permission.WRITE_LEADS}))

    refused = await _move(world, lead, lost, reason="too dear", viewer=scoped)
    moved = await _move(world, lead, world.stages[1], viewer=scoped)

    assert [(error["code"], error["path"]) for error in refused["errors"]] == [("NOT_ALLOWED", ["input", "stageId"])]
    assert moved["errors"] == []


async def test_an_archived_pipeline_takes_no_lead_but_lets_them_go(world: World) -> None:
    lead, other = await world.lead(), await world.lead()
    await _move(world, lead, world.stages[0])
    await world.tell("archivePipeline", {"pipelineId": world.id(world.pipeline)}, "errors { __typename }")

    refused = await _move(world, other, world.stages[0])
    removed = await world.tell(
        "removeLeadFromPipeline", {"leadId": world.id(lead), "reason": "closed down"}, f"{LEAD} errors {{ __typename }}"
    )

    assert [(error["code"], error["pipelineId"]) for error in refused["errors"]] == [("PIPELINE_ARCHIVED", world.id(world.pipeline))]
    assert removed == {
        "lead": {"id": world.id(lead), "version": 3, "status": "NEW", "stage": None, "stageEnteredAt": None},
        "errors": [],
    }
    stays = (await world.ask(STAYS, {"id": world.id(lead)}))["lead"]["stageHistory"]["nodes"]
    assert [(stay["stage"]["name"], stay["leftAt"]) for stay in stays] == [("Discovery", "2026-06-30T12:00:00Z")]


async def test_a_lead_outside_any_pipeline_is_removed_without_a_trace(world: World) -> None:
    lead = await world.lead()
    before = await contents(world)

    payload = await world.tell("removeLeadFromPipeline", {"leadId": world.id(lead)}, f"{LEAD} errors {{ __typename }}")

    assert (payload["lead"]["version"], payload["errors"]) == (1, [])
    assert await contents(world) == before


async def test_everything_wrong_is_said_at_once_and_nothing_is_written(world: World) -> None:
    before = await contents(world)

    payload = await world.tell("moveLeadToStage", {"leadId": "nonsense", "stageId": "nonsense", "reason": "x" * 501}, ERRORS)

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [
        ("VALIDATION_FAILED", ["input", "reason"]),
        ("NOT_FOUND", ["input", "leadId"]),
        ("NOT_FOUND", ["input", "stageId"]),
    ]
    assert await contents(world) == before


async def test_things_of_another_workspace_are_unknown(world: World, database: Database) -> None:
    foreign = await build_world(database)
    lead, theirs = await world.lead(), await foreign.lead()
    before = await contents(foreign)

    their_stage = await _move(world, lead, foreign.stages[0])
    their_lead = await _move(world, theirs, world.stages[0])
    unknown = await world.tell("moveLeadToStage", {"leadId": world.id(lead), "stageId": world.id(lead)}, ERRORS)

    assert their_stage["errors"] == unknown["errors"]
    assert [(error["kind"], error["path"]) for error in their_lead["errors"]] == [("Lead", ["input", "leadId"])]
    assert await contents(foreign) == before


async def test_an_agent_moves_own_leads_and_does_not_see_others(world: World) -> None:
    own, others = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.cleo.id)
    ada = world.viewer(Role.AGENT, world.ada)

    moved = await _move(world, own, world.stages[0], viewer=ada)
    unseen = await _move(world, others, world.stages[0], viewer=ada)

    assert moved["lead"]["stage"] == {"name": "Discovery"}
    assert [error["code"] for error in unseen["errors"]] == ["NOT_FOUND"]


async def test_of_two_moves_from_one_version_one_wins(world: World) -> None:
    lead = await world.lead()

    payloads = await asyncio.gather(*(_move(world, lead, stage, expectedVersion=1) for stage in world.stages[:2]))

    conflicts = [payload["errors"] for payload in payloads if payload["errors"]]
    assert [[(error["code"], error["expected"], error["current"]) for error in errors] for errors in conflicts] == [
        [("VERSION_CONFLICT", 1, 2)]
    ]
    stays = (await world.ask(STAYS, {"id": world.id(lead)}))["lead"]["stageHistory"]["nodes"]
    assert [stay["leftAt"] for stay in stays] == [None]


async def test_the_same_key_moves_once(world: World) -> None:
    lead = await world.lead()
    first = await _move(world, lead, world.stages[0], idempotencyKey="once")
    await _move(world, lead, world.stages[1])

    again = await _move(world, lead, world.stages[0], idempotencyKey="once")

    assert again == first
    stays = (await world.ask(STAYS, {"id": world.id(lead)}))["lead"]["stageHistory"]["nodes"]
    assert [stay["stage"]["name"] for stay in stays] == ["Offer", "Discovery"]


ROW_ERRORS = "errors { ... on UserError { code path } }"
ROWS = f"rows {{ index lead {{ id stage {{ name }} }} {ROW_ERRORS} }} {ROW_ERRORS}"


async def test_many_leads_move_row_by_row(world: World) -> None:
    offer = await _mend(world, 1, required_fields=(DealField.COMPANY,))
    good, bare, again = await world.lead(company="Lumen"), await world.lead(), await world.lead(company="Vega")
    ids = [world.id(good), world.id(bare), world.id(offer), world.id(again)]
    request = {"leadIds": ids, "stageId": world.id(offer)}
    before = await contents(world)

    refused = await world.tell("moveLeadsToStage", request, ROWS)
    assert await contents(world) == before
    moved = await world.tell("moveLeadsToStage", {**request, "errorPolicy": "SKIP_FAILED"}, ROWS)

    assert refused["rows"] == []
    expected = [
        ("STAGE_FIELDS_MISSING", ["input", "leadIds", "1"]),
        ("NOT_FOUND", ["input", "leadIds", "2"]),
    ]
    assert [(error["code"], error["path"]) for error in refused["errors"]] == expected
    assert [(row["index"], row["lead"] and row["lead"]["stage"]["name"]) for row in moved["rows"]] == [
        (0, "Offer"),
        (1, None),
        (2, None),
        (3, "Offer"),
    ]
    assert [(error["code"], error["path"]) for row in moved["rows"] for error in row["errors"]] == expected


async def test_a_filter_says_which_leads_move(world: World) -> None:
    for company in ("Lumen", "Lumen", "Vega"):
        await world.lead(company=company)

    payload = await world.tell(
        "moveLeadsToStage",
        {"filter": {"company": {"eq": "lumen"}}, "stageId": world.id(world.stages[0])},
        "rows { index } errors { __typename }",
    )
    data = await world.ask(
        "query ($id: ID!) { node(id: $id) { ... on Stage { leads { totalCount } } } }", {"id": world.id(world.stages[0])}
    )

    assert payload == {"rows": [{"index": 0}, {"index": 1}], "errors": []}
    assert data["node"]["leads"]["totalCount"] == 2


async def test_moving_many_leads_takes_as_many_statements_as_moving_few(world: World) -> None:
    few = [await world.lead() for _ in range(2)]
    many = [await world.lead() for _ in range(40)]
    counts: list[int] = []
    for leads in (few, many):
        await world.tell(
            "moveLeadsToStage", {"leadIds": [world.id(lead) for lead in leads], "stageId": world.id(world.stages[0])}, "rows { index }"
        )
        with world.recorded() as statements:
            await world.tell(
                "moveLeadsToStage", {"leadIds": [world.id(lead) for lead in leads], "stageId": world.id(world.stages[1])}, "rows { index }"
            )
        counts.append(len(statements))

    assert counts[0] == counts[1]
