"""`leads settings`: list the settings."""

from __future__ import annotations

import sys

import click

from server.settings import settings_table


@click.command()
def settings() -> None:
    """List every LEADGRAPH_* variable with its default and its meaning, as the README does."""
    sys.stdout.write(settings_table() + "\n")
