"""Create, update and delete teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from domain.events import EventType
from domain.people import Availability, Team, TeamFields, checked_team
from domain.refusals import AlreadyExists, Refusal, Refused, ValidationFailed, not_found
from persistence import people
from persistence.failures import UniqueViolation
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTeam:
    """What is asked for one team."""

    team_id: UUID
    fields: TeamFields
    expected_version: int | None = None


@verb
async def create_team(work: Work, fields: TeamFields) -> Team:
    """Found a team; `fields` names at least the name. Raises Refused: ValidationFailed, NotFound, AlreadyExists."""
    checked, refusals = checked_team(fields)
    refusals += await _conflicts(work, checked, None)
    if refusals:
        raise Refused(refusals)
    values: dict[str, Any] = {"manager_id": None, **checked}
    team = Team(id=new_id(), version=1, created_at=work.at, updated_at=work.at, **values)
    try:
        await people.add_teams(work.tx, [team])
    except UniqueViolation:
        raise Refused.because(_name_taken()) from None
    return team


@verb
async def update_team(work: Work, request: UpdateTeam) -> Team:
    """Change a team. Raises Refused: ValidationFailed, NotFound, VersionConflict, AlreadyExists."""
    checked, refusals = checked_team(request.fields)
    before = (await people.team_for_update(work.tx, [request.team_id])).get(request.team_id)
    conflicts = await _conflicts(work, checked, request.team_id)
    if before is None:
        raise Refused([not_found("Team", "team_id"), *refusals, *conflicts])
    refusals = [*version_problem(before.version, request.expected_version, "team"), *refusals, *conflicts]
    if refusals:
        raise Refused(refusals)
    after = replace(before, **cast(dict[str, Any], checked))
    if after == before:
        return before
    after = replace(after, version=before.version + 1, updated_at=work.at)
    try:
        await people.save_teams(work.tx, [after])
    except UniqueViolation:
        raise Refused.because(_name_taken()) from None
    return after


@verb
async def delete_team(work: Work, team_id: UUID, expected_version: int | None = None) -> str:
    """Delete a team and return its id; its members stay, without a team. Raises Refused: NotFound, VersionConflict."""
    team = (await people.team_for_update(work.tx, [team_id])).get(team_id)
    if team is None:
        raise Refused.because(not_found("Team", "team_id"))
    refusals = version_problem(team.version, expected_version, "team")
    if refusals:
        raise Refused(refusals)
    await people.delete_team(work.tx, team_id, work.at)
    await tell_workspace(work, EventType.TEAM_CHANGED, {"name": [team.name, None]}, team_id)
    return str(team_id)


def _name_taken() -> Refusal:
    return AlreadyExists(message="Another team has this name.", path=("name",))


async def _conflicts(work: Work, checked: TeamFields, team_id: UUID | None) -> Sequence[Refusal]:
    """Look for what only the database knows: the name and the manager."""
    refusals: list[Refusal] = []
    name, manager_id = checked.get("name"), checked.get("manager_id")
    if name and await people.team_id_by_name(work.tx, name) not in (None, team_id):
        refusals.append(_name_taken())
    if manager_id is not None:
        manager = (await people.agent_by_id(work.tx, [manager_id])).get(manager_id)
        if manager is None:
            refusals.append(not_found("Agent", "manager_id"))
        elif manager.availability is Availability.DEACTIVATED:
            refusals.append(ValidationFailed(message="The agent is deactivated.", path=("manager_id",)))
    return refusals
