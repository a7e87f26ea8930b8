"""Writes that wait for each other: single rows for several tables go to PostgreSQL as one statement, in one round trip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, cast

from asyncpg import Record
from sqlalchemy import Insert, Table
from sqlalchemy.dialects.postgresql import Insert as SettlingInsert
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import UpdateBase

from persistence.database import Reading, Writing
from persistence.statements import Compiled, Constant, LeastRecent

# Each number of rows makes another statement, of which every connection keeps the plan.
_MOST_ROWS = 3
_MOST_IN_ALL = 8
_PLACE = re.compile(r"\$(\d+)")


class Joined(Constant):
    """One statement made of several that write a row each; the last of them answers, the n-th takes its parameters as `n.name`.

    None of them sees what another writes; foreign keys are checked when all is written.
    """

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[Constant]) -> None:
        super().__init__(parts[-1].statement)
        self._parts = parts

    @property
    def compiled(self) -> Compiled:
        """Put the texts together on first use."""
        if self._compiled is None:
            self._compiled = self._put_together([each.compiled for each in self._parts])
        return self._compiled

    def _text(self, texts: Sequence[str]) -> str:
        *first, last = texts
        return f"WITH {', '.join(f'w{number} AS ({text})' for number, text in enumerate(first))} {last}"

    def _put_together(self, parts: Sequence[Compiled]) -> Compiled:
        places: dict[str, int] = {}
        texts: list[str] = []
        for number, each in enumerate(parts):
            mine = [places.setdefault(_name(number, name), len(places) + 1) for name in each.names]
            texts.append(_PLACE.sub(lambda found, mine=mine: f"${mine[int(found[1]) - 1]}", each.sql))
        defaults = {_name(number, name): value for number, each in enumerate(parts) for name, value in each.defaults.items()}
        return Compiled(self._text(texts), tuple(places), defaults)


def _name(number: int, name: str) -> str:
    return name if name == "workspace_id" else f"{number}.{name}"


@dataclass(frozen=True, slots=True)
class Part:
    """A row that a statement is to write; `missing` is raised when it finds nothing to write it to."""

    statement: Constant
    row: Mapping[str, Any]
    missing: Exception | None


_joined_by_parts = LeastRecent(200)


def joined(parts: Sequence[Part], kind: type[Joined] = Joined) -> Joined:
    """Return the statement of this kind that is made of these parts."""
    statements = tuple(part.statement for part in parts)
    known: Joined | None = _joined_by_parts.get((kind, statements))
    if known is None:
        known = _joined_by_parts[kind, statements] = kind(statements)
    return known


def row_of(parts: Sequence[Part]) -> Mapping[str, Any]:
    """Put the rows of parts together into the parameters of the statement that is made of them."""
    return {f"{number}.{name}": value for number, part in enumerate(parts) for name, value in part.row.items()}


def table_of(statement: Constant) -> Table:
    """Return the table that a statement writes to."""
    return cast(Table, cast(UpdateBase, statement.statement).table)


def _only_adds(statement: Constant) -> bool:
    """Tell whether rows of the statement cannot meet each other, as they could where conflicts are settled."""
    made = statement.statement
    return isinstance(made, Insert) and not isinstance(made, SettlingInsert)


class Waiting(Writing):
    """The same transaction, in which rows wait until something else is asked of it."""

    __slots__ = ("_waiting",)
    joins = False

    def __init__(self, tx: Reading) -> None:
        super().__init__(tx._connection, tx.scope, tx._listener)  # noqa: SLF001
        self._waiting: list[Part] = []

    def _goes_with_what_waits(self, statement: Constant, rows: int, missing: Exception | None) -> bool:
        table = table_of(statement)
        # Only one of them can answer, and writes to one table keep their order.
        return len(self._waiting) + rows <= _MOST_IN_ALL and not any(
            (missing and each.missing) or table_of(each.statement) is table for each in self._waiting
        )

    async def execute_many(
        self, statement: Executable | Constant, rows: Sequence[Mapping[str, Any]], *, missing: Exception | None = None
    ) -> None:
        if not rows:
            return
        if not isinstance(statement, Constant) or len(rows) > (_MOST_ROWS if missing is None and _only_adds(statement) else 1):
            await self.flush()
            await super().execute_many(statement, rows, missing=missing)
            return
        if not self._goes_with_what_waits(statement, len(rows), missing):
            await self.flush()
        self._waiting += [Part(statement, row, missing) for row in rows]

    def _taken(self) -> Sequence[Part]:
        """Take what waits. What answers comes last; PostgreSQL has an order of its own anyway."""
        parts = sorted(self._waiting, key=lambda part: part.missing is not None)
        self._waiting.clear()
        return parts

    async def flush(self) -> None:
        """Write what waits."""
        parts = self._taken()
        if not parts:
            return
        *_, last = parts
        if len(parts) == 1:
            await super().execute_many(last.statement, [last.row], missing=last.missing)
            return
        await super().execute_many(joined(parts), [row_of(parts)], missing=last.missing)

    async def fetch(self, statement: Executable | Constant, **parameters: Any) -> list[Record]:
        await self.flush()
        return await super().fetch(statement, **parameters)

    async def fetch_one(self, statement: Executable | Constant, **parameters: Any) -> Record | None:
        await self.flush()
        return await super().fetch_one(statement, **parameters)

    async def fetch_value(self, statement: Executable | Constant, **parameters: Any) -> Any:
        await self.flush()
        return await super().fetch_value(statement, **parameters)

    async def execute(self, statement: Executable | Constant, **parameters: Any) -> int:
        await self.flush()
        return await super().execute(statement, **parameters)

    async def fetch_many(self, statement: Executable | Constant, rows: Sequence[Mapping[str, Any]]) -> list[Record]:
        await self.flush()
        return await super().fetch_many(statement, rows)

    async def savepoint(self, name: str = "here") -> None:
        await self.flush()
        await super().savepoint(name)

    async def roll_back_to_savepoint(self, name: str = "here") -> None:
        await self.flush()
        await super().roll_back_to_savepoint(name)

    async def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        await self.flush()
        await super().copy(table, columns, rows)


class Together:
    """Opens a part of a transaction whose writes may go as one statement; all are written at its end.

    So whatever a write raises may come later, with one that follows it or at the end: whoever waits for it waits around the whole part.
    """

    __slots__ = ("_inner", "_tx")

    def __init__(self, tx: Writing, *, alone: bool = True) -> None:
        """`alone` says that one thing is written, with what belongs to it: many rows are a statement for each kind, however many."""
        self._tx = tx
        self._inner = Waiting(tx) if alone and tx.joins else None

    async def __aenter__(self) -> Writing:
        """Lend the transaction."""
        return self._inner or self._tx

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Write what still waits; after an exception nothing is."""
        if self._inner is None or error is not None:
            return
        await self._inner.flush()
        self._tx.tells = self._tx.tells or self._inner.tells
