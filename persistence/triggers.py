"""What enrolls leads by itself: the triggers of the published sequences of a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.sequences import Trigger
from persistence.database import Reading
from persistence.documents import from_document
from persistence.statements import Constant, LeastRecent
from persistence.tables import sequence_versions, sequences


@dataclass(frozen=True, slots=True)
class Triggered:
    """A published version that enrolls leads by itself, and when."""

    sequence_id: UUID
    version_id: UUID
    triggers: tuple[Trigger, ...]


_published = and_(
    sequences.c.workspace_id == sequence_versions.c.workspace_id,
    sequences.c.id == sequence_versions.c.sequence_id,
    sequences.c.published_version == sequence_versions.c.number,
)
_told = func.jsonb_build_array(sequence_versions.c.sequence_id, sequence_versions.c.id, sequence_versions.c.triggers)
# All of them in one value, the oldest sequence first, so that another statement can bring it along.
ALL_TRIGGERED = (
    select(func.jsonb_agg(aggregate_order_by(_told, sequences.c.created_at, sequences.c.id)))
    .select_from(sequence_versions.join(sequences, _published))
    .where(
        sequence_versions.c.workspace_id == bindparam("workspace_id"),
        sequences.c.archived_at.is_(None),
        sequence_versions.c.triggers != func.jsonb_build_array(),
    )
)
_TRIGGERED = Constant(ALL_TRIGGERED)
# A version is never changed once it is published; beside each stands what it was made of, so that nothing but its own workspace's is found.
_triggers_by_version = LeastRecent(1_000)


def to_triggered(told: Any) -> Sequence[Triggered]:
    """Read what `ALL_TRIGGERED` found."""
    return [_to_triggered(*each) for each in told or ()]


def _to_triggered(sequence_id: str, version_id: str, triggers: Any) -> Triggered:
    known: tuple[Any, Triggered] | None = _triggers_by_version.get(version_id)
    if known is None or known[0] != (sequence_id, triggers):
        found = Triggered(UUID(sequence_id), UUID(version_id), from_document(tuple[Trigger, ...], triggers))
        known = _triggers_by_version[version_id] = (sequence_id, triggers), found
    return known[1]


async def triggered_versions(db: Reading) -> Sequence[Triggered]:
    """Read the triggers of all sequences that take leads, the oldest sequence first."""
    return to_triggered(await db.fetch_value(_TRIGGERED))
