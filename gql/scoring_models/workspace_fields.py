"""What a workspace says about how it scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from domain.model_versions import shipped_version_id
from gql.edges import to_one, to_pages
from gql.paging import Connection
from persistence.scoring_models import all_models, model_by_key, version_by_id
from persistence.scoring_runs import last_run

if TYPE_CHECKING:
    from gql.scoring_models.types import ScoringModel, ScoringModelVersion, ScoringRun


def _version_id(workspace: Any) -> UUID:
    return workspace.scoring_version_id or shipped_version_id(workspace.id, workspace.scoring_model)


@strawberry.type
class ScoringFields:
    """What `Workspace` takes over."""

    scoring_model: Annotated[ScoringModel, strawberry.lazy("gql.scoring_models.types")] | None = to_one(
        "The scoring model that it uses.", key=lambda workspace: workspace.scoring_model, batch=model_by_key
    )
    scoring_version: Annotated[ScoringModelVersion, strawberry.lazy("gql.scoring_models.types")] | None = to_one(
        "The version of the model by which leads are scored now.", key=_version_id, batch=version_by_id
    )
    scoring_run: Annotated[ScoringRun, strawberry.lazy("gql.scoring_models.types")] | None = to_one(
        "The latest rescoring of all its leads; null when there never was one.", key=lambda workspace: workspace.id, batch=last_run
    )
    scoring_models: Connection[Annotated[ScoringModel, strawberry.lazy("gql.scoring_models.types")]] = to_pages(
        "The scoring models that it can use, by name.", listing=all_models, order="NAME", descending=False, key=None
    )
