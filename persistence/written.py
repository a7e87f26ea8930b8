"""Rows that PostgreSQL writes as JSON itself, with what they refer to and lists of what belongs to them, as far as all is columns.

No value becomes a Python object on its way. What is written is described without SQL by `WrittenObject`; how far a description can be
carried out, the sources of the rows say (`can_write`).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Select,
    SmallInteger,
    Text,
    Uuid,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.functions import coalesce
from sqlalchemy.types import TypeEngine

from domain.paging import PageRequest
from persistence.database import Scope, by_visibility

_PLAIN = re.compile(r"[\w:]+", re.ASCII)


class Form(StrEnum):
    """How a column's value is written."""

    TEXT = "TEXT"
    # A text that needs no escaping, such as a member of an enum.
    NAME = "NAME"
    NUMBER = "NUMBER"
    FLAG = "FLAG"
    INSTANT = "INSTANT"
    DATE = "DATE"
    # `prefix` and the id, as PostgreSQL writes it.
    KEY = "KEY"


_TYPES: Mapping[Form, tuple[type[TypeEngine[Any]], ...]] = {
    Form.TEXT: (Text,),
    Form.NAME: (Text,),
    Form.NUMBER: (Integer, SmallInteger),
    Form.FLAG: (Boolean,),
    Form.INSTANT: (DateTime,),
    Form.DATE: (Date,),
    Form.KEY: (Uuid,),
}


@dataclass(frozen=True, slots=True)
class Value:
    """One column's value."""

    column: str
    form: Form
    nullable: bool = True
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Always:
    """A text that is the same in every row."""

    text: str


Columns: TypeAlias = "ReadOnlyColumnCollection[str, Any]"
Asked: TypeAlias = tuple[PageRequest, Hashable | None]
"""The page of a list, and its filter."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a statement depends on besides its description: whose sight it has, and which pages its lists are asked for."""

    scope: Scope
    pages: Pages
    # Looked up at each request, as descriptions are.
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hash once."""
        object.__setattr__(self, "_hash", hash((self.scope, self.pages)))

    def __hash__(self) -> int:
        """Return the hash."""
        return self._hash


class Pages(tuple[Asked, ...]):  # noqa: SLOT001 -- it keeps something, which a tuple has no slot for
    """The pages that the lists of a description are asked for, by their numbers. Whoever keeps them keeps their reach as well."""

    _reach: Reach | None = None

    def reach(self, scope: Scope) -> Reach:
        """Return what a statement with these pages depends on."""
        seen = by_visibility(scope)
        if self._reach is None or self._reach.scope is not seen:
            self._reach = Reach(seen, self)
        return self._reach


NO_PAGES = Pages()


class Things(Protocol):
    """Things that others refer to by one column."""

    @property
    def written_columns(self) -> Mapping[str, ColumnElement[Any]]:
        """Return what can be written of a thing, by name."""
        ...

    def written_one(self, key: ColumnElement[Any], names: Sequence[str], scope: Scope) -> Select[Any]:
        """Select columns of the thing that has this key, as far as it is seen."""
        ...


class Lists(Protocol):
    """Lists that belong to others."""

    @property
    def written_columns(self) -> Mapping[str, ColumnElement[Any]]:
        """Return what can be written of a row, by name."""
        ...

    def written_list(self, key: ColumnElement[Any], names: Sequence[str], asked: Asked, scope: Scope) -> Select[Any]:
        """Select columns of the rows of one page of the list that belongs to this key."""
        ...


@dataclass(frozen=True, slots=True)
class WrittenObject:
    """An object: its keys, in their order, with what is written under them; names and letters alone, as GraphQL's keys are."""

    entries: tuple[tuple[str, Entry], ...]
    # Descriptions are deep, and looked up at each request.
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hash once."""
        object.__setattr__(self, "_hash", hash(self.entries))

    def __hash__(self) -> int:
        """Return the hash."""
        return self._hash

    def columns(self) -> Iterator[str]:
        """Name the columns that the object is written from, some more than once."""
        for _, entry in self.entries:
            if isinstance(entry, WrittenObject):
                yield from entry.columns()
            elif not isinstance(entry, Always):
                yield entry.column

    def nests(self) -> bool:
        """Tell whether anything comes from other rows than the object's own."""
        return any(
            entry.nests() if isinstance(entry, WrittenObject) else isinstance(entry, WrittenOne | WrittenList) for _, entry in self.entries
        )


