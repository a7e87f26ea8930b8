"""The commonest reads, made from a table and a noun: things by id, and short lists by the key of their owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, Uuid, any_, bindparam, exists, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.access import LeadVisibility
from persistence.database import Reading, Scope
from persistence.lead_conditions import visible
from persistence.rows import columns_of, mapper
from persistence.statements import Constant, Prepared
from persistence.tables import leads
from persistence.written import Pages, Reach, WrittenObject, labelled, names_of, rows_of

T = TypeVar("T")

Wanted: TypeAlias = frozenset[str]
_ID = frozenset({"id"})


class ById(Generic[T]):
    """Reads the rows of a table by their ids: as nouns, or written as JSON."""

    # Whether what an id finds can be told inside a larger statement.
    nests = True

    def __init__(
        self,
        table: Table,
        noun: type[T],
        conditions: Callable[[LeadVisibility | None], Sequence[ColumnElement[bool]]],
        derived: Mapping[str, ColumnElement[Any]] | None = None,
    ) -> None:
        """`conditions` say who sees what; `derived` are attributes that are no columns, by name."""
        self.noun = noun
        self._table = table
        self._conditions = conditions
        self._build = mapper(noun)
        self.written_columns: Mapping[str, ColumnElement[Any]] = {**{name: table.c[name] for name in columns_of(noun)}, **(derived or {})}
        self._statement = Prepared(self._by_ids)
        self._written_statement = Prepared(self._written_by_ids)

    def _there(self, visibility: LeadVisibility | None) -> Sequence[ColumnElement[bool]]:
        return [self._table.c.workspace_id == bindparam("workspace_id", type_=Uuid()), *self._conditions(visibility)]

    def _by_ids(self, names: Sequence[str], visibility: LeadVisibility | None) -> Select[Any]:
        workspace, *seen = self._there(visibility)
        wanted = self._table.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
        return select(*(self._table.c[name] for name in names)).where(workspace, wanted, *seen)

    def _written_by_ids(self, written: WrittenObject, reach: Reach, alone: bool) -> Select[Any]:
        names = dict.fromkeys(("id", *names_of(written)))
        if alone:
            # The planner keeps its plan for one id; for a list of ids, whose length it does not know, it makes a new one each time.
            statement = self.written_one(bindparam("id", type_=Uuid()), tuple(names), reach.scope)
        else:
            workspace, *seen = self._there(reach.scope.visibility)
            wanted = self._table.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
            statement = select(*labelled(tuple(names), self.written_columns)).where(workspace, wanted, *seen)
        return rows_of(statement, written, reach, "id")

    async def __call__(self, db: Reading, ids: Sequence[UUID], wanted: Wanted | None = None) -> Mapping[UUID, T]:
        """Read things; `wanted` names the fields that are needed, None means all."""
        build = self._build if wanted is None else self._build.only(wanted | _ID)
        return {row["id"]: build(row) for row in await db.fetch(self._statement(build.names, db.scope.visibility), ids=list(ids))}

    async def written(
        self, db: Reading, ids: Sequence[UUID], written: WrittenObject, pages: Pages, *, alone: bool = False
    ) -> Mapping[UUID, bytes | None]:
        """Read things as JSON texts; None where something is missing that the text cannot do without.

        `alone`: one thing is looked up as a rule, for which there is a statement of its own.
        """
        alone = alone and len(ids) == 1
        statement = self._written_statement(written, pages.reach(db.scope), alone)
        if alone:
            row = await db.fetch_one(statement, id=ids[0])
            return {} if row is None else {ids[0]: row[1]}
        return {row[0]: row[1] for row in await db.fetch(statement, ids=list(ids))}

    def written_one(self, key: ColumnElement[Any], names: Sequence[str], scope: Scope) -> Select[Any]:
        """Select columns of the thing that has this key, as far as it is seen."""
        workspace, *seen = self._there(scope.visibility)
        return select(*labelled(names, self.written_columns)).where(workspace, self._table.c.id == key, *seen)


def by_id(table: Table, noun: type[T]) -> ById[T]:
    """Build the batch function that reads things by their ids."""
    return ById(table, noun, lambda _visibility: ())


def by_id_of_leads(table: Table, noun: type[T], *, even_deleted: bool = True) -> ById[T]:
    """Build the batch function that reads what belongs to leads by its ids, for whoever may see the leads.

    What belongs to deleted leads is still found by its id, unless it makes no sense without its lead.
    """

    def seen(visibility: LeadVisibility | None) -> Sequence[ColumnElement[bool]]:
        if visibility is None and even_deleted:
            return ()
        scope = Scope(UUID(int=0), visibility)
        there = [] if even_deleted else [leads.c.deleted_at.is_(None)]
        return [exists().where(leads.c.workspace_id == table.c.workspace_id, leads.c.id == table.c.lead_id, *there, visible(scope))]

    return ById(table, noun, seen)


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
