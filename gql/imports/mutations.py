"""Mutations that bring files in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from domain.refusals import Refused, ValidationFailed
from gql.context import Info
from gql.ids import decode_kind
from gql.imports.enums import RowVerdict
from gql.imports.types import Import, ImportPreview
from gql.mutations import MutationInput, MutationPayload, run
from gql.refusals import IdempotencyKeyReused, ImportRejected, NotFound, ValidationError
from usecases.answers import ToldOnce
from usecases.imports import preview, start
from usecases.verbs import Call

MAX_SHOWN = 100
_MAPPING = "The mapping as YAML or JSON text, at most 200,000 characters"


@strawberry.input(description="What `createImport` takes.")
class CreateImportInput(MutationInput):
    """Announces a file."""

    file_name: str = strawberry.field(description="What the file is called, 1–200 characters.")
    mapping: str | None = strawberry.field(default=None, description=f"{_MAPPING}; it can also be given later.")


CreateImportError = Annotated[
    ValidationError | ImportRejected | IdempotencyKeyReused,
    strawberry.union("CreateImportError", description="Why no import was created."),
]


@strawberry.type(description="What `createImport` answers.")
class CreateImportPayload(MutationPayload):
    """The import with the address for its file, or the refusals."""

    import_: Import | None = strawberry.field(default=None, name="import", description="The import; null when none was created.")
    upload_url: str | None = strawberry.field(
        default=None,
        description=(
            "Where to PUT the file's bytes, at most 10 MiB, with the same key as this request. It is told once: an answer to a repeated "
            "idempotency key has null here."
        ),
    )
    errors: list[CreateImportError] = strawberry.field(description="Why it was refused; empty when it was not.")


@strawberry.input(description="What `previewImport` takes.")
class PreviewImportInput(MutationInput):
    """Names an uploaded file."""

    import_id: strawberry.ID = strawberry.field(description="The import; its file must have been uploaded.")
    mapping: str | None = strawberry.field(
        default=None, description=f"{_MAPPING}; without it the import's own, else the one that the header suggests."
    )
    rows: int = strawberry.field(default=20, description="How many rows to show in detail, 0–100.")
    after_row: int = strawberry.field(
        default=0, description="Only rows behind this one: the number of the last one that was shown, to read on."
    )
    verdicts: list[RowVerdict] | None = strawberry.field(
        default=None, description="Only rows that would come to one of these; null: all rows."
    )


PreviewImportError = Annotated[
    ValidationError | NotFound | ImportRejected | IdempotencyKeyReused,
    strawberry.union("PreviewImportError", description="Why there is no preview."),
]


@strawberry.type(description="What `previewImport` answers.")
class PreviewImportPayload(MutationPayload):
    """The preview, or the refusals."""

    preview: ImportPreview | None = strawberry.field(default=None, description="What the import would do; null when it was refused.")
    errors: list[PreviewImportError] = strawberry.field(description="Why it was refused; empty when it was not.")


@strawberry.input(description="What `startImport` takes.")
class StartImportInput(MutationInput):
    """Names an uploaded file."""

    import_id: strawberry.ID = strawberry.field(description="The import; its file must have been uploaded.")
    mapping: str | None = strawberry.field(default=None, description=f"{_MAPPING}; without it the import's own.")


StartImportError = Annotated[
    NotFound | ImportRejected | IdempotencyKeyReused | ValidationError,
    strawberry.union("StartImportError", description="Why the import was not started."),
]


@strawberry.type(description="What `startImport` answers.")
class StartImportPayload(MutationPayload):
    """The import that will run, or the refusals."""

    import_: Import | None = strawberry.field(
        default=None,
        name="import",
        description="The import that runs: another one than was named when the same file is on its way by the same mapping already.",
    )
    errors: list[StartImportError] = strawberry.field(description="Why it was refused; empty when it was not.")


async def create_import(info: Info, input: CreateImportInput) -> CreateImportPayload:
    """Announce a file."""

    async def create(call: Call) -> Mapping[str, Any]:
        created = await start.create_import(call, input.file_name, input.mapping)
        import_, secret = created["import_"], created["secret"]
        told = f"{info.context.base_url}/imports/{import_.id}/content/{secret.text}" if isinstance(secret, ToldOnce) else None
        return {"import_": import_, "upload_url": told}

    return await run(info, CreateImportPayload, input, create, keep_answer=False)


async def preview_import(info: Info, input: PreviewImportInput) -> PreviewImportPayload:
    """Look at an uploaded file."""
    import_id = decode_kind("Import", input.import_id)

    async def look(call: Call) -> Any:
        if not 0 <= input.rows <= MAX_SHOWN:
            raise Refused.because(ValidationFailed(message=f"Must be 0–{MAX_SHOWN}.", path=("rows",)))
        verdicts = None if input.verdicts is None else frozenset(input.verdicts)
        return await preview.preview_import(call, import_id, input.mapping, preview.Shown(input.rows, input.after_row, verdicts))

    # Nothing is changed, so a repeated request may as well look again.
    return await run(info, PreviewImportPayload, input, look, result="preview", keep_answer=False)


async def start_import(info: Info, input: StartImportInput) -> StartImportPayload:
    """Queue an import."""
    import_id = decode_kind("Import", input.import_id)
    return await run(info, StartImportPayload, input, lambda call: start.start_import(call, import_id, input.mapping), result="import_")


@strawberry.type
class ImportMutations:
    """The part of `Mutation` that brings files in."""

    create_import = strawberry.mutation(
        resolver=create_import, description="Announce a file of leads or agents; the answer says where to upload its bytes."
    )
    preview_import = strawberry.mutation(
        resolver=preview_import, description="Say what would become of every row of an uploaded file, without writing anything."
    )
    start_import = strawberry.mutation(
        resolver=start_import, description="Queue an uploaded file to be applied in the background; `import(id:)` shows the progress."
    )
