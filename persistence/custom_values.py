"""What leads hold in custom fields, and the conditions and orders over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from asyncpg import Record
from sqlalchemy import ARRAY, Text, Uuid, and_, any_, bindparam, column, delete, func, insert, select

from domain.custom_fields import CustomFieldOption, CustomFieldType, CustomValue, LeadCustomValue
from domain.custom_values import read_value, stored_texts
from persistence.bulk_inserts import BulkInsert
from persistence.database import Reading, Writing
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import custom_field_options, custom_fields, custom_values

_COLUMNS = ("lead_id", "field_id", "place", "value", "sort_key")
_mine = custom_values.c.workspace_id == bindparam("workspace_id")
_with_field = custom_values.join(
    custom_fields, and_(custom_fields.c.workspace_id == custom_values.c.workspace_id, custom_fields.c.id == custom_values.c.field_id)
)
_READ = (custom_values.c.lead_id, custom_values.c.field_id, custom_fields.c.key, custom_fields.c.type, custom_values.c.value)
_leads = any_(bindparam("ids", type_=ARRAY(Uuid)))

_BY_LEAD = Constant(
    select(*_READ)
    .select_from(_with_field)
    .where(_mine, custom_values.c.lead_id == _leads, custom_fields.c.archived_at.is_(None))
    .order_by(custom_values.c.lead_id, func.lower(custom_fields.c.label).collate("C"), custom_fields.c.id, custom_values.c.place)
)
_OF_FIELDS = Constant(
    select(*_READ)
    .select_from(_with_field)
    .where(_mine, custom_values.c.lead_id == _leads, custom_values.c.field_id == any_(bindparam("field_ids", type_=ARRAY(Uuid))))
    .order_by(custom_values.c.lead_id, custom_values.c.field_id, custom_values.c.place)
)
_asked = (
    func.unnest(bindparam("ids", type_=ARRAY(Uuid)), bindparam("keys", type_=ARRAY(Text)))
    .table_valued(column("lead_id", Uuid), column("key", Text), name="asked")
    .render_derived()
)
_BY_KEY = Constant(
    select(*_READ)
    .select_from(
        _asked.join(
            custom_fields, and_(custom_fields.c.workspace_id == bindparam("workspace_id"), custom_fields.c.key == _asked.c.key)
        ).join(
            custom_values,
            and_(
                custom_values.c.workspace_id == custom_fields.c.workspace_id,
                custom_values.c.field_id == custom_fields.c.id,
                custom_values.c.lead_id == _asked.c.lead_id,
            ),
        )
    )
    .order_by(custom_values.c.lead_id, custom_values.c.field_id, custom_values.c.place)
)


def _grouped(rows: Sequence[Record]) -> Iterable[LeadCustomValue]:
    """Put the rows of one value together; they follow each other."""
    texts: dict[tuple[UUID, UUID], list[str]] = {}
    kinds: dict[tuple[UUID, UUID], tuple[str, CustomFieldType]] = {}
    for row in rows:
        held = (row["lead_id"], row["field_id"])
        texts.setdefault(held, []).append(row["value"])
        kinds[held] = row["key"], CustomFieldType(row["type"])
    for (lead_id, field_id), some in texts.items():
        key, type = kinds[lead_id, field_id]
        yield LeadCustomValue(lead_id=lead_id, field_id=field_id, key=key, type=type, value=read_value(type, some))


async def custom_values_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[LeadCustomValue]]:
    """Read what leads hold in fields that are in use, by the fields' labels."""
    found: dict[UUID, list[LeadCustomValue]] = {}
    for value in _grouped(await db.fetch(_BY_LEAD, ids=list(ids))):
        found.setdefault(value.lead_id, []).append(value)
    return found


