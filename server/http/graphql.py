"""Answer GraphQL over HTTP: POST of JSON in, `application/graphql-response+json`, `application/json` or a stream of events out."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

import orjson
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gql.documents import PreparedOperation
from gql.errors import ErrorCode, RequestRefused, TopLevelError
from gql.execution import GraphQLExecutor, GraphQLRequest, GraphQLResponse
from server.http.bearer import GuessLimiter, Unauthenticated, bearer_token, throttled, unauthenticated
from server.http.body import decode, read_body
from server.http.heads import Head, head_of, only
from server.http.live import LiveConnections, Subscribe
from server.http.negotiation import EVENT_STREAM, GRAPHQL_RESPONSE, JSON, accepts_event_stream, is_json_in_utf8, response_type
from server.http.refusals import Refusal
from server.http.request_ids import request_id_of
from server.http.sse import EventStream, StreamSettings, too_many_streams

ViewerT = TypeVar("ViewerT")

COST_HEADER = b"x-graphql-cost"
_NO_STORE = (b"cache-control", b"no-store")
_REFUSED = {ErrorCode.FORBIDDEN.value: 403, ErrorCode.SUBSCRIPTION_LIMIT.value: 429}


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Tell a context what it may know about the request: its id, the instant it came in, the address it came from."""

    request_id: str
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class GraphQLHTTPSettings:
    """Bound what a request may cost before GraphQL sees it; sizes in bytes, times in seconds."""

    max_body_bytes: int = 256 * 1024
    body_seconds: float = 15.0
    bad_keys: int = 20
    bad_keys_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Streaming(Generic[ViewerT]):
    """What subscriptions need to be answered with streams of events."""

    subscribe: Subscribe[ViewerT]
    connections: LiveConnections[ViewerT]
    settings: StreamSettings = StreamSettings()  # noqa: RUF009  frozen


def _nobody(_viewer: object) -> bool:
    return False


def _now() -> datetime:
    return datetime.now(UTC)


