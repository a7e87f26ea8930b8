"""Readers that stall are dropped, hurt nobody, and come back; what they have not read is kept for none of them."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from domain.leads import Lead
from domain.status import LeadStatus
from gql.subscriptions.hub import Hub
from tests.conftest import TestDatabase
from tests.faults.live_readers import PATIENCE, ServerProcess, following, hear, key_of, listening, server_process
from tests.worlds import World
from usecases.leads.change_status import ChangeLeadStatus, change_lead_status

STALLED, HEALTHY, CHANGES = 500, 50, 24
# Each change weighs this much, so that few of them are more than the operating system holds for who does not read.
NOTES = "n" * 6_000
WATCH = "subscription ($after: Cursor) { leadStatusChanged(after: $after) { cursor event { sequence } lead { notes } } }"
HANDSHAKE = (
    b"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)


def _text(message: object) -> bytes:
    return Frame(Opcode.TEXT, json.dumps(message).encode()).serialize(mask=True)


def _read_until(connection: socket.socket, end: bytes) -> None:
    """Read up to an end and not a byte further."""
    read = b""
    while not read.endswith(end):
        piece = connection.recv(1)
        assert piece, read
        read += piece


@contextmanager
def stalled(port: int, token: str, after: str) -> Generator[socket.socket]:
    """Subscribe and read nothing more than the greeting."""
    with closing(socket.socket()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        connection.settimeout(PATIENCE)
        connection.connect(("127.0.0.1", port))
        connection.sendall(HANDSHAKE)
        _read_until(connection, b"\r\n\r\n")
        connection.sendall(_text({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
        _read_until(connection, b'"connection_ack"}')
        payload = {"query": WATCH, "variables": {"after": after}}
        connection.sendall(_text({"id": "1", "type": "subscribe", "payload": payload}))
        yield connection


def left_of(connection: socket.socket) -> list[tuple[int, str]]:
    """Read what had been sent before the connection was dropped: the numbers and cursors of whole messages."""
    data = bytearray()
    try:
        while piece := connection.recv(65_536):
            data += piece
            if data.count(b'"sequence":') >= CHANGES:
                break
    except ConnectionError:
        pass
    whole = re.findall(rb'"cursor":"([\w-]+)","event":\{"sequence":(\d+)\},"lead":\{"notes":"n{6000}"', bytes(data))
    return [(int(number), cursor.decode()) for cursor, number in whole]


async def change(world: World, lead: Lead) -> None:
    for number in range(CHANGES):
        status = (LeadStatus.CONTACTED, LeadStatus.NURTURING)[number % 2]
        await change_lead_status(world.call(), ChangeLeadStatus(lead_id=lead.id, status=status))


async def read_all(port: int, token: str, after: str, first: int = 1) -> list[int]:
    """Follow to the end; return the numbers of what was told."""
    async with following(port, token, WATCH, after) as healthy:
        return [(await hear(healthy))["event"]["sequence"] for _ in range(first, CHANGES + 1)]


def megabytes(server: ServerProcess) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


async def open_all(stack: ExitStack, count: int, *where: Any) -> list[socket.socket]:
    return await asyncio.to_thread(lambda: [stack.enter_context(stalled(*where)) for _ in range(count)])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
async def test_five_hundred_stalled_readers_are_dropped_while_fifty_are_told_everything(world: World, test_database: TestDatabase) -> None:
    lead, token = await world.lead(notes=NOTES), await key_of(world)
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    with server_process(test_database.dsn()) as server, ExitStack() as stack:
        port = await listening(server)
        connections = await open_all(stack, STALLED, port, token, start)
        before = megabytes(server)
        async with Hub(world.database).running(), asyncio.TaskGroup() as group:
            readers = [group.create_task(read_all(port, token, start)) for _ in range(HEALTHY)]
            group.create_task(change(world, lead))
        assert [reader.result() for reader in readers] == [list(range(1, CHANGES + 1))] * HEALTHY
        grown = megabytes(server) - before

        await asyncio.to_thread(server.wait_until_said, "socket stalled", STALLED)
        told = left_of(connections[0])
        numbers = [number for number, _ in told]
        assert numbers == list(range(1, len(told) + 1))
        assert 0 < len(told) < CHANGES
        assert [*numbers, *await read_all(port, token, told[-1][1], len(told) + 1)] == list(range(1, CHANGES + 1))
    # All that they did not read would be some 70 MB, besides what each write of it holds.
    assert grown < 40, f"{grown:.0f} MB for {STALLED} readers that read nothing"


async def test_a_server_that_keeps_for_each_what_it_does_not_read_is_found_out(world: World, test_database: TestDatabase) -> None:
    lead, token = await world.lead(notes=NOTES), await key_of(world)
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    with server_process(test_database.dsn(), "boundless") as server, ExitStack() as stack:
        port = await listening(server)
        (connection,) = await open_all(stack, 1, port, token, start)
        await change(world, lead)
        assert await read_all(port, token, start) == list(range(1, CHANGES + 1))
        told = await asyncio.to_thread(left_of, connection)
    assert len(told) >= CHANGES - 1
