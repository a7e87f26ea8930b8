"""A server on a loopback port, in a thread of this process, for tests that need the wire."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from server.serving import CONNECTIONS


@contextmanager
def live_server(app: ASGIApp, **options: Any) -> Generator[int]:
    """Serve as in production (uvicorn with its bounds; options change them) and yield the port.

    The socket listens before anybody asks, so nobody has to wait.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        chosen: dict[str, Any] = {**CONNECTIONS, "lifespan": "off", **options}
        config = uvicorn.Config(app, **chosen, log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(10)
