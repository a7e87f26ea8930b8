"""Cursors of the feed: a workspace, a position in its feed and the instant that it stands for, checked when they come back."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from struct import Struct, error
from uuid import UUID

from domain.events import FeedPosition
from gql.errors import ErrorCode, PublicError
from gql.scalars import Cursor, written_instant

_LAYOUT = Struct(">16sQ16sQ")
_SUM_BYTES = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST_XID = 2**63 - 1


def _sum(written: bytes) -> bytes:
    return blake2b(written, digest_size=_SUM_BYTES, person=b"feed cursor").digest()


def encode_feed_cursor(workspace_id: UUID, position: FeedPosition, at: datetime) -> Cursor:
    """Write a position as an opaque cursor."""
    written = _LAYOUT.pack(workspace_id.bytes, position.xid, position.id.bytes, (at - _EPOCH) // _MICROSECOND)
    return Cursor(urlsafe_b64encode(written + _sum(written)).rstrip(b"=").decode())


def invalid_cursor() -> PublicError:
    """Build the error for what is no cursor of this workspace's feed."""
    return PublicError(ErrorCode.CURSOR_INVALID, "This is not a cursor of this workspace's feed.")


def decode_feed_cursor(text: str, workspace_id: UUID) -> tuple[FeedPosition, datetime]:
    """Read a cursor: the position, and the instant that it stands for.

    Raises PublicError CURSOR_INVALID.
    """
    try:
        raw = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        written, checksum = raw[: _LAYOUT.size], raw[_LAYOUT.size :]
        workspace, xid, id, instant = _LAYOUT.unpack(written)
        made_at = _EPOCH + instant * _MICROSECOND
    except (ValueError, OverflowError, error):
        raise invalid_cursor() from None
    if checksum != _sum(written) or workspace != workspace_id.bytes or xid > _LAST_XID:
        raise invalid_cursor()
    return FeedPosition(xid, UUID(bytes=id)), made_at


def require_kept(made_at: datetime, since: datetime | None) -> None:
    """Check that nothing that followed a cursor is gone. Raises PublicError CURSOR_EXPIRED."""
    if since is not None and made_at < since:
        written = written_instant(since)
        raise PublicError(ErrorCode.CURSOR_EXPIRED, f"The feed keeps events since {written}; this cursor is older.", {"since": written})
