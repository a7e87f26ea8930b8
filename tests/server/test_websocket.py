"""Subscriptions over WebSocket as clients meet them: the protocol, its limits, and what ends a socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from typing import Any, Self, cast

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from server.http.websocket import SocketSettings
from tests.server.live_server import live_server
from tests.server.live_sources import BREAK, COUNT, EXPIRE, FAIL, OURS, PATIENCE, REST, SECRET, LiveApp

INIT: dict[str, Any] = {"type": "connection_init", "payload": {"authorization": "Bearer good"}}
ACK = {"type": "connection_ack"}


class Client:
    """A client that speaks in messages."""

    def __init__(self, port: int, *, protocol: str | None = "graphql-transport-ws", path: str = "/graphql", **options: Any) -> None:
        protocols = [Subprotocol(protocol)] if protocol else None
        self._stack = ExitStack()
        url = f"ws://127.0.0.1:{port}{path}"
        # websockets leaves the type of what it returns open.
        open_socket = cast("Callable[..., AbstractContextManager[ClientConnection]]", connect)
        connecting = open_socket(url, subprotocols=protocols, open_timeout=PATIENCE, ping_interval=None, **options)
        self.wire = self._stack.enter_context(connecting)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def say(self, *messages: object) -> None:
        for message in messages:
            self.wire.send(json.dumps(message))

    def hear(self) -> dict[str, Any]:
        message = self.wire.recv(timeout=PATIENCE)
        assert isinstance(message, str), "answers are text frames"
        return json.loads(message)

    def subscribe(self, id: str, query: str) -> None:
        self.say({"id": id, "type": "subscribe", "payload": {"query": query}})

    def closing(self) -> tuple[int, str]:
        """Read to the end and return how it was closed."""
        with pytest.raises(ConnectionClosed) as closed:
            self.hear_all()
        assert closed.value.rcvd is not None, "the server closed without a word"
        return closed.value.rcvd.code, closed.value.rcvd.reason

    def hear_all(self) -> None:
        while True:
            self.wire.recv(timeout=PATIENCE)


@pytest.fixture(scope="module")
def live() -> Iterator[tuple[LiveApp, int]]:
    app = LiveApp()
    with live_server(app.app) as port:
        yield app, port


@pytest.fixture
def port(live: tuple[LiveApp, int]) -> int:
    return live[1]


def greeted(port: int, **options: Any) -> Client:
    client = Client(port, **options)
    client.say(INIT)
    assert client.hear() == ACK
    return client


def test_a_subscription_is_answered_until_it_is_complete(port: int) -> None:
    with greeted(port) as client:
        client.subscribe("a", COUNT)
        heard = [client.hear() for _ in range(4)]
    assert heard[0] == {"id": "a", "type": "next", "payload": {"data": {"count": 1, "viewer": "Ada"}}}
    assert [message["type"] for message in heard] == ["next", "next", "next", "complete"]
    assert heard[3] == {"id": "a", "type": "complete"}


def test_the_key_may_come_in_the_handshake(port: int) -> None:
    with Client(port, additional_headers={"Authorization": "Bearer good"}) as client:
        client.say({"type": "connection_init"})
        assert client.hear() == ACK


def test_an_id_is_free_again_once_its_operation_has_ended(port: int) -> None:
    with greeted(port) as client:
        for _ in range(2):
            client.subscribe("a", COUNT)
            assert [client.hear()["type"] for _ in range(4)] == ["next", "next", "next", "complete"]


def test_completing_ends_the_operation_and_nothing_else(live: tuple[LiveApp, int]) -> None:
    app, port = live
    ended = app.source.finished.count(REST)
    with greeted(port) as client:
        client.subscribe("a", REST)
        app.source.wait_until(lambda: app.source.started.count(REST) > ended)
        client.say({"id": "a", "type": "complete"}, {"id": "unknown", "type": "complete"})
        app.source.wait_until(lambda: app.source.finished.count(REST) > ended)
        client.subscribe("a", COUNT)
        assert client.hear()["type"] == "next"


def test_a_client_that_leaves_ends_its_operations(live: tuple[LiveApp, int]) -> None:
    app, port = live
    with greeted(port) as client:
        started, ended = len(app.source.started), app.source.finished.count(REST)
        client.subscribe("a", REST)
        client.subscribe("b", REST)
        app.source.wait_until(lambda: len(app.source.started) == started + 2)
    app.source.wait_until(lambda: app.source.finished.count(REST) == ended + 2)


def test_pings_are_answered_before_and_after_the_greeting(port: int) -> None:
    with Client(port) as client:
        client.say({"type": "ping"})
        assert client.hear() == {"type": "pong"}
        client.say(INIT, {"type": "pong"}, {"type": "ping", "payload": {"a": 1}})
        assert [client.hear(), client.hear()] == [ACK, {"type": "pong"}]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { mark }", "BAD_REQUEST"),
        (BREAK, "INTERNAL"),
        (["a"], "BAD_REQUEST"),
        (1, "BAD_REQUEST"),
        ("", "BAD_REQUEST"),
    ],
)
def test_an_operation_that_fails_ends_alone(port: int, query: Any, code: str) -> None:
    with greeted(port) as client:
        client.subscribe("a", query)
        error = client.hear()
        assert (error["id"], error["type"]) == ("a", "error")
        assert [entry["extensions"]["code"] for entry in error["payload"]] == [code]
        assert SECRET not in json.dumps(error)
        client.subscribe("a", COUNT)
        assert client.hear()["type"] == "next"


@pytest.mark.parametrize(("query", "code"), [(FAIL, "DATABASE_UNAVAILABLE"), (EXPIRE, "CURSOR_EXPIRED")])
def test_an_operation_that_fails_on_its_way_says_so(port: int, query: str, code: str) -> None:
    with greeted(port) as client:
        client.subscribe("a", query)
        assert client.hear()["type"] == "next"
        error = client.hear()
        assert (error["type"], error["payload"][0]["extensions"]["code"]) == ("error", code)


def test_the_hundred_and_first_operation_is_refused() -> None:
    app = LiveApp(SocketSettings(operations=3))
    with live_server(app.app) as port, greeted(port) as client:
        for id in "abcd":
            client.subscribe(id, REST)
        error = client.hear()
        assert (error["id"], error["type"]) == ("d", "error")
        assert error["payload"][0]["extensions"] | {"requestId": ""} == {
            "code": "SUBSCRIPTION_LIMIT",
            "limit": "subscriptions",
            "allowed": 3,
            "requestId": "",
        }
        client.say({"id": "a", "type": "complete"})
        app.source.wait_until(lambda: app.source.finished == [REST])
        client.subscribe("e", COUNT)
        assert client.hear()["type"] == "next"
    assert SocketSettings().operations == 100


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://app.example.evil", "http://127.0.0.1", "file://127.0.0.1"])
def test_pages_of_other_origins_may_not_connect(port: int, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        Client(port, origin=Origin(origin))
    assert refused.value.response.status_code == 403
    assert b"evil" not in (refused.value.response.body or b"")


def test_pages_on_the_list_and_our_own_may_connect(port: int) -> None:
    for origin in (OURS, f"http://127.0.0.1:{port}", f"https://127.0.0.1:{port}"):
        with greeted(port, origin=Origin(origin)):
            pass


@pytest.mark.parametrize("protocol", [None, "graphql-ws", "graphql-sse"])
def test_another_protocol_is_refused_before_the_socket_opens(port: int, protocol: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        Client(port, protocol=protocol)
    assert refused.value.response.status_code == 400


def test_another_path_is_no_socket(port: int) -> None:
    with pytest.raises(InvalidStatus) as refused:
        Client(port, path="/elsewhere")
    assert refused.value.response.status_code == 403


def test_a_client_that_says_nothing_is_not_waited_for() -> None:
    with live_server(LiveApp(SocketSettings(init_seconds=0.05)).app) as port, Client(port) as client:
        client.say({"type": "ping"})
        assert client.closing() == (4408, "Connection initialisation timeout")


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"authorization": "Bearer bad"},
        {"authorization": "good"},
        {"authorization": 1},
        {"authorization": ["Bearer good"]},
        {"authorization": None},
        {"authorization": "Bearer good", "Authorization": "Bearer good"},
    ],
)
def test_a_key_that_is_none_is_never_acknowledged(port: int, payload: object) -> None:
    with Client(port) as client:
        client.say({"type": "connection_init", "payload": payload})
        assert client.closing() == (4403, "Forbidden")


def test_without_a_database_a_client_is_told_to_come_back() -> None:
    app = LiveApp()
    app.source.away = True
    with live_server(app.app) as port, Client(port) as client:
        client.say(INIT)
        assert client.closing() == (1013, "Try again later")


def test_two_greetings_are_one_too_many(port: int) -> None:
    with greeted(port) as client:
        client.say(INIT)
        assert client.closing() == (4429, "Too many initialisation requests")


def test_subscribing_comes_after_the_greeting(port: int) -> None:
    with Client(port) as client:
        client.subscribe("a", COUNT)
        assert client.closing() == (4401, "Unauthorized")


def test_an_id_names_one_operation(port: int) -> None:
    with greeted(port) as client:
        client.subscribe("a", REST)
        client.subscribe("a", REST)
        assert client.closing() == (4409, "Subscriber already exists")


def test_a_client_that_talks_all_the_time_is_cut_off(live: tuple[LiveApp, int]) -> None:
    _, port = live
    with greeted(port) as client:
        with suppress(ConnectionClosed):
            for _ in range(10_000):
                client.subscribe("a", REST)
                client.say({"id": "a", "type": "complete"})
        assert client.closing() == (1008, "Message rate exceeded")


def test_a_key_that_is_revoked_closes_its_sockets_and_no_others(live: tuple[LiveApp, int]) -> None:
    app, port = live
    app.source.keys["leaked"] = "Eve"
    leaked = {"type": "connection_init", "payload": {"authorization": "Bearer leaked"}}
    with greeted(port) as good, Client(port) as client:
        client.say(leaked)
        assert client.hear() == ACK
        client.subscribe("a", REST)
        del app.source.keys["leaked"]
        assert client.closing() == (4403, "Forbidden")
        good.say({"type": "ping"})
        assert good.hear() == {"type": "pong"}


def test_a_key_that_allows_something_else_now_has_its_sockets_come_back(live: tuple[LiveApp, int]) -> None:
    app, port = live
    app.source.keys["promoted"] = "Agent"
    with Client(port) as client:
        client.say({"type": "connection_init", "payload": {"authorization": "Bearer promoted"}})
        assert client.hear() == ACK
        app.source.keys["promoted"] = "Manager"
        assert client.closing() == (1012, "Connect again: what the key allows has changed")


def test_sockets_outlive_an_absence_of_the_database() -> None:
    app = LiveApp()
    with live_server(app.app) as port, greeted(port) as client:
        app.source.away = True
        client.subscribe("a", COUNT)
        assert [client.hear()["type"] for _ in range(4)] == ["next", "next", "next", "complete"]
        app.source.away = False
        app.source.keys.clear()
        assert client.closing() == (4403, "Forbidden")


def test_a_server_that_stops_ends_its_sockets_and_takes_no_more() -> None:
    app = LiveApp()
    with live_server(app.app) as port, Client(port) as silent, greeted(port) as client:
        client.subscribe("a", REST)
        assert httpx.post(f"http://127.0.0.1:{port}/end", timeout=PATIENCE).status_code == 204
        assert [client.closing(), silent.closing()] == [(1012, "Service restart")] * 2
        assert app.source.finished == [REST]
        with pytest.raises(InvalidStatus) as refused:
            Client(port)
        assert refused.value.response.status_code == 503
        assert refused.value.response.headers["retry-after"] == "1"


def test_a_full_server_takes_no_more() -> None:
    with live_server(LiveApp(at_most=2).app) as port, Client(port), greeted(port):
        with pytest.raises(InvalidStatus) as refused:
            Client(port)
        assert refused.value.response.status_code == 503
