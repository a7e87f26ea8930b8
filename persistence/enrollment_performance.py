"""What became of enrollments, counted per version and step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from asyncpg import Record
from sqlalchemy import ColumnElement, Select, Uuid, and_, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.access import LeadVisibility
from domain.enrollments import EnrollmentState, StepOutcome, StepPerformance, VersionPerformance
from domain.sequences import SequenceVersion
from domain.status import LeadStatus
from persistence.database import Reading, Scope
from persistence.lead_conditions import visible
from persistence.sequences import sequence_version_by_id
from persistence.statements import Constant, Prepared
from persistence.tables import enrollment_steps, enrollments, leads, sequence_versions, sequences

MOST_VERSIONS = 20

_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
_ITS_LEAD = and_(leads.c.workspace_id == enrollments.c.workspace_id, leads.c.id == enrollments.c.lead_id)
_ITS_ENROLLMENT = and_(enrollments.c.workspace_id == enrollment_steps.c.workspace_id, enrollments.c.id == enrollment_steps.c.enrollment_id)


def _seen(visibility: LeadVisibility | None) -> ColumnElement[bool]:
    """Keep what is about leads that the viewer may see, deleted ones too: what was sent to them was sent."""
    return visible(Scope(UUID(int=0), visibility))


def _steps(visibility: LeadVisibility | None) -> Select[Any]:
    outcomes = [func.count().filter(enrollment_steps.c.outcome == outcome.value).label(outcome.lower()) for outcome in StepOutcome]
    counted = (
        select(
            enrollment_steps.c.sequence_version_id.label("version_id"),
            enrollment_steps.c.step_key,
            func.count().label("entered"),
            *outcomes,
        )
        .where(enrollment_steps.c.workspace_id == bindparam("workspace_id"), enrollment_steps.c.sequence_version_id == _ids)
        .group_by(enrollment_steps.c.sequence_version_id, enrollment_steps.c.step_key)
    )
    if visibility is None:
        return counted
    return counted.join(enrollments, _ITS_ENROLLMENT).join(leads, _ITS_LEAD).where(_seen(visibility))


def _enrollments(visibility: LeadVisibility | None) -> Select[Any]:
    # Whoever was on a version entered a step of it, be it only for an instant.
    was_there = (
        select(enrollment_steps.c.sequence_version_id.label("version_id"), enrollment_steps.c.enrollment_id)
        .distinct()
        .where(enrollment_steps.c.workspace_id == bindparam("workspace_id"), enrollment_steps.c.sequence_version_id == _ids)
        .subquery("was_there")
    )
    still = enrollments.c.sequence_version_id == was_there.c.version_id
    states = [func.count().filter(still, enrollments.c.state == state.value).label(state.lower()) for state in EnrollmentState]
    won = and_(still, leads.c.status == LeadStatus.CLOSED_WON.value, leads.c.closed_at >= enrollments.c.enrolled_at)
    return (
        select(
            was_there.c.version_id,
            func.count().label("enrolled"),
            *states,
            func.count().filter(~still).label("moved"),
            func.count().filter(won).label("converted"),
        )
        .select_from(was_there.join(enrollments, enrollments.c.id == was_there.c.enrollment_id).join(leads, _ITS_LEAD))
        .where(enrollments.c.workspace_id == bindparam("workspace_id"), _seen(visibility))
        .group_by(was_there.c.version_id)
    )


_STEPS, _ENROLLMENTS = Prepared(_steps), Prepared(_enrollments)


async def performance_by_version(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, VersionPerformance]:
    """Count what became of the enrollments that were ever on each version, as far as the viewer may see the leads."""
    return await _performance(db, await sequence_version_by_id(db, ids))


_LATEST = Constant(
    select(sequence_versions.c.sequence_id, sequence_versions.c.id)
    .join(
        sequences,
        and_(sequences.c.workspace_id == sequence_versions.c.workspace_id, sequences.c.id == sequence_versions.c.sequence_id),
    )
    .where(
        sequence_versions.c.workspace_id == bindparam("workspace_id"),
        sequence_versions.c.sequence_id == _ids,
        sequence_versions.c.number > sequences.c.published_version - MOST_VERSIONS,
    )
    .order_by(sequence_versions.c.number.desc())
)


async def performance_by_sequence(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[VersionPerformance]]:
    """Count the same for the latest versions of each sequence, the latest first."""
    rows = await db.fetch(_LATEST, ids=list(ids))
    found = await performance_by_version(db, [row["id"] for row in rows])
    grouped: dict[UUID, list[VersionPerformance]] = {}
    for row in rows:
        grouped.setdefault(row["sequence_id"], []).append(found[row["id"]])
    return grouped


async def _performance(db: Reading, versions: Mapping[UUID, SequenceVersion]) -> Mapping[UUID, VersionPerformance]:
    ids, visibility = list(versions), db.scope.visibility
    steps = {(row["version_id"], row["step_key"]): row for row in await db.fetch(_STEPS(visibility), ids=ids)}
    totals = {row["version_id"]: row for row in await db.fetch(_ENROLLMENTS(visibility), ids=ids)}
    return {id: _of_version(version, totals.get(id), steps) for id, version in versions.items()}


def _of_version(version: SequenceVersion, totals: Record | None, steps: Mapping[tuple[UUID, str], Record]) -> VersionPerformance:
    names = ("enrolled", "active", "paused", "completed", "exited", "moved", "converted")
    return VersionPerformance(
        sequence_version_id=version.id,
        **{name: totals[name] if totals is not None else 0 for name in names},
        steps=tuple(_of_step(step.key, steps.get((version.id, step.key))) for step in version.steps),
    )


def _of_step(key: str, row: Record | None) -> StepPerformance:
    names = ("entered", *(outcome.lower() for outcome in StepOutcome))
    return StepPerformance(step_key=key, **{name: row[name] if row is not None else 0 for name in names})
