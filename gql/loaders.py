"""Batches the loads of one request: each (batch function, arguments) is one loader, each batch takes its own connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from aiodataloader import DataLoader

from persistence.database import Scope, Transactions

CONNECTIONS_PER_REQUEST = 4
# A sibling that comes to its keys through an object of its own, or a union's member, does so a tick later for each.
_TICKS = 3

# `(db, keys, *arguments) -> {key: value}`; a key that is absent from the answer has no value.
Batch: TypeAlias = Callable[..., Awaitable[Mapping[Any, Any]]]


class GuardedLoader(DataLoader[Any, Any]):
    """A DataLoader that survives cancellation.

    The library keeps a cancelled future in its cache, so that every later load of the key fails, and leaves the waiters of a
    batch hanging when the batch ends in CancelledError. Here a cancelled future is dropped, waiters are shielded from
    each other, and whatever ends a batch reaches all its waiters.
    """

    def load(self, key: Any) -> asyncio.Future[Any]:
        """Return a future for the key's value; cancelling it leaves the batch and its other waiters alone."""
        cached: asyncio.Future[Any] | None = cast(Any, self)._cache.get(key)  # noqa: SLF001
        if cached is not None and cached.cancelled():
            self.clear(key)
        return asyncio.shield(super().load(key))

    def loaded(self, key: Any) -> asyncio.Future[Any] | None:
        """Return the future of a key that is loaded already."""
        cached: asyncio.Future[Any] | None = cast(Any, self)._cache.get(key)  # noqa: SLF001
        if cached is None or not cached.done() or cached.cancelled() or cached.exception():
            return None
        return cached


@dataclass(slots=True, eq=False)
class _Round:
    """One call of a batch function, and what it found."""

    keys: list[Any]
    found: asyncio.Future[Mapping[Any, Any]]


@dataclass(slots=True)
class _Known:
    """The rounds of one batch function with one set of arguments, by key; `gathering` is the one that still takes keys."""

    rounds: dict[Any, _Round] = field(default_factory=dict[Any, _Round])
    gathering: _Round | None = None


class Loaders:
    """The loaders of one request. `scope` is the viewer's, so nothing is ever shared between viewers."""

    def __init__(self, database: Transactions, scope: Scope) -> None:
        self._database = database
        self._scope = scope
        # Made when first needed: most requests load one thing.
        self._connections: asyncio.Semaphore | None = None
        self._loaders: dict[Hashable, GuardedLoader] = {}
        self._known: dict[Hashable, _Known] = {}
        # Whether one batch is all that will be loaded: then none waits for keys that others may add, and nothing has to be remembered.
        self.alone = False

    def load(self, batch: Batch, key: Hashable, *arguments: Hashable) -> Awaitable[Any]:
        """Load one key's value together with all others that are asked for in the same tick."""
        identity = (batch, arguments)
        loader = self._loaders.get(identity)
        if loader is None:
            loader = self._loaders[identity] = GuardedLoader(self._batch_load(batch, arguments))
        return loader.load(key)

    async def batch(
        self, batch: Batch, keys: Sequence[Hashable], *arguments: Hashable, wanted: tuple[Hashable, ...] = ()
    ) -> Mapping[Any, Any]:
        """Load many distinct keys together with all that others ask of the same batch at about the same time; no key is loaded twice.

        `wanted` is what the batch function takes besides its arguments to load less than all of each thing.
        """
        if self.alone:
            async with self._database.reading(self._scope) as db:
                return await batch(db, keys, *arguments, *wanted)
        known = self._known.setdefault((batch, arguments, wanted), _Known())
        rounds = known.rounds
        whole = self._loaders.get((batch, arguments))
        fresh = [key for key in keys if key not in rounds and not (whole and self._take(whole, key, rounds))]
        if fresh:
            gathering = known.gathering
            if gathering is not None:
                gathering.keys += fresh
                rounds.update(dict.fromkeys(fresh, gathering))
            else:
                gathering = known.gathering = _Round(fresh, asyncio.get_running_loop().create_future())
                rounds.update(dict.fromkeys(fresh, gathering))
                await self._run(known, gathering, batch, (*arguments, *wanted))
        needed = dict.fromkeys(rounds[key] for key in keys)
        for each in needed:
            if not each.found.done() or each.found.exception():
                await asyncio.shield(each.found)
        if len(needed) == 1:
            return next(iter(needed)).found.result()
        return {key: value for key in keys if (value := rounds[key].found.result().get(key)) is not None}

    def _take(self, whole: GuardedLoader, key: Hashable, rounds: dict[Any, _Round]) -> bool:
        """Take over what was loaded one by one; False when the key was not."""
        loaded = whole.loaded(key)
        if loaded is None:
            return False
        found = asyncio.get_running_loop().create_future()
        found.set_result({} if loaded.result() is None else {key: loaded.result()})
        rounds[key] = _Round([key], found)
        return True

    async def _run(self, known: _Known, gathering: _Round, batch: Batch, arguments: tuple[Hashable, ...]) -> None:
        """Let others add their keys, then load."""
        try:
            for _ in range(_TICKS):
                await asyncio.sleep(0)
            known.gathering = None
            gathering.found.set_result(await self._found(batch, gathering.keys, arguments))
        except BaseException as error:
            known.gathering = None
            # Whoever waits for the same must not wait for ever; that perhaps nobody does is no fault.
            gathering.found.set_exception(BatchCancelled() if isinstance(error, asyncio.CancelledError) else error)
            gathering.found.exception()
            raise

    def forget(self) -> None:
        """Drop what was loaded: after a mutation the next field must see the new state."""
        self._loaders.clear()
        self._known.clear()

    def _batch_load(self, batch: Batch, arguments: tuple[Hashable, ...]) -> Callable[[list[Any]], Coroutine[Any, Any, list[Any]]]:
        async def run(keys: Sequence[Any]) -> list[Any]:
            try:
                found = await self._found(batch, keys, arguments)
            except asyncio.CancelledError as error:
                # The library only hands on Exceptions; its waiters would never wake.
                raise BatchCancelled from error
            return [found.get(key) for key in keys]

        return run

    async def _found(self, batch: Batch, keys: Sequence[Any], arguments: tuple[Hashable, ...]) -> Mapping[Any, Any]:
        if self._connections is None:
            self._connections = asyncio.Semaphore(CONNECTIONS_PER_REQUEST)
        async with self._connections, self._database.reading(self._scope) as db:
            return await batch(db, keys, *arguments)


class BatchCancelled(Exception):
    """The batch that would have brought the value was cancelled."""
