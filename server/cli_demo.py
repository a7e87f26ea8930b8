"""`leads demo`: fill the demo workspace, or fill it anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from persistence.database import Database
from server.demo.filling import LEADS, SEED, fill_demo
from server.progress import Steps
from server.running import run_with_database


def demo(
    leads: Annotated[int, typer.Option(min=1, max=5_000, help="How many leads to make up.")] = LEADS,
    seed: Annotated[int, typer.Option(help="The same seed makes up the same leads.")] = SEED,
) -> None:
    """Fill the workspace "Demo" with made-up leads and their histories of nine months, up to this moment.

    What was in that workspace is deleted first, except its keys; no other workspace is touched.
    """
    steps = Steps()

    async def work(database: Database) -> None:
        await fill_demo(database, datetime.now(UTC), steps, leads=leads, seed=seed)

    run_with_database(work)
