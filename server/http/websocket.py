"""Answer subscriptions over WebSocket, by the protocol graphql-transport-ws."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import structlog
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from gql.errors import ErrorCode, TopLevelError
from gql.execution import GraphQLResponse
from server.http import socket_messages as messages
from server.http.bearer import Unauthenticated, bearer_token
from server.http.body import request_of
from server.http.live import Ending, LiveConnections, Subscribe, abort
from server.http.rates import Bucket
from server.http.refusals import Refusal
from server.http.request_ids import request_id_of
from server.http.socket_messages import ClientMessage, Closing, MessageType, SocketClosed

ViewerT = TypeVar("ViewerT")

_log: Any = structlog.get_logger(__name__)
_FAREWELL_SECONDS = 2.0
# So many answers of one operation go out before others have their turn.
_ANSWERS_AT_ONCE = 32
_ENDINGS = {
    Ending.REVOKED: messages.FORBIDDEN,
    Ending.CHANGED: messages.RIGHTS_CHANGED,
    Ending.STOPPING: messages.RESTARTING,
}


@dataclass(frozen=True, slots=True)
class SocketSettings:
    """Bound one socket; times in seconds. `messages` may come at once, and then `messages_per_second`."""

    init_seconds: float = 5.0
    operations: int = 100
    stalled_seconds: float = 30.0
    messages: int = 250
    messages_per_second: float = 50.0


def _now() -> datetime:
    return datetime.now(UTC)


class SocketEndpoint(Generic[ViewerT]):
    """Serve subscriptions, as an ASGI application to be routed at a path.

    The key comes in the first message (`{"authorization": "Bearer …"}`) or, from clients that can, in the handshake's header.
    `failure` makes the answer for an exception that nobody foresaw, and logs it.
    """

    def __init__(
        self,
        subscribe: Subscribe[ViewerT],
        authenticate: Callable[[str, datetime], Awaitable[ViewerT]],
        connections: LiveConnections[ViewerT],
        failure: Callable[[Exception, str], GraphQLResponse],
        *,
        settings: SocketSettings | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.subscribe = subscribe
        self.authenticate = authenticate
        self.connections = connections
        self.failure = failure
        self.settings = settings or SocketSettings()
        self.now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket until either side ends it."""
        await receive()
        request_id = request_id_of(scope)
        try:
            self._check(scope)
        except Refusal as refusal:
            await refusal.response(request_id)(scope, receive, send)
            return
        headers = [(b"x-request-id", request_id.encode())]
        await send({"type": "websocket.accept", "subprotocol": messages.SUBPROTOCOL, "headers": headers})
        await _Socket(self, scope, receive, send).run()

    def _check(self, scope: Scope) -> None:
        if messages.SUBPROTOCOL not in scope["subprotocols"]:
            raise Refusal(400, ErrorCode.BAD_REQUEST, f"The only WebSocket protocol spoken here is {messages.SUBPROTOCOL}.")
        if self.connections.stopping or self.connections.full:
            raise Refusal(503, ErrorCode.OVERLOADED, "The server takes no more connections just now.", headers={"retry-after": "1"})


class _Gone(Exception):
    """Nothing more can be sent."""


