"""Reading imports."""

from __future__ import annotations

import strawberry

from gql.edges import looked_up_by_id, to_pages
from gql.imports.types import Import
from gql.paging import Connection
from persistence.imports import all_imports, import_by_id


@strawberry.type
class ImportQueries:
    """The part of `Query` that shows imports."""

    imports: Connection[Import] = to_pages("The imports, the latest first.", listing=all_imports, order="CREATED_AT", key=None)

    import_: Import | None = looked_up_by_id(
        "One import, with its progress; null when nothing visible has this id.", "import", "Import", import_by_id, name="import"
    )