@dataclass(frozen=True, slots=True)
class WrittenUnion:
    """Rows that stand for things of several kinds: under `id` the thing's id, under `type` its kind.

    `members` tell by the kind which things those are, and how they are written; a row is left out where its thing is not there.
    """

    members: tuple[tuple[str, Things, WrittenObject], ...]

    def columns(self) -> Iterator[str]:
        """Name the columns that say which thing it is."""
        yield from ("type", "id")

    def nests(self) -> bool:
        """Tell that all of it comes from other rows."""
        return True


Rows: TypeAlias = "WrittenObject | WrittenUnion"


@dataclass(frozen=True, slots=True)
class WrittenOne:
    """The thing that a column refers to; where it may not be null and is not there, nothing comes of the object around it."""

    column: str
    things: Things
    written: WrittenObject
    nullable: bool


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A page of the list that belongs to a column's value: under each key its rows. `number` counts the lists of a description."""

    column: str
    lists: Lists
    number: int
    entries: tuple[tuple[str, Always | Rows], ...]


Entry: TypeAlias = Value | Always | WrittenObject | WrittenOne | WrittenList


def can_write(written: Rows, columns: Mapping[str, ColumnElement[Any]]) -> bool:
    """Tell whether the columns hold all that is to be written, in types that are written alike here and in Python.

    What may come to nothing itself cannot be told from what is not there, in a union.
    """
    if isinstance(written, WrittenUnion):
        return all(can_write(each, things.written_columns) and not _fragile(each) for _, things, each in written.members)

    def fits(entry: Entry) -> bool:
        if isinstance(entry, WrittenObject):
            return all(fits(each) for _, each in entry.entries)
        if isinstance(entry, Always):
            return True
        column = columns.get(entry.column)
        if column is None:
            return False
        if isinstance(entry, WrittenOne):
            return can_write(entry.written, entry.things.written_columns)
        if isinstance(entry, WrittenList):
            return all(isinstance(rows, Always) or can_write(rows, entry.lists.written_columns) for _, rows in entry.entries)
        nullable = not isinstance(column, Column) or column.nullable
        return type(column.type) in _TYPES[entry.form] and (entry.nullable or not nullable)

    return fits(written)


