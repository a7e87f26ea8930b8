"""Merging in the tables: every row that names the loser is moved, settled or taken away.

Each step is written down as a part of the merge; `persistence.unmerging` undoes the parts in the opposite order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import orjson
from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Table,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.functions import coalesce

from domain.enrollments import EnrollmentState, ExitReason, StepOutcome
from persistence.database import Writing
from persistence.histories import table_of_entry
from persistence.merge_rules import Combine, Move, MoveUnlessTaken, Rederive, Settle, Stay, TakeAway, ruled
from persistence.statements import Constant
from persistence.tables import enrollment_steps, enrollments, lead_scores, leads, merge_parts, stage_stays

_ADD_PART = Constant(insert(merge_parts), [column.name for column in merge_parts.columns])

MOVED, REMOVED, CHANGED, ADDED = "MOVED", "REMOVED", "CHANGED", "ADDED"


def own(table: FromClause) -> ColumnElement[bool]:
    """Keep the rows of the workspace."""
    return table.c.workspace_id == bindparam("workspace_id")


def _whole(table: Table) -> ColumnElement[str]:
    """Write a row as JSON, as text: amounts keep their digits on the way through the driver."""
    return cast(func.to_jsonb(table.table_valued()), Text).label("whole")


def _key(table: Table, but: Column[Any] | None = None) -> ColumnElement[str]:
    """Write what a row is found by: its key, without the column that moves."""
    parts: list[ColumnElement[Any]] = []
    for column in key_columns(table, but):
        parts += [literal_column(f"'{column.name}'"), column]
    return cast(func.jsonb_build_object(*parts), Text).label("whole")


def key_columns(table: Table, but: Column[Any] | None = None) -> list[Column[Any]]:
    """Return the columns of a table's key, without the workspace and without the column that moves."""
    return [column for column in table.primary_key if column.name != "workspace_id" and column is not but]


@dataclass(slots=True)
class Merging:
    """The merge that is going on: who takes whose place, and what was done so far."""

    tx: Writing
    survivor: UUID
    loser: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    parts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    moved: dict[str, int] = field(default_factory=dict[str, int])
    settled: dict[str, int] = field(default_factory=dict[str, int])

    def note(self, table: Table, through: str, kind: str, rows: Sequence[str]) -> None:
        """Write one step down; no rows, no step."""
        if rows:
            packed = orjson.Fragment(f"[{','.join(rows)}]".encode())
            self.parts.append({"position": len(self.parts), "relation": table.name, "through": through, "kind": kind, "rows": packed})

    async def move(self, table: Table, column: Column[Any]) -> None:
        """Let the loser's rows be the survivor's."""
        statement = update(table).where(own(table), column == self.loser).values({column.name: self.survivor})
        rows = await self.tx.fetch(statement.returning(_key(table, column)))
        self.note(table, column.name, MOVED, [row["whole"] for row in rows])
        self.count(self.moved, table, len(rows))

    async def take_away(self, table: Table, column: Column[Any], *conditions: ColumnElement[bool]) -> int:
        """Take rows of the loser away and keep them whole."""
        statement = delete(table).where(own(table), column == self.loser, *conditions)
        rows = await self.tx.fetch(statement.returning(_whole(table)))
        self.note(table, column.name, REMOVED, [row["whole"] for row in rows])
        return len(rows)

    async def change(self, table: Table, column: Column[Any], values: Mapping[str, Any], *conditions: ColumnElement[bool]) -> int:
        """Change rows and keep them as they were."""
        before = await self.tx.fetch(select(_key(table).label("key"), _whole(table)).where(own(table), *conditions).with_for_update())
        if not before:
            return 0
        changed = update(table).where(own(table), *conditions).values(dict(values))
        after = {row["key"]: row["whole"] for row in await self.tx.fetch(changed.returning(_key(table).label("key"), _whole(table)))}
        pairs = [f'{{"before":{row["whole"]},"after":{after[row["key"]]}}}' for row in before if row["key"] in after]
        self.note(table, column.name, CHANGED, pairs)
        return len(pairs)

    def count(self, counts: dict[str, int], table: Table, rows: int) -> None:
        """Add to what is told of the merge."""
        if rows:
            counts[table.name] = counts.get(table.name, 0) + rows


def _taken(merging: Merging, table: Table, column: Column[Any], on: Sequence[str], standing: Any = None) -> list[ColumnElement[bool]]:
    """Build the condition on a row of the loser that the survivor has one like it."""
    other = table.alias("others")
    alike = [table.c[name] == other.c[name] for name in on]
    conditions = [exists().where(own(other), other.c[column.name] == merging.survivor, *alike, *([standing(other)] if standing else []))]
    return [*conditions, *([standing(table)] if standing else [])]


async def _combine(merging: Merging, table: Table, column: Column[Any], rule: Combine) -> int:
    """Let the survivor's rows take in those of the loser that are like them."""
    other = table.alias("others")
    alike = and_(own(other), other.c[column.name] == merging.loser, *(table.c[name] == other.c[name] for name in rule.on))

    def theirs(name: str) -> ColumnElement[Any]:
        return select(other.c[name]).where(alike).correlate(table).scalar_subquery()

    values: dict[str, Any] = {}
    for name in rule.earliest:
        values[name] = func.least(table.c[name], theirs(name))
    for name in rule.latest:
        values[name] = func.greatest(table.c[name], theirs(name))
    for name in rule.summed:
        ours, more = table.c[name], theirs(name)
        # Two that are unknown stay unknown.
        values[name] = coalesce(ours + more, ours, more)
    found = exists().where(alike).correlate(table)
    await merging.change(table, column, values, column == merging.survivor, found)
    return await merging.take_away(table, column, *_taken(merging, table, column, rule.on))


