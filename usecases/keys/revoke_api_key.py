"""Revoke API key: it stops working within a second, in every process."""

from __future__ import annotations

from uuid import UUID

from domain.refusals import Refused, not_found
from domain.workspaces import ApiKey
from persistence import api_keys
from usecases.verbs import Work, verb


@verb
async def revoke_api_key(work: Work, key_id: UUID) -> ApiKey:
    """Revoke a key; one that is revoked already stays as it is. Raises Refused: NotFound."""
    await api_keys.revoke_api_key(work.tx, key_id, work.at)
    key = (await api_keys.api_key_by_id(work.tx, [key_id])).get(key_id)
    if key is None:
        raise Refused.because(not_found("ApiKey", "api_key_id"))
    return key
