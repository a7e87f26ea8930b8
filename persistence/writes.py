"""The two commonest writes, made from a table and a noun: adding things, and saving things that were read under a lock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Table, bindparam, insert, select, update

from persistence.database import Writing
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant, Keyed

T = TypeVar("T")


def adding(table: Table, noun: type[T]) -> Callable[[Writing, Sequence[T]], Awaitable[None]]:
    """Build the function that inserts things. It raises UniqueViolation when a unique value is taken."""
    statement = Constant(insert(table), ("workspace_id", *columns_of(noun)))

    async def add(tx: Writing, things: Sequence[T]) -> None:
        await tx.execute_many(statement, [values_of(thing) for thing in things])

    return add


def locking(table: Table, noun: type[T], *, key_share: bool = False) -> Callable[[Writing, Sequence[UUID]], Awaitable[Mapping[UUID, T]]]:
    """Build the function that reads things by id and locks them, always in the order of their ids.

    With `key_share` other transactions may go on writing rows that refer to the things: for things that are never deleted.
    """
    build = mapper(noun)
    locked = Keyed(
        lambda meant: (
            select(*(table.c[name] for name in columns_of(noun)))
            .where(table.c.workspace_id == bindparam("workspace_id"), meant(table.c.id))
            .order_by(table.c.id)
            .with_for_update(key_share=key_share)
        )
    )

    async def lock(tx: Writing, ids: Sequence[UUID]) -> Mapping[UUID, T]:
        statement, keys = locked.of(ids)
        return {row["id"]: build(row) for row in await tx.fetch(statement, **keys)}

    return lock


def saving(table: Table, noun: type[T]) -> Callable[[Writing, Sequence[T]], Awaitable[None]]:
    """Build the function that writes things back whole; they must have been locked. Raises UniqueViolation."""
    changing = [name for name in columns_of(noun) if name not in ("id", "created_at")]
    statement = Constant(
        update(table).where(table.c.workspace_id == bindparam("workspace_id"), table.c.id == bindparam("thing_id")),
        changing,
    )

    async def save(tx: Writing, things: Sequence[T]) -> None:
        rows: list[dict[str, Any]] = []
        for thing in things:
            values = values_of(thing)
            rows.append({**{name: values[name] for name in changing}, "thing_id": values["id"]})
        await tx.execute_many(statement, rows)

    return save
