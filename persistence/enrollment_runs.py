"""The runs that move enrollments to published versions, and the enrollments that they go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Integer, Uuid, and_, any_, bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on

from domain.enrollments import LIVE, EnrollmentRun
from persistence.database import Reading, Writing
from persistence.enrollments import in_states
from persistence.lookups import by_id
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import enrollment_runs, enrollments, sequence_versions
from persistence.tables.columns import INSTANT
from persistence.writes import adding

enrollment_run_by_id = by_id(enrollment_runs, EnrollmentRun)
add_enrollment_runs = adding(enrollment_runs, EnrollmentRun)

_to_run = mapper(EnrollmentRun)
_runs = enrollment_runs.c
_mine = _runs.workspace_id == bindparam("workspace_id")
_is_open = _runs.finished_at.is_(None)
_earlier = enrollment_runs.alias("earlier")
# What an earlier publication has still to move moves to that version first: as if each publication had moved all at once.
_is_next = ~exists().where(
    _earlier.c.workspace_id == _runs.workspace_id,
    _earlier.c.sequence_id == _runs.sequence_id,
    _earlier.c.finished_at.is_(None),
    _earlier.c.number < _runs.number,
).correlate(enrollment_runs)
_select = select(*(_runs[name] for name in columns_of(EnrollmentRun))).where(_mine)
_OF_VERSIONS = Constant(_select.where(_runs.sequence_version_id == any_(bindparam("ids", type_=ARRAY(Uuid)))))
_LAST = Constant(
    _select.where(_runs.sequence_id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .ext(distinct_on(_runs.sequence_id))
    .order_by(_runs.sequence_id, _runs.number.desc())
)
_IS_OPEN = Constant(select(exists().where(_mine, _is_open)))
# Another process at work on it is no reason to wait.
_LOCK_NEXT = Constant(
    _select.where(_is_open, _is_next).order_by(_runs.started_at, _runs.id).limit(1).with_for_update(skip_locked=True, of=enrollment_runs)
)
_ADVANCE = Constant(
    update(enrollment_runs)
    .where(_mine, _runs.id == bindparam("run_id"))
    .values(
        done=bindparam("so_many", type_=Integer()),
        moved=bindparam("of_these", type_=Integer()),
        position=bindparam("up_to", type_=Uuid()),
        finished_at=bindparam("ended_at", type_=INSTANT),
    )
)
_version = and_(sequence_versions.c.workspace_id == enrollments.c.workspace_id, sequence_versions.c.id == enrollments.c.sequence_version_id)
_NEXT = Constant(
    select(enrollments.c.id, enrollments.c.lead_id)
    .join(sequence_versions, _version)
    .where(
        enrollments.c.workspace_id == bindparam("workspace_id"),
        enrollments.c.sequence_id == bindparam("sequence_id", type_=Uuid()),
        in_states(LIVE),
        enrollments.c.id > bindparam("position", type_=Uuid()),
        # Who was enrolled since is on a later version already.
        sequence_versions.c.number < bindparam("number", type_=Integer()),
    )
    .order_by(enrollments.c.id)
    .limit(bindparam("limit"))
)
_BEFORE_ALL = UUID(int=0)


async def enrollment_run_by_version(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, EnrollmentRun]:
    """Read the run of each version whose publication moved somebody."""
    return {row["sequence_version_id"]: _to_run(row) for row in await db.fetch(_OF_VERSIONS, ids=list(ids))}


async def last_enrollment_run_by_sequence(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, EnrollmentRun]:
    """Read the latest run of each sequence."""
    return {row["sequence_id"]: _to_run(row) for row in await db.fetch(_LAST, ids=list(ids))}


async def is_enrollment_run_open(db: Reading) -> bool:
    """Tell whether there is a run that is not finished."""
    return await db.fetch_value(_IS_OPEN)


async def lock_next_enrollment_run(tx: Writing) -> EnrollmentRun | None:
    """Lock the oldest run that is not finished and that no other of its sequence comes before; None: others work on what there is."""
    row = await tx.fetch_one(_LOCK_NEXT)
    return None if row is None else _to_run(row)


async def next_enrollments(tx: Writing, run: EnrollmentRun, limit: int) -> Mapping[UUID, UUID]:
    """Name the enrollments that a run comes to next, in its order, with their leads."""
    rows = await tx.fetch(_NEXT, sequence_id=run.sequence_id, position=run.position or _BEFORE_ALL, number=run.number, limit=limit)
    return {row["id"]: row["lead_id"] for row in rows}


async def advance_enrollment_run(tx: Writing, run: EnrollmentRun) -> None:
    """Write how far a run is; it must be locked."""
    await tx.execute(_ADVANCE, run_id=run.id, so_many=run.done, of_these=run.moved, up_to=run.position, ended_at=run.finished_at)
