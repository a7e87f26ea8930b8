"""Merging in the tables: every row that names the loser is moved, settled or taken away, and what that takes to undo is kept.

Each step is written down as a part of the merge; an unmerge undoes the parts in the opposite order. What somebody changed in
between stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from typing import cast as cast_to
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
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.sql.functions import coalesce

from domain.enrollments import EnrollmentState, ExitReason, StepOutcome
from domain.leads import Lead
from persistence.database import Writing
from persistence.histories import table_of_entry
from persistence.merge_rules import Combine, Move, MoveUnlessTaken, Rederive, Settle, Stay, TakeAway, ruled
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import enrollment_steps, enrollments, lead_scores, leads, merge_parts, stage_stays

_ADD_PART = Constant(insert(merge_parts), [column.name for column in merge_parts.columns])

MOVED, REMOVED, CHANGED, ADDED = "MOVED", "REMOVED", "CHANGED", "ADDED"


def _mine(table: FromClause) -> ColumnElement[bool]:
    return table.c.workspace_id == bindparam("workspace_id")


def _whole(table: Table) -> ColumnElement[str]:
    """Write a row as JSON, as text: amounts keep their digits on the way through the driver."""
    return cast(func.to_jsonb(table.table_valued()), Text).label("whole")


def _key(table: Table, but: Column[Any] | None = None) -> ColumnElement[str]:
    """Write what a row is found by: its key, without the column that moves."""
    parts: list[ColumnElement[Any]] = []
    for column in _key_columns(table, but):
        parts += [literal_column(f"'{column.name}'"), column]
    return cast(func.jsonb_build_object(*parts), Text).label("whole")


def _key_columns(table: Table, but: Column[Any] | None = None) -> list[Column[Any]]:
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
        statement = update(table).where(_mine(table), column == self.loser).values({column.name: self.survivor})
        rows = await self.tx.fetch(statement.returning(_key(table, column)))
        self.note(table, column.name, MOVED, [row["whole"] for row in rows])
        self.count(self.moved, table, len(rows))

    async def take_away(self, table: Table, column: Column[Any], *conditions: ColumnElement[bool]) -> int:
        """Take rows of the loser away and keep them whole."""
        statement = delete(table).where(_mine(table), column == self.loser, *conditions)
        rows = await self.tx.fetch(statement.returning(_whole(table)))
        self.note(table, column.name, REMOVED, [row["whole"] for row in rows])
        return len(rows)

    async def change(self, table: Table, column: Column[Any], values: Mapping[str, Any], *conditions: ColumnElement[bool]) -> int:
        """Change rows and keep them as they were."""
        before = await self.tx.fetch(select(_key(table).label("key"), _whole(table)).where(_mine(table), *conditions).with_for_update())
        if not before:
            return 0
        changed = update(table).where(_mine(table), *conditions).values(dict(values))
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
    conditions = [exists().where(_mine(other), other.c[column.name] == merging.survivor, *alike, *([standing(other)] if standing else []))]
    return [*conditions, *([standing(table)] if standing else [])]


async def _combine(merging: Merging, table: Table, column: Column[Any], rule: Combine) -> int:
    """Let the survivor's rows take in those of the loser that are like them."""
    other = table.alias("others")
    alike = and_(_mine(other), other.c[column.name] == merging.loser, *(table.c[name] == other.c[name] for name in rule.on))

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
                await merging.tx.execute(delete(table).where(_mine(table), column == merging.loser))
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
        row = await merging.tx.fetch_one(select(_whole(table)).where(_mine(table), column == merging.survivor))
        if row is not None:
            found[table.name] = row["whole"]
    return found


Rows: TypeAlias = "Mapping[str, Mapping[str, str]]"


async def watched_rows(merging: Merging) -> Rows:
    """Read the survivor's rows in the tables where a merge has consequences: a change of status, say, may end follow-ups."""
    found: dict[str, Mapping[str, str]] = {}
    for table, condition in _watched(merging.survivor):
        statement = select(_key(table).label("key"), _whole(table)).where(_mine(table), condition)
        found[table.name] = {row["key"]: row["whole"] for row in await merging.tx.fetch(statement)}
    return found


def _watched(survivor: UUID) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Go through what may follow from a merge: rows of the survivor, before them those that hang on them, such as steps."""
    names = {table.name for table, _, _ in ruled()}
    for table, column, rule in ruled():
        if not (isinstance(rule, Move | Combine | Settle) and rule.watched):
            continue
        own = select(table.c.id).where(_mine(table), column == survivor)
        for child in leads.metadata.sorted_tables:
            for constraint in child.foreign_key_constraints:
                if constraint.referred_table is table and child.name not in names:
                    yield child, child.c[constraint.column_keys[-1]].in_(own)
        yield table, column == survivor


def _note_consequences(merging: Merging, before: Rows, after: Rows) -> None:
    for name, rows in after.items():
        table, former = leads.metadata.tables[name], before[name]
        key = next(iter(_key_columns(table))).name
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


_part = and_(_mine(merge_parts), merge_parts.c.merge_id == bindparam("merge_id"), merge_parts.c.position == bindparam("position"))
_rows = select(merge_parts.c.rows).where(_part).scalar_subquery()
_PARTS = Constant(
    select(merge_parts.c.position, merge_parts.c.relation, merge_parts.c.through, merge_parts.c.kind)
    .where(_mine(merge_parts), merge_parts.c.merge_id == bindparam("merge_id"))
    .order_by(merge_parts.c.position.desc())
)


def _kept(table: Table, names: Sequence[str]) -> FromClause:
    """Read a part's rows as rows of their table; the rows stay in the database, so that nothing is lost in between."""
    columns = [Column(name, table.c[name].type) for name in names]
    return func.jsonb_populate_recordset(_no_row(table), _rows).table_valued(*columns, name="kept")


