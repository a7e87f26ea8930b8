"""What a merge does with every column that names a lead: one rule each, and a test that fails for a column without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, FromClause, Table

from persistence.tables import leads, metadata


@dataclass(frozen=True, slots=True)
class Move:
    """The loser's rows become the survivor's. `watched`: what follows from the merge may change the survivor's rows."""

    watched: bool = False


@dataclass(frozen=True, slots=True)
class MoveUnlessTaken:
    """The loser's rows become the survivor's; where both have one with the same values in `on`, the loser's is taken away."""

    on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combine:
    """Like `MoveUnlessTaken`, but the survivor's row takes the loser's in: earliest, latest and summed up, column by column."""

    on: tuple[str, ...] = ()
    earliest: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()
    summed: tuple[str, ...] = ()
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Settle:
    """The loser's rows become the survivor's; where both have one that meets `standing` with equal `on`, the loser's gets `ended`.

    `standing` makes a condition of the table. Values of `ended` are literals, or name a value of the merge: "at", "actor_kind", "actor_id".
    """

    on: tuple[str, ...]
    standing: Callable[[FromClause], ColumnElement[bool]]
    ended: Mapping[str, Any] = field(default_factory=dict[str, Any])
    watched: bool = False


@dataclass(frozen=True, slots=True)
class TakeAway:
    """The loser's rows are taken away, and come back when the merge is undone."""


@dataclass(frozen=True, slots=True)
class Rederive:
    """The rows follow from the leads themselves: taken away from the loser, made anew for whoever changes."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The rows keep naming the loser, for a reason."""

    reason: str


Rule: TypeAlias = Move | MoveUnlessTaken | Combine | Settle | TakeAway | Rederive | Stay

_COUNTS = tuple(column.name for column in metadata.tables["initial_counts"].columns if column.name not in ("workspace_id", "lead_id"))

_CAMPAIGN_STEPS = ("sent_at", "delivered_at", "opened_at", "clicked_at", "responded_at", "opted_out_at", "reported_conversion_at")

# In the order in which they are carried out.
RULES: Mapping[str, Rule] = {
    # So that every id leads to the end of its chain in one step.
    "leads.merged_into_id": Move(),
    "lead_merges.lead_id": Move(),
    "lead_merges.survivor_id": Stay("it says which lead was kept at the time"),
    "lead_merges.loser_id": Stay("it says which lead was merged"),
    "activities.lead_id": Move(),
    "contact_attempts.lead_id": Move(),
    "initial_counts.lead_id": Combine(summed=_COUNTS),
    "status_changes.lead_id": Move(),
    "assignments.lead_id": Move(),
    "score_entries.lead_id": Move(),
    "close_date_slips.lead_id": Move(),
    "stage_stays.lead_id": Move(),
    "lead_scores.lead_id": TakeAway(),
    "external_references.lead_id": Move(),
    "lead_tags.lead_id": MoveUnlessTaken(on=("tag_id",)),
    "search_terms.lead_id": Rederive(),
    "duplicate_keys.lead_id": Rederive(),
    # Which campaign brought what stays told by the touches; the membership keeps the earliest of each.
    "campaign_members.lead_id": Combine(
        on=("campaign_id",),
        earliest=("joined_at", *_CAMPAIGN_STEPS),
        latest=("last_touch_at",),
        summed=("touches",),
        watched=True,
    ),
    "consent_entries.lead_id": Move(),
    "suppressions.lead_id": Settle(
        on=("channel",),
        standing=lambda table: table.c.lifted_at.is_(None),
        ended={"lifted_at": "at", "lifted_by_kind": "actor_kind", "lifted_by_id": "actor_id", "lift_note": "Merged with an equal one."},
        watched=True,
    ),
    "follow_ups.lead_id": Move(watched=True),
    # Where both are in one sequence, the verb has ended the loser's enrollment before.
    "enrollments.lead_id": Move(watched=True),
    "enrollment_changes.lead_id": Move(),
    "claims.lead_id": Settle(
        on=(),
        standing=lambda table: table.c.ended_at.is_(None),
        ended={"ended_at": "at", "state": "RELEASED", "note": "The lead was merged with one that somebody else works on."},
    ),
    # What is next in a queue is found out again and again; it only must not be a lead that is no more.
    "queue_items.lead_id": TakeAway(),
    "queue_fillings.last_lead_id": Stay("it is a place in an order, whether a lead stands there or not"),
    "custom_values.lead_id": MoveUnlessTaken(on=("field_id",)),
    "events.lead_id": Stay("the feed is what was told; a lead's sequence goes on without gaps only under its own id"),
}


def lead_columns() -> Iterator[Column[Any]]:
    """Find every column that names a lead: by its foreign key, or by its name where events are only told."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            refers = any(key.column.table is leads and key.column.name == "id" for key in column.foreign_keys)
            if refers or column.name == "lead_id" or column.name.endswith("_lead_id"):
                yield column


def name_of(column: Column[Any]) -> str:
    """Return the key of `RULES` for a column."""
    return f"{column.table.name}.{column.name}"


def ruled() -> Iterator[tuple[Table, Column[Any], Rule]]:
    """Go through the rules in their order."""
    for name, rule in RULES.items():
        table_name, column_name = name.split(".")
        table = metadata.tables[table_name]
        yield table, table.c[column_name], rule
