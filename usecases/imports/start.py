"""Imports from their announcement to their start: a place for the file, the file itself, the mapping, and the queue."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson

from domain.imports import MAX_UPLOAD_BYTES, MAX_UPLOAD_ROWS, Import, ImportRejected, ImportRejection, ImportStatus
from domain.imports_mapping import FileFormat, InvalidMapping
from domain.refusals import Refused, ValidationFailed, not_found
from domain.texts import optional_text
from persistence import imports
from persistence.failures import Deadlocked, UniqueViolation
from usecases.answers import Several, ToldOnce
from usecases.imports.mapping_text import complete_mapping, read_mapping
from usecases.imports.reading import Survey, from_memory, rejected, survey
from usecases.verbs import Work, new_id, verb

MAX_FILE_NAME = 200


def blank_import(work: Work, file_name: str) -> Import:
    """Make an import whose file has not arrived."""
    return Import(
        id=new_id(),
        file_name=file_name,
        status=ImportStatus.AWAITING_UPLOAD,
        byte_size=None,
        encoding=None,
        delimiter=None,
        rows_total=None,
        rows_done=0,
        created=0,
        updated=0,
        unchanged=0,
        duplicates=0,
        failed=0,
        warnings=(),
        message=None,
        created_by_kind=work.actor.kind,
        created_by_id=work.actor.id,
        created_at=work.at,
        started_at=None,
        finished_at=None,
    )


def understood(text: str) -> Any:
    """Read a mapping's text and check all of it. Raises Refused with one ImportRejected for each problem."""
    try:
        raw = read_mapping(text)
        complete_mapping(raw)
    except InvalidMapping as invalid:
        raise Refused(
            ImportRejected(message=problem, reason=ImportRejection.MAPPING, path=("mapping",)) for problem in invalid.problems[:20]
        ) from invalid
    return raw


def hash_of(mapping: Any) -> bytes:
    """Tell mappings apart."""
    return hashlib.sha256(orjson.dumps(mapping, option=orjson.OPT_SORT_KEYS)).digest()


def known_to(found: tuple[Import, Mapping[str, Any]] | None) -> tuple[Import, Mapping[str, Any]]:
    """Return an import that was looked for. Raises Refused with NotFound."""
    if found is None:
        raise Refused.because(not_found("Import", "import_id"))
    return found


@verb
async def create_import(work: Work, file_name: str, mapping: str | None) -> Several:
    """Announce a file; answer `import` and the `secret` that uploading it takes. Raises Refused."""
    name, refusals = optional_text(file_name, MAX_FILE_NAME, "file_name")
    if name is None and not refusals:
        refusals = (ValidationFailed(message="Needed.", path=("file_name",)),)
    raw = None
    try:
        raw = understood(mapping) if mapping is not None else None
    except Refused as refused:
        raise Refused([*refusals, *refused.refusals]) from refused
    if name is None or refusals:
        raise Refused(refusals)
    secret = secrets.token_urlsafe(32)
    new = blank_import(work, name)
    await imports.add_import(work.tx, new, mapping=raw, upload_secret_hash=hashlib.sha256(secret.encode()).digest())
    return Several({"import_": new, "secret": ToldOnce(secret)})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that arrived, surveyed."""

    content: bytes
    survey: Survey


def surveyed(content: bytes, format: FileFormat) -> Upload:
    """Look a file over before it is kept. Raises Refused with ImportRejected."""
    if len(content) > MAX_UPLOAD_BYTES:
        raise rejected(ImportRejection.TOO_LARGE, f"At most {MAX_UPLOAD_BYTES} bytes; larger files go in by the command line.")
    return Upload(content, survey(from_memory(content), format, most_rows=MAX_UPLOAD_ROWS))


@verb
async def check_upload(work: Work, import_id: UUID, secret: str) -> FileFormat | None:
    """Tell how the file of an announced import is read; None when there is no such import, secret included."""
    found = await imports.import_for_update(work.tx, import_id)
    expected = found[1]["upload_secret_hash"] if found else None
    given = hashlib.sha256(secret.encode()).digest()
    if found is None or expected is None or not secrets.compare_digest(expected, given):
        return None
    _must_be(found[0], ImportStatus.AWAITING_UPLOAD, "The file has been uploaded already.")
    mapping = found[1]["mapping"]
    return complete_mapping(mapping).format if mapping is not None else FileFormat()


@verb
async def store_upload(work: Work, import_id: UUID, upload: Upload) -> Import:
    """Keep the file. Raises Refused when another upload was quicker."""
    found, _ = known_to(await imports.import_for_update(work.tx, import_id))
    _must_be(found, ImportStatus.AWAITING_UPLOAD, "The file has been uploaded already.")
    looked = upload.survey
    changes: dict[str, Any] = {
        "status": ImportStatus.UPLOADED,
        "byte_size": looked.byte_size,
        "encoding": looked.encoding,
        "delimiter": looked.delimiter,
        "rows_total": looked.rows,
    }
    await imports.save_import(work.tx, import_id, **changes, content=upload.content, content_hash=looked.content_hash)
    return replace(found, **changes)


def _must_be(found: Import, status: ImportStatus, message: str) -> None:
    if found.status is not status:
        raise rejected(ImportRejection.WRONG_STATE, message, path=("import_id",))


@verb
async def start_import(work: Work, import_id: UUID, mapping: str | None) -> Import:
    """Queue an import. When the same file is on its way by the same mapping, the answer is that import, and nothing is queued."""
    found, details = known_to(await imports.import_for_update(work.tx, import_id))
    raw = details["mapping"] if mapping is None else understood(mapping)
    if raw is None:
        raise rejected(ImportRejection.MAPPING, "The import has no mapping yet; previewImport suggests one.", path=("mapping",))
    message = "Upload the file first." if found.status is ImportStatus.AWAITING_UPLOAD else "The import was started already."
    _must_be(found, ImportStatus.UPLOADED, message)
    same = await imports.unfinished_import(work.tx, details["content_hash"], hash_of(raw))
    if same is not None:
        return same
    changes: dict[str, Any] = {"status": ImportStatus.QUEUED, "started_at": work.at}
    try:
        await imports.save_import(
            work.tx,
            import_id,
            **changes,
            mapping=raw,
            mapping_hash=hash_of(raw),
            permissions=sorted(work.viewer.permissions),
            created_by_kind=work.actor.kind,
            created_by_id=work.actor.id,
        )
    except UniqueViolation as error:
        raise Deadlocked(str(error)) from error
    return replace(found, **changes)


@verb
async def start_file_import(work: Work, file_name: str, mapping: Any, looked: Survey) -> Import:
    """Queue the import of a file that stays where it is; an unfinished import of the same file is taken up again."""
    same = await imports.unfinished_import(work.tx, looked.content_hash, hash_of(mapping))
    if same is not None:
        return same
    new = replace(
        blank_import(work, file_name[-MAX_FILE_NAME:]),
        status=ImportStatus.QUEUED,
        byte_size=looked.byte_size,
        encoding=looked.encoding,
        delimiter=looked.delimiter,
        rows_total=looked.rows,
        started_at=work.at,
    )
    await imports.add_import(work.tx, new, mapping=mapping, upload_secret_hash=None)
    try:
        await imports.save_import(
            work.tx,
            new.id,
            content_hash=looked.content_hash,
            mapping_hash=hash_of(mapping),
            permissions=sorted(work.viewer.permissions),
        )
    except UniqueViolation as error:
        raise Deadlocked(str(error)) from error
    return new
