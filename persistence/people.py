"""Agents and teams."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, func

from domain.people import Agent, Team
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.tables import agents, teams
from persistence.writes import adding, locking, saving

agent_by_id = by_id(agents, Agent)
team_by_id = by_id(teams, Team)


def _named(table: Table, noun: type[Any], parent: ColumnElement[Any] | None = None) -> Listing[Any, Any]:
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
        parent=parent,
    )


all_agents: Listing[Agent, Any] = _named(agents, Agent)
agents_by_team: Listing[Agent, Any] = _named(agents, Agent, agents.c.team_id)
all_teams: Listing[Team, Any] = _named(teams, Team)

add_agents = adding(agents, Agent)
agent_for_update = locking(agents, Agent)
save_agents = saving(agents, Agent)
add_teams = adding(teams, Team)
team_for_update = locking(teams, Team)
save_teams = saving(teams, Team)
