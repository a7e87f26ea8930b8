"""Enrollments being begun, moved and ended inside one transaction, and written together with their leads.

`LeadEdits` holds one of these and settles it before it writes: so no change of a lead, by whichever verb, passes by triggers and exit
criteria. Leads in no sequence, in a workspace without triggers, cost one statement for all of them, and a single lead not even that, where
its verb has what may trigger come with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from domain.enrollment_progress import Progress, StepFacts, begin, paused, resumed
from domain.enrollment_rules import Happenings, closed_sequence, exit_reason, nurtures, set_off
from domain.enrollments import (
    Enrollment,
    EnrollmentChange,
    EnrollmentChangeKind,
    EnrollmentState,
    EnrollmentStep,
    ExitReason,
    StepOutcome,
    ended,
)
from domain.events import EventType
from domain.leads import LeadSource
from domain.sequences import SequenceVersion, SourceTrigger, TriggerKind
from domain.status import LeadStatus, Move, decide_move
from persistence import enrollments
from persistence.database import Writing
from persistence.enrollments import LeftStep
from persistence.sequences import current_version_by_sequence, sequence_version_by_id
from persistence.triggers import Triggered, triggered_versions
from usecases.leads.status_moves import make_move
from usecases.sequences.admission import Admission
from usecases.sequences.happenings import happenings
from usecases.verbs import Work, new_id

if TYPE_CHECKING:
    from usecases.leads.editing import LeadEdit

ENROLLED = "Enrolled in a sequence."
_EVENTS: Mapping[EnrollmentChangeKind, EventType] = {
    EnrollmentChangeKind.ENROLLED: EventType.ENROLLED,
    EnrollmentChangeKind.PAUSED: EventType.ENROLLMENT_PAUSED,
    EnrollmentChangeKind.RESUMED: EventType.ENROLLMENT_RESUMED,
    EnrollmentChangeKind.MOVED: EventType.ENROLLMENT_MOVED,
    EnrollmentChangeKind.COMPLETED: EventType.ENROLLMENT_COMPLETED,
    EnrollmentChangeKind.EXITED: EventType.ENROLLMENT_EXITED,
}
_Match = tuple["LeadEdit", UUID, Happenings]


@dataclass(frozen=True, slots=True)
class EnrollmentRows:
    """What one transaction leaves behind: enrollments as they are, steps that were entered, and waiting steps that were left."""

    enrollments: Sequence[Enrollment]
    steps: Sequence[EnrollmentStep]
    left: Sequence[LeftStep]


class EnrollmentEdits:
    """The enrollments that one transaction touches. Every method takes the edit of the enrollment's lead, which is locked."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._now: dict[UUID, Enrollment] = {}
        self._new: set[UUID] = set()
        self._left: dict[UUID, LeftStep] = {}
        self._steps: list[EnrollmentStep] = []
        # Where in the list the step stands that an enrollment entered last, and waits at.
        self._waiting: dict[UUID, int] = {}
        self._triggered: Sequence[Triggered] | None = None
        self._looked_at: set[tuple[UUID, UUID]] = set()

    def know(self, triggered: Sequence[Triggered] | None) -> None:
        """Take over what enrolls leads by itself, where it was read together with a lead."""
        if self._triggered is None:
            self._triggered = triggered

    def begin(self, edit: LeadEdit, version: SequenceVersion, facts: StepFacts, trigger: TriggerKind | None = None) -> Enrollment:
        """Enroll a lead that was let in: at the version's first step, and in NURTURING where its status allows that."""
        at, actor, id = self._work.at, self._work.actor, new_id()
        # Overwritten by the first step; a version without steps completes at once.
        fresh = Enrollment(
            id=id,
            version=0,
            lead_id=edit.lead.id,
            sequence_id=version.sequence_id,
            sequence_version_id=version.id,
            state=EnrollmentState.ACTIVE,
            step_key=None,
            step_entered_at=None,
            due_at=None,
            enrolled_at=at,
            enrolled_by_kind=actor.kind,
            enrolled_by_id=actor.id,
            trigger=trigger,
            paused_at=None,
            paused_until=None,
            ended_at=None,
            exit_reason=None,
            updated_at=at,
        )
        self._new.add(id)
        self._looked_at.add((edit.lead.id, version.sequence_id))
        edit.change(live_enrollments=edit.lead.live_enrollments + 1)
        self._record(edit, fresh, EnrollmentChangeKind.ENROLLED, {"trigger": trigger, "sequence_version_id": version.id})
        if nurtures(version, edit.lead.status):
            move = decide_move(edit.lead.status_facts, LeadStatus.NURTURING, reason=ENROLLED, is_manager=False)
            if isinstance(move, Move):
                make_move(self._work, edit, move, ENROLLED)
        # The first steps may look at the status.
        return self.take(edit, fresh, begin(version, fresh, replace(facts, lead=edit.lead), at))

    def take(self, edit: LeadEdit, before: Enrollment, progress: Progress) -> Enrollment:
        """Take over where an enrollment went, with the steps that it entered on the way."""
        after = progress.enrollment
        if progress.left is not None:
            self._leave(before.id, progress.left)
        self._steps += [
            EnrollmentStep(
                id=new_id(),
                enrollment_id=before.id,
                sequence_version_id=after.sequence_version_id,
                step_key=passage.step_key,
                entered_at=passage.entered_at,
                left_at=passage.left_at,
                outcome=passage.outcome,
            )
            for passage in progress.passages
        ]
        if after.is_live:
            self._waiting[after.id] = len(self._steps) - 1
        self._now[after.id] = after
        if after.sequence_version_id != before.sequence_version_id:
            versions = [before.sequence_version_id, after.sequence_version_id]
            self._record(edit, after, EnrollmentChangeKind.MOVED, {"sequence_version_id": versions})
        if before.is_live and not after.is_live:
            self._count_out(edit, before, after, None)
        return after

    def end(self, edit: LeadEdit, before: Enrollment, reason: ExitReason, words: str | None = None) -> Enrollment:
        """Let a lead leave a sequence before its end."""
        after = ended(before, EnrollmentState.EXITED, reason, self._work.at)
        self._leave(before.id, StepOutcome.EXITED)
        self._now[after.id] = after
        self._count_out(edit, before, after, words)
        return after

    def pause(self, edit: LeadEdit, before: Enrollment, until: datetime | None) -> Enrollment:
        """Stop an enrollment where it is."""
        after = self._now[before.id] = paused(before, until, self._work.at)
        changes = {"state": [before.state, after.state], "paused_until": [before.paused_until, until]}
        self._record(edit, after, EnrollmentChangeKind.PAUSED, changes)
        return after

    def resume(self, edit: LeadEdit, before: Enrollment, version: SequenceVersion, facts: StepFacts) -> Enrollment:
        """Let a paused enrollment go on."""
        after = self._now[before.id] = resumed(version, before, facts, self._work.at)
        self._record(edit, after, EnrollmentChangeKind.RESUMED, {"state": [before.state, after.state]})
        return after

    async def settle(self, edits: Iterable[LeadEdit]) -> None:
        """End what the changes of the leads end, then enroll those whom they trigger; enrolling may change a status, so look once more."""
        round: dict[UUID, tuple[LeadEdit, Happenings]] = {edit.lead.id: (edit, happenings(edit)) for edit in edits}
        while round:
            await self._end_what_must(list(round.values()))
            statuses = {id: edit.lead.status for id, (edit, _) in round.items()}
            await self._enroll_triggered(list(round.values()))
            # Leads only move towards NURTURING here, and each enters a sequence once: this comes to an end.
            round = {
                id: (edit, Happenings(statuses=(edit.lead.status,)))
                for id, (edit, _) in round.items()
                if edit.lead.status is not statuses[id]
            }

    async def triggering_sources(self) -> frozenset[LeadSource]:
        """Tell which sources enroll new leads by themselves."""
        triggers = (trigger for triggered in await self._all_triggered() for trigger in triggered.triggers)
        return frozenset(source for trigger in triggers if isinstance(trigger, SourceTrigger) for source in trigger.sources)

    @property
    def are_untouched(self) -> bool:
        """Tell whether there is nothing to write."""
        return not (self._now or self._left or self._steps)

    def rows(self) -> EnrollmentRows:
        """Return what is to be written."""
        return EnrollmentRows(list(self._now.values()), self._steps, list(self._left.values()))

    async def write(self, tx: Writing) -> None:
        """Write all of it, with one statement for each kind of row at most; the leads must be written."""
        # What ended comes first: a lead may leave a sequence and enter it again.
        await enrollments.leave_steps(tx, list(self._left.values()))
        await enrollments.save_enrollments(tx, [each for id, each in self._now.items() if id not in self._new])
        await enrollments.add_enrollments(tx, [each for id, each in self._now.items() if id in self._new])
        await enrollments.add_enrollment_steps(tx, self._steps)

    def as_it_is(self, enrollment: Enrollment) -> Enrollment:
        """Return an enrollment that was read from the database as this transaction has made it."""
        return self._now.get(enrollment.id, enrollment)

    async def _end_what_must(self, changed: Sequence[tuple[LeadEdit, Happenings]]) -> None:
        concerned = {
            edit.lead.id: (edit, happened) for edit, happened in changed if edit.before.live_enrollments and happened.ends_something
        }
        if not concerned:
            return
        stored = await enrollments.live_enrollments_by_lead(self._work.tx, sorted(concerned))
        live = [now for some in stored.values() for each in some if (now := self.as_it_is(each)).is_live]
        if not live:
            return
        versions = await sequence_version_by_id(self._work.tx, sorted({each.sequence_version_id for each in live}))
        for enrollment in live:
            edit, happened = concerned[enrollment.lead_id]
            reason = exit_reason(versions[enrollment.sequence_version_id].exit_criteria, happened)
            if reason is not None:
                self.end(edit, enrollment, reason)

    async def _enroll_triggered(self, changed: Sequence[tuple[LeadEdit, Happenings]]) -> None:
        candidates = [(edit, happened) for edit, happened in changed if happened.triggers_something]
        if not candidates:
            return
        with_triggers = await self._all_triggered()
        matches: list[_Match] = [
            (edit, triggered.sequence_id, happened)
            for edit, happened in candidates
            for triggered in with_triggers
            if (edit.lead.id, triggered.sequence_id) not in self._looked_at and set_off(triggered.triggers, happened) is not None
        ]
        if not matches:
            return
        self._looked_at |= {(edit.lead.id, sequence_id) for edit, sequence_id, _ in matches}
        versions = await self._open_versions({sequence_id for _, sequence_id, _ in matches})
        edits = {edit.lead.id: edit for edit, _, _ in matches}
        admission = await Admission.prepared(self._work, list(edits.values()), versions.values())
        for edit, sequence_id, happened in matches:
            version = versions.get(sequence_id)
            # A version that was published meanwhile may wait for something else.
            kind = None if version is None else set_off(version.triggers, happened)
            # Nobody asked for it, so nobody is told why not.
            if version is not None and kind is not None and not admission.problems(edit, version):
                admission.let_in(version)
                self.begin(edit, version, admission.facts.of(edit), kind)

    async def _open_versions(self, sequence_ids: Collection[UUID]) -> Mapping[UUID, SequenceVersion]:
        """Read the versions that take leads now, and keep them from being followed by others: who moves enrollments must see these."""
        kept = await enrollments.sequences_for_share(self._work.tx, sequence_ids)
        open_ids = [id for id, sequence in kept.items() if closed_sequence(sequence) is None]
        return await current_version_by_sequence(self._work.tx, open_ids)

    async def _all_triggered(self) -> Sequence[Triggered]:
        if self._triggered is None:
            self._triggered = await triggered_versions(self._work.tx)
        return self._triggered

    def _leave(self, enrollment_id: UUID, outcome: StepOutcome) -> None:
        """Close the step where an enrollment waits, which may be one that it entered in this very transaction."""
        index = self._waiting.pop(enrollment_id, None)
        if index is None:
            self._left[enrollment_id] = LeftStep(enrollment_id, outcome, self._work.at)
        else:
            self._steps[index] = replace(self._steps[index], outcome=outcome, left_at=self._work.at)

    def _count_out(self, edit: LeadEdit, before: Enrollment, after: Enrollment, words: str | None) -> None:
        edit.change(live_enrollments=max(0, edit.lead.live_enrollments - 1))
        kind = EnrollmentChangeKind.EXITED if after.state is EnrollmentState.EXITED else EnrollmentChangeKind.COMPLETED
        self._record(edit, after, kind, {"state": [before.state, after.state], "exit_reason": after.exit_reason}, words)

    def _record(
        self, edit: LeadEdit, enrollment: Enrollment, kind: EnrollmentChangeKind, changes: Mapping[str, object], words: str | None = None
    ) -> None:
        actor = self._work.actor
        edit.enter(
            EnrollmentChange(
                id=new_id(),
                enrollment_id=enrollment.id,
                lead_id=enrollment.lead_id,
                sequence_id=enrollment.sequence_id,
                kind=kind,
                at=self._work.at,
                exit_reason=enrollment.exit_reason,
                reason=words,
                actor_kind=actor.kind,
                actor_id=actor.id,
            )
        )
        facts = {"enrollment_id": enrollment.id, "sequence_id": enrollment.sequence_id, **changes}
        edit.tell(_EVENTS[kind], {**facts, "reason": words} if words else facts, enrollment.id)
