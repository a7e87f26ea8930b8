"""Finds selections that are nothing but columns, of things and of what they refer to, so that PostgreSQL can write them as JSON itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,  # pyright: ignore[reportUnknownVariableType] -- its overloads leave a type open
)

from gql.edges import LookUp, ToOne, ToPages, edge_of
from gql.engine.arguments import Asking
from gql.loaders import Batch
from gql.nodes import attribute_of, noun_of
from persistence.lookups import ById
from persistence.paging import Listing
from persistence.written import (
    NO_PAGES,
    Always,
    Asked,
    Entry,
    Form,
    Pages,
    Rows,
    Things,
    Value,
    WrittenList,
    WrittenObject,
    WrittenOne,
    WrittenUnion,
    can_write,
    names_of,
)

Grouped: TypeAlias = "Mapping[str, Sequence[Any]]"
Collect: TypeAlias = Callable[[GraphQLObjectType, Sequence[Any]], Grouped]

_FORMS = {
    "String": Form.TEXT,
    "EmailAddress": Form.TEXT,
    "PhoneNumber": Form.TEXT,
    "URL": Form.TEXT,
    "Int": Form.NUMBER,
    "Boolean": Form.FLAG,
    "DateTime": Form.INSTANT,
    "Date": Form.DATE,
}


@dataclass(slots=True)
class Written:
    """How rows are written, and what the lists in them are asked with, by their numbers."""

    object: Rows
    lists: tuple[tuple[Asking, ToPages], ...]
    # Those that were asked for last: mostly the same ones.
    _pages: Pages = NO_PAGES
    # What look-ups found their things by so far, and whether it can write them: the same few, asked at each request.
    _fitting: dict[Batch, bool] = field(default_factory=dict[Batch, bool])

    def kept(self, pages: Sequence[Asked]) -> Pages:
        """Return pages as the same object as last time, if they are the same."""
        asked = Pages(pages)
        if asked != self._pages:
            self._pages = asked
        return self._pages

    def fits(self, batch: Batch) -> bool:
        """Tell whether a batch can write its things so."""
        known = self._fitting.get(batch)
        if known is None:
            things: Any = batch
            known = isinstance(things, ById) and can_write(self.object, cast("ById[Any]", things).written_columns)
            self._fitting[batch] = known
        return known


@dataclass(slots=True)
class WrittenPage:
    """How a connection is answered of which nothing but rows is asked for: its keys, with what is written under them."""

    entries: tuple[tuple[str, Always | Written], ...]


@dataclass(slots=True)
class _Finder:
    collect: Collect
    lists: list[tuple[Asking, ToPages]] = field(default_factory=list[tuple[Asking, ToPages]])

    def object(self, type: GraphQLObjectType, details: Sequence[Any]) -> WrittenObject | None:
        entries: list[tuple[str, Entry]] = []
        for key, part in self.collect(type, details).items():
            entry = self._entry(type, part)
            if entry is None:
                return None
            entries.append((key, entry))
        # An object of which everything is skipped is written like one that is not there.
        return WrittenObject(tuple(entries)) if entries else None

    def _entry(self, type: GraphQLObjectType, details: Sequence[Any]) -> Entry | None:
        name: str = details[0].node.name.value
        if name == "__typename":
            return Always(type.name)
        definition = type.fields.get(name)
        declared: Any = definition.extensions.get("strawberry-definition") if definition is not None else None
        if definition is None or declared is None:
            return None
        returned: Any = definition.type
        nullable = not isinstance(returned, GraphQLNonNull)
        named: object = cast(object, get_named_type(returned))
        edge = edge_of(declared)
        if isinstance(edge, ToOne | ToPages) and isinstance(named, GraphQLObjectType):
            return self._one(edge, named, details, nullable) if isinstance(edge, ToOne) else self._list(edge, definition, named, details)
        if edge is not None or definition.args:
            return None
        kind = declared.metadata.get("id_of")
        if kind is not None:
            return Value("id", Form.KEY, nullable=False, prefix=f"{kind}:")
        if declared.metadata.get("itself") and isinstance(named, GraphQLObjectType):
            return None if _is_list(returned) else self.object(named, details)
        column = declared.python_name if declared.base_resolver is None else _column_of(declared.metadata)
        form = Form.NAME if isinstance(named, GraphQLEnumType) else _FORMS.get(str(named))
        return None if form is None or column is None or _is_list(returned) else Value(column, form, nullable)

    def _one(self, edge: ToOne, named: GraphQLObjectType, details: Sequence[Any], nullable: bool) -> WrittenOne | None:
        column = attribute_of(edge.key)
        things = things_of(edge)
        if column is None or things is None or not things.nests:
            return None
        written = self.object(named, details)
        # Of what has no column in it, PostgreSQL would write one also for a thing that is not there.
        return None if written is None or not names_of(written) else WrittenOne(column, things, written, nullable)

    def _list(self, edge: ToPages, definition: GraphQLField, connection: GraphQLObjectType, details: Sequence[Any]) -> WrittenList | None:
        column = None if edge.key is None or edge.timed or not edge.listing.has_parents else attribute_of(edge.key)
        if column is None:
            return None
        number = len(self.lists)
        self.lists.append((Asking(definition, details[0].node), edge))
        entries: list[tuple[str, Always | Rows]] = []
        for key, part in self.collect(connection, details).items():
            rows = self.rows(connection, part, edge.listing)
            if rows is None:
                return None
            entries.append((key, rows))
        if all(isinstance(rows, Always) for _, rows in entries):
            # Nothing of it is gathered into one row.
            return None
        return WrittenList(column, edge.listing, number, tuple(entries))

    def rows(self, connection: GraphQLObjectType, details: Sequence[Any], listing: Listing[Any, Any]) -> Always | Rows | None:
        """Find how one field of a connection is written: its rows, or its type's name."""
        name = details[0].node.name.value
        if name == "__typename":
            return Always(connection.name)
        node = cast(object, get_named_type(connection.fields[name].type))
        if name != "nodes":
            return None
        if isinstance(node, GraphQLUnionType):
            return self._union(node, details, listing)
        return self.object(node, details) if isinstance(node, GraphQLObjectType) else None

    def _union(self, type: GraphQLUnionType, details: Sequence[Any], listing: Listing[Any, Any]) -> WrittenUnion | None:
        members: list[tuple[str, Things, WrittenObject]] = []
        for each in type.types:
            noun = noun_of(each.extensions["strawberry-definition"].origin)
            known = None if noun is None else listing.kinds.get(noun)
            written = self.object(each, details) if self.collect(each, details) else WrittenObject(())
            if known is None or written is None:
                return None
            members.append((*known, written))
        return WrittenUnion(tuple(members))


