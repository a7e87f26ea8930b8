"""What time alone changes: found, changed once, by as many processes as there are, whatever kills them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.access import system_viewer
from domain.leads import Lead
from domain.scoring import Priority
from domain.status import LeadStatus
from domain.webhooks import LEASE as DELIVERY_LEASE
from persistence.database import Database
from server.behind import RELAY_SECONDS
from server.settings import Settings
from server.tasks import TimedTask, running, timed_tasks
from tests.conftest import TestDatabase
from tests.worlds import NOON, World, build_world
from usecases.forget_idempotency_keys import forget_idempotency_keys, forget_old_idempotency_keys
from usecases.imports.apply import LEASE as IMPORT_LEASE
from usecases.leads.change_status import ChangeLeadStatus, change_lead_status
from usecases.leads.editing import LeadEdits
from usecases.scoring.rescore_due import rescore_due, rescore_due_leads
from usecases.verbs import Call, IdempotencyKey, Work

SCORE_AND_HISTORY = """
query Story($id: ID!) {
  lead(id: $id) {
    version priority
    score { total categories { key points } }
    scoreHistory(first: 10) { nodes { at total delta cause actor { kind } } }
  }
}
"""


async def story(world: World, lead: Lead) -> dict[str, Any]:
    return (await world.ask(SCORE_AND_HISTORY, {"id": world.id(lead)}))["lead"]


async def rescore(world: World, limit: int = 200) -> int:
    """Rescore this world's due leads as the timed task does, leaving alone the worlds of other tests."""
    return await rescore_due_leads(Call(world.database, system_viewer(world.workspace.id), world.at), limit)


async def test_on_day_31_a_contact_request_is_worth_nothing_any_more(world: World) -> None:
    lead = await world.lead(contact_requested_at=NOON, company="Acme")
    assert (await story(world, lead))["score"]["total"] == 8

    world.at = NOON + timedelta(days=30)
    assert await rescore(world) == 0

    world.at = NOON + timedelta(days=31)
    assert await rescore(world) == 1
    assert await rescore(world) == 0
    after = await story(world, lead)
    assert after["score"]["total"] == 5
    assert after["version"] == 1
    assert after["scoreHistory"]["nodes"][0] == {
        "at": "2026-07-31T12:00:00Z",
        "total": 5,
        "delta": -3,
        "cause": "TIME",
        "actor": {"kind": "SYSTEM"},
    }
    assert len(after["scoreHistory"]["nodes"]) == 2


async def test_a_pin_runs_out(world: World) -> None:
    lead = await world.lead()
    pin = {"leadId": world.id(lead), "priority": "URGENT", "reason": "Asked twice", "until": "2026-07-01T12:00:00Z"}
    await world.tell("pinLeadPriority", pin, "errors { __typename }")
    assert (await story(world, lead))["priority"] == Priority.URGENT

    world.at = NOON + timedelta(days=1)
    assert await rescore(world) == 1
    after = await story(world, lead)
    assert after["priority"] == Priority.LOW
    assert len(after["scoreHistory"]["nodes"]) == 1


async def test_a_deleted_lead_waits_until_somebody_restores_it(world: World) -> None:
    lead = await world.lead(contact_requested_at=NOON)
    await world.tell("deleteLead", {"leadId": world.id(lead)}, "errors { __typename }")
    world.at = NOON + timedelta(days=31)
    assert await rescore(world) == 0


async def test_a_lead_that_somebody_works_on_is_left_for_later(world: World) -> None:
    busy = await world.lead(contact_requested_at=NOON)
    await world.lead(contact_requested_at=NOON)
    world.at = NOON + timedelta(days=31)
    async with world.database.writing(world.scope) as tx:
        await LeadEdits(Work(tx, world.viewer(), world.at)).load([busy.id])
        assert await rescore(world) == 1
    assert await rescore(world) == 1


async def test_two_processes_share_the_work(world: World) -> None:
    leads = [await world.lead(contact_requested_at=NOON) for _ in range(20)]
    world.at = NOON + timedelta(days=31)

    async def work() -> int:
        total = 0
        while done := await rescore(world, limit=3):
            total += done
        return total

    assert sum(await asyncio.gather(work(), work(), work())) == 20
    assert [len((await story(world, lead))["scoreHistory"]["nodes"]) for lead in leads] == [2] * 20


