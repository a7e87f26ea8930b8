"""Imports a made-up file into a world, as the command line does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

from domain.access import Viewer, system_viewer
from domain.imports import Import, RowError
from persistence.database import Scope
from persistence.imports import row_errors
from tests.worlds import World
from usecases.imports.mapping_text import complete_mapping, read_mapping, with_lookup_rows
from usecases.imports.reading import CHUNK, Chunks, Rows, from_memory, survey
from usecases.imports.run import claim_import, run_import
from usecases.imports.start import start_file_import
from usecases.verbs import Call

PROJECT = Path(__file__).parents[2]
REAL_DATA = PROJECT.parent / "shared" / "data"

MAPPING = """
    lead:
      references: {system: crm, id: Id}
      name: Name
      email: Email
      phones: Phone
      company: Company
      source: {column: Source, map: {Web: WEBSITE_FORM}, other: OTHER}
      tags: {column: Tags, split: ";"}
      counts: {website_visits: Visits}
"""
HEADER = "Id,Name,Email,Phone,Company,Source,Tags,Visits\n"


def mapping_of(text: str) -> Any:
    return read_mapping(dedent(text))


async def imported(
    world: World,
    text: str,
    mapping: Any,
    *,
    viewer: Viewer | None = None,
    batch: int = 1_000,
    clock: Callable[[], datetime] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Import:
    """Import a text from end to end, at the world's instant."""
    return await imported_from(world, from_memory(text.encode()), mapping, viewer=viewer, batch=batch, clock=clock, progress=progress)


async def imported_from(
    world: World,
    chunks: Chunks,
    mapping: Any,
    *,
    viewer: Viewer | None = None,
    batch: int = 1_000,
    clock: Callable[[], datetime] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Import:
    """Import a file from end to end."""
    raw = mapping_of(mapping) if isinstance(mapping, str) else mapping
    now = clock or (lambda: world.at)
    looked = survey(chunks, complete_mapping(raw).format)
    call = Call(world.database, viewer or system_viewer(world.workspace.id), world.at)
    started = await start_file_import(call, "leads.csv", raw, looked)
    claimed = await claim_import(Call(world.database, system_viewer(world.workspace.id), world.at), started.id, now())
    assert claimed is not None
    return await run_import(world.database, world.workspace.id, claimed, chunks, now, batch=batch, progress=progress)


def counts(ended: Import) -> dict[str, Any]:
    """Show how an import ended."""
    return {
        "status": ended.status,
        "done": ended.rows_done,
        "created": ended.created,
        "updated": ended.updated,
        "unchanged": ended.unchanged,
        "duplicates": ended.duplicates,
        "failed": ended.failed,
    }


async def left_out(world: World, ended: Import) -> Sequence[RowError]:
    """Read the rows that an import left out."""
    async with world.database.reading(Scope(world.workspace.id)) as db:
        return await row_errors(db, ended.id)


def real_file(name: str) -> Chunks:
    """Open one of the public data sets."""

    def chunks():
        with (REAL_DATA / name).open("rb") as opened:
            while chunk := opened.read(CHUNK):
                yield chunk

    return chunks


def real_mapping(name: str) -> Any:
    """Read one of the documentation's mappings, with the files that it looks things up in."""

    def rows(file: str) -> list[list[str]]:
        return list(Rows(real_file(file), "utf-8-sig", ","))

    return with_lookup_rows(read_mapping((PROJECT / "docs" / "mappings" / f"{name}.yaml").read_text()), rows)


def later(world: World, seconds: int) -> datetime:
    """Return an instant after the world's."""
    return world.at + timedelta(seconds=seconds)
