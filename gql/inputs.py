"""Builds the objects that arguments hold, and hands them to mutations: how is worked out once, when the schema is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import MISSING
from typing import Any, TypeAlias, cast

from graphql import GraphQLField, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLSchema
from strawberry import UNSET
from strawberry.schema.name_converter import NameConverter
from strawberry.types import Info
from strawberry.types.base import StrawberryObjectDefinition

_Convert: TypeAlias = Callable[[Any], Any]


def build_inputs_quickly(schema: GraphQLSchema, names: NameConverter) -> None:
    """Have every input type built by functions made for it; Strawberry works out types and names anew for each value."""
    for type in schema.type_map.values():
        if isinstance(type, GraphQLInputObjectType):
            definition = cast(StrawberryObjectDefinition, type.extensions["strawberry-definition"])
            definition.from_input = _builder(type, definition, names)


def resolve_quickly(field: GraphQLField) -> None:
    """Have a mutation called as soon as its input is built: nothing stands between the two."""
    definition: Any = field.extensions["strawberry-definition"]
    build = _converter(cast(Any, field.args["input"]).type)
    if definition.base_resolver is None or definition.extensions or build is None:
        raise TypeError(f"{definition.python_name} is not a plain mutation")
    call: Callable[..., Awaitable[Any]] = definition.base_resolver.wrapped_func

    async def resolve(_source: Any, info: Any, *, input: Mapping[str, Any]) -> Any:
        return await call(Info(_raw_info=info, _field=definition), build(input))

    field.resolve = resolve


def _builder(
    type: GraphQLInputObjectType, definition: StrawberryObjectDefinition, names: NameConverter
) -> Callable[[Callable[..., Any], Mapping[str, Any], object], Any]:
    # What may be left out and has no default is null.
    absent = {
        field.python_name: None
        for field in definition.fields
        if field.default_value is MISSING and cast(Any, field).default_factory is MISSING
    }
    fields = {
        name: (field.python_name, _converter(type.fields[name].type)) for field in definition.fields if (name := names.from_field(field))
    }

    def build(kind: Callable[..., Any], value: Mapping[str, Any], _context: object) -> Any:
        given: dict[str, Any] = dict(absent)
        for name, inner in value.items():
            attribute, convert = fields[name]
            given[attribute] = inner if convert is None or inner is None or inner is UNSET else convert(inner)
        return kind(**given)

    return build


def _converter(type: Any) -> _Convert | None:
    """Find what makes a coerced value of a type what the resolver gets; None where it is that already."""
    if isinstance(type, GraphQLNonNull):
        return _converter(cast(Any, type).of_type)
    if isinstance(type, GraphQLList):
        convert = _converter(cast(Any, type).of_type)
        # A copy in any case: a default is one and the same list for all requests.
        return list if convert is None else lambda values: [None if value is None else convert(value) for value in values]
    if isinstance(type, GraphQLInputObjectType):
        definition = cast(StrawberryObjectDefinition, type.extensions["strawberry-definition"])
        # Looked up late: a type may hold itself.
        return lambda value: cast(Any, definition).from_input(definition.origin, value, None)
    return None
