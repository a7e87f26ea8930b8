"""Locks on names."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from persistence.database import Database, Scope
from persistence.locks import MAX_NAMES, lock_names
from tests.worlds import World, build_world

A, B, C = ("reference", "crm", "1"), ("reference", "crm", "2"), ("email", "rosa@acme.example")
MANY = [("email", str(number)) for number in range(MAX_NAMES + 1)]
SOON = 0.2


async def holds(database: Database, scope: Scope, names: Sequence[tuple[str, ...]], held: asyncio.Event, done: asyncio.Event) -> None:
    async with database.writing(scope) as tx:
        await lock_names(tx, names)
        held.set()
        await done.wait()


async def waits(
    database: Database, first: Scope, names: Sequence[tuple[str, ...]], second: Scope, others: Sequence[tuple[str, ...]]
) -> bool:
    """Tell whether a transaction that wants `others` waits for one that holds `names`."""
    held, got, done = asyncio.Event(), asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(holds(database, first, names, held, done))
        await held.wait()
        tasks.create_task(holds(database, second, others, got, done))
        try:
            await asyncio.wait_for(got.wait(), SOON)
        except TimeoutError:
            return True
        finally:
            done.set()
    return False


@pytest.mark.parametrize(
    ("names", "others", "waiting"),
    [
        ([A], [A], True),
        ([A], [B], False),
        ([A, B], [C, B], True),
        ([A, B], [C], False),
        (MANY, [A], True),
        ([A], MANY, True),
        (MANY, MANY, True),
        ([A], [], False),
    ],
)
async def test_whoever_wants_a_name_waits_for_who_holds_it(
    world: World, database: Database, names: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]], waiting: bool
) -> None:
    assert await waits(database, world.scope, names, world.scope, others) is waiting


@pytest.mark.parametrize("names", [[A], MANY])
async def test_workspaces_do_not_wait_for_each_other(world: World, database: Database, names: Sequence[tuple[str, ...]]) -> None:
    other = await build_world(database)

    assert not await waits(database, world.scope, names, other.scope, names)


async def test_a_transaction_may_ask_for_its_names_again(world: World, database: Database) -> None:
    async with database.writing(world.scope) as tx:
        await lock_names(tx, [A, B])
        await lock_names(tx, [B, C])
