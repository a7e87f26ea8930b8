"""A sequence being changed inside one transaction: locked, checked against the version that the caller knows, written at the end."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from domain.refusals import AlreadyExists, Refusal, Refused, not_found
from domain.sequences import Sequence
from persistence import sequences
from persistence.failures import UniqueViolation
from usecases.verbs import Work
from usecases.versions import version_problem


async def opened_sequence(work: Work, id: UUID, expected_version: int | None) -> tuple[Sequence, list[Refusal]]:
    """Lock a sequence; the refusals say that it is not at this version. Raises Refused: NotFound."""
    sequence = (await sequences.sequence_for_update(work.tx, [id])).get(id)
    if sequence is None:
        raise Refused.because(not_found("Sequence", "sequence_id"))
    return sequence, list(version_problem(sequence.version, expected_version, "sequence"))


async def saved_sequence(work: Work, before: Sequence, sequence: Sequence) -> Sequence:
    """Write a sequence that changed and count its version; one that did not is left alone. Raises Refused: AlreadyExists."""
    if sequence == before:
        return before
    sequence = replace(sequence, version=before.version + 1, updated_at=work.at)
    try:
        await sequences.save_sequences(work.tx, [sequence])
    except UniqueViolation as violation:
        # Two sequences of one name at once: the check before saw neither.
        raise Refused.because(name_taken()) from violation
    return sequence


async def name_refusals(work: Work, sequence: Sequence) -> list[Refusal]:
    """Refuse the name of a sequence that another one has, archived or not."""
    if not sequence.name:
        return []
    return [name_taken()] if set(await sequences.sequence_ids_by_name(work.tx, sequence.name)) - {sequence.id} else []


def name_taken() -> AlreadyExists:
    """Build the refusal for a sequence's name."""
    return AlreadyExists(message="Another sequence has this name.", path=("name",))
