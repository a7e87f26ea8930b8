"""Frames that no well-behaved client sends: each closes its own socket with the protocol's code, quietly, and the next client is served."""

from __future__ import annotations

import json
import logging
import socket
import struct
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs
from websockets.frames import Frame, Opcode

from server.http.websocket import SocketSettings
from tests.server.live_server import live_server
from tests.server.live_sources import COUNT, PATIENCE, TORRENT, LiveApp

INIT = json.dumps({"type": "connection_init", "payload": {"authorization": "Bearer good"}}).encode()
HEADERS = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"
)


@pytest.fixture(scope="module")
def live() -> Iterator[tuple[LiveApp, int]]:
    app = LiveApp()
    with live_server(app.app) as port:
        yield app, port


@pytest.fixture
def port(live: tuple[LiveApp, int]) -> int:
    return live[1]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a client sends is no error of the server's."""
    with capture_logs() as logs:
        yield
    assert [entry for entry in logs if entry["log_level"] in ("error", "critical")] == []
    assert [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []


class Raw:
    """A socket after or before its handshake, as bytes."""

    def __init__(self, port: int, headers: str | bytes = HEADERS, path: str = "/graphql") -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.read = self.connection.makefile("rb")
        sent = headers if isinstance(headers, bytes) else headers.encode()
        self.connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode() + sent + b"\r\n")
        status = self.read.readline()
        self.status = int(status.split()[1]) if status else 0
        while (line := self.read.readline()) and line != b"\r\n":
            pass

    def close(self) -> None:
        self.read.close()
        self.connection.close()

    def send(self, opcode: Opcode, data: bytes, *, fin: bool = True) -> None:
        self.connection.sendall(Frame(opcode, data, fin).serialize(mask=True))

    def text(self, data: bytes | str) -> None:
        self.send(Opcode.TEXT, data if isinstance(data, bytes) else data.encode())

    def frame(self) -> tuple[int, bytes] | None:
        """Read one frame; None at the end of the connection."""
        try:
            head = self.read.read(2)
            if len(head) < 2:
                return None
            length = head[1] & 127
            if length == 126:
                [length] = struct.unpack("!H", self.read.read(2))
            elif length == 127:
                [length] = struct.unpack("!Q", self.read.read(8))
            return head[0] & 15, self.read.read(length)
        except ConnectionError:
            return None

    def closing_code(self) -> int | None:
        """Read to the end; return the code of the closing frame, None when the connection just ended."""
        while (frame := self.frame()) is not None:
            if frame[0] == Opcode.CLOSE:
                return struct.unpack("!H", frame[1][:2])[0]
        return None


@contextmanager
def opened(port: int) -> Generator[Raw]:
    with closing(Raw(port)) as raw:
        assert raw.status == 101
        raw.text(INIT)
        assert raw.frame() == (Opcode.TEXT, b'{"type":"connection_ack"}')
        yield raw


def is_well(port: int) -> bool:
    with opened(port) as raw:
        raw.text(json.dumps({"id": "a", "type": "subscribe", "payload": {"query": COUNT}}))
        frame = raw.frame()
        return frame is not None and b'"type":"next"' in frame[1]


