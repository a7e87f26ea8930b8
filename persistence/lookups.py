"""The commonest reads, made from a table and a noun: things by id, and short lists by the key of their owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, Uuid, any_, bindparam, exists, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.access import LeadVisibility
from persistence.database import Reading, Scope
from persistence.lead_conditions import visible
from persistence.rows import columns_of, mapper
from persistence.statements import Constant, Prepared
from persistence.tables import leads

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Wanted: TypeAlias = frozenset[str]
_ID = frozenset({"id"})


class ReadsById(Protocol[T_co]):
    """Reads things by their ids; `wanted` names the fields that are needed, None means all."""

    def __call__(self, db: Reading, ids: Sequence[UUID], wanted: Wanted | None = None) -> Awaitable[Mapping[UUID, T_co]]: ...


def by_id(table: Table, noun: type[T]) -> ReadsById[T]:
    """Build the batch function that reads things by their ids."""
    return _reads_by_id(table, noun, lambda _visibility: ())


def by_id_of_leads(table: Table, noun: type[T], *, even_deleted: bool = True) -> ReadsById[T]:
    """Build the batch function that reads what belongs to leads by its ids, for whoever may see the leads.

    What belongs to deleted leads is still found by its id, unless it makes no sense without its lead.
    """

    def seen(visibility: LeadVisibility | None) -> Sequence[ColumnElement[bool]]:
        if visibility is None and even_deleted:
            return ()
        scope = Scope(UUID(int=0), visibility)
        there = [] if even_deleted else [leads.c.deleted_at.is_(None)]
        return [exists().where(leads.c.workspace_id == table.c.workspace_id, leads.c.id == table.c.lead_id, *there, visible(scope))]

    return _reads_by_id(table, noun, seen)


def _reads_by_id(table: Table, noun: type[T], conditions: Callable[[LeadVisibility | None], Sequence[ColumnElement[bool]]]) -> ReadsById[T]:
    build_all = mapper(noun)

    def statement(names: Sequence[str], visibility: LeadVisibility | None) -> Select[Any]:
        return select(*(table.c[name] for name in names)).where(
            table.c.workspace_id == bindparam("workspace_id"),
            table.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))),
            *conditions(visibility),
        )

    prepared = Prepared(statement)

    async def read(db: Reading, ids: Sequence[UUID], wanted: Wanted | None = None) -> Mapping[UUID, T]:
        build = build_all if wanted is None else build_all.only(wanted | _ID)
        return {row["id"]: build(row) for row in await db.fetch(prepared(build.names, db.scope.visibility), ids=list(ids))}

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
