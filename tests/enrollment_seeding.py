"""Fills a workspace with sequences and enrollments: everybody is in the first sequence, and the first lead was in all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from uuid_utils.compat import uuid7

from domain.enrollments import (
    Enrollment,
    EnrollmentChange,
    EnrollmentChangeKind,
    EnrollmentRun,
    EnrollmentState,
    EnrollmentStep,
    ExitReason,
    RunningEnrollments,
    StepOutcome,
)
from domain.leads import Lead
from domain.sequence_steps import ExitStep, WaitStep
from domain.sequences import Sequence as Sequence_
from domain.sequences import SequencePlan, SequenceType, SequenceVersion
from persistence.database import Writing
from persistence.enrollment_runs import add_enrollment_runs
from persistence.enrollments import add_enrollment_steps, add_enrollments
from persistence.histories import add_entries
from persistence.sequences import add_sequence_versions, add_sequences
from tests.worlds import World

_PLAN = SequencePlan(steps=(WaitStep(key="wait", minutes=1440, next="end"), ExitStep(key="end", reason=None)))


async def seed_enrollments(tx: Writing, world: World, leads: Sequence[Lead], rows: int) -> Mapping[str, Sequence[Any]]:
    """Put enrollments into the world; answer things by the names that operations know them by.

    `sequence` holds everybody and has a draft, `emptySequence` nobody; `enrollment` is under way and has long lists, `pausedEnrollment`
    is paused. Leads must count one live enrollment.
    """
    sequences = [_sequence(world, number) for number in range(rows)]
    empty = _sequence(world, rows)
    versions = {sequence.id: _version(world, sequence) for sequence in (*sequences, empty)}
    live = [_enrollment(world, lead, versions[sequences[0].id], paused=number == 1) for number, lead in enumerate(leads)]
    past = [_ended(world, leads[0], versions[sequence.id]) for sequence in sequences[1:]]
    steps = [_step(world, enrollment) for enrollment in live]
    steps += [_step(world, live[0], number) for number in range(1, rows)]
    await add_sequences(tx, [*sequences, empty])
    await add_sequence_versions(tx, list(versions.values()))
    await add_enrollments(tx, [*live, *past])
    await add_enrollment_runs(tx, [_run(world, version) for version in versions.values()])
    await add_enrollment_steps(tx, steps)
    await add_entries(tx, [*(_change(world, each) for each in live), *(_change(world, live[0], number) for number in range(1, rows))])
    return {"sequence": sequences, "emptySequence": [empty], "enrollment": live, "pausedEnrollment": live[1:]}


def _sequence(world: World, number: int) -> Sequence_:
    return Sequence_(
        id=uuid7(),
        version=1,
        name=f"Sequence {number}",
        type=SequenceType.INTEREST,
        description=None,
        draft=_PLAN if number == 0 else None,
        published_version=1,
        archived_at=None,
        created_at=world.at,
        updated_at=world.at,
    )


def _version(world: World, sequence: Sequence_) -> SequenceVersion:
    return SequenceVersion(
        id=uuid7(),
        sequence_id=sequence.id,
        number=1,
        plan=_PLAN,
        published_at=world.at,
        published_by_kind="AGENT",
        published_by_id=world.ada.id,
    )


def _run(world: World, version: SequenceVersion) -> EnrollmentRun:
    return EnrollmentRun(
        id=uuid7(),
        sequence_id=version.sequence_id,
        sequence_version_id=version.id,
        number=version.number,
        running_enrollments=RunningEnrollments.REMAP,
        total=0,
        done=0,
        moved=0,
        position=None,
        started_at=world.at,
        finished_at=world.at,
    )


def _enrollment(world: World, lead: Lead, version: SequenceVersion, *, paused: bool) -> Enrollment:
    return Enrollment(
        id=uuid7(),
        version=1,
        lead_id=lead.id,
        sequence_id=version.sequence_id,
        sequence_version_id=version.id,
        state=EnrollmentState.PAUSED if paused else EnrollmentState.ACTIVE,
        step_key="wait",
        step_entered_at=world.at,
        due_at=world.at + timedelta(days=1),
        enrolled_at=world.at,
        enrolled_by_kind="AGENT",
        enrolled_by_id=world.ada.id,
        trigger=None,
        paused_at=world.at if paused else None,
        paused_until=None,
        ended_at=None,
        exit_reason=None,
        updated_at=world.at,
    )


def _ended(world: World, lead: Lead, version: SequenceVersion) -> Enrollment:
    return Enrollment(
        id=uuid7(),
        version=2,
        lead_id=lead.id,
        sequence_id=version.sequence_id,
        sequence_version_id=version.id,
        state=EnrollmentState.EXITED,
        step_key=None,
        step_entered_at=None,
        due_at=None,
        enrolled_at=world.at - timedelta(days=9),
        enrolled_by_kind="AGENT",
        enrolled_by_id=world.ada.id,
        trigger=None,
        paused_at=None,
        paused_until=None,
        ended_at=world.at,
        exit_reason=ExitReason.UNENROLLED,
        updated_at=world.at,
    )


def _step(world: World, enrollment: Enrollment, days_ago: int = 0) -> EnrollmentStep:
    return EnrollmentStep(
        id=uuid7(),
        enrollment_id=enrollment.id,
        sequence_version_id=enrollment.sequence_version_id,
        step_key="wait",
        entered_at=world.at - timedelta(days=days_ago),
        left_at=world.at if days_ago else None,
        outcome=StepOutcome.DONE if days_ago else StepOutcome.WAITING,
    )


def _change(world: World, enrollment: Enrollment, days_ago: int = 0) -> EnrollmentChange:
    return EnrollmentChange(
        id=uuid7(),
        enrollment_id=enrollment.id,
        lead_id=enrollment.lead_id,
        sequence_id=enrollment.sequence_id,
        kind=EnrollmentChangeKind.ENROLLED,
        at=world.at - timedelta(days=days_ago),
        exit_reason=None,
        reason=None,
        actor_kind="AGENT",
        actor_id=world.ada.id,
    )
