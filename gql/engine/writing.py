"""Finds selections that are nothing but columns, so that PostgreSQL can write them as JSON itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from graphql import GraphQLEnumType, GraphQLList, GraphQLNonNull, GraphQLObjectType, get_named_type, get_nullable_type  # pyright: ignore[reportUnknownVariableType] -- its overloads leave a type open

from gql.edges import ToPages, edge_of
from persistence.written import Always, Entry, Form, Value, WrittenObject

Grouped: TypeAlias = "Mapping[str, Sequence[Any]]"
Collect: TypeAlias = Callable[[GraphQLObjectType, Sequence[Any]], Grouped]

_FORMS = {
    "String": Form.TEXT,
    "EmailAddress": Form.TEXT,
    "PhoneNumber": Form.TEXT,
    "URL": Form.TEXT,
    "Int": Form.NUMBER,
    "Boolean": Form.FLAG,
    "DateTime": Form.INSTANT,
}


def written_nodes(
    connection: GraphQLObjectType, details: Sequence[Any], edge: ToPages, collect: Collect
) -> tuple[tuple[str, WrittenObject], ...]:
    """Work out how a connection's rows are written, by response key; empty when more is asked for than rows, and of rows than columns."""
    found: list[tuple[str, WrittenObject]] = []
    for key, part in collect(connection, details).items():
        if part[0].node.name.value != "nodes":
            return ()
        node = cast(Any, get_named_type(connection.fields["nodes"].type))
        written = written_object(node, part, collect) if isinstance(node, GraphQLObjectType) else None
        if written is None or not edge.listing.can_write(written):
            return ()
        found.append((key, written))
    return tuple(found)


def written_object(type: GraphQLObjectType, details: Sequence[Any], collect: Collect) -> WrittenObject | None:
    """Work out how objects of a type are written; None when more than columns is asked for."""
    entries: list[tuple[str, Entry]] = []
    for key, part in collect(type, details).items():
        entry = _entry(type, part, collect)
        if entry is None:
            return None
        entries.append((key, entry))
    return WrittenObject(tuple(entries))


def _entry(type: GraphQLObjectType, details: Sequence[Any], collect: Collect) -> Entry | None:
    name: str = details[0].node.name.value
    if name == "__typename":
        return Always(type.name)
    definition = type.fields.get(name)
    declared: Any = definition.extensions.get("strawberry-definition") if definition is not None else None
    if definition is None or declared is None or definition.args:
        return None
    returned: Any = definition.type
    nullable = not isinstance(returned, GraphQLNonNull)
    named: object = cast(object, get_named_type(returned))
    kind = declared.metadata.get("id_of")
    if kind is not None:
        return Value("id", Form.KEY, nullable=False, prefix=f"{kind}:")
    if declared.metadata.get("itself") and isinstance(named, GraphQLObjectType):
        return None if _is_list(returned) else written_object(named, details, collect)
    if edge_of(declared) is not None or declared.base_resolver is not None or _is_list(returned):
        return None
    form = Form.NAME if isinstance(named, GraphQLEnumType) else _FORMS.get(str(named))
    return None if form is None else Value(declared.python_name, form, nullable)


def _is_list(type: Any) -> bool:
    return isinstance(get_nullable_type(type), GraphQLList)
