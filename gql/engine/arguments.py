"""A field's arguments: coerced as the ordinary executor does, once for all objects of a level, and pages remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from graphql import Executor, FieldNode, GraphQLField, GraphQLSchema, Node, Visitor, visit
from graphql.execution.values import get_argument_values
from strawberry.types.arguments import convert_arguments

from gql.context import Context
from gql.edges import ToPages, given_arguments, page_arguments

_REMEMBERED_PAGES = 50


@dataclass(slots=True)
class Asking:
    """A field as a document asks for it."""

    definition: GraphQLField
    node: FieldNode
    # No variable decides about the arguments.
    fixed: bool = field(init=False)
    # The pages that were asked for, by the arguments in writing.
    pages: dict[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])

    def __post_init__(self) -> None:
        """Look for variables."""
        self.fixed = not _has_variables(self.node)


def _has_variables(node: FieldNode) -> bool:
    found: list[Node] = []

    class Look(Visitor):
        def enter_variable(self, variable: Node, *_: Any) -> None:
            found.append(variable)

    for argument in node.arguments or ():
        visit(argument, Look())
    return bool(found)


class Arguments:
    """Coerces arguments by one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        converter = schema.extensions["strawberry-definition"].schema_converter
        self._scalars = converter.scalar_registry
        self._config = converter.config

    def of(self, asking: Asking, executor: Executor[Any]) -> dict[str, Any]:
        """Coerce a field's arguments."""
        return self._converted(asking, get_argument_values(asking.definition, asking.node, executor.variable_values))

    def page(self, asking: Asking, edge: ToPages, executor: Executor[Any]) -> tuple[Any, ...]:
        """Work out which page a connection is asked for.

        Pages are remembered, unless they depend on the request's instant: Strawberry's conversion of the arguments takes longer than
        many a query.
        """
        at = cast(Context, executor.context_value).at
        if edge.timed:
            return self._page(edge, self.of(asking, executor), at)
        key = ""
        given: dict[str, Any] = {}
        if not (asking.fixed and asking.pages):
            given = get_argument_values(asking.definition, asking.node, executor.variable_values)
            key = "" if asking.fixed else repr(given)
        page = asking.pages.get(key)
        if page is None:
            page = self._page(edge, self._converted(asking, given), at)
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