class _Patience:
    """Watches a peer while something is being sent to it: `lost` is called when none of it has gone out for so many seconds.

    It has one timer, however much is sent.
    """

    __slots__ = ("_loop", "_lost", "_seconds", "_sending", "_since", "_timer")

    def __init__(self, seconds: float, lost: Callable[[], None]) -> None:
        self._seconds = seconds
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._sending = 0
        self._since = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def __enter__(self) -> None:
        if not self._sending:
            self._since = self._loop.time()
        self._sending += 1
        if self._timer is None:
            self._timer = self._loop.call_later(self._seconds, self._look)

    def __exit__(self, *_: object) -> None:
        self._sending -= 1
        self._since = self._loop.time()

    def stop(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        self._timer = None
        left = self._since + self._seconds - self._loop.time()
        if self._sending and left <= 0:
            self._lost()
        elif self._sending:
            self._timer = self._loop.call_later(left, self._look)


class _Socket(Generic[ViewerT]):
    """One connection. Its operations are tasks; each holds at most the one answer that it is sending."""

    def __init__(self, endpoint: SocketEndpoint[ViewerT], scope: Scope, receive: Receive, send: Send) -> None:
        self._endpoint = endpoint
        self._scope = scope
        self._receive = receive
        self._asgi_send = send
        self._request_id = request_id_of(scope)
        # None: the peer is gone, so nobody is told.
        self._ended: asyncio.Future[Closing | None] = asyncio.get_running_loop().create_future()
        self._bucket = Bucket(endpoint.settings.messages, endpoint.settings.messages_per_second, time.monotonic())
        self._initialising = False
        self._viewer: ViewerT | None = None
        self._operations: dict[str, asyncio.Task[None]] = {}
        # With those that were completed and are still cleaning up.
        self._tasks: set[asyncio.Task[None]] = set()
        self._registered = ExitStack()
        self._patience = _Patience(endpoint.settings.stalled_seconds, self._lose)

    async def run(self) -> None:
        """Read messages and run operations until the socket ends."""
        reader: asyncio.Task[None] | None = None
        greeting = asyncio.get_running_loop().call_later(self._endpoint.settings.init_seconds, self._expire)
        with self._registered:
            self._registered.enter_context(self._endpoint.connections.unnamed(self._end_by))
            try:
                reader = asyncio.create_task(self._read())
                closing = await self._ended
            finally:
                greeting.cancel()
                self._patience.stop()
                running = [*self._tasks, *([reader] if reader else [])]
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)
        await self._close(closing)

    def _expire(self) -> None:
        if not self._initialising:
            self._end(messages.TOO_SLOW_TO_INIT)

    def _end_by(self, ending: Ending) -> None:
        self._end(_ENDINGS[ending])

    def _end(self, closing: Closing | None) -> None:
        if not self._ended.done():
            self._ended.set_result(closing)

    async def _close(self, closing: Closing | None) -> None:
        if closing is None:
            return
        try:
            async with asyncio.timeout(_FAREWELL_SECONDS):
                await self._asgi_send({"type": "websocket.close", "code": closing.code, "reason": closing.reason})
        except (TimeoutError, OSError, RuntimeError):
            abort(self._scope)

    async def _read(self) -> None:
        try:
            while (event := await self._receive())["type"] == "websocket.receive":
                if not self._bucket.take(time.monotonic()):
                    raise SocketClosed(messages.TOO_MANY_MESSAGES)
                await self._take(messages.client_message(event.get("text")))
            self._end(None)
        except SocketClosed as closed:
            self._end(closed.closing)
        except _Gone:
            return
        except Exception as error:  # noqa: BLE001  the wall around one socket
            _log.error("socket failed", exc_info=error)
            self._end(messages.BROKEN)

    async def _take(self, message: ClientMessage) -> None:
        match message.type:
            case MessageType.CONNECTION_INIT:
                if self._initialising:
                    raise SocketClosed(messages.ALREADY_INITIALISED)
                self._initialising = True
                await self._initialise(message.payload)
            case MessageType.SUBSCRIBE:
                await self._start(message)
            case MessageType.COMPLETE:
                if task := self._operations.pop(message.id, None):
                    task.cancel()
            case MessageType.PING:
                await self._send(messages.PONG)
            case MessageType.PONG:
                pass

    async def _initialise(self, payload: dict[str, Any]) -> None:
        connections = self._endpoint.connections
        try:
            token = bearer_token(self._authorization(payload))
            if token is None:
                raise Unauthenticated
            viewer = await self._endpoint.authenticate(token, self._endpoint.now())
        except Unauthenticated:
            raise SocketClosed(messages.FORBIDDEN) from None
        except Exception as error:  # noqa: BLE001  keys are looked up in the database, which may be away, or worse
            status = self._endpoint.failure(error, self._request_id).status
            raise SocketClosed(messages.BUSY if status in (503, 504) else messages.BROKEN) from None
        self._registered.close()
        self._registered.enter_context(connections.named(token, viewer, self._end_by))
        self._viewer = viewer
        await self._send(messages.ACKNOWLEDGED)

    def _authorization(self, payload: dict[str, Any]) -> list[str]:
        """Return what the first message says about the key, else what the handshake said."""
        said = [value for name, value in payload.items() if name.lower() == "authorization"]
        if not said:
            return Headers(scope=self._scope).getlist("authorization")
        if not all(isinstance(value, str) for value in said):
            raise Unauthenticated
        return said

    async def _start(self, message: ClientMessage) -> None:
        viewer = self._viewer
        if viewer is None:
            raise SocketClosed(messages.UNAUTHORIZED)
        if message.id in self._operations:
            raise SocketClosed(messages.ALREADY_SUBSCRIBED)
        allowed = self._endpoint.settings.operations
        if len(self._tasks) >= allowed:
            facts = {"limit": "subscriptions", "allowed": allowed}
            refused = TopLevelError(ErrorCode.SUBSCRIPTION_LIMIT, f"A connection carries at most {allowed} subscriptions.", facts=facts)
            await self._send(messages.error_message(message.id, [refused.formatted(self._request_id)]))
            return
        task = asyncio.create_task(self._operate(message.id, message.payload, viewer))
        self._operations[message.id] = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _operate(self, id: str, payload: dict[str, Any], viewer: ViewerT) -> None:
        """Run one operation to its last frame."""
        try:
            answers = await self._endpoint.subscribe(request_of(payload), viewer, request_id=self._request_id)
            # However long the operation, what it was asked for with is not needed any more.
            del payload
            last = messages.error_message(id, _errors(answers)) if isinstance(answers, GraphQLResponse) else await self._stream(id, answers)
        except _Gone:
            return
        except Refusal as refusal:
            last = messages.error_message(id, [refusal.error.formatted(self._request_id)])
        except Exception as error:  # noqa: BLE001  the wall around one operation
            failed = self._endpoint.failure(error, self._request_id)
            last = messages.error_message(id, _errors(failed))
        # Before the last frame: whoever has read it may use the id again.
        if self._operations.pop(id, None) is None:
            return
        try:
            await self._send(last)
        except _Gone:
            return

    async def _stream(self, id: str, answers: AsyncIterator[GraphQLResponse]) -> str:
        """Send the answers of an operation as they come; return the frame that ends it."""
        encoded, sent = self._endpoint.connections.encoded, 0
        try:
            async for response in answers:
                if not response.executed:
                    return messages.error_message(id, _errors(response))
                await self._send(messages.next_message(id, encoded(response)))
                sent += 1
                if sent % _ANSWERS_AT_ONCE == 0:
                    # Neither a source with much to say nor a fast reader has to wait for anything; others would.
                    await asyncio.sleep(0)
            return messages.complete_message(id)
        finally:
            if (close := getattr(answers, "aclose", None)) is not None:
                await close()

    async def _send(self, text: str) -> None:
        """Send a frame once the peer has read enough of the earlier ones; raise `_Gone` when it has left."""
        if self._ended.done():
            raise _Gone
        try:
            with self._patience:
                await self._asgi_send({"type": "websocket.send", "text": text})
        # uvicorn's word for a frame after the closing handshake has begun is RuntimeError.
        except (OSError, RuntimeError):
            self._end(None)
            raise _Gone from None

    def _lose(self) -> None:
        """Drop a peer that has stopped reading; whatever waits for it ends with the socket."""
        _log.info("socket stalled", seconds=self._endpoint.settings.stalled_seconds)
        self._end(None)
        abort(self._scope)


def _errors(response: GraphQLResponse) -> list[dict[str, object]]:
    return [error.formatted(response.request_id) for error in response.errors]
