"""Values that a column holds as JSON: dataclasses written out and read back, enums, instants and unions included."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_document(kind: type[Any], value: Any) -> Any:
    """Write a dataclass as what JSON knows."""
    return _adapter(kind).dump_python(value, mode="json")


def from_document(kind: type[T], document: Any) -> T:
    """Read a dataclass that `to_document` wrote."""
    return _adapter(kind).validate_python(document)
