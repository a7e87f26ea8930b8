"""Tell those who watch the process whether it lives, and whether it can do its work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Route

from persistence.database import Database
from persistence.failures import DatabaseUnavailable, Overloaded
from persistence.standing import revision

_PATIENCE_SECONDS = 2.0


@dataclass(slots=True)
class Readiness:
    """Whether work should be sent here. `schema_head` is the revision that this version of the program needs.

    `advice` says what helps when the database cannot be reached.
    """

    database: Database
    schema_head: str
    stopping: bool = False
    advice: Callable[[], str] | None = None

    async def obstacle(self) -> str | None:
        """Say why no work can be done just now, in a sentence; None when it can."""
        if self.stopping:
            return "The server is stopping."
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                found = await revision(self.database)
        except DatabaseUnavailable:
            return " ".join(["The database cannot be reached.", *([self.advice()] if self.advice else ())])
        except (Overloaded, TimeoutError):
            return "Every connection to the database is busy."
        if found != self.schema_head:
            return f"The database's schema is at {found or 'no revision'}, this version needs {self.schema_head}: run `leads migrate`."
        return None


def health_routes(readiness: Readiness) -> list[BaseRoute]:
    """Return `/healthz` (the process answers) and `/readyz` (it can do its work, or 503 with the reason)."""

    async def alive(_: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n", headers={"cache-control": "no-store"})

    async def ready(_: Request) -> JSONResponse:
        reason = await readiness.obstacle()
        headers = {"cache-control": "no-store"}
        if reason is None:
            return JSONResponse({"ready": True}, headers=headers)
        return JSONResponse({"ready": False, "reason": reason}, 503, {**headers, "retry-after": "1"})

    return [Route("/healthz", alive), Route("/readyz", ready)]
