"""`leads schema`: print the API."""

from __future__ import annotations

import sys


def schema() -> None:
    """Print the GraphQL schema in SDL, as schema.graphql holds it. Needs no database."""
    # The graph takes half a second to build, which the other commands need not wait for.
    from gql.schema import printed  # noqa: PLC0415

    sys.stdout.write(printed())
