"""Fill a workspace with made-up scoring models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.model_versions import ModelSeries, ModelVersion
from persistence import scoring_models
from persistence.database import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelContents:
    """Models with their versions and drafts."""

    models: Sequence[ModelSeries]
    versions: Sequence[ModelVersion]


async def add_scoring_models(tx: Writing, contents: ModelContents) -> None:
    """Write them down."""
    await scoring_models.add_models(tx, contents.models)
    await scoring_models.add_versions(tx, contents.versions)
