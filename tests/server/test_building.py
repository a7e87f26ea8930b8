"""What a server builds before it serves is what serving needs."""

from __future__ import annotations

import subprocess
import sys

# Each is large, and belongs to what few requests or other commands do.
_SELDOM_NEEDED = {
    "alembic",
    "babel",
    "charset_normalizer",
    "email_validator",
    "liquid",
    "markupsafe",
    "phonenumbers",
    "pygments",
    "rich",
    "sqlalchemy.orm",
    "yaml",
}

_AS_SERVE_DOES = """
import sys
from server.building import building_the_graph, built_for_ever
with built_for_ever():
    import server.cli_serve
with building_the_graph():
    import server.app
print("\\n".join(sys.modules))
"""


def test_a_production_server_does_without_what_it_seldom_needs() -> None:
    imported = subprocess.run([sys.executable, "-c", _AS_SERVE_DOES], capture_output=True, text=True, check=True).stdout.split()
    assert {"gql.schema", "strawberry", "structlog"} <= set(imported)
    assert _SELDOM_NEEDED & set(imported) == set()
