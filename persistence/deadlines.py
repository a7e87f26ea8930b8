"""A bound to the time of a block, on the way that every request takes."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Deadline:
    """Cancels what waits in a `with` block once its seconds are over; the block then raises TimeoutError.

    As `asyncio.timeout` does it, for blocks that are entered once, in a task, with a bound that stays: a third of the price.
    """

    __slots__ = ("_cancelled_before", "_seconds", "_task", "_timer", "expired")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.expired = False
        self._task: asyncio.Task[object] | None = None

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        self._task = task = asyncio.current_task(loop)
        if task is None:
            raise RuntimeError("a deadline is for a task")
        self._cancelled_before = task.cancelling()
        self._timer = loop.call_later(self._seconds, self._expire)

    def _expire(self) -> None:
        self.expired = True
        if self._task is not None:
            self._task.cancel()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        task, self._task = self._task, None
        self._timer.cancel()
        # Others may have cancelled the task meanwhile, too: then it has to end.
        if self.expired and task is not None and task.uncancel() <= self._cancelled_before and kind is asyncio.CancelledError:
            raise TimeoutError from error
