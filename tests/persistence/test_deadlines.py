"""Deadlines: what is late is cancelled and called so, and nothing else is."""

from __future__ import annotations

import asyncio

import pytest

from persistence.deadlines import Deadline


# Half a second is looked at together with others.
@pytest.mark.parametrize("seconds", [0, 0.5])
async def test_what_waits_beyond_its_deadline_is_stopped(seconds: float) -> None:
    deadline = Deadline(seconds)
    with pytest.raises(TimeoutError), deadline:
        await asyncio.Event().wait()
    assert deadline.expired
    # The task goes on as if nobody had cancelled it.
    current = asyncio.current_task()
    assert current is not None
    assert current.cancelling() == 0
    await asyncio.sleep(0)


async def test_what_is_in_time_goes_on_undisturbed() -> None:
    deadline = Deadline(0)
    with deadline:
        pass
    await asyncio.sleep(0)
    assert not deadline.expired


async def test_of_those_looked_at_together_only_the_late_ones_are_stopped() -> None:
    early, late = Deadline(0.5), Deadline(60)
    with late:
        with pytest.raises(TimeoutError), early:
            await asyncio.Event().wait()
        await asyncio.sleep(0)
    assert (early.expired, late.expired) == (True, False)


async def test_an_error_in_time_is_itself() -> None:
    with pytest.raises(LookupError), Deadline(60):
        raise LookupError


async def test_whoever_cancels_from_outside_is_obeyed() -> None:
    deadline, entered = Deadline(60), asyncio.Event()

    async def work() -> None:
        with deadline:
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not deadline.expired


async def test_cancelled_from_outside_and_late_at_once_is_cancelled() -> None:
    deadline, entered = Deadline(0), asyncio.Event()

    async def work() -> None:
        with deadline:
            entered.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                # The deadline came first; somebody else cancels before the block is left.
                current = asyncio.current_task()
                assert current is not None
                current.cancel()
                raise

    task = asyncio.create_task(work())
    await entered.wait()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert deadline.expired


async def test_an_error_that_comes_too_late_is_itself() -> None:
    deadline = Deadline(0)

    async def work() -> None:
        with deadline:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise LookupError from None

    with pytest.raises(LookupError):
        await work()
    assert deadline.expired
