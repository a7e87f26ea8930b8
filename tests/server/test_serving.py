"""The socket that the server listens on."""

from __future__ import annotations

import socket

from server.serving import listening_socket
from server.settings import Settings


def test_the_end_of_an_answer_does_not_wait_for_an_acknowledgement() -> None:
    """An answer is written in two pieces; Nagle's algorithm would hold the second one back for 40 ms."""
    with listening_socket(Settings(port=0)) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
