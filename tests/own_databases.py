"""Databases for tests that cannot share one: copied from the template, dropped in the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
from uuid_utils.compat import uuid7

from tests.conftest import OWNER, TEMPLATE, TestDatabase


@asynccontextmanager
async def connected(database: TestDatabase, kind: str = "") -> AsyncGenerator[asyncpg.Connection[asyncpg.Record]]:
    """Connect past the pool, as the application's role, the OWNER or the SUPERUSER."""
    connection = await asyncpg.connect(database.dsn(kind))
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def own_database(name: str) -> AsyncGenerator[TestDatabase]:
    """Make a database whose name begins like this, and drop it in the end."""
    fresh = TestDatabase(f"{name}_{uuid7().hex}")
    async with connected(TestDatabase("postgres"), "SUPERUSER") as superuser:
        await superuser.execute("SELECT pg_advisory_lock(1)")
        await superuser.execute(f"CREATE DATABASE {fresh.name} TEMPLATE {TEMPLATE} OWNER {OWNER}")
        await superuser.execute("SELECT pg_advisory_unlock(1)")
        try:
            yield fresh
        finally:
            await superuser.execute(f"DROP DATABASE {fresh.name} WITH (FORCE)")
