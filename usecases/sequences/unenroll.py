"""Unenroll leads: out of a sequence before its end, by somebody's decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.enrollments import Enrollment, ExitReason
from domain.refusals import Refusal, Refused, not_found
from domain.texts import optional_text
from persistence.enrollments import live_enrollments_by_lead
from persistence.sequences import sequence_by_id
from usecases.answers import RowOutcome, Several
from usecases.bulk import ErrorPolicy, Targets, placed_in_targets, refuse_all, target_ids
from usecases.leads.editing import LeadEdits, checked
from usecases.sequences.held import held
from usecases.verbs import Work, verb

MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class UnenrollLead:
    """What is asked for one enrollment; the version is the enrollment's."""

    enrollment_id: UUID
    reason: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnenrollLeads:
    """What is asked for many leads of one sequence."""

    targets: Targets
    sequence_id: UUID
    reason: str | None = None
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


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
async def unenroll_leads(work: Work, request: UnenrollLeads) -> Sequence[RowOutcome]:
    """End what many leads are enrolled in of one sequence, row by row; a lead that is not in it is refused."""
    reason, texts = optional_text(request.reason, MAX_REASON, "reason")
    problems: list[Refusal] = list(texts)
    if request.sequence_id not in await sequence_by_id(work.tx, [request.sequence_id]):
        problems.append(not_found("Sequence", "sequence_id"))
    ids = await target_ids(work, request.targets, problems)
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    live = await live_enrollments_by_lead(work.tx, sorted(loaded))
    outcomes: dict[UUID, Enrollment | Refusal] = {}
    for id in dict.fromkeys(ids):
        edit = checked(loaded, id, None)
        enrollment = next((each for each in live.get(id, ()) if each.sequence_id == request.sequence_id), None)
        if isinstance(edit, Refusal):
            outcomes[id] = edit
        elif enrollment is None:
            outcomes[id] = not_found("Enrollment", "lead_id")
        else:
            outcomes[id] = edits.enrollments.end(edit, enrollment, ExitReason.UNENROLLED, reason)
    placed = placed_in_targets(request.targets.sent, [[outcome] if isinstance(outcome := outcomes[id], Refusal) else () for id in ids])
    refuse_all(placed, request.policy)
    saved = await edits.save()
    return tuple(
        RowOutcome(index, None if placed[index] else Several({"enrollment": outcomes[id], "lead": saved[id]}), placed[index])
        for index, id in enumerate(ids)
    )
