"""`leads workspaces`: list them, make one."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Column, Table

from domain.access import system_viewer
from domain.workspaces import Workspace
from persistence.database import Database
from server.progress import answers
from server.running import all_workspaces, run_with_database
from usecases.verbs import Call, new_id
from usecases.workspaces.create_workspace import CreateWorkspace, create_workspace

app = typer.Typer(help="The workspaces of a database; each is a world of its own.", no_args_is_help=True, add_completion=False)


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What the workspace is called.")],
    currency: Annotated[str, typer.Option(help="The currency of revenues, as ISO 4217.")] = "EUR",
    time_zone: Annotated[str, typer.Option(help="The IANA time zone of its days.")] = "UTC",
    country: Annotated[str | None, typer.Option(help="The country of phone numbers without a prefix, as ISO 3166-1.")] = None,
    model: Annotated[str, typer.Option(help="The scoring model: standard, or voice for workspaces that call.")] = "standard",
) -> None:
    """Make an empty workspace and print its id. `leads keys create` then makes a key for it."""

    async def work(database: Database) -> Workspace:
        request = CreateWorkspace(name=name, currency=currency, time_zone=time_zone, country=country, scoring_model=model)
        return await create_workspace(Call(database, system_viewer(new_id()), datetime.now(UTC)), request)

    sys.stdout.write(f"{run_with_database(work).id}\n")


@app.command("list")
def list_workspaces() -> None:
    """List the workspaces with their ids and settings."""
    table = Table(Column("Id", no_wrap=True), "Name", "Currency", "Time zone", "Country", "Created", box=SIMPLE)
    for workspace in run_with_database(all_workspaces):
        created = f"{workspace.created_at:%Y-%m-%d %H:%M}"
        table.add_row(str(workspace.id), workspace.name, workspace.currency, workspace.time_zone, workspace.country or "–", created)
    answers().print(table)
