"""Publish a version of a scoring model, or go back to an earlier one; choose the model that the workspace uses."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from domain.events import EventType
from domain.model_validation import errors_among
from domain.model_versions import ModelNotPublishable, ModelSeries, ModelVersion, ScoringRun
from domain.refusals import Refusal, Refused, ValidationFailed, not_found
from domain.workspaces import Workspace
from persistence import scoring_models, scoring_runs, workspaces
from usecases.scoring.model_drafts import locked_draft, locked_model, new_version
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem

# Whoever locks several of these takes the workspace first, then the model, then its version.


@verb
async def publish_scoring_model(work: Work, draft_id: UUID, expected_version: int | None) -> ModelVersion:
    """Make a draft the next version of its model. Where the workspace uses the model, it comes into force, and all leads are rescored.

    Raises Refused: NotFound, NotAllowed, VersionConflict, ModelNotPublishable.
    """
    workspace = await workspaces.own_workspace_for_update(work.tx)
    draft = await locked_draft(work, draft_id, expected_version)
    if errors := errors_among(draft.problems):
        message = f"The draft has {len(errors)} error{'s' if len(errors) > 1 else ''}."
        raise Refused.because(ModelNotPublishable(message=message, path=("draft_id",), problems=errors))
    model = (await scoring_models.model_for_update(work.tx, [draft.model_id]))[draft.model_id]
    published = _published(work, draft, model)
    await scoring_models.save_versions(work.tx, [published])
    await _settle(work, workspace, model, published)
    return published


@verb
async def roll_back_scoring_model(work: Work, model_id: UUID, number: int, expected_version: int | None) -> ModelVersion:
    """Publish an earlier version again, under the next number: so the numbers tell in which order versions were in force.

    The latest version again changes nothing. Raises Refused: NotFound, NotAllowed, VersionConflict.
    """
    workspace = await workspaces.own_workspace_for_update(work.tx)
    refusals: list[Refusal] = []
    model = await locked_model(work, model_id, refusals)
    if model is None:
        raise Refused(refusals)
    found = await scoring_models.version_by_number(work.tx, [(model.key, number)])
    earlier = found.get((model.key, number))
    if earlier is None:
        refusals.append(not_found("ScoringModelVersion", "number"))
    refusals += version_problem(model.version, expected_version, "model")
    if refusals or earlier is None:
        raise Refused(refusals)
    if earlier.number == model.published_number:
        return earlier
    published = _published(work, replace(new_version(work, model, earlier.content), restored_number=number), model)
    await scoring_models.add_versions(work.tx, [published])
    await _settle(work, workspace, model, published)
    return published


@verb
async def choose_scoring_model(work: Work, model_id: UUID, expected_version: int | None) -> Workspace:
    """Let the workspace go over to the latest version of a model, and rescore all leads; the one that it uses already changes nothing.

    Raises Refused: NotFound, ValidationFailed for a model of which nothing is published, VersionConflict.
    """
    before = await workspaces.own_workspace_for_update(work.tx)
    found = (await scoring_models.model_by_id(work.tx, [model_id])).get(model_id)
    version = (await scoring_models.published_by_model(work.tx, [model_id])).get(model_id)
    refusals = [*version_problem(before.version, expected_version, "workspace")]
    if found is None:
        refusals.append(not_found("ScoringModel", "model_id"))
    elif version is None:
        refusals.append(ValidationFailed(message="Nothing of this model is published yet.", path=("model_id",)))
    if refusals or found is None or version is None:
        raise Refused(refusals)
    if before.scoring_model == found.key:
        return before
    after = replace(before, scoring_model=found.key, version=before.version + 1, updated_at=work.at)
    await tell_workspace(
        work, EventType.SCORING_MODEL_CHOSEN, {"scoring_model": [before.scoring_model, found.key], "scoring_model_id": found.id}
    )
    return await _come_into_force(work, after, version)


def _published(work: Work, version: ModelVersion, model: ModelSeries) -> ModelVersion:
    return replace(
        version,
        number=(model.published_number or 0) + 1,
        version=version.version + 1,
        updated_at=work.at,
        published_at=work.at,
        published_by_kind=work.actor.kind,
        published_by_id=work.actor.id,
    )


async def _settle(work: Work, workspace: Workspace, model: ModelSeries, published: ModelVersion) -> None:
    """Count the model on, tell of the new version, and let it come into force where the workspace uses the model."""
    counted = replace(model, published_number=published.number, version=model.version + 1, updated_at=work.at)
    await scoring_models.save_models(work.tx, [counted])
    changes: dict[str, object] = {"number": [model.published_number, published.number], "scoring_model_id": model.id}
    if published.restored_number is not None:
        changes["restored_number"] = published.restored_number
    await tell_workspace(work, EventType.SCORING_MODEL_PUBLISHED, changes, published.id)
    if workspace.scoring_model == model.key:
        await _come_into_force(work, workspace, published)


async def _come_into_force(work: Work, workspace: Workspace, version: ModelVersion) -> Workspace:
    """Point the workspace at a version, and begin to rescore its leads."""
    pointed = replace(workspace, scoring_version_id=None if version.shipped else version.id)
    await workspaces.save_workspace(work.tx, pointed)
    await scoring_runs.supersede_open_run(work.tx, work.at)
    total, until_id = await scoring_runs.extent_of_leads(work.tx)
    run = ScoringRun(
        id=new_id(),
        version_id=version.id,
        total=total,
        done=0,
        position=None,
        until_id=until_id,
        started_at=work.at,
        finished_at=None if total else work.at,
        superseded_at=None,
    )
    await scoring_runs.add_runs(work.tx, [run])
    return pointed
