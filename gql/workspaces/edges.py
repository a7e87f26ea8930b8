"""The way from anything back to its workspace."""

from __future__ import annotations

from typing import Any

from gql.edges import to_one
from persistence.workspaces import workspace_of


def own_workspace() -> Any:
    """Declare the relation to the workspace: whatever the viewer sees belongs to the viewer's."""
    return to_one("The workspace that it belongs to.", key=lambda _thing: True, batch=workspace_of)
