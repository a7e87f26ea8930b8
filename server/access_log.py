"""Log one line for each request, and answer for what nobody else caught."""

from __future__ import annotations

import time
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql.errors import INTERNAL_MESSAGE, ErrorCode
from server import log_facts
from server.http.refusals import Refusal
from server.http.request_ids import request_id_of
from server.logs import request_line

_log: Any = structlog.get_logger(__name__)
# Probes ask every few seconds.
_SELDOM_LOGGED = ("/healthz", "/readyz")
_MAX_SEGMENT = 40


class AccessLog:
    """Wrap an ASGI application.

    A line names the operation, the status, the time in milliseconds and the request's id. Of the path it shows the first segment only:
    the rest may be a secret, such as an upload's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and log it."""
        if scope["type"] == "websocket":
            await self._log_socket(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        began = time.perf_counter()
        status = 0

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        log_facts.begin(request_id=request_id)
        try:
            await self._app(scope, receive, send_noted)
        except Exception as error:  # noqa: BLE001  the last wall: nothing behind it would mask the error
            _log.error("request failed", exc_info=error)
            if status == 0:
                await _answer_for(scope, receive, send_noted, request_id)
        finally:
            path = _first_segment(scope["path"])
            # Without a status the client left before there was an answer.
            # As `round` to one place, which takes as long as writing the line.
            elapsed = int((time.perf_counter() - began) * 10_000 + 0.5) / 10
            if path in _SELDOM_LOGGED:
                _log.debug("request", method=scope["method"], path=path, status=status or None, ms=elapsed)
            else:
                request_line(method=scope["method"], path=path, status=status or None, ms=elapsed)

    async def _log_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log one line when a socket ends: with the handshake's status, and the code by which it was closed from here."""
        request_id = request_id_of(scope)
        began = time.perf_counter()
        status, code = 0, None

        async def send_noted(message: Message) -> None:
            nonlocal status, code
            match message["type"]:
                case "websocket.accept":
                    status = 101
                case "websocket.http.response.start":
                    status = message["status"]
                case "websocket.close":
                    # Before it is accepted, closing a socket means 403.
                    status, code = (status, message.get("code", 1000)) if status else (403, None)
                case _:
                    pass
            await send(message)

        log_facts.begin(request_id=request_id)
        try:
            await self._app(scope, receive, send_noted)
        except Exception as error:  # noqa: BLE001  the last wall: nothing behind it would mask the error
            _log.error("socket failed", exc_info=error)
        finally:
            elapsed = round((time.perf_counter() - began) * 1_000, 1)
            _log.info("socket", path=_first_segment(scope["path"]), status=status or None, code=code, ms=elapsed)


def _first_segment(path: str) -> str:
    segment = path[1:].partition("/")[0][:_MAX_SEGMENT]
    return f"/{segment}" if segment.isascii() and segment.isprintable() else "/?"


async def _answer_for(scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
    async def send_named(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["x-request-id"] = request_id
        await send(message)

    await Refusal(500, ErrorCode.INTERNAL, INTERNAL_MESSAGE).response(request_id)(scope, receive, send_named)
