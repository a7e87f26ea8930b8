"""Rows that PostgreSQL writes as JSON itself, where nothing but columns is selected: no value becomes a Python object on its way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import Boolean, Column, ColumnElement, DateTime, Integer, SmallInteger, Text, Uuid, cast, func, literal_column
from sqlalchemy.sql.functions import coalesce
from sqlalchemy.types import TypeEngine

_PLAIN = re.compile(r"[\w:]+", re.ASCII)
_INSTANT_FORMAT = '\'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\''


class Form(StrEnum):
    """How a column's value is written."""

    TEXT = "TEXT"
    # A text that needs no escaping, such as a member of an enum.
    NAME = "NAME"
    NUMBER = "NUMBER"
    FLAG = "FLAG"
    INSTANT = "INSTANT"
    # URL-safe base64 without padding of `prefix` and the id's bytes.
    KEY = "KEY"


_TYPES: Mapping[Form, tuple[type[TypeEngine[Any]], ...]] = {
    Form.TEXT: (Text,),
    Form.NAME: (Text,),
    Form.NUMBER: (Integer, SmallInteger),
    Form.FLAG: (Boolean,),
    Form.INSTANT: (DateTime,),
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


@dataclass(frozen=True, slots=True)
class WrittenObject:
    """An object: its keys, in their order, with what is written under them; names and letters alone, as GraphQL's keys are."""

    entries: tuple[tuple[str, Entry], ...]


Entry: TypeAlias = Value | Always | WrittenObject


def can_write(written: WrittenObject, columns: Sequence[ColumnElement[Any]]) -> bool:
    """Tell whether the columns hold all that is to be written, in types that are written alike here and in Python."""
    by_name = {column.key: column for column in columns if isinstance(column, Column)}

    def fits(entry: Entry) -> bool:
        if isinstance(entry, WrittenObject):
            return all(fits(each) for _, each in entry.entries)
        if isinstance(entry, Always):
            return True
        column = by_name.get(entry.column)
        return column is not None and type(column.type) in _TYPES[entry.form] and (entry.nullable or not column.nullable)

    return fits(written)


def _quoted(text: str) -> str:
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"not a plain name: {text[:40]!r}")
    return text


def json_of(written: WrittenObject, columns: Sequence[ColumnElement[Any]]) -> ColumnElement[str]:
    """Build the expression of a row's JSON text. Joining texts takes two thirds of the time of `json_build_object`."""
    by_name = {column.key: column for column in columns}
    parts: list[str | ColumnElement[str]] = []
    _put(parts, written, by_name)
    merged: list[str | ColumnElement[str]] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    whole: ColumnElement[str] | None = None
    for part in merged:
        piece = literal_column(f"'{part}'", Text) if isinstance(part, str) else part
        whole = piece if whole is None else whole.concat(piece)
    return literal_column("'{}'", Text) if whole is None else whole


def _put(parts: list[str | ColumnElement[str]], written: WrittenObject, columns: Mapping[str | None, ColumnElement[Any]]) -> None:
    parts.append("{")
    for number, (key, entry) in enumerate(written.entries):
        parts.append(f'{"," if number else ""}"{_quoted(key)}":')
        if isinstance(entry, WrittenObject):
            _put(parts, entry, columns)
        elif isinstance(entry, Always):
            parts.append(f'"{_quoted(entry.text)}"')
        else:
            column = columns[entry.column]
            text = _text_of(entry, column)
            parts.append(coalesce(text, literal_column("'null'", Text)) if entry.nullable else text)
    parts.append("}")


def _text_of(value: Value, column: ColumnElement[Any]) -> ColumnElement[str]:
    """Write one value; null stays null."""
    if value.form is Form.TEXT:
        return cast(func.to_json(column), Text)
    if value.form in (Form.NUMBER, Form.FLAG):
        return cast(column, Text)
    if value.form is Form.NAME:
        inner: ColumnElement[str] = column
    elif value.form is Form.INSTANT:
        # As Python writes it: six digits of a second's fraction, or none.
        shown = func.to_char(func.timezone(literal_column("'UTC'"), column), literal_column(_INSTANT_FORMAT))
        inner = func.replace(shown, literal_column("'.000000Z'"), literal_column("'Z'"), type_=Text)
    else:
        prefix: ColumnElement[Any] = literal_column(f"'\\x{_quoted(value.prefix).encode().hex()}'::bytea")
        raw: ColumnElement[Any] = prefix.concat(func.uuid_send(column))
        inner = func.translate(func.encode(raw, literal_column("'base64'")), literal_column("'+/='"), literal_column("'-_'"), type_=Text)
    quote = literal_column("'\"'", Text)
    return quote.concat(inner).concat(quote)


def json_list(row: ColumnElement[str]) -> ColumnElement[str]:
    """Build the expression of the JSON text of all rows, in their order."""
    return (
        literal_column("'['", Text)
        .concat(coalesce(func.string_agg(row, literal_column("','")), literal_column("''", Text)))
        .concat(literal_column("']'", Text))
    )
