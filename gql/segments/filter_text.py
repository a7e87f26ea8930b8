"""Writes a saved filter as the JSON that the API takes as `LeadFilter`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import orjson

from domain.filters import LeadFilter
from gql.ids import encode_id
from gql.leads.filters import KINDS
from gql.scalars import written_instant

# Inputs with whole numbers; all others are decimals, written as strings.
_WHOLE = frozenset({"score", "employees"})


def filter_text(filter: LeadFilter) -> str:
    """Write a filter so that it can be sent back as it is."""
    return orjson.dumps(_written(filter, "", whole=False)).decode()


def _camel(name: str) -> str:
    first, *others = name.rstrip("_").split("_")
    return first + "".join(part.capitalize() for part in others)


def _written(value: Any, kind: str, *, whole: bool) -> Any:
    if is_dataclass(value):
        return {
            _camel(field.name): _written(inner, KINDS.get(field.name, kind), whole=whole or field.name in _WHOLE)
            for field in fields(value)
            if (inner := getattr(value, field.name)) is not None
        }
    if isinstance(value, tuple):
        return [_written(each, kind, whole=whole) for each in cast("Sequence[Any]", value)]
    if isinstance(value, UUID):
        return encode_id(kind, value)
    if isinstance(value, Decimal):
        return int(value) if whole else format(value, "f")
    if isinstance(value, datetime):
        return written_instant(value)
    return value.isoformat() if isinstance(value, date) else value
