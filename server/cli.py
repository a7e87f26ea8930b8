"""The command line: `leads`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from server.building import built_for_ever

# Each command and what runs it: a function, or an application of its own with further commands.
_COMMANDS = {
    "serve": "server.cli_serve:serve",
    "worker": "server.cli_worker:worker",
    "migrate": "server.cli_migrate:migrate",
    "demo": "server.cli_demo:demo",
    "score": "server.cli_score:score",
    "import": "server.cli_import:import_",
    "schema": "server.cli_schema:schema",
    "settings": "server.cli_settings:settings",
    "keys": "server.cli_keys:app",
    "workspaces": "server.cli_workspaces:app",
}


class _Commands(TyperGroup):
    """The commands, each imported when it is asked for: none waits for the modules of the others."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 -- Typer hands it over
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        with built_for_ever():
            found = getattr(import_module(module), name)
        if isinstance(found, typer.Typer):
            command = get_command(found)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command()(found)
            command = get_command(alone)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="leads",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def leads() -> None:
    """A GraphQL server for lead management. `leads serve --dev` starts everything; `leads settings` lists what can be set."""


def main() -> None:
    """Run one command. Exit codes: 0 done, 1 not done for a reason that is told, 2 wrong usage or settings."""
    try:
        app()
    except Exception as error:
        from rich.console import Console  # noqa: PLC0415

        from server.cli_failures import failure  # noqa: PLC0415 -- it knows exceptions of all commands

        found = failure(error)
        if found is None:
            raise
        console = Console(stderr=True, highlight=False)
        console.print(f"[red]leads:[/red] {found.text.replace('[', chr(92) + '[')}", soft_wrap=True)
        sys.exit(found.code)
