"""Adding what other systems report: each thing once, however often and by however many at a time it is reported."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Table, Text, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from persistence.database import Writing
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant


class OfLead(Protocol):
    """Something that is recorded for a lead."""

    @property
    def id(self) -> UUID:
        """The id."""
        ...

    @property
    def lead_id(self) -> UUID:
        """The lead."""
        ...


T = TypeVar("T", bound=OfLead)

AddOnce = Callable[[Writing, Sequence[T]], Awaitable[Mapping[UUID, T]]]


def adding_once(table: Table, noun: type[T], system: str, external_id: str) -> AddOnce[T]:
    """Build the function that inserts things unless `(system, external_id)` is known, and answers by the new ids with what is stored.

    Whoever reports the same thing at the same time waits for the other and then finds it. Things without an external id are always new.
    Rows go in in the order of their keys, so that no two callers wait in a circle.
    """
    build = mapper(noun)
    statement = insert(table)
    add = Constant(
        statement.on_conflict_do_nothing(index_elements=["workspace_id", system, external_id]).returning(table.c.id),
        ("workspace_id", *columns_of(noun)),
    )
    keys = (
        func.unnest(bindparam("systems", type_=ARRAY(Text)), bindparam("external_ids", type_=ARRAY(Text)))
        .table_valued("system", "external_id", name="keys")
        .render_derived()
    )
    find = Constant(
        select(*(table.c[name] for name in columns_of(noun)))
        .select_from(keys.join(table, (table.c[system] == keys.c.system) & (table.c[external_id] == keys.c.external_id)))
        .where(table.c.workspace_id == bindparam("workspace_id"))
    )

    def key_of(thing: Any) -> tuple[str, str] | None:
        known = getattr(thing, external_id)
        return None if known is None else (getattr(thing, system), known)

    async def add_once(tx: Writing, things: Sequence[T]) -> Mapping[UUID, T]:
        unnamed = [thing for thing in things if key_of(thing) is None]
        named: dict[tuple[str, str], T] = {}
        for thing in things:
            if (key := key_of(thing)) is not None:
                named.setdefault(key, thing)
        rows = [*unnamed, *(named[key] for key in sorted(named))]
        written = {row["id"] for row in await tx.fetch_many(add, [values_of(thing) for thing in rows])}
        taken = [key for key, thing in named.items() if thing.id not in written]
        if taken:
            found = await tx.fetch(find, systems=[key[0] for key in taken], external_ids=[key[1] for key in taken])
            named |= {(row[system], row[external_id]): build(row) for row in found}
        return {thing.id: thing if (key := key_of(thing)) is None else named[key] for thing in things}

    return add_once
