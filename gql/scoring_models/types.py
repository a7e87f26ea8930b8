"""Scoring models, their versions, and the runs that rescore leads by them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain import model_versions as domain
from domain.model_heights import highest_total
from gql.actors import Actor
from gql.edges import to_one, to_pages
from gql.leads.arguments import lead_pages
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.scoring_models.enums import ModelProblemKind, ModelProblemSeverity, ModelState
from gql.scoring_models.rules import GradeThresholds, ScoringCategory
from gql.workspaces.edges import own_workspace
from persistence.scores_by_version import leads_by_scoring_version, score_entries_by_version
from persistence.scoring_models import draft_by_model, model_by_id, published_by_model, published_versions_by_model, version_by_id
from persistence.scoring_runs import run_by_id, run_by_version

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.scoring.types import ScoreChange
    from gql.workspaces.types import Workspace


@strawberry.type(description="One thing that is wrong with a drafted model, or probably not meant.")
class ScoringModelProblem:
    """See `domain.model_validation.ModelProblem`."""

    kind: ModelProblemKind = plain("What it is.")
    severity: ModelProblemSeverity = plain("Whether it keeps the model from being published.")
    message: str = plain("What it is in words, with the numbers.")
    category: str | None = plain("The key of the category; null: it is about the whole model.")
    rule: str | None = plain("The key of the rule; null: it is about the whole category.")


@strawberry.type(description="The rescoring of all leads after a version came into force.")
class ScoringRun(Node):
    """See `domain.model_versions.ScoringRun`."""

    id: strawberry.ID = node_id("ScoringRun")
    total: int = plain("How many leads there were when it began.")
    done: int = plain("How many it has come to; leads that were made or changed meanwhile are at the new version already.")
    started_at: datetime = plain("When the version came into force.")
    finished_at: datetime | None = plain("When the last lead was done; null: not yet, or it was superseded.")
    superseded_at: datetime | None = plain("When another version came into force before it was finished.")
    version: Annotated[ScoringModelVersion, strawberry.lazy("gql.scoring_models.types")] | None = to_one(
        "The version by which leads are scored.", key=lambda run: run.version_id, batch=version_by_id
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.ScoringRun)


def _cap(version: Any) -> int:
    return version.content.cap


@strawberry.type(description="One version of a scoring model; once it is published, it never changes.")
class ScoringModelVersion(Node):
    """See `domain.model_versions.ModelVersion`."""

    id: strawberry.ID = node_id("ScoringModelVersion")
    version: int = plain("Counts the changes of the draft; `expectedVersion` compares with it.")
    number: int | None = plain("Counts the model's published versions from 1; null for the draft.")
    state: ModelState = plain("Whether it can still be changed.")
    categories: list[ScoringCategory] = computed("The categories.", lambda version: version.content.categories)
    grades: GradeThresholds = computed("Where the grades begin.", lambda version: version.content.grades)
    cap: int = computed("The highest total that it gives.", _cap)
    highest: int = computed(
        "The highest total that a lead could reach, under the cap.",
        lambda version: highest_total(version.content.categories, version.content.cap),
    )
    validation: list[ScoringModelProblem] = computed(
        "What is wrong with it: errors first, then warnings.", lambda version: version.problems
    )
    restored_number: int | None = plain("The earlier version that it repeats, if it was made by rolling back.")
    created_at: datetime = plain("When it was drafted.")
    updated_at: datetime = plain("When it was last changed.")
    published_at: datetime | None = plain("When it was published; null for the draft.")
    published_by: Actor | None = computed("Who published it.", lambda version: version if version.published_at else None)
    model: Annotated[ScoringModel, strawberry.lazy("gql.scoring_models.types")] | None = to_one(
        "The model.", key=lambda version: version.model_id, batch=model_by_id
    )
    run: ScoringRun | None = to_one(
        "The latest run that rescored leads by it; null: it never came into force over another.",
        key=lambda version: version.id,
        batch=run_by_version,
    )
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads whose score it made, as far as the viewer may see them; none for the draft.", leads_by_scoring_version
    )
    score_changes: Connection[Annotated[ScoreChange, strawberry.lazy("gql.scoring.types")]] = to_pages(
        "The changes of scores that it was behind, as far as the viewer may see the leads, the latest first.",
        listing=score_entries_by_version,
        order="AT",
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.ModelVersion)


@strawberry.type(description="A way to score leads, under a lasting name; two come with the product, others are the workspace's own.")
class ScoringModel(Node):
    """See `domain.model_versions.ModelSeries`."""

    id: strawberry.ID = node_id("ScoringModel")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    key: str = plain("The model's key, unique in the workspace; scores name it.")
    name: str = plain("The model's name, for people.")
    description: str | None = plain("What it is for.")
    shipped: bool = plain("Whether it comes with the product, and so cannot be changed.")
    created_at: datetime = plain("When it was created; a shipped one with the workspace.")
    updated_at: datetime = plain("When it was last changed.")
    published: ScoringModelVersion | None = to_one(
        "The version that was published last, which workspaces use; null: there is a draft only.",
        key=lambda model: model.id,
        batch=published_by_model,
    )
    draft: ScoringModelVersion | None = to_one("The draft of the next version.", key=lambda model: model.id, batch=draft_by_model)
    versions: Connection[ScoringModelVersion] = to_pages(
        "The published versions, the latest first.", listing=published_versions_by_model, order="NUMBER"
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.ModelSeries)


NODE_BATCHES["ScoringModel"] = model_by_id
NODE_BATCHES["ScoringModelVersion"] = version_by_id
NODE_BATCHES["ScoringRun"] = run_by_id