class GraphQLEndpoint(Generic[ViewerT]):
    """Serve one schema, as an ASGI application to be routed at a path.

    `authenticate` turns a bearer token, at an instant, into a viewer or raises `Unauthenticated`; no body is read before it has.
    `build_context` makes the resolvers' context. `authorize` returns the errors of an operation that this viewer may not run.
    With `streaming`, subscriptions are answered to clients that accept streams of events; everything else is answered at once, as JSON.
    """

    def __init__(
        self,
        executor: GraphQLExecutor,
        authenticate: Callable[[str, datetime], Awaitable[ViewerT]],
        build_context: Callable[[ViewerT, RequestFacts], object],
        *,
        settings: GraphQLHTTPSettings | None = None,
        authorize: Callable[[ViewerT, PreparedOperation, Mapping[str, object]], Sequence[TopLevelError]] | None = None,
        allow_introspection: Callable[[ViewerT], bool] = _nobody,
        streaming: Streaming[ViewerT] | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._executor = executor
        self._authenticate = authenticate
        self._build_context = build_context
        self._settings = settings or GraphQLHTTPSettings()
        self._authorize = authorize
        self._allow_introspection = allow_introspection
        self._streaming = streaming
        self._now = now
        self._guesses = GuessLimiter(self._settings.bad_keys, self._settings.bad_keys_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request_id = request_id_of(scope)
        media_type = JSON
        try:
            if scope["method"] != "POST":
                raise Refusal(405, ErrorCode.METHOD_NOT_ALLOWED, "Send operations by POST.", headers={"allow": "POST"})
            head = head_of(scope)
            chosen = self._negotiate(head)
            media_type = chosen or JSON
            response = await self._answer(scope, receive, head, request_id, chosen)
        except Refusal as refusal:
            response = refusal.response(request_id, media_type)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  keys are looked up in the database, which may be away, or worse
            response = self._written(self._executor.failure(error, request_id), media_type, with_cost=False)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, head: Head, request_id: str, media_type: str | None) -> ASGIApp:
        if not is_json_in_utf8(head.get(b"content-type", ())):
            raise Refusal(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send `content-type: application/json` in UTF-8.")
        at = self._now()
        client = scope.get("client")
        address: str = client[0] if client else ""
        token, viewer = await self._viewer(head, address, at)
        settings = self._settings
        length = only(head, b"content-length")
        body = await read_body(scope, receive, length, max_bytes=settings.max_body_bytes, seconds=settings.body_seconds)
        asked = decode(body)
        if self._streaming is not None and accepts_event_stream(head.get(b"accept", ())):
            kind = self._kind(asked)
            if kind == "subscription":
                return await self._stream(self._streaming, asked, viewer, token, request_id)
            if media_type is None and kind is not None:
                raise self._not_acceptable()
        authorize = self._authorize
        answer = await self._executor.execute(
            asked,
            self._build_context(viewer, RequestFacts(request_id, at, address)),
            request_id=request_id,
            allow_introspection=self._allow_introspection(viewer),
            authorize=None if authorize is None else lambda operation, variables: authorize(viewer, operation, variables),
        )
        return self._written(answer, media_type or GRAPHQL_RESPONSE, with_cost=COST_HEADER in head)

    def _kind(self, asked: GraphQLRequest) -> str | None:
        """Return `query`, `mutation` or `subscription`; None for what cannot be run."""
        try:
            return self._executor.documents.prepare(asked.query).operation(asked.operation_name).kind.value
        except RequestRefused:
            return None

    async def _stream(self, streaming: Streaming[ViewerT], asked: GraphQLRequest, viewer: ViewerT, token: str, request_id: str) -> ASGIApp:
        connections = streaming.connections
        if connections.stopping or connections.full:
            message = "The server takes no more connections just now."
            raise Refusal(503, ErrorCode.OVERLOADED, message, headers={"retry-after": "1"}, close=True)
        if connections.of_token(token) >= streaming.settings.streams:
            raise too_many_streams(streaming.settings.streams)
        answers = await streaming.subscribe(asked, viewer, request_id=request_id)
        if isinstance(answers, GraphQLResponse):
            # An error and no stream: said with a status, since a client that waits for events reads nothing else.
            status = next((_REFUSED[error.code] for error in answers.errors if error.code in _REFUSED), max(answers.status, 400))
            return Response(
                orjson.dumps(answers.body()), status, {"content-type": f"{GRAPHQL_RESPONSE}; charset=utf-8", "cache-control": "no-store"}
            )
        return EventStream(
            answers, connections, token, viewer, request_id=request_id, failure=self._executor.failure, settings=streaming.settings
        )

    async def _viewer(self, head: Head, address: str, at: datetime) -> tuple[str, ViewerT]:
        try:
            token = bearer_token(head.get(b"authorization", ()))
            if token is None:
                raise unauthenticated()
            return token, await self._authenticate(token, at)
        except Unauthenticated:
            wait = self._guesses.failed(address, time.monotonic())
            raise (unauthenticated() if wait is None else throttled(wait)) from None

    def _negotiate(self, head: Head) -> str | None:
        """Choose how an answer is written; None when only a stream of events will do."""
        accepts = head.get(b"accept", ())
        media_type = response_type(accepts)
        if media_type is None and (self._streaming is None or not accepts_event_stream(accepts)):
            raise self._not_acceptable()
        return media_type

    def _not_acceptable(self) -> Refusal:
        streams = f"; only subscriptions as {EVENT_STREAM}" if self._streaming is not None else ""
        return Refusal(406, ErrorCode.NOT_ACCEPTABLE, f"Answers are written as {GRAPHQL_RESPONSE} or {JSON}{streams}.")

    def _written(self, answer: GraphQLResponse, media_type: str, *, with_cost: bool) -> ASGIApp:
        body = answer.body()
        if with_cost and answer.cost is not None:
            body["extensions"] = {"cost": {"requested": answer.cost, "allowed": self._executor.limits.cost}}
        status = answer.status
        # Clients from before the media type take any status but 200 for a broken transport.
        if media_type == JSON and status == 400:
            status = 200
        headers = [(b"content-type", f"{media_type}; charset=utf-8".encode()), _NO_STORE]
        if status == 413:
            headers.append((b"connection", b"close"))
        if status == 503:
            headers.append((b"retry-after", b"1"))
        return _Answer(status, orjson.dumps(body), headers)


class _Answer:
    """A whole answer, as an ASGI application. Starlette's Response takes its headers apart and together again."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        self.status = status
        self.body = body
        self.headers = headers

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        headers = [*self.headers, (b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})
