"""Put the demo workspace into a database, and put it there anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.access import system_viewer
from persistence.database import Database
from server.progress import Steps
from usecases.verbs import Call
from usecases.workspaces.create_workspace import CreateWorkspace, create_workspace

# Always the same, so that it is found again and never mistaken for somebody's own.
DEMO_WORKSPACE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


async def present_demo(database: Database, at: datetime, steps: Steps) -> UUID:
    """Return the demo workspace's id; make the workspace if there is none yet."""
    if DEMO_WORKSPACE not in await database.workspace_ids():
        with steps.step("Filling the demo workspace", "Demo workspace"):
            await create_workspace(
                Call(database, system_viewer(DEMO_WORKSPACE), at), CreateWorkspace(name="Demo", currency="EUR", time_zone="Europe/Lisbon")
            )
    return DEMO_WORKSPACE
