"""`leads schema`: print the API."""

from __future__ import annotations

import sys

import click

from server.building import building_the_graph


@click.command()
def schema() -> None:
    """Print the GraphQL schema in SDL, as schema.graphql holds it. Needs no database."""
    with building_the_graph():
        from gql.schema import printed  # noqa: PLC0415

    sys.stdout.write(printed())
