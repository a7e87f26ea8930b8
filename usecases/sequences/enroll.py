"""Enroll leads in a sequence: one, or many row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.enrollment_rules import closed_sequence
from domain.enrollments import Enrollment
from domain.refusals import Refusal, Refused, not_found
from domain.sequences import SequenceVersion
from persistence.enrollments import sequence_for_share
from persistence.sequences import current_version_by_sequence
from usecases.answers import RowOutcome, Several
from usecases.bulk import ErrorPolicy, Targets, placed_in_targets, refuse_all, target_ids
from usecases.leads.editing import LeadEdits, checked
from usecases.sequences.admission import Admission
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollLead:
    """What is asked for one lead; the version is the lead's."""

    lead_id: UUID
    sequence_id: UUID
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollLeads:
    """What is asked for many leads."""

    targets: Targets
    sequence_id: UUID
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


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
async def enroll_leads(work: Work, request: EnrollLeads) -> Sequence[RowOutcome]:
    """Enroll many leads, row by row; each answers `enrollment` and `lead`. What is wrong with the sequence refuses the whole request."""
    version = await _open_version(work, request.sequence_id)
    if isinstance(version, Refusal):
        raise Refused.because(version)
    ids = await target_ids(work, request.targets)
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    admission = await Admission.prepared(work, list(loaded.values()), [version])
    begun: dict[UUID, Enrollment] = {}
    refused: dict[UUID, Sequence[Refusal]] = {}
    for id in dict.fromkeys(ids):
        edit = checked(loaded, id, None)
        problems = [edit] if isinstance(edit, Refusal) else admission.problems(edit, version)
        if problems or isinstance(edit, Refusal):
            refused[id] = problems
            continue
        admission.let_in(version)
        begun[id] = edits.enrollments.begin(edit, version, admission.facts.of(edit))
    placed = placed_in_targets(request.targets.sent, [refused.get(id, ()) for id in ids])
    refuse_all(placed, request.policy)
    saved = await edits.save()
    things = {id: Several({"enrollment": edits.enrollments.as_it_is(each), "lead": saved[id]}) for id, each in begun.items()}
    return tuple(RowOutcome(index, things.get(id), placed[index]) for index, id in enumerate(ids))


async def _open_version(work: Work, sequence_id: UUID) -> SequenceVersion | Refusal:
    """Find the version into which leads are enrolled now, and keep it from being followed by another meanwhile."""
    sequence = await sequence_for_share(work.tx, sequence_id)
    if sequence is None:
        return not_found("Sequence", "sequence_id")
    closed = closed_sequence(sequence)
    return closed or (await current_version_by_sequence(work.tx, [sequence_id]))[sequence_id]
