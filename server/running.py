"""Run one piece of asynchronous work against the database, for commands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from domain.workspaces import Workspace
from persistence.database import Database, Scope
from persistence.workspaces import own_workspace
from server.databases import reached_database
from server.progress import Steps
from server.settings import Settings, load_settings

T = TypeVar("T")


class CommandFailed(Exception):
    """A command could not do what it was asked for; the text says why and what helps."""


def run_with_database(work: Callable[[Database], Awaitable[T]], settings: Settings | None = None, steps: Steps | None = None) -> T:
    """Reach the database quietly, run the work, close everything."""
    chosen = settings or load_settings()

    async def run(dsn: str) -> T:
        database = Database(dsn, size=2)
        try:
            return await work(database)
        finally:
            await database.close()

    with reached_database(chosen, steps or Steps(quiet=True)) as reached:
        return asyncio.run(run(reached.dsn))


async def all_workspaces(database: Database) -> list[Workspace]:
    """Read every workspace, the oldest first."""
    found: list[Workspace] = []
    for id in await database.workspace_ids():
        async with database.reading(Scope(id)) as db:
            found.append(await own_workspace(db))
    return sorted(found, key=lambda workspace: (workspace.created_at, workspace.id))


async def chosen_workspace(database: Database, named: str | None) -> Workspace:
    """Find the workspace that is meant: by name or id, or the only one there is. Raises CommandFailed."""
    found = await all_workspaces(database)
    if named is not None:
        found = [each for each in found if named.casefold() == each.name.casefold() or _as_uuid(named) == each.id]
    if len(found) == 1:
        return found[0]
    if named is None and found:
        listed = "\n".join(f"  {each.id}  {each.name}" for each in found)
        raise CommandFailed(f"There are several workspaces; name one with --workspace:\n{listed}")
    if found:
        raise CommandFailed(f"Several workspaces are called {named!r}; name one by its id (`leads workspaces list`).")
    if named is not None:
        raise CommandFailed(f"There is no workspace {named!r}; `leads workspaces list` shows those there are.")
    raise CommandFailed("There is no workspace yet: `leads workspaces create NAME` makes one, `leads demo` one with made-up leads.")


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
