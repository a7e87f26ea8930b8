"""Values that a column holds as JSON: dataclasses written out and read back, enums, instants and unions included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from cattrs import Converter

T = TypeVar("T")


def _is_union(kind: Any) -> bool:
    """Tell whether a type is a union of dataclasses."""
    return isinstance(kind, UnionType) and all(is_dataclass(each) for each in get_args(kind))


def _by_kind(union: Any) -> Callable[[Any, Any], Any]:
    """Build what reads one of several dataclasses: each has a field `kind` of one literal."""
    members: Mapping[str, Any] = {get_args(get_type_hints(each)["kind"])[0]: each for each in get_args(union)}
    return lambda document, _: _converter.structure(document, members[document["kind"]])


_converter = Converter(detailed_validation=False, unstruct_collection_overrides={tuple: list, frozenset: list})
for _kind in (datetime, date, time):
    _converter.register_unstructure_hook(_kind, _kind.isoformat)
    _converter.register_structure_hook(_kind, lambda text, kind: kind.fromisoformat(text))
for _kind in (UUID, Decimal):
    _converter.register_unstructure_hook(_kind, str)
    _converter.register_structure_hook(_kind, lambda text, kind: kind(text))
_converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
_converter.register_structure_hook_factory(_is_union)(_by_kind)


def to_document(kind: type[Any], value: Any) -> Any:
    """Write a dataclass as what JSON knows."""
    return _converter.unstructure(value, unstructure_as=kind)


def from_document(kind: type[T], document: Any) -> T:
    """Read a dataclass that `to_document` wrote."""
    return _converter.structure(document, kind)
