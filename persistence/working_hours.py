"""Working hours: what was set, and what holds for agents and teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Uuid, any_, bindparam, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, array, insert

from domain.working_hours import EffectiveHours, WorkingHours, effective_hours
from persistence.database import Reading, Writing
from persistence.documents import from_document
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import agents, teams, workspaces
from persistence.tables import working_hours as table

_agent_ids = any_(bindparam("agent_ids", type_=ARRAY(Uuid)))
_workspace = bindparam("workspace_id", type_=Uuid)


def hours_json() -> ScalarSelect[Any]:
    """Build the expression that reads, as one JSON value, the hours of the workspace, of the teams named and of the agents' teams."""
    theirs = select(agents.c.team_id).where(agents.c.workspace_id == _workspace, agents.c.id == _agent_ids)
    return (
        select(func.coalesce(func.jsonb_agg(func.to_jsonb(table.table_valued())), func.jsonb_build_array()))
        .where(
            table.c.workspace_id == _workspace,
            or_(table.c.team_id.is_(None), table.c.team_id == any_(bindparam("team_ids", type_=ARRAY(Uuid))), table.c.team_id.in_(theirs)),
        )
        .scalar_subquery()
    )


def teams_json() -> ScalarSelect[Any]:
    """Build the expression that reads, as one JSON value, which agent belongs to which team."""
    return (
        select(func.coalesce(func.jsonb_object_agg(agents.c.id, agents.c.team_id), func.jsonb_build_object()))
        .where(agents.c.workspace_id == _workspace, agents.c.id == _agent_ids)
        .scalar_subquery()
    )


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours of a workspace, as far as they were read: those of some agents and teams, and its own."""

    zone: str
    _set: Mapping[UUID | None, WorkingHours]
    _teams: Mapping[UUID, UUID | None]
    known_teams: frozenset[UUID] = frozenset()

    def knows_agent(self, agent_id: UUID | None) -> bool:
        """Tell whether an agent is one of the workspace, or nobody."""
        return agent_id is None or agent_id in self._teams

    def of_team(self, team_id: UUID | None) -> EffectiveHours:
        """Return what holds for a team; None: for the workspace itself."""
        own = None if team_id is None else self._set.get(team_id)
        return effective_hours(team_id, own, self._set.get(None), self.zone)

    def of_agent(self, agent_id: UUID | None) -> EffectiveHours:
        """Return what holds for an agent's team; who has none, and leads without an owner, go by the workspace."""
        return self.of_team(None if agent_id is None else self._teams.get(agent_id))


def read_hours(zone: str, hours: object, teams: object) -> Hours:
    """Build the hours from what `hours_json` and `teams_json` read."""
    rows = from_document(list[WorkingHours], hours)
    return Hours(zone, {each.team_id: each for each in rows}, from_document(dict[UUID, UUID | None], teams))


_known_teams = (
    select(func.coalesce(func.array_agg(teams.c.id), cast(array([]), ARRAY(Uuid))))
    .where(teams.c.workspace_id == _workspace, teams.c.id == any_(bindparam("team_ids", type_=ARRAY(Uuid))))
    .scalar_subquery()
)
_READ = Constant(
    select(
        workspaces.c.time_zone.label("zone"),
        hours_json().label("hours"),
        teams_json().label("teams"),
        _known_teams.label("known_teams"),
    ).where(workspaces.c.workspace_id == _workspace)
)


async def hours_for(db: Reading, *, agent_ids: Sequence[UUID] = (), team_ids: Sequence[UUID] = ()) -> Hours:
    """Read the working hours of agents and teams, and the workspace's. Raises LookupError when there is no workspace."""
    row = await db.fetch_one(_READ, agent_ids=list(agent_ids), team_ids=list(team_ids))
    if row is None:
        raise LookupError("no such workspace")
    return replace(read_hours(row["zone"], row["hours"], row["teams"]), known_teams=frozenset(row["known_teams"]))


async def hours_by_team(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, EffectiveHours]:
    """Read what holds for teams."""
    hours = await hours_for(db, team_ids=ids)
    return {id: hours.of_team(id) for id in ids if id in hours.known_teams}


async def hours_of_workspace(db: Reading, keys: Sequence[object]) -> Mapping[object, EffectiveHours]:
    """Read what holds where no team has hours of its own, for any keys."""
    return dict.fromkeys(keys, (await hours_for(db)).of_team(None))


_to_hours = mapper(WorkingHours)
_LOCK = Constant(
    select(*(table.c[name] for name in columns_of(WorkingHours)))
    .where(table.c.workspace_id == _workspace, table.c.team_id.is_not_distinct_from(bindparam("team_id", type_=Uuid)))
    .with_for_update()
)
_upsert = insert(table)
_SAVE = Constant(
    _upsert.on_conflict_do_update(
        index_elements=["workspace_id", "id"],
        set_={name: _upsert.excluded[name] for name in columns_of(WorkingHours) if name not in ("id", "team_id", "created_at")},
    ),
    ("workspace_id", *columns_of(WorkingHours)),
)


async def own_hours_for_update(tx: Writing, team_id: UUID | None) -> WorkingHours | None:
    """Read and lock what a team, or the workspace, has set itself."""
    row = await tx.fetch_one(_LOCK, team_id=team_id)
    return None if row is None else _to_hours(row)


async def save_hours(tx: Writing, hours: WorkingHours) -> None:
    """Write what a team, or the workspace, has set."""
    await tx.execute_many(_SAVE, [values_of(hours)])
