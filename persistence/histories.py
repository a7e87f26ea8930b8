"""What happened to a lead and is never changed: statuses, assignments, scores, stage stays, slips; and the events of all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Table
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from domain.consent import ConsentEntry, Suppression
from domain.enrollments import EnrollmentChange
from domain.events import Event
from domain.leads import Assignment, CurrentScore, ScoreEntry, StatusChange
from domain.pipelines import CloseDateSlip, StageStay
from persistence.database import Writing
from persistence.lead_conditions import visible_lead
from persistence.lookups import by_id_of_leads
from persistence.paging import Listing, Ordering, Where, no_filter
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import (
    assignments,
    close_date_slips,
    consent_entries,
    enrollment_changes,
    events,
    lead_scores,
    score_entries,
    stage_stays,
    status_changes,
    suppressions,
)

T = TypeVar("T")


def _history(
    table: Table, noun: type[T], *, at: str = "at", parent: str = "lead_id", order: str = "AT", where: Where[Any] = no_filter
) -> Listing[T, Any]:
    return Listing(
        build=mapper(noun),
        columns=[table.c[name] for name in columns_of(noun)],
        source=table,
        workspace=table.c.workspace_id,
        id=table.c.id,
        orderings={order: Ordering(table.c[at], datetime)},
        where=where,
        parent=table.c[parent],
    )


status_changes_by_lead = _history(status_changes, StatusChange)
assignments_by_lead = _history(assignments, Assignment)
assignments_by_agent = _history(
    assignments,
    Assignment,
    parent="agent_id",
    where=lambda _filter, scope: [visible_lead(assignments.c.lead_id, assignments.c.workspace_id, scope)],
)
score_entries_by_lead = _history(score_entries, ScoreEntry)
stage_stays_by_lead = _history(stage_stays, StageStay, at="entered_at")
close_date_slips_by_lead = _history(close_date_slips, CloseDateSlip)

status_change_by_id = by_id_of_leads(status_changes, StatusChange)
assignment_by_id = by_id_of_leads(assignments, Assignment)
score_entry_by_id = by_id_of_leads(score_entries, ScoreEntry)
stage_stay_by_id = by_id_of_leads(stage_stays, StageStay)
close_date_slip_by_id = by_id_of_leads(close_date_slips, CloseDateSlip)

_INSERTS: dict[type, Constant] = {
    noun: Constant(plain_insert(table), ("workspace_id", *columns_of(noun)))
    for noun, table in (
        (StatusChange, status_changes),
        (Assignment, assignments),
        (ScoreEntry, score_entries),
        (StageStay, stage_stays),
        (CloseDateSlip, close_date_slips),
        (EnrollmentChange, enrollment_changes),
        (ConsentEntry, consent_entries),
    )
} | {
    # A lead that is suppressed already stays suppressed as it was.
    Suppression: Constant(insert(suppressions).on_conflict_do_nothing(), ("workspace_id", *columns_of(Suppression)))
}


def table_of_entry(entry: object) -> Table:
    """Name the table that an entry is written to."""
    return cast(Any, _INSERTS[type(entry)].statement).table


async def add_entries(tx: Writing, entries: Sequence[Any]) -> None:
    """Insert history entries of any kinds, each kind with one statement."""
    kinds: dict[type[Any], list[dict[str, Any]]] = {}
    for entry in entries:
        kinds.setdefault(cast(type[Any], type(entry)), []).append(values_of(entry))
    for kind, rows in kinds.items():
        await tx.execute_many(_INSERTS[kind], rows)


_score_values = [name for name in columns_of(CurrentScore) if name != "lead_id"]
_upsert_score = insert(lead_scores)
_UPSERT_SCORE = Constant(
    _upsert_score.on_conflict_do_update(
        index_elements=["workspace_id", "lead_id"], set_={name: _upsert_score.excluded[name] for name in _score_values}
    ),
    ("workspace_id", *columns_of(CurrentScore)),
)


async def save_scores(tx: Writing, scores: Sequence[CurrentScore]) -> None:
    """Write what leads score now."""
    await tx.execute_many(_UPSERT_SCORE, [values_of(score) for score in scores])


_EVENT_COLUMNS = ("id", "lead_id", "sequence", "type", "at", "changes", "cause", "cause_id", "actor_kind", "actor_id")
_INSERT_EVENT = Constant(plain_insert(events), ("workspace_id", *_EVENT_COLUMNS))


def event_row(event: Event) -> dict[str, Any]:
    """Lay an event out as a row of its table, without the workspace."""
    return {
        "id": event.id,
        "lead_id": event.lead_id,
        "sequence": event.sequence,
        "type": event.type,
        "at": event.at,
        "changes": event.changes,
        "cause": event.cause,
        "cause_id": event.cause_id,
        "actor_kind": event.actor.kind,
        "actor_id": event.actor.id,
    }


async def add_events(tx: Writing, new: Sequence[Event]) -> None:
    """Insert events; they become visible together with the change that they tell of."""
    tx.tells = tx.tells or bool(new)
    await tx.execute_many(_INSERT_EVENT, [event_row(event) for event in new])
