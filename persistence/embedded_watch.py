"""Looks after a PostgreSQL of our own while a server runs on it: one that ended by itself is started again."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, Final, Self

import structlog

from persistence.embedded import EmbeddedPostgres
from persistence.postgres_binaries import EmbeddedPostgresError

_LOOK_SECONDS: Final = 0.5
_AGAIN_SECONDS: Final = 5.0
_log: Any = structlog.get_logger(__name__)


class Watch:
    """A thread that looks after PostgreSQL as long as the block lasts; it leaves alone what another process started.

    Leave the block before PostgreSQL is stopped. The thread lives for all of it, so the kernel stops what it started when we are killed.
    """

    def __init__(self, postgres: EmbeddedPostgres, *, look_seconds: float = _LOOK_SECONDS, again_seconds: float = _AGAIN_SECONDS) -> None:
        self._postgres = postgres
        self._look_seconds = look_seconds
        self._again_seconds = again_seconds
        self._over = threading.Event()
        self._trouble: str | None = None
        self._thread = threading.Thread(target=self._run, name="leadgraph embedded PostgreSQL", daemon=True)

    def advice(self) -> str:
        """Say what becomes of a database that cannot be reached, and what helps."""
        if not self._postgres.owned:
            return "It belongs to another leadgraph process: start that one again, or this one."
        if self._trouble is None:
            return "It is started again by itself."
        return f"PostgreSQL ended and does not start; the log says why. It is tried every {self._again_seconds:g} s: mend that."

    def __enter__(self) -> Self:
        if self._postgres.owned:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = self._look_seconds
        while not self._over.wait(pause):
            pause = self._start_again() if self._postgres.has_ended() else self._look_seconds

    def _start_again(self) -> float:
        try:
            self._postgres.start_again(self._over)
        except (EmbeddedPostgresError, OSError) as failure:
            # Once for each reason: it is tried for as long as it takes.
            if str(failure) != self._trouble and not self._over.is_set():
                _log.error("PostgreSQL ended and does not start", reason=str(failure))
            self._trouble = str(failure)
            return self._again_seconds
        _log.warning("PostgreSQL had ended and was started again")
        self._trouble = None
        return self._look_seconds
