"""Mutations of API keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from gql.context import Info
from gql.ids import decode_kind
from gql.keys.types import ApiKey
from gql.mutations import MutationInput, MutationPayload, run
from gql.refusals import IdempotencyKeyReused, NotAllowed, NotFound, ValidationError
from gql.workspaces.types import Permission, Role
from usecases.answers import ToldOnce
from usecases.keys import create_api_key as creating
from usecases.keys import revoke_api_key as revoking
from usecases.verbs import Call


@strawberry.input(description="What `createApiKey` takes.")
class CreateApiKeyInput(MutationInput):
    """See `usecases.keys.create_api_key.CreateApiKey`."""

    name: str = strawberry.field(description="What people shall call it, 1–100 characters.")
    role: Role = strawberry.field(description="What it may do at most. Nobody can give more than the own key allows.")
    agent_id: strawberry.ID | None = strawberry.field(
        default=None, description="The agent for whom it stands; needed for the role AGENT. Histories then name the agent."
    )
    scopes: list[Permission] | None = strawberry.field(
        default=None, description="What it may do, where that shall be less than its role; null: all that the role allows."
    )
    expires_at: datetime | None = strawberry.field(default=None, description="From when on it is refused; null: never.")


CreateApiKeyError = Annotated[
    ValidationError | NotFound | NotAllowed | IdempotencyKeyReused,
    strawberry.union("CreateApiKeyError", description="Why no key was created."),
]


@strawberry.type(description="What `createApiKey` answers.")
class CreateApiKeyPayload(MutationPayload):
    """The key and its token, or the refusals."""

    api_key: ApiKey | None = strawberry.field(default=None, description="The key; null when none was created.")
    secret: str | None = strawberry.field(
        default=None,
        description=(
            "The token to send as `Authorization: Bearer …`. It is told once and kept nowhere: an answer to a repeated idempotency key has "
            "null here."
        ),
    )
    errors: list[CreateApiKeyError] = strawberry.field(description="Why it was refused; empty when it was not.")


@strawberry.input(description="What `revokeApiKey` takes.")
class RevokeApiKeyInput(MutationInput):
    """Names the key."""

    api_key_id: strawberry.ID = strawberry.field(description="The key.")


RevokeApiKeyError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("RevokeApiKeyError", description="Why no key was revoked."),
]


@strawberry.type(description="What `revokeApiKey` answers.")
class RevokeApiKeyPayload(MutationPayload):
    """The key as it is now, or the refusals."""

    api_key: ApiKey | None = strawberry.field(default=None, description="The key as it is now; null when there is none.")
    errors: list[RevokeApiKeyError] = strawberry.field(description="Why it was refused; empty when it was not.")


async def create_api_key(info: Info, input: CreateApiKeyInput) -> CreateApiKeyPayload:
    """Create a key."""
    request = creating.CreateApiKey(
        name=input.name,
        role=input.role,
        agent_id=None if input.agent_id is None else decode_kind("Agent", input.agent_id),
        scopes=None if input.scopes is None else frozenset(input.scopes),
        expires_at=input.expires_at,
    )

    async def create(call: Call) -> Mapping[str, Any]:
        created = await creating.create_api_key(call, request)
        secret = created["secret"]
        return {"api_key": created["api_key"], "secret": secret.text if isinstance(secret, ToldOnce) else None}

    return await run(info, CreateApiKeyPayload, input, create, keep_answer=False)


async def revoke_api_key(info: Info, input: RevokeApiKeyInput) -> RevokeApiKeyPayload:
    """Revoke a key."""
    key_id = decode_kind("ApiKey", input.api_key_id)
    return await run(info, RevokeApiKeyPayload, input, lambda call: revoking.revoke_api_key(call, key_id), result="api_key")


@strawberry.type
class KeyMutations:
    """The part of `Mutation` that makes and revokes keys."""

    create_api_key = strawberry.mutation(
        resolver=create_api_key,
        description="Create an API key, which can do at most what the viewer's own key can. Its secret is told once.",
    )
    revoke_api_key = strawberry.mutation(
        resolver=revoke_api_key, description="Revoke an API key for ever; within a second it is refused everywhere. Again changes nothing."
    )