_KILLED = """
import asyncio, os, signal, sys
from datetime import datetime
from uuid import UUID
from domain.access import system_viewer
from persistence.database import Database, Scope
from persistence.rescoring import lock_due_leads
from usecases.scoring.rescore_due import rescore_due_leads
from usecases.leads.editing import LeadEdits
from usecases.verbs import Call, Work

async def main(dsn, workspace, at):
    database = Database(dsn, size=2)
    call = Call(database, system_viewer(UUID(workspace)), datetime.fromisoformat(at))
    print(await rescore_due_leads(call, 4), flush=True)
    async with database.writing(Scope(UUID(workspace))) as tx:
        edits = LeadEdits(Work(tx, call.viewer, call.at))
        await edits.load(await lock_due_leads(tx, call.at, 4))
        await edits.save()
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_process_killed_inside_a_batch_loses_and_repeats_nothing(world: World, test_database: TestDatabase) -> None:
    leads = [await world.lead(contact_requested_at=NOON) for _ in range(10)]
    world.at = NOON + timedelta(days=31)
    command = [sys.executable, "-c", _KILLED, test_database.dsn(), str(world.workspace.id), world.at.isoformat()]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    killed = await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "4\n"), killed.stderr

    # The batch that was committed stays, the one that was not is done again.
    assert await rescore_until_nothing_is_due(world) == 6
    stories = [await story(world, lead) for lead in leads]
    assert [each["score"]["total"] for each in stories] == [0] * 10
    assert [[entry["delta"] for entry in each["scoreHistory"]["nodes"]] for each in stories] == [[-3, None]] * 10


async def rescore_until_nothing_is_due(world: World) -> int:
    """Wait for the locks of a killed process to go, and finish its work."""
    total = 0
    async with asyncio.timeout(30):
        while total < 6:
            total += await rescore(world)
    return total + await rescore(world)


async def test_all_workspaces_have_their_turn(database: Database) -> None:
    worlds = [await build_world(database) for _ in range(2)]
    leads = [await world.lead(contact_requested_at=NOON) for world in worlds]
    assert await rescore_due(database, NOON + timedelta(days=31)) >= 2
    assert [(await story(world, lead))["score"]["total"] for world, lead in zip(worlds, leads, strict=True)] == [0, 0]


async def test_idempotency_keys_are_kept_for_72_hours(world: World) -> None:
    lead = await world.lead()
    request = ChangeLeadStatus(lead_id=lead.id, status=LeadStatus.CONTACTED)
    await change_lead_status(Call(world.database, world.viewer(), NOON, IdempotencyKey("once", b"x")), request)
    viewer = system_viewer(world.workspace.id)
    assert await forget_idempotency_keys(Call(world.database, viewer, NOON + timedelta(hours=72))) == 0
    assert await forget_idempotency_keys(Call(world.database, viewer, NOON + timedelta(hours=72, seconds=1))) == 1
    assert await forget_old_idempotency_keys(world.database, NOON) == 0


def at_noon() -> datetime:
    return NOON


async def test_a_task_that_fails_is_tried_again() -> None:
    runs: list[datetime] = []
    succeeded = asyncio.Event()

    async def work(at: datetime) -> int:
        runs.append(at)
        if len(runs) < 3:
            raise ConnectionError
        succeeded.set()
        return 1

    async with asyncio.timeout(30), running([TimedTask("fragile", 0.001, work)], at_noon):
        await succeeded.wait()
    assert runs[:3] == [NOON] * 3


async def test_the_end_does_not_wait_for_a_task() -> None:
    started, cancelled = asyncio.Event(), asyncio.Event()

    async def work(_: datetime) -> int:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        return 0

    async with asyncio.timeout(30), running([TimedTask("endless", 30, work)], at_noon):
        await started.wait()
    assert cancelled.is_set()


def test_whatever_somebody_waits_for_is_taken_up_within_fifteen_seconds(database: Database) -> None:
    awaited = [task for task in timed_tasks(database, Settings().task_seconds, at_noon) if task.is_awaited]
    longest = {task.name: task.every_seconds for task in awaited}
    assert longest == {
        "rescore due leads": 10,
        "tell of due follow-ups": 5,
        "run imports": 1,
        "rescore by published models": 1,
        "move enrollments to published versions": 1,
        "start and complete campaigns": 5,
    }
    # What is held by a lease instead of a lock waits for its end, and then for the next look.
    assert IMPORT_LEASE + timedelta(seconds=longest["run imports"]) <= timedelta(seconds=15)
    assert DELIVERY_LEASE + timedelta(seconds=RELAY_SECONDS) <= timedelta(seconds=15)


async def test_what_nobody_waits_for_keeps_nobody_waiting() -> None:
    began = asyncio.Queue[str]()

    def endless(name: str, *, is_awaited: bool) -> TimedTask:
        async def work(_: datetime) -> int:
            began.put_nowait(name)
            await asyncio.Event().wait()
            return 0

        return TimedTask(name, 30, work, is_awaited=is_awaited)

    keeping = [endless(f"forget {number}", is_awaited=False) for number in range(3)]
    awaited = [endless(f"work {number}", is_awaited=True) for number in range(5)]
    async with asyncio.timeout(30), running([*keeping, *awaited], at_noon):
        assert [await began.get() for _ in range(6)] == ["forget 0", *(task.name for task in awaited)]
        assert began.empty()
