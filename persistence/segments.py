"""Segments, and filters that name segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.filters import LeadFilter, LeadQuery
from domain.segments import MAX_DEPTH, MAX_TERMS, Segment, parts_of, segments_in, terms_of, without_segments
from persistence.database import Reading, Writing
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import segments
from persistence.writes import adding, locking, saving

segment_by_id = by_id(segments, Segment)
add_segments = adding(segments, Segment)
segment_for_update = locking(segments, Segment)
save_segments = saving(segments, Segment)

_to_segment = mapper(Segment)
_columns = [segments.c[name] for name in columns_of(Segment)]
_name = func.lower(segments.c.name).collate("C")
_mine = segments.c.workspace_id == bindparam("workspace_id")
_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))

all_segments: Listing[Segment, Any] = Listing(
    build=_to_segment,
    columns=_columns,
    source=segments,
    workspace=segments.c.workspace_id,
    id=segments.c.id,
    orderings={"NAME": Ordering(_name, str)},
)

_EVERY = Constant(select(*_columns).where(_mine).order_by(_name, segments.c.id))
_COUNT = Constant(select(func.count()).where(_mine))
_BY_NAME = Constant(select(segments.c.id).where(_mine, func.lower(segments.c.name) == func.lower(bindparam("name", type_=Text()))))
_DELETE = Constant(delete(segments).where(_mine, segments.c.id == _ids))


class FilterTooLarge(Exception):
    """A filter has too many conditions once the segments that it names are spelt out."""


async def every_segment(db: Reading) -> Sequence[Segment]:
    """Read all segments of the workspace, by name."""
    return [_to_segment(row) for row in await db.fetch(_EVERY)]


async def segment_count(db: Reading) -> int:
    """Count the workspace's segments."""
    return await db.fetch_value(_COUNT)


async def segment_id_by_name(db: Reading, name: str) -> UUID | None:
    """Find a segment by its name, without regard to case."""
    return await db.fetch_value(_BY_NAME, name=name)


async def delete_segments(tx: Writing, ids: Sequence[UUID]) -> None:
    """Delete segments."""
    await tx.execute(_DELETE, ids=list(ids))


async def filters_within(db: Reading, filters: Iterable[LeadFilter]) -> Mapping[UUID, LeadFilter]:
    """Read the filters of the segments that filters name, and of those that these name, level by level."""
    known: dict[UUID, LeadFilter] = {}
    wanted = frozenset(id for filter in filters for id in segments_in(filter))
    for _ in range(MAX_DEPTH):
        missing = wanted - known.keys()
        if not missing:
            break
        found = {id: segment.filter for id, segment in (await segment_by_id(db, sorted(missing))).items()}
        known |= found
        wanted = frozenset(id for filter in found.values() for id in segments_in(filter))
    return known


async def spelt_out(db: Reading, filters: Sequence[LeadFilter]) -> Sequence[LeadFilter]:
    """Put the filters of segments in their places. Raises FilterTooLarge."""
    if not any(part.segment for filter in filters for part in parts_of(filter)):
        return filters
    known = await filters_within(db, filters)
    resolved = [without_segments(filter, known) for filter in filters]
    if any(terms_of(filter) > MAX_TERMS for filter in resolved):
        raise FilterTooLarge
    return resolved


async def resolved_query(db: Reading, query: LeadQuery) -> LeadQuery:
    """Put the filters of segments in their places. Raises FilterTooLarge."""
    if query.filter is None:
        return query
    [filter] = await spelt_out(db, [query.filter])
    return query if filter is query.filter else replace(query, filter=filter)