def written_rows(type: GraphQLObjectType, details: Sequence[Any], edge: ToOne | ToPages | LookUp, collect: Collect) -> Written | None:
    """Work out how the rows behind an edge are written; None when more than columns is asked for."""
    columns = edge.listing.written_columns if isinstance(edge, ToPages) else None
    finder = _Finder(collect)
    written = finder.object(type, details)
    if written is None or (columns is not None and not can_write(written, columns)):
        return None
    return Written(written, tuple(finder.lists))


def written_page(connection: GraphQLObjectType, details: Sequence[Any], edge: ToPages, collect: Collect) -> WrittenPage | None:
    """Work out how a connection is written as a whole; None when more is asked for than rows, and of rows than columns."""
    entries: list[tuple[str, Always | Written]] = []
    if edge.key is not None and not edge.listing.has_parents:
        return None
    for key, part in collect(connection, details).items():
        finder = _Finder(collect)
        rows = finder.rows(connection, part, edge.listing)
        if rows is None or (not isinstance(rows, Always) and not can_write(rows, edge.listing.written_columns)):
            return None
        entries.append((key, rows if isinstance(rows, Always) else Written(rows, tuple(finder.lists))))
    return WrittenPage(tuple(entries)) if any(isinstance(rows, Written) for _, rows in entries) else None


def things_of(edge: ToOne) -> ById[Any] | None:
    """Return the batch of an edge where it can write what it finds."""
    batch: Any = edge.batch
    return cast("ById[Any]", batch) if isinstance(batch, ById) else None


def _column_of(metadata: Mapping[str, Any]) -> str | None:
    """Name the column that a computed field shows: the one that it names, or the attribute that it merely reads."""
    compute = metadata.get("compute")
    return metadata.get("column") or (compute and attribute_of(compute))


def _is_list(type: Any) -> bool:
    return isinstance(get_nullable_type(type), GraphQLList)
