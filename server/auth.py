"""Turns a bearer token into the viewer whom its key stands for, from memory when it was asked a moment ago."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from domain.access import Viewer
from domain.api_keys import Token, has_expired, is_good, read_token, secret_matches, viewer_of
from persistence.api_keys import credential
from persistence.database import Database, Scope
from server.http.bearer import Unauthenticated
from usecases.keys.note_key_use import EVERY, note_key_use
from usecases.verbs import Call

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    """A verified key. `until` is on the monotonic clock."""

    viewer: Viewer
    expires_at: datetime | None
    until: float


class Authenticator:
    """Verifies API keys. `(token, at) -> Viewer`; raises Unauthenticated, whatever is wrong with the token, and what the database raises.

    What was verified is believed for `seconds`, counted from before it was read: so a revoked key, a deactivated agent or another
    role is noticed within that time in every process, at the price of one indexed read per key and second. At most `capacity` keys
    are remembered.
    """

    def __init__(
        self, database: Database, *, seconds: float = 1.0, capacity: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._capacity = capacity
        self._clock = clock
        # By the token's hash, so that no token lies in memory; the one verified longest ago comes first.
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._verifying: dict[bytes, asyncio.Task[_Known]] = {}
        self._noting: set[asyncio.Task[None]] = set()
        self._forgotten = 0

    async def __call__(self, token: str, at: datetime) -> Viewer:
        """Return the viewer behind the token."""
        digest = hashlib.blake2b(token.encode(), digest_size=32).digest()
        known = self._known.get(digest)
        if known is None or self._clock() >= known.until:
            known = await self._verified_once(digest, token, at)
        if has_expired(known.expires_at, at):
            raise Unauthenticated
        return known.viewer

    def forget(self, key_id: UUID) -> None:
        """Verify a key anew when it is used next."""
        self._forgotten += 1
        for digest in [digest for digest, known in self._known.items() if known.viewer.key_id == key_id]:
            del self._known[digest]

    async def close(self) -> None:
        """Wait until the uses that are being noted are written."""
        await asyncio.gather(*self._noting)

    async def _verified_once(self, digest: bytes, token: str, at: datetime) -> _Known:
        """Verify a token; requests with the same one at the same time share the read."""
        task = self._verifying.get(digest)
        if task is None:
            parsed = read_token(token)
            if parsed is None:
                raise Unauthenticated
            task = self._verifying[digest] = asyncio.create_task(self._verify(digest, parsed, at))
            task.add_done_callback(lambda done: self._verified(digest, done))
        # A client that goes away must not take the answer from the others.
        return await asyncio.shield(task)

    def _verified(self, digest: bytes, task: asyncio.Task[_Known]) -> None:
        del self._verifying[digest]
        if not task.cancelled():
            # Looked at even when nobody waits any more, so that asyncio does not report it as lost.
            task.exception()

    async def _verify(self, digest: bytes, token: Token, at: datetime) -> _Known:
        until, forgotten = self._clock() + self._seconds, self._forgotten
        async with self._database.reading(Scope(token.workspace_id)) as db:
            stored = await credential(db, token.key_id)
        if not secret_matches(token.secret, stored) or stored is None or not is_good(stored, at):
            self._known.pop(digest, None)
            raise Unauthenticated
        known = _Known(viewer_of(token.workspace_id, stored), stored.key.expires_at, until)
        if forgotten == self._forgotten:
            self._remember(digest, known)
        if stored.key.last_used_at is None or stored.key.last_used_at < at - EVERY:
            self._note_use(known.viewer, at)
        return known

    def _remember(self, digest: bytes, known: _Known) -> None:
        self._known[digest] = known
        self._known.move_to_end(digest)
        if len(self._known) > self._capacity:
            self._known.popitem(last=False)

    def _note_use(self, viewer: Viewer, at: datetime) -> None:
        """Write the use down beside the request, which does not wait for it."""
        task = asyncio.create_task(self._written(viewer, at))
        self._noting.add(task)
        task.add_done_callback(self._noting.discard)

    async def _written(self, viewer: Viewer, at: datetime) -> None:
        try:
            await note_key_use(Call(self._database, viewer, at))
        except Exception as error:  # noqa: BLE001  nobody waits for this, and the next use says the same
            _log.warning("the use of a key was not noted", key_id=str(viewer.key_id), error=type(error).__name__)
