"""What an event follows from: the request itself, or what else happened, which it names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.access import system_viewer
from domain.leads import Lead
from tests.models import chosen, drafted, published, rescored
from tests.usecases.import_files import HEADER, MAPPING, imported
from tests.worlds import NOON, World
from usecases.scoring.rescore_due import rescore_due_leads
from usecases.verbs import Call

TOLD = """
query ($id: ID!) {
  lead(id: $id) {
    events(first: 10) {
      nodes {
        type
        facts { name value }
        cause {
          kind activity { type } contactAttempt { outcome } import { created } merge { loser { name } } scoringModelVersion { number }
        }
      }
    }
  }
}
"""


async def causes(world: World, id: str) -> dict[str, dict[str, Any]]:
    """Read what the lead's events follow from: the kind, and the thing where there is one."""
    nodes = (await world.ask(TOLD, {"id": id}))["lead"]["events"]["nodes"]
    return {node["type"]: {name: value for name, value in node["cause"].items() if value is not None} for node in nodes}


async def attempt(world: World, lead: Lead) -> None:
    input = {"leadId": world.id(lead), "channel": "PHONE", "direction": "OUTBOUND", "outcome": "CONNECTED", "occurredAt": NOON.isoformat()}
    assert await world.tell("recordContactAttempt", input, "errors { __typename }") == {"errors": []}


async def test_an_attempt_is_made_and_what_follows_from_it_says_so(world: World) -> None:
    lead = await world.lead()
    await attempt(world, lead)

    followed = {"kind": "CONTACT_ATTEMPT", "contactAttempt": {"outcome": "CONNECTED"}}
    assert await causes(world, world.id(lead)) == {
        "CONTACT_ATTEMPT_RECORDED": {"kind": "REQUEST"},
        "LEAD_STATUS_CHANGED": followed,
        "LEAD_SCORE_CHANGED": followed,
    }


async def test_an_activity_moves_the_score(world: World) -> None:
    lead = await world.lead()
    input = {"leadId": world.id(lead), "type": "EMAIL_OPENED", "occurredAt": NOON.isoformat()}
    assert await world.tell("recordActivity", input, "errors { __typename }") == {"errors": []}

    assert await causes(world, world.id(lead)) == {
        "ACTIVITY_RECORDED": {"kind": "REQUEST"},
        "LEAD_SCORE_CHANGED": {"kind": "ACTIVITY", "activity": {"type": "EMAIL_OPENED"}},
    }


async def test_a_field_is_changed_and_the_score_with_it_because_somebody_asked(world: World) -> None:
    lead = await world.lead()
    assert await world.tell("updateLead", {"leadId": world.id(lead), "company": {"name": "Acme"}}, "errors { __typename }") == {
        "errors": []
    }

    assert await causes(world, world.id(lead)) == {"LEAD_UPDATED": {"kind": "REQUEST"}, "LEAD_SCORE_CHANGED": {"kind": "REQUEST"}}


async def test_time_moves_a_score_by_itself(world: World) -> None:
    lead = await world.lead(contact_requested_at=NOON)
    await rescore_due_leads(Call(world.database, system_viewer(world.workspace.id), NOON + timedelta(days=31)), 10)

    assert await causes(world, world.id(lead)) == {"LEAD_SCORE_CHANGED": {"kind": "TIME"}}


async def test_an_imported_lead_names_the_file(world: World) -> None:
    await imported(world, HEADER + "7,Rosa,rosa@ramos.example,,Ramos,,,3\n", MAPPING)
    found = await world.ask('{ lead(externalReference: { system: "crm", externalId: "7" }) { id } }')

    assert await causes(world, found["lead"]["id"]) == {"LEAD_CREATED": {"kind": "IMPORT", "import": {"created": 1}}}


async def test_a_merge_names_what_was_merged(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Bea", company="Acme")
    merging = {"survivorId": world.id(survivor), "loserId": world.id(loser)}
    assert await world.tell("mergeLeads", merging, "errors { __typename }") == {"errors": []}

    assert await causes(world, world.id(survivor)) == {
        "LEAD_MERGED": {"kind": "REQUEST"},
        "LEAD_SCORE_CHANGED": {"kind": "MERGE", "merge": {"loser": {"name": "Bea"}}},
    }


async def test_another_model_is_named_by_its_version(world: World) -> None:
    lead = await world.lead(company="Acme")
    version = await published(world, await drafted(world))
    await chosen(world, version["model"]["id"])
    assert await rescored(world) == 1

    assert await causes(world, world.id(lead)) == {
        "LEAD_SCORE_CHANGED": {"kind": "SCORING_MODEL", "scoringModelVersion": {"number": 1}},
    }


async def test_a_move_of_the_score_leads_to_the_breakdown_of_then(world: World) -> None:
    lead = await world.lead()
    await attempt(world, lead)
    await world.tell("updateLead", {"leadId": world.id(lead), "company": {"name": "Acme"}}, "errors { __typename }")
    read = "query ($id: ID!) { node(id: $id) { ... on ScoreChange { fromTotal total categories { key points } } } }"

    moves = [
        (await world.ask(read, {"id": fact["value"]}))["node"]
        for event in (await world.ask(TOLD, {"id": world.id(lead)}))["lead"]["events"]["nodes"]
        for fact in event["facts"]
        if fact["name"] == "scoreChange"
    ]

    totals = {(move["fromTotal"], move["total"]) for move in moves}
    assert totals == {(0, 2), (2, 7)}
    assert all(sum(category["points"] for category in move["categories"]) == move["total"] for move in moves)
