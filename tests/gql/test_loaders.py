"""The loaders of a request: one batch for many keys, and cancellations that hurt nobody else."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import text

from gql.context import Context
from gql.loaders import CONNECTIONS_PER_REQUEST, BatchCancelled, Loaders
from persistence.database import Reading
from persistence.statements import Constant
from tests.worlds import World

BACKEND = Constant(text("SELECT pg_backend_pid()"))


class Batches:
    """A batch function that waits until it is told to go on, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[Any]] = []
        self.backends: list[int] = []
        self.began = asyncio.Event()
        self.may_end = asyncio.Event()
        self.running = 0
        self.most_running = 0

    async def double(self, db: Reading, keys: Sequence[int], *_arguments: object) -> Mapping[int, int]:
        self.asked.append(list(keys))
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        self.backends.append(await db.fetch_value(BACKEND))
        self.began.set()
        await self.may_end.wait()
        self.running -= 1
        return {key: 2 * key for key in keys if key >= 0}


@pytest.fixture
async def loaders(world: World) -> Loaders:
    return Loaders(world.database, world.scope)


async def waiting(loaders: Loaders, batches: Batches, *keys: int) -> list[asyncio.Task[Any]]:
    """Start a task for each key, all in one tick, and wait until their batch runs."""

    async def load(key: int) -> Any:
        return await loaders.load(batches.double, key)

    tasks = [asyncio.create_task(load(key)) for key in keys]
    async with asyncio.timeout(10):
        await batches.began.wait()
    return tasks


async def test_keys_of_one_tick_are_loaded_together_and_each_once(loaders: Loaders) -> None:
    batches = Batches()
    batches.may_end.set()
    assert await asyncio.gather(*(loaders.load(batches.double, key) for key in (1, 2, 1, -1))) == [2, 4, 2, None]
    assert await loaders.load(batches.double, 2) == 4
    assert batches.asked == [[1, 2, -1]]


async def test_other_arguments_are_another_batch(loaders: Loaders) -> None:
    batches = Batches()
    batches.may_end.set()
    await asyncio.gather(loaders.load(batches.double, 1, "a"), loaders.load(batches.double, 1, "b"))
    assert batches.asked == [[1], [1]]


class Thing:
    """Something that is read."""


async def things(_db: Reading, keys: Sequence[int], *_wanted: object) -> Mapping[int, Thing]:
    return {key: Thing() for key in keys}


async def test_what_was_loaded_goes_with_the_request_even_if_something_still_refers_to_its_context(world: World) -> None:
    context = Context(world.database, world.viewer(), world.at, "test")
    one = weakref.ref(await context.loaders.load(things, 1))
    many = weakref.ref((await context.loaders.batch(things, [1, 2], wanted=("name",)))[2])
    assert one() is not None
    assert many() is not None
    await context.close()
    assert (one(), many()) == (None, None)


async def test_what_was_loaded_is_forgotten_after_a_change(loaders: Loaders) -> None:
    batches = Batches()
    batches.may_end.set()
    await loaders.load(batches.double, 1)
    loaders.forget()
    await loaders.load(batches.double, 1)
    assert batches.asked == [[1], [1]]


async def test_who_gives_up_waiting_neither_spoils_the_key_nor_the_batch(loaders: Loaders) -> None:
    batches = Batches()
    first, second, same = await waiting(loaders, batches, 1, 2, 1)

    first.cancel()
    assert isinstance((await asyncio.gather(first, return_exceptions=True))[0], asyncio.CancelledError)
    batches.may_end.set()

    async with asyncio.timeout(10):
        assert await asyncio.gather(second, same) == [4, 2]
        assert await loaders.load(batches.double, 1) == 2
    assert batches.asked == [[1, 2]]


async def test_a_value_that_everybody_gave_up_on_can_be_asked_for_again(loaders: Loaders) -> None:
    batches = Batches()
    (only,) = await waiting(loaders, batches, 1)
    only.cancel()
    await asyncio.gather(only, return_exceptions=True)

    again = asyncio.ensure_future(loaders.load(batches.double, 1))
    batches.may_end.set()
    async with asyncio.timeout(10):
        assert await again == 2


async def test_a_batch_that_is_cancelled_wakes_all_who_wait_for_it(loaders: Loaders) -> None:
    batches = 0

    async def cancelled(_db: Reading, _keys: Sequence[int]) -> Mapping[int, int]:
        nonlocal batches
        batches += 1
        raise asyncio.CancelledError

    async with asyncio.timeout(10):
        ended = await asyncio.gather(*(loaders.load(cancelled, key) for key in (1, 2)), return_exceptions=True)
    assert [type(each) for each in ended] == [BatchCancelled, BatchCancelled]
    assert batches == 1


async def test_a_failed_batch_tells_everybody_and_is_tried_again_when_asked_again(loaders: Loaders) -> None:
    attempts: list[Sequence[int]] = []

    async def fails_once(_db: Reading, keys: Sequence[int]) -> Mapping[int, int]:
        attempts.append(list(keys))
        if len(attempts) == 1:
            raise LookupError
        return dict.fromkeys(keys, 7)

    ended = await asyncio.gather(*(loaders.load(fails_once, key) for key in (1, 2)), return_exceptions=True)
    assert [type(each) for each in ended] == [LookupError, LookupError]
    assert await loaders.load(fails_once, 1) == 7
    assert attempts == [[1, 2], [1]]


async def test_batches_at_once_have_connections_of_their_own_and_not_more_than_a_few(loaders: Loaders) -> None:
    batches = Batches()
    loads = [asyncio.ensure_future(loaders.load(batches.double, 1, number)) for number in range(CONNECTIONS_PER_REQUEST + 3)]
    async with asyncio.timeout(10):
        while batches.running < CONNECTIONS_PER_REQUEST or len(batches.backends) < CONNECTIONS_PER_REQUEST:  # noqa: ASYNC110
            await asyncio.sleep(0)
        batches.may_end.set()
        await asyncio.gather(*loads)
    assert batches.most_running == CONNECTIONS_PER_REQUEST
    assert len(set(batches.backends[:CONNECTIONS_PER_REQUEST])) == CONNECTIONS_PER_REQUEST
