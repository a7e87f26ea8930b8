"""PostgreSQL is killed: what was acknowledged is there afterwards, callers are told at once, and nobody has to restart anything."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from persistence import embedded
from persistence.database import Database
from persistence.failures import DatabaseUnavailable, Overloaded
from persistence.migrating import migrate
from tests.conftest import APPLICATION, OWNER
from tests.worlds import World, build_world

PATIENCE = 10
KILLS = 3
WRITERS = 4
# Each run must have done some work before and between the kills, or it proves nothing.
LEAST_ACKNOWLEDGED = 15
NAME = "leads"
COMPANIES = """
    query ($after: Cursor) {
        leads(first: 100, after: $after) { nodes { company { name } } pageInfo { hasNextPage endCursor } }
    }
"""


class Cluster:
    """A durable PostgreSQL of the test's own."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._running = embedded.start(directory)

    def dsn(self, role: str, name: str = NAME) -> str:
        return self._running.dsn(role, name)

    async def prepare(self) -> None:
        connection = await asyncpg.connect(self.dsn(embedded.SUPERUSER, "postgres"))
        await connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")
        await connection.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
        await connection.close()
        await migrate(self.dsn(OWNER), APPLICATION)

    def kill(self) -> None:
        assert self._running.pid is not None
        os.kill(self._running.pid, signal.SIGKILL)

    async def kill_all(self) -> None:
        """Kill it and wait until nobody answers for it any more: its backends notice a moment later."""
        backends = [Path("/proc", pid) for pid in Path(f"/proc/{self._running.pid}/task/{self._running.pid}/children").read_text().split()]
        self.kill()
        async with asyncio.timeout(PATIENCE):
            while True:
                if not any(backend.exists() for backend in backends):
                    return
                await asyncio.sleep(0.01)

    def start_again(self) -> None:
        self._running.stop()
        self._running = embedded.start(self._directory)

    def stop(self) -> None:
        self._running.stop()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path / "cluster")
    yield cluster
    cluster.stop()


@asynccontextmanager
async def connected(cluster: Cluster) -> AsyncGenerator[Database]:
    database = Database(cluster.dsn(APPLICATION), size=6)
    try:
        yield database
    finally:
        await database.close()


async def test_an_outage_is_told_at_once_and_ends_by_itself(cluster: Cluster) -> None:
    await cluster.prepare()
    async with connected(cluster) as database:
        world = await build_world(database)
        lead = await world.lead()
        await cluster.kill_all()

        for _ in range(3):
            async with asyncio.timeout(1.5):
                body = await world.answer("query ($id: ID!) { lead(id: $id) { id } }", {"id": world.id(lead)})
            assert [error["extensions"]["code"] for error in body["errors"]] == ["DATABASE_UNAVAILABLE"]
            async with asyncio.timeout(1.5):
                with pytest.raises(DatabaseUnavailable):
                    await world.lead()

        await asyncio.to_thread(cluster.start_again)
        async with asyncio.timeout(3):
            assert await world.ask("query ($id: ID!) { lead(id: $id) { id } }", {"id": world.id(lead)}) == {"lead": {"id": world.id(lead)}}
            assert (await world.lead()).version == 1


async def test_what_was_acknowledged_survives_every_kill(cluster: Cluster) -> None:
    await cluster.prepare()
    async with connected(cluster) as database:
        world = await build_world(database)
        acknowledged: set[str] = set()
        tried: set[str] = set()
        done = asyncio.Event()

        async def write(writer: int) -> None:
            number = 0
            while not done.is_set():
                name = f"{writer}-{number}"
                number += 1
                tried.add(name)
                try:
                    await world.lead(company=name)
                except (DatabaseUnavailable, Overloaded):
                    await asyncio.sleep(0.01)
                else:
                    acknowledged.add(name)

        writers = [asyncio.create_task(write(writer)) for writer in range(WRITERS)]
        for kill in range(KILLS):
            await reached(acknowledged, LEAST_ACKNOWLEDGED * (kill + 1))
            cluster.kill()
            await asyncio.to_thread(cluster.start_again)
        await reached(acknowledged, LEAST_ACKNOWLEDGED * (KILLS + 1))
        done.set()
        await asyncio.gather(*writers)

        kept = await companies(world)
        assert acknowledged - kept == set()
        assert kept - tried == set()


async def reached(acknowledged: set[str], count: int) -> None:
    async with asyncio.timeout(30):
        while len(acknowledged) < count:  # noqa: ASYNC110 -- the writers know no kills, so they signal none
            await asyncio.sleep(0.005)


async def companies(world: World) -> set[str]:
    names: list[str] = []
    after: str | None = None
    while True:
        page = (
            await world.ask(
                COMPANIES,
                {"after": after},
            )
        )["leads"]
        names += [node["company"]["name"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(names) == len(set(names)), "a lead was written twice"
            return set(names)
        after = page["pageInfo"]["endCursor"]
