"""Guard every path alike: hosts, request ids, cross-origin reads, security headers, requests that two readers could read differently."""

from collections.abc import Awaitable, Collection
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql.errors import ErrorCode
from server.http.heads import Head, forget_head, head_of, only
from server.http.refusals import Refusal
from server.http.request_ids import HEADER, request_id_of

_SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
_SECURITY_PAIRS = [(name.encode(), value.encode()) for name, value in _SECURITY_HEADERS.items()]
_SECURITY_NAMES = frozenset(name for name, _ in _SECURITY_PAIRS)
_PREFLIGHT_HEADERS = {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization, content-type, x-graphql-cost, x-request-id",
    "access-control-max-age": "600",
}


def _nothing() -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class FrontDoorSettings:
    """List who may name us and who may read us: host names without port (empty: any), origins as browsers write them (empty: none)."""

    hosts: Collection[str] = field(default_factory=_nothing)
    origins: Collection[str] = field(default_factory=_nothing)


class FrontDoor:
    """Wrap an ASGI application."""

    def __init__(self, app: ASGIApp, settings: FrontDoorSettings) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in settings.hosts)
        self._origins = frozenset(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is refused here; let the rest through with its headers completed."""
        if scope["type"] == "websocket":
            await self._guard_socket(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        head = head_of(scope)
        origin = only(head, b"origin")
        allowed_origin = origin if origin in self._origins else None

        def send_completed(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                self._complete(message, request_id, allowed_origin)
            return send(message)

        try:
            self._check(head)
        except Refusal as refusal:
            await refusal.response(request_id)(scope, receive, send_completed)
            return
        if scope["method"] == "OPTIONS" and origin is not None and b"access-control-request-method" in head:
            preflight = Response(status_code=204, headers=_PREFLIGHT_HEADERS) if allowed_origin else Response(status_code=403)
            await preflight(scope, receive, send_completed)
            return
        await self._app(scope, receive, send_completed)

    async def _guard_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse handshakes from pages of other origins: browsers ask nobody before they connect. Other clients name no origin."""
        head = head_of(scope)
        try:
            self._check(head)
            origins = head.get(b"origin", ())
            if any(origin not in self._origins and not _is_of_host(origin, head[b"host"][0]) for origin in origins) or len(origins) > 1:
                raise Refusal(403, ErrorCode.FORBIDDEN, "Pages of that origin may not connect.")
        except Refusal as refusal:
            await refusal.response(request_id_of(scope))(scope, receive, send)
            return
        forget_head(scope)
        await self._app(scope, receive, send)

    def _check(self, head: Head) -> None:
        if b"transfer-encoding" in head and b"content-length" in head:
            raise Refusal(400, ErrorCode.BAD_REQUEST, "A body has one length.", close=True)
        hosts = head.get(b"host", ())
        if len(hosts) != 1 or not hosts[0]:
            raise Refusal(400, ErrorCode.BAD_REQUEST, "A request names one host.", close=True)
        if self._hosts and _without_port(hosts[0]) not in self._hosts:
            raise Refusal(421, ErrorCode.MISDIRECTED_REQUEST, "This server does not answer for that host.")

    def _complete(self, message: Message, request_id: str, allowed_origin: str | None) -> None:
        # The pairs themselves: Starlette's mapping looks through all of them at each change.
        pairs: list[tuple[bytes, bytes]] = [pair for pair in message.get("headers", ()) if pair[0] != HEADER]
        there = {name for name, _ in pairs}
        pairs.append((HEADER, request_id.encode()))
        pairs += _SECURITY_PAIRS if there.isdisjoint(_SECURITY_NAMES) else [pair for pair in _SECURITY_PAIRS if pair[0] not in there]
        message["headers"] = pairs
        if self._origins:
            self._complete_for_pages(MutableHeaders(scope=message), allowed_origin)

    def _complete_for_pages(self, headers: MutableHeaders, allowed_origin: str | None) -> None:
        headers.add_vary_header("origin")
        if allowed_origin is not None:
            headers["access-control-allow-origin"] = allowed_origin
            headers["access-control-expose-headers"] = "x-request-id, retry-after"
            headers["cross-origin-resource-policy"] = "cross-origin"


class Straight:
    """Leads the requests for one path straight to where they are answered; whatever else is asked goes by the routes."""

    def __init__(self, app: ASGIApp, path: str, endpoint: ASGIApp) -> None:
        self._app = app
        self._path = path
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        straight = scope["type"] == "http" and scope["path"] == self._path
        await (self._endpoint if straight else self._app)(scope, receive, send)


def _is_of_host(origin: str, host: str) -> bool:
    """Tell whether a page came from where it connects to; behind a proxy that speaks TLS only the names can be compared."""
    scheme, _, name = origin.partition("://")
    return scheme in ("http", "https") and name.lower() == host.lower()


def _without_port(host: str) -> str:
    name, _, port = host.lower().rpartition(":")
    return name if name and (not port or port.isdecimal()) and (":" not in name or name.endswith("]")) else host.lower()
