"""Draws values for arguments and variables by their types: valid ones, mostly sensible, sometimes such as are refused."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    is_required_input_field,
)

from tests.worlds import NOON

_MOST_REMEMBERED = 60
_LONG = "long " * 50
_SCALARS: Mapping[str, tuple[Any, ...]] = {
    "Int": (0, 1, 2, 5, 20, 100, 2**31 - 1),
    "Float": (0.0, 0.5, 100.0),
    "DateTime": tuple((NOON + timedelta(hours=hours)).isoformat() for hours in (-10_000, -24, -1, 0, 1, 48)),
    "Date": tuple((NOON + timedelta(days=days)).date().isoformat() for days in (-400, -1, 0, 1, 70)),
    "Decimal": ("0", "-1", "10.5", "1003", "99999999"),
    "EmailAddress": ("ana1@lima.example", "nobody@nowhere.example"),
    "PhoneNumber": ("+351210000000", "+351912345678"),
    "URL": ("https://lima.example/",),
    "String": ("a", "ana", "lovelace", "Lima 1", "%", "", _LONG),
}


class Name(str):
    """An enum's member, or a variable with its dollar: written without quotes in a document."""

    __slots__ = ()


def kind_of(id: str) -> str:
    """Return the kind that a global id names; none of a malformed one."""
    kind, separator, _ = id.partition(":")
    return kind if separator else ""


@dataclass(slots=True)
class Learned:
    """What earlier answers told: ids by their kind, texts by their field, cursors by the list that they lie in."""

    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    cursors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def learn(self, data: object, fields: Mapping[str, str], owner: str = "") -> None:
        """Take in an answer; `fields` names the fields behind its keys, and `owner` the connection that it lies in."""
        if isinstance(data, dict):
            for key, value in cast("dict[str, Any]", data).items():
                name = fields.get(key, key)
                if isinstance(value, str):
                    self._take(name, value, owner)
                else:
                    self.learn(value, fields, owner if name in ("edges", "nodes", "node", "pageInfo") else name)
        elif isinstance(data, list):
            for item in cast("list[Any]", data):
                self.learn(item, fields, owner)

    def _take(self, name: str, value: str, owner: str) -> None:
        place = (
            self.ids[kind_of(value)] if name == "id"
            else self.cursors[owner] if name in ("cursor", "startCursor", "endCursor")
            else self.texts[name]
        )  # fmt: skip
        if len(place) < _MOST_REMEMBERED and value not in place:
            place.append(value)


@dataclass(slots=True)
class Variable:
    """A variable as an operation declares it; `draw` draws one more value for it."""

    name: str
    type: str
    default: str | None
    draw: Callable[[], Any]
    may_be_absent: bool


