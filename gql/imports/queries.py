"""Reading imports."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.context import Info
from gql.edges import to_pages
from gql.ids import decode_kind
from gql.imports.types import Import
from gql.paging import Connection
from persistence.imports import all_imports, import_by_id


@strawberry.type
class ImportQueries:
    """The part of `Query` that shows imports."""

    imports: Connection[Import] = to_pages("The imports, the latest first.", listing=all_imports, order="CREATED_AT", key=None)

    @strawberry.field(name="import", description="One import, with its progress; null when nothing visible has this id.")
    def import_(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The import's global id.")]
    ) -> Import | None:
        """Look up one import."""
        return info.context.loaders.load(import_by_id, decode_kind("Import", id))  # pyright: ignore[reportReturnType] -- a future of it
