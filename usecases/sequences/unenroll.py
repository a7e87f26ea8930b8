"""Unenroll leads: out of a sequence before its end, by somebody's decision."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.enrollments import LIVE, ExitReason
from domain.refusals import Refused
from domain.texts import optional_text
from usecases.answers import Several
from usecases.leads.editing import LeadEdits
from usecases.sequences.held import held
from usecases.sequences.held_rows import SequenceTargets, held_rows, outcomes_of, saved_rows
from usecases.verbs import Work, verb

MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class UnenrollLead:
    """What is asked for one enrollment; the version is the enrollment's."""

    enrollment_id: UUID
    reason: str | None = None
    expected_version: int | None = None


@verb
async def unenroll_lead(work: Work, request: UnenrollLead) -> Several:
    """End one enrollment; answer `enrollment` and `lead`. Raises Refused: NotFound, EnrollmentEnded, VersionConflict, ValidationFailed."""
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    if problems:
        raise Refused(problems)
    edits = LeadEdits(work)
    found = await held(work, edits, request.enrollment_id, request.expected_version)
    enrollment = edits.enrollments.end(found.edit, found.enrollment, ExitReason.UNENROLLED, reason)
    saved = await edits.save()
    return Several({"enrollment": enrollment, "lead": saved[enrollment.lead_id]})


@verb
async def unenroll_leads(work: Work, request: SequenceTargets, reason: str | None = None) -> Several:
    """End what many leads are enrolled in of one sequence, row by row; answers what `saved_rows` does.

    A filter means those that are in the sequence. Raises Refused: NotFound, ValidationFailed.
    """
    reason, problems = optional_text(reason, MAX_REASON, "reason")
    edits = LeadEdits(work)
    rows = await held_rows(work, edits, request, LIVE, problems)
    outcomes = outcomes_of(rows)
    for each in rows.of(LIVE):
        outcomes[each.edit.lead.id] = edits.enrollments.end(each.edit, each.enrollment, ExitReason.UNENROLLED, reason)
    return await saved_rows(edits, rows.meant, outcomes, request.policy)
