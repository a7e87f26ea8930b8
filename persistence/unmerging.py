"""Unmerging in the tables: the steps that a merge wrote down are undone, the last first, as far as nobody changed what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    FromClause,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.leads import Lead
from persistence.database import Writing
from persistence.merging import ADDED, CHANGED, MOVED, REMOVED, key_columns, own
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import leads, merge_parts

_part = and_(own(merge_parts), merge_parts.c.merge_id == bindparam("merge_id"), merge_parts.c.position == bindparam("position"))
_rows = select(merge_parts.c.rows).where(_part).scalar_subquery()
_PARTS = Constant(
    select(merge_parts.c.position, merge_parts.c.relation, merge_parts.c.through, merge_parts.c.kind)
    .where(own(merge_parts), merge_parts.c.merge_id == bindparam("merge_id"))
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
        column: Column[Any] = cast(Any, table.c[part["through"]])
        if part["kind"] == MOVED:
            await _move_back(place, table, column, survivor, loser)
        elif part["kind"] == REMOVED:
            await _bring_back(place, table)
        elif part["kind"] == ADDED:
            kept = _kept(table, [each.name for each in key_columns(table)])
            await place.run(delete(table).where(own(table), _same(table, kept, key_columns(table))))
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
    key = key_columns(table, column)
    kept = _kept(table, [each.name for each in key])
    await place.run(update(table).where(own(table), column == survivor, _same(table, kept, key)).values({column.name: loser}))


def _by_columns(constraint: ForeignKeyConstraint) -> list[str]:
    return list(constraint.column_keys)


async def _bring_back(place: _Place, table: Table) -> None:
    """Put rows back that were taken away; one that names what is gone meanwhile, such as a deleted tag, is gone with it."""
    names = [column.name for column in table.columns if column.computed is None]
    kept = _kept(table, names)
    there: list[ColumnElement[bool]] = []
    for constraint in sorted(table.foreign_key_constraints, key=_by_columns):
        here = [column.name for column in constraint.columns]
        target = constraint.referred_table.alias()
        pairs = zip(here, (element.column.name for element in constraint.elements), strict=True)
        found = exists().where(*(target.c[theirs] == kept.c[mine] for mine, theirs in pairs))
        there.append(or_(*(kept.c[name].is_(None) for name in here), found))
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
    await place.run(update(table).where(own(table), *matching, untouched).values(values))


_to_lead = mapper(Lead)
_PAIR = Constant(
    select(merge_parts.c.position).where(
        own(merge_parts),
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
