"""The domain's closed sets as GraphQL enums, each value with what it means."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar, cast

import strawberry

E = TypeVar("E", bound=type[Enum])


def describe(enum: E, description: str, values: Mapping[str, str], *, name: str | None = None) -> E:
    """Register a domain enum once under its name, with a description for every value. Raises KeyError when one is missing."""
    registered = cast(Any, strawberry.enum(enum, description=description, name=name))
    for value in registered.__strawberry_definition__.values:
        value.description = values[value.name]
    return cast(E, registered)
