"""A change without a transaction around it: one look at a lead, then one statement that writes if the lead still is as it was seen.

Nothing is locked in between. Whoever comes second finds that nothing was written, and does it again in a transaction. What cannot be done
with one look and one statement raises NeedsTransaction before anything is written (ADR 0030).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from asyncpg import Record
from sqlalchemy import Insert, bindparam, column, select
from sqlalchemy import table as named_table

from persistence.database import Database, Reading, Scope, Writing
from persistence.statements import Constant
from persistence.together import Joined, Waiting, joined, row_of, table_of

R = TypeVar("R")

_seen = named_table("seen", column("id"))


class NeedsTransaction(Exception):
    """More than one look and one statement are needed. Nothing was written; the same in a transaction is right."""


class Guarded(Joined):
    """One statement whose last part changes a row if it is as it was seen; the others, which insert, do so if that one did."""

    __slots__ = ()

    def __init__(self, parts: Sequence[Constant]) -> None:
        *inserts, last = parts
        super().__init__([*map(_if_seen, inserts), last])

    def _text(self, texts: Sequence[str]) -> str:
        *inserts, last = texts
        written = [f"seen AS ({last})", *(f"w{number} AS ({text})" for number, text in enumerate(inserts))]
        return f"WITH {', '.join(written)} SELECT id FROM seen"  # noqa: S608 -- made of statements


def _if_seen(insert: Constant) -> Constant:
    """Let an INSERT of one row depend on `seen`. Raises NeedsTransaction for any other statement."""
    made = insert.statement
    if not isinstance(made, Insert):
        raise NeedsTransaction
    columns = table_of(insert).c
    values = select(*(bindparam(name, type_=columns[name].type) for name in insert.keys)).select_from(_seen)
    return Constant(made.from_select(list(insert.keys), values))


class Optimistic(Waiting):
    """Rows wait to the end of the work, as in `Together`; whatever else is asked needs a transaction."""

    __slots__ = ("_looked", "seen")

    def __init__(self, db: Reading) -> None:
        super().__init__(db)
        self._looked = False
        # In which state each lead was seen: PostgreSQL's name of the transaction that wrote it.
        self.seen: dict[UUID, int] = {}

    async def look(self, statement: Constant, **parameters: Any) -> Record | None:
        """Run the only statement that reads, and return its first row."""
        if self._looked:
            raise NeedsTransaction
        self._looked = True
        return await Reading.fetch_one(self, statement, **parameters)

    async def finish(self) -> None:
        """Write what waits. Raises what its part raises that finds nothing to write; then nothing was written at all."""
        parts = self._taken()
        if not parts:
            return
        missing = parts[-1].missing
        if missing is None:
            raise NeedsTransaction
        if not await Reading.fetch(self, joined(parts, Guarded), **row_of(parts)):
            raise missing

    async def flush(self) -> None:
        """Refuse whatever comes before the end: all that does not wait flushes first."""
        raise NeedsTransaction

    def as_seen_in(self, scope: Scope) -> Writing:  # noqa: ARG002
        """Refuse what would not be held back."""
        raise NeedsTransaction


async def optimistically(database: Database, scope: Scope, act: Callable[[Writing], Awaitable[R]]) -> R:
    """Run `act` without a transaction. Raises NeedsTransaction, or what a guarded write raises; in either case nothing was written."""
    async with database.reading(scope) as db:
        tx = Optimistic(db)
        result = await act(tx)
        await tx.finish()
    if tx.tells and database.on_told is not None:
        database.on_told(scope.workspace_id)
    return result
