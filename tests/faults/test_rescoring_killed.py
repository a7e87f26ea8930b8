"""A rescoring that is killed at any instant goes on where it was, and takes every lead exactly once."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from domain.access import system_viewer
from domain.scoring import ScoreCause
from persistence import scoring_runs
from persistence.scoring_models import current_model_kept
from tests.conftest import TestDatabase
from tests.faults.processes import run_until
from tests.models import chosen, drafted, published, rescored
from tests.waiting import somebody_waits
from tests.worlds import World, blank_lead
from usecases.leads.editing import LeadEdits
from usecases.scoring.rescore_by_model import rescore_next_leads
from usecases.verbs import Call, Work, verb

LEADS = 1_500
BATCH = 50
KILLS = 6
CHANGED = 30


async def populate(world: World, count: int) -> None:
    """Put leads into the workspace, all of which the tests' model scores otherwise than the standard one."""
    async with world.database.writing(world.scope) as tx:
        edits = LeadEdits(Work(tx, world.viewer(), world.at))
        for number in range(count):
            edits.add(replace(blank_lead(world.at), first_name=f"Lead {number}", website_visits=1))
        await edits.save()


async def state(world: World) -> dict[str, Any]:
    async with world.database.reading(world.scope) as db:
        [row] = await db.fetch(
            text("""
            SELECT (SELECT count(*) FROM lead_scores WHERE model_key = 'callers' AND total >= 10) AS scored,
                   (SELECT count(*) FROM score_entries WHERE cause = 'MODEL_PUBLISHED') AS entries,
                   (SELECT count(DISTINCT lead_id) FROM score_entries WHERE model_key = 'callers') AS leads,
                   (SELECT count(*) FROM score_entries WHERE model_key = 'callers') AS times,
                   (SELECT count(*) FROM events WHERE type = 'LEAD_SCORE_CHANGED') AS events,
                   (SELECT done FROM scoring_runs) AS done,
                   (SELECT finished_at IS NOT NULL FROM scoring_runs) AS finished
            """)
        )
    return dict(row)


async def begun(world: World, leads: int) -> None:
    await populate(world, leads)
    version = await published(world, await drafted(world))
    await chosen(world, version["model"]["id"])


async def test_every_lead_is_rescored_once_however_often_the_process_is_killed(world: World, test_database: TestDatabase) -> None:
    await begun(world, LEADS)
    command = [sys.executable, "-m", "tests.faults.rescoring_process", test_database.dsn(), str(world.workspace.id), str(BATCH)]

    for kill in range(KILLS):
        await asyncio.to_thread(run_until, command, 1 + kill % 3)
        between = await state(world)
        # Whatever was written was written whole: the leads, their histories, and how far the run is.
        assert between["scored"] == between["entries"] == between["events"] == between["done"]
        assert 0 < between["done"] < LEADS
    said = await asyncio.to_thread(run_until, command, None)

    assert said == "finished"
    assert await state(world) == {
        "scored": LEADS, "entries": LEADS, "leads": LEADS, "times": LEADS, "events": LEADS, "done": LEADS, "finished": True,
    }  # fmt: skip
    assert await rescored(world) == 0


async def test_two_processes_and_changes_meanwhile_still_take_every_lead_once(world: World, test_database: TestDatabase) -> None:
    await begun(world, LEADS // 3)
    command = [sys.executable, "-m", "tests.faults.rescoring_process", test_database.dsn(), str(world.workspace.id), "20"]
    ids = [lead["id"] for lead in (await world.ask(f"{{ leads(first: {CHANGED}) {{ nodes {{ id }} }} }}"))["leads"]["nodes"]]

    async def change() -> None:
        for id in ids:
            await world.tell("updateLead", {"leadId": id, "company": {"name": "Acme"}}, "errors { __typename }")

    said = await asyncio.gather(asyncio.to_thread(run_until, command, None), asyncio.to_thread(run_until, command, None), change())
    await rescored(world)

    assert list(said[:2]) == ["finished", "finished"]
    found = await state(world)
    assert (found["scored"], found["leads"], found["done"], found["finished"]) == (LEADS // 3, LEADS // 3, LEADS // 3, True)
    # A lead that was changed first is not taken again; one that was rescored first has both entries. Never two from the run.
    assert found["times"] - found["entries"] == CHANGED
    assert found["entries"] <= LEADS // 3


@verb
async def forgetful_batch(work: Work, limit: int) -> int:
    """Rescore a batch, but leave the position to a transaction of its own, which is never reached."""
    run = await scoring_runs.lock_open_run(work.tx)
    assert run is not None
    ids = await scoring_runs.next_leads(work.tx, run, limit)
    edits = LeadEdits(work)
    for edit in (await edits.load(ids)).values():
        edit.because(ScoreCause.MODEL_PUBLISHED, run.version_id)
    await edits.save()
    return len(ids)


async def test_the_check_notices_a_position_that_is_not_written_with_the_leads(world: World) -> None:
    await begun(world, 100)
    call = Call(world.database, system_viewer(world.workspace.id), world.at)

    await forgetful_batch(call, 40)

    between = await state(world)
    assert between["scored"] != between["done"]


async def test_a_lead_that_is_made_while_the_model_comes_into_force_is_not_left_out(world: World) -> None:
    version = await published(world, await drafted(world))
    read, may_end = asyncio.Event(), asyncio.Event()

    async def make_slowly() -> None:
        async with world.database.writing(world.scope) as tx:
            assert (await current_model_kept(tx)).key == "standard"
            read.set()
            await may_end.wait()
            edits = LeadEdits(Work(tx, world.viewer(), world.at))
            edits.add(replace(blank_lead(world.at), website_visits=2))
            [made] = (await edits.save()).values()
            assert made.score_total == 4

    making = asyncio.create_task(make_slowly())
    await read.wait()
    choosing = asyncio.create_task(chosen(world, version["model"]["id"]))
    # Whoever read the model before makes the lead by it; the new one comes into force after that, so that its run sees the lead.
    await somebody_waits(world)
    may_end.set()
    await asyncio.gather(making, choosing)
    assert await rescored(world) == 1

    data = await world.ask("{ leads { nodes { score { total model { key } } } } }")
    assert data["leads"]["nodes"] == [{"score": {"total": 20, "model": {"key": "callers"}}}]


@pytest.mark.parametrize("batch", [1, 7, 20])
async def test_any_size_of_batch_comes_to_the_same(world: World, batch: int) -> None:
    await begun(world, 20)
    call = Call(world.database, system_viewer(world.workspace.id), world.at)
    steps: list[int] = []
    while done := await rescore_next_leads(call, batch):
        steps.append(done)

    assert sum(steps) == 20
    assert (await state(world))["finished"]
