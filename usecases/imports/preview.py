"""Preview an import: what every row would come to, found out by reading only."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from domain.access import Permission
from domain.imports import PREVIEWED_ROWS, ImportPreview, ImportRejection, ImportStatus, PreviewedRow, RowVerdict
from domain.imports_mapping import AgentMapping, LeadMapping
from domain.imports_rows import restricted
from domain.imports_suggestions import suggested_mapping
from domain.leads import Lead
from persistence import imports
from persistence.database import Reading, Scope
from persistence.leads import lead_by_id_even_deleted
from usecases.imports.mapping_text import complete_mapping, written_mapping
from usecases.imports.matching import address_is_taken, attachments, decide, revision
from usecases.imports.reading import Chunks, Rows, from_memory, rejected
from usecases.imports.rows import FileOfRows, LeadRows, ReadRow, agent_reader
from usecases.imports.run import file_of_rows, surroundings
from usecases.imports.start import known_to, understood
from usecases.verbs import Call

_BATCH = 500
LEFT_OUT = frozenset((RowVerdict.DUPLICATE, RowVerdict.ERROR))


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows that are told in detail: the first `most` behind row `after` with one of the verdicts; None: whatever it is."""

    most: int
    after: int = 0
    verdicts: frozenset[RowVerdict] | None = None


async def preview_import(call: Call, import_id: UUID, mapping: str | None, shown: Shown) -> ImportPreview:
    """Preview an uploaded file by a mapping: the given one, else its own, else the one that its header suggests.

    At most the first 20,000 rows are looked at, those `shown` in detail. Raises Refused.
    """
    raw = understood(mapping) if mapping is not None else None
    async with call.database.reading(Scope(call.viewer.workspace_id)) as db:
        found, details = known_to(await imports.import_with_details(db, import_id))
        if found.status is ImportStatus.AWAITING_UPLOAD:
            raise rejected(ImportRejection.WRONG_STATE, "Upload the file first.", path=("import_id",))
        content = await imports.import_content(db, import_id)
    raw = raw or details["mapping"]
    chunks = from_memory(content or b"")
    return await preview_file(call, chunks, found.encoding or "utf-8", found.delimiter or ",", raw, shown=shown, most=PREVIEWED_ROWS)


async def preview_file(
    call: Call,
    chunks: Chunks,
    encoding: str,
    delimiter: str,
    raw: Any,
    *,
    shown: Shown,
    most: int | None,
    left_out: Callable[[PreviewedRow, Sequence[str]], None] | None = None,
) -> ImportPreview:
    """Preview a surveyed file; `most` bounds the rows that are looked at.

    `left_out` is told of each row that would be left out, with its cells. Raises Refused.
    """
    file = file_of_rows(chunks, encoding, delimiter)
    suggestion = suggested_mapping(file.header)
    mapping = complete_mapping(raw if raw is not None else suggestion)
    look = _Look(shown, left_out)
    warnings: tuple[str, ...] = ()
    if isinstance(mapping, AgentMapping):
        look.agents(file, mapping, most)
    else:
        may = call.viewer.may
        mapping, warnings = restricted(mapping, may_assign=may(Permission.ASSIGN_LEADS), may_change_status=may(Permission.CHANGE_STATUS))
        await look.leads(call, file, mapping, call.at, most)
    return ImportPreview(
        columns=file.header,
        encoding=encoding.removesuffix("-sig"),
        delimiter=delimiter,
        rows_examined=sum(look.count.values()),
        complete=look.complete,
        create=look.count[RowVerdict.CREATE],
        update=look.count[RowVerdict.UPDATE],
        unchanged=look.count[RowVerdict.UNCHANGED],
        duplicates=look.count[RowVerdict.DUPLICATE],
        errors=look.count[RowVerdict.ERROR],
        warnings=warnings,
        suggested_mapping=written_mapping(suggestion),
        rows=tuple(look.rows),
    )


class _Look:
    def __init__(self, shown: Shown, left_out: Callable[[PreviewedRow, Sequence[str]], None] | None) -> None:
        self._shown = shown
        self._left_out = left_out
        self.count: Counter[RowVerdict] = Counter()
        self.rows: list[PreviewedRow] = []
        self.complete = True

    def _bounded(self, rows: Iterable[Any], most: int | None) -> Iterable[Any]:
        for index, row in enumerate(rows):
            if most is not None and index == most:
                self.complete = False
                return
            yield row

    async def leads(self, call: Call, file: FileOfRows, mapping: LeadMapping, at: datetime, most: int | None) -> None:
        scope = Scope(call.viewer.workspace_id)
        async with call.database.reading(scope) as db:
            around = await surroundings(db, at, mapping)
        rows = iter(self._bounded(LeadRows(file, mapping, around), most))
        while batch := list(islice(rows, _BATCH)):
            async with call.database.reading(scope) as db:
                await self._decide(db, batch, mapping)
            await asyncio.sleep(0)

    async def _decide(self, db: Reading, batch: Sequence[ReadRow], mapping: LeadMapping) -> None:
        decisions = await decide(db, batch, mapping)
        known = list({each.lead_id for each in decisions if each.verdict is RowVerdict.UPDATE and each.lead_id is not None})
        there: Mapping[UUID, Lead] = await lead_by_id_even_deleted(db, known) if known else {}
        attached = await attachments(db, known, (each.row.lead for each in decisions))
        for decision in decisions:
            changes: tuple[str, ...] = ()
            if decision.verdict is RowVerdict.UPDATE:
                lead = there.get(decision.lead_id or UUID(int=0))
                if lead is None or lead.deleted_at is not None:
                    decision.refuse("The lead was deleted; restore it to import it again.")
                else:
                    change = revision(lead, decision.row.lead, attached)
                    if not address_is_taken(decision, lead, change.fields, mapping):
                        changes = change.names
                        decision.verdict = RowVerdict.UPDATE if changes else RowVerdict.UNCHANGED
            number, problems = decision.row.lead.number, tuple(decision.problems)
            self._note(PreviewedRow(number, decision.verdict, decision.lead_id, problems, changes), decision.row.cells)

    def _note(self, row: PreviewedRow, cells: Sequence[str]) -> None:
        self.count[row.verdict] += 1
        shown = self._shown
        if len(self.rows) < shown.most and row.number > shown.after and (shown.verdicts is None or row.verdict in shown.verdicts):
            self.rows.append(row)
        if self._left_out is not None and row.verdict in LEFT_OUT:
            self._left_out(row, cells)

    def agents(self, file: FileOfRows, mapping: AgentMapping, most: int | None) -> None:
        joined, reader = agent_reader(file, mapping)
        rows = Rows(file.chunks, file.encoding, file.delimiter)
        rows.header()
        for number, cells in enumerate(self._bounded(rows, most), 1):
            row = joined.row(cells, number)
            problems = tuple(reader.read(row, number).problems) if isinstance(row, list) else (row,)
            self._note(PreviewedRow(number, RowVerdict.ERROR if problems else RowVerdict.CREATE, None, problems, ()), cells)
