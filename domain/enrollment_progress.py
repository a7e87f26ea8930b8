"""How an enrollment goes on from step to step: pure decisions about one lead at one instant (rules §6)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.enrollment_moves import step_stays
from domain.enrollments import Enrollment, EnrollmentState, StepOutcome, ended
from domain.lead_conditions import holds
from domain.leads import Lead
from domain.local_times import next_local_time
from domain.sequence_steps import (
    BranchStep,
    ExitStep,
    GoalStep,
    SplitArm,
    SplitStep,
    Step,
    WaitForEventStep,
    WaitStep,
    WaitUntilStep,
)
from domain.sequences import SequenceVersion

# "Until nine" means a nine that is still to come: a loop that comes back at nine sharp waits for the next one.
_INSTANT = timedelta(microseconds=1)


class StepResult(StrEnum):
    """How a step that was waited at ended."""

    DONE = "DONE"
    SKIPPED = "SKIPPED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"


# A step that ran out of time did what it was for: it took its other way out.
_OUTCOMES = {
    StepResult.DONE: StepOutcome.DONE,
    StepResult.SKIPPED: StepOutcome.SKIPPED,
    StepResult.FAILED: StepOutcome.FAILED,
    StepResult.TIMED_OUT: StepOutcome.DONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """What steps look at: the lead, the names of its tags, and the zone by which it is treated."""

    lead: Lead
    tags: Collection[str]
    place: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One step that was entered on the way; `left_at` is None for the one where the enrollment now waits."""

    step_key: str
    entered_at: datetime
    left_at: datetime | None
    outcome: StepOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An enrollment as it shall be, what became of the step that it was at, and the steps that it entered since."""

    enrollment: Enrollment
    left: StepOutcome | None
    passages: tuple[Passage, ...]


class NotAtAStep(ValueError):
    """The enrollment is not active, or not on this version: there is nothing to go on from."""


def begin(version: SequenceVersion, enrollment: Enrollment, facts: StepFacts, at: datetime) -> Progress:
    """Enter the version's first step, and all that take no time after it."""
    return _enter(version, enrollment, version.steps[0].key if version.steps else None, facts, at, left=None)


def advance(version: SequenceVersion, enrollment: Enrollment, result: StepResult, facts: StepFacts, at: datetime) -> Progress:
    """Leave the step that the enrollment waits at, and go on to the next one that takes time, or to the end.

    A step that was skipped or failed goes on like one that was done: one bounced message does not hold a lead for ever. Raises NotAtAStep.
    """
    current = None if enrollment.step_key is None else version.plan.step_by_key.get(enrollment.step_key)
    if enrollment.state is not EnrollmentState.ACTIVE or enrollment.sequence_version_id != version.id or current is None:
        raise NotAtAStep(enrollment.step_key)
    return _enter(version, enrollment, _way_on(current, result), facts, at, left=_OUTCOMES[result])


def paused(enrollment: Enrollment, until: datetime | None, at: datetime) -> Enrollment:
    """Stop where it is; pausing again moves the end of the pause only."""
    since = enrollment.paused_at if enrollment.state is EnrollmentState.PAUSED else at
    return replace(
        enrollment,
        version=enrollment.version + 1,
        state=EnrollmentState.PAUSED,
        paused_at=since,
        paused_until=until,
        updated_at=at,
    )


def resumed(version: SequenceVersion, enrollment: Enrollment, facts: StepFacts, at: datetime) -> Enrollment:
    """Go on after a pause: what was left of a wait is still to be waited for, and a time on the clock that passed is the next such time."""
    due_at, step = enrollment.due_at, version.plan.step_by_key.get(enrollment.step_key or "")
    if due_at is not None and isinstance(step, WaitUntilStep):
        due_at = due_at if due_at > at else _due(step, facts, at)
    elif due_at is not None and isinstance(step, WaitStep | WaitForEventStep) and enrollment.paused_at is not None:
        due_at += at - enrollment.paused_at
    return replace(
        enrollment,
        version=enrollment.version + 1,
        state=EnrollmentState.ACTIVE,
        due_at=due_at,
        paused_at=None,
        paused_until=None,
        updated_at=at,
    )


