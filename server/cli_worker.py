"""`leads worker`: run what runs behind the API, without the API."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime

import click
import uvloop

from persistence.database import Database
from persistence.revisions import head
from persistence.standing import revision
from server.building import building_the_graph
from server.databases import NotConfigured, reached_database
from server.logs import configure_logging
from server.progress import Steps
from server.settings import Settings, load_settings


@click.command()
def worker() -> None:
    """Run what no request does until Ctrl-C or SIGTERM: rescoring, imports, follow-ups, campaigns, webhooks.

    A server does so by itself; beside workers, start it with --no-worker. Any number may run on one database: whatever one was
    doing when it was killed is taken up by another within seconds, and nothing is done twice.
    """
    settings = load_settings()
    configure_logging(settings)
    with reached_database(settings, Steps(quiet=True), watched=True) as reached:
        uvloop.run(_work(settings, reached.dsn))


async def _work(settings: Settings, dsn: str) -> None:
    with building_the_graph():
        from gql.subscriptions.hub import Hub  # noqa: PLC0415
        from server.app import build_executor  # noqa: PLC0415
        from server.behind import working_behind  # noqa: PLC0415

    database = Database(dsn, size=settings.pool_size)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        found = await revision(database)
        if found != head():
            raise NotConfigured(f"The database's tables are at {found or 'no revision'}, this version needs {head()}: run `leads migrate`.")
        # Servers learn at once what is done here.
        hub = Hub(database, listen_dsn=settings.listen_database_url)
        async with hub.running(), working_behind(settings, database, build_executor(settings), lambda: datetime.now(UTC)):
            sys.stderr.write("leadgraph works; Ctrl-C stops it\n")
            await stop.wait()
    finally:
        await database.close()
