"""Everything that a workspace's tables hold, to be compared before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import text

from persistence.tables import metadata
from tests.worlds import World

# What is kept of a request under its idempotency key is no effect of it.
_ASIDE = frozenset({"idempotency_keys"})


async def contents(world: World) -> Mapping[str, Sequence[str]]:
    """Read every row of every table of the workspace as JSON, in a fixed order."""
    async with world.database.reading(world.scope) as db:
        return {
            table: [row["row"] for row in await db.fetch(text(f"SELECT to_jsonb(each)::text AS row FROM {table} AS each ORDER BY 1"))]  # noqa: S608
            for table in sorted(metadata.tables.keys() - _ASIDE)
        }
