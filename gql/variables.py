"""Refuse variables that no schema type could bound: too deep, with NUL in a string, or with an endless filter."""

from collections.abc import Mapping
from typing import cast

from graphql import OperationDefinitionNode

from gql.errors import ErrorCode, RequestRefused, TopLevelError
from gql.guard import NUL_MESSAGE, is_filter, limit_exceeded
from gql.limits import DocumentLimits

_FILTER = "filter"


def check_variables(operation: OperationDefinitionNode, variables: Mapping[str, object], limits: DocumentLimits) -> None:
    """Walk the raw values of an operation's variables without recursion; raise `RequestRefused` for the first excess."""
    filters = {definition.variable.name.value for definition in operation.variable_definitions or () if is_filter(definition.type)}
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
