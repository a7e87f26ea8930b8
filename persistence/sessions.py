"""One connection of the pool, which knows for which workspace it reads."""

from __future__ import annotations

from typing import TypeAlias
from uuid import UUID

import asyncpg
from asyncpg import Record

from persistence.failures import WrongWorkspace, translated

Connection: TypeAlias = "asyncpg.Connection[Record]"


class Session:
    """One connection of the pool, and the workspace that its session setting names."""

    __slots__ = ("connection", "workspace_id")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.workspace_id: UUID | None = None

    async def enter(self, workspace_id: UUID) -> None:
        """Make the session name the workspace, and check that it does."""
        if self.workspace_id != workspace_id:
            self.workspace_id = None
            with translated():
                named = await self.connection.fetchval("SELECT set_config('app.workspace', $1, false)", str(workspace_id))
            self.workspace_id = UUID(named)
        if self.workspace_id != workspace_id:
            raise WrongWorkspace

    def is_in(self, workspace_id: UUID) -> bool:
        """Tell whether the session names the workspace."""
        if self.workspace_id is workspace_id:
            return True
        if self.workspace_id != workspace_id:
            return False
        # The same is the same next time without being compared.
        self.workspace_id = workspace_id
        return True
