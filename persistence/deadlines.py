"""A bound to the time of a block, on the way that every request takes."""

from __future__ import annotations

import asyncio
from types import TracebackType

# Below this a deadline has a timer of its own; the others are looked at together, and may be late by as much as lies between two looks.
_SOON = 0.5
_BETWEEN_LOOKS = 0.05


class _Clock:
    """One timer for all the deadlines of a loop: setting one and taking it back for every request costs more than looking now and then."""

    __slots__ = ("_running", "_waiting", "loop")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._waiting: dict[Deadline, float] = {}
        self._running = False

    def add(self, deadline: Deadline, seconds: float) -> None:
        self._waiting[deadline] = self.loop.time() + seconds
        if not self._running:
            self._running = True
            self.loop.call_later(_BETWEEN_LOOKS, self._look)

    def drop(self, deadline: Deadline) -> None:
        self._waiting.pop(deadline, None)

    def _look(self) -> None:
        if not self._waiting:
            self._running = False
            return
        self.loop.call_later(_BETWEEN_LOOKS, self._look)
        now = self.loop.time()
        for deadline in [each for each, at in self._waiting.items() if at <= now]:
            del self._waiting[deadline]
            deadline.expire()


# That of the loop that asked last: a process has one.
_clock: _Clock | None = None


def _clock_of(loop: asyncio.AbstractEventLoop) -> _Clock:
    global _clock  # noqa: PLW0603 -- what would have to be handed through every layer that waits for anything
    if _clock is None or _clock.loop is not loop:
        _clock = _Clock(loop)
    return _clock


class Deadline:
    """Cancels what waits in a `with` block once its seconds are over; the block then raises TimeoutError.

    As `asyncio.timeout` does it, for blocks that are entered once, in a task, with a bound that stays: a fraction of the price. Where it is
    half a second or more, the block may run 50 ms longer.
    """

    __slots__ = ("_cancelled_before", "_clock", "_seconds", "_task", "_timer", "expired")

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
        self._timer: asyncio.TimerHandle | None = None
        if self._seconds < _SOON:
            self._timer = loop.call_later(self._seconds, self.expire)
        else:
            self._clock = _clock_of(loop)
            self._clock.add(self, self._seconds)

    def expire(self) -> None:
        """Stop what waits."""
        self.expired = True
        if self._task is not None:
            self._task.cancel()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        task, self._task = self._task, None
        if self._timer is None:
            self._clock.drop(self)
        else:
            self._timer.cancel()
        # Others may have cancelled the task meanwhile, too: then it has to end.
        if self.expired and task is not None and task.uncancel() <= self._cancelled_before and kind is asyncio.CancelledError:
            raise TimeoutError from error
