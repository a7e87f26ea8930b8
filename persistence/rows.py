"""Turns rows into the domain's frozen dataclasses: enums, tuples and all."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from types import FunctionType, NoneType, UnionType
from typing import Any, Generic, TypeVar, cast, get_args, get_origin, get_type_hints

from asyncpg import Record

from domain.drafts import draft_of
from persistence.attributes import attributes_read
from persistence.documents import from_document, to_document

T = TypeVar("T")

_MOST_SUBSETS = 200


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
    if dataclasses.is_dataclass(cast(object, hint)):
        kind = cast(type[Any], hint)
        return lambda document: from_document(kind, document)
    return None


class Mapper(Generic[T]):
    """Turns a row, with a column for each field of a frozen dataclass, into an instance.

    Rows with a part of the columns become instances with those fields alone; reading another one raises AttributeError.
    """

    def __init__(self, cls: type[T], only: frozenset[str] | None = None) -> None:
        self._cls = cls
        self.names = tuple(name for name in columns_of(cls) if only is None or name in only)
        self._narrowed: dict[frozenset[str], Mapper[T]] = {}

    @cached_property
    def _build(self) -> Callable[[Record], T]:
        # Modules make many mappers, and a server that starts needs few of them.
        hints = get_type_hints(self._cls)
        return _generated(self._cls, self.names, {name: convert for name in self.names if (convert := _converter(hints[name]))})

    def __call__(self, row: Record) -> T:
        """Build the instance."""
        return self._build(row)

    def only(self, names: frozenset[str]) -> Mapper[T]:
        """Return the mapper for rows that hold these fields alone, and those that the properties and methods named need.

        Other names are left out.
        """
        computed = _computed(self._cls)
        kept = names.union(*(computed[name] for name in names if name in computed)).intersection(self.names)
        narrowed = self._narrowed.get(kept)
        if narrowed is None:
            # A dataclass has few fields, but many subsets of them.
            if len(self._narrowed) >= _MOST_SUBSETS:
                self._narrowed.clear()
            narrowed = self._narrowed[kept] = Mapper(self._cls, kept)
        return narrowed


@cache
def _computed(cls: type[Any]) -> Mapping[str, frozenset[str]]:
    """Name what each property and method of a dataclass reads of it, itself or through others of them."""
    found: dict[str, frozenset[str]] = {}
    for name, member in vars(cls).items():
        function = member.fget if isinstance(member, property) else member if isinstance(member, FunctionType) else None
        if function is not None and not name.startswith("__"):
            reads = attributes_read(function)
            found[name] = frozenset(columns_of(cls)) if reads is None else reads
    for _ in found:
        found = {name: reads.union(*(found[each] for each in reads if each in found)) for name, reads in found.items()}
    return found


def mapper(cls: type[T]) -> Mapper[T]:
    """Build the function that turns a row, with a column for each field of `cls`, into an instance."""
    return Mapper(cls)


def _generated(cls: type[T], names: Sequence[str], converters: Mapping[str, Callable[[Any], Any]]) -> Callable[[Record], T]:
    """Write out a function that fills the fields one by one: an __init__ with keywords takes many times as long."""
    has_slots = "__slots__" in vars(cls)
    scope: dict[str, Any] = {"new": object.__new__, "put": object.__setattr__, "cls": cls}
    if has_slots:
        scope["draft"] = draft_of(cls)
    lines = ["def build(row):", f"    instance = {'draft()' if has_slots else 'new(cls)'}"]
    for number, name in enumerate(names):
        value = f"row[{name!r}]"
        if name in converters:
            scope[f"convert{number}"] = converters[name]
            value = f"convert{number}({value})"
        lines.append(f"    instance.{name} = {value}" if has_slots else f"    put(instance, {name!r}, {value})")
    if has_slots:
        lines.append("    instance.__class__ = cls")
    exec("\n".join([*lines, "    return instance"]), scope)  # noqa: S102 -- made of the names of fields
    return scope["build"]


@cache
def columns_of(cls: type[Any]) -> tuple[str, ...]:
    """Name the fields of a dataclass, which are the columns to select."""
    return tuple(field.name for field in dataclasses.fields(cls))


@cache
def _documents(cls: type[Any]) -> Mapping[str, type[Any]]:
    """Find the fields that are dataclasses themselves, which are kept as JSON."""
    found: dict[str, type[Any]] = {}
    for name, hint in get_type_hints(cls).items():
        for candidate in _named_in(hint):
            if dataclasses.is_dataclass(candidate):
                found[name] = cast(type[Any], candidate)
    return found


def _named_in(hint: Any) -> Iterator[Any]:
    """Walk through what a hint such as `tuple[X, ...] | None` names."""
    yield hint
    for argument in get_args(hint):
        yield from _named_in(argument)


def values_of(noun: Any) -> dict[str, Any]:
    """Return the fields of a frozen dataclass as a row to write; fields that are dataclasses themselves become JSON."""
    cls = cast(type[Any], type(noun))
    values = {name: getattr(noun, name) for name in columns_of(cls)}
    for name, kind in _documents(cls).items():
        value = values[name]
        if isinstance(value, tuple):
            values[name] = [to_document(kind, each) for each in cast(tuple[Any, ...], value)]
        elif value is not None:
            values[name] = to_document(kind, value)
    return values
