"""A made-up lead's way through the sequences, by the triggers, conditions and steps that hold for real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from domain.activities import ContactChannel
from domain.enrollment_progress import StepFacts, StepResult, advance
from domain.enrollment_rules import Standing, entry_problems, exit_reason, set_off
from domain.enrollments import Enrollment, EnrollmentState, EnrollmentStep, ExitReason
from domain.local_times import zone_of
from domain.sequence_steps import WAITING_STEPS, CallTaskStep, TaskStep, WaitForEventStep
from domain.sequences import SequenceVersion
from usecases.leads.editing import LeadEdit
from usecases.sequences.enrollment_edits import EnrollmentEdits
from usecases.sequences.happenings import happenings
from usecases.verbs import Work

_RESULTS = ((StepResult.DONE, 92), (StepResult.SKIPPED, 5), (StepResult.FAILED, 3))


@dataclass(slots=True)
class Journey:
    """What one lead is and was enrolled in. `tags` tells the names of the lead's tags."""

    versions: Sequence[SequenceVersion]
    time_zone: str
    random: Random
    tags: Callable[[], Sequence[str]]
    enrollments: dict[UUID, Enrollment]
    steps: dict[UUID, EnrollmentStep]
    due: dict[UUID, datetime]

    @classmethod
    def nowhere(cls, versions: Sequence[SequenceVersion], time_zone: str, random: Random, tags: Callable[[], Sequence[str]]) -> Journey:
        """Begin outside of all sequences."""
        return cls(versions, time_zone, random, tags, {}, {}, {})

    def next_at(self) -> datetime | None:
        """Tell when the next step is carried out."""
        return min(self.due.values(), default=None)

    def settle(self, work: Work, edit: LeadEdit) -> None:
        """End what a change of the lead ends, and enroll it where the change is a trigger."""
        happened, edits = happenings(edit), EnrollmentEdits(work)
        for enrollment in self._live():
            reason = exit_reason(self._version(enrollment).exit_criteria, happened)
            if reason is not None:
                edits.end(edit, enrollment, reason)
        self._take(edits)
        edits = EnrollmentEdits(work)
        for version in self.versions:
            kind = set_off(version.triggers, happened) if version.published_at <= work.at else None
            if kind is not None and not entry_problems(version, edit.lead, self._standing(edit, version), work.at):
                edits.begin(edit, version, self._facts(edit), kind)
        self._take(edits)

    def proceed(self, work: Work, edit: LeadEdit) -> None:
        """Carry out the step that is due; now and then somebody pauses the enrollment or takes the lead out instead."""
        id = min(self.due, key=lambda each: self.due[each])
        enrollment, edits = self.enrollments[id], EnrollmentEdits(work)
        version, fate = self._version(enrollment), self.random.random()
        step = version.plan.step_by_key[enrollment.step_key or ""]
        if fate < 0.01:
            edits.pause(edit, enrollment, None)
        elif fate < 0.02:
            edits.end(edit, enrollment, ExitReason.UNENROLLED, "Asked for a break")
        elif isinstance(step, WaitForEventStep):
            edits.take(edit, enrollment, advance(version, enrollment, StepResult.TIMED_OUT, self._facts(edit), work.at))
        else:
            result = StepResult.DONE
            if not isinstance(step, WAITING_STEPS):
                result = self.random.choices([each for each, _ in _RESULTS], [weight for _, weight in _RESULTS])[0]
            edits.take(edit, enrollment, advance(version, enrollment, result, self._facts(edit), work.at))
        self._take(edits)

    def _live(self) -> list[Enrollment]:
        return [enrollment for enrollment in self.enrollments.values() if enrollment.is_live]

    def _version(self, enrollment: Enrollment) -> SequenceVersion:
        return next(version for version in self.versions if version.id == enrollment.sequence_version_id)

    def _facts(self, edit: LeadEdit) -> StepFacts:
        return StepFacts(lead=edit.lead, tags=self.tags(), place=zone_of(edit.lead.time_zone, self.time_zone))

    def _standing(self, edit: LeadEdit, version: SequenceVersion) -> Standing:
        here = [enrollment for enrollment in self.enrollments.values() if enrollment.sequence_id == version.sequence_id]
        closed = ((ContactChannel.PHONE, edit.lead.do_not_call), (ContactChannel.EMAIL, edit.lead.do_not_email))
        return Standing(
            live_id=next((enrollment.id for enrollment in here if enrollment.is_live), None),
            live_of_lead=edit.lead.live_enrollments,
            last_ended_at=max((enrollment.ended_at for enrollment in here if enrollment.ended_at is not None), default=None),
            suppressed=frozenset(channel for channel, flag in closed if flag),
        )

    def _take(self, edits: EnrollmentEdits) -> None:
        """Take over what would be written, and decide when the steps that were entered will be carried out."""
        rows = edits.rows()
        for left in rows.left:
            open_step = next(step for step in self.steps.values() if step.enrollment_id == left.enrollment_id and step.left_at is None)
            self.steps[open_step.id] = replace(open_step, left_at=left.at, outcome=left.outcome)
        self.steps.update({step.id: step for step in rows.steps})
        for enrollment in rows.enrollments:
            self.enrollments[enrollment.id] = enrollment
            self.due.pop(enrollment.id, None)
            if enrollment.state is EnrollmentState.ACTIVE and enrollment.due_at is not None:
                self.due[enrollment.id] = enrollment.due_at + self._delay(enrollment)

    def _delay(self, enrollment: Enrollment) -> timedelta:
        step = self._version(enrollment).plan.step_by_key[enrollment.step_key or ""]
        if isinstance(step, CallTaskStep | TaskStep):
            return timedelta(hours=self.random.uniform(1, 40))
        return timedelta(seconds=self.random.uniform(1, 90))
