"""Create and update agents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from domain.events import EventType
from domain.people import Agent, AgentFields, Availability, checked_agent
from domain.refusals import AlreadyExists, Refusal, Refused, not_found
from persistence import people
from persistence.failures import UniqueViolation
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAgent:
    """What is asked for one agent."""

    agent_id: UUID
    fields: AgentFields
    expected_version: int | None = None


@verb
async def create_agent(work: Work, fields: AgentFields) -> Agent:
    """Take in an agent; `fields` names at least name and e-mail address. Raises Refused: ValidationFailed, NotFound, AlreadyExists."""
    checked, refusals = checked_agent(fields)
    refusals += await _conflicts(work, checked, None)
    if refusals:
        raise Refused(refusals)
    defaults: dict[str, Any] = {
        "team_id": None,
        "availability": Availability.AVAILABLE,
        "capacity": None,
        "weight": 1,
        "territories": (),
        "languages": (),
        "sources": (),
    }
    agent = Agent(
        id=new_id(),
        version=1,
        last_assigned_at=None,
        credit=0,
        created_at=work.at,
        updated_at=work.at,
        **{**defaults, **cast(Any, checked)},
    )
    try:
        await people.add_agents(work.tx, [agent])
    except UniqueViolation:
        raise Refused.because(_email_taken()) from None
    return agent


@verb
async def update_agent(work: Work, request: UpdateAgent) -> Agent:
    """Change an agent; making a deactivated one available or away brings it back.

    Raises Refused: ValidationFailed, NotFound, VersionConflict, AlreadyExists.
    """
    checked, refusals = checked_agent(request.fields)
    conflicts = await _conflicts(work, checked, request.agent_id)
    before = (await people.agent_for_update(work.tx, [request.agent_id])).get(request.agent_id)
    if before is None:
        raise Refused([not_found("Agent", "agent_id"), *refusals, *conflicts])
    refusals = [*version_problem(before.version, request.expected_version, "agent"), *refusals, *conflicts]
    if refusals:
        raise Refused(refusals)
    after = replace(before, **cast(dict[str, Any], checked))
    if after == before:
        return before
    after = replace(after, version=before.version + 1, updated_at=work.at)
    try:
        await people.save_agents(work.tx, [after])
    except UniqueViolation:
        raise Refused.because(_email_taken()) from None
    if after.team_id != before.team_id:
        teams = [None if id is None else str(id) for id in (before.team_id, after.team_id)]
        await tell_workspace(work, EventType.TEAM_CHANGED, {"agent_id": str(after.id), "team_id": teams}, after.id)
    return after


def _email_taken() -> Refusal:
    return AlreadyExists(message="Another agent has this e-mail address.", path=("email",))


async def _conflicts(work: Work, checked: AgentFields, agent_id: UUID | None) -> Sequence[Refusal]:
    """Look for what only the database knows: the team and the e-mail address."""
    refusals: list[Refusal] = []
    email, team_id = checked.get("email"), checked.get("team_id")
    if email and await people.agent_id_by_email(work.tx, email) not in (None, agent_id):
        refusals.append(_email_taken())
    if team_id is not None and not await people.keep_team(work.tx, team_id):
        refusals.append(not_found("Team", "team_id"))
    return refusals
