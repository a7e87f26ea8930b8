"""Bodies that are too large: the refusal reaches a client that reads only when it has sent, and nobody is listened to for ever."""

import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.connections import HttpConnection
from server.http.body import read_body
from server.http.refusals import Refusal
from tests.server.live_server import live_server

MOST = 1024
PART = b" " * 2**20


async def take(request: Request) -> Response:
    try:
        return Response(
            str(len(await read_body(request.scope, request.receive, request.headers.get("content-length"), max_bytes=MOST, seconds=10)))
        )
    except Refusal as refusal:
        return refusal.response("1")


class Watched(HttpConnection):
    """A connection that tells when it is gone, and how much it had kept of what came too much."""

    gone = threading.Event()
    kept = 0

    def connection_lost(self, exc: Exception | None) -> None:
        Watched.kept = len(self.cycle.body)
        super().connection_lost(exc)
        self.gone.set()


class Impatient(Watched):
    """A connection that leaves whoever is silent soon."""

    lingering = (64 * 2**20, 5.0, 0.05)


@pytest.fixture
def port(connection: type[Watched]) -> Iterator[int]:
    Watched.gone.clear()
    with live_server(Starlette(routes=[Route("/", take, methods=["PUT"])]), http=connection) as opened:
        yield opened


@pytest.fixture
def connection() -> type[Watched]:
    return Watched


def head(lengths: str) -> bytes:
    return f"PUT / HTTP/1.1\r\nHost: 127.0.0.1\r\n{lengths}\r\n\r\n".encode()


def read_all(connection: socket.socket) -> bytes:
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer


@pytest.mark.parametrize("size", [MOST + 1, 10 * 2**20 + 1, 50_000_000])
def test_a_client_that_reads_when_it_has_sent_everything_reads_the_refusal(port: int, size: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    client.request("PUT", "/", body=b" " * size)
    answer = client.getresponse()

    assert (answer.status, answer.getheader("connection")) == (413, "close")
    assert b"REQUEST_TOO_LARGE" in answer.read()
    assert Watched.gone.wait(10)
    assert Watched.kept < 2**20


def test_the_refusal_comes_before_the_rest_of_the_body(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head("Content-Length: 50000000"))

        assert read_all(connection).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("connection", [Impatient])
def test_a_refused_client_that_falls_silent_is_left(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head("Content-Length: 50000000") + PART)
        read_all(connection)

        assert Watched.gone.wait(10)


def test_a_body_without_end_is_left_when_enough_of_it_was_thrown_away(port: int) -> None:
    parts = 0
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as connection,
        contextlib.suppress(ConnectionResetError, BrokenPipeError),
    ):
        connection.sendall(head("Transfer-Encoding: chunked"))
        while parts < 1024:
            connection.sendall(b"100000\r\n" + PART + b"\r\n")
            parts += 1

    assert parts < 1024
    assert Watched.gone.wait(10)
    assert Watched.kept < 2**20


def test_a_body_of_allowed_size_keeps_the_connection(port: int) -> None:
    answers: list[tuple[int, bytes]] = []
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as client:
        for size in (MOST, 3):
            client.request("PUT", "/", body=b" " * size)
            answer = client.getresponse()
            answers.append((answer.status, answer.read()))

        assert not Watched.gone.is_set()
    assert answers == [(200, b"1024"), (200, b"3")]
