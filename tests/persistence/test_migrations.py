"""Migrations: one line of them, and the same tables as the code."""

# Taking a step back is nothing that the application offers.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from persistence import migrating
from persistence.database import Database
from persistence.revisions import MIGRATIONS, head, is_at_head
from tests.conftest import APPLICATION, OWNER, TestDatabase
from tests.worlds import build_world


@pytest.fixture
async def empty(test_database: TestDatabase) -> AsyncIterator[TestDatabase]:
    """A database without tables."""
    fresh = TestDatabase(f"empty_{uuid7().hex}")
    connection = await asyncpg.connect(test_database.dsn("SUPERUSER"))
    await connection.execute(f"CREATE DATABASE {fresh.name} OWNER {OWNER}")
    yield fresh
    await connection.execute(f"DROP DATABASE {fresh.name} WITH (FORCE)")
    await connection.close()


async def tables_of(database: TestDatabase) -> set[str]:
    connection = await asyncpg.connect(database.dsn("OWNER"))
    try:
        rows = await connection.fetch("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        return {row["relname"] for row in rows}
    finally:
        await connection.close()


def taken(operation: Callable[[Config, str], None], revision: str) -> Callable[[Connection], None]:
    return lambda connection: operation(migrating._config(connection), revision)


async def walk(database: TestDatabase, *steps: Callable[[Connection], None]) -> None:
    engine = migrating._engine(database.dsn("OWNER"))
    for step in steps:
        async with engine.begin() as connection:
            await connection.run_sync(step)
    await engine.dispose()


async def test_the_migrated_tables_are_those_of_the_code(test_database: TestDatabase) -> None:
    assert await migrating.drift(test_database.dsn("OWNER")) == []
    assert await migrating.current_revision(test_database.dsn("OWNER")) == head()


def test_there_is_one_line_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [head()]


async def test_a_start_learns_without_migrating_whether_there_is_anything_to_migrate(empty: TestDatabase) -> None:
    assert not await is_at_head(empty.dsn("OWNER"))
    await migrating.migrate(empty.dsn("OWNER"), APPLICATION)
    assert await is_at_head(empty.dsn("OWNER"))
    await walk(empty, taken(command.downgrade, "-1"))
    assert not await is_at_head(empty.dsn("OWNER"))


async def test_migrating_again_changes_nothing(test_database: TestDatabase) -> None:
    before = await tables_of(test_database)
    assert await migrating.migrate(test_database.dsn("OWNER"), APPLICATION) == head()
    assert await tables_of(test_database) == before


async def test_two_processes_that_migrate_at_once_wait_for_each_other(empty: TestDatabase) -> None:
    revisions = await asyncio.gather(*(migrating.migrate(empty.dsn("OWNER"), APPLICATION) for _ in range(2)))
    assert revisions == [head()] * 2


async def test_every_step_can_be_taken_back(empty: TestDatabase) -> None:
    await migrating.migrate(empty.dsn("OWNER"), APPLICATION)
    await walk(empty, taken(command.downgrade, "base"))

    assert await tables_of(empty) == {"alembic_version"}
    assert await migrating.migrate(empty.dsn("OWNER"), APPLICATION) == head()


_EVENTS = "SELECT id, lead_id, sequence, xid::text, type, at, changes, cause, actor_kind FROM events ORDER BY id"
_SOME_EVENTS = """
INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, actor_kind)
SELECT $1, (lpad(to_hex((extract(epoch FROM written) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n), 19, '0'))::uuid,
       $2, n, 'LEAD_UPDATED', written - interval '400 days', jsonb_build_object('n', n), 'IMPORT', 'SYSTEM'
FROM generate_series(1, 400) AS n, LATERAL (SELECT now() + (n - 396) * interval '30 hours') AS d (written)
"""


async def test_events_are_kept_when_the_feed_is_divided_and_when_it_is_united_again(empty: TestDatabase) -> None:
    await migrating.migrate(empty.dsn("OWNER"), APPLICATION)
    database = Database(empty.dsn(), size=1)
    workspace = (await build_world(database)).workspace.id
    await database.close()
    await walk(empty, taken(command.downgrade, "0002"))
    owner, superuser = await asyncpg.connect(empty.dsn("OWNER")), await asyncpg.connect(empty.dsn("SUPERUSER"))
    await owner.execute(f"GRANT SELECT, INSERT ON events TO {APPLICATION}; SET app.workspace = '{workspace}'")
    await superuser.execute(_SOME_EVENTS, workspace, uuid7())
    before = await superuser.fetch(_EVENTS)

    await migrating.migrate(empty.dsn("OWNER"), APPLICATION)

    assert await superuser.fetch(_EVENTS) == before
    # The last four are of somebody whose clock was ahead.
    places = await superuser.fetch("SELECT tableoid::regclass::text AS place, count(*) AS count FROM events GROUP BY 1 ORDER BY 2")
    assert [row["count"] for row in places] == [4, 396]
    assert places[1]["place"] == "feed.events_first"
    assert not await superuser.fetchval("SELECT has_table_privilege($1, 'feed.events_first', 'SELECT, INSERT')", APPLICATION)
    assert await owner.fetchval("SELECT count(*) FROM events") == 400
    await owner.execute("SET app.workspace = '00000000-0000-0000-0000-000000000000'")
    assert await owner.fetchval("SELECT count(*) FROM events") == 0
    await walk(empty, taken(command.downgrade, "0002"))
    assert await superuser.fetch(_EVENTS) == before
    await owner.close()
    await superuser.close()


@pytest.mark.parametrize("name", ["", 'a"; DROP TABLE leads; --', "1st", "x" * 64])
async def test_a_role_with_an_odd_name_is_refused(test_database: TestDatabase, name: str) -> None:
    with pytest.raises(migrating.BadRoleName):
        await migrating.migrate(test_database.dsn("OWNER"), name)
