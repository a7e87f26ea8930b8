"""`leads workspaces`: list them, make one."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from server.running import all_workspaces, run_with_database

app = typer.Typer(help="The workspaces of a database; each is a world of its own.", no_args_is_help=True)


@app.command("list")
def list_workspaces() -> None:
    """List the workspaces with their ids and settings."""
    table = Table("Id", "Name", "Currency", "Time zone", "Created")
    for workspace in run_with_database(all_workspaces):
        table.add_row(str(workspace.id), workspace.name, workspace.currency, workspace.time_zone, f"{workspace.created_at:%Y-%m-%d %H:%M}")
    Console().print(table)
