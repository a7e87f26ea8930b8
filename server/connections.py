"""uvicorn's connections, bounded where it leaves them open: peers that do not read, endless fragments, floods of control frames."""

from __future__ import annotations

import asyncio
from asyncio.transports import BaseTransport
from collections.abc import Callable
from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame

from server.http.body import ARRIVED
from server.http.live import ABORT
from server.http.rates import Bucket

# The most of a request's line and headers.
HEAD_BYTES = 32 * 1024
# What a socket may have written and its peer not yet read. The operating system holds some more.
_UNREAD_BYTES = 16 * 1024
# A message of 64 KiB in fragments of 1 KiB, or a ping every tenth of a second, is far below.
_SMALL_FRAMES = 500
_SMALL_FRAMES_PER_SECOND = 50.0
_FAREWELL_SECONDS = 5.0


class Corked:
    """A transport that writes once what is written to it in one turn of the loop: each frame, each part of an answer is a system call.

    It has of a transport what uvicorn uses.
    """

    __slots__ = ("_loop", "_size", "_transport", "_waiting")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._waiting: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        """Write soon; at once when much has gathered: it need not stay here, and the transport can say that it is too much."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= _UNREAD_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            waiting, size, self._waiting, self._size = self._waiting, self._size, [], 0
            # One that is closed refuses more than it used to: uvloop's raises.
            if self._transport.is_closing():
                return
            if size >= _UNREAD_BYTES:
                # The system takes them as they are; to put them together would be another copy of a page.
                self._transport.writelines(waiting)
            else:
                self._transport.write(b"".join(waiting))

    def write_eof(self) -> None:
        """Write what waits, and nothing more after it."""
        self._flush()
        self._transport.write_eof()

    def close(self) -> None:
        """Write what waits, then close."""
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        """Drop the connection and what waits."""
        self._waiting, self._size = [], 0
        self._transport.abort()

    def bare(self) -> asyncio.Transport:
        """Write what waits, and return the transport itself."""
        self._flush()
        return self._transport

    def __getattr__(self, name: str) -> Any:
        """Leave the rest to the transport."""
        return getattr(self._transport, name)


class Lingering:
    """A transport that, closed while a request still comes, says so and hears the peer out, within bounds of size and time.

    A socket closed on bytes that nobody read makes the peer's system forget the answer that lies there. Nothing of what comes is kept.
    """

    __slots__ = ("_heard", "_is_heard", "_loop", "_most", "_patience", "_seconds", "_timer", "_transport", "_until")

    def __init__(
        self, transport: Corked, is_heard: Callable[[], bool], loop: asyncio.AbstractEventLoop, bounds: tuple[int, float, float]
    ) -> None:
        self._transport = transport
        self._is_heard = is_heard
        self._loop = loop
        self._most, self._seconds, self._patience = bounds
        self._heard = 0
        self._until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def lingers(self) -> bool:
        """Tell whether what comes is of no interest any more."""
        return self._timer is not None

    def close(self) -> None:
        """Close after what was written; while a request still comes, for writing only. Another call ends it."""
        if self.lingers:
            self.end()
        elif not self._is_heard() or self._transport.is_closing() or not self._transport.can_write_eof():
            self._transport.close()
        else:
            self._transport.write_eof()
            self._until = self._loop.time() + self._seconds
            self._timer = self._loop.call_later(self._patience, self.end)
            self._transport.resume_reading()

    def discard(self, data: bytes) -> None:
        """Throw away what came, and go on waiting unless it is enough."""
        self._heard += len(data)
        patience = min(self._patience, self._until - self._loop.time())
        if self._heard > self._most or patience <= 0:
            self.end()
        elif self._timer is not None:
            self._timer.cancel()
            self._timer = self._loop.call_later(patience, self.end)

    def end(self) -> None:
        """Drop the connection."""
        self.forget()
        self._transport.abort()

    def forget(self) -> None:
        """Wait no longer."""
        if self._timer is not None:
            self._timer.cancel()

    def is_closing(self) -> bool:
        """Tell whether nothing more is to be written."""
        return self.lingers or self._transport.is_closing()

    def bare(self) -> asyncio.Transport:
        """Return the transport itself."""
        return self._transport.bare()

    def __getattr__(self, name: str) -> Any:
        """Leave the rest to the transport."""
        return getattr(self._transport, name)


class HttpConnection(HttpToolsProtocol):
    """An HTTP connection with a bound for heads, whose requests may have it dropped, and whose refusals reach also those still sending."""

    # How much is thrown away, in which time, and how long the peer may be silent: enough for 50 MB by a client that reads when it has sent.
    lingering = (64 * 2**20, 5.0, 1.0)

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any], _loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        super().__init__(config, server_state, {**app_state, ABORT: self._abort, ARRIVED: self._has_arrived}, _loop)
        # How much of a head came that is not complete; None outside of heads.
        self._head: int | None = None
        self._refused = False

    def connection_made(self, transport: BaseTransport) -> None:
        """Have the connection linger when it is closed."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._door = Lingering(Corked(self.transport, self.loop), self._is_heard, self.loop, self.lingering)
        self.transport = cast("Any", self._door)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._door.forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, or let it pass when the answer is given and the rest refused."""
        if self._door.lingers:
            self._door.discard(data)
            return
        super().data_received(data)
        if self._head is not None and not self._refused:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self.send_400_response("The head of the request is too large.")

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        self._refused = True
        super().send_400_response(msg)

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        super().on_message_begin()
        self._head = 0

    def on_headers_complete(self) -> None:
        """Count no more. Raises ValueError for a target that names a host of its own: there are two to choose from then."""
        self._head = None
        if not self.url.startswith(b"/"):
            raise ValueError("not a path")
        super().on_headers_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hand the transport itself on."""
        self.transport = self._door.bare()
        super().handle_websocket_upgrade()

    def _is_heard(self) -> bool:
        """Tell whether a request still comes, or something else that was taken for one."""
        cycle = cast("Any", self.cycle)
        return self._refused or (cycle is not None and cycle.more_body)

    def _has_arrived(self) -> bool:
        """Tell whether the whole request is there, or, while others wait behind it, that of the last one, which comes later."""
        cycle = cast("Any", self.cycle)
        return cycle is not None and not cycle.more_body

    def _abort(self) -> None:
        self.transport.abort()


