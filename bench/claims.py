"""Let many claimers empty one work queue at once, and print how fast, and whether any lead was given out twice: `python -m bench.claims DSN`.

The claimers share a few processes, as agents and diallers share servers. The database is one that `leads migrate` made; each run makes a
workspace in it, and ends after `--seconds` whether or not the queue is empty.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context
from uuid import UUID

from bench.imports import add_bench_workspace
from domain.access import system_viewer
from domain.activities import ContactChannel
from domain.leads import LeadSource, Touch
from domain.new_leads import new_lead
from persistence.database import Database, Scope
from persistence.failures import Deadlocked, Overloaded
from persistence.imports import add_imported_leads
from usecases.queues.claim_next_lead import claim_next_lead
from usecases.queues.editing import create_queue
from usecases.verbs import Call, new_id

LEASE_SECONDS = 3_600
_BATCH = 1_000
# A queue that has nothing to give is filled again after two seconds; who gets nothing twice in a row has emptied it.
_ASK_AGAIN = 2.1


@dataclass(frozen=True, slots=True)
class Storm:
    """What one process is to do: so many claimers on a queue, each until there is nothing left or the time is up."""

    dsn: str
    workspace_id: UUID
    queue_id: UUID
    claimers: int
    seconds: float


async def prepare(dsn: str, leads: int) -> tuple[UUID, UUID, UUID]:
    """Make a workspace with a queue and leads of falling worth; return the workspace, the queue and the best lead."""
    database, now = Database(dsn), datetime.now(UTC)
    workspace_id = await add_bench_workspace(database)
    new = [
        replace(
            new_lead(new_id(), now, {"email": f"lead{number}@bench.example"}, Touch(source=LeadSource.OTHER, at=now)),
            deal_value=Decimal(leads - number),
            deal_currency="EUR",
            deal_probability=50,
        )
        for number in range(leads)
    ]
    for begin in range(0, leads, _BATCH):
        async with database.writing(Scope(workspace_id)) as tx:
            await add_imported_leads(tx, new[begin : begin + _BATCH], entries=(), events=(), counts={})
    # Mail has no hours, so the run means the same at night.
    queue = await create_queue(Call(database, system_viewer(workspace_id), now), {"name": "Storm", "channel": ContactChannel.EMAIL})
    await database.close()
    return workspace_id, queue.id, new[0].id


async def _claim(database: Database, storm: Storm, at: datetime) -> UUID | None:
    call = Call(database, system_viewer(storm.workspace_id), at)
    claim = (await claim_next_lead(call, storm.queue_id, LEASE_SECONDS))["claim"]
    return None if claim is None else claim.lead_id


async def _claimer(database: Database, storm: Storm, until: float) -> list[tuple[UUID, float]]:
    given: list[tuple[UUID, float]] = []
    empty = False
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            lead_id = await _claim(database, storm, datetime.now(UTC))
        except (Overloaded, Deadlocked):
            # A busy server says so; a client asks again.
            continue
        if lead_id is not None:
            given.append((lead_id, time.monotonic() - began))
        elif empty:
            break
        else:
            await asyncio.sleep(_ASK_AGAIN)
        empty = lead_id is None
    return given


async def _claim_all(storm: Storm) -> list[tuple[UUID, float]]:
    database, until = Database(storm.dsn), time.monotonic() + storm.seconds
    given = await asyncio.gather(*(_claimer(database, storm, until) for _ in range(storm.claimers)))
    await database.close()
    return [each for claimer in given for each in claimer]


def claim_all(storm: Storm) -> list[tuple[UUID, float]]:
    """Run the claimers of one process; return each lead that was given out, with the seconds that it took."""
    return asyncio.run(_claim_all(storm))


async def _after_the_leases(storm: Storm) -> UUID | None:
    database = Database(storm.dsn)
    lead_id = await _claim(database, storm, datetime.now(UTC) + timedelta(seconds=LEASE_SECONDS + storm.seconds))
    await database.close()
    return lead_id


def _report(given: Sequence[tuple[UUID, float]], took: float) -> str:
    waits = sorted(seconds * 1_000 for _, seconds in given) or [0.0]
    twice = sum(count > 1 for count in Counter(lead_id for lead_id, _ in given).values())
    p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    speed = f"{took:.1f} s, {len(given) / took:.0f} a second, p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    return f"{len(given):,} claims, {twice} leads given out twice: {speed}"


def main() -> None:
    """Prepare, let the claimers loose, count. Ends with 1 when a lead was given out twice, or the best did not come back."""
    parser = argparse.ArgumentParser(prog="python -m bench.claims", description=__doc__)
    parser.add_argument("dsn", help="a database of this version, as the application's role")
    parser.add_argument("--leads", type=int, default=10_000)
    parser.add_argument("--claimers", type=int, default=200)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=300.0, help="how long it takes at most")
    arguments = parser.parse_args()
    workspace_id, queue_id, best = asyncio.run(prepare(arguments.dsn, arguments.leads))
    storm = Storm(arguments.dsn, workspace_id, queue_id, arguments.claimers // arguments.processes, arguments.seconds)
    began = time.monotonic()
    with ProcessPoolExecutor(arguments.processes, mp_context=get_context("spawn")) as processes:
        given = [each for some in processes.map(claim_all, [storm] * arguments.processes) for each in some]
    took = time.monotonic() - began
    returned = asyncio.run(_after_the_leases(storm)) == best
    sys.stdout.write(f"{_report(given, took)}; after the leases the best lead {'came again' if returned else 'was LOST'}\n")
    sys.exit(0 if returned and len(given) == len({lead_id for lead_id, _ in given}) else 1)


if __name__ == "__main__":
    main()
