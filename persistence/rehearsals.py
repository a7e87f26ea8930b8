"""A database in which everything may happen and nothing is kept: the transaction of a dry run, and what it did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast
from uuid import UUID

from asyncpg import Record
from sqlalchemy import Column, LargeBinary, Table, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import Delete, Insert, Update, UpdateBase

from domain.rehearsals import Effect, EffectKind, Rehearsed
from persistence import tables
from persistence.database import Database, Reading, Scope, Writing
from persistence.feed import events_of_this_transaction
from persistence.statements import Constant

# The machinery of writing, not what is written: keys of requests, of searches and of duplicates, what an unmerge needs,
# and the feed, which is told apart.
_UNTOLD = frozenset({tables.idempotency_keys, tables.search_terms, tables.events, tables.duplicate_keys, tables.merge_parts})
_MARK = "told_"

_Key: TypeAlias = "tuple[str, tuple[object, ...]]"
_Image: TypeAlias = "Mapping[str, object] | None"


class _Undone(Exception):
    """Ends a rehearsal: whatever was written in it is rolled back."""


def _told(table: Table) -> list[Column[Any]]:
    """Return the columns that are shown: secrets and files are not, nor the counter behind the feed."""
    return [column for column in table.columns if not isinstance(column.type, LargeBinary) and column.name not in _COUNTERS]


_COUNTERS = frozenset({"workspace_id", "event_sequence", "email_key"})


def _key_of(table: Table) -> list[str]:
    return [column.name for column in table.primary_key if column.name != "workspace_id"]


def _watched(statement: Executable | Constant) -> tuple[Table, Constant] | None:
    """Make a writing statement return the rows that it touched, besides what it returns anyway; None for what is not told."""
    executable, keys = (statement.statement, statement.keys) if isinstance(statement, Constant) else (statement, ())
    if not isinstance(executable, Insert | Update | Delete):
        return None
    written = cast(UpdateBase, executable)
    table = cast(Table, written.table)
    if table in _UNTOLD:
        return None
    return table, Constant(written.returning(*(column.label(_MARK + column.name) for column in table.columns)), keys)


@dataclass(slots=True)
class _Log:
    """What was touched, in the order of the first touch, and how each row looked before and looks now."""

    before: dict[_Key, _Image] = field(default_factory=dict[_Key, _Image])
    after: dict[_Key, _Image] = field(default_factory=dict[_Key, _Image])

    def note(self, table: Table, rows: Sequence[Record], *, deleted: bool) -> None:
        for row in rows:
            key = (table.name, tuple(row[_MARK + name] for name in _key_of(table)))
            self.after[key] = None if deleted else {column.name: row[_MARK + column.name] for column in _told(table)}


class _Watched(Writing):
    """Runs statements like any other transaction, and notes the rows that they touch."""

    __slots__ = ("_log",)
    joins = False

    def __init__(self, tx: Writing, log: _Log) -> None:
        super().__init__(tx._connection, tx.scope, tx._listener)  # noqa: SLF001
        self._log = log

    def _note(self, table: Table, statement: Executable | Constant, rows: Sequence[Record]) -> None:
        executable = statement.statement if isinstance(statement, Constant) else statement
        self._log.note(table, rows, deleted=isinstance(executable, Delete))

    async def execute(self, statement: Executable | Constant, **parameters: Any) -> int:
        watched = _watched(statement)
        if watched is None:
            return await super().execute(statement, **parameters)
        rows = await super().fetch(watched[1], **parameters)
        self._note(watched[0], statement, rows)
        return len(rows)

    async def execute_many(
        self, statement: Executable | Constant, rows: Sequence[Mapping[str, Any]], *, missing: Exception | None = None
    ) -> None:
        if len(await self.fetch_many(statement, rows)) != len(rows) and missing is not None:
            raise missing

    async def fetch_many(self, statement: Executable | Constant, rows: Sequence[Mapping[str, Any]]) -> list[Record]:
        watched = _watched(statement)
        found = await super().fetch_many(watched[1] if watched else statement, rows)
        if watched is not None:
            self._note(watched[0], statement, found)
        return found

    async def fetch(self, statement: Executable | Constant, **parameters: Any) -> list[Record]:
        watched = _watched(statement)
        found = await super().fetch(watched[1] if watched else statement, **parameters)
        if watched is not None:
            self._note(watched[0], statement, found)
        return found

    async def fetch_one(self, statement: Executable | Constant, **parameters: Any) -> Record | None:
        if _watched(statement) is None:
            return await super().fetch_one(statement, **parameters)
        return next(iter(await self.fetch(statement, **parameters)), None)

    async def fetch_value(self, statement: Executable | Constant, **parameters: Any) -> Any:
        if _watched(statement) is None:
            return await super().fetch_value(statement, **parameters)
        row = await self.fetch_one(statement, **parameters)
        return None if row is None else row[0]


class Rehearsal:
    """Stands in for the database during a dry run: all its readers and writers share the one transaction that will be rolled back.

    They take turns, as a connection can't do two things at once.
    """

    def __init__(self, database: Database, tx: Writing) -> None:
        self._database = database
        self._tx = tx
        self._turn = asyncio.Lock()
        self._log = _Log()
        self._events_told = 0

    @asynccontextmanager
    async def reading(self, scope: Scope) -> AsyncGenerator[Reading]:
        """Lend the transaction for reading: what the dry run wrote so far is there."""
        async with self._turn:
            yield self._tx.as_seen_in(scope)

    @asynccontextmanager
    async def writing(self, scope: Scope) -> AsyncGenerator[Writing]:
        """Lend the transaction for writing; an exception undoes what was written since."""
        async with self._turn:
            await self._tx.savepoint("rehearsal")
            log = _Log(before=self._log.before, after=dict(self._log.after))
            try:
                yield _Watched(self._tx.as_seen_in(scope), log)
            except BaseException:
                await self._tx.roll_back_to_savepoint("rehearsal")
                raise
            self._log = log

    async def effects(self) -> Rehearsed:
        """Tell what was done since the last time this was asked."""
        log = self._log
        async with self._turn:
            events = await events_of_this_transaction(self._tx)
        fresh, self._events_told = events[self._events_told :], len(events)
        async with self._database.reading(self._tx.scope) as db:
            await self._read_before(db, log)
        found = [effect for key, after in log.after.items() if (effect := _effect(key, log.before[key], after)) is not None]
        self._log = _Log(before={**log.before, **log.after})
        return Rehearsed(tuple(found), tuple(fresh))

    async def _read_before(self, db: Reading, log: _Log) -> None:
        """Read, as everybody else sees them, the rows that are not known yet as they were."""
        unknown: dict[str, list[tuple[object, ...]]] = {}
        for name, key in log.after:
            if (name, key) not in log.before:
                unknown.setdefault(name, []).append(key)
        for name, keys in unknown.items():
            table = tables.metadata.tables[name]
            names = _key_of(table)
            ids = list({key[0] for key in keys if key})
            rows = {tuple(row[part] for part in names): row for row in await db.fetch(_standing(table), ids=ids)}
            for key in keys:
                row = rows.get(key)
                log.before[name, key] = None if row is None else {column.name: row[column.name] for column in _told(table)}


def _standing(table: Table) -> Executable:
    """Build the statement that reads rows by the first part of their key; a table without one has one row in a workspace."""
    mine = table.c.workspace_id == bindparam("workspace_id")
    names = _key_of(table)
    if not names:
        return select(*table.columns).where(mine)
    first = table.c[names[0]]
    return select(*table.columns).where(mine, first == any_(bindparam("ids", type_=ARRAY(first.type))))


def _effect(key: _Key, before: _Image, after: _Image) -> Effect | None:
    if before == after:
        return None
    kind = EffectKind.CREATED if before is None else EffectKind.DELETED if after is None else EffectKind.UPDATED
    name, parts = key
    old, new = before or {}, after or {}
    values = {column: (old.get(column), new[column]) for column in new if column != "id" and old.get(column) != new[column]}
    id = parts[0] if len(parts) == 1 and isinstance(parts[0], UUID) else None
    return Effect(kind=kind, table=name, id=id, values=values)


@asynccontextmanager
async def rehearsing(database: Database, scope: Scope) -> AsyncGenerator[Rehearsal]:
    """Open a rehearsal, and roll everything back at its end."""
    try:
        async with database.writing(scope) as tx:
            yield Rehearsal(database, tx)
            raise _Undone
    except _Undone:
        pass