def _no_row(table: Table) -> ColumnElement[Any]:
    return literal_column(f"NULL::{table.name}")


@dataclass(frozen=True, slots=True)
class _Place:
    """Which step of which merge is being undone."""

    tx: Writing
    merge_id: UUID
    position: int

    async def run(self, statement: Any) -> None:
        await self.tx.execute(statement, merge_id=self.merge_id, position=self.position)


async def undo(tx: Writing, merge_id: UUID, survivor: UUID, loser: UUID) -> None:
    """Undo the steps of a merge, the last first, as far as nobody changed what they did. The leads' own rows are the caller's."""
    for part in await tx.fetch(_PARTS, merge_id=merge_id):
        place = _Place(tx, merge_id, part["position"])
        table = leads.metadata.tables[part["relation"]]
        column: Column[Any] = cast_to(Any, table.c[part["through"]])
        if part["kind"] == MOVED:
            await _move_back(place, table, column, survivor, loser)
        elif part["kind"] == REMOVED:
            await _bring_back(place, table)
        elif part["kind"] == ADDED:
            kept = _kept(table, [each.name for each in _key_columns(table)])
            await place.run(delete(table).where(_mine(table), _same(table, kept, _key_columns(table))))
        elif table is not leads:
            await _change_back(place, table)


def _same(table: FromClause, kept: FromClause, columns: Sequence[Column[Any]]) -> ColumnElement[bool]:
    """Build the condition that a row is one of those that were kept."""
    names = [column.name for column in columns]
    if not names:
        return true()
    return tuple_(*(table.c[name] for name in names)).in_(select(*(kept.c[name] for name in names)))


async def _move_back(place: _Place, table: Table, column: Column[Any], survivor: UUID, loser: UUID) -> None:
    """Give rows back to the loser, unless they are somewhere else by now."""
    key = _key_columns(table, column)
    kept = _kept(table, [each.name for each in key])
    await place.run(update(table).where(_mine(table), column == survivor, _same(table, kept, key)).values({column.name: loser}))


async def _bring_back(place: _Place, table: Table) -> None:
    """Put rows back that were taken away; one that names what is gone meanwhile, such as a deleted tag, is gone with it."""
    names = [column.name for column in table.columns if column.computed is None]
    kept = _kept(table, names)
    there: list[ColumnElement[bool]] = []
    for constraint in sorted(table.foreign_key_constraints, key=lambda each: each.column_keys):
        own = [column.name for column in constraint.columns]
        target = constraint.referred_table.alias()
        pairs = zip(own, (element.column.name for element in constraint.elements), strict=True)
        found = exists().where(*(target.c[theirs] == kept.c[mine] for mine, theirs in pairs))
        there.append(or_(*(kept.c[name].is_(None) for name in own), found))
    rows = select(*(kept.c[name] for name in names)).where(*there)
    await place.run(upsert(table).from_select(names, rows).on_conflict_do_nothing())


async def _change_back(place: _Place, table: Table) -> None:
    """Put the former values into rows that still are as the merge left them."""
    pairs = func.jsonb_array_elements(_rows).table_valued(Column("pair", JSONB), name="pairs").render_derived()
    names = [column.name for column in table.columns if column.computed is None]
    columns = [Column(name, table.c[name].type) for name in names]
    former = func.jsonb_populate_record(_no_row(table), pairs.c.pair["before"]).table_valued(*columns, name="former").lateral()
    key = [column.name for column in table.primary_key]
    # Both lie in one relation: rows of an UPDATE's FROM cannot look sideways at the table that is updated.
    source = select(pairs.c.pair, *(former.c[name] for name in names)).select_from(pairs.join(former, true())).subquery("source")
    matching = (table.c[name] == source.c[name] for name in key)
    untouched = func.to_jsonb(table.table_valued()) == source.c.pair["after"]
    values = {name: source.c[name] for name in names if name not in key}
    await place.run(update(table).where(_mine(table), *matching, untouched).values(values))


_to_lead = mapper(Lead)
_PAIR = Constant(
    select(merge_parts.c.position).where(
        _mine(merge_parts),
        merge_parts.c.merge_id == bindparam("merge_id"),
        merge_parts.c.relation == literal_column("'leads'"),
        merge_parts.c.kind == literal_column(f"'{CHANGED}'"),
    )
)


async def survivor_before_and_after(tx: Writing, merge_id: UUID) -> tuple[Lead, Lead]:
    """Read the survivor as it was before a merge, and as the merge left it."""
    position = await tx.fetch_value(_PAIR, merge_id=merge_id)
    names = columns_of(Lead)
    found: list[Lead] = []
    for half in ("before", "after"):
        former = func.jsonb_populate_record(_no_row(leads), _rows[0][half]).table_valued(
            *(Column(name, leads.c[name].type) for name in names), name="former"
        )
        row = await tx.fetch_one(select(*(former.c[name] for name in names)), merge_id=merge_id, position=position)
        if row is None:
            raise LookupError("a merge without its survivor")
        found.append(_to_lead(row))
    before, after = found
    return before, after
