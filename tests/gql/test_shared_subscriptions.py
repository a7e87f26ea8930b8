"""What those who ask the same share: each event is answered once for all of them, whatever becomes of one of them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import orjson

from domain.access import Role
from gql.subscriptions.hub import Hub
from tests.gql.live_studio import STATUS, Studio, UnreliableExecutor, change_status, studio, swing
from tests.worlds import World

__all__ = ["studio"]


async def test_an_event_is_answered_once_for_all_who_ask_the_same(world: World, studio: Studio) -> None:
    lead = await world.lead()
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    async with (
        studio.watching(STATUS) as one,
        studio.watching(STATUS) as same,
        studio.watching(STATUS, {"leadIds": [world.id(lead)]}) as narrower,
        studio.watching(STATUS, viewer=world.viewer(Role.READ_ONLY)) as lesser,
        studio.watching(STATUS, {"after": start}) as later,
    ):
        assert studio.hub.figures == {world.workspace.id: 3}
        everybody = (one, same, narrower, lesser, later)
        # Whoever begins with a cursor first reads on in the table, alone; with the first event all are up to date.
        await swing(world, lead, 1)
        for each in everybody:
            await each.response()
        before = studio.executor.answered
        await swing(world, lead, 1, start=1)
        responses = [await each.response() for each in everybody]

    assert studio.executor.answered - before == 3, "three questions among five subscribers"
    assert responses[0] is responses[1]
    bodies = [orjson.loads(orjson.dumps(response.body())) for response in responses]
    assert len({body["data"]["leadStatusChanged"]["event"]["sequence"] for body in bodies}) == 1
    figures = studio.engine.figures
    assert (figures.answered, figures.not_planned, figures.fallen_back) == (studio.executor.answered, 0, 0)


async def test_those_who_come_back_to_one_place_share_what_they_missed(world: World, studio: Studio) -> None:
    lead = await world.lead()
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    await swing(world, lead, 4)
    async with AsyncExitStack() as stack:
        back = [await stack.enter_async_context(studio.watching(STATUS, {"after": start})) for _ in range(20)]
        told = await asyncio.gather(*(each.take(4) for each in back))

    assert [[change["event"]["sequence"] for change in each] for each in told] == [[1, 2, 3, 4]] * 20
    assert studio.executor.answered == 4


async def test_a_question_that_is_dear_to_answer_holds_no_other_back(world: World) -> None:
    studio = Studio(world, Hub(world.database, poll_seconds=0.05), UnreliableExecutor)
    held = UnreliableExecutor.held = asyncio.Event()
    lead = await world.lead()
    try:
        async with studio.watching("subscription { leadStatusChanged { forced status } }") as dear, studio.watching(STATUS) as cheap:
            # More pages than a group finds in memory when it comes to them.
            for number in range(12):
                await swing(world, lead, 1, start=number)
                assert (await cheap.next())["event"] == {"sequence": number + 1}
            held.set()
            assert [change["status"] for change in await dear.take(12)] == ["CONTACTED", "NURTURING"] * 6
    finally:
        UnreliableExecutor.held = None


async def test_what_cannot_be_answered_just_now_is_answered_later_and_once_for_all(world: World) -> None:
    studio = Studio(world, Hub(world.database, poll_seconds=0.05), UnreliableExecutor)
    assert isinstance(studio.executor, UnreliableExecutor)
    studio.executor.failures = 2
    lead, query = await world.lead(), "subscription { leadStatusChanged { forced status } }"
    async with studio.watching(query) as one, studio.watching(query) as other:
        await swing(world, lead, 2)
        assert [await each.take(2) for each in (one, other)] == [
            [{"forced": False, "status": "CONTACTED"}, {"forced": False, "status": "NURTURING"}]
        ] * 2
    assert studio.executor.failures == 0


async def test_a_set_is_looked_after_once_for_all_who_follow_it(world: World, studio: Studio) -> None:
    lead = await world.lead(country="PT")
    query = 'subscription { segmentChanged(filter: {country: {eq: "PT"}}) { change lead { id } } }'
    async with AsyncExitStack() as stack:
        followers = [await stack.enter_async_context(studio.watching(query)) for _ in range(5)]
        for each in followers:
            assert [message["change"] for message in await each.take(3)] == ["RESET", "SNAPSHOT", "SYNCED"]
        before = studio.executor.answered
        await change_status(world, lead, "CONTACTED")
        assert [await each.next() for each in followers] == [{"change": "CHANGED", "lead": {"id": world.id(lead)}}] * 5

    assert studio.executor.answered - before == 1


async def test_a_subscriber_that_stalls_costs_a_position_and_loses_nothing(world: World) -> None:
    studio = Studio(world, Hub(world.database, poll_seconds=0.05, keeps=8))
    lead = await world.lead()
    async with studio.watching(STATUS) as stalled, studio.watching(STATUS) as quick:
        await swing(world, lead, 40)
        assert [change["event"]["sequence"] for change in await quick.take(40)] == list(range(1, 41))
        (group,) = next(iter(studio.hub._feeds.values())).groups.values()  # pyright: ignore[reportPrivateUsage]
        kept = group.end - group.first

        assert [change["event"]["sequence"] for change in await stalled.take(40)] == list(range(1, 41))
    assert kept == 8
