"""The pool: whose data a connection reads, what becomes of it when something goes wrong, and what callers are told."""

# The pool's idle connections are what these tests are about.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.people import Team
from persistence.database import Database, Scope, TimeLimits, Writing
from persistence.failures import Deadlocked, Overloaded, StatementTimedOut, TransactionAborted, UniqueViolation, WrongWorkspace
from persistence.leads import lead_for_update
from persistence.people import add_teams
from persistence.statements import Constant
from tests.conftest import TestDatabase
from tests.worlds import World
from usecases.verbs import Work, verb

BACKEND = Constant(text("SELECT pg_backend_pid()"))
SETTING = Constant(text("SELECT current_setting('app.workspace')::uuid"))
TEAM_COUNT = Constant(text("SELECT count(*) FROM teams WHERE workspace_id = :workspace_id"))
SLEEP = Constant(text("SELECT pg_sleep(30)"))
IMPATIENT = Constant(text("SET LOCAL statement_timeout = 20"))
NOON = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)


@asynccontextmanager
async def pool(test_database: TestDatabase, size: int, limits: TimeLimits | None = None) -> AsyncGenerator[Database]:
    database = Database(test_database.dsn(), size=size, limits=limits)
    try:
        yield database
    finally:
        await database.close()


async def add_team(tx: Writing, name: str) -> None:
    await add_teams(tx, [Team(id=uuid7(), version=1, name=name, manager_id=None, created_at=NOON, updated_at=NOON)])


async def team_count(database: Database, scope: Scope) -> int:
    async with database.reading(scope) as db:
        return await db.fetch_value(TEAM_COUNT)


# Whose data a connection reads


async def test_readers_of_one_workspace_get_the_connection_that_already_names_it(world: World, test_database: TestDatabase) -> None:
    other = Scope(uuid7())
    async with pool(test_database, 2) as database:
        async with database.reading(world.scope) as first, database.reading(other) as second:
            ours, theirs = await first.fetch_value(BACKEND), await second.fetch_value(BACKEND)
        assert ours != theirs
        for scope, expected in ((world.scope, ours), (other, theirs), (other, theirs), (world.scope, ours)):
            async with database.reading(scope) as db:
                assert await db.fetch_value(BACKEND) == expected
                assert await db.fetch_value(SETTING) == scope.workspace_id


async def test_one_connection_serves_workspaces_in_turn(world: World, test_database: TestDatabase) -> None:
    async with pool(test_database, 1) as database:
        for workspace_id in (world.workspace.id, uuid7(), world.workspace.id, uuid7()):
            async with database.reading(Scope(workspace_id)) as db:
                assert await db.fetch_value(SETTING) == workspace_id


async def test_a_writer_leaves_the_setting_of_readers_alone(world: World, test_database: TestDatabase) -> None:
    other = Scope(uuid7())
    async with pool(test_database, 1) as database:
        async with database.reading(other) as db:
            assert await db.fetch_value(SETTING) == other.workspace_id
        async with database.writing(world.scope) as tx:
            assert await tx.fetch_value(SETTING) == world.workspace.id
        async with database.reading(other) as db:
            assert await db.fetch_value(SETTING) == other.workspace_id


