"""Imports: where each stands, its file, the rows it left out; and the bulk statements that write what it brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    DateTime,
    Integer,
    LargeBinary,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.activities import Activity, ContactAttempt
from domain.consent import Suppression
from domain.events import Event
from domain.imports import Import, ImportStatus, RowError
from domain.leads import Assignment, CurrentScore, ExternalReference, Lead, ScoreEntry, StatusChange
from domain.pipelines import StageStay
from domain.searching import search_terms as terms_of
from persistence.bulk_inserts import BulkInsert, added_kinds, bulk_adding
from persistence.database import Reading, Writing
from persistence.duplicates import KEY_COLUMNS, key_rows
from persistence.histories import event_row
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import (
    activities,
    agents,
    assignments,
    contact_attempts,
    duplicate_keys,
    events,
    external_references,
    import_row_errors,
    imports,
    initial_counts,
    lead_scores,
    leads,
    pipelines,
    score_entries,
    search_terms,
    stage_stays,
    status_changes,
    suppressions,
    teams,
)

import_by_id = by_id(imports, Import)
_to_import = mapper(Import)
_columns = [imports.c[name] for name in columns_of(Import)]
_mine = (imports.c.workspace_id == bindparam("workspace_id"), imports.c.id == bindparam("import_id", type_=Uuid()))

all_imports: Listing[Import, Any] = Listing(
    build=_to_import,
    columns=_columns,
    source=imports,
    workspace=imports.c.workspace_id,
    id=imports.c.id,
    orderings={"CREATED_AT": Ordering(imports.c.created_at, datetime)},
)

_INSERT = Constant(insert(imports), ("workspace_id", *columns_of(Import), "mapping", "upload_secret_hash"))


async def add_import(tx: Writing, new: Import, *, mapping: object, upload_secret_hash: bytes | None) -> None:
    """Insert an import."""
    await tx.execute(_INSERT, **values_of(new), mapping=mapping, upload_secret_hash=upload_secret_hash)


_DETAILS = ("mapping", "content_hash", "mapping_hash", "upload_secret_hash", "permissions", "lease", "leased_until")
_details = [imports.c[name] for name in _DETAILS]
_LOCK = Constant(select(*_columns, *_details).where(*_mine).with_for_update())


async def import_for_update(tx: Writing, id: UUID) -> tuple[Import, Mapping[str, Any]] | None:
    """Read and lock an import, with what is not for everybody to see."""
    row = await tx.fetch_one(_LOCK, import_id=id)
    return None if row is None else (_to_import(row), {name: row[name] for name in _DETAILS})


_PLAN = Constant(select(*_columns, *_details).where(*_mine))


async def import_with_details(db: Reading, id: UUID) -> tuple[Import, Mapping[str, Any]] | None:
    """Read an import, with what is not for everybody to see."""
    row = await db.fetch_one(_PLAN, import_id=id)
    return None if row is None else (_to_import(row), {name: row[name] for name in _DETAILS})


_CONTENT = Constant(select(imports.c.content).where(*_mine))


async def import_content(db: Reading, id: UUID) -> bytes | None:
    """Read the uploaded file."""
    return await db.fetch_value(_CONTENT, import_id=id)


_TYPES: Mapping[str, Any] = {
    **{name: imports.c[name].type for name in (*columns_of(Import), *_DETAILS)},
    "content": LargeBinary(),
}


async def save_import(tx: Writing, id: UUID, **changes: Any) -> None:
    """Write columns of an import, which must be locked. Raises UniqueViolation when the same file is being imported already."""
    values = {name: bindparam(f"new_{name}", type_=_TYPES[name]) for name in sorted(changes)}
    statement = update(imports).where(*_mine).values(**values)
    await tx.execute(statement, import_id=id, **{f"new_{name}": value for name, value in changes.items()})


_under_way = or_(imports.c.status == ImportStatus.QUEUED.value, imports.c.status == ImportStatus.RUNNING.value)
_UNFINISHED = Constant(
    select(*_columns).where(
        imports.c.workspace_id == bindparam("workspace_id"),
        _under_way,
        imports.c.content_hash == bindparam("content_hash", type_=LargeBinary()),
        imports.c.mapping_hash == bindparam("mapping_hash", type_=LargeBinary()),
    )
)


async def unfinished_import(db: Reading, content_hash: bytes, mapping_hash: bytes) -> Import | None:
    """Find the import of this file by this mapping that is under way."""
    row = await db.fetch_one(_UNFINISHED, content_hash=content_hash, mapping_hash=mapping_hash)
    return None if row is None else _to_import(row)


_free = or_(imports.c.leased_until.is_(None), imports.c.leased_until <= bindparam("at", type_=DateTime(timezone=True)))
# A file that was not uploaded is read by the command line, which comes back for it itself.
_WAITING = Constant(
    select(imports.c.id)
    .where(
        imports.c.workspace_id == bindparam("workspace_id"),
        _under_way,
        imports.c.content.is_not(None),
        _free,
    )
    .order_by(imports.c.started_at, imports.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)


async def next_waiting_import(tx: Writing, at: datetime) -> UUID | None:
    """Find and lock an import that somebody has to work on and nobody does."""
    return await tx.fetch_value(_WAITING, at=at)


_ADD_ERROR = Constant(
    upsert(import_row_errors).on_conflict_do_nothing(index_elements=["workspace_id", "import_id", "row_number"]),
    ("workspace_id", "import_id", "row_number", "problems", "cells"),
)


async def add_row_errors(tx: Writing, import_id: UUID, errors: Sequence[RowError]) -> None:
    """Keep rows that were left out."""
    rows = [
        # PostgreSQL's JSON knows no NUL.
        {**values_of(error), "import_id": import_id, "cells": [cell.replace("\0", "\ufffd") for cell in error.cells]}
        for error in errors
    ]
    await tx.execute_many(_ADD_ERROR, rows)


_ERRORS = Constant(
    select(*(import_row_errors.c[name] for name in columns_of(RowError)))
    .where(
        import_row_errors.c.workspace_id == bindparam("workspace_id"),
        import_row_errors.c.import_id == bindparam("import_id", type_=Uuid()),
        import_row_errors.c.row_number > bindparam("after", type_=Integer()),
    )
    .order_by(import_row_errors.c.row_number)
    .limit(bindparam("most", type_=Integer()))
)


async def row_errors(db: Reading, import_id: UUID, *, after: int = 0, most: int = 1_000) -> Sequence[RowError]:
    """Read rows that were left out, in the order of the file, beginning after a row's number."""
    found = await db.fetch(_ERRORS, import_id=import_id, after=after, most=most)
    return [RowError(row["row_number"], tuple(row["problems"]), tuple(row["cells"])) for row in found]


