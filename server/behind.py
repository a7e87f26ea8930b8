"""What runs behind the API: timed tasks, the feed's relay and the deliveries, in a server's process or in a worker's."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from gql.execution import GraphQLExecutor
from gql.webhooks.shaping import Teller
from integrations.outbound import CallFailed, Outbound
from persistence.database import Database
from server.settings import Settings
from server.tasks import FORGETTING_SECONDS, TimedTask, running, timed_tasks
from usecases.forget_events import forget_old_events, make_room
from usecases.webhooks.deliver import EXCERPT, Courier, Deliverer, Send
from usecases.webhooks.forget import forget_old_deliveries
from usecases.webhooks.relay import has_webhooks, relay_events
from usecases.webhooks.settle import Outcome

# Whoever waits for an event by webhook waits about as long as one who polls the feed.
RELAY_SECONDS = 0.5
LOOK_AROUND = timedelta(seconds=5)


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


class WebhookRounds:
    """Goes round the workspaces that have receivers; which these are is looked up anew every few seconds."""

    def __init__(self, database: Database, deliverer: Deliverer) -> None:
        self._database = database
        self._deliverer = deliverer
        self._workspaces: list[UUID] = []
        self._looked_at: datetime | None = None
        self._counted = 0

    async def go(self, at: datetime) -> int:
        """Relay what happened and begin to send what is due; returns how many requests were settled since the last round."""
        if self._looked_at is None or at - self._looked_at >= LOOK_AROUND:
            self._workspaces = [id for id in await self._database.workspace_ids() if await has_webhooks(self._database, id)]
            self._looked_at = at
        failures: list[Exception] = []
        for id in self._workspaces:
            try:
                await relay_events(self._database, id, at)
            except Exception as error:  # noqa: BLE001  raised below
                failures.append(error)
            try:
                await self._deliverer.deliver_due(id)
            except Exception as error:  # noqa: BLE001  raised below
                failures.append(error)
        if failures:
            raise ExceptionGroup("webhooks of some workspaces were held up", failures)
        before, self._counted = self._counted, self._deliverer.sent
        return self._counted - before


@asynccontextmanager
async def working_behind(
    settings: Settings, database: Database, executor: GraphQLExecutor, now: Callable[[], datetime]
) -> AsyncGenerator[None]:
    """Run everything that no request does, until the block ends. Any number of processes may do so on one database."""
    outbound = Outbound(settings.web_policy, seconds=settings.webhook_seconds)
    kept = timedelta(days=settings.event_retention_days)
    teller = Teller(executor, database, now, settings.base_url)
    deliverer = Deliverer(database, Courier(send=sender(outbound), tell=teller, clock=now))
    tasks = (
        *timed_tasks(database, settings.task_seconds, now),
        TimedTask("send webhooks", RELAY_SECONDS, WebhookRounds(database, deliverer).go),
        TimedTask("make room for events", FORGETTING_SECONDS, lambda at: make_room(database, at, kept), is_awaited=False),
        TimedTask("forget events", FORGETTING_SECONDS, lambda at: forget_old_events(database, at, kept), is_awaited=False),
        TimedTask("forget deliveries", FORGETTING_SECONDS, lambda at: forget_old_deliveries(database, at), is_awaited=False),
    )
    try:
        async with running(tasks, now):
            yield
    finally:
        await deliverer.close()