@dataclass(slots=True)
class DrawnValues:
    """Draws values, and declares variables where values are drawn as such."""

    random: random.Random
    learned: Learned
    # One in so many drawn values is such that the service refuses it.
    spoiled: float = 0.02
    variables: dict[str, Variable] = field(default_factory=dict[str, Variable])

    def argument(self, type: Any, name: str, owner: str) -> str:
        """Write an argument's value for a document, perhaps as a variable or with variables in it."""
        return written(self._drawn(type, name, owner, variables=True))

    def values(self) -> dict[str, Any]:
        """Draw a value for each variable that need not be absent."""
        given: dict[str, Any] = {}
        for variable in self.variables.values():
            if not (variable.may_be_absent and self.random.random() < 0.3):
                given[variable.name] = variable.draw()
        return given

    def _drawn(self, type: Any, name: str, owner: str, *, variables: bool, depth: int = 0) -> Any:
        chance = self.random.random()
        if variables and chance < (0.3 if depth == 0 else 0.12):
            return self._variable(type, name, owner)
        if not isinstance(type, GraphQLNonNull) and chance > 1 - 2 * self.spoiled:
            return None
        inner: Any = _nullable(type)
        if isinstance(inner, GraphQLList):
            item = cast(Any, inner).of_type
            count = self.random.choice((0, 1, 1, 2, 3))
            return [self._drawn(item, name, owner, variables=variables, depth=depth + 1) for _ in range(count)]
        if isinstance(inner, GraphQLInputObjectType):
            return self._object(inner, owner, variables=variables, depth=depth)
        if isinstance(inner, GraphQLEnumType):
            return Name(self.random.choice(list(inner.values)))
        return self._scalar(inner.name, name, owner)

    def _object(self, type: GraphQLInputObjectType, owner: str, *, variables: bool, depth: int) -> dict[str, Any]:
        names = [name for name, each in type.fields.items() if is_required_input_field(each)]
        # Filters hold filters: below the third they are of plain conditions.
        free = [name for name, each in type.fields.items() if name not in names and (depth < 3 or _is_plain(each.type))]
        if free:
            names += self.random.sample(free, min(len(free), 1 if type.is_one_of else self.random.choice((1, 1, 2))))
        if type.is_one_of:
            only = names[0]
            value = self._drawn(GraphQLNonNull(type.fields[only].type), only, owner, variables=False, depth=depth + 1)
            return {only: value}
        return {
            name: self._drawn(type.fields[name].type, name, owner, variables=variables, depth=depth + 1) for name in names
        }  # fmt: skip

    def _variable(self, type: Any, name: str, owner: str) -> Name:
        required = isinstance(type, GraphQLNonNull)
        inner = _nullable(type)
        required_type: Any = GraphQLNonNull(inner)
        with_default = self.random.random() < 0.5
        nullable = self.random.random() < 0.7 and (with_default or not required)

        def draw() -> Any:
            if nullable and self.random.random() < (self.spoiled if required else 0.15):
                return None
            return self._drawn(required_type, name, owner, variables=False, depth=1)

        default = written(self._drawn(required_type, name, owner, variables=False, depth=1)) if with_default else None
        variable = Variable(f"v{len(self.variables)}", f"{inner}" if nullable else f"{inner}!", default, draw, nullable or with_default)
        self.variables[variable.name] = variable
        return Name(f"${variable.name}")

    def _scalar(self, type: str, name: str, owner: str) -> Any:
        choice, bad = self.random.choice, self.random.random() < self.spoiled
        if type == "Boolean":
            return choice((True, False))
        if name in ("first", "last", "sample"):
            return choice((0, -1, 1000)) if bad else choice((1, 2, 2, 3, 4))
        if type == "Cursor":
            return self._cursor(owner, bad)
        if type == "ID":
            return self._id(name, owner, bad)
        known = self.learned.texts.get(name)
        if known and self.random.random() < 0.5:
            return choice(known)
        values = _SCALARS.get(type, ("x",))
        return values[-1] if bad else choice(values[:-1] or values)

    def _cursor(self, owner: str, bad: bool) -> str:
        known = self.learned.cursors.get(owner, [])
        others = [cursor for cursors in self.learned.cursors.values() for cursor in cursors]
        if bad or not others:
            return self.random.choice(["bm90IGEgY3Vyc29y", "nowhere", *others])
        return self.random.choice(known or others)

    def _id(self, name: str, owner: str, bad: bool) -> str:
        if bad:
            return self.random.choice(("nothing", "none:", f"Lead:{UUID(int=0)}", ""))
        word = (owner if name in ("id", "ids", "key") else name.removesuffix("Ids").removesuffix("Id")).lower()
        fitting = [kind for kind, ids in self.learned.ids.items() if ids and word and kind.lower().endswith(word)]
        kinds = fitting if fitting and self.random.random() < 0.8 else [kind for kind, ids in self.learned.ids.items() if ids]
        return self.random.choice(self.learned.ids[self.random.choice(kinds)]) if kinds else "bm9uZQ"


def _nullable(type: Any) -> Any:
    return cast(Any, type).of_type if isinstance(type, GraphQLNonNull) else type


def _is_plain(type: Any) -> bool:
    inner: Any = _nullable(type)
    return not isinstance(inner, GraphQLInputObjectType) or all(
        not isinstance(_nullable(each.type), GraphQLInputObjectType | GraphQLList) for each in inner.fields.values()
    )


def written(value: Any) -> str:
    """Write a value as a document does."""
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(written(item) for item in cast('list[Any]', value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {written(inner)}' for name, inner in cast('dict[str, Any]', value).items())}}}"
    return json.dumps(value)
