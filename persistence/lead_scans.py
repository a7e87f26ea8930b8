"""Reads of all leads a workspace has, or of a sample that is the same each time, with what scoring needs and no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, any_, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.base import Executable

from domain.access import LeadVisibility
from domain.leads import Lead
from persistence.database import Reading, Scope
from persistence.lead_conditions import visible
from persistence.lead_lists import to_lead
from persistence.statements import Prepared
from persistence.tables import leads

_to_scored = to_lead.only(frozenset({"id", "facts", "score_total", "grade"}))
_ID = bindparam("after_id", type_=Uuid())
_BEFORE_ALL = UUID(int=0)


def _there(visibility: LeadVisibility | None) -> tuple[ColumnElement[bool], ...]:
    return (leads.c.workspace_id == bindparam("workspace_id"), leads.c.deleted_at.is_(None), visible(Scope(UUID(int=0), visibility)))


def _next(columns: Sequence[ColumnElement[Any]], visibility: LeadVisibility | None) -> Executable:
    return select(*columns).where(*_there(visibility), leads.c.id > _ID).order_by(leads.c.id).limit(bindparam("size"))


def _next_ids(visibility: LeadVisibility | None) -> Executable:
    return _next([leads.c.id], visibility)


def _batch(visibility: LeadVisibility | None) -> Executable:
    return _next([leads.c[name] for name in _to_scored.names], visibility)


def _named(visibility: LeadVisibility | None) -> Executable:
    columns = [leads.c[name] for name in _to_scored.names]
    return select(*columns).where(*_there(visibility), leads.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))


def _sample(visibility: LeadVisibility | None) -> Executable:
    # Ids tell when a lead was made; their digests tell nothing, so the first of them are a fair sample, and the same one each time.
    return select(leads.c.id).where(*_there(visibility)).order_by(func.md5(cast(leads.c.id, Text))).limit(bindparam("size"))


def _count(visibility: LeadVisibility | None) -> Executable:
    return select(func.count()).select_from(leads).where(*_there(visibility))


_BATCH, _NAMED, _SAMPLE, _COUNT = Prepared(_batch), Prepared(_named), Prepared(_sample), Prepared(_count)
_NEXT_IDS = Prepared(_next_ids)


async def count_leads(db: Reading) -> int:
    """Count the leads that the viewer may see."""
    return await db.fetch_value(_COUNT(db.scope.visibility))


async def sampled_lead_ids(db: Reading, size: int) -> Sequence[UUID]:
    """Name so many leads, picked by their ids alone: the same ones each time, as long as there are the same leads."""
    return [row["id"] for row in await db.fetch(_SAMPLE(db.scope.visibility), size=size)]


async def lead_ids_after(db: Reading, after: UUID, size: int) -> Sequence[UUID]:
    """List the next leads' ids in their order."""
    return [row["id"] for row in await db.fetch(_NEXT_IDS(db.scope.visibility), after_id=after, size=size)]


async def scored_leads_after(db: Reading, after: UUID | None, size: int) -> Sequence[Lead]:
    """Read the next leads in the order of their ids: only their facts, totals and grades."""
    rows = await db.fetch(_BATCH(db.scope.visibility), after_id=after or _BEFORE_ALL, size=size)
    return [_to_scored(row) for row in rows]


async def scored_leads(db: Reading, ids: Sequence[UUID]) -> Sequence[Lead]:
    """Read leads by their ids: only their facts, totals and grades."""
    return [_to_scored(row) for row in await db.fetch(_NAMED(db.scope.visibility), ids=list(ids))]
