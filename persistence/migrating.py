"""Brings a database to the tables of this version, and lets the application's role in."""

from __future__ import annotations

import asyncio
import re
from typing import Any, cast

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.rewriter import Rewriter
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateForeignKeyOp, CreateTableOp, ExecuteSQLOp
from asyncpg import PostgresError
from sqlalchemy import Connection, make_url, text
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from persistence.revisions import MIGRATIONS, head
from persistence.row_security import wall
from persistence.tables import Xid8, metadata

# SQLAlchemy does not know the type when it reads a database back.
cast(dict[str, Any], ischema_names)["xid8"] = Xid8

# What the application does through functions of the owner's.
_FUNCTIONS = (
    "workspace_ids()",
    "make_event_partitions(integer)",
    "events_to_drop(timestamptz)",
    "drop_events(timestamptz)",
)
_ROLE = re.compile(r"[A-Za-z_][A-Za-z0-9_$-]{0,62}")


class MigrationFailed(Exception):
    """The database did not let itself be migrated; the text is what it said."""


class BadRoleName(MigrationFailed, ValueError):
    """The application's role has a name that is not a plain one."""


def _engine(dsn: str) -> AsyncEngine:
    return create_async_engine(make_url(dsn).set(drivername="postgresql+asyncpg"))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "m%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


async def migrate(owner_dsn: str, application_role: str) -> str:
    """Upgrade the database as the role that owns its tables, create the application's role if needed, and grant it what it needs.

    Returns the revision. Two processes that migrate at once wait for each other.
    """
    if not _ROLE.fullmatch(application_role):
        raise BadRoleName(f"The application's role needs a plain name; it is {application_role!r}.")

    def upgrade(connection: Connection) -> None:
        connection.execute(text("SELECT pg_advisory_xact_lock(7311465)"))
        command.upgrade(_config(connection), "head")
        _grant(connection, application_role)

    engine = _engine(owner_dsn)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    except (SQLAlchemyError, PostgresError, OSError) as error:
        raise MigrationFailed(str(getattr(error, "orig", None) or error)) from error
    finally:
        await engine.dispose()
    return head()


def _grant(connection: Connection, role: str) -> None:
    exists = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar()
    owner = connection.execute(text("SELECT current_user")).scalar()
    if not exists:
        connection.execute(text(f'CREATE ROLE "{role}" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE'))
    if role == owner:
        return
    connection.execute(text(f'GRANT USAGE ON SCHEMA public TO "{role}"'))
    connection.execute(text(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"'))
    connection.execute(text(f'REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM "{role}"'))
    for function in _FUNCTIONS:
        connection.execute(text(f'GRANT EXECUTE ON FUNCTION {function} TO "{role}"'))


async def current_revision(dsn: str) -> str | None:
    """Return the revision that the database is at; None before the first migration."""
    engine = _engine(dsn)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    finally:
        await engine.dispose()


async def drift(owner_dsn: str) -> list[Any]:
    """Compare the migrated database with the tables of the code; an empty list means that they agree."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, metadata)

    engine = _engine(owner_dsn)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(compare)
    finally:
        await engine.dispose()


def _walled(_context: object, _revision: object, operation: CreateTableOp) -> list[Any]:
    """Put the second wall around every table that a migration creates."""
    return [operation, *(ExecuteSQLOp(statement) for statement in wall(operation.table_name))]


def _unchecked(_context: object, _revision: object, operation: CreateForeignKeyOp) -> CreateForeignKeyOp:
    """Leave the rows that exist unchecked by a new foreign key: its column is empty in them, and no check sees past the walls."""
    operation.kw["postgresql_not_valid"] = True
    return operation


def write_migration(owner_dsn: str, name: str) -> None:
    """Write the next migration file, for what changed in the tables since the database's revision."""
    number = f"{int(head() or 0) + 1:04}"
    walls = Rewriter()
    walls.rewrites(CreateTableOp)(_walled)
    walls.rewrites(CreateForeignKeyOp)(_unchecked)

    def revise(sync: Connection) -> None:
        config = _config(sync)
        config.attributes["walls"] = walls
        command.revision(config, message=name, autogenerate=True, rev_id=number)

    async def run() -> None:
        engine = _engine(owner_dsn)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(revise)
        finally:
            await engine.dispose()

    asyncio.run(run())
