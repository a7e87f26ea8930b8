"""Writes lines to a stream, those of one turn of the event loop at once: each write is a system call, dearer than most of a request's."""

from __future__ import annotations

import asyncio
import atexit
from typing import TextIO


class Lines:
    """The lines of one stream, and a logger of structlog's. Without an event loop, and `at_once`, each is written when it comes."""

    __slots__ = ("_at_once", "_stream", "_waiting")

    def __init__(self, stream: TextIO, *, at_once: bool = False) -> None:
        self._stream = stream
        self._at_once = at_once
        self._waiting: list[str] = []
        if not at_once:
            # A loop that has ended calls nobody.
            atexit.register(self.flush)

    def msg(self, line: str) -> None:
        """Write a line before the loop waits for anything again."""
        self._waiting.append(line)
        if len(self._waiting) > 1:
            return
        if not self._at_once:
            try:
                asyncio.get_running_loop().call_soon(self.flush)
            except RuntimeError:
                pass
            else:
                return
        self.flush()

    debug = info = warning = error = critical = exception = msg

    def flush(self) -> None:
        """Write what waits."""
        lines, self._waiting = self._waiting, []
        if lines:
            lines.append("")
            self._stream.write("\n".join(lines))
            self._stream.flush()

    def logger(self, *_: object) -> Lines:
        """Be the factory of structlog's loggers."""
        return self
