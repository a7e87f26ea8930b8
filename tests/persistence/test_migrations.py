"""Migrations: one line of them, and the same tables as the code."""

# Taking a step back is nothing that the application offers.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from persistence import migrating
from tests.conftest import APPLICATION, OWNER, TestDatabase


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


async def test_the_migrated_tables_are_those_of_the_code(test_database: TestDatabase) -> None:
    assert await migrating.drift(test_database.dsn("OWNER")) == []
    assert await migrating.current_revision(test_database.dsn("OWNER")) == migrating.head()


def test_there_is_one_line_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating._MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrating.head()]


async def test_migrating_again_changes_nothing(test_database: TestDatabase) -> None:
    before = await tables_of(test_database)
    assert await migrating.migrate(test_database.dsn("OWNER"), APPLICATION) == migrating.head()
    assert await tables_of(test_database) == before


async def test_two_processes_that_migrate_at_once_wait_for_each_other(empty: TestDatabase) -> None:
    revisions = await asyncio.gather(*(migrating.migrate(empty.dsn("OWNER"), APPLICATION) for _ in range(2)))
    assert revisions == [migrating.head()] * 2


async def test_every_step_can_be_taken_back(empty: TestDatabase) -> None:
    def down(connection: Connection) -> None:
        command.downgrade(migrating._config(connection), "base")

    await migrating.migrate(empty.dsn("OWNER"), APPLICATION)
    engine = migrating._engine(empty.dsn("OWNER"))
    async with engine.begin() as connection:
        await connection.run_sync(down)
    await engine.dispose()

    assert await tables_of(empty) == {"alembic_version"}
    assert await migrating.migrate(empty.dsn("OWNER"), APPLICATION) == migrating.head()


@pytest.mark.parametrize("name", ["", 'a"; DROP TABLE leads; --', "1st", "x" * 64])
async def test_a_role_with_an_odd_name_is_refused(test_database: TestDatabase, name: str) -> None:
    with pytest.raises(migrating.BadRoleName):
        await migrating.migrate(test_database.dsn("OWNER"), name)