_AGENTS = Constant(select(agents.c.id, agents.c.name, agents.c.email).where(agents.c.workspace_id == bindparam("workspace_id")))


async def agents_by_label(db: Reading) -> Mapping[str, UUID | None]:
    """Read the ids of all agents by name and by address, in lower case; None under a name that two have."""
    found: dict[str, UUID | None] = {}
    rows = await db.fetch(_AGENTS)
    for row in rows:
        name = row["name"].casefold()
        found[name] = None if name in found else row["id"]
    return {**found, **{row["email"].casefold(): row["id"] for row in rows}}


COUNT_COLUMNS = tuple(column.name for column in initial_counts.c if column.name not in ("workspace_id", "lead_id"))
_INITIAL = Constant(
    select(*initial_counts.c).where(
        initial_counts.c.workspace_id == bindparam("workspace_id"), initial_counts.c.lead_id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    )
)
_upserted = upsert(initial_counts)
_SET_INITIAL = Constant(
    _upserted.on_conflict_do_update(
        index_elements=["workspace_id", "lead_id"], set_={name: _upserted.excluded[name] for name in COUNT_COLUMNS}
    ),
    ("workspace_id", "lead_id", *COUNT_COLUMNS),
)


async def initial_counts_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """Read the counts that imports brought, as far as they brought any."""
    return {
        row["lead_id"]: {name: row[name] for name in COUNT_COLUMNS if row[name] is not None}
        for row in await db.fetch(_INITIAL, ids=list(ids))
    }


