"""Many rows into a table at once: COPY into a temporary table, then one INSERT from there.

PostgreSQL refuses COPY into a table behind row-level security; the second step is what the wall checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import Table, text
from sqlalchemy.dialects.postgresql import dialect

from persistence.database import Writing
from persistence.rows import columns_of
from persistence.statements import Constant

Add = Callable[[Writing, Sequence[Any]], Any]


class BulkInsert:
    """Inserts rows of one table, given as tuples without the workspace. Raises UniqueViolation."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self.columns = ("workspace_id", *columns)
        self.staged = f"staged_{table.name}"
        quoted = dialect().identifier_preparer.quote
        names = ", ".join(quoted(name) for name in self.columns)
        # The temporary table stays with the connection; its rows go with the transaction.
        same = f"SELECT {names} FROM {table.name}"  # noqa: S608 -- our own names
        self._stage = Constant(text(f"CREATE TEMPORARY TABLE IF NOT EXISTS {self.staged} ON COMMIT DELETE ROWS AS {same} WITH NO DATA"))
        self._insert = Constant(text(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {self.staged}"))  # noqa: S608 -- our own names

    async def __call__(self, tx: Writing, rows: Iterable[Sequence[Any]]) -> None:
        """Insert the rows."""
        workspace = tx.scope.workspace_id
        records = [(workspace, *row) for row in rows]
        if not records:
            return
        await tx.execute(self._stage)
        await tx.copy(self.staged, self.columns, records)
        await tx.execute(self._insert)


def bulk_adding(table: Table, noun: type[Any]) -> Add:
    """Build the function that inserts many things of one kind."""
    columns = columns_of(noun)
    insert, values = BulkInsert(table, columns), attrgetter(*columns)

    async def add(tx: Writing, things: Sequence[Any]) -> None:
        await insert(tx, map(values, things))

    return add


def added_kinds(adders: Mapping[type[Any], Add]) -> Add:
    """Build the function that inserts things of several kinds, each kind at once."""

    async def add(tx: Writing, things: Sequence[Any]) -> None:
        kinds: dict[type[Any], list[Any]] = {}
        for thing in things:
            kind = cast("type[Any]", type(thing))
            kinds.setdefault(kind, []).append(thing)
        for each, some in kinds.items():
            await adders[each](tx, some)

    return add
