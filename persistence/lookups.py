"""The commonest reads, made from a table and a noun: things by id, and short lists by the key of their owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Uuid, any_, bindparam, exists, select
from sqlalchemy.dialects.postgresql import ARRAY

from persistence.database import Reading
from persistence.lead_lists import visible
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import leads

T = TypeVar("T")


def by_id(table: Table, noun: type[T]) -> Callable[[Reading, Sequence[UUID]], Awaitable[Mapping[UUID, T]]]:
    """Build the batch function that reads things by their ids."""
    build = mapper(noun)
    statement = Constant(
        select(*(table.c[name] for name in columns_of(noun))).where(
            table.c.workspace_id == bindparam("workspace_id"), table.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
        )
    )

    async def read(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, T]:
        return {row["id"]: build(row) for row in await db.fetch(statement, ids=list(ids))}

    return read


def by_id_of_leads(table: Table, noun: type[T]) -> Callable[[Reading, Sequence[UUID]], Awaitable[Mapping[UUID, T]]]:
    """Build the batch function that reads what belongs to leads by its ids, for whoever may see the leads, deleted ones included."""
    build = mapper(noun)
    read_all = by_id(table, noun)
    statement = select(*(table.c[name] for name in columns_of(noun))).where(
        table.c.workspace_id == bindparam("workspace_id"), table.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    )

    async def read(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, T]:
        if db.scope.visibility is None:
            return await read_all(db, ids)
        seen = exists().where(leads.c.workspace_id == table.c.workspace_id, leads.c.id == table.c.lead_id, visible(db.scope))
        return {row["id"]: build(row) for row in await db.fetch(statement.where(seen), ids=list(ids))}

    return read


def lists_by(
    table: Table, noun: type[T], parent: str, *order: ColumnElement[Any], where: Sequence[ColumnElement[bool]] = ()
) -> Callable[[Reading, Sequence[UUID]], Awaitable[Mapping[UUID, Sequence[T]]]]:
    """Build the batch function that reads short lists by the id of their owner, in a fixed order."""
    build = mapper(noun)
    statement = Constant(
        select(*(table.c[name] for name in columns_of(noun)), table.c[parent].label("_parent"))
        .where(table.c.workspace_id == bindparam("workspace_id"), table.c[parent] == any_(bindparam("ids", type_=ARRAY(Uuid))), *where)
        .order_by(table.c[parent], *order)
    )

    async def read(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[T]]:
        grouped: dict[UUID, list[T]] = {}
        for row in await db.fetch(statement, ids=list(ids)):
            grouped.setdefault(row["_parent"], []).append(build(row))
        return grouped

    return read
