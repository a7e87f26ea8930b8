"""What tests share: an embedded PostgreSQL, one database a worker copied from a template, and a workspace of their own each."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import structlog

from persistence import embedded
from persistence.database import Database, TimeLimits
from persistence.migrating import migrate
from tests.worlds import World, build_world

# Plain tracebacks: the coloured ones with local variables take minutes where an error is provoked a thousand times.
structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])

OWNER = "leadgraph_owner"
APPLICATION = "leadgraph_app"
TEMPLATE = "leadgraph_template"


async def _prepare_template(cluster: embedded.EmbeddedPostgres) -> None:
    connection = await asyncpg.connect(cluster.dsn(embedded.SUPERUSER, "postgres"))
    await connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")
    await connection.execute(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}")
    await connection.close()
    await migrate(cluster.dsn(OWNER, TEMPLATE), APPLICATION)


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster once, before any worker: the controller owns it, workers are told where it is."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    directory = Path(tempfile.mkdtemp(prefix="leadgraph-tests-"))
    cluster = embedded.start(directory, durable=False)
    asyncio.run(_prepare_template(cluster))
    config.stash[_CLUSTER] = (cluster, directory)
    os.environ["LEADGRAPH_TEST_SUPERUSER_DSN"] = cluster.dsn(embedded.SUPERUSER, "{database}")
    os.environ["LEADGRAPH_TEST_OWNER_DSN"] = cluster.dsn(OWNER, "{database}")
    os.environ["LEADGRAPH_TEST_DSN"] = cluster.dsn(APPLICATION, "{database}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the cluster and remove its files."""
    owned = config.stash.get(_CLUSTER, None)
    if owned is not None:
        owned[0].stop()
        shutil.rmtree(owned[1], ignore_errors=True)


_CLUSTER = pytest.StashKey[tuple[embedded.EmbeddedPostgres, Path]]()


class TestDatabase:
    """Where this worker's database is, for each of the roles."""

    __test__ = False

    def __init__(self, name: str) -> None:
        self.name = name

    def dsn(self, kind: str = "") -> str:
        """Return the DSN for the application's role, or for "OWNER" or "SUPERUSER"."""
        return (
            os.environ[f"LEADGRAPH_TEST_{kind}_DSN" if kind else "LEADGRAPH_TEST_DSN"]
            .replace("%7Bdatabase%7D", "{database}")
            .format(database=self.name)
        )


@pytest.fixture(scope="session")
def test_database(worker_id: str) -> TestDatabase:
    """Copy the template for this worker."""
    database = TestDatabase(f"leadgraph_{worker_id}")

    async def create() -> None:
        connection = await asyncpg.connect(TestDatabase("postgres").dsn("SUPERUSER"))
        await connection.execute("SELECT pg_advisory_lock(1)")
        await connection.execute(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {database.name} TEMPLATE {TEMPLATE} OWNER {OWNER}")
        await connection.close()

    asyncio.run(create())
    return database


# A busy machine may be slow; how the service behaves when its own limits are reached has tests of its own.
PATIENT = TimeLimits(checkout=60, statement=60, lock=30, idle_in_transaction=120)


@pytest.fixture(scope="session")
async def database(test_database: TestDatabase) -> AsyncIterator[Database]:
    """Connect as the application does."""
    database = Database(test_database.dsn(), size=10, limits=PATIENT)
    yield database
    await database.close()


@pytest.fixture
async def world(database: Database) -> World:
    """Give the test a workspace of its own, with people, a pipeline and a way to ask."""
    return await build_world(database)
