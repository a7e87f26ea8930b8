"""`leads serve`: run the server."""

from __future__ import annotations

import ipaddress
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import click
import uvloop

from persistence.database import Database
from persistence.revisions import head
from persistence.standing import revision, standing
from server.banner import banner
from server.building import building_the_graph
from server.databases import NotConfigured, Reached, reached_database, weaknesses
from server.development_key import development_key
from server.http.console import ConsoleSettings
from server.logs import configure_logging
from server.progress import Steps
from server.serving import listening_socket
from server.serving import serve as serve_app
from server.settings import LOOPBACK, Mode, Settings, load_settings
from server.tasks import TimedTask


@click.command()
@click.option("--dev", is_flag=True, help="Development: bring up PostgreSQL, a demo workspace, a key and GraphiQL, on loopback only.")
@click.option("--host", help="The address to listen on.  [default: LEADGRAPH_HOST, 127.0.0.1]")
@click.option("--port", type=int, help="The port to listen on; 0: any.  [default: LEADGRAPH_PORT, 8000]")
@click.option("--worker/--no-worker", default=None, help="Whether to do what `leads worker` does, too.  [default: LEADGRAPH_WORKER, yes]")
@click.option(
    "--simulator/--no-simulator",
    default=None,
    help="With --dev: whether leads of the demo act by themselves.  [default: LEADGRAPH_SIMULATOR, yes]",
)
def serve(dev: bool, host: str | None, port: int | None, worker: bool | None, simulator: bool | None) -> None:
    """Run the server until Ctrl-C or SIGTERM.

    Without --dev it needs LEADGRAPH_DATABASE_URL (and `leads migrate` beforehand), and refuses to start on anything half configured
    or unsafe. Every setting is a LEADGRAPH_* variable; `leads settings` lists them.
    """
    settings = load_settings(mode=Mode.DEVELOPMENT if dev else None, host=host, port=port, worker=worker, simulator=simulator)
    signal.signal(signal.SIGTERM, _leave)
    configure_logging(settings)
    if settings.development:
        _serve_development(settings)
    else:
        _serve_production(settings)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End a start that is told to stop: blocks are left in order, so that PostgreSQL is stopped."""
    raise SystemExit(0)


def _serve_development(settings: Settings) -> None:
    if not _is_loopback(settings.host):
        raise NotConfigured(
            f"A development server listens on loopback only, not on {settings.host}: everybody who reached it would be its admin."
        )
    steps = Steps()
    listener, settings = _listen(settings)
    with listener, reached_database(settings, steps, watched=True) as reached:
        uvloop.run(_develop(settings, reached, listener, steps))
    steps.console.print("Stopped. Everything is kept; the next start goes on from here.")


async def _develop(settings: Settings, reached: Reached, listener: socket.socket, steps: Steps) -> None:
    with building_the_graph():
        from server.app import create_app  # noqa: PLC0415
        from server.demo.acting import EVERY_SECONDS, Simulator  # noqa: PLC0415
        from server.demo.filling import present_demo  # noqa: PLC0415
        from server.demo.queries import FIRST_QUERY, FIRST_SUBSCRIPTION  # noqa: PLC0415

    if not reached.is_embedded:
        with steps.step("Bringing the tables up to date", "Tables are up to date"):
            from persistence.migrating import migrate  # noqa: PLC0415 -- most starts do without it

            await migrate(reached.owner_dsn, reached.role)
    database = Database(reached.dsn, size=settings.pool_size)
    at = datetime.now(UTC)
    workspace_id = await present_demo(database, at, steps)
    key = await development_key(database, workspace_id, settings.development_key_file, at)
    console = ConsoleSettings(key=key, query=FIRST_QUERY)
    acting = (TimedTask("let leads of the demo act", EVERY_SECONDS, Simulator(database).act, is_told=False),) if settings.simulator else ()
    app = create_app(settings, database, schema_head=head(), console=console, beside=acting)
    app.state.readiness.advice = reached.advice
    await serve_app(
        app,
        settings,
        listener,
        on_ready=lambda: banner(steps.console, settings.base_url, key, FIRST_QUERY, FIRST_SUBSCRIPTION if acting else None),
        on_stopping=lambda: _stopping(app, steps),
        end_open=app.state.connections.close,
    )


def _stopping(app: Any, steps: Steps) -> None:
    app.state.readiness.stopping = True
    steps.console.print("\nStopping …  [dim](Ctrl-C again: at once)[/dim]")


def _serve_production(settings: Settings) -> None:
    if settings.database_url is None:
        raise NotConfigured(
            "LEADGRAPH_DATABASE_URL is not set. A production server needs a PostgreSQL of its own: "
            "postgresql://user:password@host:5432/leadgraph. To try things out: leads serve --dev."
        )
    listener, settings = _listen(settings)
    with listener, reached_database(settings, Steps(quiet=True)) as reached:
        uvloop.run(_produce(settings, reached, listener))


async def _produce(settings: Settings, reached: Reached, listener: socket.socket) -> None:
    with building_the_graph():
        from server.app import create_app  # noqa: PLC0415

    database = Database(reached.dsn, size=settings.pool_size)
    problems = [*weaknesses(await standing(reached.dsn)), *_outdated(await revision(database), head())]
    if problems:
        await database.close()
        raise NotConfigured("Not started:\n" + "\n".join(f"  - {problem}" for problem in problems))
    app = create_app(settings, database, schema_head=head())

    def stopping() -> None:
        app.state.readiness.stopping = True

    def ready() -> None:
        sys.stderr.write(f"leadgraph serves {settings.base_url}/graphql\n")

    await serve_app(app, settings, listener, on_ready=ready, on_stopping=stopping, end_open=app.state.connections.close)


def _outdated(found: str | None, needed: str) -> Sequence[str]:
    if found == needed:
        return ()
    return (f"The database's tables are at {found or 'no revision'}, this version needs {needed}: run `leads migrate`.",)


def _listen(settings: Settings) -> tuple[socket.socket, Settings]:
    listener = listening_socket(settings)
    return listener, replace(settings, port=listener.getsockname()[1])


def _is_loopback(host: str) -> bool:
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