async def carry_out(merging: Merging) -> None:
    """Apply every table's rule, in the rules' order."""
    values = {"at": merging.at, "actor_kind": merging.actor_kind, "actor_id": merging.actor_id}
    for table, column, rule in ruled():
        settled = 0
        match rule:
            case Stay():
                continue
            case Rederive():
                await merging.tx.execute(delete(table).where(own(table), column == merging.loser))
                continue
            case TakeAway():
                await merging.take_away(table, column)
                continue
            case MoveUnlessTaken():
                settled = await merging.take_away(table, column, *_taken(merging, table, column, rule.on))
            case Combine():
                settled = await _combine(merging, table, column, rule)
            case Settle():
                ended = {name: values.get(value, value) if isinstance(value, str) else value for name, value in rule.ended.items()}
                taken = _taken(merging, table, column, rule.on, rule.standing)
                settled = await merging.change(table, column, ended, column == merging.loser, *taken)
            case Move():
                pass
        merging.count(merging.settled, table, settled)
        await merging.move(table, column)


async def close_stay(merging: Merging, lead_id: UUID) -> None:
    """End the stay in a stage that a lead is in: of two there can be only one that goes on."""
    left = {"left_at": merging.at, "left_by_kind": merging.actor_kind, "left_by_id": merging.actor_id}
    await merging.change(stage_stays, stage_stays.c.lead_id, left, stage_stays.c.lead_id == lead_id, stage_stays.c.left_at.is_(None))


def _among(ids: Sequence[UUID]) -> ColumnElement[Any]:
    return any_(bindparam(None, list(ids), type_=ARRAY(Uuid), unique=True))


async def end_enrollments(merging: Merging, ids: Sequence[UUID]) -> None:
    """End enrollments of the loser before they become the survivor's, with the steps at which they wait."""
    if not ids:
        return
    left: dict[str, Any] = {"left_at": merging.at, "outcome": StepOutcome.EXITED}
    waiting = enrollment_steps.c.enrollment_id == _among(ids)
    await merging.change(enrollment_steps, enrollment_steps.c.enrollment_id, left, waiting, enrollment_steps.c.left_at.is_(None))
    ended: dict[str, Any] = {
        **dict.fromkeys(("step_key", "step_entered_at", "due_at", "paused_at", "paused_until")),
        "state": EnrollmentState.EXITED,
        "exit_reason": ExitReason.LEAD_MERGED,
        "ended_at": merging.at,
        "updated_at": merging.at,
        "version": enrollments.c.version + 1,
    }
    count = await merging.change(enrollments, enrollments.c.id, ended, enrollments.c.id == _among(ids))
    merging.count(merging.settled, enrollments, count)


_SNAPSHOTS = ((leads, leads.c.id), (lead_scores, lead_scores.c.lead_id))


async def snapshot(merging: Merging) -> Mapping[str, str]:
    """Read how the survivor stands now: the lead, and what it scores."""
    found: dict[str, str] = {}
    for table, column in _SNAPSHOTS:
        row = await merging.tx.fetch_one(select(_whole(table)).where(own(table), column == merging.survivor))
        if row is not None:
            found[table.name] = row["whole"]
    return found


Rows: TypeAlias = "Mapping[str, Mapping[str, str]]"


async def watched_rows(merging: Merging) -> Rows:
    """Read the survivor's rows in the tables where a merge has consequences: a change of status, say, may end follow-ups."""
    found: dict[str, Mapping[str, str]] = {}
    for table, condition in _watched(merging.survivor):
        statement = select(_key(table).label("key"), _whole(table)).where(own(table), condition)
        found[table.name] = {row["key"]: row["whole"] for row in await merging.tx.fetch(statement)}
    return found


def _watched(survivor: UUID) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Go through what may follow from a merge: rows of the survivor, before them those that hang on them, such as steps."""
    names = {table.name for table, _, _ in ruled()}
    for table, column, rule in ruled():
        if not (isinstance(rule, Move | Combine | Settle) and rule.watched):
            continue
        owned = select(table.c.id).where(own(table), column == survivor)
        for child in leads.metadata.sorted_tables:
            for constraint in child.foreign_key_constraints:
                if constraint.referred_table is table and child.name not in names:
                    yield child, child.c[constraint.column_keys[-1]].in_(owned)
        yield table, column == survivor


def _note_consequences(merging: Merging, before: Rows, after: Rows) -> None:
    for name, rows in after.items():
        table, former = leads.metadata.tables[name], before[name]
        key = next(iter(key_columns(table))).name
        changed = [f'{{"before":{former[each]},"after":{row}}}' for each, row in rows.items() if each in former and former[each] != row]
        merging.note(table, key, CHANGED, changed)
        merging.note(table, key, ADDED, [each for each in rows if each not in former])
        merging.note(table, key, REMOVED, [row for each, row in former.items() if each not in rows])


async def keep(merging: Merging, merge_id: UUID, before: Mapping[str, str], watched: Rows, entries: Sequence[Any]) -> None:
    """Write down all that an unmerge needs: the steps, the survivor before and after, and what followed from the merge."""
    after = await snapshot(merging)
    _note_consequences(merging, watched, await watched_rows(merging))
    for table, column in _SNAPSHOTS:
        if table.name in before and table.name in after:
            merging.note(table, column.name, CHANGED, [f'{{"before":{before[table.name]},"after":{after[table.name]}}}'])
        elif table.name in after:
            merging.note(table, column.name, ADDED, [f'{{"{column.name}":"{merging.survivor}"}}'])
    for entry in entries:
        merging.note(table_of_entry(entry), "id", ADDED, [f'{{"id":"{entry.id}"}}'])
    await merging.tx.execute_many(_ADD_PART, [{"merge_id": merge_id, **part} for part in merging.parts])
