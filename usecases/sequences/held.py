"""Find one enrollment and lock it together with its lead."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.enrollments import Enrollment, EnrollmentEnded
from domain.refusals import Refused, not_found
from persistence.enrollments import enrollment_by_id, enrollment_for_update
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.verbs import Work
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True)
class Held:
    """An enrollment that has not ended, and its lead, both locked."""

    enrollment: Enrollment
    edit: LeadEdit


async def held(work: Work, edits: LeadEdits, enrollment_id: UUID, expected_version: int | None) -> Held:
    """Lock the lead, then the enrollment. Raises Refused: NotFound, EnrollmentEnded, VersionConflict."""
    seen = (await enrollment_by_id(work.tx, [enrollment_id])).get(enrollment_id)
    edit = (await edits.load([seen.lead_id], even_deleted=True)).get(seen.lead_id) if seen is not None else None
    enrollment = (await enrollment_for_update(work.tx, [enrollment_id])).get(enrollment_id) if edit is not None else None
    if edit is None or enrollment is None or enrollment.lead_id != edit.lead.id:
        raise Refused.because(not_found("Enrollment", "enrollment_id"))
    if not enrollment.is_live:
        raise Refused.because(
            EnrollmentEnded(
                message=f"The enrollment has ended: it is {enrollment.state}.",
                path=("enrollment_id",),
                enrollment_id=enrollment.id,
                state=enrollment.state,
            )
        )
    if problems := version_problem(enrollment.version, expected_version, "enrollment"):
        raise Refused(problems)
    return Held(enrollment, edit)
