"""How a leaf's value is written: by a quick way for the value that is expected, else by the type's own serializer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from graphql import GraphQLEnumType, GraphQLLeafType

from gql.scalars import written_instant

_MAX_INT = 2**31 - 1
_TEXTS = frozenset({"String", "ID", "EmailAddress", "PhoneNumber", "URL", "Cursor"})


class Fallback(Exception):
    """Something is not as the plan expects: an error, a null where none may be. The ordinary executor answers instead."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """How values of one leaf type are written that are not None.

    `quick` is an expression over `{v}`, a name; `{exactly}` writes any value, and `{members}` knows an enum's. Its other names are those of
    `SCOPE`.
    """

    quick: str
    exactly: Callable[[Any], Any]
    members: Mapping[Any, str] = field(default_factory=dict[Any, str])

    def expression(self, variable: str, name: Callable[[Any], str]) -> str:
        """Write the expression for a variable; `name` gives things a name."""
        exactly = name(self.exactly) if "{exactly}" in self.quick else ""
        return self.quick.format(v=variable, exactly=exactly, members=name(self.members) if self.members else "")

    @property
    def write(self) -> Callable[[Any], Any]:
        """Return the function of a value."""
        scope: dict[str, Any] = dict(SCOPE)

        def name(thing: Any) -> str:
            scope[f"t{len(scope)}"] = thing
            return f"t{len(scope) - 1}"

        return eval(f"lambda v: {self.expression('v', name)}", scope)  # noqa: S307 -- made of the templates below


# What the quick expressions name.
SCOPE = {"str": str, "int": int, "datetime": datetime, "instant": written_instant}
_TEXT = "({v} if {v}.__class__ is str else {exactly}({v}))"
_INSTANT = "(instant({v}) if {v}.__class__ is datetime else {exactly}({v}))"
_BOOLEAN = "({v} if {v} is True or {v} is False else {exactly}({v}))"
_INT = f"({{v}} if {{v}}.__class__ is int and -{_MAX_INT} <= {{v}} <= {_MAX_INT} else {{exactly}}({{v}}))"
_MEMBER = "({members}.get({v}) or {exactly}({v}))"
_SLOWLY = "{exactly}({v})"


def _as_it_is(value: Any) -> Any:
    return value


VERBATIM = Leaf("{v}", _as_it_is)
"""What is written already."""


def leaf(type: GraphQLLeafType) -> Leaf:
    """Find out how a type's values are written."""

    def exactly(value: Any) -> Any:
        written = cast(Any, type).serialize(value)
        if written is None:
            raise Fallback
        return written

    if isinstance(type, GraphQLEnumType):
        # The domain's enums are texts, each member's value its name: they are found by either.
        members = {name: name for name in type.values}
        return Leaf(_MEMBER, exactly, members)
    quick = {"DateTime": _INSTANT, "Boolean": _BOOLEAN, "Int": _INT, **dict.fromkeys(_TEXTS, _TEXT)}
    return Leaf(quick.get(type.name, _SLOWLY), exactly)
