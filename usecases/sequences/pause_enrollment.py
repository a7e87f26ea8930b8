"""Pause and resume enrollments: one, or many row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.enrollments import LIVE, EnrollmentState
from domain.refusals import Refusal, Refused, ValidationFailed
from persistence.sequences import sequence_version_by_id
from usecases.answers import Several
from usecases.leads.editing import LeadEdits
from usecases.sequences.admission import LeadFacts
from usecases.sequences.held import held
from usecases.sequences.held_rows import SequenceTargets, held_rows, outcomes_of, saved_rows
from usecases.verbs import Work, verb

LONGEST_PAUSE = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseEnrollment:
    """What is asked; `until` None: until somebody resumes it."""

    enrollment_id: UUID
    until: datetime | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeEnrollment:
    """What is asked."""

    enrollment_id: UUID
    expected_version: int | None = None


@verb
async def pause_enrollment(work: Work, request: PauseEnrollment) -> Several:
    """Stop an enrollment where it is, or move the end of its pause; answer `enrollment` and `lead`.

    Raises Refused: ValidationFailed, NotFound, EnrollmentEnded, VersionConflict.
    """
    until = request.until
    if problems := _until_problems(work, until):
        raise Refused(problems)
    edits = LeadEdits(work)
    found = await held(work, edits, request.enrollment_id, request.expected_version)
    enrollment = found.enrollment
    if enrollment.state is not EnrollmentState.PAUSED or enrollment.paused_until != until:
        enrollment = edits.enrollments.pause(found.edit, enrollment, until)
    saved = await edits.save()
    return Several({"enrollment": enrollment, "lead": saved[enrollment.lead_id]})


@verb
async def resume_enrollment(work: Work, request: ResumeEnrollment) -> Several:
    """Let a paused enrollment go on; one that is not paused is left alone. Raises Refused: NotFound, EnrollmentEnded, VersionConflict."""
    edits = LeadEdits(work)
    found = await held(work, edits, request.enrollment_id, request.expected_version)
    enrollment = found.enrollment
    if enrollment.state is EnrollmentState.PAUSED:
        version = (await sequence_version_by_id(work.tx, [enrollment.sequence_version_id]))[enrollment.sequence_version_id]
        facts = await LeadFacts.read(work, [found.edit])
        enrollment = edits.enrollments.resume(found.edit, enrollment, version, facts.of(found.edit))
    saved = await edits.save()
    return Several({"enrollment": enrollment, "lead": saved[enrollment.lead_id]})


@verb
async def pause_enrollments(work: Work, request: SequenceTargets, until: datetime | None = None) -> Several:
    """Stop what many leads are enrolled in of one sequence, row by row; answers what `saved_rows` does.

    A filter means those that are on their way: an end of a pause that somebody chose for one lead is not overrun by what is meant for
    many. A lead that is named and paused already gets the new end. Raises Refused: NotFound, ValidationFailed.
    """
    edits = LeadEdits(work)
    rows = await held_rows(work, edits, request, {EnrollmentState.ACTIVE}, _until_problems(work, until))
    outcomes = outcomes_of(rows)
    for each in rows.of(LIVE):
        if each.enrollment.state is EnrollmentState.ACTIVE or each.enrollment.paused_until != until:
            outcomes[each.edit.lead.id] = edits.enrollments.pause(each.edit, each.enrollment, until)
    return await saved_rows(edits, rows.meant, outcomes, request.policy)


@verb
async def resume_enrollments(work: Work, request: SequenceTargets) -> Several:
    """Let what many leads are enrolled in of one sequence go on, row by row; answers what `saved_rows` does.

    A filter means those that are paused; a lead that is named and on its way is left alone. Raises Refused: NotFound, ValidationFailed.
    """
    edits = LeadEdits(work)
    rows = await held_rows(work, edits, request, {EnrollmentState.PAUSED})
    outcomes, paused = outcomes_of(rows), rows.of({EnrollmentState.PAUSED})
    versions = await sequence_version_by_id(work.tx, sorted({each.enrollment.sequence_version_id for each in paused}))
    facts = await LeadFacts.read(work, [each.edit for each in paused])
    for each in paused:
        version = versions[each.enrollment.sequence_version_id]
        outcomes[each.edit.lead.id] = edits.enrollments.resume(each.edit, each.enrollment, version, facts.of(each.edit))
    return await saved_rows(edits, rows.meant, outcomes, request.policy)


def _until_problems(work: Work, until: datetime | None) -> Sequence[Refusal]:
    if until is None or work.at < until <= work.at + LONGEST_PAUSE:
        return ()
    return [ValidationFailed(message="Must lie within a year from now.", path=("until",))]
