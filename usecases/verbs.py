"""How a verb runs: one transaction, one effect per idempotency key, again when PostgreSQL broke a deadlock.

A verb is a function `(work, …) -> result` under `@verb`; callers hand it a `Call` instead of the `Work`. This is the only
module that opens a writing transaction.
"""

from __future__ import annotations

import asyncio
import functools
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.access import Actor, Viewer
from domain.refusals import IdempotencyKeyReused, Refused
from persistence import idempotency
from persistence.database import Database, Scope, Transactions, Writing
from persistence.failures import Deadlocked
from persistence.leads import LeadsMoved, LostUpdate
from persistence.optimistic import NeedsTransaction, optimistically
from usecases.answers import recall, remembered
from usecases.moved_leads import redirected

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A caller's promise that requests with this key are one request. `fingerprint` tells inputs apart."""

    key: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One request for one verb: who asks, when, and under which idempotency key."""

    database: Transactions
    viewer: Viewer
    at: datetime
    idempotency: IdempotencyKey | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a verb works with: its transaction, the viewer, the instant."""

    tx: Writing
    viewer: Viewer
    at: datetime

    @property
    def actor(self) -> Actor:
        """Name who is behind the change, for histories and events."""
        return self.viewer.actor


def new_id() -> UUID:
    """Make an id that sorts by the time it was made."""
    return uuid7()


def verb(function: Callable[Concatenate[Work, P], Awaitable[R]]) -> Callable[Concatenate[Call, P], Awaitable[R]]:
    """Run the function in a transaction of its own, at most once per idempotency key.

    When it meets leads that were merged, it is run again with the ids of those that took their places.

    Raises Refused with what the function refused; a refusal is remembered under the key like a result, and everything the function
    wrote before it is undone.
    """
    return _running(function, optimistic=False)


def verb_of_one_lead(function: Callable[Concatenate[Work, P], Awaitable[R]]) -> Callable[Concatenate[Call, P], Awaitable[R]]:
    """Run the function as `verb` does, at first without a transaction where there is no key.

    That is for what mostly looks at one lead and nothing else (`LeadEdits.load` with `triggering`), and then saves it.
    """
    return _running(function, optimistic=True)


def _running(function: Callable[Concatenate[Work, P], Awaitable[R]], *, optimistic: bool) -> Callable[Concatenate[Call, P], Awaitable[R]]:
    @functools.wraps(function)
    async def run(call: Call, *args: P.args, **kwargs: P.kwargs) -> R:
        def act(work: Work) -> Awaitable[R]:
            return function(work, *args, **kwargs)

        # A rehearsal looks at each write by itself.
        if optimistic and call.idempotency is None and isinstance(call.database, Database):
            try:
                return await optimistically(call.database, _scope(call), lambda tx: act(Work(tx, call.viewer, call.at)))
            except (NeedsTransaction, LostUpdate, Deadlocked):
                pass
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await _once(call, function.__name__, act)
            except Deadlocked:
                if attempt == ATTEMPTS:
                    raise
                await asyncio.sleep(random.uniform(0.005, 0.02) * attempt)
            except LeadsMoved as moved:
                if attempt == ATTEMPTS:
                    raise
                args, kwargs = redirected(args, moved.to), redirected(kwargs, moved.to)
        raise AssertionError("unreachable")

    return run


def _scope(call: Call) -> Scope:
    return Scope(call.viewer.workspace_id, call.viewer.visibility)


async def _once(call: Call, name: str, act: Callable[[Work], Awaitable[R]]) -> R:
    async with call.database.writing(_scope(call)) as tx:
        work = Work(tx, call.viewer, call.at)
        key = call.idempotency
        if key is None:
            return await act(work)
        earlier = await idempotency.claim(tx, key.key, name, key.fingerprint, call.at)
        if earlier is not None:
            if earlier.verb != name or earlier.fingerprint != key.fingerprint:
                raise Refused.because(
                    IdempotencyKeyReused(message="This idempotency key was used before with another input.", path=("idempotency_key",))
                )
            return await recall(tx, earlier.result)
        await tx.savepoint()
        refused: Refused | None = None
        result: R | None = None
        try:
            result = await act(work)
        except Refused as error:
            await tx.roll_back_to_savepoint()
            refused = error
        await idempotency.remember(tx, key.key, remembered(refused or result))
    if refused is not None:
        raise refused
    return result  # pyright: ignore[reportReturnType] -- None only when R is


async def settle_answer(call: Call, selection: str, answer: object) -> object:
    """Keep the answer that is about to be given under the call's key; return the one that was kept first for the same selection.

    It is kept before it is sent: so every repetition reads the same, whoever answers it and whenever.
    """
    if call.idempotency is None:
        return answer
    async with call.database.writing(Scope(call.viewer.workspace_id)) as tx:
        return await idempotency.settle(tx, call.idempotency.key, selection, answer)
