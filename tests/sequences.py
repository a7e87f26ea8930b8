"""Sequences as they stand in the database, for tests that are not about writing them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from uuid_utils.compat import uuid7

from domain.access import system_viewer
from domain.sequence_steps import ExitStep, Step, TaskStep, WaitStep
from domain.sequences import Sequence, SequencePlan, SequenceType, SequenceVersion
from persistence.sequences import add_sequence_versions, add_sequences, save_sequences
from tests.worlds import World
from usecases.sequences.move_enrollments import move_next_enrollments
from usecases.verbs import Call


def day(key: str, next: str | None, days: int = 1) -> WaitStep:
    """Wait for days."""
    return WaitStep(key=key, minutes=days * 24 * 60, next=next)


def task(key: str, next: str | None) -> TaskStep:
    """Give the owner something to do."""
    return TaskStep(key=key, title="Look it up", instructions=None, due_minutes=60, next=next)


END = ExitStep(key="end", reason=None)
TWO_DAYS: tuple[Step, ...] = (day("first", "second"), day("second", None))


async def published(world: World, *steps: Step, name: str = "Warm up", **plan: Any) -> tuple[Sequence, SequenceVersion]:
    """Publish a sequence; without steps, it waits for a day twice."""
    sequence = Sequence(
        id=uuid7(),
        version=1,
        name=name,
        type=SequenceType.INTEREST,
        description=None,
        draft=None,
        published_version=1,
        archived_at=None,
        created_at=world.at,
        updated_at=world.at,
    )
    version = _version(sequence, world, 1, SequencePlan(steps=steps or TWO_DAYS, **plan))
    async with world.database.writing(world.scope) as tx:
        await add_sequences(tx, [sequence])
        await add_sequence_versions(tx, [version])
    return sequence, version


async def published_anew(world: World, sequence: Sequence, *steps: Step, **plan: Any) -> tuple[Sequence, SequenceVersion]:
    """Publish the next version, and leave running enrollments alone."""
    number = (sequence.published_version or 0) + 1
    version = _version(sequence, world, number, SequencePlan(steps=steps, **plan))
    sequence = replace(sequence, published_version=number)
    async with world.database.writing(world.scope) as tx:
        await add_sequence_versions(tx, [version])
        await save_sequences(tx, [sequence])
    return sequence, version


async def moved(world: World, batch: int = 200) -> int:
    """Let the service finish the workspace's runs, and return how many enrollments they came to."""
    call = Call(world.database, system_viewer(world.workspace.id), world.at)
    total = 0
    while done := await move_next_enrollments(call, batch):
        total += done
    return total


def _version(sequence: Sequence, world: World, number: int, plan: SequencePlan) -> SequenceVersion:
    return SequenceVersion(
        id=uuid7(),
        sequence_id=sequence.id,
        number=number,
        plan=plan,
        published_at=world.at,
        published_by_kind="SYSTEM",
        published_by_id=None,
    )
