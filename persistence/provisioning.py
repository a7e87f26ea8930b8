"""Makes the two roles and the database of an embedded PostgreSQL, once."""

from __future__ import annotations

import asyncpg

OWNER = "leadgraph_owner"
APPLICATION = "leadgraph_app"
DATABASE = "leadgraph"


async def provision(superuser_dsn: str) -> bool:
    """Create the owner's role and the database where they are missing; tell whether the database is new.

    The application's role is the migrations' business. Two processes that provision at once wait for each other.
    """
    connection = await asyncpg.connect(superuser_dsn)
    try:
        await connection.execute("SELECT pg_advisory_lock(7311466)")
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", OWNER):
            await connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            return False
        await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        return True
    finally:
        await connection.close()
