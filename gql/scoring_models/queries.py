"""Scoring models from the root."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Annotated, Any

import strawberry

from gql.edges import looked_up, to_pages
from gql.errors import ErrorCode, PublicError
from gql.ids import decode_kind
from gql.loaders import Batch
from gql.paging import Connection
from gql.scoring_models.types import ScoringModel
from persistence.scoring_models import all_models, model_by_id, model_by_key


def _model(given: Mapping[str, Any]) -> tuple[Batch, Hashable] | None:
    id, key = given.get("id"), given.get("key")
    if bool(id) == bool(key):
        raise PublicError(ErrorCode.BAD_USER_INPUT, "Name the model by `id` or by `key`.")
    if key:
        return None if "\0" in key else (model_by_key, key)
    return model_by_id, decode_kind("ScoringModel", id or "")


@strawberry.type
class ScoringModelQueries:
    """What `Query` takes over."""

    scoring_models: Connection[ScoringModel] = to_pages(
        "The scoring models: those that come with the product, and the workspace's own; by name.",
        listing=all_models,
        order="NAME",
        descending=False,
        key=None,
    )

    scoring_model: ScoringModel | None = looked_up(
        "One scoring model, by its id or its key; null when there is none.",
        {
            "id": Annotated[strawberry.ID | None, strawberry.argument(description="The model's global id.")],
            "key": Annotated[str | None, strawberry.argument(description="The model's key, such as `standard`.")],
        },
        _model,
    )
