"""Draws valid documents of queries over a whole schema, from a seed: what the schema gains comes in by itself."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    GraphQLAbstractType,
    GraphQLBoolean,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

from tests.drawn_values import DrawnValues, Learned

_DEEPEST = 7
_PAGING = ("first", "last")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document, the operation to run, and the sets of variables to run it with, one after the other."""

    document: str
    operation: str | None
    variables: Sequence[Mapping[str, Any]]
    # The fields behind the keys of the answer.
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True)
class _Fragment:
    name: str
    type: str
    text: str


@dataclass(slots=True)
class DrawnDocuments:
    """Draws documents. `may` tells whether a field, as `Type.field`, is to be asked for."""

    schema: GraphQLSchema
    random: random.Random
    learned: Learned
    may: Callable[[str], bool] = lambda _coordinate: True
    # How often each field was asked for: those that were not are drawn first.
    uses: Counter[str] = field(default_factory=Counter[str])
    _values: DrawnValues = field(init=False)
    _fragments: list[_Fragment] = field(default_factory=list[_Fragment])
    # What each key of the document stands for. One key always stands for the same, so that all its selections can be merged.
    _keys: dict[str, tuple[str, str, str]] = field(default_factory=dict[str, tuple[str, str, str]])
    _budget: int = 0

    def __post_init__(self) -> None:
        """Begin without variables."""
        self._values = DrawnValues(self.random, self.learned)

    def draw(self, *, spoiled: float = 0.02) -> Drawn:
        """Draw one document; one in so many of its values, where it matters, is one that is refused."""
        self._values = DrawnValues(self.random, self.learned, spoiled)
        self._fragments, self._keys = [], {}
        query = cast(GraphQLObjectType, self.schema.query_type)
        names = self.random.choice(([None], ["Q"], ["Q"], ["Q", "Other"]))
        bodies: list[str] = []
        for _ in names:
            self._budget = self.random.choice((6, 12, 25, 40))
            bodies.append(self._selection(query, 0, ""))
        operations = [self._operation(name, body) for name, body in zip(names, bodies, strict=True)]
        fragments = [f"fragment {each.name} on {each.type} {each.text}" for each in self._fragments]
        sets = [self._values.values() for _ in range(self.random.choice((1, 2, 3)) if self._values.variables else 1)]
        fields = {key: name for key, (name, _, _) in self._keys.items()}
        return Drawn("\n".join([*operations, *fragments]), self.random.choice(names), sets, fields)

    def _operation(self, name: str | None, body: str) -> str:
        """Write an operation with the variables that it uses, itself and in fragments."""
        text, reached = body, set[str]()
        texts = {fragment.name: fragment.text for fragment in self._fragments}
        while fresh := set(re.findall(r"\.\.\.(F\d+)", text)) - reached:
            reached |= fresh
            text = " ".join([text, *(texts[each] for each in sorted(fresh))])
        used = dict.fromkeys(re.findall(r"\$(v\d+)\b", text))
        declared = [self._values.variables[each] for each in used]
        head = ", ".join(f"${each.name}: {each.type}{'' if each.default is None else f' = {each.default}'}" for each in declared)
        return (
            f"{'query' if name is None and head else '' if name is None else f'query {name}'}{f'({head})' if head else ''} {body}".strip()
        )

    def _selection(self, type: Any, depth: int, owner: str) -> str:
        """Write a selection with its braces."""
        if self.random.random() < 0.08:
            # Of the thing itself nothing is read, and perhaps nothing is left of it at all.
            return f"{{ {self.random.choice(('__typename', '__typename @skip(if: true)', f'...{{ {self._typename()} }}'))} }}"
        parts: list[str] = []
        heads: list[tuple[str, Any, str]] = []
        for _ in range(self.random.choice((1, 2, 3, 4))):
            part = self._part(type, depth, owner, heads)
            if part:
                parts.append(part)
        if heads and self.random.random() < 0.3:
            parts.append(self._again(type, depth, self.random.choice(heads)))
        with_arguments = [name for _, _, name in heads if _fields(type)[name].args]
        if with_arguments and self.random.random() < 0.4:
            # The same list with other arguments: the two must not be taken for one.
            parts.append(self._selected(type, depth, self.random.choice(with_arguments), heads))
        if not parts or self.random.random() < 0.35:
            parts.insert(self.random.randrange(len(parts) + 1), self._typename())
        return f"{{ {' '.join(parts)} }}"

    def _typename(self) -> str:
        alias = self.random.choice(("", "", "t: ", "kind: "))
        if alias and not self._bound(alias.removesuffix(": "), ("__typename", "", "String!")):
            alias = ""
        return f"{alias}__typename{self._directives(0.15)}"

    def _part(self, type: Any, depth: int, owner: str, heads: list[tuple[str, Any, str]]) -> str:
        self._budget -= 1
        fields = _fields(type)
        if self.random.random() < (0.2 if fields else 1.0):
            on = self._condition(type)
            return self._spread(on, self._selection(on, depth, owner), conditional=on is not type)
        return self._field(type, depth, fields, heads)

    def _spread(self, on: Any, selection: str, *, conditional: bool) -> str:
        """Write a selection as a fragment: in place, or by a name."""
        chance = self.random.random()
        if chance < 0.35:
            known = [fragment for fragment in self._fragments if fragment.type == on.name]
            if known and self.random.random() < 0.3:
                # The same one twice, wherever that is.
                selection = f"{{ ...{self.random.choice(known).name} {selection[1:]}"
            fragment = _Fragment(f"F{len(self._fragments)}", on.name, selection)
            self._fragments.append(fragment)
            return f"...{fragment.name}{self._directives(0.2)}"
        plain = not conditional and chance < 0.7
        return f"...{'' if plain else f' on {on.name}'}{self._directives(0.2)} {selection}"

    def _condition(self, type: Any) -> Any:
        """Choose a type for a fragment's condition that a value of the type may have."""
        if is_abstract_type(type):
            members = self._members(type)
            return self.random.choice([type, *members, *members]) if _fields(type) else self.random.choice(members)
        around = [
            each for each in self.schema.type_map.values()
            if is_abstract_type(each) and self.schema.is_sub_type(cast(Any, each), type) and _fields(each)
        ]  # fmt: skip
        return self.random.choice([type, type, *around])

    def _members(self, type: GraphQLAbstractType) -> Sequence[GraphQLObjectType]:
        members = [each for each in self.schema.get_possible_types(type) if any(self.may(f"{each.name}.{name}") for name in each.fields)]
        return members or self.schema.get_possible_types(type)

    def _field(self, type: Any, depth: int, fields: Mapping[str, Any], heads: list[tuple[str, Any, str]]) -> str:
        deep = depth >= _DEEPEST or self._budget <= 0
        names = [
            name for name, each in fields.items()
            if self.may(f"{type.name}.{name}") and (not deep or is_leaf_type(get_named_type(each.type)))
        ]  # fmt: skip
        if not names:
            return ""
        name = self.random.choices(names, [1 / (1 + self.uses[f"{type.name}.{each}"]) for each in names])[0]
        self.uses[f"{type.name}.{name}"] += 1
        return self._selected(type, depth, name, heads)

    def _selected(self, type: Any, depth: int, name: str, heads: list[tuple[str, Any, str]]) -> str:
        """Write a field with its key, its arguments and what is selected of it."""
        definition = _fields(type)[name]
        arguments = self._arguments(name, definition, depth)
        head = f"{self._key(name, arguments, definition, list(_fields(type)))}{name}{arguments}"
        named = cast(Any, get_named_type(definition.type))
        if is_leaf_type(named):
            return f"{head}{self._directives(0.12)}"
        heads.append((head, named, name))
        return f"{head}{self._directives(0.12)} {self._selection(named, depth + 1, name)}"

    def _again(self, type: Any, depth: int, head: tuple[str, Any, str]) -> str:
        """Select a field of the same selection once more: both are merged."""
        text, named, name = head
        again = f"{text}{self._directives(0.2)} {self._selection(named, depth + 1, name)}"
        return again if self.random.random() < 0.3 else self._spread(type, f"{{ {again} }}", conditional=False)

    def _arguments(self, name: str, definition: Any, depth: int) -> str:
        chosen = [argument for argument, each in definition.args.items() if is_required_argument(each) or self.random.random() < 0.25]
        sizes = [argument for argument in definition.args if argument in _PAGING]
        if sizes and (not set(sizes) & set(chosen)) and self.random.random() < (0.5 if depth < 2 else 0.9):
            chosen.append(self.random.choice(sizes))
        if set(_PAGING) <= set(chosen) and self.random.random() > self._values.spoiled:
            chosen.remove(self.random.choice(_PAGING))
        # Where one of several arguments says what is meant, all of them together are refused.
        if name == "lead" and len(chosen) > 1 and self.random.random() > self._values.spoiled:
            chosen = chosen[:1]
        texts = [f"{argument}: {self._values.argument(definition.args[argument].type, argument, name)}" for argument in chosen]
        return f"({', '.join(texts)})" if texts else ""

    def _bound(self, key: str, meaning: tuple[str, str, str]) -> bool:
        return self._keys.setdefault(key, meaning) == meaning

    def _key(self, name: str, arguments: str, definition: Any, others: Sequence[str]) -> str:
        """Choose a key, written as an alias where it is not the field's own name."""
        meaning = (name, arguments, str(definition.type))
        if self.random.random() < 0.75 and self._bound(name, meaning):
            return ""
        # Another field's name confuses most.
        for alias in (self.random.choice(others), f"a{len(self._keys)}"):
            if alias != name and self._bound(alias, meaning):
                return f"{alias}: "
        raise AssertionError("a fresh alias is free")

    def _directives(self, chance: float) -> str:
        if self.random.random() > chance:
            return ""
        names = self.random.choice((("skip",), ("include",), ("include",), ("include", "skip")))
        # A part that is there in most of the runs tells more.
        texts = [f"@{name}(if: {self._flag(name)})" for name in names]
        return f" {' '.join(texts)}"

    def _flag(self, name: str) -> str:
        if self.random.random() < 0.3:
            return "true" if name == "include" else "false"
        return self._values.argument(GraphQLNonNull(GraphQLBoolean), "if", "")


def _fields(type: Any) -> Mapping[str, Any]:
    return getattr(type, "fields", {})
