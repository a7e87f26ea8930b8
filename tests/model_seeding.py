"""Fills a workspace with scoring models: one with many versions, the others with a draft each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from uuid_utils.compat import uuid7

from domain.model_definitions import definition_of, definition_to_json
from domain.model_versions import MOST_MODELS, ModelSeries, ModelVersion, ScoringRun
from domain.scoring_models import VOICE
from persistence.database import Writing
from persistence.scoring_models import add_models, add_versions
from persistence.scoring_runs import add_runs
from tests.worlds import World


async def seed_models(tx: Writing, world: World, rows: int) -> Mapping[str, Sequence[Any]]:
    """Put models into the world: `scoringModel` has `rows` versions and no draft, `scoringDraft` belongs to another."""
    models = [_model(world, number) for number in range(min(rows, MOST_MODELS - 5))]
    models[0] = replace(models[0], published_number=rows)
    versions = [_version(world, models[0], number + 1) for number in range(rows)]
    drafts = [_version(world, model, None) for model in models[1:]]
    await add_models(tx, models)
    await add_versions(tx, [*versions, *drafts])
    await add_runs(tx, [_run(world, versions[0])])
    return {"scoringModel": models, "scoringVersion": versions, "scoringDraft": drafts}


def _model(world: World, number: int) -> ModelSeries:
    return ModelSeries(
        id=uuid7(),
        version=1,
        key=f"model_{number}",
        name=f"Model {number:03}",
        description=None,
        published_number=None,
        created_at=world.at,
        updated_at=world.at,
    )


def _version(world: World, model: ModelSeries, number: int | None) -> ModelVersion:
    return ModelVersion(
        id=uuid7(),
        model_id=model.id,
        version=1,
        number=number,
        definition=definition_to_json(definition_of(VOICE)),
        restored_number=None,
        created_at=world.at,
        updated_at=world.at,
        published_at=None if number is None else world.at,
        published_by_kind=None if number is None else "AGENT",
        published_by_id=None if number is None else world.ada.id,
    )


def _run(world: World, version: ModelVersion) -> ScoringRun:
    return ScoringRun(
        id=uuid7(),
        version_id=version.id,
        total=0,
        done=0,
        position=None,
        until_id=None,
        started_at=world.at,
        finished_at=world.at,
        superseded_at=None,
    )
