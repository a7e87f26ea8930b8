"""Which revision a database is at and which this version needs, without what migrates: most starts have nothing to migrate."""

from __future__ import annotations

from pathlib import Path

import asyncpg

MIGRATIONS = Path(__file__).parent / "migrations"


def head() -> str:
    """Return the newest migration of this version."""
    return max((file.name[1:5] for file in (MIGRATIONS / "versions").glob("m[0-9][0-9][0-9][0-9]_*.py")), default="")


async def is_at_head(owner_dsn: str) -> bool:
    """Tell whether a database that `persistence.migrating` looks after has nothing to be migrated. Raises what asyncpg raises."""
    connection = await asyncpg.connect(owner_dsn)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return False
        return await connection.fetchval("SELECT version_num FROM alembic_version") == head()
    finally:
        await connection.close()
