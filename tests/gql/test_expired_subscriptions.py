"""Subscriptions that would have to tell of events that are gone: they say so, and are never silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.access import system_viewer
from gql.errors import ErrorCode, PublicError
from tests.gql.test_subscriptions import STATUS, Studio, studio, swing
from tests.worlds import World
from usecases.forget_events import expire_cursors
from usecases.verbs import Call

__all__ = ["studio"]
SET = "subscription ($after: Cursor) { segmentChanged(filter: {}, after: $after) { change } }"


async def present(world: World) -> str:
    return (await world.ask("{ events { cursor } }"))["events"]["cursor"]


async def expire(world: World, since: datetime) -> None:
    await expire_cursors(Call(world.database, system_viewer(world.workspace.id), world.at), since)


async def test_a_cursor_of_events_that_are_gone_is_refused(world: World, studio: Studio) -> None:
    start = await present(world)
    await expire(world, world.at + timedelta(seconds=1))

    assert await studio.refusal(STATUS, {"after": start}) == "CURSOR_EXPIRED"


@pytest.mark.parametrize("query", [STATUS, SET], ids=["changes", "a set"])
async def test_a_stream_ends_when_events_go_that_it_has_not_read_yet(world: World, studio: Studio, query: str) -> None:
    lead, start = await world.lead(), await present(world)
    await swing(world, lead, 101)
    async with studio.watching(STATUS, {"after": start}) as everything:
        assert len(await everything.take(101)) == 101

    # When it was asked for, all was there.
    async with studio.watching(query, {"after": start}) as watching:
        await expire(world, datetime.now(UTC) + timedelta(minutes=1))
        with pytest.raises(PublicError) as ended:
            await watching.take(101)
    assert ended.value.code is ErrorCode.CURSOR_EXPIRED


async def test_a_stream_that_has_read_everything_goes_on_whatever_goes(world: World, studio: Studio) -> None:
    lead, start = await world.lead(), await present(world)
    await swing(world, lead, 1)
    async with studio.watching(STATUS, {"after": start}) as watching:
        await watching.take(1)
        await expire(world, datetime.now(UTC) - timedelta(minutes=1))
        await swing(world, lead, 2)
        assert (await watching.next())["event"]["sequence"] == 2
