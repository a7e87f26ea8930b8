"""What becomes of running enrollments when a version of their sequence is published: they stay, move over, or begin again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from domain.enrollment_moves import counted_moves
from domain.enrollment_progress import remapped, restarted
from domain.enrollments import EnrollmentMoves, RunningEnrollments
from domain.refusals import Refused, ValidationFailed
from domain.sequences import SequencePlan, SequenceVersion
from persistence.database import Reading
from persistence.enrollments import enrollment_for_update, running_by_step, running_enrollments
from persistence.sequences import current_version_by_sequence, sequence_by_id, sequence_version_by_id
from usecases.leads.editing import LeadEdits
from usecases.sequences.admission import LeadFacts
from usecases.verbs import Work

MAX_MOVED = 2_000
"""So many enrollments move in the transaction that publishes: it takes about a second for a thousand, and leads are locked meanwhile."""


async def previewed_moves(db: Reading, sequence_ids: Collection[UUID], how: RunningEnrollments) -> Mapping[UUID, EnrollmentMoves]:
    """Count, for sequences, what would become of running enrollments if their drafts were published now."""
    sequences = await sequence_by_id(db, list(sequence_ids))
    published = await current_version_by_sequence(db, [id for id, sequence in sequences.items() if sequence.draft is None])
    plans = {id: sequence.draft or (published[id].plan if id in published else SequencePlan()) for id, sequence in sequences.items()}
    return await _counted(db, plans, how)


async def _counted(db: Reading, plans: Mapping[UUID, SequencePlan], how: RunningEnrollments) -> Mapping[UUID, EnrollmentMoves]:
    running = await running_by_step(db, list(plans))
    versions = await sequence_version_by_id(db, sorted({version_id for steps in running.values() for version_id, _ in steps}))
    return {id: counted_moves(running.get(id, {}), versions, plan, how) for id, plan in plans.items()}


async def move_enrollments(work: Work, new: SequenceVersion, how: RunningEnrollments) -> EnrollmentMoves:
    """Do with running enrollments what was asked, in the transaction that publishes `new`, which must be written already.

    Raises Refused: ValidationFailed when more than `MAX_MOVED` would have to move.
    """
    moves = (await _counted(work.tx, {new.sequence_id: new.plan}, how))[new.sequence_id]
    if moves.moved == 0:
        return moves
    if moves.running > MAX_MOVED:
        message = (
            f"{moves.running} leads are in the sequence, and at most {MAX_MOVED} can move: publish with PIN, and they finish as they began."
        )
        raise Refused.because(ValidationFailed(message=message, path=("running_enrollments",)))
    found = await running_enrollments(work.tx, new.sequence_id, MAX_MOVED)
    edits = LeadEdits(work)
    loaded = await edits.load(found.values(), even_deleted=True)
    enrollments = await enrollment_for_update(work.tx, list(found))
    versions: Mapping[UUID, SequenceVersion] = await sequence_version_by_id(
        work.tx, sorted({each.sequence_version_id for each in enrollments.values()})
    )
    facts = await LeadFacts.read(work, list(loaded.values()))
    for enrollment in enrollments.values():
        edit = loaded.get(enrollment.lead_id)
        if edit is None or not enrollment.is_live:
            continue
        known = facts.of(edit)
        if how is RunningEnrollments.RESTART:
            progress = restarted(new, enrollment, known, work.at)
        else:
            progress = remapped(versions[enrollment.sequence_version_id], new, enrollment, known, work.at)
        if progress is not None:
            edits.enrollments.take(edit, enrollment, progress)
    await edits.save()
    return moves
