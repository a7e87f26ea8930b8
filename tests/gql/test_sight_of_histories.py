"""What belongs to a lead is seen by whoever sees the lead, and by nobody else, whichever way it is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from domain.access import Role
from tests.worlds import World

ENTRIES = """
    ... on Activity { id } ... on ContactAttempt { id } ... on StatusChange { id } ... on Assignment { id }
    ... on ScoreChange { id } ... on StageStay { id } ... on CloseDateSlip { id }
"""
HISTORIES = """
    activities { nodes { id } } contactAttempts { nodes { id } } statusHistory { nodes { id } } assignmentHistory { nodes { id } }
    scoreHistory { nodes { id } } stageHistory { nodes { id } } closeDateSlips { nodes { id } }
"""


async def entries_of_a_busy_lead(world: World) -> list[str]:
    """Give Cleo, in the South, a lead with an entry in each of its histories, and return their ids."""
    lead = await world.lead(owner_id=world.ben.id)
    lead_id, at = world.id(lead), world.at.isoformat()
    call = {"channel": "PHONE", "direction": "OUTBOUND", "outcome": "NO_ANSWER"}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("recordActivity", {"type": "WEBSITE_VISITED", "occurredAt": at}),
        ("recordContactAttempt", {**call, "occurredAt": at}),
        ("moveLeadToStage", {"stageId": world.id(world.stages[0])}),
        ("setDeal", {"expectedCloseDate": "2026-09-01"}),
        ("assignLead", {"agentId": world.id(world.cleo)}),
    ]
    for mutation, input in steps:
        payload = await world.tell(mutation, {"leadId": lead_id, **input}, "errors { ... on UserError { message } }")
        assert payload == {"errors": []}
    data = await world.ask(f"query($id: ID!) {{ lead(id: $id) {{ {HISTORIES} }} }}", {"id": lead_id})
    assert all(history["nodes"] for history in data["lead"].values())
    return [entry["id"] for history in data["lead"].values() for entry in history["nodes"]]


@pytest.mark.parametrize(("name", "sees"), [("cleo", True), ("ada", False)])
async def test_entries_are_found_by_id_by_whoever_sees_the_lead(world: World, name: str, *, sees: bool):
    ids = await entries_of_a_busy_lead(world)
    viewer = world.viewer(Role.AGENT, getattr(world, name))
    data = await world.ask(f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {ENTRIES} }} }}", {"ids": ids}, viewer=viewer)
    assert data["nodes"] == [{"id": id} if sees else None for id in ids]
