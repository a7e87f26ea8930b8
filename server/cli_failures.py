"""What a command that failed for a reason says, and with which code it ends."""

from __future__ import annotations

from dataclasses import dataclass

from domain.imports import ImportRejected
from domain.refusals import Refusal, Refused
from persistence.failures import DatabaseUnavailable, Overloaded
from persistence.migrating import MigrationFailed
from persistence.postgres_binaries import EmbeddedPostgresError
from server.databases import NotConfigured
from server.running import CommandFailed
from server.serving import CannotListen
from server.settings import BadSettings

_EXPECTED = (CannotListen, CommandFailed, EmbeddedPostgresError, MigrationFailed, NotConfigured)


@dataclass(frozen=True, slots=True)
class Failure:
    """The text for whoever typed the command. `code` is 1 for what could not be done, 2 for wrong settings."""

    text: str
    code: int = 1


def failure(error: Exception) -> Failure | None:
    """Tell what an exception means to whoever typed the command; None for one that nobody expected."""
    match error:
        case BadSettings():
            return Failure(str(error), code=2)
        case Refused():
            return Failure("\n".join(_told(refusal) for refusal in error.refusals))
        case DatabaseUnavailable():
            return Failure(f"The database cannot be reached: {error}")
        case Overloaded():
            return Failure(str(error) or "The database is busy; try again.")
        case _:
            return Failure(str(error)) if isinstance(error, _EXPECTED) else None


def _told(refusal: Refusal) -> str:
    line = refusal.line if isinstance(refusal, ImportRejected) else None
    return refusal.message if line is None else f"Line {line}: {refusal.message}"
