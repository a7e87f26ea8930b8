"""A process that moves enrollments to published versions and says after each batch how many it came to; for tests that kill it.

Arguments: DSN, workspace id, enrollments in a batch.
"""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

from domain.access import system_viewer
from persistence.database import Database
from tests.worlds import NOON
from usecases.sequences.move_enrollments import move_next_enrollments
from usecases.verbs import Call


async def main(dsn: str, workspace: str, batch: str) -> None:
    """Move until nothing is left."""
    database = Database(dsn)
    call = Call(database, system_viewer(UUID(workspace)), NOON)
    while done := await move_next_enrollments(call, int(batch)):
        print(done, flush=True)  # noqa: T201 -- read by the test
    print("finished", flush=True)  # noqa: T201
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