async def custom_values_of_fields(db: Reading, ids: Sequence[UUID], field_ids: Iterable[UUID]) -> Mapping[UUID, dict[UUID, CustomValue]]:
    """Read what leads hold in certain fields: lead → field → value."""
    found: dict[UUID, dict[UUID, CustomValue]] = {}
    for value in _grouped(await db.fetch(_OF_FIELDS, ids=list(ids), field_ids=list(field_ids))):
        found.setdefault(value.lead_id, {})[value.field_id] = value.value
    return found


async def custom_value_by_lead_and_key(db: Reading, pairs: Sequence[tuple[UUID, str]]) -> Mapping[tuple[UUID, str], LeadCustomValue]:
    """Read values by (lead, the field's key), of archived fields too."""
    rows = await db.fetch(_BY_KEY, ids=[lead_id for lead_id, _ in pairs], keys=[key for _, key in pairs])
    return {(value.lead_id, value.key): value for value in _grouped(rows)}


_to_option = mapper(CustomFieldOption)
_pairs = (
    func.unnest(bindparam("ids", type_=ARRAY(Uuid)), bindparam("keys", type_=ARRAY(Text)))
    .table_valued(column("field_id", Uuid), column("key", Text), name="chosen")
    .render_derived()
)
_OPTIONS = Constant(
    select(*(custom_field_options.c[name] for name in columns_of(CustomFieldOption)))
    .select_from(
        _pairs.join(
            custom_field_options,
            and_(custom_field_options.c.field_id == _pairs.c.field_id, custom_field_options.c.key == _pairs.c.key),
        )
    )
    .where(custom_field_options.c.workspace_id == bindparam("workspace_id"))
)


async def chosen_options(
    db: Reading, choices: Sequence[tuple[UUID, tuple[str, ...]]]
) -> Mapping[tuple[UUID, tuple[str, ...]], Sequence[CustomFieldOption]]:
    """Read options by (field, keys), in the order of the keys."""
    wanted = list({(field_id, key) for field_id, keys in choices for key in keys})
    rows = await db.fetch(_OPTIONS, ids=[field_id for field_id, _ in wanted], keys=[key for _, key in wanted]) if wanted else ()
    options = {(option.field_id, option.key): option for option in map(_to_option, rows)}
    return {(field_id, keys): [options[field_id, key] for key in keys if (field_id, key) in options] for field_id, keys in choices}


_INSERT = Constant(insert(custom_values), ("workspace_id", *_COLUMNS))
_held = (
    func.unnest(bindparam("ids", type_=ARRAY(Uuid)), bindparam("field_ids", type_=ARRAY(Uuid)))
    .table_valued(column("lead_id", Uuid), column("field_id", Uuid), name="held")
    .render_derived()
)
_DELETE = Constant(
    delete(custom_values).where(_mine, custom_values.c.lead_id == _held.c.lead_id, custom_values.c.field_id == _held.c.field_id)
)

Change = tuple[UUID, UUID, CustomValue | None]
"""(lead, field, what the lead holds in it from now on)."""


def _rows(changes: Iterable[Change]) -> Iterable[tuple[Any, ...]]:
    for lead_id, field_id, value in changes:
        for place, (text, sort_key) in enumerate(() if value is None else stored_texts(value)):
            yield lead_id, field_id, place, text, sort_key


async def add_custom_values(tx: Writing, values: Sequence[Change]) -> None:
    """Write what leads hold that held nothing in these fields."""
    await tx.execute_many(_INSERT, [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(values)])


async def save_custom_values(tx: Writing, changes: Sequence[Change]) -> None:
    """Write what leads hold from now on; None empties the field. The leads must have been locked."""
    if changes:
        await tx.execute(_DELETE, ids=[lead_id for lead_id, _, _ in changes], field_ids=[field_id for _, field_id, _ in changes])
        await add_custom_values(tx, changes)


_copy = BulkInsert(custom_values, _COLUMNS)


async def copy_custom_values(tx: Writing, values: Sequence[Change]) -> None:
    """Write what many new leads hold, by COPY."""
    await _copy(tx, _rows(values))
