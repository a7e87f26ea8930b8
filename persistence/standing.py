"""What a server wants to know about its database before it trusts it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import asyncpg
from sqlalchemy import text

from persistence.database import CONNECT_SECONDS, Database, Scope
from persistence.failures import DatabaseUnavailable
from persistence.statements import Constant

# Set on the command line of the embedded PostgreSQL, so that a server can tell it from one that somebody looks after.
EMBEDDED_MARK = "leadgraph.embedded"

_FACTS = """
SELECT rolsuper AS superuser,
       rolbypassrls AS bypasses_row_security,
       EXISTS (
           SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
           WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
             AND pg_has_role(current_user, c.relowner, 'MEMBER')
       ) AS owns_tables,
       current_setting('fsync') = 'on' AS fsync,
       current_setting('full_page_writes') = 'on' AS full_page_writes,
       current_setting('synchronous_commit') <> 'off' AS synchronous_commit,
       coalesce(current_setting($1, true), '') = 'on' AS embedded,
       current_setting('server_version_num')::int AS version
FROM pg_roles WHERE rolname = current_user
"""
_REVISION = Constant(text("SELECT version_num FROM alembic_version"))
_NOBODY = Scope(UUID(int=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the application's role may do, and how safely its database writes. `version` is PostgreSQL's own number, such as 150018."""

    superuser: bool
    bypasses_row_security: bool
    owns_tables: bool
    fsync: bool
    full_page_writes: bool
    synchronous_commit: bool
    embedded: bool
    version: int


async def standing(dsn: str) -> Standing:
    """Connect once as the application does and look around. Raises DatabaseUnavailable with what PostgreSQL says."""
    try:
        connection = await asyncpg.connect(dsn, timeout=CONNECT_SECONDS * 5)
        try:
            row = await connection.fetchrow(_FACTS, EMBEDDED_MARK)
        finally:
            await connection.close()
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DatabaseUnavailable(str(error) or type(error).__name__) from error
    return Standing(**dict(row or {}))


async def revision(database: Database) -> str | None:
    """Read the schema's revision through the pool. Raises DatabaseUnavailable, Overloaded; whatever else goes wrong has no revision."""
    async with database.reading(_NOBODY) as db:
        try:
            return await db.fetch_value(_REVISION)
        except asyncpg.PostgresError:
            return None
