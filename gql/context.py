"""What a request carries to its resolvers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from strawberry.types import Info as StrawberryInfo

from domain.access import Viewer
from gql.loaders import Loaders
from persistence.database import Database, Scope

Settle: TypeAlias = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(slots=True)
class Context:
    """One request: who asks, when, and with which loaders. `at` is the instant that everything in it shares."""

    database: Database
    viewer: Viewer
    at: datetime
    request_id: str
    base_url: str = ""
    loaders: Loaders = field(init=False)
    settlers: list[Settle] = field(default_factory=list[Settle])

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.database, self.scope)

    @property
    def scope(self) -> Scope:
        """The part of the data that the viewer may touch."""
        return Scope(self.viewer.workspace_id, self.viewer.visibility)

    async def settle(self, data: dict[str, Any]) -> dict[str, Any]:
        """Let mutations with an idempotency key exchange their part of the answer for the one that was given first."""
        for settler in self.settlers:
            data = await settler(data)
        return data


Info: TypeAlias = StrawberryInfo[Context, None]
