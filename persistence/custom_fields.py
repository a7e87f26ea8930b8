"""Definitions of custom fields with their options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, and_, any_, bindparam, delete, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from domain.custom_fields import CHOOSES, CustomField, CustomFieldOption, Definition
from persistence.database import Reading, Writing
from persistence.lookups import by_id, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import custom_field_options, custom_fields, custom_values
from persistence.writes import adding, locking, saving

custom_field_by_id = by_id(custom_fields, CustomField)
add_custom_fields = adding(custom_fields, CustomField)
custom_field_for_update = locking(custom_fields, CustomField)
save_custom_fields = saving(custom_fields, CustomField)
options_by_field = lists_by(
    custom_field_options, CustomFieldOption, "field_id", custom_field_options.c.position, custom_field_options.c.key
)

_to_field = mapper(CustomField)
_columns = [custom_fields.c[name] for name in columns_of(CustomField)]
_label = func.lower(custom_fields.c.label).collate("C")
_mine = custom_fields.c.workspace_id == bindparam("workspace_id")

all_custom_fields: Listing[CustomField, bool] = Listing(
    build=_to_field,
    columns=_columns,
    source=custom_fields,
    workspace=custom_fields.c.workspace_id,
    id=custom_fields.c.id,
    orderings={"LABEL": Ordering(_label, str)},
    where=lambda archived, _scope: () if archived else (custom_fields.c.archived_at.is_(None),),
)

_in_use = custom_fields.c.archived_at.is_(None)
_keys = any_(bindparam("keys", type_=ARRAY(Text)))
_NAMED = select(*_columns).where(_mine, custom_fields.c.key == _keys).order_by(custom_fields.c.id)
_NAMED_OR_REQUIRED = (
    select(*_columns).where(_mine, or_(custom_fields.c.key == _keys, and_(custom_fields.c.required, _in_use))).order_by(custom_fields.c.id)
)
_DEFINED: Mapping[tuple[bool, bool], Constant] = {
    (and_required, kept): Constant(statement.with_for_update(read=True, key_share=True) if kept else statement)
    for and_required, statement in ((False, _NAMED), (True, _NAMED_OR_REQUIRED))
    for kept in (False, True)
}


async def definitions(db: Reading, keys: Iterable[str], *, and_required: bool = False) -> Mapping[str, Definition]:
    """Read the definitions with these keys, archived ones too; `and_required` adds those that every new lead needs.

    In a transaction, they are kept from being changed until it ends.
    """
    statement = _DEFINED[and_required, isinstance(db, Writing)]
    fields = [_to_field(row) for row in await db.fetch(statement, keys=sorted(set(keys)))]
    choices = [field.id for field in fields if field.type in CHOOSES]
    options: Mapping[UUID, Sequence[CustomFieldOption]] = await options_by_field(db, choices) if choices else {}
    return {field.key: Definition(field, {option.key: option for option in options.get(field.id, ())}) for field in fields}


_IN_USE = Constant(select(*_columns).where(_mine, _in_use).order_by(_label, custom_fields.c.id))


async def custom_fields_in_use(db: Reading) -> Sequence[CustomField]:
    """Read all definitions that are not archived, by label."""
    return [_to_field(row) for row in await db.fetch(_IN_USE)]


_COUNTS = Constant(select(func.count().filter(_in_use).label("in_use"), func.count().label("ever")).where(_mine))


async def custom_field_counts(db: Reading) -> tuple[int, int]:
    """Count the workspace's definitions: those in use, and all."""
    row = await db.fetch_one(_COUNTS)
    return (row["in_use"], row["ever"]) if row else (0, 0)


_OPTION = columns_of(CustomFieldOption)
_adding = insert(custom_field_options)
_PUT_OPTION = Constant(
    _adding.on_conflict_do_update(
        index_elements=["workspace_id", "field_id", "key"],
        set_={name: _adding.excluded[name] for name in ("label", "position", "archived_at")},
    ),
    ("workspace_id", *_OPTION),
)
_DROP_OPTIONS = Constant(
    delete(custom_field_options).where(
        custom_field_options.c.workspace_id == bindparam("workspace_id"),
        custom_field_options.c.field_id == bindparam("field_id"),
        custom_field_options.c.key == _keys,
    )
)
_USED = Constant(
    select(custom_values.c.value)
    .distinct()
    .where(
        custom_values.c.workspace_id == bindparam("workspace_id"),
        custom_values.c.field_id == bindparam("field_id", type_=Uuid()),
        custom_values.c.sort_key == _keys,
    )
)


async def put_options(tx: Writing, options: Sequence[CustomFieldOption]) -> None:
    """Write options, new ones and those that are there."""
    await tx.execute_many(_PUT_OPTION, [values_of(option) for option in options])


async def drop_options(tx: Writing, field_id: UUID, keys: Sequence[str]) -> None:
    """Delete options that no lead has."""
    if keys:
        await tx.execute(_DROP_OPTIONS, field_id=field_id, keys=list(keys))


async def used_options(db: Reading, field_id: UUID, keys: Sequence[str]) -> frozenset[str]:
    """Find which of a field's options some lead has, deleted leads included."""
    return frozenset(row["value"] for row in await db.fetch(_USED, field_id=field_id, keys=list(keys))) if keys else frozenset()


_BY_KEY = Constant(_NAMED)


async def custom_field_by_key(db: Reading, keys: Sequence[str]) -> Mapping[str, Any]:
    """Read definitions by their keys, archived ones too."""
    return {row["key"]: _to_field(row) for row in await db.fetch(_BY_KEY, keys=list(keys))}
