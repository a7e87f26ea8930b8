"""Batches the loads of one request: each (batch function, arguments) is one loader, each batch takes its own connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from aiodataloader import DataLoader

from persistence.database import Database, Scope

CONNECTIONS_PER_REQUEST = 4

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


class Loaders:
    """The loaders of one request. `scope` is the viewer's, so nothing is ever shared between viewers."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope
        self._connections = asyncio.Semaphore(CONNECTIONS_PER_REQUEST)
        self._loaders: dict[Hashable, GuardedLoader] = {}
        self._batches: dict[Hashable, asyncio.Future[Mapping[Any, Any]]] = {}

    def load(self, batch: Batch, key: Hashable, *arguments: Hashable) -> Awaitable[Any]:
        """Load one key's value together with all others that are asked for in the same tick."""
        identity = (batch, arguments)
        loader = self._loaders.get(identity)
        if loader is None:
            loader = self._loaders[identity] = GuardedLoader(self._batch_load(batch, arguments))
        return loader.load(key)

    async def batch(self, batch: Batch, keys: Sequence[Hashable], *arguments: Hashable) -> Mapping[Any, Any]:
        """Load many distinct keys with one call of the batch function; equal calls within the request run once."""
        identity = (batch, arguments, tuple(keys))
        running = self._batches.get(identity)
        if running is None:
            running = self._batches[identity] = asyncio.get_running_loop().create_future()
            try:
                found = await self._found(batch, keys, arguments)
            except BaseException as error:
                # Whoever waits for the same must not wait for ever; that nobody may, is no fault.
                running.set_exception(BatchCancelled() if isinstance(error, asyncio.CancelledError) else error)
                running.exception()
                raise
            running.set_result(found)
            return found
        return await asyncio.shield(running)

    def forget(self) -> None:
        """Drop what was loaded: after a mutation the next field must see the new state."""
        self._loaders.clear()
        self._batches.clear()

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
        async with self._connections, self._database.reading(self._scope) as db:
            return await batch(db, keys, *arguments)


class BatchCancelled(Exception):
    """The batch that would have brought the value was cancelled."""
