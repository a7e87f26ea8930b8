"""A source of answers in which nothing happens by itself, and the application that streams them, for tests of the transports."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

from graphql import build_schema
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp

from gql.errors import ErrorCode, TopLevelError
from gql.execution import GraphQLExecutor, GraphQLRequest, GraphQLResponse
from server.access_log import AccessLog
from server.http.bearer import Unauthenticated
from server.http.front_door import FrontDoor, FrontDoorSettings
from server.http.graphql import GraphQLEndpoint, Streaming
from server.http.live import LiveConnections
from server.http.sse import StreamSettings
from server.http.websocket import SocketEndpoint, SocketSettings

OURS = "https://app.example"
COUNT, REST, TORRENT = "subscription { count }", "subscription { rest }", "subscription { torrent }"
FAIL, EXPIRE, BREAK = "subscription { fail }", "subscription { expire }", "subscription { break }"
SCHEMA = "type Query { mark: String } type Subscription { count: Int rest: Int torrent: String fail: Int expire: Int break: Int }"
SECRET = "a secret of the database"
PATIENCE = 60.0


class Source:
    """Answers by the field asked for. The one key is `good`, until a test changes `keys`."""

    def __init__(self) -> None:
        self.keys = {"good": "Ada"}
        self.away = False
        self.started: list[str] = []
        self.finished: list[str] = []
        self.changed = threading.Condition()

    async def authenticate(self, token: str, _at: datetime) -> str:
        if self.away:
            raise ConnectionRefusedError(SECRET)
        if token not in self.keys:
            raise Unauthenticated
        return self.keys[token]

    async def subscribe(self, request: GraphQLRequest, viewer: str, *, request_id: str) -> AsyncIterator[GraphQLResponse] | GraphQLResponse:
        if request.query.startswith("mutation"):
            refused = TopLevelError(ErrorCode.BAD_REQUEST, "Only subscriptions are answered here.")
            return GraphQLResponse(request_id, executed=False, errors=(refused,))
        if "nothing" in request.query:
            return GraphQLResponse(request_id, executed=False, errors=(TopLevelError(ErrorCode.GRAPHQL_VALIDATION_FAILED, "No."),))
        return self.answers(request.query, viewer, request_id)

    async def answers(self, query: str, viewer: str, request_id: str) -> AsyncIterator[GraphQLResponse]:
        self._note(self.started, query)
        try:
            if query == BREAK:
                raise RuntimeError(SECRET)
            if query == REST:
                await asyncio.Event().wait()
            for number in range(1, 4) if query != TORRENT else range(10_000_000):
                data = {"count": number, "viewer": viewer} if query != TORRENT else {"torrent": f"{number}" + "x" * 8_000}
                yield GraphQLResponse(request_id, executed=True, data=data)
                if query == EXPIRE:
                    expired = TopLevelError(ErrorCode.CURSOR_EXPIRED, "The cursor is too old.")
                    yield GraphQLResponse(request_id, executed=False, errors=(expired,))
                if query == FAIL:
                    raise ConnectionRefusedError(SECRET)
        finally:
            self._note(self.finished, query)

    def _note(self, list: list[str], query: str) -> None:
        with self.changed:
            list.append(query)
            self.changed.notify_all()

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of what was started and finished."""
        with self.changed:
            assert self.changed.wait_for(holds, PATIENCE)


class LiveApp:
    """The application and the handles that a test needs of it."""

    def __init__(self, sockets: SocketSettings | None = None, streams: StreamSettings | None = None, at_most: int = 1_000) -> None:
        self.source = Source()
        self.connections = LiveConnections(self.source.authenticate, at_most=at_most, look_every=0.01)
        executor = GraphQLExecutor(build_schema(SCHEMA), public_errors={ConnectionRefusedError: ErrorCode.DATABASE_UNAVAILABLE})
        plain = GraphQLEndpoint(
            executor,
            self.source.authenticate,
            lambda _viewer, _facts: None,
            streaming=Streaming(self.source.subscribe, self.connections, streams or StreamSettings()),
        )
        socket = SocketEndpoint(self.source.subscribe, self.source.authenticate, self.connections, executor.failure, settings=sockets)
        routes: list[Any] = [Route("/graphql", plain), WebSocketRoute("/graphql", socket), Route("/end", self._end, methods=["POST"])]
        inner: ASGIApp = Starlette(routes=routes)
        self.app = AccessLog(FrontDoor(inner, FrontDoorSettings(hosts=["127.0.0.1"], origins=[OURS])))

    async def _end(self, _request: Request) -> Response:
        """End what is open, as a server that stops does."""
        await self.connections.close(0.0)
        return Response(status_code=204)
