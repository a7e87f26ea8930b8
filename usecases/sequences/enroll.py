"""Enroll leads in a sequence: one, or many row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.enrollment_rules import closed_sequence
from domain.filters import LeadFilter, LeadPlace
from domain.refusals import Refusal, Refused, not_found
from domain.sequences import SequenceVersion
from persistence.database import Reading
from persistence.enrollments import leads_outside, sequences_for_share
from persistence.sequences import current_version_by_sequence
from usecases.answers import Several
from usecases.leads.editing import LeadEdits, checked
from usecases.sequences.admission import Admission
from usecases.sequences.held_rows import Outcome, SequenceTargets, meant_leads, saved_rows
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollLead:
    """What is asked for one lead; the version is the lead's."""

    lead_id: UUID
    sequence_id: UUID
    expected_version: int | None = None


@verb
async def enroll_lead(work: Work, request: EnrollLead) -> Several:
    """Enroll a lead in the published version of a sequence; answer `enrollment` and `lead`.

    Raises Refused: NotFound, VersionConflict, SequenceClosed, AlreadyEnrolled, LeadSuppressed, LeadNotEnrollable, EnrollmentsCapped.
    """
    version = await _open_version(work, request.sequence_id)
    edits = LeadEdits(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, request.expected_version)
    wrong = [each for each in (edit, version) if isinstance(each, Refusal)]
    if wrong or isinstance(edit, Refusal) or isinstance(version, Refusal):
        raise Refused(wrong)
    admission = await Admission.prepared(work, [edit], [version])
    if problems := admission.problems(edit, version):
        raise Refused(problems)
    enrollment = edits.enrollments.begin(edit, version, admission.facts.of(edit))
    saved = await edits.save()
    return Several({"enrollment": edits.enrollments.as_it_is(enrollment), "lead": saved[request.lead_id]})


@verb
async def enroll_leads(work: Work, request: SequenceTargets) -> Several:
    """Enroll many leads, row by row; answers what `saved_rows` does. What is wrong with the sequence refuses the whole request.

    A filter leaves out leads that are in the sequence. Raises Refused, as for one lead.
    """

    async def outside(db: Reading, filter: LeadFilter, at_most: int, after: LeadPlace | None) -> tuple[Sequence[LeadPlace], int]:
        return await leads_outside(db, request.sequence_id, filter, at_most, after)

    version = await _open_version(work, request.sequence_id)
    if isinstance(version, Refusal):
        raise Refused.because(version)
    meant = await meant_leads(work, request, outside)
    edits = LeadEdits(work)
    loaded = await edits.load(meant.ids)
    admission = await Admission.prepared(work, list(loaded.values()), [version])
    outcomes: dict[UUID, Outcome] = {}
    for id in dict.fromkeys(meant.ids):
        edit = checked(loaded, id, None)
        problems = [edit] if isinstance(edit, Refusal) else admission.problems(edit, version)
        if problems or isinstance(edit, Refusal):
            outcomes[id] = problems
            continue
        admission.let_in(version)
        outcomes[id] = edits.enrollments.begin(edit, version, admission.facts.of(edit))
    return await saved_rows(edits, meant, outcomes, request.policy)


async def _open_version(work: Work, sequence_id: UUID) -> SequenceVersion | Refusal:
    """Find the version into which leads are enrolled now, and keep it from being followed by another meanwhile."""
    sequence = (await sequences_for_share(work.tx, [sequence_id])).get(sequence_id)
    if sequence is None:
        return not_found("Sequence", "sequence_id")
    closed = closed_sequence(sequence)
    return closed or (await current_version_by_sequence(work.tx, [sequence_id]))[sequence_id]
