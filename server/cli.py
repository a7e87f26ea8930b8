"""The command line: `leads`."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from domain.imports import ImportRejected
from domain.refusals import Refusal, Refused
from persistence.database import DatabaseUnavailable, Overloaded
from persistence.migrating import MigrationFailed
from persistence.postgres_binaries import EmbeddedPostgresError
from server import cli_demo, cli_import, cli_keys, cli_migrate, cli_schema, cli_score, cli_serve, cli_settings, cli_worker, cli_workspaces
from server.databases import NotConfigured
from server.running import CommandFailed
from server.serving import CannotListen
from server.settings import BadSettings

app = typer.Typer(
    name="leads",
    help="A GraphQL server for lead management. `leads serve --dev` starts everything; `leads settings` lists what can be set.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(cli_serve.serve)
app.command()(cli_worker.worker)
app.command()(cli_migrate.migrate)
app.command()(cli_demo.demo)
app.command()(cli_score.score)
app.command("import")(cli_import.import_)
app.command()(cli_schema.schema)
app.command()(cli_settings.settings)
app.add_typer(cli_keys.app, name="keys")
app.add_typer(cli_workspaces.app, name="workspaces")

_EXPECTED = (CannotListen, CommandFailed, DatabaseUnavailable, EmbeddedPostgresError, MigrationFailed, NotConfigured, Overloaded)


def main() -> None:
    """Run one command. Exit codes: 0 done, 1 not done for a reason that is told, 2 wrong usage or settings."""
    console = Console(stderr=True, highlight=False)
    try:
        app()
    except BadSettings as error:
        _tell(console, str(error))
        sys.exit(2)
    except Refused as error:
        _tell(console, "\n".join(_told(refusal) for refusal in error.refusals))
        sys.exit(1)
    except _EXPECTED as error:
        text = str(error) or "The database is busy; try again."
        _tell(console, f"The database cannot be reached: {text}" if isinstance(error, DatabaseUnavailable) else text)
        sys.exit(1)


def _told(refusal: Refusal) -> str:
    line = refusal.line if isinstance(refusal, ImportRejected) else None
    return refusal.message if line is None else f"Line {line}: {refusal.message}"


def _tell(console: Console, text: str) -> None:
    console.print(f"[red]leads:[/red] {text.replace('[', chr(92) + '[')}", soft_wrap=True)
