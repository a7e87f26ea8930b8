"""A process that imports a file and says after each batch how far it is; for tests that kill it.

Arguments: DSN, workspace id, file, minutes after the tests' noon, rows in a batch.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from domain.access import system_viewer
from persistence.database import Database
from tests.usecases.import_files import MAPPING, mapping_of
from tests.worlds import NOON
from usecases.imports.mapping_text import complete_mapping
from usecases.imports.reading import from_memory, survey
from usecases.imports.run import claim_import, run_import
from usecases.imports.start import start_file_import
from usecases.verbs import Call


async def main(dsn: str, workspace: str, file: str, minutes: str, batch: str) -> None:
    """Import the file, or go on importing it."""
    database, workspace_id, at = Database(dsn), UUID(workspace), NOON + timedelta(minutes=int(minutes))
    call = Call(database, system_viewer(workspace_id), at)
    chunks, raw = from_memory(Path(file).read_bytes()), mapping_of(MAPPING)
    started = await start_file_import(call, "leads.csv", raw, survey(chunks, complete_mapping(raw).format))
    claimed = await claim_import(call, started.id, at)
    if claimed is None:
        sys.stdout.write("taken\n")
        return
    ended = await run_import(
        database,
        workspace_id,
        claimed,
        chunks,
        lambda: at,
        batch=int(batch),
        progress=lambda done: print(done, flush=True),  # noqa: T201 -- read by the test
    )
    sys.stdout.write(f"{ended.status} {ended.created}\n")
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
