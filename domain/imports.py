"""Imports of leads from files: where one stands, what became of each row, and why a file is turned away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.refusals import Refusal, RefusalCode

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
MAX_UPLOAD_ROWS = 100_000
MAX_COLUMNS = 100
PREVIEWED_ROWS = 20_000


class ImportStatus(StrEnum):
    """Where an import stands."""

    AWAITING_UPLOAD = "AWAITING_UPLOAD"
    UPLOADED = "UPLOADED"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    FINISHED = "FINISHED"
    FAILED = "FAILED"


class RowVerdict(StrEnum):
    """What a row of the file comes to."""

    CREATE = "CREATE"
    UPDATE = "UPDATE"
    UNCHANGED = "UNCHANGED"
    DUPLICATE = "DUPLICATE"
    ERROR = "ERROR"


class ImportRejection(StrEnum):
    """Why a file or its mapping cannot be imported."""

    TOO_LARGE = "TOO_LARGE"
    TOO_MANY_ROWS = "TOO_MANY_ROWS"
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"
    NOT_TEXT = "NOT_TEXT"
    ENCODING = "ENCODING"
    EMPTY = "EMPTY"
    HEADER = "HEADER"
    MALFORMED = "MALFORMED"
    NO_KEY_COLUMN = "NO_KEY_COLUMN"
    MAPPING = "MAPPING"
    WRONG_STATE = "WRONG_STATE"


@dataclass(frozen=True, kw_only=True)
class ImportRejected(Refusal, code=RefusalCode.IMPORT_REJECTED):
    """The file or its mapping cannot be imported; `line` counts the file's lines from 1."""

    reason: ImportRejection
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row: the column of the file (or the target, where no single column is to blame), and why."""

    column: str
    message: str

    def to_json(self) -> Mapping[str, str]:
        """Lay it out for storage."""
        return {"column": self.column, "message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One file on its way into the workspace. The counts are about rows; `rows_total` is known once the file has arrived.

    A row in `duplicates` names the same lead as an earlier row, or somebody else's address, and is left out.
    """

    id: UUID
    file_name: str
    status: ImportStatus
    byte_size: int | None
    encoding: str | None
    delimiter: str | None
    rows_total: int | None
    rows_done: int
    created: int
    updated: int
    unchanged: int
    duplicates: int
    failed: int
    warnings: tuple[str, ...]
    message: str | None
    created_by_kind: str
    created_by_id: UUID | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that was left out: its cells as they stood in the file, and why."""

    row_number: int
    problems: tuple[Mapping[str, str], ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewedRow:
    """What would become of one row. `lead_id` is the lead that it would change, or whose address it has."""

    number: int
    verdict: RowVerdict
    lead_id: UUID | None
    problems: tuple[RowProblem, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do, found out without writing anything. Not `complete`: only the first rows were looked at."""

    columns: tuple[str, ...]
    encoding: str
    delimiter: str
    rows_examined: int
    complete: bool
    create: int
    update: int
    unchanged: int
    duplicates: int
    errors: int
    warnings: tuple[str, ...]
    suggested_mapping: str
    rows: tuple[PreviewedRow, ...]


_FORMULA = frozenset("=+-@\t\r")


def harmless_cell(cell: str) -> str:
    """Quote a cell that a spreadsheet would take for a formula with an apostrophe, as spreadsheets themselves do."""
    return "'" + cell if cell[:1] in _FORMULA else cell
