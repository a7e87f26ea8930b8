"""Change a sequence: its name, its draft, whether it takes leads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.refusals import Refusal, Refused, ValidationFailed
from domain.sequence_changes import unpinned_plan
from domain.sequence_editing import edited_plan, edited_sequence
from domain.sequences import PlanFields, Sequence, SequenceFields, SequencePlan
from persistence.sequences import current_version_by_sequence
from usecases.sequences.editing import name_refusals, opened_sequence, saved_sequence
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSequence:
    """What is asked for one sequence; the parts of the plan that are given become parts of the draft.

    `unreadable` is what was wrong with the request before it came here.
    """

    sequence_id: UUID
    fields: SequenceFields = field(default_factory=SequenceFields)
    plan: PlanFields = field(default_factory=PlanFields)
    expected_version: int | None = None
    unreadable: tuple[Refusal, ...] = ()


@verb
async def update_sequence(work: Work, request: UpdateSequence) -> Sequence:
    """Change a sequence. What is published stays as it is: a changed plan is a draft, which ends when it is the same again.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists.
    """
    before, refusals = await opened_sequence(work, request.sequence_id, request.expected_version)
    sequence, problems = edited_sequence(before, request.fields)
    refusals += [*problems, *await name_refusals(work, sequence), *request.unreadable]
    if request.plan:
        published = await published_plan(work, before)
        plan, problems = edited_plan(before.draft or published or SequencePlan(), request.plan)
        refusals += problems
        sequence = replace(sequence, draft=None if plan == published else plan)
    if refusals:
        raise Refused(refusals)
    return await saved_sequence(work, before, sequence)


@verb
async def discard_sequence_draft(work: Work, sequence_id: UUID, expected_version: int | None = None) -> Sequence:
    """Go back to what is published. Without a draft nothing changes. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    sequence, refusals = await opened_sequence(work, sequence_id, expected_version)
    if sequence.published_version is None:
        refusals.append(ValidationFailed(message="The sequence was never published: its draft is all there is.", path=("sequence_id",)))
    if refusals:
        raise Refused(refusals)
    return await saved_sequence(work, sequence, replace(sequence, draft=None))


@verb
async def archive_sequence(work: Work, sequence_id: UUID, expected_version: int | None = None) -> Sequence:
    """Let a sequence take no more leads; those in it go on. Again changes nothing. Raises Refused: NotFound, VersionConflict."""
    sequence, refusals = await opened_sequence(work, sequence_id, expected_version)
    if refusals:
        raise Refused(refusals)
    return await saved_sequence(work, sequence, replace(sequence, archived_at=sequence.archived_at or work.at))


@verb
async def unarchive_sequence(work: Work, sequence_id: UUID, expected_version: int | None = None) -> Sequence:
    """Let a sequence take leads again. Again changes nothing. Raises Refused: NotFound, VersionConflict."""
    sequence, refusals = await opened_sequence(work, sequence_id, expected_version)
    if refusals:
        raise Refused(refusals)
    return await saved_sequence(work, sequence, replace(sequence, archived_at=None))


async def published_plan(work: Work, sequence: Sequence) -> SequencePlan | None:
    """Read what is published, in the form of a draft."""
    if sequence.published_version is None:
        return None
    return unpinned_plan((await current_version_by_sequence(work.tx, [sequence.id]))[sequence.id].plan)
