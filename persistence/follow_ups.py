"""Follow-ups: by id, in lists, and the statements that write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, and_, any_, bindparam, exists, literal_column, not_, select
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on, insert

from domain.filters import OneOf, Reference
from domain.follow_ups import FollowUp, FollowUpFilter, FollowUpState
from persistence.database import Reading, Scope, Writing
from persistence.lead_conditions import range_conditions, standing_ids, visible_lead
from persistence.lookups import by_id_of_leads, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import follow_ups, leads

# What is to be done about a lead that is not there is nobody's business; a repeated request is answered all the same.
follow_up_by_id = by_id_of_leads(follow_ups, FollowUp, even_deleted=False)
follow_up_by_id_even_deleted = by_id_of_leads(follow_ups, FollowUp)
_there = exists().where(leads.c.workspace_id == follow_ups.c.workspace_id, leads.c.id == follow_ups.c.lead_id, leads.c.deleted_at.is_(None))
# An attempt is of the follow-up's lead: whoever came as far as the one may see the other, as long as the lead is there.
follow_ups_by_attempt = lists_by(follow_ups, FollowUp, "cause_id", follow_ups.c.due_at, follow_ups.c.id, where=[_there])

_to_follow_up = mapper(FollowUp)
_columns = [follow_ups.c[name] for name in columns_of(FollowUp)]
# A constant in the text, so that the planner knows the condition of the indexes over open ones.
_open = follow_ups.c.state == literal_column(f"'{FollowUpState.OPEN}'")


def _among(column: ColumnElement[Any], values: Sequence[Any], element: Any) -> ColumnElement[bool]:
    return column == any_(bindparam(None, list(values), type_=ARRAY(element), unique=True))


def _one_of(column: ColumnElement[Any], condition: OneOf) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if condition.eq is not None:
        parts.append(column == condition.eq)
    if condition.in_ is not None:
        parts.append(_among(column, condition.in_, Text))
    if condition.not_in is not None:
        parts.append(not_(_among(column, condition.not_in, Text)))
    return parts


def _reference(column: ColumnElement[Any], condition: Reference) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if condition.is_null is not None:
        parts.append(column.is_(None) if condition.is_null else column.is_not(None))
    if condition.eq is not None:
        parts.append(column == condition.eq)
    if condition.in_ is not None:
        parts.append(_among(column, condition.in_, Uuid))
    return parts


def _of_leads(condition: Reference) -> list[ColumnElement[bool]]:
    """Compare with leads, those that were merged by way of their former ids."""
    named = [[condition.eq]] if condition.eq is not None else []
    if condition.in_ is not None:
        named.append(list(condition.in_))
    there = _reference(follow_ups.c.lead_id, Reference(is_null=condition.is_null))
    return [*there, *(follow_ups.c.lead_id == any_(standing_ids(ids)) for ids in named)]


def _conditions(filter: FollowUpFilter | None, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    if filter is None:
        return ()
    parts: list[ColumnElement[bool]] = []
    if filter.state == OneOf(eq=FollowUpState.OPEN.value):
        parts.append(_open)
    elif filter.state is not None:
        parts += _one_of(follow_ups.c.state, filter.state)
    for name in ("kind", "origin"):
        condition = getattr(filter, name)
        if condition is not None:
            parts += _one_of(follow_ups.c[name], condition)
    if filter.due_at is not None:
        parts += range_conditions(follow_ups.c.due_at, filter.due_at)
    if filter.overdue is not None:
        overdue = and_(_open, follow_ups.c.due_at < filter.at)
        parts.append(overdue if filter.overdue else not_(overdue))
    if filter.agent is not None:
        parts += _reference(follow_ups.c.agent_id, filter.agent)
    if filter.lead is not None:
        parts += _of_leads(filter.lead)
    return parts


def _seen(filter: FollowUpFilter | None, scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Besides the filter, keep only follow-ups of leads that are there and that the viewer may see."""
    return [*_conditions(filter, scope), visible_lead(follow_ups.c.lead_id, follow_ups.c.workspace_id, scope)]


def _list(parent: ColumnElement[Any] | None, where: Any) -> Listing[FollowUp, FollowUpFilter]:
    return Listing(
        build=_to_follow_up,
        columns=_columns,
        source=follow_ups,
        workspace=follow_ups.c.workspace_id,
        id=follow_ups.c.id,
        orderings={"DUE_AT": Ordering(follow_ups.c.due_at, datetime), "CREATED_AT": Ordering(follow_ups.c.created_at, datetime)},
        where=where,
        parent=parent,
    )


