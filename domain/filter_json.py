"""Filters over leads as JSON with a version, so that one that was saved can still be read when filters have learned more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.filters import LeadFilter

VERSION = 1


class UnreadableFilter(ValueError):
    """The JSON is not a filter of a version that is known here."""


def written_filter(filter: LeadFilter) -> dict[str, Any]:
    """Write a filter; what is not set is left out."""
    return {"version": VERSION, "filter": _written(filter)}


def read_filter(stored: object) -> LeadFilter:
    """Read what `written_filter` wrote. Raises UnreadableFilter."""
    if not isinstance(stored, Mapping) or cast("Mapping[str, Any]", stored).get("version") != VERSION:
        raise UnreadableFilter("not a filter of this version")
    try:
        return cast(LeadFilter, _read(cast("Mapping[str, Any]", stored).get("filter"), LeadFilter))
    except (TypeError, ValueError, InvalidOperation) as error:
        raise UnreadableFilter(str(error)) from error


def _written(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name.rstrip("_"): _written(inner) for field in fields(value) if (inner := getattr(value, field.name)) is not None}
    if isinstance(value, tuple):
        return [_written(each) for each in cast("tuple[Any, ...]", value)]
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(noun: type[Any]) -> Mapping[str, tuple[str, Any]]:
    """Return a dataclass's fields by their names in JSON: (name, type)."""
    hints = get_type_hints(noun)
    return {field.name.rstrip("_"): (field.name, hints[field.name]) for field in fields(noun)}


def _read(value: Any, hint: Any) -> Any:
    if isinstance(hint, UnionType):
        if value is None:
            return None
        hint = next(each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError("a list is expected")
        return tuple(_read(each, get_args(hint)[0]) for each in cast("Sequence[Any]", value))
    if is_dataclass(hint):
        return _read_dataclass(value, cast("type[Any]", hint))
    if hint is datetime or hint is date:
        return hint.fromisoformat(value)
    if hint is Decimal or hint is UUID:
        return hint(value)
    if not isinstance(value, hint):
        raise TypeError(f"a {hint.__name__} is expected")
    return value


def _read_dataclass(value: Any, noun: type[Any]) -> Any:
    known = _hints(noun)
    given = cast("Mapping[str, Any]", value)
    unknown = given.keys() - known.keys()
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    return noun(**{known[name][0]: _read(inner, known[name][1]) for name, inner in given.items()})
