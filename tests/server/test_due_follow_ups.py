"""Follow-ups that are due: told once for every time at which they are, by as many processes as there are, whatever kills them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from domain.access import system_viewer
from domain.events import EventType
from domain.follow_ups import FollowUp, FollowUpKind
from domain.leads import Lead
from gql.errors import PUBLIC_ERRORS
from gql.execution import GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.schema import SCHEMA
from gql.subscriptions.hub import Hub
from gql.subscriptions.live_operations import LiveOperations
from persistence import follow_ups
from persistence.database import Database
from tests.conftest import TestDatabase
from tests.worlds import NOON, World, build_world
from usecases.follow_ups.change import SnoozeFollowUp, snooze_follow_up
from usecases.follow_ups.finish import FinishFollowUp, complete_follow_up
from usecases.follow_ups.schedule import ScheduleFollowUp, schedule_follow_up
from usecases.follow_ups.tell_due import tell_all_due_follow_ups, tell_due_follow_ups
from usecases.leads.editing import LeadEdits
from usecases.verbs import Call, Work, verb

LATER = NOON + timedelta(hours=2)


async def schedule(world: World, lead: Lead, hours: int = 1) -> FollowUp:
    request = ScheduleFollowUp(lead_id=lead.id, kind=FollowUpKind.CALL, title="Call", due_at=NOON + timedelta(hours=hours))
    return await schedule_follow_up(world.call(), request)


async def tell(world: World, limit: int = 200) -> int:
    """Tell of this world's due follow-ups as the timed task does, leaving alone the worlds of other tests."""
    return await tell_due_follow_ups(Call(world.database, system_viewer(world.workspace.id), world.at), limit)


async def told(world: World, lead: Lead) -> list[str]:
    """List the due times of which the feed was told."""
    return [changes["due_at"] for type, changes in await world.events(lead) if type == "FOLLOW_UP_DUE"]


async def test_what_is_due_is_told_once_for_each_time_at_which_it_is(world: World) -> None:
    lead = await world.lead(owner_id=world.ada.id)
    made = await schedule(world, lead)
    await schedule(world, lead, hours=9)
    assert await tell(world) == 0
    world.at = NOON + timedelta(hours=1)
    assert [await tell(world), await tell(world)] == [1, 0]
    assert await told(world, lead) == ["2026-06-30T13:00:00+00:00"]

    await snooze_follow_up(world.call(), SnoozeFollowUp(follow_up_id=made.id, minutes=30))
    assert await tell(world) == 0
    world.at += timedelta(minutes=30)
    assert [await tell(world), await tell(world)] == [1, 0]
    assert await told(world, lead) == ["2026-06-30T13:00:00+00:00", "2026-06-30T13:30:00+00:00"]


async def test_telling_counts_no_version(world: World) -> None:
    made = await schedule(world, await world.lead())
    world.at = LATER
    await tell(world)
    done = await complete_follow_up(world.call(), FinishFollowUp(follow_up_id=made.id, expected_version=1))
    assert done.version == 2


async def test_what_is_done_cancelled_or_hidden_is_not_told(world: World) -> None:
    done, deleted = await world.lead(), await world.lead()
    finished = await schedule(world, done)
    await schedule(world, deleted)
    await complete_follow_up(world.call(), FinishFollowUp(follow_up_id=finished.id))
    await world.tell("deleteLead", {"leadId": world.id(deleted)}, "errors { __typename }")
    world.at = LATER
    assert await tell(world) == 0
    await world.tell("restoreLead", {"leadId": world.id(deleted)}, "errors { __typename }")
    assert await tell(world) == 1


async def test_a_lead_that_somebody_works_on_is_left_for_later(world: World) -> None:
    busy, idle = await world.lead(), await world.lead()
    for lead in (busy, idle):
        await schedule(world, lead)
    world.at = LATER
    async with world.database.writing(world.scope) as tx:
        await LeadEdits(Work(tx, world.viewer(), world.at)).load([busy.id])
        assert await tell(world) == 1
    assert await tell(world) == 1


async def tell_together(world: World) -> Counter[str]:
    """Let three processes tell of twenty follow-ups, and count how often each was told."""
    leads = [await world.lead() for _ in range(20)]
    for lead in leads:
        await schedule(world, lead)
    world.at = LATER

    async def work() -> None:
        while await tell(world, limit=3):
            pass

    await asyncio.gather(work(), work(), work())
    return Counter([str(lead.id) for lead in leads for _ in await told(world, lead)])