all_follow_ups = _list(None, _seen)
follow_ups_by_lead = _list(follow_ups.c.lead_id, _conditions)
follow_ups_by_agent = _list(follow_ups.c.agent_id, _seen)

_NEXT = Constant(
    select(*_columns)
    .ext(distinct_on(follow_ups.c.lead_id))
    .where(follow_ups.c.workspace_id == bindparam("workspace_id"), follow_ups.c.lead_id == any_(bindparam("ids", type_=ARRAY(Uuid))), _open)
    .order_by(follow_ups.c.lead_id, follow_ups.c.due_at, follow_ups.c.id)
)


async def next_follow_up_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, FollowUp]:
    """Read the open follow-up of each lead that is due first."""
    return {row["lead_id"]: _to_follow_up(row) for row in await db.fetch(_NEXT, ids=list(ids))}


_by_id = select(*_columns).where(
    follow_ups.c.workspace_id == bindparam("workspace_id"), follow_ups.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
)
_BY_ID = Constant(_by_id)
_LEADS_OF = Constant(
    select(follow_ups.c.lead_id).where(
        follow_ups.c.workspace_id == bindparam("workspace_id"), follow_ups.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    )
)
_upsert = insert(follow_ups)
_SAVE = Constant(
    _upsert.on_conflict_do_update(
        index_elements=["workspace_id", "id"],
        set_={name: _upsert.excluded[name] for name in columns_of(FollowUp) if name not in ("id", "created_at")},
    ),
    ("workspace_id", *columns_of(FollowUp)),
)
_DUE_LEADS = Constant(
    select(leads.c.id)
    .select_from(
        follow_ups.join(leads, and_(leads.c.workspace_id == follow_ups.c.workspace_id, leads.c.id == follow_ups.c.lead_id)),
    )
    .where(
        follow_ups.c.workspace_id == bindparam("workspace_id"),
        _open,
        follow_ups.c.told_due_at.is_(None),
        follow_ups.c.due_at <= bindparam("at"),
        leads.c.deleted_at.is_(None),
    )
    .order_by(follow_ups.c.due_at, follow_ups.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=leads, skip_locked=True)
)
_DUE = Constant(
    select(*_columns)
    .where(
        follow_ups.c.workspace_id == bindparam("workspace_id"),
        follow_ups.c.lead_id == any_(bindparam("ids", type_=ARRAY(Uuid))),
        _open,
        follow_ups.c.told_due_at.is_(None),
        follow_ups.c.due_at <= bindparam("at"),
    )
    .order_by(follow_ups.c.due_at, follow_ups.c.id)
)


async def lead_ids_of(db: Reading, ids: Sequence[UUID]) -> Sequence[UUID]:
    """Name the leads that follow-ups are about: they are locked before the follow-ups are read."""
    return [row["lead_id"] for row in await db.fetch(_LEADS_OF, ids=list(ids))]


async def follow_ups_of_locked_leads(tx: Writing, ids: Sequence[UUID]) -> Mapping[UUID, FollowUp]:
    """Read follow-ups whose leads are locked, which keeps others from changing them."""
    return {row["id"]: _to_follow_up(row) for row in await tx.fetch(_BY_ID, ids=list(ids))}


async def save_follow_ups(tx: Writing, saved: Sequence[FollowUp]) -> None:
    """Write follow-ups, new ones and changed ones; their leads must be locked."""
    await tx.execute_many(_SAVE, [values_of(follow_up) for follow_up in saved])


async def lock_leads_with_due_follow_ups(tx: Writing, at: datetime, limit: int) -> Sequence[UUID]:
    """Lock leads whose follow-ups are due without the feed knowing, the longest due first, but for leads that somebody works on."""
    return list(dict.fromkeys([row["id"] for row in await tx.fetch(_DUE_LEADS, at=at, limit=limit)]))


async def untold_due_follow_ups(tx: Writing, lead_ids: Sequence[UUID], at: datetime) -> Sequence[FollowUp]:
    """Read the follow-ups of locked leads that are due without the feed knowing."""
    return [_to_follow_up(row) for row in await tx.fetch(_DUE, ids=list(lead_ids), at=at)]


async def follow_up_ids_matching(db: Reading, filter: FollowUpFilter, at_most: int) -> Sequence[UUID]:
    """List the ids of the follow-ups that a filter means, those due first; at most `at_most`."""
    statement = (
        select(follow_ups.c.id)
        .where(follow_ups.c.workspace_id == bindparam("workspace_id"), *_seen(filter, db.scope))
        .order_by(follow_ups.c.due_at, follow_ups.c.id)
        .limit(at_most)
    )
    return [row["id"] for row in await db.fetch(statement)]