def labelled(names: Sequence[str], columns: Mapping[str, ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """List columns under the names that they are written by."""
    return [columns[name].label(name) for name in names]


def _quoted(text: str) -> str:
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"not a plain name: {text[:40]!r}")
    return text


def _literal(text: str) -> ColumnElement[str]:
    return literal_column(f"'{text}'", Text)


def rows_of(statement: Select[Any], written: WrittenObject, reach: Reach, *beside: str) -> Select[Any]:
    """Build the statement that writes each row of another one, in its order, after the columns that are named."""
    rows = statement.subquery()
    return select(*(rows.c[name] for name in beside), sent(json_of(written, rows.c, reach)).label("row")).select_from(rows)


def sent(text: ColumnElement[str]) -> ColumnElement[bytes]:
    """Build the expression of what is sent of a JSON text: bytes. A `str` takes up to four times the room, and is encoded again."""
    return func.convert_to(text, literal_column("'UTF8'"), type_=LargeBinary)


def names_of(written: Rows) -> tuple[str, ...]:
    """Name the columns that rows are written from."""
    return tuple(dict.fromkeys(written.columns()))


def json_of(written: WrittenObject, columns: Columns, reach: Reach) -> ColumnElement[str]:
    """Build the expression of a row's JSON text. Joining texts takes two thirds of the time of `json_build_object`."""
    parts: list[str | ColumnElement[str]] = []
    _put(parts, written, columns, reach)
    return _joined(parts)


def _joined(parts: Sequence[str | ColumnElement[str]]) -> ColumnElement[str]:
    merged: list[str | ColumnElement[str]] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    whole: ColumnElement[str] | None = None
    for part in merged:
        piece = _literal(part) if isinstance(part, str) else part
        whole = piece if whole is None else whole.concat(piece)
    return _literal("{}") if whole is None else whole


def _put(parts: list[str | ColumnElement[str]], written: WrittenObject, columns: Columns, reach: Reach) -> None:
    parts.append("{")
    for number, (key, entry) in enumerate(written.entries):
        parts.append(f'{"," if number else ""}"{_quoted(key)}":')
        if isinstance(entry, WrittenObject):
            _put(parts, entry, columns, reach)
        elif isinstance(entry, Always):
            parts.append(f'"{_quoted(entry.text)}"')
        elif isinstance(entry, WrittenList):
            parts.append(_list_of(entry, columns[entry.column], reach))
        elif isinstance(entry, WrittenOne):
            parts.append(_one_of(entry, columns[entry.column], reach))
        else:
            pieces = _pieces_of(entry, columns[entry.column])
            parts += [coalesce(_joined(pieces), _literal("null"))] if entry.nullable else pieces
    parts.append("}")


def _thing_of(things: Things, written: WrittenObject, key: ColumnElement[Any], reach: Reach) -> ColumnElement[str]:
    """Write the thing that has a key; null where there is none, or nothing came of it."""
    thing = things.written_one(key, names_of(written) or ("id",), reach.scope).correlate(key.table).subquery()
    return select(json_of(written, thing.c, reach).label("row")).select_from(thing).scalar_subquery()


def _one_of(entry: WrittenOne, key: ColumnElement[Any], reach: Reach) -> ColumnElement[str]:
    text = _thing_of(entry.things, entry.written, key, reach)
    if not entry.nullable:
        return text
    # Where the thing may come to nothing itself, that must not look as if it was not there.
    return case((key.is_(None), _literal("null")), else_=text) if _fragile(entry.written) else coalesce(text, _literal("null"))


def _list_of(entry: WrittenList, key: ColumnElement[Any], reach: Reach) -> ColumnElement[str]:
    names = tuple(dict.fromkeys(name for _, rows in entry.entries if not isinstance(rows, Always) for name in names_of(rows)))
    page = entry.lists.written_list(key, names, reach.pages[entry.number], reach.scope).correlate(key.table).subquery()
    parts: list[str | ColumnElement[str]] = ["{"]
    for number, (name, rows) in enumerate(entry.entries):
        parts.append(f'{"," if number else ""}"{_quoted(name)}":')
        parts.append(f'"{_quoted(rows.text)}"' if isinstance(rows, Always) else json_list(rows, page.c, reach))
    parts.append("}")
    return select(_joined(parts)).select_from(page).scalar_subquery()


def _pieces_of(value: Value, column: ColumnElement[Any]) -> Sequence[str | ColumnElement[str]]:
    """Write one value that is not null, piece by piece; if it is, one of the pieces is null."""
    if value.form is Form.TEXT:
        return [cast(func.to_json(column), Text)]
    if value.form in (Form.NUMBER, Form.FLAG):
        return [cast(column, Text)]
    if value.form is Form.NAME:
        return ['"', column, '"']
    if value.form is Form.DATE:
        return ['"', cast(column, Text), '"']
    if value.form is Form.INSTANT:
        # The session's style of dates is ISO's, with a blank. `to_char` takes twice as long.
        shown = cast(func.timezone(literal_column("'UTC'"), column), Text)
        return ['"', func.replace(shown, literal_column("' '"), literal_column("'T'"), type_=Text), 'Z"']
    return [f'"{_quoted(value.prefix)}', cast(column, Text), '"']


def _row_of(written: Rows, columns: Columns, reach: Reach) -> ColumnElement[str]:
    if isinstance(written, WrittenObject):
        return json_of(written, columns, reach)
    kind, id = columns["type"], columns["id"]
    return case(*((kind == _literal(name), _thing_of(things, each, id, reach)) for name, things, each in written.members))


def json_list(written: Rows, columns: Columns, reach: Reach) -> ColumnElement[str]:
    """Build the expression of the JSON text of all rows, in their order; null where nothing came of one of them.

    Of a union, rows whose things are not there are left out: what is null is not joined in.
    """
    row = _row_of(written, columns, reach)
    listed = _literal("[").concat(coalesce(func.string_agg(row, literal_column("','")), literal_column("''", Text))).concat(_literal("]"))
    if not _fragile(written):
        return listed
    return case((func.count(row) == func.count(), listed), else_=None)


def _fragile(written: Rows) -> bool:
    """Tell whether a row may come to nothing: for want of something that it refers to, at any depth. Unions have none such."""
    if isinstance(written, WrittenUnion):
        return False
    return any(
        _fragile(entry)
        if isinstance(entry, WrittenObject)
        else (not entry.nullable or _fragile(entry.written))
        if isinstance(entry, WrittenOne)
        else isinstance(entry, WrittenList) and any(not isinstance(rows, Always) and _fragile(rows) for _, rows in entry.entries)
        for _, entry in written.entries
    )
