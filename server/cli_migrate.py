"""`leads migrate`: bring the tables up to date, or write the migration for a change of them."""

from __future__ import annotations

import asyncio

import click

from persistence.migrating import migrate as migrate_tables
from persistence.migrating import write_migration
from persistence.revisions import head
from server.databases import reached_database
from server.progress import Steps
from server.running import CommandFailed
from server.settings import load_settings


@click.command()
@click.option("--new", metavar="NAME", help="Write a migration for what changed in the tables of the code, instead of migrating.")
def migrate(new: str | None) -> None:
    """Bring the database's tables up to this version; run it before a new version is started.

    Connects as the role in LEADGRAPH_OWNER_DATABASE_URL, which will own the tables, and lets the role in LEADGRAPH_DATABASE_URL in.
    Without these settings it migrates the embedded PostgreSQL. Running it again changes nothing.
    """
    settings, steps = load_settings(), Steps()
    with reached_database(settings, steps) as reached:
        if new is not None:
            write_migration(reached.owner_dsn, new)
            steps.console.print("  The new file is in persistence/migrations/versions: read it before you commit it.")
            return
        if reached.is_embedded:
            return
        if not reached.role:
            raise CommandFailed("LEADGRAPH_DATABASE_URL names no user, and the application's role is needed for what it may do.")
        with steps.step("Bringing the tables up to date", f"Tables are at revision {head()}"):
            asyncio.run(migrate_tables(reached.owner_dsn, reached.role))
        if reached.owner_dsn == reached.dsn:
            steps.console.print(
                "  [yellow]The tables belong to the application's own role: fine for development; a production server refuses that. "
                "Set LEADGRAPH_OWNER_DATABASE_URL.[/yellow]"
            )
