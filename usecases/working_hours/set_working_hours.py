"""Set working hours: of the workspace, or of one team."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from domain.refusals import Refused, not_found
from domain.working_hours import WorkingHours, WorkingHoursFields, checked_hours
from persistence import people
from persistence.failures import Deadlocked, UniqueViolation
from persistence.working_hours import own_hours_for_update, save_hours
from persistence.workspaces import own_workspace
from usecases.answers import Several
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


@verb
async def set_working_hours(work: Work, team_id: UUID | None, fields: WorkingHoursFields, expected_version: int | None = None) -> Several:
    """Set what is given and leave the rest; answer `workspace`, and `team` where one is named.

    Promises made before stay as they are. Raises Refused: NotFound, ValidationFailed, VersionConflict.
    """
    checked, refusals = checked_hours(fields)
    team = None if team_id is None else (await people.team_by_id(work.tx, [team_id])).get(team_id)
    before = await own_hours_for_update(work.tx, team_id)
    if team_id is not None and team is None:
        refusals.insert(0, not_found("Team", "team_id"))
    refusals = [*version_problem(0 if before is None else before.version, expected_version, "setting"), *refusals]
    if refusals:
        raise Refused(refusals)
    start = before or _nothing_set(work, team_id)
    after = replace(start, **cast(dict[str, Any], checked))
    if after != before:
        try:
            await save_hours(work.tx, replace(after, version=start.version + 1, updated_at=work.at))
        except UniqueViolation as error:
            # Somebody set them for the first time at the same time; the next attempt finds theirs.
            raise Deadlocked(str(error)) from error
    return Several({"workspace": await own_workspace(work.tx), "team": team})


def _nothing_set(work: Work, team_id: UUID | None) -> WorkingHours:
    return WorkingHours(
        id=new_id(),
        team_id=team_id,
        time_zone=None,
        weekly=None,
        holidays=(),
        response_minutes=None,
        response_start=None,
        version=0,
        created_at=work.at,
        updated_at=work.at,
    )
