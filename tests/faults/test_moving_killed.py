"""The moving of enrollments to a published version, killed at any instant, goes on where it was, and takes each exactly once."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from domain.access import system_viewer
from domain.enrollments import RunningEnrollments
from domain.filters import LeadFilter
from domain.sequences import Sequence, SequencePlan
from persistence.sequences import save_sequences, sequence_by_id
from tests.conftest import TestDatabase
from tests.faults.processes import run_until
from tests.sequences import END, day, moved, published
from tests.worlds import World
from usecases.bulk import Targets
from usecases.sequences.enroll import enroll_leads
from usecases.sequences.held_rows import SequenceTargets
from usecases.sequences.move_enrollments import move_next_enrollments
from usecases.sequences.publish_sequence import publish_sequence
from usecases.verbs import Call

LEADS = 600
BATCH = 30
KILLS = 5
LEFT = 40


async def populated(world: World, count: int) -> Sequence:
    """Put so many leads into a sequence of one step."""
    sequence, _ = await published(world, day("first", None))
    await world.leads(count)
    meant = SequenceTargets(sequence_id=sequence.id, targets=Targets(filter=LeadFilter()))
    while (await enroll_leads(world.call(), meant))["remaining"]:
        pass
    return sequence


async def republished(world: World, sequence: Sequence, how: RunningEnrollments, days: int = 9) -> None:
    """Publish a version that differs from the one before."""
    async with world.database.writing(world.scope) as tx:
        current = (await sequence_by_id(tx, [sequence.id]))[sequence.id]
        await save_sequences(tx, [replace(current, draft=SequencePlan(steps=(day("first", "end", days), END)))])
    await publish_sequence(world.call(), sequence.id, how)


async def begun(world: World, count: int, how: RunningEnrollments = RunningEnrollments.REMAP) -> Sequence:
    sequence = await populated(world, count)
    await republished(world, sequence, how)
    return sequence


async def state(world: World) -> dict[str, Any]:
    async with world.database.reading(world.scope) as db:
        [row] = await db.fetch(
            text("""
            SELECT (SELECT count(*) FROM enrollments JOIN sequence_versions AS version
                        ON version.workspace_id = enrollments.workspace_id AND version.id = sequence_version_id
                    WHERE number = 2) AS on_it,
                   (SELECT count(*) FROM enrollment_changes WHERE kind = 'MOVED') AS entries,
                   (SELECT count(DISTINCT enrollment_id) FROM enrollment_changes WHERE kind = 'MOVED') AS enrollments,
                   (SELECT count(*) FROM enrollment_steps WHERE outcome = 'EXITED') AS left_steps,
                   (SELECT count(*) FROM events WHERE type = 'ENROLLMENT_MOVED') AS events,
                   (SELECT done FROM enrollment_runs) AS done,
                   (SELECT moved FROM enrollment_runs) AS moved,
                   (SELECT finished_at IS NOT NULL FROM enrollment_runs) AS finished
            """)
        )
    return dict(row)


def everybody(count: int) -> dict[str, Any]:
    names = ("on_it", "entries", "enrollments", "left_steps", "events", "done", "moved")
    return {**dict.fromkeys(names, count), "finished": True}


async def test_everybody_is_moved_once_however_often_the_process_is_killed(world: World, test_database: TestDatabase) -> None:
    await begun(world, LEADS)
    command = [sys.executable, "-m", "tests.faults.moving_process", test_database.dsn(), str(world.workspace.id), str(BATCH)]

    for kill in range(KILLS):
        await asyncio.to_thread(run_until, command, 1 + kill % 3)
        between = await state(world)
        # Whatever was written was written whole: the enrollments, their steps and histories, and how far the run is.
        assert between == {**everybody(between["done"]), "finished": False}
        assert 0 < between["done"] < LEADS
    said = await asyncio.to_thread(run_until, command, None)

    assert said == "finished"
    assert await state(world) == everybody(LEADS)
    assert await moved(world) == 0


async def test_two_processes_and_leads_that_leave_meanwhile_still_take_each_once(world: World, test_database: TestDatabase) -> None:
    await begun(world, LEADS // 2)
    command = [sys.executable, "-m", "tests.faults.moving_process", test_database.dsn(), str(world.workspace.id), "20"]
    ids = [lead["id"] for lead in (await world.ask(f"{{ leads(first: {LEFT}) {{ nodes {{ id }} }} }}"))["leads"]["nodes"]]

    async def leave() -> None:
        for id in ids:
            await world.tell("deleteLead", {"leadId": id}, "errors { __typename }")

    said = await asyncio.gather(asyncio.to_thread(run_until, command, None), asyncio.to_thread(run_until, command, None), leave())
    await moved(world)

    assert list(said[:2]) == ["finished", "finished"]
    found = await state(world)
    assert (found["done"], found["finished"]) == (LEADS // 2, True)
    assert found["entries"] == found["enrollments"] == found["events"] == found["moved"] == found["on_it"]
    # Whoever left first stayed on its version; whoever went over first left from there.
    assert LEADS // 2 - LEFT <= found["moved"] <= LEADS // 2
    assert await versions_of_those_on_their_way(world) == {2: LEADS // 2 - LEFT}


async def versions_of_those_on_their_way(world: World) -> dict[int, int]:
    async with world.database.reading(world.scope) as db:
        rows = await db.fetch(
            text("""
            SELECT number, count(*) AS count FROM enrollments JOIN sequence_versions AS version
                ON version.workspace_id = enrollments.workspace_id AND version.id = sequence_version_id
            WHERE enrollments.workspace_id = :workspace_id AND ended_at IS NULL GROUP BY number
            """)
        )
    return {row["number"]: row["count"] for row in rows}


async def test_two_processes_move_two_publications_of_a_sequence_one_after_the_other(world: World, test_database: TestDatabase) -> None:
    sequence = await begun(world, 200, RunningEnrollments.RESTART)
    await republished(world, sequence, RunningEnrollments.REMAP, days=5)
    command = [sys.executable, "-m", "tests.faults.moving_process", test_database.dsn(), str(world.workspace.id), "20"]

    await asyncio.gather(*(asyncio.to_thread(run_until, command, None) for _ in range(2)))
    await moved(world)

    async with world.database.reading(world.scope) as db:
        ways = await db.fetch(
            text("""
            SELECT way, count(*) AS count FROM (
                SELECT string_agg(version.number::text, ', ' ORDER BY events.sequence) AS way
                FROM events JOIN sequence_versions AS version ON version.workspace_id = events.workspace_id
                    AND version.id = (changes -> 'sequence_version_id' ->> 1)::uuid
                WHERE events.workspace_id = :workspace_id AND events.type = 'ENROLLMENT_MOVED' GROUP BY lead_id
            ) AS ways GROUP BY way
            """)
        )
    assert [(row["way"], row["count"]) for row in ways] == [("2, 3", 200)]
    assert await versions_of_those_on_their_way(world) == {3: 200}


@pytest.mark.parametrize("batch", [1, 7, 20])
@pytest.mark.parametrize("how", [RunningEnrollments.REMAP, RunningEnrollments.RESTART])
async def test_any_size_of_batch_comes_to_the_same(world: World, batch: int, how: RunningEnrollments) -> None:
    await begun(world, 20, how)
    call = Call(world.database, system_viewer(world.workspace.id), world.at)
    steps: list[int] = []
    while done := await move_next_enrollments(call, batch):
        steps.append(done)

    assert sum(steps) == 20
    assert await state(world) == everybody(20)
