"""Leads' timelines: the places of all kinds of entries merged by one statement, then the entries of each kind by one more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, Text, any_, bindparam, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from domain.paging import Page, PageRequest
from domain.timeline import TimelineEntry, TimelineEntryType
from persistence.activities import activity_by_id
from persistence.campaign_members import campaign_member_by_id
from persistence.consent import consent_entry_by_id
from persistence.contact_attempts import contact_attempt_by_id
from persistence.database import Reading, Scope
from persistence.enrollments import enrollment_change_by_id
from persistence.follow_ups import follow_up_by_id_even_deleted
from persistence.histories import assignment_by_id, close_date_slip_by_id, score_entry_by_id, stage_stay_by_id, status_change_by_id
from persistence.lookups import ById
from persistence.merges import lead_merge_by_id
from persistence.paging import Listing, Ordering
from persistence.tables import (
    activities,
    assignments,
    campaign_members,
    close_date_slips,
    consent_entries,
    contact_attempts,
    enrollment_changes,
    follow_ups,
    lead_merges,
    score_entries,
    stage_stays,
    status_changes,
)

_READERS: Mapping[TimelineEntryType, ById[Any]] = {
    TimelineEntryType.ACTIVITY: activity_by_id,
    TimelineEntryType.CONTACT_ATTEMPT: contact_attempt_by_id,
    TimelineEntryType.STATUS_CHANGE: status_change_by_id,
    TimelineEntryType.ASSIGNMENT: assignment_by_id,
    TimelineEntryType.SCORE_CHANGE: score_entry_by_id,
    TimelineEntryType.STAGE_STAY: stage_stay_by_id,
    TimelineEntryType.CLOSE_DATE_SLIP: close_date_slip_by_id,
    TimelineEntryType.ENROLLMENT_CHANGE: enrollment_change_by_id,
    TimelineEntryType.FOLLOW_UP: follow_up_by_id_even_deleted,
    TimelineEntryType.MERGE: lead_merge_by_id,
    TimelineEntryType.CAMPAIGN_MEMBERSHIP: campaign_member_by_id,
    TimelineEntryType.CONSENT: consent_entry_by_id,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands, before it is read."""

    type: TimelineEntryType
    id: UUID


def _places(type: TimelineEntryType, at: Column[Any]) -> Select[Any, Any, Any, Any, str]:
    table = at.table
    # The type is written out: a branch that the filter leaves out is then not even planned to run.
    kind = literal_column(f"'{type}'", Text).label("type")
    return select(table.c.workspace_id, table.c.lead_id, table.c.id, at.label("at"), kind)


_PLACES = union_all(
    _places(TimelineEntryType.ACTIVITY, activities.c.occurred_at),
    _places(TimelineEntryType.CONTACT_ATTEMPT, contact_attempts.c.occurred_at),
    _places(TimelineEntryType.STATUS_CHANGE, status_changes.c.at),
    _places(TimelineEntryType.ASSIGNMENT, assignments.c.at),
    _places(TimelineEntryType.SCORE_CHANGE, score_entries.c.at),
    _places(TimelineEntryType.STAGE_STAY, stage_stays.c.entered_at),
    _places(TimelineEntryType.CLOSE_DATE_SLIP, close_date_slips.c.at),
    _places(TimelineEntryType.ENROLLMENT_CHANGE, enrollment_changes.c.at),
    _places(TimelineEntryType.FOLLOW_UP, follow_ups.c.created_at),
    _places(TimelineEntryType.MERGE, lead_merges.c.at),
    _places(TimelineEntryType.CAMPAIGN_MEMBERSHIP, campaign_members.c.joined_at),
    _places(TimelineEntryType.CONSENT, consent_entries.c.at),
).subquery("places")


def _of_types(types: tuple[TimelineEntryType, ...] | None, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    if types is None:
        return ()
    return [_PLACES.c.type == any_(bindparam(None, [type.value for type in types], type_=ARRAY(Text), unique=True))]


class _Timeline(Listing[TimelineEntry, tuple[TimelineEntryType, ...]]):
    """A list of places, each of which is exchanged for the entry that stands there."""

    async def pages(
        self,
        db: Reading,
        parents: Sequence[Any],
        request: PageRequest,
        filter: tuple[TimelineEntryType, ...] | None = None,
        wanted: frozenset[str] | None = None,
    ) -> Mapping[Any, Page[TimelineEntry]]:
        """Read the same page of several leads' timelines, with one statement and one more for each kind of entry on the pages."""
        placed = cast("Mapping[Any, Page[_Place]]", await super().pages(db, parents, request, filter))
        ids: dict[TimelineEntryType, list[UUID]] = {}
        for page in placed.values():
            for _, place in page.rows:
                ids.setdefault(place.type, []).append(place.id)
        entries: dict[UUID, TimelineEntry] = {}
        for type in TimelineEntryType:
            if type in ids:
                entries |= await _READERS[type](db, ids[type], wanted)
        return {parent: _filled(page, entries) for parent, page in placed.items()}


def _filled(page: Page[_Place], entries: Mapping[UUID, TimelineEntry]) -> Page[TimelineEntry]:
    # Entries are only ever added: one that is gone meanwhile went with its lead.
    rows = tuple((position, entries[place.id]) for position, place in page.rows if place.id in entries)
    return replace(cast("Page[Any]", page), rows=rows)


timeline_by_lead = _Timeline(
    build=lambda row: cast(Any, _Place(TimelineEntryType(row["type"]), row["id"])),
    columns=[_PLACES.c.type, _PLACES.c.id],
    source=_PLACES,
    workspace=_PLACES.c.workspace_id,
    id=_PLACES.c.id,
    orderings={"AT": Ordering(_PLACES.c.at, datetime)},
    where=_of_types,
    parent=_PLACES.c.lead_id,
    derived={"type": _PLACES.c.type, "id": _PLACES.c.id},
    kinds={reader.noun: (type.value, reader) for type, reader in _READERS.items()},
)
