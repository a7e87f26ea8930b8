"""Subscriptions as streams of events: who gets one, how it is framed, and what ends it."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from server.http.sse import StreamSettings
from tests.server.live_server import live_server
from tests.server.live_sources import BREAK, COUNT, EXPIRE, FAIL, PATIENCE, REST, SECRET, TORRENT, LiveApp

KEY = {"authorization": "Bearer good"}
EVENTS = "text/event-stream"
URQL_QUERY = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
URQL_SUBSCRIPTION = "text/event-stream, multipart/mixed"


@pytest.fixture(scope="module")
def live() -> Iterator[tuple[LiveApp, int]]:
    app = LiveApp()
    with live_server(app.app) as port:
        yield app, port


@pytest.fixture
def port(live: tuple[LiveApp, int]) -> int:
    return live[1]


@pytest.fixture(autouse=True)
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[list[Any]]:
    """Collect what is logged; but for a planted failure, nothing is an error of the server's."""
    with capture_logs() as entries:
        yield entries
    assert [entry for entry in entries if entry["log_level"] == "error" and entry["event"] != "operation failed"] == []
    assert [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []


def post(port: int, query: str, accept: str | None = EVENTS, key: dict[str, str] | None = None) -> httpx.Response:
    headers = {**(KEY if key is None else key), **({"accept": accept} if accept else {})}
    return httpx.post(f"http://127.0.0.1:{port}/graphql", json={"query": query}, headers=headers, timeout=PATIENCE)


@contextmanager
def streamed(port: int, query: str, key: str = "good") -> Generator[Iterator[str]]:
    """Open a stream and yield its lines."""
    headers = {"authorization": f"Bearer {key}", "accept": EVENTS}
    url = f"http://127.0.0.1:{port}/graphql"
    with httpx.stream("POST", url, json={"query": query}, headers=headers, timeout=PATIENCE) as response:
        assert response.status_code == 200
        yield response.iter_lines()


def code(response: httpx.Response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def test_a_stream_is_framed_with_line_feeds_and_says_when_it_is_complete(port: int) -> None:
    response = post(port, COUNT)
    assert response.headers["content-type"] == EVENTS
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-accel-buffering"] == "no"
    assert response.content == (
        b":\n\n"
        b'event: next\ndata: {"data":{"count":1,"viewer":"Ada"}}\n\n'
        b'event: next\ndata: {"data":{"count":2,"viewer":"Ada"}}\n\n'
        b'event: next\ndata: {"data":{"count":3,"viewer":"Ada"}}\n\n'
        b"event: complete\ndata:\n\n"
    )


@pytest.mark.parametrize("accept", [EVENTS, URQL_QUERY, URQL_SUBSCRIPTION, "TEXT/EVENT-STREAM; charset=utf-8"])
def test_whoever_reads_events_gets_them_for_a_subscription(port: int, accept: str) -> None:
    assert post(port, COUNT, accept).headers["content-type"] == EVENTS


def test_a_query_is_answered_as_json_to_those_who_merely_mention_events(port: int) -> None:
    answer = post(port, "{ mark }", URQL_QUERY)
    assert (answer.status_code, answer.json()) == (200, {"data": {"mark": None}})
    assert answer.headers["content-type"].startswith("application/graphql-response+json")


@pytest.mark.parametrize(
    ("query", "accept", "status", "expected"),
    [
        ("{ mark }", EVENTS, 406, "NOT_ACCEPTABLE"),
        ("{ mark", EVENTS, 400, "GRAPHQL_PARSE_FAILED"),
        ("subscription { typo }", EVENTS, 400, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { count nothing: count }", EVENTS, 400, "GRAPHQL_VALIDATION_FAILED"),
        (COUNT, "application/graphql-response+json", 400, "BAD_REQUEST"),
        (COUNT, "text/event-stream;q=0, application/graphql-response+json", 400, "BAD_REQUEST"),
        (COUNT, "text/event-streams", 406, "NOT_ACCEPTABLE"),
        (COUNT, "text/*", 406, "NOT_ACCEPTABLE"),
    ],
)
def test_an_error_before_the_stream_is_json_with_a_status(port: int, query: str, accept: str, status: int, expected: str) -> None:
    answer = post(port, query, accept)
    assert (answer.status_code, code(answer)) == (status, expected)


def test_a_stranger_gets_no_stream(port: int) -> None:
    answer = post(port, COUNT, key={"authorization": "Bearer bad"})
    assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize(("query", "expected"), [(FAIL, "DATABASE_UNAVAILABLE"), (EXPIRE, "CURSOR_EXPIRED"), (BREAK, "INTERNAL")])
def test_a_failure_on_the_way_is_the_last_event(port: int, query: str, expected: str) -> None:
    answer = post(port, query)
    *_, last, complete = answer.text.strip("\n").split("\n\n")
    assert json.loads(last.removeprefix("event: next\ndata: "))["errors"][0]["extensions"]["code"] == expected
    assert complete == "event: complete\ndata:"
    assert SECRET not in answer.text


def test_while_nothing_happens_comments_show_that_the_stream_lives() -> None:
    with live_server(LiveApp(streams=StreamSettings(heartbeat_seconds=0.01)).app) as port, streamed(port, REST) as lines:
        assert [next(lines) for _ in range(8)] == [":", ""] * 4
    assert StreamSettings().heartbeat_seconds == 15.0


def test_a_client_that_leaves_ends_its_stream(live: tuple[LiveApp, int]) -> None:
    app, port = live
    ended = app.source.finished.count(REST)
    with streamed(port, REST) as lines:
        assert next(lines) == ":"
    app.source.wait_until(lambda: app.source.finished.count(REST) == ended + 1)


def test_one_stream_too_many_is_refused() -> None:
    app = LiveApp(streams=StreamSettings(streams=1))
    app.source.keys["other"] = "Ben"
    with live_server(app.app) as port, streamed(port, REST) as lines:
        assert next(lines) == ":"
        answer = post(port, COUNT)
        assert (answer.status_code, code(answer), answer.json()["errors"][0]["extensions"]["allowed"]) == (429, "SUBSCRIPTION_LIMIT", 1)
        assert post(port, COUNT, key={"authorization": "Bearer other"}).status_code == 200
    assert StreamSettings().streams == 100


def test_a_key_that_is_revoked_ends_its_streams_with_the_reason(live: tuple[LiveApp, int]) -> None:
    app, port = live
    app.source.keys["leaked"] = "Eve"
    with streamed(port, REST, "leaked") as lines:
        assert next(lines) == ":"
        del app.source.keys["leaked"]
        rest = list(lines)
    assert rest[:2] == ["", "event: next"]
    assert json.loads(rest[2].removeprefix("data: "))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert rest[3:] == ["", "event: complete", "data:", ""]


def test_a_server_that_stops_breaks_its_streams_off_so_that_clients_come_back() -> None:
    app = LiveApp()
    with live_server(app.app) as port, streamed(port, REST) as lines:
        assert next(lines) == ":"
        assert httpx.post(f"http://127.0.0.1:{port}/end", timeout=PATIENCE).status_code == 204
        assert list(lines) == [""]
        answer = post(port, COUNT)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


def test_a_reader_that_stalls_is_dropped_and_hurts_nobody(logs: list[Any]) -> None:
    app = LiveApp(streams=StreamSettings(stalled_seconds=0.1))
    body = json.dumps({"query": TORRENT}).encode()
    head = f"Host: 127.0.0.1\r\nAuthorization: Bearer good\r\nAccept: {EVENTS}\r\nContent-Type: application/json\r\n"
    with live_server(app.app) as port:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as connection:
            connection.sendall(f"POST /graphql HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            app.source.wait_until(lambda: app.source.finished == [TORRENT])
            received = bytearray()
            try:
                while part := connection.recv(65_536):
                    received += part
            except ConnectionResetError:
                pass
        assert received.startswith(b"HTTP/1.1 200 ")
        assert not received.endswith(b"0\r\n\r\n")
        assert post(port, COUNT).status_code == 200
    assert [entry["seconds"] for entry in logs if entry["event"] == "stream stalled"] == [0.1]
    assert StreamSettings().stalled_seconds == 30.0
