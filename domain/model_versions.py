"""Scoring models as a workspace keeps them: a model has one version after the other, each unchangeable once it is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import md5
from uuid import UUID

from domain.model_definitions import ModelDefinition, definition_from_json, definition_of
from domain.model_validation import ModelProblem, model_problems
from domain.refusals import Refusal, RefusalCode
from domain.scoring_models import MODELS

MOST_MODELS = 50


def shipped_model_id(workspace_id: UUID, key: str) -> UUID:
    """Return the id of a shipped model, which is in every workspace without being stored there: made of both, so that it is no other's."""
    return _digest(f"{workspace_id}:{key}")


def shipped_version_id(workspace_id: UUID, key: str) -> UUID:
    """Return the id of a shipped model's version."""
    return _digest(f"{workspace_id}:{key}:{MODELS[key].version}")


def _digest(name: str) -> UUID:
    # The one digest that PostgreSQL has a function for in all versions, and whose length is that of a UUID.
    return UUID(md5(name.encode(), usedforsecurity=False).hexdigest())


class ModelState(StrEnum):
    """Where a version of a model stands."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSeries:
    """A scoring model under its lasting name. `published_number` counts the published versions; None: there is a draft only."""

    id: UUID
    version: int
    key: str
    name: str
    description: str | None
    published_number: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def shipped(self) -> bool:
        """Tell whether it comes with the product and cannot be changed."""
        return self.key in MODELS


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersion:
    """One version of a model, or its draft, which has no number yet.

    `definition` is JSON; of what is shipped, which the code knows, only the key. `restored_number` is the earlier version that it repeats.
    """

    id: UUID
    model_id: UUID
    version: int
    number: int | None
    definition: object
    restored_number: int | None
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    published_by_kind: str | None
    published_by_id: UUID | None

    @property
    def state(self) -> ModelState:
        """Tell whether it can still be changed."""
        return ModelState.DRAFT if self.number is None else ModelState.PUBLISHED

    @property
    def shipped(self) -> bool:
        """Tell whether it comes with the product."""
        return isinstance(self.definition, str)

    @property
    def actor_kind(self) -> str | None:
        """Tell what kind of party published it."""
        return self.published_by_kind

    @property
    def actor_id(self) -> UUID | None:
        """Name who published it."""
        return self.published_by_id

    @property
    def content(self) -> ModelDefinition:
        """Read the definition."""
        return definition_of(MODELS[self.definition]) if isinstance(self.definition, str) else definition_from_json(self.definition)

    @property
    def problems(self) -> tuple[ModelProblem, ...]:
        """List what is wrong with it, errors first."""
        return model_problems(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRun:
    """The rescoring of all leads after another version came into force; `until_id` is the last lead that it goes up to.

    A version that came into force later ends it early, at `superseded_at`.
    """

    id: UUID
    version_id: UUID
    total: int
    done: int
    position: UUID | None
    until_id: UUID | None
    started_at: datetime
    finished_at: datetime | None
    superseded_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ModelNotPublishable(Refusal, code=RefusalCode.SCORING_MODEL_NOT_PUBLISHABLE):
    """The draft has errors; all of them are named."""

    problems: tuple[ModelProblem, ...]
