"""Put the demo workspace into a database, and put it there anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.access import system_viewer
from persistence.database import Database
from server.demo.invention import Invention
from server.demo.lookalikes import merge_some
from server.progress import Steps
from usecases.demo.fill import fill_workspace
from usecases.verbs import Call

# Always the same, so that it is found again and never mistaken for somebody's own.
DEMO_WORKSPACE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
LEADS = 300
SEED = 1


async def present_demo(database: Database, at: datetime, steps: Steps) -> UUID:
    """Return the demo workspace's id; make and fill the workspace if there is none yet."""
    if DEMO_WORKSPACE not in await database.workspace_ids():
        await fill_demo(database, at, steps, leads=LEADS, seed=SEED)
    return DEMO_WORKSPACE


async def fill_demo(database: Database, at: datetime, steps: Steps, *, leads: int, seed: int) -> None:
    """Fill the demo workspace; what was in it goes, but for its keys."""
    with steps.counted("Making up leads", f"{leads:,} leads made up", leads) as told:
        contents = Invention(leads, seed, told).for_workspace(DEMO_WORKSPACE, at)
    with steps.step("Writing them down", f"Demo workspace with {leads:,} leads"):
        await fill_workspace(Call(database, system_viewer(DEMO_WORKSPACE), at), contents)
        await merge_some(database, DEMO_WORKSPACE, contents.leads, at)
