"""`leads workspaces`: list them, make one."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from rich.box import SIMPLE
from rich.table import Column, Table

from domain.access import system_viewer
from domain.workspaces import Workspace
from persistence.database import Database
from server.cli_groups import Group
from server.progress import answers
from server.running import all_workspaces, run_with_database
from usecases.verbs import Call, new_id
from usecases.workspaces.create_workspace import CreateWorkspace, create_workspace


@click.group(cls=Group)
def workspaces() -> None:
    """The workspaces of a database; each is a world of its own."""


@workspaces.command("create")
@click.argument("name", help="What the workspace is called.")
@click.option("--currency", default="EUR", help="The currency of revenues, as ISO 4217.")
@click.option("--time-zone", default="UTC", help="The IANA time zone of its days.")
@click.option("--country", help="The country of phone numbers without a prefix, as ISO 3166-1.")
@click.option("--model", default="standard", help="The scoring model: standard, or voice for workspaces that call.")
def create(name: str, currency: str, time_zone: str, country: str | None, model: str) -> None:
    """Make an empty workspace and print its id. `leads keys create` then makes a key for it."""

    async def work(database: Database) -> Workspace:
        request = CreateWorkspace(name=name, currency=currency, time_zone=time_zone, country=country, scoring_model=model)
        return await create_workspace(Call(database, system_viewer(new_id()), datetime.now(UTC)), request)

    sys.stdout.write(f"{run_with_database(work).id}\n")


@workspaces.command("list")
def list_workspaces() -> None:
    """List the workspaces with their ids and settings."""
    table = Table(Column("Id", no_wrap=True), "Name", "Currency", "Time zone", "Country", "Created", box=SIMPLE)
    for workspace in run_with_database(all_workspaces):
        created = f"{workspace.created_at:%Y-%m-%d %H:%M}"
        table.add_row(str(workspace.id), workspace.name, workspace.currency, workspace.time_zone, workspace.country or "–", created)
    answers().print(table)
