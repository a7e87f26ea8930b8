"""How tasks that no request does go round: batch by batch through each workspace, whatever goes wrong in another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from domain.access import system_viewer
from persistence.database import Database
from usecases.verbs import Call


async def go_round(database: Database, at: datetime, batch: Callable[[Call], Awaitable[int]], undone: str) -> int:
    """Call `batch` in every workspace until it finds nothing more; return how much there was.

    One workspace's failure keeps none of the others waiting; when all have had their turn the failures are raised in a group, with
    `undone` as its message.
    """
    total = 0
    failures: list[Exception] = []
    for workspace_id in await database.workspace_ids():
        call = Call(database, system_viewer(workspace_id), at)
        try:
            while done := await batch(call):
                total += done
        except Exception as error:  # noqa: BLE001  raised below
            failures.append(error)
    if failures:
        raise ExceptionGroup(undone, failures)
    return total


async def take_turns(database: Database, clock: Callable[[], datetime], batch: Callable[[Call], Awaitable[int]], undone: str) -> int:
    """Do what `go_round` does for work that takes long: the workspaces by turns, a batch at a time, each at the instant when it begins."""
    total = 0
    failures: list[Exception] = []
    waiting = await database.workspace_ids()
    while waiting:
        going_on: list[UUID] = []
        for workspace_id in waiting:
            try:
                if done := await batch(Call(database, system_viewer(workspace_id), clock())):
                    total += done
                    going_on.append(workspace_id)
            except Exception as error:  # noqa: BLE001  raised below
                failures.append(error)
        waiting = going_on
    if failures:
        raise ExceptionGroup(undone, failures)
    return total
