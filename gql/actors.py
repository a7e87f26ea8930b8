"""Who is behind a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.access import ActorKind
from gql.edges import to_one
from gql.enums import describe
from gql.nodes import computed
from persistence.people import agent_by_id

if TYPE_CHECKING:
    from gql.people.types import Agent

describe(
    ActorKind,
    "What kind of party caused a change.",
    {"AGENT": "A person.", "API_KEY": "An integration, by its key.", "SYSTEM": "The service itself."},
)


@strawberry.type(description="Who is behind a change.")
class Actor:
    """Reads `actor_kind` and `actor_id` of whatever history entry it belongs to."""

    kind: ActorKind = computed("The kind of party.", lambda entry: ActorKind(entry.actor_kind))
    agent: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "The person, where it was one.",
        key=lambda entry: entry.actor_id if entry.actor_kind == ActorKind.AGENT else None,
        batch=agent_by_id,
    )


class SignedBy:
    """An actor under the names that `Actor` reads, for things that keep theirs under others."""

    __slots__ = ("actor_id", "actor_kind")

    def __init__(self, kind: str, id: object) -> None:
        self.actor_kind = kind
        self.actor_id = id


def actor(description: str) -> Any:
    """Declare the actor of a history entry."""
    return computed(description, lambda entry: entry)
