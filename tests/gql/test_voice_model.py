"""A workspace that calls chooses the voice model: calls make the score, and time alone takes it down again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.access import system_viewer
from tests.models import chosen, model_id, rescored
from tests.worlds import World
from usecases.scoring.rescore_due import rescore_due_leads
from usecases.verbs import Call


async def call(world: World, lead: Any, outcome: str, seconds: int = 0) -> None:
    payload = await world.tell(
        "recordContactAttempt",
        {
            "leadId": world.id(lead),
            "channel": "PHONE",
            "direction": "OUTBOUND",
            "outcome": outcome,
            "occurredAt": world.at.isoformat(),
            "durationSeconds": seconds,
        },
        "errors { __typename }",
    )
    assert payload == {"errors": []}


async def score(world: World, lead: Any) -> dict[str, Any]:
    selection = "score { total categories { key points } } scoreHistory { nodes { total cause } }"
    query = f"query ($id: ID!) {{ lead(id: $id) {{ {selection} }} }}"
    found = (await world.ask(query, {"id": world.id(lead)}))["lead"]
    conversation = {category["key"]: category["points"] for category in found["score"]["categories"]}["conversation"]
    return {
        "total": found["score"]["total"],
        "conversation": conversation,
        "history": [(e["total"], e["cause"]) for e in found["scoreHistory"]["nodes"]],
    }


async def pass_time(world: World, span: timedelta) -> int:
    """Let time pass, and the service's task look after it."""
    world.at += span
    return await rescore_due_leads(Call(world.database, system_viewer(world.workspace.id), world.at))


async def test_calls_are_scored_at_once_and_fade_by_half_in_a_fortnight(world: World) -> None:
    lead = await world.lead(title="CEO")
    await chosen(world, await model_id(world, "voice"))
    assert await rescored(world) == 1
    start = world.at

    await call(world, lead, "INTERESTED", 300)
    assert await score(world, lead) == {
        "total": 26,
        "conversation": 16,
        "history": [(26, "CONTACT_ATTEMPT"), (10, "MODEL_PUBLISHED"), (10, "FIELD_CHANGE")],
    }
    await call(world, lead, "MEETING_BOOKED", 60)
    assert (await score(world, lead))["conversation"] == 35

    # 6 + 6 connected, 10 interested, 15 booked make 37, of which 35 count; they fall below 34.5 after 1.41 days.
    assert await pass_time(world, timedelta(days=1)) == 0
    assert await pass_time(world, timedelta(days=1)) == 1
    assert (await score(world, lead))["conversation"] == 34
    world.at = start
    assert await pass_time(world, timedelta(days=14)) == 1
    fortnight = await score(world, lead)
    assert (fortnight["total"], fortnight["conversation"]) == (29, 19)
    assert fortnight["history"][0] == (29, "TIME")
    world.at = start
    assert await pass_time(world, timedelta(days=28)) == 1
    assert (await score(world, lead))["conversation"] == 9


async def test_a_refusal_takes_away_and_never_below_nothing(world: World) -> None:
    await chosen(world, await model_id(world, "voice"))
    lead = await world.lead(title="CEO")

    await call(world, lead, "CALLBACK_REQUESTED", 30)
    assert (await score(world, lead))["conversation"] == 10
    await call(world, lead, "NOT_INTERESTED", 20)
    after = await score(world, lead)

    assert (after["total"], after["conversation"]) == (10, 0)


async def test_going_back_to_the_standard_model_forgets_no_call(world: World) -> None:
    lead = await world.lead()
    await call(world, lead, "MEETING_BOOKED", 90)
    for key, total in (("voice", 21), ("standard", 2), ("voice", 21)):
        await chosen(world, await model_id(world, key))
        await rescored(world)
        found = (await world.ask("query ($id: ID!) { lead(id: $id) { score { total model { key } } } }", {"id": world.id(lead)}))["lead"]
        assert found == {"score": {"total": total, "model": {"key": key}}}
