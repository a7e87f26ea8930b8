"""The command line: `leads`."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from server.building import built_for_ever
from server.cli_groups import Group

# Each command and where it is: a command, or a group with further commands.
_COMMANDS = {
    "serve": "server.cli_serve:serve",
    "worker": "server.cli_worker:worker",
    "migrate": "server.cli_migrate:migrate",
    "demo": "server.cli_demo:demo",
    "score": "server.cli_score:score",
    "import": "server.cli_import:import_",
    "schema": "server.cli_schema:schema",
    "settings": "server.cli_settings:settings",
    "keys": "server.cli_keys:keys",
    "workspaces": "server.cli_workspaces:workspaces",
}


class _Commands(Group):
    """The commands, each imported when it is asked for: none waits for the modules of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- Click hands it over
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        with built_for_ever():
            return getattr(import_module(module), name)


@click.group("leads", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
def app() -> None:
    """A GraphQL server for lead management. `leads serve --dev` starts everything; `leads settings` lists what can be set."""


def main() -> None:
    """Run one command. Exit codes: 0 done, 1 not done for a reason that is told, 2 wrong usage or settings."""
    try:
        # By a variable that no environment has, nobody asks for completions.
        app(complete_var="")
    except Exception as error:
        from rich.console import Console  # noqa: PLC0415

        from server.cli_failures import failure  # noqa: PLC0415 -- it knows exceptions of all commands

        found = failure(error)
        if found is None:
            raise
        console = Console(stderr=True, highlight=False)
        console.print(f"[red]leads:[/red] {found.text.replace('[', chr(92) + '[')}", soft_wrap=True)
        sys.exit(found.code)
