"""Agents and teams.

Whoever locks several kinds of things takes teams first, then agents, then leads, each in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Text, Uuid, any_, bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from domain.people import Agent, Availability, Team
from domain.status import CLOSED
from persistence.database import Reading, Scope, Writing
from persistence.lookups import by_id, lists_by
from persistence.paging import Listing, Ordering, Where, no_filter
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import agents, leads, teams
from persistence.writes import adding, locking, saving

agent_by_id = by_id(agents, Agent)
team_by_id = by_id(teams, Team)


@dataclass(frozen=True, slots=True)
class AgentFilter:
    """Which agents are meant: everything that is set must hold."""

    availability: tuple[Availability, ...] | None = None
    team_id: UUID | None = None


def _agent_conditions(filter: AgentFilter | None, _scope: Scope) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if filter is not None and filter.availability is not None:
        wanted = bindparam(None, [str(each) for each in filter.availability], type_=ARRAY(Text()), unique=True)
        parts.append(agents.c.availability == any_(wanted))
    if filter is not None and filter.team_id is not None:
        parts.append(agents.c.team_id == filter.team_id)
    return parts


def _named(table: Table, noun: type[Any], where: Where[Any] = no_filter, parent: ColumnElement[Any] | None = None) -> Listing[Any, Any]:
    return Listing(
        build=mapper(noun),
        columns=[table.c[name] for name in columns_of(noun)],
        source=table,
        workspace=table.c.workspace_id,
        id=table.c.id,
        orderings={
            "NAME": Ordering(func.lower(table.c.name).collate("C"), str),
            "CREATED_AT": Ordering(table.c.created_at, datetime),
        },
        where=where,
        parent=parent,
    )


all_agents: Listing[Agent, AgentFilter] = _named(agents, Agent, _agent_conditions)
agents_by_team: Listing[Agent, Any] = _named(agents, Agent, parent=agents.c.team_id)
all_teams: Listing[Team, Any] = _named(teams, Team)

teams_by_manager = lists_by(teams, Team, "manager_id", func.lower(teams.c.name), teams.c.id)

add_agents = adding(agents, Agent)
# Histories and leads refer to agents all the time, and agents are never deleted: a stronger lock would only make circles.
agent_for_update = locking(agents, Agent, key_share=True)
save_agents = saving(agents, Agent)
add_teams = adding(teams, Team)
team_for_update = locking(teams, Team)
save_teams = saving(teams, Team)

_to_agent = mapper(Agent)
_agents_of = select(*(agents.c[name] for name in columns_of(Agent))).where(agents.c.workspace_id == bindparam("workspace_id"))
_CANDIDATES = Constant(
    _agents_of.where(
        or_(
            agents.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))),
            bindparam("everybody"),
            agents.c.team_id == bindparam("team_id"),
        )
    )
    .order_by(agents.c.id)
    .with_for_update(key_share=True)
)
# Constants in the text, so that the planner knows the condition of the index `ix_leads_open`.
_open = (leads.c.deleted_at.is_(None), *(leads.c.status != literal_column(f"'{status}'") for status in sorted(CLOSED)))
_OPEN_LEADS = Constant(
    select(leads.c.owner_id, func.count().label("count"))
    .where(
        leads.c.workspace_id == bindparam("workspace_id"),
        leads.c.owner_id == any_(bindparam("ids", type_=ARRAY(Uuid))),
        *_open,
    )
    .group_by(leads.c.owner_id)
)
_SAVE_TURN = Constant(
    update(agents)
    .where(agents.c.workspace_id == bindparam("workspace_id"), agents.c.id == bindparam("agent_id"))
    .values(last_assigned_at=bindparam("at"), credit=bindparam("credit"))
)


async def lock_candidates(
    tx: Writing, ids: Sequence[UUID], *, team_id: UUID | None = None, everybody: bool = False
) -> Mapping[UUID, Agent]:
    """Read and lock the agents with these ids, and those of a team, or all of them."""
    rows = await tx.fetch(_CANDIDATES, ids=list(ids), team_id=team_id, everybody=everybody)
    return {row["id"]: _to_agent(row) for row in rows}


async def open_leads_by_owner(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Count the open leads of agents, whoever may see them; who owns none is not in the answer."""
    return {row["owner_id"]: row["count"] for row in await db.fetch(_OPEN_LEADS, ids=list(ids))}


