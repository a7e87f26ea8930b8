"""Enrollments: a lead's way through one version of a sequence, the steps that it enters, and why it may not begin one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.refusals import Refusal, RefusalCode
from domain.status import LeadStatus


class EnrollmentState(StrEnum):
    """How an enrollment stands."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    COMPLETED = "COMPLETED"
    EXITED = "EXITED"


class ExitReason(StrEnum):
    """Why an enrollment ended before its sequence did."""

    UNENROLLED = "UNENROLLED"
    CONVERTED = "CONVERTED"
    LOST = "LOST"
    DISQUALIFIED = "DISQUALIFIED"
    REPLIED = "REPLIED"
    UNSUBSCRIBED = "UNSUBSCRIBED"
    STATUS_REACHED = "STATUS_REACHED"
    GRADE_REACHED = "GRADE_REACHED"
    LEAD_DELETED = "LEAD_DELETED"
    LEAD_MERGED = "LEAD_MERGED"


class StepOutcome(StrEnum):
    """What became of one step that an enrollment entered; every entered step has exactly one."""

    WAITING = "WAITING"
    DONE = "DONE"
    SKIPPED = "SKIPPED"
    FAILED = "FAILED"
    EXITED = "EXITED"


class RunningEnrollments(StrEnum):
    """What becomes of those who are on their way when a version is published."""

    PIN = "PIN"
    REMAP = "REMAP"
    RESTART = "RESTART"


LIVE = frozenset({EnrollmentState.ACTIVE, EnrollmentState.PAUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment:
    """A lead in a sequence. It stays on its version until somebody moves it; `step_key` is None once it has ended.

    `due_at` is when the step wants to be looked at next; None while nothing but an event moves it on. `trigger` names what enrolled it
    by itself, None for people and integrations. `paused_until` None, while paused, means until somebody resumes it.
    """

    id: UUID
    version: int
    lead_id: UUID
    sequence_id: UUID
    sequence_version_id: UUID
    state: EnrollmentState
    step_key: str | None
    step_entered_at: datetime | None
    due_at: datetime | None
    enrolled_at: datetime
    enrolled_by_kind: str
    enrolled_by_id: UUID | None
    trigger: str | None
    paused_at: datetime | None
    paused_until: datetime | None
    ended_at: datetime | None
    exit_reason: ExitReason | None
    updated_at: datetime

    @property
    def is_live(self) -> bool:
        """Tell whether it has not ended."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentStep:
    """One stay in one step. `left_at` is None exactly while the outcome is WAITING; a loop enters the same step several times."""

    id: UUID
    enrollment_id: UUID
    sequence_version_id: UUID
    step_key: str
    entered_at: datetime
    left_at: datetime | None
    outcome: StepOutcome


class EnrollmentChangeKind(StrEnum):
    """What was done to an enrollment."""

    ENROLLED = "ENROLLED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    MOVED = "MOVED"
    COMPLETED = "COMPLETED"
    EXITED = "EXITED"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentChange:
    """One entry of an enrollment's history, which is the lead's too."""

    id: UUID
    enrollment_id: UUID
    lead_id: UUID
    sequence_id: UUID
    kind: EnrollmentChangeKind
    at: datetime
    exit_reason: ExitReason | None
    reason: str | None
    actor_kind: str
    actor_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMove:
    """How many enrollments wait at one step of a version that is about to be followed by another, and whether the step stays."""

    sequence_version_id: UUID
    step_key: str
    enrollments: int
    stays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentMoves:
    """What a publication does, or would do, to the enrollments that are on their way.

    `moved` go over to the new version and `pinned` stay on theirs; of these, `without_step` stay because their step is gone.
    """

    running: int
    moved: int
    pinned: int
    without_step: int
    steps: tuple[StepMove, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentRun:
    """The moving of enrollments that were on their way when a version was published: it comes to each that is on an earlier version.

    `number` is the version's, by which the runs of a sequence follow each other. Of the `done` ones, `moved` went over to the version;
    the others stayed on theirs, or had ended. `position` is the last enrollment that it came to.
    """

    id: UUID
    sequence_id: UUID
    sequence_version_id: UUID
    number: int
    running_enrollments: RunningEnrollments
    total: int
    done: int
    moved: int
    position: UUID | None
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPerformance:
    """How often one step of a version was entered, and what became of it: the five outcomes always add up to `entered`."""

    step_key: str
    entered: int
    waiting: int
    done: int
    skipped: int
    failed: int
    exited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPerformance:
    """What became of the enrollments that were ever on one version; `moved` are those that are on another one by now.

    `enrolled` is the sum of `active`, `paused`, `completed`, `exited` and `moved`. `converted` are those whose lead is won now, and was
    won after it was enrolled.
    """

    sequence_version_id: UUID
    enrolled: int
    active: int
    paused: int
    completed: int
    exited: int
    moved: int
    converted: int
    steps: tuple[StepPerformance, ...]

    @property
    def finished(self) -> int:
        """Count those that ended on this version: what the completion rate is a share of."""
        return self.completed + self.exited


@dataclass(frozen=True, kw_only=True)
class AlreadyEnrolled(Refusal, code=RefusalCode.ALREADY_ENROLLED):
    """The lead is in this sequence; the enrollment that there is comes with the refusal."""

    enrollment_id: UUID


@dataclass(frozen=True, kw_only=True)
class LeadSuppressed(Refusal, code=RefusalCode.LEAD_SUPPRESSED):
    """Every channel that the sequence would use is closed for the lead."""

    channels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeadNotEnrollable(Refusal, code=RefusalCode.LEAD_NOT_ENROLLABLE):
    """The sequence does not take leads that stand where this one stands, or the lead meets an exit criterion already."""

    status: LeadStatus
    allowed: tuple[LeadStatus, ...]
    criterion: ExitReason | None = None


class CapKind(StrEnum):
    """Which bound on enrollments was reached."""

    AT_ONCE = "AT_ONCE"
    PER_DAY = "PER_DAY"
    PER_LEAD = "PER_LEAD"
    REENTRY = "REENTRY"


@dataclass(frozen=True, kw_only=True)
class EnrollmentsCapped(Refusal, code=RefusalCode.ENROLLMENTS_CAPPED):
    """A bound was reached. `current` is what stands against `limit`: enrollments, sequences of the lead, or days since its last end."""

    cap: CapKind
    limit: int
    current: int


@dataclass(frozen=True, kw_only=True)
class SequenceClosed(Refusal, code=RefusalCode.SEQUENCE_CLOSED):
    """The sequence is archived, or no version of it was ever published."""

    sequence_id: UUID
    archived: bool


@dataclass(frozen=True, kw_only=True)
class EnrollmentEnded(Refusal, code=RefusalCode.ENROLLMENT_ENDED):
    """The enrollment is not in a state in which this can be done to it."""

    enrollment_id: UUID
    state: EnrollmentState


def ended(enrollment: Enrollment, state: EnrollmentState, reason: ExitReason | None, at: datetime) -> Enrollment:
    """Return the enrollment as it is after its end."""
    return replace(
        enrollment,
        version=enrollment.version + 1,
        state=state,
        step_key=None,
        step_entered_at=None,
        due_at=None,
        paused_at=None,
        paused_until=None,
        ended_at=at,
        exit_reason=reason,
        updated_at=at,
    )
