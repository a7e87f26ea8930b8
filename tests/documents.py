"""Random valid queries over the whole schema, made from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

FILTERS = (
    "{status: {in: [NEW, CONTACTED]}}",
    "{score: {gte: 10}}",
    "{or: [{grade: {eq: D}}, {not: {company: {isNull: true}}}]}",
    "{owner: {isNull: true}}",
)
# Its cursor moves with every transaction of the cluster, so no two answers need to be equal.
MOVING = {"events"}
ORDERS = ("{field: SCORE}", "{field: NAME, direction: ASC}", "{field: LAST_CONTACTED_AT}", "{field: COMPANY, direction: ASC}")


@dataclass(slots=True)
class RandomDocuments:
    """Writes documents. `ids` are global ids that `node` and `nodes` may ask for, good and bad ones."""

    schema: GraphQLSchema
    ids: Sequence[str]
    random: random.Random
    fragments: list[str] = field(default_factory=list[str])
    budget: int = 0
    spoiled: bool = False

    def document(self) -> str:
        """Write one query with the variables `$yes`, `$no`, `$few` and `$filter`."""
        self.fragments = []
        self.budget = 24
        self.spoiled = False
        query = cast(GraphQLObjectType, self.schema.query_type)
        body = self._selection(query, depth=0)
        variables = "($yes: Boolean = true, $no: Boolean = false, $few: Int = 3, $filter: LeadFilter = {score: {lte: 90}})"
        # Every variable must be used: an alias of `__typename` under each flag, and a list that takes the others.
        used = "used: leads(first: $few, filter: $filter) { nodes @include(if: $yes) { id @skip(if: $no) } __typename }"
        return "\n".join([f"query Q{variables} {{ {used} {body} }}", *self.fragments])

    def _selection(self, type: GraphQLNamedType, depth: int) -> str:
        parts = [self._part(type, depth, index) for index in range(self.random.randint(1, 4))]
        return " ".join(["t: __typename" if self.random.random() < 0.3 else "__typename", *(part for part in parts if part)])

    def _part(self, type: GraphQLNamedType, depth: int, index: int) -> str:
        self.budget -= 1
        if is_abstract_type(type):
            member = self.random.choice(self.schema.get_possible_types(cast(Any, type)))
            return f"... on {member.name} {self._directive()}{{ {self._selection(member, depth)} }}"
        chance = self.random.random()
        if chance < 0.1:
            return f"... {self._directive()}{{ {self._selection(type, depth)} }}"
        if chance < 0.18 and type is not self.schema.query_type:
            name = f"F{len(self.fragments)}_{index}_{self.random.randint(0, 9999)}"
            inner = self._selection(type, depth)
            self.fragments.append(f"fragment {name} on {type.name} {{ {inner} }}")
            return f"...{name}{self._directive()}"
        return self._field(cast(GraphQLObjectType, type), depth, index)

    def _field(self, type: GraphQLObjectType, depth: int, index: int) -> str:
        leaves = [name for name, each in type.fields.items() if is_leaf_type(get_named_type(each.type))]
        deep = depth >= 6 or self.budget <= 0
        names = leaves if deep and leaves else [name for name in type.fields if name not in MOVING or type is not self.schema.query_type]
        if deep and not leaves:
            return ""
        name = self.random.choice(names)
        definition = type.fields[name]
        # Every selection of a field has a key of its own, so that random arguments never collide.
        key = f"{name}_{index}_{self.random.randint(0, 99_999)}"
        arguments = self._arguments(name, definition)
        named = cast(GraphQLNamedType, get_named_type(definition.type))
        head = f"{key}: {name}{arguments}{self._directive()}"
        return head if is_leaf_type(named) else f"{head}{{ {self._selection(named, depth + 1)} }}"

    def _arguments(self, name: str, definition: GraphQLField) -> str:
        chosen: list[str] = []
        for argument, each in definition.args.items():
            wanted = is_required_argument(each) or argument == "first" or self.random.random() < 0.5
            value = self._value(name, argument) if wanted else None
            if value is not None and argument != "last":
                chosen.append(f"{'last' if argument == 'first' and self.random.random() < 0.3 else argument}: {value}")
        if name == "lead" and definition.args and not any(part.startswith("id") for part in chosen):
            chosen = [f'id: "{self.random.choice(self.ids)}"']
        elif name == "lead" and definition.args:
            chosen = [part for part in chosen if part.startswith("id")]
        return f"({', '.join(chosen)})" if chosen else ""

    def _value(self, field_name: str, argument: str) -> str | None:
        choice = self.random.choice
        if argument in ("first", "last"):
            return choice(["1", "2", "3", "$few"])
        if argument in ("after", "before"):
            # At most one bad cursor: of two errors that race, graphql-core reports either.
            if self.spoiled or self.random.random() > 0.03:
                return None
            self.spoiled = True
            return '"bm90IGEgY3Vyc29y"'
        if argument == "id":
            return f'"{choice(self.ids)}"'
        if argument == "ids":
            return "[" + ", ".join(f'"{choice(self.ids)}"' for _ in range(3)) + "]"
        if field_name == "leads" and argument == "filter":
            return choice((*FILTERS, "$filter"))
        if argument == "orderBy":
            return choice(ORDERS)
        return choice(['"a"', '"lovelace"']) if argument == "search" else None

    def _directive(self) -> str:
        chance = self.random.random()
        return (
            " @include(if: $yes) "
            if chance < 0.05
            else " @skip(if: $yes) "
            if chance < 0.1
            else " @skip(if: $no) "
            if chance < 0.15
            else " "
        )
