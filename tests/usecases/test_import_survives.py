"""An import that is killed, taken over or started twice applies every row exactly once."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from domain.imports_mapping import LeadMapping
from persistence.database import Scope
from persistence.scoring_models import current_model
from tests.conftest import TestDatabase
from tests.models import in_use
from tests.usecases.import_files import HEADER, MAPPING, PROJECT, counts, imported, later, mapping_of
from tests.worlds import World
from usecases.imports.apply import LeaseLost, apply_leads
from usecases.imports.creating import Maker
from usecases.imports.mapping_text import complete_mapping
from usecases.imports.plans import LeadPlan
from usecases.imports.reading import from_memory, survey
from usecases.imports.rows import LeadRows, ReadRow
from usecases.imports.run import claim_import, file_of_rows, run_import, surroundings
from usecases.imports.start import start_file_import
from usecases.verbs import Call

ROWS = 5_000
BATCH = 250
KILLS = (250, 1_000, 1_750, 2_500, 3_250, 4_000)


def generated(rows: int = ROWS) -> str:
    """Write a file in which every twentieth row is wrong, and every twentieth names the lead of the row before."""

    def row(number: int) -> str:
        id = number - 1 if number % 20 == 19 else number
        return f"{id},Lead {id},l{id}@lo.example,,Lo,Web,vip,{'many' if number % 20 == 0 else 3}\n"

    return HEADER + "".join(row(number) for number in range(1, rows + 1))


def killed_at(command: list[str], row: int | None) -> str:
    """Run the importing process; kill it once it has reached a row. Returns the last that it said."""
    said = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env={"PYTHONPATH": str(PROJECT)}) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said = line.strip()
            if row is not None and said.isdecimal() and int(said) >= row:
                process.send_signal(signal.SIGKILL)
                break
    return said


async def totals(world: World) -> dict[str, Any]:
    answer = await world.ask("{ leads { totalCount } imports { nodes { status rowsTotal rowsDone created duplicates failed } } }")
    return {"leads": answer["leads"]["totalCount"], **answer["imports"]["nodes"][0]}


async def test_every_row_is_applied_once_however_often_the_process_is_killed(
    world: World, test_database: TestDatabase, tmp_path: Path
) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(generated())
    said = ""
    for attempt, row in enumerate((*KILLS, None)):
        arguments = [test_database.dsn(), str(world.workspace.id), str(file), str(attempt), str(BATCH)]
        said = await asyncio.to_thread(killed_at, [sys.executable, "-m", "tests.usecases.importing_process", *arguments], row)
        if row is not None:
            # It may have got one batch further before the signal arrived; it cannot have ended.
            assert int(said) >= row

    assert said == "FINISHED 4500"
    assert await totals(world) == {
        "leads": 4_500,
        "status": "FINISHED",
        "rowsTotal": 5_000,
        "rowsDone": 5_000,
        "created": 4_500,
        "duplicates": 250,
        "failed": 250,
    }
    async with world.database.reading(Scope(world.workspace.id)) as db:
        [once] = await db.fetch(
            text("""
            SELECT count(*) AS leads, count(DISTINCT email) AS addresses, min(event_sequence) AS least, max(event_sequence) AS most,
                   (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM score_entries) AS scores,
                   (SELECT count(*) FROM external_references) AS refs, (SELECT count(*) FROM import_row_errors) AS left_out,
                   (SELECT sum(website_visits) FROM initial_counts) AS visits
            FROM leads
            """)
        )
    assert dict(once) == {
        "leads": 4_500,
        "addresses": 4_500,
        "least": 1,
        "most": 1,
        "events": 4_500,
        "scores": 4_500,
        "refs": 4_500,
        "left_out": 500,
        "visits": 13_500,
    }


async def test_whoever_lost_the_lease_writes_nothing_more(world: World) -> None:
    text = generated(40)
    chunks, raw = from_memory(text.encode()), mapping_of(MAPPING)
    call = Call(world.database, world.viewer(), world.at)
    looked = survey(chunks, complete_mapping(raw).format)
    started = await start_file_import(call, "leads.csv", raw, looked)
    slow = await claim_import(call, started.id, world.at)
    assert slow is not None
    assert await claim_import(call, started.id, later(world, 9)) is None
    quick = await claim_import(call, started.id, later(world, 10))
    assert quick is not None
    ended = await run_import(world.database, world.workspace.id, quick, chunks, lambda: later(world, 16))

    with pytest.raises(LeaseLost):
        await run_import(world.database, world.workspace.id, slow, chunks, lambda: later(world, 17))

    assert (counts(ended)["created"], (await totals(world))["leads"]) == (36, 36)


async def begun(world: World, content: str) -> tuple[Call, LeadPlan, list[ReadRow]]:
    """Begin an import and read its rows, without applying any."""
    chunks, raw = from_memory(content.encode()), mapping_of(MAPPING)
    call = Call(world.database, world.viewer(), world.at)
    mapping = complete_mapping(raw)
    assert isinstance(mapping, LeadMapping)
    looked = survey(chunks, mapping.format)
    started = await start_file_import(call, "leads.csv", raw, looked)
    claimed = await claim_import(call, started.id, world.at)
    assert claimed is not None
    async with world.database.reading(world.scope) as db:
        around = await surroundings(db, world.at, mapping)
    rows = list(LeadRows(file_of_rows(chunks, looked.encoding, looked.delimiter), mapping, around))
    return call, LeadPlan(import_id=started.id, lease=claimed.lease, mapping=mapping, stages={}), rows


async def test_the_same_batch_twice_is_refused(world: World) -> None:
    call, plan, rows = await begun(world, generated(10))
    await apply_leads(call, plan, 0, rows, world.at)

    with pytest.raises(LeaseLost):
        await apply_leads(call, plan, 0, rows, world.at)

    assert (await totals(world))["leads"] == 10


async def test_a_lead_that_was_made_ahead_is_scored_by_the_model_that_is_in_use_when_it_is_written(world: World) -> None:
    call, plan, rows = await begun(world, HEADER + "7,Rosa Marques,rosa@ramos.example,,Ramos,Web,vip,3\n")
    async with world.database.reading(world.scope) as db:
        maker = Maker(plan.import_id, world.at, call.viewer.actor, await current_model(db), plan.stages)
    row = rows[0]
    row.newcomer = maker.newcomer(row.lead)
    # Company 5, three visits of 2 points each.
    assert row.newcomer.lead.score_total == 11
    await in_use(world)

    assert await apply_leads(call, plan, 0, rows, world.at) == 1

    # Company 10, three visits of 10 points each.
    answer = await world.ask("{ leads { nodes { score { total } } } }")
    assert answer["leads"]["nodes"] == [{"score": {"total": 40}}]


async def test_the_same_file_started_twice_at_once_is_one_import(world: World) -> None:
    chunks, raw = from_memory(generated(40).encode()), mapping_of(MAPPING)
    looked = survey(chunks, complete_mapping(raw).format)
    call = Call(world.database, world.viewer(), world.at)

    started = await asyncio.gather(*(start_file_import(call, "leads.csv", raw, looked) for _ in range(8)))
    claims = await asyncio.gather(*(claim_import(call, started[0].id, world.at) for _ in range(8)))

    assert len({each.id for each in started}) == 1
    assert len([claim for claim in claims if claim is not None]) == 1


async def test_two_files_at_once_with_the_same_leads_make_each_once(world: World) -> None:
    first, second = generated(400), generated(400).replace("Lo,", "Ek,")

    ended = await asyncio.gather(imported(world, first, MAPPING, batch=50), imported(world, second, MAPPING, batch=50))

    assert sum(each.created for each in ended) == 360
    assert (await totals(world))["leads"] == 360
