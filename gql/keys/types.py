"""API keys, as lists show them: everything but the secret."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from domain import workspaces as domain
from domain.access import effective_permissions
from gql.edges import to_one
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.people.types import Agent
from gql.workspaces.types import Permission, Role
from persistence.api_keys import api_key_by_id
from persistence.people import agent_by_id


def _permissions(key: domain.ApiKey) -> list[Permission]:
    return sorted(effective_permissions(key.role, None if key.scopes is None else frozenset(key.scopes)))


@strawberry.type(description="A key that lets a program, or an agent, use the API. Its secret is told once, when it is created.")
class ApiKey(Node):
    """See `domain.workspaces.ApiKey`."""

    id: strawberry.ID = node_id("ApiKey")
    name: str = plain("What people call it.")
    hint: str = plain("The beginning of the token, and four characters out of its middle, by which people find the key that they hold.")
    role: Role = plain("What it may do at most.")
    permissions: list[Permission] = computed("What it may do, by name: all that the role allows, unless it was given less.", _permissions)
    created_at: datetime = plain("When it was created.")
    expires_at: datetime | None = plain("From when on it is refused; null: never.")
    revoked_at: datetime | None = plain("When it was revoked; null: it was not.")
    last_used_at: datetime | None = plain("When it was last used, to the minute; null: never.")
    agent: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "The agent for whom it stands; null: it stands for a program.", key=lambda key: key.agent_id, batch=agent_by_id
    )
    is_type_of = shows(domain.ApiKey)


NODE_BATCHES["ApiKey"] = api_key_by_id
