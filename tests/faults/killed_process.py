"""Work of a worker in a process of its own, which is killed when it comes to a certain statement.

They are forked from a process that has loaded everything already, since there are many.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from domain.access import system_viewer
from domain.events import Event
from domain.webhooks import WebhookEndpoint
from persistence.database import Database, Scope, Writing
from usecases.campaigns.change_status import advance_due_campaigns
from usecases.follow_ups.tell_due import tell_due_follow_ups
from usecases.scoring.rescore_due import rescore_due_leads
from usecases.verbs import Call
from usecases.webhooks.deliver import Courier, Deliverer
from usecases.webhooks.relay import relay_events
from usecases.webhooks.settle import Outcome


class Piecemeal(Writing):
    """Planted: each kind of row is a statement of its own."""

    __slots__ = ()
    joins = False


class Torn(Database):
    """Planted: every statement is committed by itself."""

    @asynccontextmanager
    async def writing(self, scope: Scope) -> AsyncGenerator[Writing]:
        """Lend a connection without a transaction."""
        session = await self.take(scope.workspace_id)
        try:
            await session.enter(scope.workspace_id)
            yield Piecemeal(session.connection, scope, self.listener)
        finally:
            await self.give_back(session, None)


async def refuse(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Stand in for a receiver that takes nothing."""
    return Outcome(500, 1)


async def say_nothing(workspace_id: UUID, endpoint: WebhookEndpoint, event: Event) -> Mapping[str, object]:
    """Stand in for the wording."""
    return {}


async def relay(call: Call, database: Database) -> int:
    """Relay what is new."""
    return await relay_events(database, call.viewer.workspace_id, call.at)


async def deliver(call: Call, database: Database) -> int:
    """Send what is due; all is refused."""
    deliverer = Deliverer(database, Courier(refuse, say_nothing, lambda: call.at))
    if not await deliverer.deliver_due(call.viewer.workspace_id):
        return 0
    await deliverer.settled()
    return 0


async def tell(call: Call, _database: Database) -> int:
    """Tell of a due follow-up."""
    return await tell_due_follow_ups(call, 1)


async def advance(call: Call, _database: Database) -> int:
    """Move a campaign on."""
    return await advance_due_campaigns(call, 1)


async def rescore(call: Call, _database: Database) -> int:
    """Rescore a due lead."""
    return await rescore_due_leads(call, 1)


WORK: Mapping[str, Callable[[Call, Database], Awaitable[int]]] = {
    "relay": relay,
    "deliver": deliver,
    "tell": tell,
    "advance": advance,
    "rescore": rescore,
}


async def work(name: str, dsn: str, workspace_id: UUID, at: datetime, killed_at: int, *, torn: bool) -> None:
    """Work until nothing is left to do, or until the statement comes."""
    database = (Torn if torn else Database)(dsn, size=2)
    left = killed_at

    def count(_statement: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    database.listener = count
    while await WORK[name](Call(database, system_viewer(workspace_id), at), database):
        pass
    await database.close()


def main(name: str, dsn: str, workspace_id: UUID, at: datetime, killed_at: int, torn: bool) -> None:
    """Run the work."""
    asyncio.run(work(name, dsn, workspace_id, at, killed_at, torn=torn))


def was_killed(name: str, dsn: str, workspace_id: UUID, at: datetime, killed_at: int, *, torn: bool) -> bool:
    """Run the work in a process; tell whether it came to the statement at which it is killed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=main, args=(name, dsn, workspace_id, at, killed_at, torn), daemon=True)
    process.start()
    process.join(30)
    assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
    return process.exitcode != 0
