"""API keys: what lists show of them, and what authentication needs to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, insert, or_, select, update

from domain.access import AgentVisibility
from domain.api_keys import Credential
from domain.people import Availability
from domain.workspaces import ApiKey
from persistence.database import Reading, Scope, Writing
from persistence.lookups import by_id, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import agents, api_keys, workspaces

_to_key = mapper(ApiKey)
_columns = [api_keys.c[name] for name in columns_of(ApiKey)]
_this = (api_keys.c.workspace_id == bindparam("workspace_id"), api_keys.c.id == bindparam("key_id"))

api_key_by_id = by_id(api_keys, ApiKey)
api_keys_by_agent = lists_by(api_keys, ApiKey, "agent_id", api_keys.c.created_at, api_keys.c.id, where=[api_keys.c.revoked_at.is_(None)])


def _unrevoked(include_revoked: bool | None, _scope: Scope) -> list[ColumnElement[bool]]:
    return [] if include_revoked else [api_keys.c.revoked_at.is_(None)]


all_api_keys: Listing[ApiKey, Any] = Listing(
    build=_to_key,
    columns=_columns,
    source=api_keys,
    workspace=api_keys.c.workspace_id,
    id=api_keys.c.id,
    orderings={"CREATED_AT": Ordering(api_keys.c.created_at, datetime)},
    where=_unrevoked,
)

_CREDENTIAL = Constant(
    select(*_columns, api_keys.c.secret_hash, agents.c.availability, agents.c.team_id, workspaces.c.agent_visibility)
    .select_from(
        api_keys.join(workspaces, workspaces.c.workspace_id == api_keys.c.workspace_id).outerjoin(
            agents, and_(agents.c.workspace_id == api_keys.c.workspace_id, agents.c.id == api_keys.c.agent_id)
        )
    )
    .where(*_this)
)
_INSERT = Constant(insert(api_keys), ("workspace_id", *columns_of(ApiKey), "secret_hash"))
_REVOKE = Constant(update(api_keys).where(*_this, api_keys.c.revoked_at.is_(None)).values(revoked_at=bindparam("at")))
_NOTE_USE = Constant(
    update(api_keys)
    .where(*_this, or_(api_keys.c.last_used_at.is_(None), api_keys.c.last_used_at < bindparam("before")))
    .values(last_used_at=bindparam("at"))
)


async def credential(db: Reading, key_id: UUID) -> Credential | None:
    """Read all that authentication needs to know about one key, with one statement."""
    row = await db.fetch_one(_CREDENTIAL, key_id=key_id)
    if row is None:
        return None
    availability = row["availability"]
    return Credential(
        key=_to_key(row),
        secret_hash=row["secret_hash"],
        availability=None if availability is None else Availability(availability),
        team_id=row["team_id"],
        agent_visibility=AgentVisibility(row["agent_visibility"]),
    )


async def add_api_key(tx: Writing, key: ApiKey, secret_hash: bytes) -> None:
    """Insert a key with the hash of its secret."""
    await tx.execute(_INSERT, **values_of(key), secret_hash=secret_hash)


async def revoke_api_key(tx: Writing, key_id: UUID, at: datetime) -> None:
    """Mark a key as revoked; the first instant stays."""
    await tx.execute(_REVOKE, key_id=key_id, at=at)


async def note_use(tx: Writing, key_id: UUID, at: datetime, before: datetime) -> None:
    """Write when a key was used, unless it is known to have been used at `before` or later."""
    await tx.execute(_NOTE_USE, key_id=key_id, at=at, before=before)
