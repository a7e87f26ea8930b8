"""Finds the leads whose score or pin time alone changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from persistence.database import Writing
from persistence.statements import Constant
from persistence.tables import leads

_DUE = Constant(
    select(leads.c.id)
    .where(
        leads.c.workspace_id == bindparam("workspace_id"),
        leads.c.rescore_at <= bindparam("at"),
        leads.c.deleted_at.is_(None),
    )
    .order_by(leads.c.rescore_at, leads.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)


async def lock_due_leads(tx: Writing, at: datetime, limit: int) -> Sequence[UUID]:
    """Lock the leads that are due longest and that nobody else works on, and return their ids."""
    return [row["id"] for row in await tx.fetch(_DUE, at=at, limit=limit)]