class ForgetsToSet:
    """A connection on which naming the workspace has no effect."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        if "set_config" in query:
            query, arguments = "SELECT current_setting('app.workspace')", ()
        return await self._connection.fetchval(query, *arguments)


async def test_a_connection_that_keeps_another_workspace_answers_nothing(world: World, test_database: TestDatabase) -> None:
    async with pool(test_database, 1) as database:
        async with database.reading(Scope(uuid7())):
            pass
        session = database._idle[0]
        session.connection = cast(Any, ForgetsToSet(session.connection))

        with pytest.raises(WrongWorkspace):
            async with database.reading(world.scope) as db:
                await db.fetch_value(TEAM_COUNT)


# What becomes of a connection when something goes wrong


async def test_a_cancelled_writer_undoes_its_work_and_the_connection_lives_on(world: World, test_database: TestDatabase) -> None:
    async with pool(test_database, 1) as database:
        sleeping = asyncio.Event()

        async def write() -> int:
            async with database.writing(world.scope) as tx:
                await add_team(tx, "half done")
                backends.append(await tx.fetch_value(BACKEND))
                sleeping.set()
                return await tx.fetch_value(SLEEP)

        backends: list[int] = []
        task = asyncio.create_task(write())
        async with asyncio.timeout(10):
            await sleeping.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        async with database.reading(world.scope) as db:
            assert await db.fetch_value(BACKEND) == backends[0]
            assert await db.fetch_value(TEAM_COUNT) == 2


async def test_a_writer_cancelled_while_it_sends_many_rows_ends_at_once(world: World, test_database: TestDatabase) -> None:
    # More than fits between here and there: the driver has to wait while it sends.
    many = [Team(id=uuid7(), version=1, name=f"{n} {'x' * 200}", manager_id=None, created_at=NOON, updated_at=NOON) for n in range(20_000)]

    async def write() -> None:
        async with database.writing(world.scope) as tx:
            # Prepares the statement, so that next rows are all that is sent.
            await add_team(tx, "first")
            sending.set()
            await add_teams(tx, many)

    async with pool(test_database, 1) as database, asyncio.timeout(30):
        sending = asyncio.Event()
        task = asyncio.create_task(write())
        await sending.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert await team_count(database, world.scope) == 2


async def test_a_writer_cancelled_at_any_step_never_leaves_a_transaction_behind(world: World, test_database: TestDatabase) -> None:
    other = Scope(uuid7())

    async def write(name: str) -> None:
        async with database.writing(world.scope) as tx:
            await add_team(tx, name)

    async with pool(test_database, 1) as database:
        steps = 0
        while True:
            before = await team_count(database, world.scope)
            async with database.reading(other) as db:
                assert await db.fetch_value(SETTING) == other.workspace_id
            task = asyncio.create_task(write(f"step {steps}"))
            for _ in range(steps):
                # Sockets are looked at once a turn of the loop, so turns are the steps at which a cancellation can arrive.
                await asyncio.sleep(0)
            if task.done():
                break
            task.cancel()
            ended = await asyncio.gather(task, return_exceptions=True)
            assert isinstance(ended[0], asyncio.CancelledError | None), f"at step {steps}: {ended}"

            async with database.reading(other) as db:
                assert await db.fetch_value(SETTING) == other.workspace_id, f"cancelled at step {steps}"
            assert [session.connection.is_in_transaction() for session in database._idle] == [False], f"cancelled at step {steps}"
            assert await team_count(database, world.scope) in (before, before + 1)
            steps += 1
        assert steps > 5


async def test_a_failed_transaction_is_not_taken_for_a_committed_one(world: World, database: Database) -> None:
    async def go_on_after_a_failure() -> None:
        async with database.writing(world.scope) as tx:
            await add_team(tx, "Gold")
            with pytest.raises(UniqueViolation, match="uq_teams"):
                await add_team(tx, "Gold")

    with pytest.raises(TransactionAborted):
        await go_on_after_a_failure()
    assert await team_count(database, world.scope) == 2


async def test_an_exception_undoes_everything(world: World, database: Database) -> None:
    async def fail() -> None:
        async with database.writing(world.scope) as tx:
            await add_team(tx, "Gold")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await team_count(database, world.scope) == 2


async def test_a_lost_connection_is_replaced(world: World, test_database: TestDatabase) -> None:
    async with pool(test_database, 1) as database:
        async with database.reading(world.scope) as db:
            backend = await db.fetch_value(BACKEND)
        connection = database._idle[0].connection
        gone = asyncio.Event()
        connection.add_termination_listener(lambda _connection: gone.set())
        async with admin(test_database) as superuser:
            await superuser.execute("SELECT pg_terminate_backend($1)", backend)
        async with asyncio.timeout(10):
            await gone.wait()

        async with database.reading(world.scope) as db:
            assert await db.fetch_value(BACKEND) != backend


# What callers are told


async def test_a_full_pool_refuses_instead_of_making_callers_wait_for_ever(world: World, test_database: TestDatabase) -> None:
    async with pool(test_database, 1) as database:
        async with database.reading(world.scope):
            with pytest.raises(Overloaded):
                async with database.reading(world.scope):
                    pass
        assert await team_count(database, world.scope) == 2


async def test_a_statement_that_runs_too_long_is_stopped(world: World, database: Database) -> None:
    async with database.writing(world.scope) as tx:
        await tx.execute(IMPATIENT)
        await tx.savepoint()
        with pytest.raises(StatementTimedOut):
            await tx.fetch(SLEEP)
        await tx.roll_back_to_savepoint()


@asynccontextmanager
async def admin(test_database: TestDatabase) -> AsyncGenerator[asyncpg.Connection[asyncpg.Record]]:
    connection = await asyncpg.connect(test_database.dsn("SUPERUSER"))
    try:
        yield connection
    finally:
        await connection.close()


async def test_waiting_too_long_for_a_lock_is_answered_as_overload(world: World, test_database: TestDatabase) -> None:
    async with admin(test_database) as superuser, superuser.transaction(), pool(test_database, 2, TimeLimits(lock=0.1)) as world.database:
        await superuser.execute("LOCK TABLE tags")
        body = await world.answer("{ tags { nodes { id } } }")
    assert body["data"] is None
    assert [error["extensions"]["code"] for error in body["errors"]] == ["OVERLOADED"]


# Deadlocks


async def test_the_victim_of_a_deadlock_tries_again(world: World) -> None:
    leads = [await world.lead(), await world.lead()]
    both_hold_one = asyncio.Barrier(2)
    attempts: list[UUID] = []

    @verb
    async def lock_both(work: Work, first: UUID, second: UUID) -> UUID:
        await lead_for_update(work.tx, [first])
        attempts.append(first)
        if attempts.count(first) == 1:
            await both_hold_one.wait()
        await lead_for_update(work.tx, [second])
        return first

    one, two = (lead.id for lead in leads)
    assert await asyncio.gather(lock_both(world.call(), one, two), lock_both(world.call(), two, one)) == [one, two]
    assert len(attempts) == 3


async def test_a_verb_gives_up_after_four_attempts(world: World) -> None:
    attempts = 0

    @verb
    async def unlucky(_work: Work) -> None:
        nonlocal attempts
        attempts += 1
        raise Deadlocked

    with pytest.raises(Deadlocked):
        await unlucky(world.call())
    assert attempts == 4
