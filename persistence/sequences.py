"""Sequences and their versions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.sequences import Sequence, SequenceVersion
from persistence.database import Reading
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import sequence_versions, sequences
from persistence.writes import adding, locking, saving

sequence_by_id = by_id(sequences, Sequence)
sequence_version_by_id = by_id(sequence_versions, SequenceVersion)

_version_columns = [sequence_versions.c[name] for name in columns_of(SequenceVersion)]
_to_version = mapper(SequenceVersion)

all_sequences: Listing[Sequence, Any] = Listing(
    build=mapper(Sequence),
    columns=[sequences.c[name] for name in columns_of(Sequence)],
    source=sequences,
    workspace=sequences.c.workspace_id,
    id=sequences.c.id,
    orderings={"NAME": Ordering(func.lower(sequences.c.name).collate("C"), str)},
    where=lambda archived, _scope: [] if archived else [sequences.c.archived_at.is_(None)],
)

versions_by_sequence: Listing[SequenceVersion, Any] = Listing(
    build=_to_version,
    columns=_version_columns,
    source=sequence_versions,
    workspace=sequence_versions.c.workspace_id,
    id=sequence_versions.c.id,
    orderings={"NUMBER": Ordering(sequence_versions.c.number, int)},
    parent=sequence_versions.c.sequence_id,
)

add_sequences = adding(sequences, Sequence)
sequence_for_update = locking(sequences, Sequence, key_share=True)
save_sequences = saving(sequences, Sequence)
add_sequence_versions = adding(sequence_versions, SequenceVersion)

_CURRENT_VERSIONS = Constant(
    select(*_version_columns)
    .join(
        sequences,
        (sequences.c.workspace_id == sequence_versions.c.workspace_id)
        & (sequences.c.id == sequence_versions.c.sequence_id)
        & (sequences.c.published_version == sequence_versions.c.number),
    )
    .where(
        sequence_versions.c.workspace_id == bindparam("workspace_id"),
        sequence_versions.c.sequence_id == any_(bindparam("ids", type_=ARRAY(Uuid))),
    )
)


async def current_version_by_sequence(db: Reading, sequence_ids: Collection[UUID]) -> Mapping[UUID, SequenceVersion]:
    """Read the published version of each sequence that has one."""
    rows = await db.fetch(_CURRENT_VERSIONS, ids=list(sequence_ids))
    return {row["sequence_id"]: _to_version(row) for row in rows}


_BY_NAME = Constant(
    select(sequences.c.id).where(
        sequences.c.workspace_id == bindparam("workspace_id"),
        func.lower(sequences.c.name) == func.lower(bindparam("name", type_=Text())),
    )
)


async def sequence_ids_by_name(db: Reading, name: str) -> list[UUID]:
    """Find the sequences of a name, without regard to case, archived ones too."""
    return [row["id"] for row in await db.fetch(_BY_NAME, name=name)]
