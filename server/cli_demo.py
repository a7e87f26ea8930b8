"""`leads demo`: fill the demo workspace, or fill it anew."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from persistence.database import Database
from server.demo.filling import LEADS, SEED, fill_demo
from server.progress import Steps
from server.running import run_with_database


@click.command()
@click.option("--leads", type=click.IntRange(1, 5_000), default=LEADS, help="How many leads to make up.")
@click.option("--seed", type=int, default=SEED, help="The same seed makes up the same leads.")
def demo(leads: int, seed: int) -> None:
    """Fill the workspace "Demo" with made-up leads and their histories of nine months, up to this moment.

    What was in that workspace is deleted first, except its keys; no other workspace is touched.
    """
    steps = Steps()

    async def work(database: Database) -> None:
        await fill_demo(database, datetime.now(UTC), steps, leads=leads, seed=seed)

    run_with_database(work)
