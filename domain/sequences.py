"""Sequences: what nurtures leads over days and weeks, as drafts and immutable versions (rules §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias, TypedDict
from uuid import UUID

from domain.activities import ActivityType
from domain.leads import LeadSource
from domain.scoring import Grade
from domain.sequence_steps import Step
from domain.status import LeadStatus

MAX_STEPS = 200


class SequenceType(StrEnum):
    """Where on its way to buying, and after, a lead is for whom a sequence is meant."""

    AWARENESS = "AWARENESS"
    INTEREST = "INTEREST"
    CONSIDERATION = "CONSIDERATION"
    EVALUATION = "EVALUATION"
    DECISION = "DECISION"
    RETENTION = "RETENTION"


class TriggerKind(StrEnum):
    """What enrolls leads by itself."""

    ACTIVITY = "ACTIVITY"
    STATUS = "STATUS"
    SCORE = "SCORE"
    GRADE = "GRADE"
    SOURCE = "SOURCE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTrigger:
    """Enroll when an activity of one of these types is recorded."""

    kind: Literal[TriggerKind.ACTIVITY] = TriggerKind.ACTIVITY
    activities: tuple[ActivityType, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTrigger:
    """Enroll when a lead gets one of these statuses."""

    kind: Literal[TriggerKind.STATUS] = TriggerKind.STATUS
    statuses: tuple[LeadStatus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTrigger:
    """Enroll when the total score comes to `score` from below."""

    kind: Literal[TriggerKind.SCORE] = TriggerKind.SCORE
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTrigger:
    """Enroll when the grade becomes this one, or a better one, from a worse one."""

    kind: Literal[TriggerKind.GRADE] = TriggerKind.GRADE
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrigger:
    """Enroll leads from these sources when they are created."""

    kind: Literal[TriggerKind.SOURCE] = TriggerKind.SOURCE
    sources: tuple[LeadSource, ...]


Trigger: TypeAlias = ActivityTrigger | StatusTrigger | ScoreTrigger | GradeTrigger | SourceTrigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitCriteria:
    """What ends an enrollment by itself, wherever it is. Conversion and disqualification are no choice: they always do (rules §2)."""

    reply: bool = True
    unsubscribe: bool = True
    statuses: tuple[LeadStatus, ...] = ()
    grades: tuple[Grade, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryConditions:
    """Who may be enrolled: with one of these statuses (none named: any that is not closed), and within the caps (None: no cap).

    `max_per_day` counts the workspace's calendar days, `reentry_after_days` from the end of the lead's last enrollment; None: at once.
    """

    statuses: tuple[LeadStatus, ...] = ()
    max_active: int | None = None
    max_per_day: int | None = None
    reentry_after_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SequencePlan:
    """All that a sequence does. An enrollment begins at the first step."""

    steps: tuple[Step, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    exit_criteria: ExitCriteria = ExitCriteria()
    entry: EntryConditions = EntryConditions()

    @property
    def step_by_key(self) -> dict[str, Step]:
        """Look steps up by their keys."""
        return {step.key: step for step in self.steps}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A sequence. `draft` is what is being worked on, None when everything is published; `published_version` is a version's number.

    An archived sequence takes no more leads.
    """

    id: UUID
    version: int
    name: str
    type: SequenceType
    description: str | None
    draft: SequencePlan | None
    published_version: int | None
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceVersion:
    """What a sequence did from one publication to the next; it never changes. `number` counts from 1."""

    id: UUID
    sequence_id: UUID
    number: int
    plan: SequencePlan
    published_at: datetime
    published_by_kind: str
    published_by_id: UUID | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the plan's steps; the first is where enrollments begin."""
        return self.plan.steps

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """Return what enrolls leads by itself."""
        return self.plan.triggers

    @property
    def exit_criteria(self) -> ExitCriteria:
        """Return what ends enrollments by itself."""
        return self.plan.exit_criteria

    @property
    def entry(self) -> EntryConditions:
        """Return who may be enrolled."""
        return self.plan.entry


class SequenceFields(TypedDict, total=False):
    """What creating and updating write of the sequence itself. A key that is absent leaves the value alone; None clears it."""

    name: str | None
    type: SequenceType | None
    description: str | None


class PlanFields(TypedDict, total=False):
    """The parts of a plan that are written anew; a key that is absent leaves the part alone."""

    steps: tuple[Step, ...]
    triggers: tuple[Trigger, ...]
    exit_criteria: ExitCriteria
    entry: EntryConditions
