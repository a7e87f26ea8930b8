"""What enrolls leads by itself: the triggers of the published sequences of a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Text, and_, bindparam, cast, func, select
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
# All of them in one text, the oldest sequence first, so that another statement can bring it along.
ALL_TRIGGERED = (
    select(cast(func.jsonb_agg(aggregate_order_by(_told, sequences.c.created_at, sequences.c.id)), Text))
    .select_from(sequence_versions.join(sequences, _published))
    .where(
        sequence_versions.c.workspace_id == bindparam("workspace_id"),
        sequences.c.archived_at.is_(None),
        sequence_versions.c.triggers != func.jsonb_build_array(),
    )
)
_TRIGGERED = Constant(ALL_TRIGGERED)
# By the text: it names sequences of one workspace, so that nothing but its own is found.
_triggered_by_text = LeastRecent(1_000)


def to_triggered(text: str | None) -> Sequence[Triggered]:
    """Read what `ALL_TRIGGERED` found."""
    if text is None:
        return ()
    known: Sequence[Triggered] | None = _triggered_by_text.get(text)
    if known is None:
        told: list[tuple[str, str, Any]] = orjson.loads(text)
        known = _triggered_by_text[text] = [
            Triggered(UUID(sequence_id), UUID(version_id), from_document(tuple[Trigger, ...], triggers))
            for sequence_id, version_id, triggers in told
        ]
    return known


async def triggered_versions(db: Reading) -> Sequence[Triggered]:
    """Read the triggers of all sequences that take leads, the oldest sequence first."""
    return to_triggered(await db.fetch_value(_TRIGGERED))
