"""The leads of segments: several segments' lists and counts with one statement, and the segments that leads are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, literal, select, union_all

from domain.filters import LeadFilter, LeadQuery
from domain.leads import Lead
from domain.paging import Page, PageRequest
from domain.segments import Segment
from persistence.database import Reading
from persistence.lead_conditions import lead_conditions
from persistence.lead_lists import LeadListing, all_leads
from persistence.segments import every_segment, spelt_out
from persistence.tables import leads


def _within(filter: LeadFilter, query: LeadQuery | None) -> LeadQuery:
    """Narrow a segment by what is asked of its leads."""
    if query is None:
        return LeadQuery(filter)
    narrowed = query.filter or LeadFilter()
    return replace(query, filter=replace(narrowed, and_=(*(narrowed.and_ or ()), filter)))


class _LeadsBySegment(LeadListing):
    """Leads by the filter of a segment: each parent is a filter, and has a list of its own."""

    async def pages(
        self,
        db: Reading,
        parents: Sequence[Any],
        request: PageRequest,
        filter: LeadQuery | None = None,
        wanted: frozenset[str] | None = None,
    ) -> Mapping[Any, Page[Lead]]:
        """Read the same page of several segments."""
        pages = await self.pages_of(db, await self._queries(db, parents, filter), request, wanted)
        return dict(zip(parents, pages, strict=True))

    async def counts(self, db: Reading, parents: Sequence[Any], filter: LeadQuery | None = None) -> Mapping[Any, int]:
        """Count several segments."""
        return dict(zip(parents, await self.counts_of(db, await self._queries(db, parents, filter)), strict=True))

    async def _queries(self, db: Reading, parents: Sequence[LeadFilter], query: LeadQuery | None) -> Sequence[LeadQuery]:
        queries = [_within(parent, query) for parent in parents]
        filters = await spelt_out(db, [each.filter or LeadFilter() for each in queries])
        return [replace(each, filter=filter) for each, filter in zip(queries, filters, strict=True)]


leads_by_segment = _LeadsBySegment()


async def segment_counts(db: Reading, filters: Sequence[LeadFilter]) -> Mapping[LeadFilter, int]:
    """Count the leads that filters mean, with one statement."""
    counts = await all_leads.counts_of(db, [LeadQuery(filter) for filter in await spelt_out(db, filters)])
    return dict(zip(filters, counts, strict=True))


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
