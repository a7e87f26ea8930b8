"""Enrollments, their steps and their history: reads for many at once, and the statements that write them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Text,
    Uuid,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    not_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from domain.enrollments import LIVE, Enrollment, EnrollmentChange, EnrollmentState, EnrollmentStep, StepOutcome
from domain.filters import LeadFilter, LeadPlace
from domain.sequences import Sequence as Sequence_
from persistence.database import Reading, Scope, Writing
from persistence.lead_conditions import visible_lead
from persistence.lead_lists import leads_meant
from persistence.lookups import by_id_of_leads
from persistence.paging import Listing, Ordering, Where, no_filter
from persistence.rows import columns_of, mapper
from persistence.statements import Constant, Keyed
from persistence.tables import enrollment_changes, enrollment_steps, enrollments, leads, sequences
from persistence.writes import adding, locking, saving

StatesFilter = tuple[str, ...] | None

enrollment_by_id = by_id_of_leads(enrollments, Enrollment)
enrollment_change_by_id = by_id_of_leads(enrollment_changes, EnrollmentChange)

_to_enrollment = mapper(Enrollment)
_columns = [enrollments.c[name] for name in columns_of(Enrollment)]
_mine = enrollments.c.workspace_id == bindparam("workspace_id")


def in_states(states: Collection[EnrollmentState]) -> ColumnElement[bool]:
    """Build the condition that an enrollment is in one of these states."""
    # Written out, so that the indexes over live enrollments serve.
    return enrollments.c.state.in_([literal_column(f"'{state}'") for state in EnrollmentState if state in states])


_live = in_states(LIVE)


def _in_states(states: StatesFilter, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    if states is None:
        return ()
    return [enrollments.c.state == any_(bindparam(None, list(states), type_=ARRAY(Text), unique=True))]


def _in_states_and_seen(states: StatesFilter, scope: Scope) -> Sequence[ColumnElement[bool]]:
    return [*_in_states(states, scope), visible_lead(enrollments.c.lead_id, enrollments.c.workspace_id, scope)]


def _list(parent: ColumnElement[Any], where: Any) -> Listing[Enrollment, StatesFilter]:
    return Listing(
        build=_to_enrollment,
        columns=_columns,
        source=enrollments,
        workspace=enrollments.c.workspace_id,
        id=enrollments.c.id,
        orderings={"ENROLLED_AT": Ordering(enrollments.c.enrolled_at, datetime)},
        where=where,
        parent=parent,
    )


enrollments_by_lead = _list(enrollments.c.lead_id, _in_states)
enrollments_by_sequence = _list(enrollments.c.sequence_id, _in_states_and_seen)
enrollments_by_version = _list(enrollments.c.sequence_version_id, _in_states_and_seen)

steps_by_enrollment: Listing[EnrollmentStep, Any] = Listing(
    build=mapper(EnrollmentStep),
    columns=[enrollment_steps.c[name] for name in columns_of(EnrollmentStep)],
    source=enrollment_steps,
    workspace=enrollment_steps.c.workspace_id,
    id=enrollment_steps.c.id,
    orderings={"ENTERED_AT": Ordering(enrollment_steps.c.entered_at, datetime)},
    parent=enrollment_steps.c.enrollment_id,
)


def _changes(parent: ColumnElement[Any], where: Where[Any] = no_filter) -> Listing[EnrollmentChange, Any]:
    return Listing(
        build=mapper(EnrollmentChange),
        columns=[enrollment_changes.c[name] for name in columns_of(EnrollmentChange)],
        source=enrollment_changes,
        workspace=enrollment_changes.c.workspace_id,
        id=enrollment_changes.c.id,
        orderings={"AT": Ordering(enrollment_changes.c.at, datetime)},
        where=where,
        parent=parent,
    )


changes_by_enrollment = _changes(enrollment_changes.c.enrollment_id)
changes_by_sequence = _changes(
    enrollment_changes.c.sequence_id,
    lambda _filter, scope: [visible_lead(enrollment_changes.c.lead_id, enrollment_changes.c.workspace_id, scope)],
)

# Whoever locks an enrollment holds its lead already.
enrollment_for_update = locking(enrollments, Enrollment)
add_enrollments = adding(enrollments, Enrollment)
save_enrollments = saving(enrollments, Enrollment)
add_enrollment_steps = adding(enrollment_steps, EnrollmentStep)

_lead_ids = any_(bindparam("lead_ids", type_=ARRAY(Uuid)))
_LIVE_OF_LEADS = Keyed(
    lambda meant: select(*_columns).where(_mine, _live, meant(enrollments.c.lead_id)).order_by(enrollments.c.id).with_for_update()
)


async def live_enrollments_by_lead(tx: Writing, lead_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Enrollment]]:
    """Read and lock what leads are enrolled in; the leads must be locked."""
    grouped: dict[UUID, list[Enrollment]] = {}
    statement, keys = _LIVE_OF_LEADS.of(lead_ids)
    for row in await tx.fetch(statement, **keys):
        grouped.setdefault(row["lead_id"], []).append(_to_enrollment(row))
    return grouped


def _in_sequence(states: Collection[EnrollmentState]) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            enrollments.c.workspace_id == leads.c.workspace_id,
            enrollments.c.lead_id == leads.c.id,
            enrollments.c.sequence_id == bindparam("sequence_id", type_=Uuid()),
            in_states(states),
        )
        .correlate(leads)
    )


async def leads_outside(
    db: Reading, sequence_id: UUID, filter: LeadFilter, at_most: int, after: LeadPlace | None
) -> tuple[Sequence[LeadPlace], int]:
    """Find the leads that a filter means and that are not in a sequence, after a place, the oldest first; and how many there are."""
    return await leads_meant(db, filter, not_(_in_sequence(LIVE)), at_most, after, sequence_id=sequence_id)


async def leads_inside(
    db: Reading, sequence_id: UUID, states: Collection[EnrollmentState], filter: LeadFilter, at_most: int, after: LeadPlace | None
) -> tuple[Sequence[LeadPlace], int]:
    """Find the leads that a filter means and that are in a sequence in one of these states, as `leads_outside` does."""
    return await leads_meant(db, filter, _in_sequence(states), at_most, after, sequence_id=sequence_id)


_WAITING_AT = Constant(
    select(enrollments.c.sequence_id, enrollments.c.sequence_version_id, enrollments.c.step_key, func.count().label("count"))
    .where(_mine, _live, enrollments.c.sequence_id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .group_by(enrollments.c.sequence_id, enrollments.c.sequence_version_id, enrollments.c.step_key)
    .order_by(enrollments.c.sequence_id, enrollments.c.sequence_version_id, enrollments.c.step_key)
)


async def running_by_step(db: Reading, sequence_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[tuple[UUID, str], int]]:
    """Count sequences' enrollments that have not ended, by version and step, whoever may see the leads."""
    grouped: dict[UUID, dict[tuple[UUID, str], int]] = {}
    for row in await db.fetch(_WAITING_AT, ids=list(sequence_ids)):
        grouped.setdefault(row["sequence_id"], {})[row["sequence_version_id"], row["step_key"]] = row["count"]
    return grouped


