"""What both ways of streaming share: where answers come from, which connections are open, and what ends them from outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

import orjson
from starlette.types import Scope

from gql.execution import GraphQLRequest, GraphQLResponse
from server.http.bearer import Unauthenticated

ViewerT = TypeVar("ViewerT")
ViewerT_contra = TypeVar("ViewerT_contra", contravariant=True)

# The name under which a connection puts a way to drop it at once into the state of its scopes.
ABORT = "abort"
_KEYS_AT_ONCE = 16


class Subscribe(Protocol[ViewerT_contra]):
    """Where answers come from. One answer instead of many says why there are none; an answer that was not executed is the last."""

    async def __call__(
        self, request: GraphQLRequest, viewer: ViewerT_contra, *, request_id: str
    ) -> AsyncIterator[GraphQLResponse] | GraphQLResponse:
        """Start a subscription for a viewer."""
        ...


class Ending(StrEnum):
    """Why a connection ends that neither side has finished with."""

    REVOKED = "REVOKED"
    CHANGED = "CHANGED"
    STOPPING = "STOPPING"


@dataclass(slots=True, eq=False)
class _Open(Generic[ViewerT]):
    """One connection of a key."""

    viewer: ViewerT
    end: Callable[[Ending], None]


class LiveConnections(Generic[ViewerT]):
    """The connections that stay open in this process. One for all doors, so that a server that stops can end them all.

    Every `look_every` seconds each key with a connection is verified anew, once, however many connections it has: a revoked or expired
    key ends them, and so does a key that stands for another viewer than before (the client comes back as what the key allows now).
    While keys cannot be verified, connections stay: what they would be sent is not to be had either.
    """

    def __init__(
        self,
        authenticate: Callable[[str, datetime], Awaitable[ViewerT]],
        *,
        at_most: int = 12_000,
        look_every: float = 0.5,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._authenticate = authenticate
        self._at_most = at_most
        self._look_every = look_every
        self._now = now
        self._by_token: dict[str, set[_Open[ViewerT]]] = {}
        self._strangers: set[Callable[[Ending], None]] = set()
        self._named = 0
        self._looking: asyncio.Task[None] | None = None
        self._encoded: tuple[GraphQLResponse, str] | None = None
        self.stopping = False

    @property
    def full(self) -> bool:
        """Tell whether one more connection would be too many."""
        return len(self._strangers) + self._named >= self._at_most

    def of_token(self, token: str) -> int:
        """Count the open connections of a key."""
        return len(self._by_token.get(token, ()))

    @contextmanager
    def unnamed(self, end: Callable[[Ending], None]) -> Generator[None]:
        """Keep a connection that has not said yet whose it is, as long as the block lasts."""
        self._strangers.add(end)
        try:
            yield
        finally:
            self._strangers.discard(end)

    @contextmanager
    def named(self, token: str, viewer: ViewerT, end: Callable[[Ending], None]) -> Generator[None]:
        """Keep a connection of a viewer, as long as the block lasts; `end` is called once or more when it has to end."""
        opened = _Open(viewer, end)
        self._by_token.setdefault(token, set()).add(opened)
        self._named += 1
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            self._named -= 1
            others = self._by_token[token]
            others.discard(opened)
            if not others:
                del self._by_token[token]

    async def close(self, within: float) -> None:
        """Take no more connections and end those there are, spread over `within` seconds so that not all come back at once."""
        self.stopping = True
        ends = [*self._strangers, *(opened.end for opens in self._by_token.values() for opened in opens)]
        steps = min(len(ends), 20)
        for step in range(steps):
            for end in ends[step::steps]:
                end(Ending.STOPPING)
            if step + 1 < steps:
                await asyncio.sleep(within / steps)

    def encoded(self, response: GraphQLResponse) -> str:
        """Write an answer as JSON; one that goes to many subscribers in a row is written once."""
        if self._encoded is None or self._encoded[0] is not response:
            self._encoded = response, orjson.dumps(response.body()).decode()
        return self._encoded[1]

    async def _look(self) -> None:
        """Verify keys until nobody is connected."""
        while self._by_token:
            await asyncio.sleep(self._look_every)
            tokens = list(self._by_token)
            for start in range(0, len(tokens), _KEYS_AT_ONCE):
                await asyncio.gather(*(self._verify(token) for token in tokens[start : start + _KEYS_AT_ONCE]))
        self._looking = None

    async def _verify(self, token: str) -> None:
        try:
            viewer = await self._authenticate(token, self._now())
        except Unauthenticated:
            for opened in self._by_token.get(token, ()):
                opened.end(Ending.REVOKED)
        except Exception:  # noqa: BLE001  whatever the database has is told by the requests that need it
            return
        else:
            for opened in self._by_token.get(token, ()):
                if opened.viewer != viewer:
                    opened.end(Ending.CHANGED)


def abort(scope: Scope) -> None:
    """Drop a connection without waiting for its peer to read what was written."""
    state: dict[str, Any] = scope.get("state", {})
    if callable(drop := state.get(ABORT)):
        drop()
