"""Coerce variables, and refuse those that no schema type could bound: too deep, with NUL in a string, or with an endless filter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    get_variable_values,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource
from graphql.utilities import coerce_input_value  # pyright: ignore[reportUnknownVariableType] -- graphql-core leaves a type open

from gql.errors import ErrorCode, RequestRefused, TopLevelError
from gql.guard import NUL_MESSAGE, is_filter, limit_exceeded
from gql.limits import DocumentLimits

_FILTER = "filter"


def _check(variables: Mapping[str, object], filters: Collection[str], limits: DocumentLimits) -> None:
    stack: list[tuple[object, int, bool]] = [(value, 0, name in filters) for name, value in variables.items()]
    terms = 0
    while stack:
        value, depth, in_filter = stack.pop()
        if isinstance(value, str):
            if "\0" in value:
                raise RequestRefused(TopLevelError(ErrorCode.BAD_USER_INPUT, NUL_MESSAGE))
            terms += in_filter
        elif isinstance(value, dict):
            entries = cast("dict[str, object]", value)
            terms += in_filter and not entries
            stack.extend((item, depth + 1, in_filter or name == _FILTER) for name, item in entries.items())
        elif isinstance(value, list):
            items = cast("list[object]", value)
            # A list of plain values is one term (`in: [A, B]`), a list of objects is its members.
            nested = any(isinstance(item, dict | list) for item in items)
            terms += in_filter and not nested
            stack.extend((item, depth + 1, in_filter and nested) for item in items)
        else:
            terms += in_filter
        if depth > limits.variable_depth:
            raise limit_exceeded("depth", limits.variable_depth)
        if terms > limits.filter_terms:
            raise limit_exceeded("filterTerms", limits.filter_terms, terms)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A variable whose values of one Python class are what they are coerced to; for an enum's names the members are known."""

    name: str
    signature: GraphQLVariableSignature
    expected: type
    members: Mapping[str, Any] | None


_AS_THEY_ARE: Mapping[str, type] = {"ID": str, "String": str, "Boolean": bool}


class Variables:
    """Coerces the variables of one operation. What front ends send most, ids and names, takes a short way to the same values."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        """`operation` is valid."""
        self._schema = schema
        self._definitions = tuple(operation.variable_definitions or ())
        plain = [_plain(schema, definition) for definition in self._definitions]
        self._plain = None if None in plain else [each for each in plain if each is not None]
        self._filters = {definition.variable.name.value for definition in self._definitions if is_filter(definition.type)}

    def check(self, raw: Mapping[str, object], limits: DocumentLimits) -> None:
        """Walk the values without recursion; raise `RequestRefused` for the first excess."""
        for name, value in raw.items():
            if value.__class__ is not str or name in self._filters or "\0" in cast(str, value):
                _check(raw, self._filters, limits)
                return

    def coerced(self, raw: Mapping[str, object], max_errors: int) -> VariableValues | list[GraphQLError]:
        """Return the values, or what is wrong with them."""
        if self._plain is not None:
            sources: dict[str, VariableValueSource] = {}
            values: dict[str, Any] = {}
            for variable in self._plain:
                name = variable.name
                value: Any = raw.get(name)
                if value.__class__ is not variable.expected:
                    break
                sources[name] = VariableValueSource(variable.signature, value)
                if variable.members is None:
                    values[name] = value
                elif value in variable.members:
                    values[name] = variable.members[value]
                else:
                    break
            else:
                return VariableValues(sources, values)
        return get_variable_values(self._schema, self._definitions, dict(raw), max_errors=max_errors, hide_suggestions=True)


def _plain(schema: GraphQLSchema, definition: VariableDefinitionNode) -> _Plain | None:
    signature = get_variable_signature(schema, definition)
    if isinstance(signature, GraphQLError):
        return None
    type: object = cast(Any, signature).type
    named: object = cast(Any, type).of_type if isinstance(type, GraphQLNonNull) else type
    if isinstance(named, GraphQLEnumType):
        members = {name: coerce_input_value(name, named) for name in named.values}
        return _Plain(definition.variable.name.value, signature, str, members)
    expected = _AS_THEY_ARE.get(str(named))
    return None if expected is None else _Plain(definition.variable.name.value, signature, expected, None)
