"""Empties a workspace that is about to be filled anew."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, update

from persistence.database import Writing
from persistence.statements import Constant
from persistence.tables import api_keys, metadata, teams, workspaces

# Leads take everything that hangs on them along. Teams and agents name each other, so the teams' managers go first.
_KEPT = {workspaces, api_keys}
_FREE_TEAMS = Constant(update(teams).where(teams.c.workspace_id == bindparam("workspace_id")).values(manager_id=None))
_DROP_AGENTS_KEYS = Constant(delete(api_keys).where(api_keys.c.workspace_id == bindparam("workspace_id"), api_keys.c.agent_id.is_not(None)))
_USE_SHIPPED = Constant(
    update(workspaces)
    .where(workspaces.c.workspace_id == bindparam("workspace_id"), workspaces.c.scoring_version_id.is_not(None))
    .values(scoring_model="standard", scoring_version_id=None)
)
_DELETES = [
    Constant(delete(table).where(table.c.workspace_id == bindparam("workspace_id")))
    for table in reversed(metadata.sorted_tables)
    if table not in _KEPT
]


async def empty_workspace(tx: Writing) -> None:
    """Delete everything in the workspace but its settings and the keys that stand for no agent.

    With a scoring model of its own goes the setting that names it.
    """
    await tx.execute(_USE_SHIPPED)
    await tx.execute(_FREE_TEAMS)
    await tx.execute(_DROP_AGENTS_KEYS)
    for statement in _DELETES:
        await tx.execute(statement)
