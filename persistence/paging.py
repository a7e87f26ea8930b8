"""Keyset pages over (sort value, id), of one list or of many parents' lists in a single statement."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from asyncpg import Record
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Numeric,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.types import TypeEngine

from domain.paging import EMPTY_PAGE, Page, PageRequest, Position
from persistence.database import Reading, Scope

T = TypeVar("T")
FilterT = TypeVar("FilterT", bound=Hashable)

_SQL_TYPES: Mapping[type, TypeEngine[Any]] = {
    datetime: DateTime(timezone=True),
    date: Date(),
    int: Integer(),
    str: Text(),
    Decimal: Numeric(),
}


@dataclass(frozen=True, slots=True)
class Ordering:
    """One order that a list offers: by which expression, of which Python type; empty values come last, forward."""

    expression: ColumnElement[Any]
    value_type: type
    nullable: bool = False

    def accepts(self, value: object) -> bool:
        """Tell whether a cursor's value can belong to this order."""
        if value is None:
            return self.nullable
        return isinstance(value, self.value_type) and not isinstance(value, bool)


Where = Callable[[FilterT | None, Scope], Sequence[ColumnElement[bool]]]


def no_filter(_filter: Any, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Keep every row: the list has no filter, and its parent was visible."""
    return ()


class Listing(Generic[T, FilterT]):
    """Rows that can be paged: which columns, from where, in which orders, under which filter.

    `parent` is the column that holds the parent's key, for lists that belong to something; None for a list at the root.
    """

    def __init__(
        self,
        *,
        build: Callable[[Record], T],
        columns: Sequence[ColumnElement[Any]],
        source: FromClause,
        workspace: ColumnElement[UUID],
        id: ColumnElement[UUID],
        orderings: Mapping[str, Ordering],
        where: Where[FilterT] = no_filter,
        parent: ColumnElement[Any] | None = None,
    ) -> None:
        self._build = build
        self._columns = columns
        self._source = source
        self._workspace = workspace
        self._id = id
        self._where = where
        self._parent = parent
        self.orderings = orderings

    def _conditions(self, filter: FilterT | None, scope: Scope) -> list[ColumnElement[bool]]:
        return [self._workspace == bindparam("workspace_id", type_=Uuid()), *self._where(filter, scope)]

    def _ordered(self, request: PageRequest, filter: FilterT | None, scope: Scope) -> Select[Any]:
        """Build the statement for one list: filter, keyset, order and one row more than asked for."""
        ordering = self.orderings[request.order]
        descending = request.descending != request.backward
        conditions = self._conditions(filter, scope)
        for position, beyond in ((request.after, request.descending), (request.before, not request.descending)):
            if position is not None:
                conditions.append(_beyond(ordering, self._id, position, descending=beyond, reversed_=position is request.before))
        nulls_last = not request.backward
        sort = ordering.expression.desc() if descending else ordering.expression.asc()
        if ordering.nullable:
            sort = sort.nulls_last() if nulls_last else sort.nulls_first()
        tie = self._id.desc() if descending else self._id.asc()
        return (
            select(*self._columns, ordering.expression.label("_sort"), self._id.label("_id"))
            .select_from(self._source)
            .where(*conditions)
            .order_by(sort, tie)
            .limit(request.size + 1)
        )

    async def page(self, db: Reading, request: PageRequest, filter: FilterT | None = None) -> Page[T]:
        """Read one page of the whole list."""
        return self._page(await db.fetch(self._ordered(request, filter, db.scope)), request)

    async def pages(
        self, db: Reading, parents: Sequence[Any], request: PageRequest, filter: FilterT | None = None
    ) -> Mapping[Any, Page[T]]:
        """Read the same page of several parents' lists with one statement."""
        parent = self._required_parent()
        keys = func.unnest(bindparam("parents", type_=ARRAY(parent.type))).table_valued("key", name="parents").render_derived()
        rows = self._ordered(request, filter, db.scope).where(parent == keys.c.key).correlate(keys).lateral("page")
        statement = select(keys.c.key.label("_parent"), rows).select_from(keys.join(rows, true()))
        grouped: dict[Any, list[Record]] = {}
        for row in await db.fetch(statement, parents=list(parents)):
            grouped.setdefault(row["_parent"], []).append(row)
        empty = cast(Page[T], EMPTY_PAGE)
        return {key: self._page(grouped[key], request) if key in grouped else empty for key in parents}

    async def count(self, db: Reading, filter: FilterT | None = None) -> int:
        """Count the whole list."""
        statement = select(func.count()).select_from(self._source).where(*self._conditions(filter, db.scope))
        return cast(int, await db.fetch_value(statement))

    async def counts(self, db: Reading, parents: Sequence[Any], filter: FilterT | None = None) -> Mapping[Any, int]:
        """Count several parents' lists with one statement."""
        parent = self._required_parent()
        statement = (
            select(parent.label("key"), func.count().label("count"))
            .select_from(self._source)
            .where(*self._conditions(filter, db.scope), parent == any_(bindparam("parents", type_=ARRAY(parent.type))))
            .group_by(parent)
        )
        found = {row["key"]: row["count"] for row in await db.fetch(statement, parents=list(parents))}
        return {key: found.get(key, 0) for key in parents}

    def _required_parent(self) -> ColumnElement[Any]:
        if self._parent is None:
            raise TypeError("a list at the root has no parents")
        return self._parent

    def _page(self, rows: Sequence[Record], request: PageRequest) -> Page[T]:
        more = len(rows) > request.size
        kept = rows[: request.size]
        if request.backward:
            kept = kept[::-1]
        built = tuple((Position(row["_sort"], row["_id"]), self._build(row)) for row in kept)
        # Looking away from the direction of travel, a cursor that was given proves that something lies there.
        if request.backward:
            return Page(built, has_next=request.before is not None, has_previous=more)
        return Page(built, has_next=more, has_previous=request.after is not None)


def _beyond(ordering: Ordering, id: ColumnElement[UUID], position: Position, *, descending: bool, reversed_: bool) -> ColumnElement[bool]:
    """Build the condition "lies beyond the position" (`reversed_`: before it, where empty values come first)."""
    column = ordering.expression
    tie = bindparam(None, position.id, type_=Uuid(), unique=True)
    beyond_id = id < tie if descending else id > tie
    if position.value is None:
        at_null = and_(column.is_(None), beyond_id)
        return or_(column.is_not(None), at_null) if reversed_ else at_null
    value = bindparam(None, position.value, type_=_SQL_TYPES[ordering.value_type], unique=True)
    row, mark = tuple_(column, id), tuple_(value, tie)
    beyond = row < mark if descending else row > mark
    return or_(beyond, column.is_(None)) if ordering.nullable and not reversed_ else beyond