class SocketConnection(WebSocketsSansIOProtocol):
    """A WebSocket connection that ends when it should."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Note how much may lie unread."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=_UNREAD_BYTES)
        self.transport = cast("Any", Corked(self.transport, self.loop))
        # In place of the HTTP connection's, which would be kept for as long as this one.
        self.app_state = {**self.app_state, ABORT: self.transport.abort}
        self.app_state.pop(ARRIVED, None)
        self._small_frames = Bucket(_SMALL_FRAMES, _SMALL_FRAMES_PER_SECOND, self.loop.time())
        self._dropping: asyncio.TimerHandle | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._dropping is not None:
            self._dropping.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came. A handshake that websockets cannot read was answered by it; uvicorn would never send that answer."""
        super().data_received(data)
        if not self.handshake_initiated and not self.transport.is_closing():
            self.handshake_complete = True
            self.close_sent = True
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    def handle_cont(self, event: Frame) -> None:
        """Take a fragment: even empty ones cost memory, so there is a bound to their number."""
        if self._allowed():
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer a ping, unless the peer asks without reading: answers would pile up."""
        if not self._allowed():
            return
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.transport.abort()

    def handle_pong(self, event: Frame) -> None:
        """Take a pong."""
        if self._allowed():
            super().handle_pong(event)

    def send_receive_event_to_app(self) -> None:
        """Hand a whole message on, if its text is UTF-8; uvicorn would log a traceback for one that is not."""
        if self.curr_msg_data_type == "text" and not _is_utf8(self.frames):
            self.frames = []
            self._fail(1007, "Invalid UTF-8")
            return
        super().send_receive_event_to_app()

    def keepalive_timeout(self) -> None:
        """Give up on a peer that answers no pings."""
        super().keepalive_timeout()
        self._drop_later()

    async def send(self, message: Any) -> None:
        """Send what the application says; once it has accepted, nobody looks at the handshake any more."""
        await super().send(message)
        if message["type"] == "websocket.accept":
            del self.request, self.response

    async def run_asgi(self) -> None:
        """Run the application; when it is done, the peer has some seconds to agree."""
        app = cast("ASGIApp", self.app)

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await app(scope, receive, send)
            # uvicorn reports an error unless it knows that a refusal, or a peer that left, completes a handshake too.
            if self.initial_response is not None or self.transport.is_closing():
                self.handshake_complete = True

        self.app = cast("Any", answer)
        await super().run_asgi()
        self._drop_later()

    def _allowed(self) -> bool:
        if self.close_sent:
            return False
        if self._small_frames.take(self.loop.time()):
            return True
        self._fail(1008, "Frame rate exceeded")
        return False

    def _fail(self, code: int, reason: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.fail(code, reason)
        self.handle_parser_exception()
        self._drop_later()

    def _drop_later(self) -> None:
        """Drop what is left of the connection when its peer does not let it end."""
        if self._dropping is None and not self.disconnected:
            self._dropping = self.loop.call_later(_FAREWELL_SECONDS, self.transport.abort)


def _is_utf8(parts: list[bytes]) -> bool:
    try:
        b"".join(parts).decode()
    except UnicodeDecodeError:
        return False
    return True