NO_MESSAGES: list[Any] = [
    b"",
    b"[]",
    b"1",
    b'"x"',
    b"null",
    b"{}",
    b'{"type":[]}',
    b'{"type":{}}',
    b'{"type":"start","id":"1","payload":{}}',
    b'{"type":"' + b"x" * 5_000 + b'"}',
    b'{"type":"connection_init","payload":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    b'{"type":"connection_init","payload":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
    b'{"type":"connection_init","payload":"x"}',
    b'{"type":"ping","payload":[]}',
    b'{"type":"subscribe","payload":{"query":"{a}"}}',
    b'{"type":"subscribe","id":[],"payload":{"query":"{a}"}}',
    b'{"type":"subscribe","id":{},"payload":{"query":"{a}"}}',
    b'{"type":"subscribe","id":1,"payload":{"query":"{a}"}}',
    b'{"type":"subscribe","id":"","payload":{"query":"{a}"}}',
    b'{"type":"subscribe","id":"' + b"x" * 129 + b'","payload":{"query":"{a}"}}',
    b'{"type":"subscribe","id":"1"}',
    b'{"type":"subscribe","id":"1","payload":null}',
    b'{"type":"subscribe","id":"1","payload":"x"}',
    b'{"type":"complete"}',
    b'{"type":"complete","id":[]}',
    b'{"type":"ping"',
    b'\xef\xbb\xbf{"type":"ping"}',
    b'{"type":"ping","payload":{"a":' + b"1" * 5_000 + b"e}}",
    b'{"type":"\\ud800"}',
]


@pytest.mark.parametrize("message", NO_MESSAGES, ids=lambda message: repr(message[:40]))
def test_what_is_no_message_closes_the_socket(port: int, message: bytes) -> None:
    with opened(port) as raw:
        raw.text(message)
        frame = raw.frame()
    assert frame == (Opcode.CLOSE, struct.pack("!H", 4400) + b"Invalid message.")


def test_a_binary_frame_is_no_message(port: int) -> None:
    with opened(port) as raw:
        raw.send(Opcode.BINARY, b'{"type":"ping"}')
        assert raw.closing_code() == 4400


@pytest.mark.parametrize("data", [b"\xff\xfe", b'{"type":"\xc3"}', b"\xed\xa0\x80"])
def test_text_that_is_not_utf_8_closes_the_socket(port: int, data: bytes) -> None:
    with opened(port) as raw:
        raw.text(data)
        assert raw.closing_code() == 1007


def test_a_message_in_fragments_is_one_message(port: int) -> None:
    with opened(port) as raw:
        raw.send(Opcode.TEXT, b'{"type":', fin=False)
        raw.send(Opcode.PING, b"are you there")
        assert raw.frame() == (Opcode.PONG, b"are you there")
        raw.send(Opcode.CONT, b'"ping"', fin=False)
        raw.send(Opcode.CONT, b"}")
        assert raw.frame() == (Opcode.TEXT, b'{"type":"pong"}')


def test_more_than_64_kib_is_too_much_however_it_comes(port: int) -> None:
    for size in (1, 17):
        with opened(port) as raw:
            # Its head alone tells that it is too large.
            raw.connection.sendall(b"\x81\xff" + struct.pack("!Q", size * 2**20) + b"abcd")
            assert raw.closing_code() == 1009
    with opened(port) as raw:
        raw.send(Opcode.TEXT, b" " * 40_000, fin=False)
        raw.send(Opcode.CONT, b" " * 40_000)
        assert raw.closing_code() == 1009


@pytest.mark.parametrize("fragment", [b"", b" "])
def test_endless_fragments_are_cut_off(port: int, fragment: bytes) -> None:
    with opened(port) as raw:
        raw.send(Opcode.TEXT, b"{", fin=False)
        with _until_closed():
            raw.connection.sendall(Frame(Opcode.CONT, fragment, fin=False).serialize(mask=True) * 100_000)
        assert raw.closing_code() in (1008, None)
    assert is_well(port)


@pytest.mark.parametrize("opcode", [Opcode.PING, Opcode.PONG])
def test_a_flood_of_control_frames_is_cut_off(port: int, opcode: Opcode) -> None:
    with opened(port) as raw:
        with _until_closed():
            raw.connection.sendall(Frame(opcode, b"x" * 100).serialize(mask=True) * 5_000)
        assert raw.closing_code() in (1008, None)
    assert is_well(port)


@pytest.mark.parametrize(
    "data",
    [b"\x81\x02{}", b"\xf1\x80abcd", b"\x83\x80abcd", b"\x80\x80abcd", b"\x09\x80abcd", b"\x89\xfe\x00\x7eabcd", b"\x88\x81abcd\x00"],
    ids=["unmasked", "reserved bits", "unknown opcode", "continuing nothing", "fragmented ping", "ping of 126 bytes", "close of one byte"],
)
def test_what_is_no_frame_closes_the_socket(port: int, data: bytes) -> None:
    with opened(port) as raw:
        raw.connection.sendall(data + bytes(200))
        assert raw.closing_code() == 1002


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (HEADERS.replace("graphql-transport-ws", "gräphql").encode("latin-1"), 400),
        (HEADERS.replace("graphql-transport-ws", ",,;,"), 400),
        (HEADERS.replace("AAAAAAAAAAAAAAAAAAAAAA==", "short"), 400),
        (HEADERS.replace("Sec-WebSocket-Key", "X-Key"), 400),
        (HEADERS.replace("Version: 13", "Version: 8"), 400),
        (HEADERS + "".join(f"x-{n}: y\r\n" for n in range(200)), 431),
        (HEADERS + "x: " + "y" * 9_000 + "\r\n", 431),
        (HEADERS + "Origin: https://app.example\r\nOrigin: https://app.example\r\n", 400),
        (HEADERS + "Host: 127.0.0.1\r\n", 400),
    ],
)
def test_a_handshake_that_is_none_is_refused(port: int, headers: str | bytes, status: int) -> None:
    with closing(Raw(port, headers)) as raw:
        assert raw.status == status
    assert is_well(port)


def test_another_host_is_misdirected(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as connection:
        connection.sendall(f"GET /graphql HTTP/1.1\r\nHost: evil\r\n{HEADERS}\r\n".encode())
        assert connection.recv(4_096).startswith(b"HTTP/1.1 421 ")


def test_a_peer_that_vanishes_ends_its_operations(live: tuple[LiveApp, int]) -> None:
    app, port = live
    ended = app.source.finished.count(TORRENT)
    with opened(port) as raw:
        raw.text(json.dumps({"id": "a", "type": "subscribe", "payload": {"query": TORRENT}}))
        assert raw.frame() is not None
        raw.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    app.source.wait_until(lambda: app.source.finished.count(TORRENT) == ended + 1)


def test_a_reader_that_stalls_is_dropped_and_hurts_nobody() -> None:
    app = LiveApp(SocketSettings(stalled_seconds=0.1))
    with live_server(app.app) as port, opened(port) as raw:
        raw.text(json.dumps({"id": "a", "type": "subscribe", "payload": {"query": TORRENT}}))
        app.source.wait_until(lambda: app.source.finished == [TORRENT])
        # What had been written arrives, and then there is nothing: no farewell that nobody would have read.
        assert raw.closing_code() is None
        assert is_well(port)
    assert SocketSettings().stalled_seconds == 30.0


@contextmanager
def _until_closed() -> Generator[None]:
    """Send on until the server has had enough."""
    try:
        yield
    except (ConnectionError, TimeoutError):
        return
