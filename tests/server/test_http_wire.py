"""Requests as bytes on a socket: what no well-behaved client sends gets an answer or a closed door, and the next client gets its own."""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema
from starlette.applications import Starlette
from starlette.routing import Route

from gql.execution import GraphQLExecutor
from server.http.bearer import Unauthenticated
from server.http.front_door import FrontDoor, FrontDoorSettings
from server.http.graphql import GraphQLEndpoint, GraphQLHTTPSettings
from tests.server.live_server import live_server

CLIENTS = Path(__file__).parent.parent / "clients"
EXECUTED: list[str] = []


async def authenticate(token: str, at: datetime) -> str:
    if token != "good":
        raise Unauthenticated
    return token


def mark(*_: Any) -> str:
    EXECUTED.append("mark")
    return "marked"


def everybody(_: str) -> bool:
    return True


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    schema = build_schema("type Query { mark: String }")
    assert schema.query_type is not None
    schema.query_type.fields["mark"].resolve = mark
    endpoint = GraphQLEndpoint(
        GraphQLExecutor(schema),
        authenticate,
        lambda _viewer, _facts: None,
        settings=GraphQLHTTPSettings(body_seconds=0.3),
        allow_introspection=everybody,
    )
    app = FrontDoor(Starlette(routes=[Route("/graphql", endpoint)]), FrontDoorSettings(hosts=["127.0.0.1"]))
    with live_server(app) as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_executed() -> Iterator[None]:
    EXECUTED.clear()
    yield
    EXECUTED.clear()


def request(
    body: bytes = b'{"query":"{ mark }"}', *, path: str = "/graphql", headers: str = "", length: str | None = None, key: str = "good"
) -> bytes:
    lengths = f"Content-Length: {len(body)}\r\n" if length is None else length
    first = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
    head = f"{first}Content-Type: application/json\r\n{lengths}{headers}\r\n"
    return head.encode() + body


def send(port: int, data: bytes) -> bytes:
    """Send and read until the server closes; what a peer that resets has said until then counts."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        answer = b""
        try:
            connection.sendall(data)
            while part := connection.recv(65536):
                answer += part
        except (ConnectionResetError, BrokenPipeError):
            pass
        return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def is_well(port: int) -> bool:
    return status(send(port, request(headers="Connection: close\r\n"))) == 200


def test_a_plain_request_is_answered(port: int) -> None:
    assert b'{"data":{"mark":"marked"}}' in send(port, request(headers="Connection: close\r\n"))


def test_two_lengths_for_one_body_are_refused_and_nothing_behind_them_runs(port: int) -> None:
    smuggled = b"0\r\n\r\n" + request()
    answer = send(port, request(smuggled, headers="Transfer-Encoding: chunked\r\n"))
    assert status(answer) == 400
    assert answer.count(b"HTTP/1.1") == 1
    assert EXECUTED == []


def test_an_endless_body_is_cut_off(port: int) -> None:
    chunk = b"4000\r\n" + b" " * 0x4000 + b"\r\n"
    answer = send(port, request(b"", length="Transfer-Encoding: chunked\r\n") + chunk * 400)
    assert status(answer) == 413
    assert is_well(port)


def test_an_endless_body_is_answered_at_its_first_byte_too_many(port: int) -> None:
    chunk = b"4000\r\n" + b" " * 0x4000 + b"\r\n"
    answer = send(port, request(b"", length="Transfer-Encoding: chunked\r\n") + chunk * 16 + b"1\r\n \r\n")
    assert status(answer) == 413
    assert b"connection: close" in answer.lower()


def test_a_body_that_announces_50_mb_is_refused_before_it_comes(port: int) -> None:
    answer = send(port, request(b"", length=f"Content-Length: {50 * 2**20}\r\n"))
    assert status(answer) == 413


def test_a_body_that_does_not_come_is_not_waited_for(port: int) -> None:
    answer = send(port, request(b"{", length="Content-Length: 100\r\n"))
    assert status(answer) == 408
    assert b"connection: close" in answer.lower()


def test_a_stranger_keeps_the_connection_and_no_more(port: int) -> None:
    answer = send(port, request(key="bad") + request(headers="Connection: close\r\n"))
    assert (status(answer), answer.count(b"HTTP/1.1 200")) == (401, 1)


@pytest.mark.parametrize("hosts", ["", "Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n", "Host: \r\n"])
def test_a_request_names_exactly_one_host(port: int, hosts: str) -> None:
    answer = send(port, request(headers="Connection: close\r\n").replace(b"Host: 127.0.0.1\r\n", hosts.encode()))
    assert status(answer) == 400
    assert EXECUTED == []


def test_another_host_is_misdirected(port: int) -> None:
    assert status(send(port, request(headers="Connection: close\r\n").replace(b"Host: 127.0.0.1", b"Host: evil"))) == 421
    assert EXECUTED == []


@pytest.mark.parametrize(
    "path", ["@evil/graphql", "//graphql", "/graphql/..;/admin", "/graphql/", "/graphql%2f", "http://evil/graphql", "*"]
)
def test_only_the_path_itself_is_the_endpoint(port: int, path: str) -> None:
    answer = send(port, request(path=path, headers="Connection: close\r\n"))
    assert status(answer) in (307, 400, 404)
    assert b"evil" not in answer
    assert EXECUTED == []


def test_20_000_headers_are_refused(port: int) -> None:
    answer = send(port, request(headers="".join(f"x-{n}: y\r\n" for n in range(20_000))))
    assert answer == b"" or status(answer) in (400, 431)
    assert EXECUTED == []
    assert is_well(port)


def test_an_endless_address_is_refused(port: int) -> None:
    answer = send(port, request(path="/graphql?" + "x" * 4_000_000))
    assert answer == b"" or status(answer) in (400, 414)
    assert EXECUTED == []
    assert is_well(port)


@pytest.mark.skipif(
    shutil.which("node") is None or not (CLIENTS / "node_modules").exists(), reason="needs node, and npm install in tests/clients"
)
def test_the_audits_of_graphql_over_http_are_met(port: int) -> None:
    url = f"http://127.0.0.1:{port}/graphql"
    run = subprocess.run(["node", "http_audits.mjs", url, "good"], cwd=CLIENTS, capture_output=True, text=True, timeout=60, check=False)
    assert json.loads(run.stdout) == {"ok": 58, "refusedOnPurpose": 3, "failed": []}
