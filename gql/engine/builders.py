"""Writes the source of functions that build objects as they are answered: nulls checked, lists walked, leaves and children written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from graphql import GraphQLList, GraphQLNonNull

from gql.engine.leaves import SCOPE, Fallback, Leaf


class CannotPlan(Exception):
    """The document asks for something that the engine does not cover; the ordinary executor runs it."""


@dataclass(slots=True)
class Shape:
    """What a field's type says about its value: may it be null, is it a list, may the items be null."""

    nullable: bool
    is_list: bool
    items_nullable: bool


def shape_of(type: Any) -> Shape:
    """Read the wrappers of a type. Raises CannotPlan for lists of lists."""
    nullable, inner = _unwrapped(type)
    if not isinstance(inner, GraphQLList):
        return Shape(nullable, is_list=False, items_nullable=False)
    items_nullable, item = _unwrapped(cast(Any, inner).of_type)
    if isinstance(item, GraphQLList):
        raise CannotPlan
    return Shape(nullable, is_list=True, items_nullable=items_nullable)


def _unwrapped(type: Any) -> tuple[bool, Any]:
    if isinstance(type, GraphQLNonNull):
        return False, cast(Any, type).of_type
    return True, type


@dataclass(slots=True)
class Inlined:
    """A child without branches, built in place; it takes the info besides the value."""

    build: Callable[..., Any]


def not_null(value: Any) -> Any:
    """Return the value. Raises Fallback for None, where the type allows none."""
    if value is None:
        raise Fallback
    return value


class Writer:
    """Writes the source of one `build` function."""

    def __init__(self) -> None:
        self._scope: dict[str, Any] = {"required": not_null, **SCOPE}
        self._entries: list[str] = []

    def name(self, thing: Any) -> str:
        """Give a thing a name in the function's scope."""
        name = f"f{len(self._scope)}"
        self._scope[name] = thing
        return name

    def put(self, key: str, expression: str) -> None:
        """Add one entry of the object."""
        self._entries.append(f"{key!r}: {expression}")

    def completed(self, source: str, shape: Shape, write: Leaf | Inlined) -> str:
        """Write the expression that completes a value: nulls checked, lists walked, leaves and children written."""

        def one(variable: str) -> str:
            if isinstance(write, Inlined):
                return f"{self.name(write.build)}({variable}, i)"
            return write.expression(variable, self.name)

        if shape.is_list:
            item = f"(None if x is None else {one('x')})" if shape.items_nullable else f"({one('x')} if x is not None else required(None))"
            expression = f"[{item} for x in v]"
        else:
            expression = one("v")
        return f"({expression} if (v := {source}) is not None else {'None' if shape.nullable else 'required(None)'})"

    def function(self, columns: int) -> Callable[..., dict[str, Any]]:
        """Compile the function. Keys come from a validated document: names, written by repr."""
        parameters = ", ".join(["o", "i", *(f"c{index}" for index in range(columns))])
        exec(f"def build({parameters}):\n    return {{{', '.join(self._entries)}}}", self._scope)  # noqa: S102 -- made of names only
        return self._scope["build"]
