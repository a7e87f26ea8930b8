"""Imports, and what a preview of one shows."""

from __future__ import annotations

from datetime import datetime

import strawberry

from domain import imports as domain
from gql.actors import Actor
from gql.edges import to_one
from gql.imports.enums import ImportStatus, RowVerdict
from gql.leads.types import Lead
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from persistence.imports import import_by_id
from persistence.leads import lead_by_id


@strawberry.type(description="One file on its way into the workspace. Its counts are about rows.")
class Import(Node):
    """See `domain.imports.Import`."""

    id: strawberry.ID = node_id("Import")
    file_name: str = plain("The name that it was announced under.")
    status: ImportStatus = plain("Where it stands.")
    byte_size: int | None = plain("The file's size; null until it was uploaded.")
    encoding: str | None = computed(
        "The encoding that was found, such as `utf-8` or `cp1252`; null until it was uploaded.",
        lambda root: root.encoding and root.encoding.removesuffix("-sig"),
    )
    delimiter: str | None = plain("The delimiter that was found; null until it was uploaded.")
    rows_total: int | None = plain("How many rows the file has; null until it was uploaded.")
    rows_done: int = plain("How many rows have been applied or left out.")
    created: int = plain("Rows that became new leads.")
    updated: int = plain("Rows that changed a lead.")
    unchanged: int = plain("Rows that said what the lead says already.")
    duplicates: int = plain("Rows that were left out because of an earlier row about the same lead, or another lead with the address.")
    failed: int = plain("Rows that were left out because something in them is wrong.")
    warnings: list[str] = plain("What the mapping asks for and was ignored.")
    message: str | None = plain("Why it ended early, if it did.")
    errors_path: str = computed(
        "Where on this server the rows that were left out can be read, as CSV with the reasons; it takes the same key as this request.",
        lambda root: f"/imports/{root.id}/errors.csv",
    )
    created_by: Actor = computed(
        "Who announced it, and who started it afterwards.",
        lambda root: _Someone(root.created_by_kind, root.created_by_id),
    )
    created_at: datetime = plain("When it was announced.")
    started_at: datetime | None = plain("When it was queued; everything that it writes carries this instant.")
    finished_at: datetime | None = plain("When it ended.")
    is_type_of = shows(domain.Import)


class _Someone:
    """What `Actor` reads."""

    def __init__(self, kind: str, id: object) -> None:
        self.actor_kind = kind
        self.actor_id = id


@strawberry.type(description="Something that is wrong with a row.")
class RowProblem:
    """See `domain.imports.RowProblem`."""

    column: str = plain("The file's column; empty when the whole row is meant.")
    message: str = plain("What is wrong.")
    is_type_of = shows(domain.RowProblem)


@strawberry.type(description="What would become of one row.")
class PreviewedRow:
    """See `domain.imports.PreviewedRow`."""

    number: int = plain("The row's number, from 1; the header is not counted.")
    verdict: RowVerdict = plain("What it would come to.")
    lead: Lead | None = to_one("The lead that it would change, or whose address it has.", key=lambda row: row.lead_id, batch=lead_by_id)
    changes: list[str] = plain("The fields of the lead that would change.")
    problems: list[RowProblem] = plain("What is wrong with it.")
    is_type_of = shows(domain.PreviewedRow)


@strawberry.type(description="What an import would do; nothing was written to find out.")
class ImportPreview:
    """See `domain.imports.ImportPreview`."""

    columns: list[str] = plain("The file's columns.")
    encoding: str = plain("The encoding that was found.")
    delimiter: str = plain("The delimiter that was found.")
    rows_examined: int = plain("How many rows were looked at; the counts are about these.")
    complete: bool = plain("Whether these were all. Of large files the first 20,000 rows are looked at.")
    create: int = plain("Rows that would become new leads.")
    update: int = plain("Rows that would change a lead.")
    unchanged: int = plain("Rows that say what the lead says already.")
    duplicates: int = plain("Rows that would be left out as duplicates.")
    errors: int = plain("Rows that would be left out because something in them is wrong.")
    warnings: list[str] = plain("What the mapping asks for and will be ignored.")
    suggested_mapping: str = plain("A mapping guessed from the header, as YAML, to start from.")
    rows: list[PreviewedRow] = plain("The first of the rows that were asked for, in detail.")
    is_type_of = shows(domain.ImportPreview)


NODE_BATCHES["Import"] = import_by_id
