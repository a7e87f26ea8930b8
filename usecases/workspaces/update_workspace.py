"""Update workspace: the settings that hold for everybody in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from domain.refusals import Refused
from domain.workspaces import Workspace, WorkspaceSettings, checked_settings
from persistence import workspaces
from usecases.verbs import Work, verb
from usecases.versions import version_problem


@verb
async def update_workspace(work: Work, settings: WorkspaceSettings, expected_version: int | None = None) -> Workspace:
    """Change settings of the viewer's workspace; amounts are never converted. Raises Refused: ValidationFailed, VersionConflict."""
    checked, refusals = checked_settings(settings)
    before = await workspaces.own_workspace_for_update(work.tx)
    refusals = [*version_problem(before.version, expected_version, "workspace"), *refusals]
    if refusals:
        raise Refused(refusals)
    after = replace(before, **cast(dict[str, Any], checked))
    if after == before:
        return before
    after = replace(after, version=before.version + 1, updated_at=work.at)
    await workspaces.save_workspace(work.tx, after)
    return after
