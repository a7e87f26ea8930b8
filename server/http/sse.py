"""Answer a subscription with a stream of Server-Sent Events, by graphql-sse's distinct connections mode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson
import structlog
from starlette.types import Receive, Scope, Send

from gql.errors import ErrorCode
from gql.execution import GraphQLResponse
from server.http.bearer import unauthenticated
from server.http.live import Ending, LiveConnections, abort
from server.http.negotiation import EVENT_STREAM
from server.http.refusals import Refusal

ViewerT = TypeVar("ViewerT")

_log: Any = structlog.get_logger(__name__)
_HEADERS = (
    (b"content-type", EVENT_STREAM.encode()),
    (b"cache-control", b"no-store"),
    # Proxies that collect an answer before they pass it on are asked not to.
    (b"x-accel-buffering", b"no"),
)
_COMMENT = b":\n\n"
_COMPLETE = b"event: complete\ndata:\n\n"
_FAREWELL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """Bound one stream; times in seconds. `streams` of one key may be open at once."""

    heartbeat_seconds: float = 15.0
    stalled_seconds: float = 30.0
    streams: int = 100


class _Stalled(Exception):
    """The peer has stopped reading."""


class EventStream(Generic[ViewerT]):
    """One stream, as an ASGI application that answers one request. The answers come from an iterator that this closes."""

    def __init__(
        self,
        answers: AsyncIterator[GraphQLResponse],
        connections: LiveConnections[ViewerT],
        token: str,
        viewer: ViewerT,
        *,
        request_id: str,
        failure: Callable[[Exception, str], GraphQLResponse],
        settings: StreamSettings,
    ) -> None:
        self._answers = answers
        self._connections = connections
        self._token = token
        self._viewer = viewer
        self._request_id = request_id
        self._failure = failure
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send answers until there are no more, the client leaves or stalls, or the connection has to end."""
        try:
            await self._run(scope, receive, send)
        finally:
            if (close := getattr(self._answers, "aclose", None)) is not None:
                await close()

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()

        def end(ending: Ending) -> None:
            if not ended.done():
                ended.set_result(ending)

        with self._connections.named(self._token, self._viewer, end):
            await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
            talking = asyncio.create_task(self._talk(send))
            leaving = asyncio.create_task(_left(receive))
            try:
                await asyncio.wait({talking, leaving, ended}, return_when=asyncio.FIRST_COMPLETED)
                finished = talking.done() or leaving.done()
                talking.cancel()
                outcome, *_ = await asyncio.gather(talking, return_exceptions=True)
                if isinstance(outcome, _Stalled):
                    _log.info("stream stalled", seconds=self._settings.stalled_seconds)
                    await _drop(scope, leaving)
                elif not finished:
                    await self._farewell(send, ended.result(), scope, leaving)
            finally:
                talking.cancel()
                leaving.cancel()
                await asyncio.gather(talking, leaving, return_exceptions=True)

    async def _talk(self, send: Send) -> None:
        """Send the whole stream; raise `_Stalled` when the peer does not read it."""
        # Something at once, so that the client knows it is connected.
        await self._write(send, _COMMENT)
        try:
            last = await self._stream(send)
        except _Stalled:
            raise
        except Exception as error:  # noqa: BLE001  the wall around one stream
            last = _next(self._connections.encoded(self._failure(error, self._request_id)))
        await self._write(send, last + _COMPLETE, more=False)

    async def _stream(self, send: Send) -> bytes:
        """Send answers as they come and comments while there are none; return what is to be said before the end."""
        following: asyncio.Task[GraphQLResponse | None] | None = None
        try:
            while True:
                following = asyncio.create_task(self._following())
                while not (await asyncio.wait({following}, timeout=self._settings.heartbeat_seconds))[0]:
                    await self._write(send, _COMMENT)
                response = following.result()
                if response is None:
                    return b""
                event = _next(self._connections.encoded(response))
                if not response.executed:
                    return event
                await self._write(send, event)
        finally:
            if following is not None:
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)

    async def _following(self) -> GraphQLResponse | None:
        return await anext(self._answers, None)

    async def _write(self, send: Send, data: bytes, *, more: bool = True) -> None:
        try:
            async with asyncio.timeout(self._settings.stalled_seconds):
                await send({"type": "http.response.body", "body": data, "more_body": more})
        except TimeoutError:
            raise _Stalled from None

    async def _farewell(self, send: Send, ending: Ending, scope: Scope, leaving: asyncio.Task[None]) -> None:
        """Tell a key that was revoked that this is the end; everybody else comes back, so the stream just breaks off."""
        last = b""
        if ending is Ending.REVOKED:
            refused = unauthenticated().error.formatted(self._request_id)
            last = _next(orjson.dumps({"errors": [refused]}).decode()) + _COMPLETE
        try:
            async with asyncio.timeout(_FAREWELL_SECONDS):
                await send({"type": "http.response.body", "body": last, "more_body": False})
        except TimeoutError:
            await _drop(scope, leaving)


def too_many_streams(allowed: int) -> Refusal:
    """Build the answer to one stream too many."""
    facts = {"limit": "subscriptions", "allowed": allowed}
    return Refusal(429, ErrorCode.SUBSCRIPTION_LIMIT, f"A key has at most {allowed} connections at once.", facts=facts)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _drop(scope: Scope, leaving: asyncio.Task[None]) -> None:
    """Drop the connection, and wait until the server knows: then it does not miss the end of the answer."""
    abort(scope)
    await asyncio.wait({leaving}, timeout=_FAREWELL_SECONDS)


def _next(payload: str) -> bytes:
    # JSON has no line breaks of its own, so one data line carries it.
    return f"event: next\ndata: {payload}\n\n".encode()
