"""Put the server together: the HTTP door, GraphQL behind it, and what runs beside them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, WebSocketRoute

from domain.access import Permission, Viewer
from gql.context import Context
from gql.documents import PreparedOperation
from gql.engine import QueryEngine
from gql.errors import PUBLIC_ERRORS, ErrorCode, TopLevelError
from gql.execution import GraphQLExecutor
from gql.permissions import authorize
from gql.schema import SCHEMA
from gql.subscriptions.hub import Hub
from gql.subscriptions.live_operations import LiveOperations
from persistence.database import Database
from server import log_facts
from server.access_log import AccessLog
from server.auth import Authenticator
from server.behind import working_behind
from server.health import Readiness, health_routes
from server.http.console import ConsoleSettings, console_routes
from server.http.front_door import FrontDoor, FrontDoorSettings, Straight
from server.http.graphql import GraphQLEndpoint, RequestFacts, Streaming
from server.http.live import LiveConnections
from server.http.refusals import Refusal
from server.http.request_ids import request_id_of
from server.http.websocket import SocketEndpoint, SocketSettings
from server.imports import routes as import_routes
from server.settings import Settings
from server.tasks import TimedTask, running

# For so long a verified key is believed, and so often those of open sockets are looked at: an open socket may outlive its key by both
# together and the time of a read, which has to be less than a second.
BELIEVED_SECONDS = 0.7
LOOK_SECONDS = 0.2
GRAPHQL_PATH = "/graphql"


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    database: Database,
    *,
    schema_head: str,
    console: ConsoleSettings | None = None,
    beside: Sequence[TimedTask] = (),
    hub: Hub | None = None,
    sockets: SocketSettings | None = None,
    now: Callable[[], datetime] = _now,
) -> Starlette:
    """Build the application. It owns the database's pool and closes it; the console is shown in development only, whoever asks for it.

    `beside` are tasks of this server alone, whether or not it works behind. `hub` and `sockets`: other bounds than the usual ones.
    """
    readiness = Readiness(database, schema_head)
    authenticator = Authenticator(database, seconds=BELIEVED_SECONDS)
    connections = LiveConnections(authenticator, look_every=LOOK_SECONDS, now=now)
    hub = hub or Hub(database, listen_dsn=settings.listen_database_url)
    executor = build_executor(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        try:
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(hub.running())
                await stack.enter_async_context(running(beside, now))
                if settings.worker:
                    await stack.enter_async_context(working_behind(settings, database, executor, now))
                yield
        finally:
            await authenticator.close()
            await database.close()

    posts, live = _graphql(settings, executor, database, authenticator, connections, hub, sockets, now)
    routes: list[BaseRoute] = [
        WebSocketRoute(GRAPHQL_PATH, live),
        *import_routes(database, authenticator, now=now),
        *health_routes(readiness),
        *(console_routes(console) if console is not None and settings.development else ()),
    ]
    guards = [
        Middleware(AccessLog),
        Middleware(FrontDoor, FrontDoorSettings(hosts=settings.hosts, origins=settings.allowed_origins)),
        Middleware(Straight, GRAPHQL_PATH, posts),
    ]
    app = Starlette(routes=routes, middleware=guards, exception_handlers={HTTPException: _refused}, lifespan=lifespan)
    app.state.readiness = readiness
    app.state.connections = connections
    return app


def build_executor(settings: Settings) -> GraphQLExecutor:
    """Build what runs operations."""
    engine = QueryEngine(SCHEMA) if settings.query_engine else None
    return GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS, deadline=settings.deadline_seconds, engine=engine)


def _graphql(
    settings: Settings,
    executor: GraphQLExecutor,
    database: Database,
    authenticator: Authenticator,
    connections: LiveConnections[Viewer],
    hub: Hub,
    socket_settings: SocketSettings | None,
    now: Callable[[], datetime],
) -> tuple[GraphQLEndpoint[Viewer], SocketEndpoint[Viewer]]:
    """Build the two doors at one address: POST, also for streams of events, and WebSocket."""
    base_url, web_policy = settings.base_url, settings.web_policy
    subscribe = LiveOperations(executor, database, hub, now=now, base_url=base_url).subscribe

    def build_context(viewer: Viewer, facts: RequestFacts) -> Context:
        return Context(database, viewer, facts.at, facts.request_id, base_url, web_policy)

    def may_introspect(viewer: Viewer) -> bool:
        return settings.introspection and viewer.may(Permission.INTROSPECT)

    posts = GraphQLEndpoint(
        executor,
        authenticator,
        build_context,
        authorize=_authorize_and_name,
        allow_introspection=may_introspect,
        streaming=Streaming(subscribe, connections),
        now=now,
    )
    sockets = SocketEndpoint(subscribe, authenticator, connections, executor.failure, settings=socket_settings, now=now)
    return posts, sockets


def _authorize_and_name(viewer: Viewer, operation: PreparedOperation, variables: Mapping[str, object]) -> Sequence[TopLevelError]:
    """Check permissions, and tell the log what is being run and for whom: by names that schemas and keys have, never by their contents."""
    log_facts.add(operation.shown)
    log_facts.add(_names(viewer.workspace_id, viewer.key_id))
    return authorize(viewer, operation, variables)


@lru_cache(maxsize=1_000)
def _names(workspace_id: UUID, key_id: UUID) -> Mapping[str, str]:
    return {"workspace": str(workspace_id), "key": str(key_id)}


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what no route answers, in the shape of all other refusals."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    code, message = {
        404: ("NOT_FOUND", "There is nothing at this address; GraphQL is at /graphql."),
        405: (ErrorCode.METHOD_NOT_ALLOWED, "This address does not answer that method."),
    }.get(status, (ErrorCode.BAD_REQUEST, "The request cannot be answered."))
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return Refusal(status, code, message, headers=headers).response(request_id_of(request.scope))
