"""The runs that rescore all leads, and the leads that they go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Uuid, any_, bindparam, exists, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on

from domain.model_versions import ScoringRun
from persistence.database import Reading, Writing
from persistence.lookups import by_id
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import leads, scoring_runs
from persistence.tables.columns import INSTANT
from persistence.writes import adding

run_by_id = by_id(scoring_runs, ScoringRun)
add_runs = adding(scoring_runs, ScoringRun)

_to_run = mapper(ScoringRun)
_mine = scoring_runs.c.workspace_id == bindparam("workspace_id")
_is_open = (scoring_runs.c.finished_at.is_(None), scoring_runs.c.superseded_at.is_(None))
_runs = select(*(scoring_runs.c[name] for name in columns_of(ScoringRun))).where(_mine)
_OF_VERSIONS = Constant(
    _runs.where(scoring_runs.c.version_id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .ext(distinct_on(scoring_runs.c.version_id))
    .order_by(scoring_runs.c.version_id, scoring_runs.c.started_at.desc(), scoring_runs.c.id.desc())
)
_LAST = Constant(_runs.order_by(scoring_runs.c.started_at.desc(), scoring_runs.c.id.desc()).limit(1))
_IS_OPEN = Constant(select(exists().where(_mine, *_is_open)))
# Another process at work on it is no reason to wait.
_LOCK_OPEN = Constant(_runs.where(*_is_open).with_for_update(skip_locked=True))
_SUPERSEDE = Constant(update(scoring_runs).where(_mine, *_is_open).values(superseded_at=bindparam("superseded_by_then", type_=INSTANT)))
_ADVANCE = Constant(
    update(scoring_runs)
    .where(_mine, scoring_runs.c.id == bindparam("run_id"))
    .values(
        done=bindparam("so_many", type_=Integer()),
        position=bindparam("up_to", type_=Uuid()),
        finished_at=bindparam("ended_at", type_=INSTANT),
    )
)
_there = (leads.c.workspace_id == bindparam("workspace_id"), leads.c.deleted_at.is_(None))
_last_lead = select(leads.c.id).where(*_there).order_by(leads.c.id.desc()).limit(1).scalar_subquery()
_EXTENT = Constant(select(func.count().label("total"), _last_lead.label("until_id")).select_from(leads).where(*_there))
_NEXT = Constant(
    select(leads.c.id)
    .where(*_there, leads.c.id > bindparam("position", type_=Uuid()), leads.c.id <= bindparam("until_id", type_=Uuid()))
    .order_by(leads.c.id)
    .limit(bindparam("limit"))
)
_BEFORE_ALL = UUID(int=0)


async def run_by_version(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, ScoringRun]:
    """Read the latest run of each version."""
    return {row["version_id"]: _to_run(row) for row in await db.fetch(_OF_VERSIONS, ids=list(ids))}


async def last_run(db: Reading, keys: Sequence[object]) -> Mapping[object, ScoringRun]:
    """Read the workspace's latest run, whatever the key."""
    row = await db.fetch_one(_LAST)
    return {} if row is None else dict.fromkeys(keys, _to_run(row))


async def supersede_open_run(tx: Writing, at: datetime) -> None:
    """End the run that is not finished, if there is one."""
    await tx.execute(_SUPERSEDE, superseded_by_then=at)


async def extent_of_leads(tx: Writing) -> tuple[int, UUID | None]:
    """Count the leads, and name the last of them in the order of their ids."""
    row = await tx.fetch_one(_EXTENT)
    return (0, None) if row is None else (row["total"], row["until_id"])


async def is_run_open(db: Reading) -> bool:
    """Tell whether there is a run that is not finished."""
    return await db.fetch_value(_IS_OPEN)


async def lock_open_run(tx: Writing) -> ScoringRun | None:
    """Lock the run that is not finished; None when there is none, or somebody else works on it."""
    row = await tx.fetch_one(_LOCK_OPEN)
    return None if row is None else _to_run(row)


async def next_leads(tx: Writing, run: ScoringRun, limit: int) -> Sequence[UUID]:
    """Name the leads that a run comes to next, in its order."""
    if run.until_id is None:
        return ()
    return [row["id"] for row in await tx.fetch(_NEXT, position=run.position or _BEFORE_ALL, until_id=run.until_id, limit=limit)]


async def advance_run(tx: Writing, run: ScoringRun) -> None:
    """Write how far a run is; it must be locked."""
    await tx.execute(_ADVANCE, run_id=run.id, so_many=run.done, up_to=run.position, ended_at=run.finished_at)
