"""Create workspace: the walls, before anything is inside."""

from __future__ import annotations

from dataclasses import dataclass

from domain.access import AgentVisibility
from domain.refusals import Refused, ValidationFailed
from domain.scoring_models import MODELS
from domain.workspaces import Workspace, WorkspaceSettings, checked_settings
from persistence import workspaces
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWorkspace:
    """What is asked for."""

    name: str
    currency: str
    time_zone: str
    country: str | None = None
    agent_visibility: AgentVisibility = AgentVisibility.TEAM_AND_POOL
    scoring_model: str = "standard"


@verb
async def create_workspace(work: Work, request: CreateWorkspace) -> Workspace:
    """Make the workspace under the id that the viewer names, which is a new one: `system_viewer(new_id())`.

    Raises Refused: ValidationFailed.
    """
    settings: WorkspaceSettings = {
        "name": request.name,
        "currency": request.currency,
        "time_zone": request.time_zone,
        "country": request.country,
        "agent_visibility": request.agent_visibility,
    }
    checked, refusals = checked_settings(settings)
    if request.scoring_model not in MODELS:
        refusals.append(ValidationFailed(message=f"Must be one of: {', '.join(sorted(MODELS))}.", path=("scoring_model",)))
    if refusals:
        raise Refused(refusals)
    workspace = Workspace(
        id=work.viewer.workspace_id,
        scoring_model=request.scoring_model,
        version=1,
        created_at=work.at,
        updated_at=work.at,
        **checked,  # pyright: ignore[reportArgumentType] -- nothing checked is None but the country
    )
    await workspaces.add_workspace(work.tx, workspace)
    return workspace
