"""Global ids: opaque outside, the kind of thing and its UUID inside."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from binascii import Error, b2a_base64
from uuid import UUID

_MAX_LENGTH = 80
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def encode_id(kind: str, id: UUID) -> str:
    """Build the global id of a thing."""
    return b2a_base64(kind.encode() + b":" + id.bytes, newline=False).translate(_URL_SAFE, b"=").decode()


def decode_id(text: str) -> tuple[str, UUID] | None:
    """Take a global id apart; None when it never was one."""
    if len(text) > _MAX_LENGTH:
        return None
    try:
        raw = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        kind = raw[:-17].decode("ascii")
    except (Error, ValueError):
        return None
    return (kind, UUID(bytes=raw[-16:])) if len(raw) > 17 and raw[-17:-16] == b":" else None


def decode_kind(kind: str, text: str) -> UUID:
    """Return the UUID of a global id of this kind.

    Anything else, garbage and ids of other kinds alike, becomes the nil UUID, which nothing has: so a wrong id behaves
    exactly like one that is unknown.
    """
    decoded = decode_id(text)
    return decoded[1] if decoded is not None and decoded[0] == kind else UUID(int=0)
