"""Show GraphiQL from files of our own, for development only."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

FILES = Path(__file__).parent.parent / "console"

# Styles are set by React and CodeMirror on elements; scripts, connections and images stay within this origin.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """Say what the page starts with. `key` is printed into the page: only a development key, on loopback, belongs here."""

    endpoint: str = "/graphql"
    key: str | None = None
    query: str = ""
    title: str = "leadgraph"


class _ConsolePage:
    """Serve the one page, written once."""

    def __init__(self, path: str, settings: ConsoleSettings) -> None:
        headers = {"authorization": f"Bearer {settings.key}"} if settings.key else {}
        config = {"endpoint": settings.endpoint, "headers": headers, "query": settings.query}
        # `<` would end the script element that carries the JSON.
        config_json = json.dumps(config).replace("<", "\\u003c")
        template = (FILES / "index.html").read_text(encoding="utf-8")
        self._page = (
            template.replace("{{title}}", escape(settings.title)).replace("{{files}}", f"{path}/files").replace("{{config}}", config_json)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"content-security-policy": _POLICY, "cache-control": "no-store"}
        await HTMLResponse(self._page, headers=headers)(scope, receive, send)


def console_routes(settings: ConsoleSettings, path: str = "/graphiql") -> list[BaseRoute]:
    """Return the routes of the console; callers mount them in development mode only."""
    page = _ConsolePage(path, settings)
    return [
        Route(path, page, methods=["GET", "HEAD"]),
        Mount(f"{path}/files/vendor", StaticFiles(directory=FILES / "vendor")),
        Mount(f"{path}/files/own", StaticFiles(directory=FILES / "own")),
    ]