async def set_initial_counts(tx: Writing, counts: Mapping[UUID, Mapping[str, int]]) -> None:
    """Write the counts that an import brings for leads, whole."""
    await tx.execute_many(
        _SET_INITIAL, [{"lead_id": id, **{name: known.get(name) for name in COUNT_COLUMNS}} for id, known in sorted(counts.items())]
    )


_PHONES = Constant(
    select(search_terms.c.term, leads.c.id, leads.c.phones)
    .select_from(search_terms.join(leads, and_(leads.c.workspace_id == search_terms.c.workspace_id, leads.c.id == search_terms.c.lead_id)))
    .where(
        search_terms.c.workspace_id == bindparam("workspace_id"),
        search_terms.c.term == any_(bindparam("digits", type_=ARRAY(Text(collation="C")))),
        leads.c.deleted_at.is_(None),
    )
    .order_by(leads.c.created_at.desc(), leads.c.id.desc())
)


async def lead_id_by_phone(db: Reading, phones: Sequence[str]) -> Mapping[str, UUID]:
    """Find the oldest lead with each phone number, as E.164."""
    wanted = set(phones)
    rows = await db.fetch(_PHONES, digits=[phone.lstrip("+") for phone in wanted])
    return {phone: row["id"] for row in rows for phone in row["phones"] if phone in wanted}


_add_terms = BulkInsert(search_terms, ("term", "lead_id"))
_add_keys = BulkInsert(duplicate_keys, KEY_COLUMNS)
_add_counts = BulkInsert(initial_counts, ("lead_id", *COUNT_COLUMNS))
_EVENT = ("id", "lead_id", "sequence", "type", "at", "changes", "cause", "cause_id", "actor_kind", "actor_id")
_add_events = BulkInsert(events, _EVENT)
_add_leads = bulk_adding(leads, Lead)
_add_entries = added_kinds(
    {
        noun: bulk_adding(table, noun)
        for noun, table in (
            (CurrentScore, lead_scores),
            (ScoreEntry, score_entries),
            (StatusChange, status_changes),
            (Assignment, assignments),
            (StageStay, stage_stays),
            (Activity, activities),
            (ContactAttempt, contact_attempts),
            (Suppression, suppressions),
            (ExternalReference, external_references),
        )
    }
)


async def add_imported_leads(
    tx: Writing,
    new: Sequence[Lead],
    *,
    entries: Sequence[object],
    events: Sequence[Event],
    counts: Mapping[UUID, Mapping[str, int]],
) -> None:
    """Insert new leads with all that belongs to them. Raises UniqueViolation when a reference was taken meanwhile."""
    await _add_leads(tx, new)
    await _add_terms(tx, [(term, lead.id) for lead in new for term in terms_of(lead)])
    await _add_keys(tx, key_rows(tx.scope.workspace_id, new))
    await _add_entries(tx, entries)
    await _add_counts(tx, [(id, *(known.get(name) for name in COUNT_COLUMNS)) for id, known in counts.items()])
    tx.tells = tx.tells or bool(events)
    rows = (event_row(event) for event in events)
    await _add_events(tx, [tuple(row[name] for name in _EVENT) for row in rows])


_PIPELINE = Constant(
    select(pipelines.c.id).where(
        pipelines.c.workspace_id == bindparam("workspace_id"), func.lower(pipelines.c.name) == func.lower(bindparam("name", type_=Text()))
    )
)


async def pipeline_id_by_name(db: Reading, name: str) -> UUID | None:
    """Find a pipeline by its name, without regard to case."""
    return await db.fetch_value(_PIPELINE, name=name)


_TEAMS = Constant(select(teams.c.id, teams.c.name).where(teams.c.workspace_id == bindparam("workspace_id")))


async def teams_by_label(db: Reading) -> Mapping[str, UUID]:
    """Read the ids of all teams by name, in lower case."""
    return {row["name"].casefold(): row["id"] for row in await db.fetch(_TEAMS)}
