"""A subscriber that comes back with its cursor is told every change once and in order, whatever happens to it or to the server."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from domain.leads import Lead
from domain.status import LeadStatus
from gql.subscriptions.hub import Hub
from tests.conftest import TestDatabase
from tests.faults.live_readers import ServerProcess, following, hear, key_of, listening, server_process
from tests.worlds import World
from usecases.leads.change_status import ChangeLeadStatus, change_lead_status

RECONNECTS = 100
KILLED_AT = (30, 70)
CHANGES = 240
WATCH = "subscription ($after: Cursor) { leadStatusChanged(after: $after) { cursor event { sequence } lead { id } } }"
Told = tuple[str, int]


async def write(world: World, leads: list[Lead], choices: Random) -> list[Told]:
    """Change statuses, several leads at a time; return what there is to tell of each."""
    turn = {lead.id: 0 for lead in leads}

    async def swing(lead: Lead) -> None:
        for _ in range(CHANGES // len(leads)):
            status = (LeadStatus.CONTACTED, LeadStatus.NURTURING)[turn[lead.id] % 2]
            await change_lead_status(world.call(), ChangeLeadStatus(lead_id=lead.id, status=status))
            turn[lead.id] += 1
            await asyncio.sleep(choices.random() * 0.01)

    await asyncio.gather(*(swing(lead) for lead in leads))
    return [(world.id(lead), number) for lead in leads for number in range(1, turn[lead.id] + 1)]


class Reader:
    """Keeps the last cursor that it has worked off, and what it was told."""

    def __init__(self, token: str, cursor: str) -> None:
        self.token = token
        self.cursor = cursor
        self.told: list[Told] = []

    async def read(self, port: int, most: int, expected: int) -> None:
        """Follow for some changes, then vanish; what was on its way is not worked off."""
        async with following(port, self.token, WATCH, self.cursor) as socket:
            for _ in range(min(most, expected - len(self.told))):
                self._take(await hear(socket))

    async def read_until_killed(self, server: ServerProcess) -> None:
        """Follow a server that is killed meanwhile."""
        async with following(server.port, self.token, WATCH, self.cursor) as socket:
            self._take(await hear(socket))
            await asyncio.to_thread(server.kill)
            with pytest.raises(ConnectionClosed):
                await self._read_on(socket)

    async def _read_on(self, socket: ClientConnection) -> None:
        while True:
            self._take(await hear(socket))

    def _take(self, change: dict[str, Any]) -> None:
        self.cursor = change["cursor"]
        self.told.append((change["lead"]["id"], change["event"]["sequence"]))


async def test_a_hundred_reconnects_and_two_kills_lose_and_repeat_nothing(world: World, test_database: TestDatabase) -> None:
    choices = Random(4)
    leads = [await world.lead() for _ in range(4)]
    reader = Reader(await key_of(world), (await world.ask("{ events { cursor } }"))["events"]["cursor"])
    reconnects = kills = 0
    async with Hub(world.database).running():
        writing = asyncio.create_task(write(world, leads, choices))
        for begin, end in zip((0, *KILLED_AT), (*KILLED_AT, RECONNECTS), strict=True):
            with server_process(test_database.dsn()) as server:
                port = await listening(server)
                for number in range(begin, end):
                    share = CHANGES * (number + 1) // (RECONNECTS + 5)
                    await reader.read(port, choices.randint(0, 5), share)
                    reconnects += 1
                if end < RECONNECTS:
                    await reader.read_until_killed(server)
                    kills += 1
                else:
                    await reader.read(port, CHANGES, CHANGES)
        written = await writing

    assert (reconnects, kills, len(written)) == (RECONNECTS, len(KILLED_AT), CHANGES)
    assert sorted(reader.told) == sorted(written)
    for lead in leads:
        assert [number for id, number in reader.told if id == world.id(lead)] == list(range(1, CHANGES // len(leads) + 1))


async def test_a_server_that_tells_only_what_it_remembers_is_found_out(world: World, test_database: TestDatabase) -> None:
    lead, start = await world.lead(), (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    reader = Reader(await key_of(world), start)
    for status in (LeadStatus.CONTACTED, LeadStatus.NURTURING):
        await change_lead_status(world.call(), ChangeLeadStatus(lead_id=lead.id, status=status))
    with server_process(test_database.dsn(), "memory") as server:
        async with following(await listening(server), reader.token, WATCH, start) as socket, Hub(world.database).running():
            writing = asyncio.create_task(write(world, [await world.lead()], Random(4)))
            first = await hear(socket)
            await writing

    # What the cursor was for is missing.
    assert first["lead"]["id"] != world.id(lead)
