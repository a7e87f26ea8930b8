"""What becomes of running enrollments when a version of their sequence is published: they stay, move over, or begin again.

Whoever publishes only begins a run. The enrollments move behind the scenes, batch by batch from wherever it was broken off, and stay on
their version until it comes to them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import ActorKind
from domain.enrollment_moves import counted_moves
from domain.enrollment_progress import Progress, StepFacts, remapped, restarted
from domain.enrollments import Enrollment, EnrollmentMoves, EnrollmentRun, RunningEnrollments
from domain.sequences import SequencePlan, SequenceVersion
from persistence import enrollment_runs
from persistence.database import Database, Reading
from persistence.enrollments import enrollment_for_update, running_by_step
from persistence.sequences import current_version_by_sequence, sequence_by_id, sequence_version_by_id
from usecases.leads.editing import LeadEdits
from usecases.rounds import take_turns
from usecases.sequences.admission import LeadFacts
from usecases.verbs import Work, new_id, verb

BATCH = 200


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


async def begin_moving(work: Work, new: SequenceVersion, how: RunningEnrollments) -> EnrollmentMoves:
    """Count what becomes of running enrollments, and begin the run that moves them, if any are to move; `new` must be written."""
    moves = (await _counted(work.tx, {new.sequence_id: new.plan}, how))[new.sequence_id]
    if moves.moved:
        run = EnrollmentRun(
            id=new_id(),
            sequence_id=new.sequence_id,
            sequence_version_id=new.id,
            number=new.number,
            running_enrollments=how,
            total=moves.running,
            done=0,
            moved=0,
            position=None,
            started_at=work.at,
            finished_at=None,
        )
        await enrollment_runs.add_enrollment_runs(work.tx, [run])
    return moves


@verb
async def move_next_enrollments(work: Work, limit: int = BATCH) -> int:
    """Move the next enrollments of one of the workspace's runs; return how many it came to, 0 when there is nothing to do.

    The enrollments and the run's position are written together: a process killed at any instant leaves none out, and moves none twice.
    """
    if not await enrollment_runs.is_enrollment_run_open(work.tx):
        return 0
    run = await enrollment_runs.lock_next_enrollment_run(work.tx)
    if run is None:
        return 0
    found = await enrollment_runs.next_enrollments(work.tx, run, limit)
    moved = await _move(work, run, found) if found else 0
    finished = len(found) < limit
    after = replace(
        run,
        done=run.total if finished else min(run.total, run.done + len(found)),
        moved=run.moved + moved,
        position=max(found) if found else run.position,
        finished_at=work.at if finished else None,
    )
    await enrollment_runs.advance_enrollment_run(work.tx, after)
    return len(found)


async def move_by_publications(database: Database, clock: Callable[[], datetime], batch: int = BATCH) -> int:
    """Finish every open run, the workspaces by turns; return how many enrollments there were.

    One workspace's failure keeps none of the others waiting; it is raised when all have had their turn.
    """
    undone = "enrollments of some workspaces could not be moved"
    return await take_turns(database, clock, lambda call: move_next_enrollments(call, batch), undone)


async def _move(work: Work, run: EnrollmentRun, found: Mapping[UUID, UUID]) -> int:
    new = (await sequence_version_by_id(work.tx, [run.sequence_version_id]))[run.sequence_version_id]
    work = _set_off_by_publisher(work, new)
    edits = LeadEdits(work)
    loaded = await edits.load(found.values(), even_deleted=True)
    enrollments = await enrollment_for_update(work.tx, list(found))
    versions: Mapping[UUID, SequenceVersion] = await sequence_version_by_id(
        work.tx, sorted({each.sequence_version_id for each in enrollments.values()})
    )
    facts = await LeadFacts.read(work, list(loaded.values()))
    moved = 0
    for enrollment in enrollments.values():
        edit, version = loaded.get(enrollment.lead_id), versions[enrollment.sequence_version_id]
        # It may have ended, or gone to another lead, while we waited for the lead's lock.
        if edit is None or not enrollment.is_live or version.number >= new.number:
            continue
        progress = _moved(run, version, new, enrollment, facts.of(edit), work.at)
        if progress is not None:
            edits.enrollments.take(edit, enrollment, progress)
            moved += 1
    await edits.save()
    return moved


def _moved(
    run: EnrollmentRun, version: SequenceVersion, new: SequenceVersion, enrollment: Enrollment, facts: StepFacts, at: datetime
) -> Progress | None:
    if run.running_enrollments is RunningEnrollments.RESTART:
        return restarted(new, enrollment, facts, at)
    return remapped(version, new, enrollment, facts, at)


def _set_off_by_publisher(work: Work, new: SequenceVersion) -> Work:
    """Let histories and events name whoever published: the service only carries it out."""
    id = new.published_by_id
    if id is None:
        return work
    return replace(work, viewer=replace(work.viewer, key_id=id, agent_id=id if new.published_by_kind == ActorKind.AGENT else None))
