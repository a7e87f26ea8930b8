"""Create API key: for a program or an agent, with a secret that is told once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.access import ROLE_PERMISSIONS, Permission, Role, effective_permissions
from domain.api_keys import SECRET_BYTES, Token, hash_secret, hint_of, write_token
from domain.people import Availability
from domain.refusals import NotAllowed, Refusal, Refused, ValidationFailed, not_found
from domain.texts import cleaned
from domain.workspaces import ApiKey
from persistence import api_keys, people
from usecases.answers import Several, ToldOnce
from usecases.verbs import Work, new_id, verb

MAX_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKey:
    """What is asked for. `scopes` None means all that the role allows; `expires_at` None means never."""

    name: str
    role: Role
    agent_id: UUID | None = None
    scopes: frozenset[Permission] | None = None
    expires_at: datetime | None = None


@verb
async def create_api_key(work: Work, request: CreateApiKey) -> Several:
    """Make a key and answer `api_key` and `secret`, the whole token; a repeated idempotency key answers None for the secret.

    Raises Refused: ValidationFailed, NotFound, NotAllowed when the key could do what its creator can't.
    """
    name = cleaned(request.name)
    refusals = [*_problems(work, request, name), *await _agent_problems(work, request)]
    if refusals:
        raise Refused(refusals)
    id, secret = new_id(), secrets.token_bytes(SECRET_BYTES)
    key = ApiKey(
        id=id,
        name=name,
        hint=hint_of(id),
        role=request.role,
        agent_id=request.agent_id,
        scopes=None if request.scopes is None else tuple(sorted(request.scopes)),
        created_at=work.at,
        expires_at=request.expires_at,
        revoked_at=None,
        last_used_at=None,
    )
    await api_keys.add_api_key(work.tx, key, hash_secret(secret))
    return Several({"api_key": key, "secret": ToldOnce(write_token(Token(work.viewer.workspace_id, id, secret)))})


def _problems(work: Work, request: CreateApiKey, name: str) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    if not 0 < len(name) <= MAX_NAME:
        refusals.append(ValidationFailed(message=f"A name has 1–{MAX_NAME} characters.", path=("name",)))
    if request.expires_at is not None and request.expires_at <= work.at:
        refusals.append(ValidationFailed(message="An expiry lies in the future.", path=("expires_at",)))
    if request.role is Role.AGENT and request.agent_id is None:
        refusals.append(ValidationFailed(message="A key with the role AGENT names its agent.", path=("agent_id",)))
    if request.scopes is not None:
        useless = sorted(request.scopes - ROLE_PERMISSIONS[request.role])
        if useless:
            message = f"The role {request.role} does not allow: {', '.join(useless)}."
            refusals.append(ValidationFailed(message=message, path=("scopes",)))
        if not request.scopes:
            refusals.append(ValidationFailed(message="Name at least one scope, or none at all for the whole role.", path=("scopes",)))
    beyond = sorted(effective_permissions(request.role, request.scopes) - work.viewer.permissions)
    if beyond:
        path = "role" if request.scopes is None else "scopes"
        refusals.append(NotAllowed(message=f"Your own key does not allow: {', '.join(beyond)}.", path=(path,)))
    return refusals


async def _agent_problems(work: Work, request: CreateApiKey) -> Sequence[Refusal]:
    if request.agent_id is None:
        return ()
    agent = (await people.agent_by_id(work.tx, [request.agent_id])).get(request.agent_id)
    if agent is None:
        return (not_found("Agent", "agent_id"),)
    if agent.availability is Availability.DEACTIVATED:
        return (ValidationFailed(message="The agent is deactivated.", path=("agent_id",)),)
    return ()