async def test_processes_share_the_work(world: World) -> None:
    assert sorted((await tell_together(world)).values()) == [1] * 20


@verb
async def tell_and_forget(work: Work) -> int:
    """Planted: tell of what is due, but keep no note of it."""
    edits = LeadEdits(work)
    loaded = await edits.load(await follow_ups.lock_leads_with_due_follow_ups(work.tx, work.at, 200))
    due = await follow_ups.untold_due_follow_ups(work.tx, sorted(loaded), work.at)
    for follow_up in due:
        loaded[follow_up.lead_id].tell(EventType.FOLLOW_UP_DUE, {"due_at": follow_up.due_at.isoformat()})
    await edits.save()
    return len(due)


async def test_the_alarm_rings_when_what_was_told_is_not_kept(world: World) -> None:
    lead = await world.lead()
    await schedule(world, lead)
    world.at = LATER
    call = Call(world.database, system_viewer(world.workspace.id), world.at)
    assert [await tell_and_forget(call), await tell_and_forget(call)] == [1, 1]
    assert len(await told(world, lead)) == 2


_KILLED = """
import asyncio, os, signal, sys
from datetime import datetime
from uuid import UUID
from domain.access import system_viewer
from domain.events import EventType
from persistence import histories
from persistence.database import Database
from usecases.follow_ups.tell_due import tell_due_follow_ups
from usecases.verbs import Call

async def main(dsn, workspace, at):
    call = Call(Database(dsn, size=2), system_viewer(UUID(workspace)), datetime.fromisoformat(at))
    print(await tell_due_follow_ups(call, 4), flush=True)
    write = histories.add_events

    async def die_after_writing(tx, events):
        await write(tx, events)
        os.kill(os.getpid(), signal.SIGKILL)

    histories.add_events = die_after_writing
    await tell_due_follow_ups(call, 4)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_process_killed_while_it_tells_loses_and_repeats_nothing(world: World, test_database: TestDatabase) -> None:
    leads = [await world.lead() for _ in range(10)]
    for lead in leads:
        await schedule(world, lead)
    world.at = LATER
    command = [sys.executable, "-c", _KILLED, test_database.dsn(), str(world.workspace.id), world.at.isoformat()]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    killed = await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "4\n"), killed.stderr

    # What was committed stays told, what was not is told now, as soon as the locks of the dead are gone.
    total = 0
    async with asyncio.timeout(30):
        while total < 6:
            total += await tell(world)
    assert (total, await tell(world)) == (6, 0)
    assert [len(await told(world, lead)) for lead in leads] == [1] * 10


async def test_all_workspaces_have_their_turn(database: Database) -> None:
    worlds = [await build_world(database) for _ in range(2)]
    leads = [await world.lead() for world in worlds]
    for world, lead in zip(worlds, leads, strict=True):
        await schedule(world, lead)
    assert await tell_all_due_follow_ups(database, LATER) >= 2
    assert [len(await told(world, lead)) for world, lead in zip(worlds, leads, strict=True)] == [1, 1]


async def test_subscribers_hear_of_what_their_agents_are_to_do(world: World) -> None:
    ada, ben = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.ben.id)
    for lead in (ben, ada):
        await schedule(world, lead)
    hub = Hub(world.database, poll_seconds=0.05)
    live = LiveOperations(GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS), world.database, hub, now=lambda: world.at)
    query = "subscription ($agentIds: [ID!]) { followUpDue(agentIds: $agentIds) { dueAt followUp { title overdue } lead { id } } }"
    request = GraphQLRequest(query, {"agentIds": [world.id(world.ada)]})
    answers = await live.subscribe(request, world.viewer(), request_id="test")
    assert not isinstance(answers, GraphQLResponse), answers.body()
    try:
        world.at = LATER
        await tell(world)
        async with asyncio.timeout(30):
            body = (await anext(answers)).body()
    finally:
        await answers.aclose()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    assert body["data"]["followUpDue"] == {
        "dueAt": "2026-06-30T13:00:00Z",
        "followUp": {"title": "Call", "overdue": True},
        "lead": {"id": world.id(ada)},
    }
