"""How a leaf's value is written: by a quick way for the value that is expected, else by the type's own serializer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any, cast

from graphql import GraphQLEnumType, GraphQLLeafType

_MAX_INT = 2**31 - 1
_TEXTS = frozenset({"String", "ID", "EmailAddress", "PhoneNumber", "URL", "Cursor"})


class Fallback(Exception):
    """Something is not as the plan expects: an error, a null where none may be. The ordinary executor answers instead."""


def leaf_writer(type: GraphQLLeafType) -> Callable[[Any], Any]:
    """Return the function that writes a value which is not None."""

    def exactly(value: Any) -> Any:
        written = cast(Any, type).serialize(value)
        if written is None:
            raise Fallback
        return written

    if isinstance(type, GraphQLEnumType):
        return lambda value: value._name_ if isinstance(value, Enum) and value._name_ in type.values else exactly(value)
    if type.name in _TEXTS:
        return lambda value: value if value.__class__ is str else exactly(value)
    if type.name == "DateTime":
        # The database's instants are in UTC already.
        return lambda value: value.isoformat()[:-6] + "Z" if value.__class__ is datetime and value.tzinfo is UTC else exactly(value)
    if type.name == "Boolean":
        return lambda value: value if value is True or value is False else exactly(value)
    if type.name == "Int":
        return lambda value: value if value.__class__ is int and -_MAX_INT <= value <= _MAX_INT else exactly(value)
    return exactly
