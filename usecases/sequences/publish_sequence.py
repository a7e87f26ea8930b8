"""Publish a sequence: its draft becomes the next version, which never changes, with the words of its messages as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from domain.enrollments import RunningEnrollments
from domain.events import EventType
from domain.message_templates import CurrentMessage
from domain.refusals import Refused
from domain.sequence_steps import SendStep
from domain.sequence_validation import SequenceNotPublishable
from domain.sequences import Sequence, SequencePlan, SequenceVersion
from persistence import sequences
from usecases.answers import Several
from usecases.sequences.editing import opened_sequence, saved_sequence
from usecases.sequences.move_enrollments import begin_moving
from usecases.sequences.validate import validated
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id, verb


@verb
async def publish_sequence(
    work: Work, sequence_id: UUID, running: RunningEnrollments = RunningEnrollments.PIN, expected_version: int | None = None
) -> Several:
    """Publish a draft: the parts are the sequence, its new version, and what becomes of running enrollments.

    Those that move do so behind the scenes, however many they are. Without a draft nothing changes, and the version is the one that is
    published. Raises Refused: NotFound, VersionConflict, SequenceNotPublishable for each error of the draft.
    """
    sequence, refusals = await opened_sequence(work, sequence_id, expected_version)
    if sequence.draft is None:
        if refusals:
            raise Refused(refusals)
        current = await sequences.current_version_by_sequence(work.tx, [sequence.id])
        return Several({"sequence": sequence, "sequence_version": current.get(sequence.id), "enrollments": None})
    validation, messages = await validated(work.tx, sequence.draft)
    refusals += [SequenceNotPublishable(message=problem.message, path=("sequence_id",), problem=problem) for problem in validation.errors]
    if refusals:
        raise Refused(refusals)
    version = _next_version(work, sequence, _pinned(sequence.draft, messages))
    await sequences.add_sequence_versions(work.tx, [version])
    published = await saved_sequence(work, sequence, replace(sequence, draft=None, published_version=version.number))
    moves = await begin_moving(work, version, running)
    numbers = [sequence.published_version, version.number]
    facts = {"sequence_id": sequence.id, "sequence_version_id": version.id, "number": numbers}
    await tell_workspace(work, EventType.SEQUENCE_PUBLISHED, facts)
    return Several({"sequence": published, "sequence_version": version, "enrollments": moves})


def _next_version(work: Work, sequence: Sequence, plan: SequencePlan) -> SequenceVersion:
    return SequenceVersion(
        id=new_id(),
        sequence_id=sequence.id,
        number=(sequence.published_version or 0) + 1,
        plan=plan,
        published_at=work.at,
        published_by_kind=work.actor.kind,
        published_by_id=work.actor.id,
    )


def _pinned(plan: SequencePlan, messages: Mapping[UUID, CurrentMessage]) -> SequencePlan:
    steps = tuple(
        replace(step, template_version_id=messages[step.template_id].version.id) if isinstance(step, SendStep) else step
        for step in plan.steps
    )
    return replace(plan, steps=steps)
