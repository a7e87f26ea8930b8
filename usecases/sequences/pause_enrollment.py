"""Pause and resume an enrollment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.enrollments import EnrollmentState
from domain.refusals import Refused, ValidationFailed
from persistence.sequences import sequence_version_by_id
from usecases.answers import Several
from usecases.leads.editing import LeadEdits
from usecases.sequences.admission import LeadFacts
from usecases.sequences.held import held
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
    if until is not None and not work.at < until <= work.at + LONGEST_PAUSE:
        raise Refused.because(ValidationFailed(message="Must lie within a year from now.", path=("until",)))
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