def remapped(old: SequenceVersion, new: SequenceVersion, enrollment: Enrollment, facts: StepFacts, at: datetime) -> Progress | None:
    """Go over to another version at the step of the same key; None when it has no such step, or one that does something else.

    A wait counts from when the step was entered, not from the change; a pause stays a pause.
    """
    key = enrollment.step_key
    if key is None or enrollment.step_entered_at is None or not step_stays(old.plan, new.plan, key):
        return None
    before, step = old.plan.step_by_key[key], new.plan.step_by_key[key]
    due_at = enrollment.due_at if step == before else max(_due(step, facts, enrollment.step_entered_at), at)
    moved = replace(enrollment, version=enrollment.version + 1, sequence_version_id=new.id, due_at=due_at, updated_at=at)
    waiting = Passage(step_key=step.key, entered_at=at, left_at=None, outcome=StepOutcome.WAITING)
    return Progress(enrollment=moved, left=StepOutcome.EXITED, passages=(waiting,))


def restarted(new: SequenceVersion, enrollment: Enrollment, facts: StepFacts, at: datetime) -> Progress:
    """Begin again at another version's first step. What was paused goes on, unless the pause is younger than the publication."""
    moved = replace(enrollment, sequence_version_id=new.id)
    if enrollment.paused_at is not None and enrollment.paused_at > new.published_at:
        # The first step is waited for from its beginning: nothing of it has passed before the pause.
        moved = replace(moved, paused_at=at)
    else:
        moved = replace(moved, state=EnrollmentState.ACTIVE, paused_at=None, paused_until=None)
    return _enter(new, moved, new.steps[0].key if new.steps else None, facts, at, left=StepOutcome.EXITED)


def chosen_arm(step: SplitStep, sequence_id: UUID, lead_id: UUID) -> SplitArm:
    """Choose a lead's way at a split: by a hash of sequence, step and lead, so that it is the same in every version."""
    digest = hashlib.sha256(sequence_id.bytes + step.key.encode() + b"\0" + lead_id.bytes).digest()
    place = int.from_bytes(digest[:8]) % sum(arm.weight for arm in step.arms)
    for arm in step.arms:
        if place < arm.weight:
            return arm
        place -= arm.weight
    raise AssertionError("unreachable")


def _enter(
    version: SequenceVersion, enrollment: Enrollment, key: str | None, facts: StepFacts, at: datetime, *, left: StepOutcome | None
) -> Progress:
    """Walk through the steps that take no time, and stop at the first that does."""
    steps, passages = version.plan.step_by_key, list[Passage]()
    while key is not None:
        if len(passages) > len(steps):
            raise ValueError("a cycle without a wait, which no published version has")
        step = steps[key]
        if not isinstance(step, BranchStep | SplitStep | GoalStep | ExitStep):
            passages.append(Passage(step_key=key, entered_at=at, left_at=None, outcome=StepOutcome.WAITING))
            waiting = replace(
                enrollment,
                version=enrollment.version + 1,
                step_key=key,
                step_entered_at=at,
                due_at=_due(step, facts, at),
                updated_at=at,
            )
            return Progress(enrollment=waiting, left=left, passages=tuple(passages))
        passages.append(Passage(step_key=key, entered_at=at, left_at=at, outcome=StepOutcome.DONE))
        key = _way_through(step, enrollment.sequence_id, facts)
    done = ended(enrollment, EnrollmentState.COMPLETED, None, at)
    return Progress(enrollment=done, left=left, passages=tuple(passages))


def _way_on(step: Step, result: StepResult) -> str | None:
    match step:
        case WaitForEventStep():
            return step.next if result is StepResult.DONE else step.timeout_next
        case BranchStep() | SplitStep() | ExitStep():
            raise NotAtAStep(step.key)
        case _:
            return step.next


def _way_through(step: BranchStep | SplitStep | GoalStep | ExitStep, sequence_id: UUID, facts: StepFacts) -> str | None:
    match step:
        case BranchStep():
            cases = (case.next for case in step.cases if holds(case.condition, facts.lead, facts.tags))
            return next(cases, step.otherwise)
        case SplitStep():
            return chosen_arm(step, sequence_id, facts.lead.id).next
        case GoalStep():
            return step.next
        case ExitStep():
            return None


def _due(step: Step, facts: StepFacts, at: datetime) -> datetime:
    """Tell when a step that was entered at an instant wants to be looked at: waits when they are over, everything else at once."""
    match step:
        case WaitStep():
            return at + timedelta(minutes=step.minutes)
        case WaitForEventStep():
            return at + timedelta(minutes=step.timeout_minutes)
        case WaitUntilStep():
            return next_local_time(at + _INSTANT, step.local_time, {day.number for day in step.weekdays}, facts.place)
        case _:
            return at
