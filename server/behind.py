"""What runs behind the API: timed tasks, the feed's relay and the deliveries, in a server's process or in a worker's."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from gql.execution import GraphQLExecutor
from gql.webhooks.shaping import Teller
from integrations.outbound import CallFailed, Outbound
from persistence.database import Database
from server.settings import Settings
from server.tasks import TimedTask, running, timed_tasks
from usecases.forget_events import forget_old_events
from usecases.webhooks.deliver import EXCERPT, Courier, Deliverer, Send
from usecases.webhooks.forget import forget_old_deliveries
from usecases.webhooks.relay import relay_events
from usecases.webhooks.settle import Outcome

# Whoever waits for an event by webhook waits about as long as one who polls the feed.
RELAY_SECONDS = 0.5
FORGETTING_SECONDS = 600.0


def sender(outbound: Outbound) -> Send:
    """Build what makes one request and says how it went."""

    async def send(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        try:
            reply = await outbound.post(url, body, headers)
        except CallFailed as error:
            return Outcome(None, None, error=str(error))
        excerpt = reply.excerpt[:EXCERPT].decode("utf-8", "replace").replace("\0", "\ufffd")
        return Outcome(reply.status, round(reply.seconds * 1_000), excerpt=excerpt)

    return send


@asynccontextmanager
async def working_behind(
    settings: Settings, database: Database, executor: GraphQLExecutor, now: Callable[[], datetime]
) -> AsyncGenerator[None]:
    """Run everything that no request does, until the block ends. Any number of processes may do so on one database."""
    outbound = Outbound(settings.web_policy)
    kept = timedelta(days=settings.event_retention_days)
    teller = Teller(executor, database, now, settings.base_url)
    deliverer = Deliverer(database, Courier(send=sender(outbound), tell=teller, clock=now))
    tasks = (
        *timed_tasks(database, settings.task_seconds, now),
        TimedTask("relay events to webhooks", RELAY_SECONDS, lambda at: relay_events(database, at)),
        TimedTask("deliver webhooks", RELAY_SECONDS, lambda _at: deliverer.deliver_due()),
        TimedTask("forget events", FORGETTING_SECONDS, lambda at: forget_old_events(database, at, kept)),
        TimedTask("forget deliveries", FORGETTING_SECONDS, lambda at: forget_old_deliveries(database, at)),
    )
    try:
        async with running(tasks, now):
            yield
    finally:
        await deliverer.close()
        await outbound.close()
