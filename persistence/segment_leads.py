"""The leads of segments: several segments' lists and counts with one statement, and the segments that leads are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, literal, select, union_all

from domain.filters import LeadFilter, LeadQuery
from domain.leads import Lead
from domain.paging import EMPTY_PAGE, Page, PageRequest
from domain.segments import FilterProblem, Segment
from persistence.database import Reading
from persistence.filter_names import filter_problems
from persistence.lead_conditions import lead_conditions
from persistence.lead_lists import LeadListing
from persistence.segments import every_segment, resolved_query, segment_by_id, spelt_out
from persistence.tables import leads

_DEFINITION = frozenset({"definition"})


def _within(filter: LeadFilter, query: LeadQuery | None) -> LeadQuery:
    """Narrow a segment by what is asked of its leads."""
    if query is None:
        return LeadQuery(filter)
    narrowed = query.filter or LeadFilter()
    return replace(query, filter=replace(narrowed, and_=(*(narrowed.and_ or ()), filter)))


async def _filters(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, LeadFilter]:
    """Read the filters of segments, with those of the segments that they name in their places."""
    segments = await segment_by_id(db, ids, _DEFINITION)
    filters = await spelt_out(db, [segment.filter for segment in segments.values()])
    return dict(zip(segments, filters, strict=True))


class _LeadsBySegment(LeadListing):
    """Leads by segment: each has a filter of its own, so that several lists are several queries of one statement."""

    async def pages(
        self,
        db: Reading,
        parents: Sequence[Any],
        request: PageRequest,
        filter: LeadQuery | None = None,
        wanted: frozenset[str] | None = None,
    ) -> Mapping[Any, Page[Lead]]:
        """Read the same page of several segments."""
        queries = await self._queries(db, parents, filter)
        pages = await self.pages_of(db, list(queries.values()), request, wanted)
        return {**dict.fromkeys(parents, cast("Page[Lead]", EMPTY_PAGE)), **dict(zip(queries, pages, strict=True))}

    async def counts(self, db: Reading, parents: Sequence[Any], filter: LeadQuery | None = None) -> Mapping[Any, int]:
        """Count several segments."""
        queries = await self._queries(db, parents, filter)
        counts = await self.counts_of(db, list(queries.values()))
        return {**dict.fromkeys(parents, 0), **dict(zip(queries, counts, strict=True))}

    async def _queries(self, db: Reading, ids: Sequence[UUID], query: LeadQuery | None) -> Mapping[UUID, LeadQuery]:
        asked = None if query is None else await resolved_query(db, query)
        return {id: _within(filter, asked) for id, filter in (await _filters(db, ids)).items()}


leads_by_segment = _LeadsBySegment()


async def segment_counts(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Count the leads of segments, all with one statement."""
    return await leads_by_segment.counts(db, ids)


async def segment_problems(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[FilterProblem]]:
    """Say what each segment's filter names in vain."""
    filters = {id: segment.filter for id, segment in (await segment_by_id(db, ids, _DEFINITION)).items()}
    problems = await filter_problems(db, list(filters.values()))
    return {id: problems[filter] for id, filter in filters.items()}


async def segments_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Segment]]:
    """Find the segments that leads are in, by name."""
    segments = await every_segment(db)
    if not segments:
        return {}
    filters = await spelt_out(db, [segment.filter for segment in segments])
    parts = [
        select(literal(number).label("number"), leads.c.id).where(
            leads.c.workspace_id == bindparam("workspace_id"),
            leads.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))),
            *lead_conditions(LeadQuery(filter), db.scope),
        )
        for number, filter in enumerate(filters)
    ]
    found: dict[UUID, list[int]] = {}
    for row in await db.fetch(union_all(*parts), ids=list(ids)):
        found.setdefault(row["id"], []).append(row["number"])
    return {id: [segments[number] for number in sorted(numbers)] for id, numbers in found.items()}
