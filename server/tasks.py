"""Keep the timed tasks running beside the server: what time alone changes, and what is kept only for a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from persistence.database import Database
from usecases.campaigns.change_status import advance_campaigns
from usecases.follow_ups.tell_due import tell_all_due_follow_ups
from usecases.forget_idempotency_keys import forget_old_idempotency_keys
from usecases.imports.run import run_pending_imports
from usecases.leads.key_duplicates import key_old_leads
from usecases.scoring.rescore_by_model import rescore_by_models
from usecases.scoring.rescore_due import rescore_due
from usecases.sequences.move_enrollments import move_by_publications

_log: Any = structlog.get_logger(__name__)

LONGEST_PAUSE_SECONDS = 30.0
# Whoever waits for an answer needs connections, too: so many tasks that nobody waits for work at the same time, however many are due.
TOGETHER = 1
FORGETTING_SECONDS = 600.0
KEYING_SECONDS = 600.0
IMPORT_SECONDS = 1.0
DUE_SECONDS = 5.0
CAMPAIGN_SECONDS = 5.0
PUBLICATION_SECONDS = 1.0
_FAREWELL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class TimedTask:
    """Something to do again and again. `run` gets the instant and says how much it did; it may be cancelled at any point.

    `is_told`: whether the log says that something was done. `is_awaited`: whether somebody waits for it; the others take turns, and an
    awaited one never waits for any task.
    """

    name: str
    every_seconds: float
    run: Callable[[datetime], Awaitable[int]]
    is_told: bool = True
    is_awaited: bool = True


def timed_tasks(database: Database, seconds: float, now: Callable[[], datetime]) -> Sequence[TimedTask]:
    """List the tasks of a server; `seconds` pass between two looks for leads whose score is due."""
    keyed: set[UUID] = set()
    return (
        TimedTask("rescore due leads", seconds, lambda at: rescore_due(database, at)),
        # Whoever waits for a callback does not wait for our minute.
        TimedTask("tell of due follow-ups", DUE_SECONDS, lambda at: tell_all_due_follow_ups(database, at)),
        # One look a second: whoever starts an import watches it. A long one takes its time without holding up the others.
        TimedTask("run imports", IMPORT_SECONDS, lambda _at: run_pending_imports(database, now)),
        # Whoever publishes a model watches how far it is.
        TimedTask("rescore by published models", PUBLICATION_SECONDS, lambda _at: rescore_by_models(database, now)),
        # Whoever publishes a sequence watches how far it is, too.
        TimedTask("move enrollments to published versions", PUBLICATION_SECONDS, lambda _at: move_by_publications(database, now)),
        TimedTask("start and complete campaigns", CAMPAIGN_SECONDS, lambda at: advance_campaigns(database, at)),
        # Once for each workspace: what a version before this one wrote does not get more.
        TimedTask("key old leads", KEYING_SECONDS, lambda at: key_old_leads(database, at, keyed), is_awaited=False),
        TimedTask("forget idempotency keys", FORGETTING_SECONDS, lambda at: forget_old_idempotency_keys(database, at), is_awaited=False),
    )


@asynccontextmanager
async def running(tasks: Sequence[TimedTask], now: Callable[[], datetime]) -> AsyncGenerator[None]:
    """Run the tasks until the block ends. What a task was doing then is rolled back and done again at the next start."""
    turns = asyncio.Semaphore(TOGETHER)
    runners = [asyncio.create_task(keep_running(task, now, turns), name=task.name) for task in tasks]
    try:
        yield
    finally:
        for runner in runners:
            runner.cancel()
        await asyncio.wait(runners, timeout=_FAREWELL_SECONDS) if runners else None


async def keep_running(task: TimedTask, now: Callable[[], datetime], turns: asyncio.Semaphore) -> None:
    """Run one task for ever: at once, then after each pause; after a failure the pause doubles, up to half a minute."""
    pause = task.every_seconds
    while True:
        try:
            async with nullcontext() if task.is_awaited else turns:
                done = await task.run(now())
        except Exception as error:  # noqa: BLE001  a task outlives whatever goes wrong in one of its runs
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            _log.warning("task failed", task=task.name, retry_in_seconds=pause, exc_info=error)
        else:
            pause = task.every_seconds
            if done and task.is_told:
                _log.info("task done", task=task.name, count=done)
        await asyncio.sleep(pause)
