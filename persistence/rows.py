"""Turns rows into the domain's frozen dataclasses: enums, tuples and all."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from asyncpg import Record

T = TypeVar("T")


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    """Find what makes a column's value the field's value; None when it is that already."""
    if get_origin(hint) is UnionType or str(get_origin(hint)) == "typing.Union":
        inner = [_converter(argument) for argument in get_args(hint) if argument is not NoneType]
        convert = next((each for each in inner if each), None)
        return None if convert is None else lambda value: None if value is None else convert(value)
    if get_origin(hint) is tuple:
        element = _converter(get_args(hint)[0])
        return tuple if element is None else lambda values: tuple(element(value) for value in values)
    if isinstance(hint, type) and issubclass(hint, Enum):
        members: Mapping[str, Enum] = {str(member.value): member for member in hint}
        return members.__getitem__
    return None


def mapper(cls: type[T]) -> Callable[[Record], T]:
    """Build the function that turns a row, with a column for each field of `cls`, into an instance."""
    hints = get_type_hints(cls)
    names = [field.name for field in dataclasses.fields(cls)]  # pyright: ignore[reportArgumentType] -- T is a dataclass
    converters = [(name, convert) for name in names if (convert := _converter(hints[name]))]

    def build(row: Record) -> T:
        values = {name: row[name] for name in names}
        for name, convert in converters:
            values[name] = convert(values[name])
        return cls(**values)

    return build


def columns_of(cls: type[Any]) -> tuple[str, ...]:
    """Name the fields of a dataclass, which are the columns to select."""
    return tuple(field.name for field in dataclasses.fields(cls))


def values_of(noun: Any) -> dict[str, Any]:
    """Return the fields of a frozen dataclass as a row to write."""
    return {field.name: getattr(noun, field.name) for field in dataclasses.fields(noun)}
