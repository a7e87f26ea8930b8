"""Global ids: opaque outside; inside the kind of thing and its UUID, as `Lead:01890a5d-ac96-774b-bcce-b302099a8057`."""

from __future__ import annotations

from uuid import UUID

_UUID_LENGTH = 36


def encode_id(kind: str, id: UUID) -> str:
    """Build the global id of a thing."""
    return f"{kind}:{id}"


def decode_id(text: str) -> tuple[str, UUID] | None:
    """Take a global id apart; None when it never was one."""
    kind, separator, written = text.partition(":")
    if not kind or not separator or len(written) != _UUID_LENGTH:
        return None
    try:
        id = UUID(written)
    except ValueError:
        return None
    # In one way of writing only, so that equal ids are equal texts.
    return (kind, id) if str(id) == written else None


def decode_kind(kind: str, text: str) -> UUID:
    """Return the UUID of a global id of this kind.

    Anything else, garbage and ids of other kinds alike, becomes the nil UUID, which nothing has: so a wrong id behaves
    exactly like one that is unknown.
    """
    decoded = decode_id(text)
    return decoded[1] if decoded is not None and decoded[0] == kind else UUID(int=0)
