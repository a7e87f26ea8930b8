"""Say where the development server is, and what to do first."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

# A production server, which has no banner, does without Rich.
if TYPE_CHECKING:
    from rich.console import Console


def banner(console: Console, base_url: str, key: str, query: str, subscription: str | None) -> None:
    """Print the addresses, the key and what to paste; lines are never broken, so that they can be copied."""
    lines = (
        "",
        f"[bold]leadgraph is ready.[/bold]  GraphiQL: [bold cyan]{base_url}/graphiql[/bold cyan]",
        "",
        f"  Endpoint          {base_url}/graphql",
        f"  Development key   {key}",
        "  Header            authorization: Bearer <key>   [dim](GraphiQL sends it by itself)[/dim]",
        "",
        "  A query to paste:",
        "",
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    console.print(textwrap.indent(query, "    "), soft_wrap=True, markup=False)
    if subscription is not None:
        console.print("  A subscription to paste, for leads of the demo act every few seconds:\n", soft_wrap=True)
        console.print(textwrap.indent(subscription, "    "), soft_wrap=True, markup=False)
    console.print("[dim]Ctrl-C stops the server and PostgreSQL; the data stays.[/dim]", soft_wrap=True)
