"""Workspaces and their settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from domain.workspaces import Workspace
from persistence.database import Reading, Writing
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import workspaces

_to_workspace = mapper(Workspace)
_columns = [workspaces.c.workspace_id.label("id"), *(workspaces.c[name] for name in columns_of(Workspace) if name != "id")]
_written = tuple(name for name in columns_of(Workspace) if name != "id")
_own = select(*_columns).where(workspaces.c.workspace_id == bindparam("workspace_id"))
_READ = Constant(_own)
_LOCK = Constant(_own.with_for_update())
# The lock that the foreign key of every row put into the workspace takes anyway, only sooner.
_KEEP = Constant(_own.with_for_update(read=True, key_share=True))
_INSERT = Constant(insert(workspaces), ("workspace_id", *_written))
_UPDATE = Constant(update(workspaces).where(workspaces.c.workspace_id == bindparam("workspace_id")), _written)


async def workspace_by_id(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Workspace]:
    """Read the scope's own workspace, if it is among the ids; there is no other to read."""
    row = await db.fetch_one(_READ)
    return {row["id"]: _to_workspace(row)} if row is not None and row["id"] in ids else {}


async def workspace_of(db: Reading, keys: Sequence[object]) -> Mapping[object, Workspace]:
    """Read the scope's own workspace for any keys: whatever the scope sees belongs to it."""
    return dict.fromkeys(keys, await own_workspace(db))


async def own_workspace(db: Reading) -> Workspace:
    """Read the workspace that the scope names. Raises LookupError when it does not exist."""
    row = await db.fetch_one(_READ)
    if row is None:
        raise LookupError("no such workspace")
    return _to_workspace(row)


async def add_workspace(tx: Writing, workspace: Workspace) -> None:
    """Insert the workspace that the transaction's scope names."""
    values = values_of(workspace)
    del values["id"]
    await tx.execute(_INSERT, **values)


async def own_workspace_for_update(tx: Writing) -> Workspace:
    """Read and lock the workspace that the scope names. Raises LookupError when it does not exist."""
    row = await tx.fetch_one(_LOCK)
    if row is None:
        raise LookupError("no such workspace")
    return _to_workspace(row)


async def own_workspace_for_key_share(tx: Writing) -> Workspace:
    """Read the workspace that the scope names, and let nobody change it until the transaction ends. Raises LookupError."""
    row = await tx.fetch_one(_KEEP)
    if row is None:
        raise LookupError("no such workspace")
    return _to_workspace(row)


async def save_workspace(tx: Writing, workspace: Workspace) -> None:
    """Write the scope's own workspace back; it must have been locked."""
    values = values_of(workspace)
    del values["id"]
    await tx.execute(_UPDATE, **values)
