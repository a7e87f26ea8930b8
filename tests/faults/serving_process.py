"""A server in a process of its own, for tests that kill it or let its readers stall.

Arguments: DSN, and what is planted, if anything. It says `serving PORT`, and then what it logs.
"""

from __future__ import annotations

import socket
import sys
from asyncio.transports import BaseTransport
from collections.abc import AsyncGenerator
from typing import Any

import structlog
import uvicorn

from domain.events import FeedPosition
from gql.subscriptions.groups import Answer, Group, Read
from gql.subscriptions.hub import Hub
from persistence.database import Database
from persistence.revisions import head
from server.app import create_app
from server.connections import SocketConnection
from server.http.websocket import SocketSettings
from server.serving import CONNECTIONS
from server.settings import Mode, Settings
from tests.worlds import NOON

STALLED_SECONDS = 0.5
# The operating system holds little for readers that do not read, so that few messages are enough.
_HELD_BYTES = 8 * 1024


class OnlyWhatIsInMemory(Hub):
    """Planted: whoever comes back is told what this process still remembers, as if the table were not the truth."""

    def follow(self, group: Group[Answer], after: FeedPosition, read: Read) -> AsyncGenerator[Answer]:
        """Begin no earlier than the answers that are kept."""
        return super().follow(group, max(after, group.floor), read)


class Boundless(SocketConnection):
    """Planted: what a reader does not read is kept for it, however much it is."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Let as much lie unread as there is memory."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=2**30)


def main(dsn: str, planted: str = "") -> None:
    """Serve until killed."""
    structlog.configure(processors=[structlog.processors.KeyValueRenderer(key_order=["event"])])
    database = Database(dsn, size=6)
    hub = (OnlyWhatIsInMemory if planted == "memory" else Hub)(database)
    settings = Settings(mode=Mode.PRODUCTION, database_url="postgresql://nobody@/nothing", worker=False)
    sockets = SocketSettings(stalled_seconds=STALLED_SECONDS)
    app = create_app(settings, database, schema_head=head(), now=lambda: NOON, hub=hub, sockets=sockets)
    chosen: dict[str, Any] = {**CONNECTIONS, "ws": Boundless if planted == "boundless" else SocketConnection}
    with socket.create_server(("127.0.0.1", 0), backlog=1_024) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _HELD_BYTES)
        sys.stdout.write(f"serving {listener.getsockname()[1]}\n")
        sys.stdout.flush()
        uvicorn.Server(uvicorn.Config(app, **chosen, lifespan="on", log_config=None)).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