async def save_turns(tx: Writing, changed: Sequence[Agent]) -> None:
    """Write whose turn it is next: what the assignment strategies remember of agents, which is no change of theirs."""
    rows = [{"agent_id": agent.id, "at": agent.last_assigned_at, "credit": agent.credit} for agent in changed]
    await tx.execute_many(_SAVE_TURN, rows)


_AGENT_ID = Constant(
    select(agents.c.id).where(
        agents.c.workspace_id == bindparam("workspace_id"), func.lower(agents.c.email) == func.lower(bindparam("email"))
    )
)
_TEAM_ID = Constant(
    select(teams.c.id).where(teams.c.workspace_id == bindparam("workspace_id"), func.lower(teams.c.name) == func.lower(bindparam("name")))
)
_KEEP_TEAM = Constant(
    select(teams.c.id)
    .where(teams.c.workspace_id == bindparam("workspace_id"), teams.c.id == bindparam("team_id"))
    .with_for_update(read=True, key_share=True)
)
_LOCK_LED = Constant(
    select(*(teams.c[name] for name in columns_of(Team)))
    .where(teams.c.workspace_id == bindparam("workspace_id"), teams.c.manager_id == bindparam("agent_id"))
    .order_by(teams.c.id)
    .with_for_update()
)
_LEAVE_TEAM = Constant(
    update(agents)
    .where(agents.c.workspace_id == bindparam("workspace_id"), agents.c.team_id == bindparam("left_team_id"))
    .values(team_id=None, version=agents.c.version + 1, updated_at=bindparam("at"))
)
_DELETE_TEAM = Constant(delete(teams).where(teams.c.workspace_id == bindparam("workspace_id"), teams.c.id == bindparam("team_id")))
_OPEN_LEAD_IDS = Constant(
    select(leads.c.id)
    .where(
        leads.c.workspace_id == bindparam("workspace_id"),
        leads.c.owner_id == bindparam("agent_id"),
        *_open,
    )
    .order_by(leads.c.id)
)
_to_team = mapper(Team)


async def agent_id_by_email(db: Reading, email: str) -> UUID | None:
    """Find the agent with this e-mail address, in whatever case it is written."""
    return await db.fetch_value(_AGENT_ID, email=email)


async def team_id_by_name(db: Reading, name: str) -> UUID | None:
    """Find the team with this name, in whatever case it is written."""
    return await db.fetch_value(_TEAM_ID, name=name)


async def keep_team(tx: Writing, team_id: UUID) -> bool:
    """Tell whether the team exists, and keep it from being deleted until the transaction ends."""
    return await tx.fetch_value(_KEEP_TEAM, team_id=team_id) is not None


async def lock_teams_led_by(tx: Writing, agent_id: UUID) -> Sequence[Team]:
    """Read and lock the teams that an agent leads."""
    return [_to_team(row) for row in await tx.fetch(_LOCK_LED, agent_id=agent_id)]


async def delete_team(tx: Writing, team_id: UUID, at: datetime) -> None:
    """Delete a team; its members stay without one."""
    await tx.execute(_LEAVE_TEAM, left_team_id=team_id, at=at)
    await tx.execute(_DELETE_TEAM, team_id=team_id)


async def open_lead_ids_of(tx: Writing, agent_id: UUID) -> Sequence[UUID]:
    """List the ids of an agent's open leads."""
    return [row["id"] for row in await tx.fetch(_OPEN_LEAD_IDS, agent_id=agent_id)]
