"""What a request carries to its resolvers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from strawberry.types import Info as StrawberryInfo

from domain.access import Viewer
from domain.web_addresses import ANY_PUBLIC, WebPolicy
from gql.loaders import Loaders
from persistence.database import Database, Scope, Transactions
from persistence.rehearsals import Rehearsal, rehearsing

Settle: TypeAlias = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(slots=True)
class Context:
    """One request: who asks, when, and with which loaders. `at` is the instant that everything in it shares.

    `web` says which addresses of the web may be called.
    `transactions` is where its reads and writes go: the database, or from its first dry run on that dry run's transaction.
    """

    database: Database
    viewer: Viewer
    at: datetime
    request_id: str
    base_url: str = ""
    web: WebPolicy = ANY_PUBLIC
    loaders: Loaders = field(init=False)
    transactions: Transactions = field(init=False)
    settlers: list[Settle] = field(default_factory=list[Settle])
    _rehearsal: Rehearsal | None = None
    _exits: AsyncExitStack | None = None

    def __post_init__(self) -> None:
        self.transactions = self.database
        self.loaders = Loaders(self.database, self.scope)

    @property
    def scope(self) -> Scope:
        """The part of the data that the viewer may touch."""
        return Scope(self.viewer.workspace_id, self.viewer.visibility)

    async def rehearse(self) -> Rehearsal:
        """Turn the request into a dry run: from here on it reads and writes in a transaction that will be rolled back."""
        if self._rehearsal is None:
            self._exits = AsyncExitStack()
            self._rehearsal = await self._exits.enter_async_context(rehearsing(self.database, self.scope))
            self.transactions = self._rehearsal
            self.loaders = Loaders(self._rehearsal, self.scope)
        return self._rehearsal

    async def settle(self, data: dict[str, Any]) -> dict[str, Any]:
        """Let mutations with an idempotency key exchange their part of the answer for the one that was given first."""
        for settler in self.settlers:
            data = await settler(data)
        return data

    async def close(self) -> None:
        """Undo what was only rehearsed, and let go of what was loaded."""
        if self._exits is not None:
            await self._exits.aclose()
        # An executor of graphql-core refers to itself, and to us: without this all that was read would stay until the collector comes.
        self.loaders.forget()


Info: TypeAlias = StrawberryInfo[Context, None]
