"""Update workspace: the settings that hold for everybody in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from domain.refusals import Refused
from domain.workspaces import Workspace, WorkspaceSettings, checked_settings
from persistence import workspaces
from usecases.verbs import Work, verb


@verb
async def update_workspace(work: Work, settings: WorkspaceSettings) -> Workspace:
    """Change settings of the viewer's workspace; amounts are never converted. Raises Refused: ValidationFailed."""
    checked, refusals = checked_settings(settings)
    if refusals:
        raise Refused(refusals)
    before = await workspaces.own_workspace_for_update(work.tx)
    after = replace(before, **cast(dict[str, Any], checked))
    if after != before:
        await workspaces.save_workspace(work.tx, after)
    return after