_OPEN_SEQUENCES = Constant(
    select(*(sequences.c[name] for name in columns_of(Sequence_)))
    .where(sequences.c.workspace_id == bindparam("workspace_id"), sequences.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .order_by(sequences.c.id)
    .with_for_update(read=True)
)
_to_sequence = mapper(Sequence_)


async def sequences_for_share(tx: Writing, ids: Collection[UUID]) -> Mapping[UUID, Sequence_]:
    """Read sequences and keep others from publishing or archiving them until the transaction ends; others may enroll meanwhile."""
    return {row["id"]: _to_sequence(row) for row in await tx.fetch(_OPEN_SEQUENCES, ids=list(ids))}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a lead had to do with a sequence before."""

    live_id: UUID | None
    last_ended_at: datetime | None


_EARLIER = Constant(
    select(
        enrollments.c.lead_id,
        enrollments.c.sequence_id,
        # There is one at most; an id has no maximum before PostgreSQL 18.
        func.array_agg(enrollments.c.id).filter(_live).label("live_ids"),
        func.max(enrollments.c.ended_at).label("last_ended_at"),
    )
    .where(_mine, enrollments.c.lead_id == _lead_ids, enrollments.c.sequence_id == any_(bindparam("sequence_ids", type_=ARRAY(Uuid))))
    .group_by(enrollments.c.lead_id, enrollments.c.sequence_id)
)


async def earlier_enrollments(db: Reading, lead_ids: Sequence[UUID], sequence_ids: Sequence[UUID]) -> Mapping[tuple[UUID, UUID], Earlier]:
    """Read, by (lead, sequence), whether leads are in sequences, and when they last left them."""
    rows = await db.fetch(_EARLIER, lead_ids=list(lead_ids), sequence_ids=list(sequence_ids))
    return {(row["lead_id"], row["sequence_id"]): Earlier(next(iter(row["live_ids"] or ()), None), row["last_ended_at"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Fullness:
    """How many a sequence holds, and how many it took since an instant."""

    live: int = 0
    taken: int = 0


_FULLNESS = Constant(
    select(
        enrollments.c.sequence_id,
        func.count().filter(_live).label("live"),
        func.count().filter(enrollments.c.enrolled_at >= bindparam("since", type_=DateTime(timezone=True))).label("taken"),
    )
    .where(
        _mine,
        enrollments.c.sequence_id == any_(bindparam("sequence_ids", type_=ARRAY(Uuid))),
        _live | (enrollments.c.enrolled_at >= bindparam("since", type_=DateTime(timezone=True))),
    )
    .group_by(enrollments.c.sequence_id)
)


async def fullness_by_sequence(db: Reading, sequence_ids: Sequence[UUID], since: datetime) -> Mapping[UUID, Fullness]:
    """Count what sequences hold, and what they took since an instant; one that holds nothing is not in the answer."""
    rows = await db.fetch(_FULLNESS, sequence_ids=list(sequence_ids), since=since)
    return {row["sequence_id"]: Fullness(row["live"], row["taken"]) for row in rows}


@dataclass(frozen=True, slots=True)
class LeftStep:
    """What became of the step at which an enrollment waited."""

    enrollment_id: UUID
    outcome: StepOutcome
    at: datetime


_LEAVE = Constant(
    update(enrollment_steps)
    .where(
        enrollment_steps.c.workspace_id == bindparam("workspace_id"),
        enrollment_steps.c.enrollment_id == bindparam("waiting_id", type_=Uuid()),
        enrollment_steps.c.left_at.is_(None),
    )
    .values(outcome=bindparam("became", type_=Text()), left_at=bindparam("at", type_=DateTime(timezone=True)))
)


async def leave_steps(tx: Writing, left: Sequence[LeftStep]) -> None:
    """Close the steps at which enrollments wait."""
    await tx.execute_many(_LEAVE, [{"waiting_id": each.enrollment_id, "became": each.outcome.value, "at": each.at} for each in left])
