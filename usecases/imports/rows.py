"""The rows of one file, joined with what is looked up for them and understood by the mapping, in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.imports import ImportRejection, RowProblem
from domain.imports_facts import LeadRow, Surroundings
from domain.imports_mapping import AgentMapping, LeadMapping, Lookup
from domain.imports_rows import LeadReader
from usecases.imports.reading import Chunks, Rows, rejected
from usecases.imports.seen import SeenKeys


@dataclass(frozen=True, slots=True)
class FileOfRows:
    """A surveyed file."""

    chunks: Chunks
    encoding: str
    delimiter: str
    header: tuple[str, ...]


@dataclass(slots=True)
class ReadRow:
    """A row with its cells as they stand in the file. `duplicate_of` says that an earlier row is about the same lead."""

    cells: list[str]
    lead: LeadRow
    repeats: bool


class Joined:
    """Adds a row's number and the rows of lookups to its cells, and knows where each column stands then."""

    def __init__(self, mapping: LeadMapping | AgentMapping, header: Sequence[str]) -> None:
        self._width = len(header)
        self.index: dict[str, int] = {name: position for position, name in enumerate(header)}
        self._tables: list[tuple[int, Mapping[str, Sequence[str]], Sequence[str]]] = []
        width = self._width + 1
        self.index.setdefault("row_number", self._width)
        for lookup in mapping.lookups:
            on, names, table = self._table(lookup)
            self._tables.append((on, table, ("",) * len(names)))
            self.index.update({f"{lookup.name}.{name}": width + position for position, name in enumerate(names)})
            width += len(names)

    def _table(self, lookup: Lookup) -> tuple[int, Sequence[str], Mapping[str, Sequence[str]]]:
        names, *rows = lookup.rows or ((),)
        if lookup.on not in self.index:
            raise KeyError(lookup.on)
        key = names.index(lookup.key)
        return self.index[lookup.on], names, {row[key].strip().casefold(): row for row in rows}

    def row(self, cells: Sequence[str], number: int) -> list[str] | RowProblem:
        """Join one row; its number of cells must be the header's."""
        if len(cells) != self._width:
            return RowProblem("", f"The row has {len(cells)} cells, the header {self._width}.")
        joined = [*cells, str(number)]
        for on, table, nothing in self._tables:
            joined += table.get(cells[on].strip().casefold(), nothing)
        return joined


class LeadRows:
    """Reads a file as leads. Building it raises Refused when the mapping and the header do not fit together."""

    def __init__(self, file: FileOfRows, mapping: LeadMapping, around: Surroundings) -> None:
        if not mapping.identifies:
            raise rejected(ImportRejection.NO_KEY_COLUMN, "The mapping needs an e-mail address, a phone number or an external reference.")
        unknown = [key for key in mapping.custom if key not in around.custom_fields or around.custom_fields[key].field.archived_at]
        if unknown:
            raise rejected(ImportRejection.MAPPING, f"lead.custom: the workspace has no custom field `{unknown[0][:60]}` in use.")
        self._file = file
        try:
            self._joined = Joined(mapping, file.header)
            self._reader = LeadReader(mapping, self._joined.index, around)
        except KeyError as missing:
            raise rejected(ImportRejection.HEADER, f"The file has no column `{str(missing.args[0])[:60]}`.", line=1) from missing

    def __iter__(self) -> Iterator[ReadRow]:
        return self.after(0)

    def after(self, done: int) -> Iterator[ReadRow]:
        """Read the rows after the first `done`, of which only what they repeat is looked at."""
        rows = Rows(self._file.chunks, self._file.encoding, self._file.delimiter)
        rows.header()
        seen = SeenKeys()
        for number, cells in enumerate(rows, 1):
            joined = self._joined.row(cells, number)
            if isinstance(joined, RowProblem):
                if number > done:
                    yield ReadRow(cells, LeadRow(number, problems=[joined]), repeats=False)
                continue
            repeats = seen.add(set(self._reader.keys(joined)))
            if number > done:
                yield ReadRow(cells, self._reader.read(joined, number), repeats)
