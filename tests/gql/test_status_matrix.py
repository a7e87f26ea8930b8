"""Every move from every status to every other, as each role, through the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.access import Role, Viewer
from domain.leads import Lead
from domain.status import LeadStatus
from tests.worlds import World, blank_lead
from usecases.leads.editing import LeadEdits
from usecases.verbs import Work

STATUSES = tuple(LeadStatus)
# = is there already · y may go · r needs a reason · b needs BANT · v needs a deal value · m needs a reason and a manager · . may not go
MATRIX = """
NEW           = y b y . . . . . r
CONTACTED     . = b y . . . r r r
QUALIFIED     . . = y y . . r r r
NURTURING     . y b = y . . r r r
PROPOSAL      . . . y = y v r . .
NEGOTIATION   . . . . y = v r . .
CLOSED_WON    . . . . . m = . . .
CLOSED_LOST   . . . . . . . = r .
RECYCLED      y y b y . . . . = r
DISQUALIFIED  . . . . . . . . r =
"""
MOVES: Mapping[tuple[str, str], str] = {
    (line.split()[0], to): mark for line in MATRIX.strip().splitlines() for to, mark in zip(STATUSES, line.split()[1:], strict=True)
}
MISSING = {"r": ["REASON"], "b": ["BUDGET", "AUTHORITY", "NEED", "TIMELINE"], "v": ["DEAL_VALUE"], "m": ["REASON", "MANAGER_ROLE"]}
MANAGERS = (Role.ADMIN, Role.MANAGER)
ROLES = (Role.ADMIN, Role.MANAGER, Role.AGENT, Role.INTEGRATION)

SELECTION = """
    lead { status version }
    errors {
        code: __typename
        ... on IllegalStatusChange { from to allowed }
        ... on StatusRequirementsMissing { missing }
    }
"""
ROWS = """
    rows {
        lead { status statusHistory { nodes { from to forced reason } } }
        errors { code: __typename ... on StatusRequirementsMissing { missing } }
    }
    errors { code: __typename ... on UserError { path } }
