"""Global ids: opaque outside; inside the kind of thing and its UUID, as `Lead:01890a5d-ac96-774b-bcce-b302099a8057`."""

from __future__ import annotations

import re
from uuid import UUID

# In one way of writing only, so that equal ids are equal texts.
_WRITTEN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def encode_id(kind: str, id: UUID) -> str:
    """Build the global id of a thing."""
    return f"{kind}:{id}"


def decode_id(text: str) -> tuple[str, UUID] | None:
    """Take a global id apart; None when it never was one."""
    kind, _, written = text.partition(":")
    if not kind or not _WRITTEN.fullmatch(written):
        return None
    return kind, UUID(int=int(written.replace("-", ""), 16))


def decode_kind(kind: str, text: str) -> UUID:
    """Return the UUID of a global id of this kind.

    Anything else, garbage and ids of other kinds alike, becomes the nil UUID, which nothing has: so a wrong id behaves
    exactly like one that is unknown.
    """
    decoded = decode_id(text)
    return decoded[1] if decoded is not None and decoded[0] == kind else UUID(int=0)
