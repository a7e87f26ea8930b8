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

    cast(Any, is_type_of).shows = noun
    return cast(Any, classmethod(is_type_of))


def noun_of(shown: type) -> type | None:
    """Return the noun that a GraphQL type's class shows; None where it is none of `shows`."""
    return getattr(getattr(shown, "is_type_of", None), "shows", None)


def computed(description: str, compute: Callable[[Any], Any], *, column: str | None = None, **options: Any) -> Any:
    """Declare a field that is a plain function of its object; the field's own annotation is its type.

    `column` names the attribute whose value it is, where it is one as another type of the same texts; what merely reads an attribute
    says so itself.
    """
    options["metadata"] = {"column": column, "compute": compute, **options.get("metadata", {})}

    def resolve(root: Any):
        return compute(root)

    return strawberry.field(resolver=resolve, description=description, **options)


class _Attribute:
    """Stands for an attribute's value, of which nothing can be made."""

    __slots__ = ("name",)
    __hash__ = None  # pyright: ignore[reportAssignmentType] -- so that it is found in no mapping

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        raise TypeError


class _Full:
    def __getattr__(self, name: str) -> _Attribute:
        return _Attribute(name)


class _Empty:
    def __getattr__(self, _name: str) -> None:
        return None


def attribute_of(function: Callable[[Any], Any]) -> str | None:
    """Name the attribute that a function of an object returns, whatever its value; None where it makes something of it, or of several."""
    try:
        value, nothing = function(_Full()), function(_Empty())
    except Exception:  # noqa: BLE001 -- what reckons with attributes is none of this kind, whatever it does
        return None
    return value.name if isinstance(value, _Attribute) and nothing is None else None


def plain(description: str, **options: Any) -> Any:
    """Declare a field that is the attribute of the same name."""
    return strawberry.field(description=description, **options)


def itself(description: str) -> Any:
    """Declare a group of fields: an object type whose fields are attributes of the very same noun."""
    return computed(description, lambda root: root, metadata={"itself": True})
