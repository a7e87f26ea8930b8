"""The Node interface: global ids, and how a thing is found by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import strawberry

from gql.ids import encode_id
from gql.loaders import Batch

# Filled by the types' modules when they are imported: the kind's name in ids → how to load one by its UUID.
NODE_BATCHES: dict[str, Batch] = {}


@strawberry.interface(description="A thing with a global id; `node(id:)` finds it again.")
class Node:
    """Relay's Node."""

    id: strawberry.ID = strawberry.field(description="The global id: opaque, and stable for the life of the thing.")


def node_id(kind: str) -> Any:
    """Declare the `id` field of a type: the global id of the object's UUID."""

    def resolve(root: Any) -> strawberry.ID:
        return strawberry.ID(encode_id(kind, root.id))

    description = "The global id: opaque, and stable for the life of the thing."
    return strawberry.field(resolver=resolve, description=description, metadata={"id_of": kind})


def shows(noun: type) -> Any:
    """Build `is_type_of` for a GraphQL type whose objects are the domain's nouns themselves."""

    def is_type_of(_cls: type, value: Any, _info: Any) -> bool:
        return isinstance(value, noun)

    return cast(Any, classmethod(is_type_of))


def computed(description: str, compute: Callable[[Any], Any], *, column: str | None = None, **options: Any) -> Any:
    """Declare a field that is a plain function of its object; the field's own annotation is its type.

    `column` names the attribute whose value it is, where it is one: under another name, or as another type of the same texts.
    """
    if column is not None:
        options["metadata"] = {"column": column, **options.get("metadata", {})}

    def resolve(root: Any):
        return compute(root)

    return strawberry.field(resolver=resolve, description=description, **options)


def plain(description: str, **options: Any) -> Any:
    """Declare a field that is the attribute of the same name."""
    return strawberry.field(description=description, **options)


def itself(description: str) -> Any:
    """Declare a group of fields: an object type whose fields are attributes of the very same noun."""
    return computed(description, lambda root: root, metadata={"itself": True})
