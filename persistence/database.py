"""The only places where a connection is taken and a transaction begins: `reading()` and `writing()`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Any, ClassVar, Protocol, TypeAlias
from uuid import UUID

import asyncpg
from asyncpg import Record
from sqlalchemy.sql.base import Executable

from domain.access import LeadVisibility
from persistence.deadlines import Deadline
from persistence.driver import decode_json, encode_json, roll_back, sent_whole
from persistence.failures import DatabaseUnavailable, Overloaded, TransactionAborted, translated
from persistence.sessions import Connection, Session
from persistence.statements import Constant, compiled

CONNECT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long each thing may take, in seconds: a connection to come free, a statement, a wait for a lock, a pause inside a transaction."""

    checkout: float = 1.0
    statement: float = 5.0
    lock: float = 2.0
    idle_in_transaction: float = 10.0

    def session(self) -> dict[str, str]:
        """Write what a connection is opened with."""
        return {
            "application_name": "leadgraph",
            "timezone": "UTC",
            # Instants and days are written as JSON by casting them to texts.
            "datestyle": "ISO",
            "statement_timeout": f"{self.statement * 1_000:.0f}",
            "lock_timeout": f"{self.lock * 1_000:.0f}",
            "idle_in_transaction_session_timeout": f"{self.idle_in_transaction * 1_000:.0f}",
            # Parameters hide their values from the planner after five runs otherwise, and our arrays differ widely in length.
            "jit": "off",
        }


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data a unit of work may touch. `visibility` None means every lead of the workspace."""

    workspace_id: UUID
    visibility: LeadVisibility | None = None


_ANY_WORKSPACE = UUID(int=0)


_ALL_SEEN = Scope(_ANY_WORKSPACE)


@lru_cache(maxsize=1_000)
def _as_seen(visibility: LeadVisibility) -> Scope:
    return Scope(_ANY_WORKSPACE, visibility)


def by_visibility(scope: Scope) -> Scope:
    """Return what a statement may depend on: what is seen, never in which workspace. The same for the same, mostly."""
    return _ALL_SEEN if scope.visibility is None else _as_seen(scope.visibility)


StatementListener: TypeAlias = Callable[[str], None]


class Reading:
    """Runs statements for one scope. Every statement gets `workspace_id` bound, besides row security behind it."""

    __slots__ = ("_connection", "_listener", "scope")

    def __init__(self, connection: Connection, scope: Scope, listener: StatementListener | None) -> None:
        self._connection = connection
        self._listener = listener
        self.scope = scope

    def _prepare(self, statement: Executable | Constant, parameters: Mapping[str, Any]) -> tuple[str, list[Any]]:
        text = compiled(statement, tuple(parameters))
        if self._listener:
            self._listener(text.sql)
        return text.sql, text.arguments({"workspace_id": self.scope.workspace_id, **parameters})

    async def fetch(self, statement: Executable | Constant, **parameters: Any) -> list[Record]:
        """Run a statement and return its rows."""
        sql, arguments = self._prepare(statement, parameters)
        with translated():
            return await self._connection.fetch(sql, *arguments)

    async def fetch_one(self, statement: Executable | Constant, **parameters: Any) -> Record | None:
        """Run a statement and return its first row."""
        sql, arguments = self._prepare(statement, parameters)
        with translated():
            return await self._connection.fetchrow(sql, *arguments)

    async def fetch_value(self, statement: Executable | Constant, **parameters: Any) -> Any:
        """Run a statement and return the first column of its first row."""
        sql, arguments = self._prepare(statement, parameters)
        with translated():
            return await self._connection.fetchval(sql, *arguments)


class Writing(Reading):
    """Runs statements inside one transaction. `tells` is set by whoever writes an event of the feed."""

    __slots__ = ("tells",)
    # Whether what is written may be put into one statement with something else: not where each write is looked at.
    joins: ClassVar[bool] = True

    def __init__(self, connection: Connection, scope: Scope, listener: StatementListener | None) -> None:
        super().__init__(connection, scope, listener)
        self.tells = False

    def beyond_sight(self) -> Writing:
        """Return the same transaction as one who sees every lead of the workspace: for what many viewers share, never for an answer."""
        other = copy(self)
        other.scope = Scope(self.scope.workspace_id)
        return other

    async def execute(self, statement: Executable | Constant, **parameters: Any) -> int:
        """Run a statement and return the number of rows that it touched."""
        sql, arguments = self._prepare(statement, parameters)
        with translated():
            status = await self._connection.execute(sql, *arguments)
        return int(status.rsplit(" ", 1)[-1]) if status[-1:].isdigit() else 0

    async def execute_many(
        self, statement: Executable | Constant, rows: Sequence[Mapping[str, Any]], *, missing: Exception | None = None
    ) -> None:
        """Run a statement once for each row, in one round trip; all rows have the same keys. No rows: nothing runs.

        `missing` is raised when the statement, which must return what it wrote, did not write as many rows.
        """
        if missing is not None:
            if len(await self.fetch_many(statement, rows)) != len(rows):
                raise missing
            return
        if len(rows) < 2:
            for row in rows:
                await self.execute(statement, **row)
            return
        text = compiled(statement, tuple(rows[0]))
        if self._listener:
            self._listener(text.sql)
        workspace = {"workspace_id": self.scope.workspace_id}
        with translated():
            await sent_whole(
                self._connection, self._connection.executemany(text.sql, [text.arguments({**workspace, **row}) for row in rows])
            )

    async def fetch_many(self, statement: Executable | Constant, rows: Sequence[Mapping[str, Any]]) -> list[Record]:
        """Run a statement with RETURNING once for each row, in one round trip, and return all rows that came back."""
        if len(rows) == 1:
            return await super().fetch(statement, **rows[0])
        if not rows:
            return []
        text = compiled(statement, tuple(rows[0]))
        if self._listener:
            self._listener(text.sql)
        workspace = {"workspace_id": self.scope.workspace_id}
        with translated():
            return await sent_whole(
                self._connection, self._connection.fetchmany(text.sql, [text.arguments({**workspace, **row}) for row in rows])
            )

    def as_seen_in(self, scope: Scope) -> Writing:
        """Return the same transaction for another part of the workspace's data."""
        return Writing(self._connection, scope, self._listener)

    async def savepoint(self, name: str = "here") -> None:
        """Set a savepoint; one of the same name is as good as forgotten."""
        with translated():
            await self._connection.execute(f"SAVEPOINT {name}")

    async def roll_back_to_savepoint(self, name: str = "here") -> None:
        """Undo what was done since the savepoint."""
        with translated():
            await self._connection.execute(f"ROLLBACK TO SAVEPOINT {name}")

    async def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Stream rows into a table by COPY; `columns` starts with `workspace_id`."""
        if self._listener:
            self._listener(f"COPY {table} ({', '.join(columns)}) FROM STDIN")
        with translated():
            await self._connection.copy_records_to_table(table, records=rows, columns=list(columns))


class Transactions(Protocol):
    """What lends connections: the database itself, or one that only pretends for a dry run."""

    def reading(self, scope: Scope) -> AbstractAsyncContextManager[Reading]:
        """Lend a connection for reading."""
        ...

    def writing(self, scope: Scope) -> AbstractAsyncContextManager[Writing]:
        """Lend a connection inside one transaction."""
        ...


class Database:
    """A pool of connections with affinity: a reader gets one whose session already names its workspace, if there is one.

    `size` bounds the connections of this process. Statements run in autocommit; writers set the workspace for their
    transaction only, so that a session's own setting stays what `Session.workspace_id` says.
    """

    def __init__(self, dsn: str, *, size: int = 10, limits: TimeLimits | None = None) -> None:
        self._dsn = dsn
        self._size = size
        self._limits = limits or TimeLimits()
        self._idle: list[Session] = []
        self._room = asyncio.Semaphore(size)
        self._closed = False
        self.listener: StatementListener | None = None
        # Called after a commit that added to a workspace's feed; it must not wait for anything.
        self.on_told: Callable[[UUID], None] | None = None

    @property
    def dsn(self) -> str:
        """Return where the database is, for a connection beside the pool."""
        return self._dsn

    async def close(self) -> None:
        """Close the idle connections; those in use are closed when they come back."""
        self._closed = True
        idle, self._idle = self._idle, []
        for session in idle:
            await session.connection.close(timeout=2)

    async def _connect(self) -> Session:
        try:
            connection = await asyncpg.connect(self._dsn, server_settings=self._limits.session(), timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise DatabaseUnavailable(str(error)) from error
        try:
            with translated():
                await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=encode_json, decoder=decode_json, format="binary")
        except BaseException:
            connection.terminate()
            raise
        return Session(connection)

    def _take_idle(self, workspace_id: UUID) -> Session | None:
        while self._idle:
            last = len(self._idle) - 1
            # Mostly the one that came back last.
            if not self._idle[last].is_in(workspace_id):
                last = next((i for i in range(last, -1, -1) if self._idle[i].workspace_id == workspace_id), last)
            session = self._idle.pop(last)
            if not session.connection.is_closed():
                return session
        return None

    async def _enter_room(self) -> None:
        if not self._room.locked():
            # Does not wait, so that nothing needs to be timed.
            await self._room.acquire()
            return
        try:
            with Deadline(self._limits.checkout):
                await self._room.acquire()
        except TimeoutError as error:
            raise Overloaded("no connection came free") from error

    async def take(self, workspace_id: UUID) -> Session:
        """Take a connection, if there is one whose session names the workspace; whoever does gives it back."""
        await self._enter_room()
        try:
            return self._take_idle(workspace_id) or await self._connect()
        except BaseException:
            self._room.release()
            raise

    async def give_back(self, session: Session, error: BaseException | None) -> None:
        """Give a connection back, with what ended its use, if anything went wrong."""
        try:
            if isinstance(error, DatabaseUnavailable):
                # It may not look closed yet; nobody shall get it again.
                session.connection.terminate()
            if not self._closed:
                # Whether it is still open is asked when it is taken.
                self._idle.append(session)
            elif not session.connection.is_closed():
                await session.connection.close(timeout=2)
        finally:
            self._room.release()

    def reading(self, scope: Scope) -> AbstractAsyncContextManager[Reading]:
        """Lend a connection for reading in autocommit. Raises Overloaded, DatabaseUnavailable, StatementTimedOut."""
        return _Lent(self, scope)

    @asynccontextmanager
    async def writing(self, scope: Scope) -> AsyncGenerator[Writing]:
        """Lend a connection inside one transaction, committed at the end and rolled back on any exception."""
        async with _Taken(self, scope.workspace_id) as session:
            connection = session.connection
            try:
                with translated():
                    await connection.execute(f"BEGIN; SET LOCAL app.workspace = '{scope.workspace_id}'")
                tx = Writing(connection, scope, self.listener)
                yield tx
                with translated():
                    ended = await connection.execute("COMMIT")
            except BaseException:
                # Beginning and committing can be cancelled, too: a connection never goes back to the pool inside a transaction.
                await roll_back(connection)
                raise
            if ended != "COMMIT":
                raise TransactionAborted
        if tx.tells and self.on_told is not None:
            self.on_told(scope.workspace_id)

    async def workspace_ids(self) -> list[UUID]:
        """List the workspaces of the database, for the tasks that visit each in turn. Ids only, nothing inside."""
        nobody = UUID(int=0)
        async with _Taken(self, nobody) as session:
            await session.enter(nobody)
            with translated():
                rows = await session.connection.fetch("SELECT workspace_ids() AS id")
        return [row["id"] for row in rows]


class _Taken(AbstractAsyncContextManager[Session]):
    """A connection of the pool for as long as a block runs; classes in place of generators, since easy queries spend more on these."""

    __slots__ = ("_database", "_session", "_workspace_id")

    def __init__(self, database: Database, workspace_id: UUID) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._session: Session | None = None

    async def __aenter__(self) -> Session:
        self._session = await self._database.take(self._workspace_id)
        return self._session

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._session is not None:
            await self._database.give_back(self._session, error)


class _Lent(AbstractAsyncContextManager[Reading]):
    """A connection that reads for one scope, for as long as a block runs."""

    __slots__ = ("_database", "_scope", "_session")

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope
        self._session: Session | None = None

    async def __aenter__(self) -> Reading:
        workspace_id = self._scope.workspace_id
        self._session = session = await self._database.take(workspace_id)
        if not session.is_in(workspace_id):
            try:
                await session.enter(workspace_id)
            except BaseException as error:
                await self._database.give_back(session, error)
                raise
        return Reading(session.connection, self._scope, self._database.listener)

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._session is not None:
            await self._database.give_back(self._session, error)