"""


def as_role(world: World, role: Role) -> Viewer:
    return world.viewer(role, world.ada if role is Role.AGENT else None)


async def leads_of(world: World, *statuses: LeadStatus, **fields: Any) -> list[Lead]:
    """Put a lead into the workspace for each status."""
    async with world.database.writing(world.scope) as tx:
        edits = LeadEdits(Work(tx, world.viewer(), world.at))
        leads = [edits.add(replace(blank_lead(world.at), status=status, **fields)).lead for status in statuses]
        await edits.save()
    return leads


async def ready_leads(world: World) -> list[Lead]:
    """Put a lead into the workspace for each status that lacks nothing that a move may need."""
    bant = dict.fromkeys(("budget", "authority", "need", "timeline"), "known")
    return await leads_of(world, *STATUSES, **bant, deal_value=Decimal(10), deal_currency="EUR")


def bare_outcome(from_: LeadStatus, to: LeadStatus, role: Role) -> dict[str, Any]:
    """Say what becomes of a lead that has nothing, moved without a reason."""
    mark = MOVES[from_, to]
    if mark == ".":
        allowed = [status for status in STATUSES if MOVES[from_, status] not in ".="]
        return {"code": "IllegalStatusChange", "from": from_, "to": to, "allowed": sorted(allowed)}
    if mark in MISSING:
        manager = role in MANAGERS
        return {
            "code": "StatusRequirementsMissing",
            "missing": [each for each in MISSING[mark] if not (manager and each == "MANAGER_ROLE")],
        }
    return {"status": to, "version": 1 if mark == "=" else 2}


@pytest.mark.parametrize("role", ROLES)
async def test_each_pair_without_reason_or_facts(world: World, role: Role) -> None:
    pairs = [(from_, to) for from_ in STATUSES for to in STATUSES]
    leads = await leads_of(world, *(from_ for from_, _ in pairs))
    outcomes: dict[tuple[str, str], dict[str, Any]] = {}
    for lead, (from_, to) in zip(leads, pairs, strict=True):
        payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": to}, SELECTION, viewer=as_role(world, role))
        outcome = payload["lead"] or payload["errors"][0]
        outcomes[from_, to] = {**outcome, "allowed": sorted(outcome["allowed"])} if "allowed" in outcome else outcome

    assert outcomes == {(from_, to): bare_outcome(from_, to, role) for from_, to in pairs}


@pytest.mark.parametrize("role", ROLES)
async def test_each_pair_with_reason_and_all_facts_in_bulk(world: World, role: Role) -> None:
    for to in STATUSES:
        ids = [world.id(lead) for lead in await ready_leads(world)]
        request = {"leadIds": ids, "status": to, "reason": "So it is.", "errorPolicy": "SKIP_FAILED"}
        payload = await world.tell("changeLeadStatuses", request, ROWS, viewer=as_role(world, role))

        for from_, row in zip(STATUSES, payload["rows"], strict=True):
            mark = MOVES[from_, to]
            if mark == ".":
                assert row == {"lead": None, "errors": [{"code": "IllegalStatusChange"}]}, (from_, to)
            elif mark == "m" and role not in MANAGERS:
                assert row == {"lead": None, "errors": [{"code": "StatusRequirementsMissing", "missing": ["MANAGER_ROLE"]}]}
            else:
                history = [] if mark == "=" else [{"from": from_, "to": to, "forced": False, "reason": "So it is."}]
                assert row == {"lead": {"status": to, "statusHistory": {"nodes": history}}, "errors": []}, (from_, to)


@pytest.mark.parametrize("role", MANAGERS)
async def test_managers_force_each_pair_with_a_reason(world: World, role: Role) -> None:
    for to in STATUSES:
        ids = [world.id(lead) for lead in await leads_of(world, *STATUSES)]
        request = {"leadIds": ids, "status": to, "reason": "The board said so.", "force": True}
        payload = await world.tell("changeLeadStatuses", request, ROWS, viewer=as_role(world, role))

        assert payload["errors"] == []
        for from_, row in zip(STATUSES, payload["rows"], strict=True):
            # The reason is there, so only what is illegal or lacks facts has to be forced.
            forced = MOVES[from_, to] in ".bv"
            history = [] if from_ is to else [{"from": from_, "to": to, "forced": forced, "reason": "The board said so."}]
            assert row["lead"] == {"status": to, "statusHistory": {"nodes": history}}, (from_, to)


@pytest.mark.parametrize("role", [Role.AGENT, Role.INTEGRATION])
async def test_nobody_else_forces_anything(world: World, role: Role) -> None:
    leads = await leads_of(world, *STATUSES)
    before = await world.contents()
    request = {"leadIds": [world.id(lead) for lead in leads], "status": "CLOSED_WON", "reason": "Please.", "force": True}

    payload = await world.tell("changeLeadStatuses", request, ROWS, viewer=as_role(world, role))

    assert payload == {"rows": [], "errors": [{"code": "NotAllowed", "path": ["input", "force"]}]}
    assert await world.contents() == before


async def test_one_refused_lead_undoes_all(world: World) -> None:
    leads = await leads_of(world, LeadStatus.NEW, LeadStatus.CLOSED_WON, LeadStatus.RECYCLED)
    before = await world.contents()

    payload = await world.tell("changeLeadStatuses", {"leadIds": [*map(world.id, leads), "?"], "status": "CONTACTED"}, ROWS)

    assert payload == {
        "rows": [],
        "errors": [
            {"code": "IllegalStatusChange", "path": ["input", "leadIds", "1"]},
            {"code": "NotFound", "path": ["input", "leadIds", "3"]},
        ],
    }
    assert await world.contents() == before


async def test_a_refused_lead_of_a_filter_is_told_at_the_filter(world: World) -> None:
    await world.lead(company="Acme", status=LeadStatus.CLOSED_WON)
    request = {"filter": {"company": {"eq": "acme"}}, "status": "CONTACTED"}

    refused = await world.tell("changeLeadStatuses", request, ROWS)
    skipped = await world.tell("changeLeadStatuses", {**request, "errorPolicy": "SKIP_FAILED"}, ROWS)

    assert refused == {"rows": [], "errors": [{"code": "IllegalStatusChange", "path": ["input", "filter"]}]}
    assert skipped["rows"] == [{"lead": None, "errors": [{"code": "IllegalStatusChange"}]}]


async def test_everything_that_is_wrong_with_the_request_is_said_at_once(world: World) -> None:
    agent = as_role(world, Role.AGENT)
    request = {"status": "CONTACTED", "reason": "x" * 501, "force": True}

    payload = await world.tell("changeLeadStatuses", request, ROWS, viewer=agent)

    assert [(error["code"], error["path"][1:]) for error in payload["errors"]] == [
        ("ValidationError", ["reason"]),
        ("NotAllowed", ["force"]),
        ("ValidationError", ["leadIds"]),
    ]


async def test_all_leads_of_a_filter_move_and_a_lead_named_twice_moves_once(world: World) -> None:
    leads = await leads_of(world, *[LeadStatus.NEW] * 3, company="Acme")
    others = await leads_of(world, LeadStatus.NEW)

    first = await world.tell("changeLeadStatuses", {"filter": {"company": {"eq": "ACME"}}, "status": "CONTACTED"}, ROWS)
    twice = await world.tell("changeLeadStatuses", {"leadIds": [world.id(others[0])] * 2, "status": "CONTACTED"}, ROWS)

    assert [row["lead"]["status"] for row in first["rows"]] == ["CONTACTED"] * len(leads)
    assert [len(row["lead"]["statusHistory"]["nodes"]) for row in twice["rows"]] == [1, 1]


async def test_the_same_key_changes_once_in_bulk(world: World) -> None:
    [lead] = await leads_of(world, LeadStatus.NEW)
    request = {"leadIds": [world.id(lead)], "status": "CONTACTED", "idempotencyKey": "b"}

    first = await world.tell("changeLeadStatuses", request, ROWS)
    await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "NURTURING"}, SELECTION)

    assert await world.tell("changeLeadStatuses", request, ROWS) == first


async def test_the_number_of_statements_does_not_depend_on_the_number_of_leads(world: World) -> None:
    async def statements(number: int) -> int:
        ids = [world.id(lead) for lead in await leads_of(world, *[LeadStatus.NEW] * number)]
        with world.recorded() as recorded:
            await world.tell("changeLeadStatuses", {"leadIds": ids, "status": "CONTACTED"}, ROWS)
        return len(recorded)

    assert await statements(2) == await statements(100)
