"""A process that rescores leads by a published model and says after each batch how many it came to; for tests that kill it.

Arguments: DSN, workspace id, leads in a batch.
"""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

from domain.access import system_viewer
from persistence.database import Database
from tests.worlds import NOON
from usecases.scoring.rescore_by_model import rescore_next_leads
from usecases.verbs import Call


async def main(dsn: str, workspace: str, batch: str) -> None:
    """Rescore until nothing is left."""
    database = Database(dsn)
    call = Call(database, system_viewer(UUID(workspace)), NOON)
    while done := await rescore_next_leads(call, int(batch)):
        print(done, flush=True)  # noqa: T201 -- read by the test
    print("finished", flush=True)  # noqa: T201
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
