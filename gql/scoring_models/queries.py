"""Scoring models from the root."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from gql.context import Info
from gql.edges import to_pages
from gql.errors import ErrorCode, PublicError
from gql.ids import decode_kind
from gql.paging import Connection
from gql.scoring_models.types import ScoringModel
from persistence.scoring_models import all_models, model_by_id, model_by_key


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

    @strawberry.field(description="One scoring model, by its id or its key; null when there is none.")
    def scoring_model(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, strawberry.argument(description="The model's global id.")] = UNSET,
        key: Annotated[str | None, strawberry.argument(description="The model's key, such as `standard`.")] = UNSET,
    ) -> ScoringModel | None:
        """Look up one model."""
        if bool(id) == bool(key):
            raise PublicError(ErrorCode.BAD_USER_INPUT, "Name the model by `id` or by `key`.")
        loaders = info.context.loaders
        if key:
            return None if "\0" in key else loaders.load(model_by_key, key)  # pyright: ignore[reportReturnType] -- a future of it
        return loaders.load(model_by_id, decode_kind("ScoringModel", id or ""))  # pyright: ignore[reportReturnType] -- a future of it
