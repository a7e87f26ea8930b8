"""API keys: how a token is written and read, how its secret is compared, and whom a key stands for."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zlib import crc32

from domain.access import AgentVisibility, Viewer, effective_permissions, lead_visibility
from domain.people import Availability
from domain.workspaces import ApiKey

# What scanners of leaked secrets, and people, recognise a token by.
PREFIX = "lgk_"
SECRET_BYTES = 24

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID_WIDTH, _SECRET_WIDTH, _CHECKSUM_WIDTH = 22, 33, 6
_KEY_ID = len(PREFIX) + _ID_WIDTH
_SECRET = _KEY_ID + _ID_WIDTH
_CHECKSUM = _SECRET + _SECRET_WIDTH
_LENGTH = _CHECKSUM + _CHECKSUM_WIDTH
# Compared with when there is no such key, so that an unknown id takes the way of a wrong secret.
_NO_SECRET = bytes(32)


@dataclass(frozen=True, slots=True)
class Token:
    """A token taken apart: it is well-formed, and nothing more is known of it."""

    workspace_id: UUID
    key_id: UUID
    secret: bytes


@dataclass(frozen=True, slots=True)
class Credential:
    """A stored key with all that decides whether it is good, and for what. The last three describe its agent and its workspace."""

    key: ApiKey
    secret_hash: bytes
    availability: Availability | None
    team_id: UUID | None
    agent_visibility: AgentVisibility


def _written(value: bytes, width: int) -> str:
    """Write bytes as a number to the base of 62, always at full width."""
    number = int.from_bytes(value)
    digits: list[str] = []
    for _ in range(width):
        number, digit = divmod(number, 62)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def _read(text: str, size: int) -> bytes:
    """Read a number to the base of 62. Raises ValueError for other characters, OverflowError when it needs more than `size` bytes."""
    number = 0
    for character in text:
        number = number * 62 + _ALPHABET.index(character)
    return number.to_bytes(size)


def _checksum(text: str) -> str:
    return _written(crc32(text.encode()).to_bytes(4), _CHECKSUM_WIDTH)


def write_token(token: Token) -> str:
    """Write a token: the prefix, then workspace, key, secret and a CRC-32 of all before it, each to the base of 62."""
    body = (
        PREFIX
        + _written(token.workspace_id.bytes, _ID_WIDTH)
        + _written(token.key_id.bytes, _ID_WIDTH)
        + _written(token.secret, _SECRET_WIDTH)
    )
    return body + _checksum(body)


def read_token(text: str) -> Token | None:
    """Take a token apart; None for anything that was never written by `write_token`, a mistyped token included."""
    if len(text) != _LENGTH or not text.isascii() or not text.startswith(PREFIX) or _checksum(text[:_CHECKSUM]) != text[_CHECKSUM:]:
        return None
    try:
        return Token(
            UUID(bytes=_read(text[len(PREFIX) : _KEY_ID], 16)),
            UUID(bytes=_read(text[_KEY_ID:_SECRET], 16)),
            _read(text[_SECRET:_CHECKSUM], SECRET_BYTES),
        )
    except (ValueError, OverflowError):
        return None


def hint_of(key_id: UUID) -> str:
    """Show the prefix and four characters of the key's id, which stand in the middle of its token; none of the secret."""
    return f"{PREFIX}…{_written(key_id.bytes, _ID_WIDTH)[-4:]}"


def hash_secret(secret: bytes) -> bytes:
    """Hash a secret for storing. It is 192 random bits, not a password: nobody can try them all, so a slow hash would slow only us."""
    return hashlib.sha256(secret).digest()


def secret_matches(secret: bytes, credential: Credential | None) -> bool:
    """Compare a secret with the stored one, in the same time whether it is wrong or there is none."""
    matches = hmac.compare_digest(hash_secret(secret), _NO_SECRET if credential is None else credential.secret_hash)
    return matches and credential is not None


def is_good(credential: Credential, at: datetime) -> bool:
    """Tell whether the key may be used: not revoked, not expired, and its agent, if it stands for one, not deactivated."""
    key = credential.key
    if key.revoked_at is not None or has_expired(key.expires_at, at):
        return False
    return key.agent_id is None or credential.availability not in (None, Availability.DEACTIVATED)


def has_expired(expires_at: datetime | None, at: datetime) -> bool:
    """Tell whether a key's time is over; it is from `expires_at` on."""
    return expires_at is not None and at >= expires_at


def viewer_of(workspace_id: UUID, credential: Credential) -> Viewer:
    """Build the viewer whom a good key stands for."""
    key = credential.key
    return Viewer(
        workspace_id=workspace_id,
        key_id=key.id,
        role=key.role,
        agent_id=key.agent_id,
        permissions=effective_permissions(key.role, None if key.scopes is None else frozenset(key.scopes)),
        visibility=lead_visibility(key.role, key.agent_id, credential.team_id, credential.agent_visibility),
    )
