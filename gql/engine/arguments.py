"""A field's arguments: coerced as the ordinary executor does, once for all objects of a level, and pages remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from graphql import FieldNode, GraphQLField, GraphQLNonNull, GraphQLSchema, Undefined, VariableNode, Visitor, visit
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types.arguments import convert_arguments

from gql.edges import ToPages, given_arguments, page_arguments

_REMEMBERED_PAGES = 50
_TEXTS = ("ID", "String")


@dataclass(slots=True)
class Asking:
    """A field as a document asks for it."""

    definition: GraphQLField
    node: FieldNode
    # The variables that decide about the arguments.
    variables: tuple[str, ...] = field(init=False)
    # The page that is always asked for, where nothing decides, once it is known; else those that were asked for, by the variables' values
    # in writing.
    only: tuple[Any, ...] | None = None
    pages: dict[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    # The arguments' names with those of the variables, where all are texts handed on as they are.
    handed_on: tuple[tuple[str, str], ...] | None = field(init=False)

    def __post_init__(self) -> None:
        """Look for variables."""
        self.variables = _variables_of(self.node)
        self.handed_on = _handed_on(self.definition, self.node)


def _variables_of(node: FieldNode) -> tuple[str, ...]:
    found: dict[str, None] = {}

    class Look(Visitor):
        def enter_variable(self, variable: VariableNode, *_: Any) -> None:
            found[variable.name.value] = None

    for argument in node.arguments or ():
        visit(argument, Look())
    return tuple(found)


def _handed_on(definition: GraphQLField, node: FieldNode) -> tuple[tuple[str, str], ...] | None:
    found: dict[str, str] = {}
    declared: Any = definition.extensions.get("strawberry-definition")
    plainly_named = {argument.python_name for argument in declared.arguments} if declared is not None else set[str]()
    for argument in node.arguments or ():
        name = argument.name.value
        type: object = cast(Any, definition.args[name]).type
        named: object = cast(Any, type).of_type if isinstance(type, GraphQLNonNull) else type
        if str(named) not in _TEXTS or name not in plainly_named or not isinstance(argument.value, VariableNode):
            return None
        found[name] = argument.value.name.value
    has_defaults = any(argument.default_value is not Undefined for name, argument in definition.args.items() if name not in found)
    return None if has_defaults else tuple(found.items()) or None


def _text(value: object) -> str:
    """Return the value. Raises TypeError for what is no text."""
    if not isinstance(value, str):
        raise TypeError
    return value


class Arguments:
    """Coerces arguments by one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        converter = schema.extensions["strawberry-definition"].schema_converter
        self._scalars = converter.scalar_registry
        self._config = converter.config

    def of(self, asking: Asking, variables: VariableValues) -> dict[str, Any]:
        """Coerce a field's arguments."""
        if asking.handed_on is not None:
            coerced = variables.coerced
            try:
                return {name: _text(coerced[variable]) for name, variable in asking.handed_on}
            except (KeyError, TypeError):
                pass
        return self._converted(asking, get_argument_values(asking.definition, asking.node, variables))

    def page(self, asking: Asking, edge: ToPages, variables: VariableValues, at: datetime) -> tuple[Any, ...]:
        """Work out which page a connection is asked for.

        Pages are remembered, unless they depend on the request's instant: Strawberry's conversion of the arguments takes longer than
        many a query.
        """
        if asking.only is not None:
            return asking.only
        if edge.timed:
            return self._page(edge, self.of(asking, variables), at)
        coerced = variables.coerced
        key = repr([coerced.get(name, Undefined) for name in asking.variables])
        page = asking.pages.get(key)
        if page is None:
            page = self._page(edge, self.of(asking, variables), at)
            if not asking.variables:
                asking.only = page
                return page
            if len(asking.pages) >= _REMEMBERED_PAGES:
                asking.pages.clear()
            asking.pages[key] = page
        return page

    def _page(self, edge: ToPages, arguments: dict[str, Any], at: datetime) -> tuple[Any, ...]:
        return page_arguments(edge, given_arguments(arguments), at)

    def _converted(self, asking: Asking, given: dict[str, Any]) -> dict[str, Any]:
        if not asking.definition.args:
            return {}
        definition = asking.definition.extensions["strawberry-definition"]
        return convert_arguments(given, definition.arguments, self._scalars, self._config)
