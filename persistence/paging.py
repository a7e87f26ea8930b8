"""Keyset pages over (sort value, id), of one list or of many parents' lists in a single statement."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from asyncpg import Record
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CompoundSelect,
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
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.types import TypeEngine

from domain.paging import EMPTY_PAGE, Page, PageRequest
from persistence.database import Reading, Scope, by_visibility
from persistence.page_requests import Shape, marks_of, page_of, row_text, shape_of
from persistence.rows import Mapper
from persistence.statements import Prepared, leaves_open
from persistence.written import NO_PAGES, Asked, Pages, Reach, Rows, Things, WrittenObject, json_list, labelled, names_of, rows_of, sent

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
    """One order that a list offers: by which expression, of which Python type; empty values come last, forward.

    `beside` joins to the list's source what the expression needs besides.
    """

    expression: ColumnElement[Any]
    value_type: type
    nullable: bool = False
    beside: Callable[[FromClause], FromClause] | None = None

    def accepts(self, value: object) -> bool:
        """Tell whether a cursor's value can belong to this order."""
        if value is None:
            return self.nullable
        return isinstance(value, self.value_type) and not isinstance(value, bool)


Where = Callable[[FilterT | None, Scope], Sequence[ColumnElement[bool]]]
# Reads what a filter refers to, for filters that name other ones.
Resolve = Callable[[Reading, FilterT], Awaitable[FilterT]]


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
        resolve: Resolve[FilterT] | None = None,
        derived: Mapping[str, ColumnElement[Any]] | None = None,
        kinds: Mapping[type[Any], tuple[str, Things]] | None = None,
    ) -> None:
        """`derived` are attributes of the rows' nouns that are no columns, by name.

        `kinds` are for rows that stand for things of several kinds (`WrittenUnion`): by a thing's class, its kind and where it is read.
        """
        self._build = build
        self._columns = columns
        self._source = source
        self._workspace = workspace
        self._id = id
        self._where = where
        self._parent = parent
        self._resolve = resolve
        # Where another table says what belongs to a parent, an index in the list's order looks cheap to the planner and walks past the
        # whole workspace for each parent that has few rows. An expression that no index knows has it begin at the parent instead.
        self._joined = parent is not None and parent.table is not id.table
        self.orderings = orderings
        # Only what a mapper builds has its columns' names for its attributes'.
        named = {column.key: column for column in columns if column.key is not None} if isinstance(build, Mapper) else {}
        self.written_columns: Mapping[str, ColumnElement[Any]] = {**named, **(derived or {})}
        self.kinds = kinds or {}
        self._page_statement = Prepared(self._whole)
        self._pages_statement = Prepared(self._of_parents)
        self._several_statement = Prepared(self._of_filters)
        self._written_statement = Prepared(self._written_of_parents)
        self._written_page_statement = Prepared(self._written_rows)
        self._written_whole_statement = Prepared(self._written_at_once)

    async def _resolved(self, db: Reading, filter: FilterT | None) -> FilterT | None:
        return filter if self._resolve is None or filter is None else await self._resolve(db, filter)

    def _conditions(self, filter: FilterT | None, scope: Scope) -> list[ColumnElement[bool]]:
        return [self._workspace == bindparam("workspace_id", type_=Uuid()), *self._where(filter, scope)]

    def _ordered(self, shape: Shape, filter: FilterT | None, scope: Scope, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
        """Build the statement for one list: filter, keyset, order and `size` rows."""
        ordering = self.orderings[shape.order]
        descending = shape.descending != shape.backward
        conditions = self._conditions(filter, scope)
        for mark, is_null, beyond in (
            ("after", shape.after_null, shape.descending),
            ("before", shape.before_null, not shape.descending),
        ):
            if is_null is not None:
                conditions.append(_beyond(ordering, self._id, mark, is_null=is_null, descending=beyond, reversed_=mark == "before"))
        nulls_last = not shape.backward
        sorted_by = func.greatest(ordering.expression) if self._joined else ordering.expression
        sort = sorted_by.desc() if descending else sorted_by.asc()
        if ordering.nullable:
            sort = sort.nulls_last() if nulls_last else sort.nulls_first()
        tie = self._id.desc() if descending else self._id.asc()
        return (
            select(*columns, ordering.expression.label("_sort"), self._id.label("_id"))
            .select_from(self._source if ordering.beside is None else ordering.beside(self._source))
            .where(*conditions)
            .order_by(sort, tie)
            .limit(bindparam("size", type_=Integer()))
        )

    def _whole(self, shape: Shape, filter: FilterT | None, scope: Scope, wanted: frozenset[str] | None) -> Select[Any]:
        return self._ordered(shape, filter, scope, self._wanted_columns(wanted))

    def _of_parents(self, shape: Shape, filter: FilterT | None, scope: Scope, wanted: frozenset[str] | None) -> Select[Any]:
        parent = self._required_parent()
        keys = func.unnest(bindparam("parents", type_=ARRAY(parent.type))).table_valued("key", name="parents").render_derived()
        ordered = self._ordered(shape, filter, scope, self._wanted_columns(wanted))
        rows = ordered.where(parent == keys.c.key).correlate(keys).lateral("page")
        return select(keys.c.key.label("_parent"), rows).select_from(keys.join(rows, true()))

    def _of_filters(
        self, shape: Shape, filters: tuple[FilterT | None, ...], scope: Scope, wanted: frozenset[str] | None
    ) -> CompoundSelect[Any]:
        columns = self._wanted_columns(wanted)
        lists = [self._ordered(shape, filter, scope, columns).subquery() for filter in filters]
        return union_all(
            *(select(literal(number).label("_number"), func.row_number().over().label("_place"), rows) for number, rows in enumerate(lists))
        )

    def _wanted_columns(self, wanted: frozenset[str] | None) -> Sequence[ColumnElement[Any]]:
        return self._columns if wanted is None else [column for column in self._columns if column.key in wanted]

    def _narrowed(self, wanted: frozenset[str] | None) -> tuple[frozenset[str] | None, Callable[[Record], T]]:
        """Return the columns to read and what builds the rows; everything, where rows are not built from columns by their names."""
        if wanted is None or not isinstance(self._build, Mapper):
            return None, self._build
        mapper = cast("Mapper[T]", self._build)  # pyright: ignore[reportUnknownMemberType] -- isinstance leaves its argument open
        narrowed = mapper.only(wanted)
        return frozenset(narrowed.names), narrowed

    async def page(self, db: Reading, request: PageRequest, filter: FilterT | None = None, wanted: frozenset[str] | None = None) -> Page[T]:
        """Read one page of the whole list; `wanted` names the fields that the rows need, None means all."""
        kept, build = self._narrowed(wanted)
        filter = await self._resolved(db, filter)
        statement = self._page_statement(shape_of(request), filter, by_visibility(db.scope), kept)
        return page_of(await db.fetch(statement, **marks_of(request)), request, build)

    async def pages(
        self,
        db: Reading,
        parents: Sequence[Any],
        request: PageRequest,
        filter: FilterT | None = None,
        wanted: frozenset[str] | None = None,
    ) -> Mapping[Any, Page[T]]:
        """Read the same page of several parents' lists with one statement."""
        kept, build = self._narrowed(wanted)
        filter = await self._resolved(db, filter)
        statement = self._pages_statement(shape_of(request), filter, by_visibility(db.scope), kept)
        grouped: dict[Any, list[Record]] = {}
        for row in await db.fetch(statement, parents=list(parents), **marks_of(request)):
            grouped.setdefault(row["_parent"], []).append(row)
        empty = cast(Page[T], EMPTY_PAGE)
        return {key: page_of(grouped[key], request, build) if key in grouped else empty for key in parents}

    @property
    def has_parents(self) -> bool:
        """Tell whether a column says to what a row belongs; lists at the root have none, nor those whose parents are filters."""
        return self._parent is not None

    def can_nest(self, filter: FilterT | None, request: PageRequest) -> bool:
        """Tell whether a page can be a part of a larger statement, which is kept: one from the beginning, that needs no look beforehand."""
        from_start = not request.backward and request.after is None and request.before is None
        return from_start and (self._resolve is None or filter is None)

    def written_list(self, key: ColumnElement[Any], names: Sequence[str], asked: Asked, scope: Scope) -> Select[Any]:
        """Select columns of the rows of one page of the list that belongs to this key."""
        request, filter = asked
        statement = self._ordered(shape_of(request), cast("FilterT | None", filter), scope, labelled(names, self.written_columns))
        # Written out, so that the planner knows how few rows it is about.
        return statement.where(self._required_parent() == key).limit(literal_column(str(request.size)))

    def _written_of_parents(self, shape: Shape, filter: FilterT | None, written: Rows, reach: Reach) -> Select[Any, Any]:
        parent = self._required_parent()
        keys = func.unnest(bindparam("parents", type_=ARRAY(parent.type))).table_valued("key", name="parents").render_derived()
        rows = self._ordered(shape, filter, reach.scope, labelled(names_of(written), self.written_columns))
        page = rows.where(parent == keys.c.key).correlate(keys).subquery("page")
        listed = select(json_list(written, page.c, reach).label("rows")).select_from(page).correlate(keys).lateral("listed")
        return select(keys.c.key.label("_parent"), sent(listed.c.rows).label("rows")).select_from(keys.join(listed, true()))

    async def written_pages(
        self,
        db: Reading,
        parents: Sequence[Any],
        request: PageRequest,
        filter: FilterT | None,
        written: Rows,
        pages: Pages = NO_PAGES,
    ) -> Mapping[Any, bytes | None]:
        """Read the same page of several parents' lists as JSON texts, with one statement; how the lists go on is not looked at."""
        narrowed = await self._resolved(db, filter)
        statement = self._written_statement(shape_of(request), narrowed, written, pages.reach(db.scope))
        marks = {**marks_of(request), "size": request.size}
        return {row[0]: row[1] for row in await db.fetch(statement, parents=list(parents), **marks)}

    def _written_ordered(self, shape: Shape, filter: FilterT | None, written: Rows, reach: Reach, at_most: int) -> Select[Any]:
        ordered = self._ordered(shape, filter, reach.scope, labelled(names_of(written), self.written_columns))
        # With the number of rows written out PostgreSQL keeps its plan, which is as well where no value of a filter decides about it.
        decided = any(leaves_open(condition) for condition in self._where(filter, reach.scope))
        return ordered if decided else ordered.limit(literal_column(str(at_most)))

    def _written_rows(self, shape: Shape, filter: FilterT | None, written: WrittenObject, reach: Reach, at_most: int) -> Select[Any]:
        return rows_of(self._written_ordered(shape, filter, written, reach, at_most), written, reach, "_sort", "_id")

    def _written_at_once(self, shape: Shape, filter: FilterT | None, written: Rows, reach: Reach, at_most: int) -> Select[Any]:
        page = self._written_ordered(shape, filter, written, reach, at_most).subquery("page")
        return select(sent(json_list(written, page.c, reach))).select_from(page)

    async def written_whole(
        self, db: Reading, request: PageRequest, filter: FilterT | None, written: Rows, pages: Pages = NO_PAGES
    ) -> bytes | None:
        """Read one page of the whole list as one JSON text; how the list goes on is not looked at."""
        narrowed = await self._resolved(db, filter)
        reach = pages.reach(db.scope)
        statement = self._written_whole_statement(shape_of(request), narrowed, written, reach, request.size)
        return cast("bytes | None", await db.fetch_value(statement, **{**marks_of(request), "size": request.size}))

    async def written_page(
        self, db: Reading, request: PageRequest, filter: FilterT | None, written: WrittenObject, pages: Pages = NO_PAGES
    ) -> Page[bytes | None]:
        """Read one page of the whole list, its rows as JSON texts; None where something is missing that a row cannot do without."""
        narrowed = await self._resolved(db, filter)
        reach = pages.reach(db.scope)
        statement = self._written_page_statement(shape_of(request), narrowed, written, reach, request.size + 1)
        return page_of(await db.fetch(statement, **marks_of(request)), request, row_text)

    async def count(self, db: Reading, filter: FilterT | None = None) -> int:
        """Count the whole list."""
        filter = await self._resolved(db, filter)
        statement = select(func.count()).select_from(self._source).where(*self._conditions(filter, db.scope))
        return cast(int, await db.fetch_value(statement))

    async def pages_of(
        self, db: Reading, filters: Sequence[FilterT | None], request: PageRequest, wanted: frozenset[str] | None = None
    ) -> Sequence[Page[T]]:
        """Read the same page of the list under several filters, resolved ones, with one statement."""
        kept, build = self._narrowed(wanted)
        statement = self._several_statement(shape_of(request), tuple(filters), by_visibility(db.scope), kept)
        grouped: dict[int, list[Record]] = {}
        for row in sorted(await db.fetch(statement, **marks_of(request)), key=lambda row: row["_place"]) if filters else ():
            grouped.setdefault(row["_number"], []).append(row)
        return [page_of(grouped.get(number, ()), request, build) for number in range(len(filters))]

    async def counts_of(self, db: Reading, filters: Sequence[FilterT | None]) -> Sequence[int]:
        """Count the list under several filters, resolved ones, with one statement."""
        parts = [
            select(literal(number).label("number"), func.count().label("count"))
            .select_from(self._source)
            .where(*self._conditions(filter, db.scope))
            for number, filter in enumerate(filters)
        ]
        found = {row["number"]: row["count"] for row in await db.fetch(union_all(*parts))} if parts else {}
        return [found[number] for number in range(len(parts))]

    async def counts(self, db: Reading, parents: Sequence[Any], filter: FilterT | None = None) -> Mapping[Any, int]:
        """Count several parents' lists with one statement."""
        parent = self._required_parent()
        filter = await self._resolved(db, filter)
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


def _beyond(
    ordering: Ordering, id: ColumnElement[UUID], mark: str, *, is_null: bool, descending: bool, reversed_: bool
) -> ColumnElement[bool]:
    """Build the condition "lies beyond the mark" (`reversed_`: before it, where empty values come first)."""
    column = ordering.expression
    tie = bindparam(f"{mark}_id", type_=Uuid())
    beyond_id = id < tie if descending else id > tie
    if is_null:
        at_null = and_(column.is_(None), beyond_id)
        return or_(column.is_not(None), at_null) if reversed_ else at_null
    value = bindparam(f"{mark}_value", type_=_SQL_TYPES[ordering.value_type])
    row, place = tuple_(column, id), tuple_(value, tie)
    beyond = row < place if descending else row > place
    return or_(beyond, column.is_(None)) if ordering.nullable and not reversed_ else beyond
