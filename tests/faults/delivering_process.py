"""Workers that deliver webhooks in processes of their own, for tests that kill them; and bugs that can be planted in one.

They are forked from a process that has loaded everything already: so a killed worker's successor is there at once.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from uuid import UUID

import structlog
from sqlalchemy import text

from domain.access import system_viewer
from domain.web_addresses import Sink, WebPolicy
from domain.webhooks import HEARTBEAT, LEASE
from gql.webhooks.shaping import Teller
from integrations.outbound import Outbound
from persistence.database import Database
from persistence.feed import event_by_id
from persistence.webhooks import webhook_delivery_for_update
from server.behind import RELAY_SECONDS, WebhookRounds, sender
from server.tasks import TimedTask, running
from tests.worlds import EXECUTOR
from usecases.verbs import Call, Work, verb
from usecases.webhooks.deliver import Courier, Deliverer
from usecases.webhooks.settle import Outcome, Taken, Turn, take_turn


@dataclass(frozen=True, slots=True)
class Clock:
    """What all the workers read: it showed `shown` at the instant `began`, in seconds, and runs `speed` times as fast."""

    began: float
    shown: datetime
    speed: float

    def __call__(self) -> datetime:
        """Read it."""
        return self.shown + timedelta(seconds=(time.time() - self.began) * self.speed)


@dataclass(frozen=True, slots=True)
class Post:
    """What workers work on; `seconds` is how long a receiver may take to answer."""

    dsn: str
    workspace_id: UUID
    port: int
    seconds: float
    now: Clock


class OneWorkspace(Database):
    """Knows of no workspace but the test's own."""

    def __init__(self, post: Post) -> None:
        super().__init__(post.dsn, size=4)
        self._workspace_id = post.workspace_id

    async def workspace_ids(self) -> list[UUID]:
        """List it alone."""
        return [self._workspace_id]


TAKE_BESIDES = text("""
    UPDATE webhook_deliveries SET lease = :lease, leased_until = :until
    WHERE workspace_id = :workspace_id AND id IN (
        SELECT id FROM webhook_deliveries
        WHERE workspace_id = :workspace_id AND endpoint_id = :endpoint_id AND ended_at IS NULL AND next_attempt_at <= :at
        AND CASE WHEN :from_others THEN lease <> :lease ELSE leased_until IS NULL OR leased_until <= :at END
        ORDER BY xid, event_id LIMIT :room FOR UPDATE SKIP LOCKED
    )
    RETURNING id
""")


@verb
async def take_besides(work: Work, turn: Turn, room: int, *, from_others: bool) -> Taken:
    """Take what is due but has something before it in its lane, or what somebody else is sending."""
    until = work.at + LEASE
    rows = await work.tx.fetch(
        TAKE_BESIDES, lease=turn.lease, until=until, endpoint_id=turn.endpoint_id, at=work.at, from_others=from_others, room=room
    )
    found = await webhook_delivery_for_update(work.tx, [row["id"] for row in rows])
    events = await event_by_id(work.tx, [each.event_id for each in found.values()])
    return Taken(endpoint=None, deliveries=list(found.values()), events=events, settled=())


class OutOfOrder(Deliverer):
    """Planted: does not look whether something stands before a delivery in its lane."""

    from_others = False

    async def turn(self, workspace_id: UUID, turn: Turn, at: datetime) -> Taken:
        """Take the turn, and fill the room that is left."""
        taken = await super().turn(workspace_id, turn, at)
        call = Call(self.database, system_viewer(workspace_id), at)
        more = await take_besides(call, turn, turn.room - len(taken.deliveries), from_others=self.from_others)
        return replace(taken, deliveries=[*taken.deliveries, *more.deliveries], events={**taken.events, **more.events})


class LeaseIgnored(OutOfOrder):
    """Planted: takes what somebody else is sending."""

    from_others = True


class SettledBefore(Deliverer):
    """Planted: writes down that a delivery has arrived, and then sends it."""

    async def turn(self, workspace_id: UUID, turn: Turn, at: datetime) -> Taken:
        """Take the turn, and settle at once what was taken."""
        taken = await super().turn(workspace_id, turn, at)
        hoped = {each.id: Outcome(200, 0) for each in taken.deliveries}
        await take_turn(Call(self.database, system_viewer(workspace_id), at), replace(turn, outcomes=hoped, held=(), room=0))
        return taken


PLANTED: dict[str, type[Deliverer]] = {"order": OutOfOrder, "lease": LeaseIgnored, "early": SettledBefore}


async def deliver(post: Post, planted: str) -> None:
    """Relay and deliver until killed."""
    database = OneWorkspace(post)
    outbound = Outbound(WebPolicy(sink=Sink("127.0.0.1", post.port)), seconds=post.seconds)
    courier = Courier(sender(outbound), Teller(EXECUTOR, database, post.now), post.now)
    deliverer = PLANTED.get(planted, Deliverer)(database, courier, heartbeat=HEARTBEAT.total_seconds() / post.now.speed)
    task = TimedTask("send webhooks", RELAY_SECONDS / post.now.speed, WebhookRounds(database, deliverer).go, is_told=False)
    async with running([task], post.now):
        await asyncio.Event().wait()


def main(post: Post, planted: str) -> None:
    """Deliver; what goes wrong with a receiver is no news here."""
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])
    asyncio.run(deliver(post, planted))


class Workers:
    """Workers that run until they are killed."""

    def __init__(self, post: Post, planted: str = "") -> None:
        self._post = post
        self._planted = planted
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._running: list[ForkServerProcess] = []

    def start(self, count: int = 1) -> None:
        """Start one more, or several."""
        for _ in range(count):
            process = self._context.Process(target=main, args=(self._post, self._planted), daemon=True)
            process.start()
            self._running.append(process)

    def kill(self) -> None:
        """End by SIGKILL the one that has worked longest."""
        process = self._running.pop(0)
        process.kill()
        process.join()

    def kill_all(self) -> None:
        """End them all."""
        while self._running:
            self.kill()
