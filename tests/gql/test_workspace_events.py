"""Events that belong to no lead: everybody who may read leads pulls them, and nobody who watches leads is told of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from domain.access import Role, Viewer
from domain.events import EventType
from gql.errors import PUBLIC_ERRORS
from gql.execution import GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.schema import SCHEMA
from gql.subscriptions.hub import Hub
from gql.subscriptions.live_operations import LiveOperations
from tests.worlds import World
from usecases.telling import tell_workspace
from usecases.verbs import Work, verb

PATIENCE = 120
FEED = """
query ($after: Cursor, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    events { id type sequence changes { field old new } facts { name value } actor { kind } lead { id } }
    cursor
  }
}
"""


@verb
async def go_over_to_voice(work: Work) -> None:
    await tell_workspace(work, EventType.SCORING_MODEL_CHOSEN, {"scoring_model": ["standard", "voice"], "why": "We call."})


async def pulled(world: World, after: str, count: int, *, viewer: Viewer | None = None, **variables: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while len(found) < count:
            page = (await world.ask(FEED, {"after": after, **variables}, viewer=viewer))["events"]
            found += page["events"]
            after = page["cursor"]
    return found


async def present(world: World) -> str:
    return (await world.ask(FEED))["events"]["cursor"]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AGENT, Role.READ_ONLY])
async def test_everybody_who_may_read_leads_sees_it(world: World, role: Role) -> None:
    start = await present(world)
    await go_over_to_voice(world.call())

    viewer = world.viewer(role, world.ada if role is Role.AGENT else None)
    (event,) = await pulled(world, start, 1, viewer=viewer)
    again = await world.ask("query ($id: ID!) { node(id: $id) { ... on Event { type } } }", {"id": event["id"]}, viewer=viewer)

    del event["id"]
    assert event == {
        "type": "SCORING_MODEL_CHOSEN",
        "sequence": None,
        "changes": [{"field": "scoringModel", "old": "standard", "new": "voice"}],
        "facts": [{"name": "why", "value": "We call."}],
        "actor": {"kind": "API_KEY"},
        "lead": None,
    }
    assert again == {"node": {"type": "SCORING_MODEL_CHOSEN"}}


async def test_it_lies_in_one_order_with_the_leads_own_and_filters_tell_them_apart(world: World) -> None:
    lead, start = await world.lead(), await present(world)
    await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "CONTACTED"}, "errors { __typename }")
    await go_over_to_voice(world.call())
    await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "NURTURING"}, "errors { __typename }")

    everything = await pulled(world, start, 3)
    of_the_lead = await pulled(world, start, 2, filter={"leadIds": [world.id(lead)]})
    of_the_workspace = await pulled(world, start, 1, filter={"types": ["SCORING_MODEL_CHOSEN"]})

    assert [(event["type"], event["sequence"]) for event in everything] == [
        ("LEAD_STATUS_CHANGED", 1),
        ("SCORING_MODEL_CHOSEN", None),
        ("LEAD_STATUS_CHANGED", 2),
    ]
    assert [event["sequence"] for event in of_the_lead] == [1, 2]
    assert [event["id"] for event in of_the_workspace] == [everything[1]["id"]]


@pytest.fixture
async def hub(world: World) -> AsyncGenerator[Hub]:
    hub = Hub(world.database, poll_seconds=0.05)
    yield hub
    assert hub.figures == {}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AGENT])
async def test_whoever_watches_leads_is_not_told_of_it(world: World, hub: Hub, role: Role) -> None:
    lead = await world.lead(owner_id=world.ada.id)
    live = LiveOperations(GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS), world.database, hub, now=lambda: world.at)
    request = GraphQLRequest("subscription { leadChanged { event { type } lead { id } } }", {})
    answers = await live.subscribe(request, world.viewer(role, world.ada if role is Role.AGENT else None), request_id="test")
    assert not isinstance(answers, GraphQLResponse)

    await go_over_to_voice(world.call())
    await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "CONTACTED"}, "errors { __typename }")
    async with asyncio.timeout(PATIENCE):
        first = (await anext(answers)).body()
    await answers.aclose()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    assert first["data"]["leadChanged"] == {"event": {"type": "LEAD_STATUS_CHANGED"}, "lead": {"id": world.id(lead)}}
