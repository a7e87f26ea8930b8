"""`leads import`: bring leads in from a file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from domain.access import system_viewer
from domain.imports import Import, ImportPreview, ImportStatus, PreviewedRow
from domain.imports_mapping import FileFormat, InvalidMapping
from domain.imports_mapping_parser import parse_mapping
from persistence.database import Database
from server.cli_groups import of_workspace
from server.imports import csv_lines, error_lines, error_row
from server.progress import answers
from server.running import CommandFailed, chosen_workspace, run_with_database
from usecases.imports.mapping_text import complete_mapping, read_mapping, with_lookup_rows
from usecases.imports.preview import Shown, preview_file
from usecases.imports.reading import CHUNK, Chunks, Rows, Survey, survey
from usecases.imports.run import claim_import, run_import
from usecases.imports.start import start_file_import
from usecases.verbs import Call

_SHOWN = 20
_PATIENCE_SECONDS = 30
_READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


def _writable(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> Path | None:
    """Find out before a row is applied whether the rows that are left out have somewhere to go."""
    if path is not None and not os.access(path if path.exists() else path.parent, os.W_OK):
        raise click.BadParameter(f"{path} cannot be written.")
    return path


@click.command("import")
@click.argument("file", type=_READABLE, help="A CSV file with a header.")
@click.option("--mapping", "-m", type=_READABLE, required=True, help="The mapping, YAML or JSON; docs/imports.md.")
@click.option("--dry-run", is_flag=True, help="Say what would become of every row, and write nothing.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_writable,
    help="Write the rows that were left out, or would be without --dry-run, with the reasons to this CSV file.",
)
@of_workspace
def import_(file: Path, mapping: Path, dry_run: bool, errors: Path | None, workspace: str | None) -> None:
    """Import leads, or agents, from a file. Interrupted, it goes on where it stopped when it is started again."""
    chunks = _chunks_of(file)
    raw, format = _mapping_of(mapping, file.parent)
    looked = survey(chunks, format)
    if dry_run:
        preview, left_out = run_with_database(lambda database: _preview(database, workspace, chunks, looked, raw, errors))
        _show_preview(preview, left_out, errors)
        return
    ended = run_with_database(lambda database: _import(database, workspace, file.name, chunks, looked, raw, errors))
    _show_result(ended, errors)
    if ended.status is not ImportStatus.FINISHED:
        raise click.exceptions.Exit(1)


def _chunks_of(file: Path) -> Chunks:
    def chunks() -> Iterable[bytes]:
        with file.open("rb") as opened:
            while chunk := opened.read(CHUNK):
                yield chunk

    return chunks


def _mapping_of(path: Path, data: Path) -> tuple[Any, FileFormat]:
    """Read a mapping and the files that it looks things up in, which lie beside the file to import or beside the mapping."""

    def rows(name: str) -> list[list[str]]:
        found = next((place / name for place in (data, path.parent) if (place / name).is_file()), None)
        if found is None:
            raise CommandFailed(f"The mapping looks things up in {name}, which lies neither beside the file nor beside the mapping.")
        chunks = _chunks_of(found)
        looked = survey(chunks, FileFormat())
        return list(Rows(chunks, looked.encoding, looked.delimiter))

    try:
        raw = with_lookup_rows(read_mapping(path.read_text(encoding="utf-8")), rows)
        parse_mapping(raw)
        return raw, complete_mapping(raw).format
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{path.name} is not UTF-8.") from error
    except InvalidMapping as invalid:
        raise CommandFailed("\n".join([f"{path.name} cannot be used:", *(f"  {problem}" for problem in invalid.problems)])) from invalid


def _now() -> datetime:
    return datetime.now(UTC)


async def _preview(
    database: Database, named: str | None, chunks: Chunks, looked: Survey, raw: Any, errors: Path | None
) -> tuple[ImportPreview, list[PreviewedRow]]:
    """Preview a file, and list the first rows that would be left out; all of these go to `errors`."""
    workspace = await chosen_workspace(database, named)
    call = Call(database, system_viewer(workspace.id), _now())
    first: list[PreviewedRow] = []
    with nullcontext() if errors is None else errors.open("w", encoding="utf-8", newline="") as sheet:
        if sheet is not None:
            sheet.write(csv_lines([("row", "problem", *looked.header)]))

        def left_out(row: PreviewedRow, cells: Sequence[str]) -> None:
            if len(first) < _SHOWN:
                first.append(row)
            if sheet is not None:
                sheet.write(csv_lines([error_row(row.number, [problem.to_json() for problem in row.problems], cells)]))

        shown = Shown(_SHOWN)
        preview = await preview_file(call, chunks, looked.encoding, looked.delimiter, raw, shown=shown, most=None, left_out=left_out)
    return preview, first


async def _import(
    database: Database, named: str | None, name: str, chunks: Chunks, looked: Survey, raw: Any, errors: Path | None
) -> Import:
    workspace = await chosen_workspace(database, named)
    viewer = system_viewer(workspace.id)
    started = await start_file_import(Call(database, viewer, _now()), name, raw, looked)
    console = Console(stderr=True, highlight=False)
    for _ in range(_PATIENCE_SECONDS):
        claimed = await claim_import(Call(database, viewer, _now()), started.id, _now())
        if claimed is not None:
            break
        # Whoever was interrupted a moment ago still holds the lease for a few seconds.
        await asyncio.sleep(1)
    else:
        raise CommandFailed("Another process is importing this file by this mapping.")
    if claimed.import_.rows_done:
        console.print(f"Going on after row {claimed.import_.rows_done} of an interrupted import.")
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Importing", total=looked.rows, completed=claimed.import_.rows_done)
        ended = await run_import(database, workspace.id, claimed, chunks, _now, progress=lambda done: bar.update(task, completed=done))
    if errors is not None:
        await _write_errors(database, workspace.id, ended.id, errors, Rows(chunks, looked.encoding, looked.delimiter).header())
    return ended


async def _write_errors(database: Database, workspace_id: UUID, import_id: UUID, path: Path, header: tuple[str, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        async for lines in error_lines(database, workspace_id, import_id, header):
            opened.write(lines)


def _show_preview(preview: ImportPreview, left_out: Sequence[PreviewedRow], errors: Path | None) -> None:
    console = answers()
    console.print(
        f"{preview.rows_examined} rows, {preview.encoding}, delimiter {preview.delimiter!r}: {preview.create} to create, "
        f"{preview.update} to update, {preview.unchanged} unchanged, "
        f"{preview.duplicates} duplicates, {preview.errors} with errors. Nothing was written."
    )
    for warning in preview.warnings:
        console.print(f"[yellow]{warning}[/yellow]")
    _show_rows(console, f"The first {len(preview.rows)} rows", preview.rows)
    if any(row not in preview.rows for row in left_out):
        _show_rows(console, f"The first {len(left_out)} rows that would be left out", left_out)
    if errors is not None:
        console.print(f"{preview.duplicates + preview.errors} rows that would be left out are in {errors}.", soft_wrap=True)


def _show_rows(console: Console, title: str, rows: Sequence[PreviewedRow]) -> None:
    table = Table("Row", "Becomes", "Changes or problems", box=SIMPLE, title=title)
    for row in rows:
        problems = "; ".join(f"{problem.column}: {problem.message}" if problem.column else problem.message for problem in row.problems)
        table.add_row(str(row.number), row.verdict, problems or ", ".join(row.changes))
    console.print(table)


def _show_result(ended: Import, errors: Path | None) -> None:
    console = Console(stderr=True, highlight=False)
    for warning in ended.warnings:
        console.print(f"[yellow]{warning}[/yellow]")
    if ended.status is not ImportStatus.FINISHED:
        console.print(f"[red]The import failed[/red] after {ended.rows_done} rows: {ended.message}", soft_wrap=True)
        return
    console.print(
        f"{ended.rows_done} rows: {ended.created} created, {ended.updated} updated, {ended.unchanged} unchanged, "
        f"{ended.duplicates} duplicates, {ended.failed} with errors."
    )
    if (ended.duplicates or ended.failed) and errors is None:
        console.print("`--errors FILE` writes the rows that were left out, with the reasons, when the import is run again.")
