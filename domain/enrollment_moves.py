"""What a publication would do to the enrollments that are on their way, counted step by step."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.enrollments import EnrollmentMoves, RunningEnrollments, StepMove
from domain.sequences import SequencePlan, SequenceVersion


def step_stays(before: SequencePlan, after: SequencePlan, key: str) -> bool:
    """Tell whether a step is still there, under its key and doing the same kind of thing."""
    old, new = before.step_by_key.get(key), after.step_by_key.get(key)
    return old is not None and new is not None and old.kind is new.kind


def counted_moves(
    running: Mapping[tuple[UUID, str], int], versions: Mapping[UUID, SequenceVersion], plan: SequencePlan, how: RunningEnrollments
) -> EnrollmentMoves:
    """Count, of enrollments by version and step, how many move to a plan, and how many stay where they are and why."""
    steps = tuple(
        StepMove(sequence_version_id=version_id, step_key=key, enrollments=count, stays=step_stays(versions[version_id].plan, plan, key))
        for (version_id, key), count in running.items()
    )
    total = sum(step.enrollments for step in steps)
    gone = sum(step.enrollments for step in steps if not step.stays)
    match how:
        case RunningEnrollments.PIN:
            return EnrollmentMoves(running=total, moved=0, pinned=total, without_step=0, steps=steps)
        case RunningEnrollments.REMAP:
            return EnrollmentMoves(running=total, moved=total - gone, pinned=gone, without_step=gone, steps=steps)
        case RunningEnrollments.RESTART:
            return EnrollmentMoves(running=total, moved=total, pinned=0, without_step=0, steps=steps)
