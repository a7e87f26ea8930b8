"""What can go wrong with the database, in words that the layers above know, whatever the driver calls it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType

import asyncpg


class DatabaseUnavailable(Exception):
    """PostgreSQL does not answer; the same request may succeed shortly."""


class Overloaded(Exception):
    """Every connection is busy, and none came free in time."""


class StatementTimedOut(Exception):
    """A statement ran longer than it may and was stopped."""


class Deadlocked(Exception):
    """PostgreSQL chose this transaction as the victim of a deadlock or a serialisation failure; running it again is safe."""


class UniqueViolation(Exception):
    """A unique constraint refused a row."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint
        super().__init__(constraint)


class TransactionAborted(Exception):
    """A transaction that had failed was about to be committed: nothing of it was written, so nobody may believe that it was."""


class WrongWorkspace(Exception):
    """A connection was about to read for another workspace than its session names: a bug, and never an answer."""


class _Translated(AbstractContextManager[None]):
    """Turns the driver's exceptions into those that the layers above know."""

    __slots__ = ()

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        if error is not None and (known := _known(error)) is not None:
            raise known from error


_TRANSLATED = _Translated()


def translated() -> AbstractContextManager[None]:
    """Run a block in which the driver's exceptions become these."""
    return _TRANSLATED


def _known(error: BaseException) -> Exception | None:
    match error:
        case asyncpg.UniqueViolationError():
            return UniqueViolation(str(getattr(error, "constraint_name", "")))
        case asyncpg.DeadlockDetectedError() | asyncpg.SerializationError():
            return Deadlocked(str(error))
        case asyncpg.LockNotAvailableError() | asyncpg.TooManyConnectionsError():
            return Overloaded(str(error))
        case asyncpg.QueryCanceledError():
            return StatementTimedOut(str(error))
        case asyncpg.DataError():
            # A wrong argument is an InterfaceError too, and no sign of a lost connection.
            return None
        case (
            asyncpg.PostgresConnectionError()
            | asyncpg.InterfaceError()
            | asyncpg.CannotConnectNowError()
            | asyncpg.AdminShutdownError()
            | asyncpg.CrashShutdownError()
            # What the driver says of a connection on which the server's last words came unasked.
            | asyncpg.InternalClientError()
            | OSError()
        ):
            return DatabaseUnavailable(str(error))
        case _:
            return None
