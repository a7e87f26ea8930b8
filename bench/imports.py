"""Generate files of leads, import them, and print seconds and peak memory: `python -m bench.imports DSN ROWS…`.

Each size runs in a process of its own, so that its peak memory is its own. The database is one that `leads migrate` made; each run makes
a workspace in it.
"""

from __future__ import annotations

import asyncio
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from domain.access import AgentVisibility, system_viewer
from domain.workspaces import Workspace
from persistence import workspaces
from persistence.database import Database, Scope
from server.building import set_aside
from usecases.imports.mapping_text import complete_mapping, read_mapping
from usecases.imports.reading import CHUNK, survey
from usecases.imports.run import claim_import, run_import
from usecases.imports.start import start_file_import
from usecases.verbs import Call, new_id

MAPPING = """
lead:
  references: {system: bench, id: Id}
  first_name: First
  last_name: Last
  title: Title
  email: Email
  phones: Phone
  company: Company
  industry: Industry
  employees: Employees
  tags: Tag
  counts: {website_visits: Visits, email_opens: Opens}
"""
_HEADER = ("Id", "First", "Last", "Title", "Email", "Phone", "Company", "Industry", "Employees", "Tag", "Visits", "Opens")


def write_file(path: Path, rows: int) -> None:
    """Write plausible rows, every address and number its own."""
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(_HEADER)
        for number in range(rows):
            name = f"{chance.choice(('Ana', 'Bo', 'Cy', 'Dita', 'Ed'))}", f"{chance.choice(('Lo', 'Ek', 'Marques', 'Ng'))}{number}"
            title = chance.choice(("Sales Manager", "Engineer", "VP Sales", "Clerk"))
            numbers = chance.randrange(1, 900), chance.choice(("a", "b", "c")), chance.randrange(12), chance.randrange(6)
            mail, phone = f"l{number}@firm{number % 5000}.example", f"+3519{10_000_000 + number}"
            writer.writerow((number, *name, title, mail, phone, f"Firm {number % 5000}", "retail", *numbers))


async def add_bench_workspace(database: Database) -> UUID:
    """Make a workspace for one run."""
    id, now = new_id(), datetime.now(UTC)
    place = Workspace(
        id=id,
        version=1,
        name=f"Bench {id}",
        currency="EUR",
        time_zone="UTC",
        country="PT",
        agent_visibility=AgentVisibility.ALL,
        scoring_model="standard",
        created_at=now,
        updated_at=now,
    )
    async with database.writing(Scope(id)) as tx:
        await workspaces.add_workspace(tx, place)
    return id


async def measure(dsn: str, file: Path) -> str:
    """Import a file into a new workspace and say how it went."""
    database, now = Database(dsn), datetime.now(UTC)
    id = await add_bench_workspace(database)

    def chunks() -> Iterable[bytes]:
        with file.open("rb") as opened:
            while chunk := opened.read(CHUNK):
                yield chunk

    began, cpu = time.monotonic(), time.process_time()
    raw = read_mapping(MAPPING)
    looked = survey(chunks, complete_mapping(raw).format)
    call = Call(database, system_viewer(id), now)
    started = await start_file_import(call, file.name, raw, looked)
    claimed = await claim_import(call, started.id, now)
    if claimed is None:
        raise SystemExit("somebody else is importing this file")
    ended = await run_import(database, id, claimed, chunks, lambda: datetime.now(UTC))
    took, busy = time.monotonic() - began, time.process_time() - cpu
    await database.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{looked.rows:>9,} rows {ended.status} created {ended.created:,}: {took:6.1f} s, {busy:6.1f} s CPU, peak {peak:5.0f} MB"


def main() -> None:
    """Measure one size here, several each in its own process."""
    # As in every command.
    set_aside()
    dsn, *sizes = sys.argv[1:]
    if len(sizes) > 1:
        for size in sizes:
            subprocess.run([sys.executable, "-m", "bench.imports", dsn, size], check=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "leads.csv"
        write_file(file, int(sizes[0]))
        sys.stdout.write(asyncio.run(measure(dsn, file)) + "\n")


if __name__ == "__main__":
    main()
