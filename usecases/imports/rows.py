"""The rows of one file, joined with what is looked up for them and understood by the mapping, in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.imports import ImportRejected, ImportRejection, RowProblem
from domain.imports_agents import AgentReader
from domain.imports_facts import LeadRow, Surroundings
from domain.imports_mapping import AgentMapping, LeadMapping, Lookup
from domain.imports_rows import LeadReader
from domain.imports_values import Columns
from domain.refusals import Refused
from usecases.imports.creating import Newcomer
from usecases.imports.reading import Chunks, Rows
from usecases.imports.seen import SeenKeys

_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class FileOfRows:
    """A surveyed file."""

    chunks: Chunks
    encoding: str
    delimiter: str
    header: tuple[str, ...]


@dataclass(slots=True)
class ReadRow:
    """A row with its cells as they stand in the file.

    `repeats` says that an earlier row is about the same lead; `newcomer` is the lead that it would bring, where that is made ahead.
    """

    cells: list[str]
    lead: LeadRow
    repeats: bool
    newcomer: Newcomer | None = None


class _Header(dict[str, int]):
    """Where each column stands; remembers of those that were asked for which are not there."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__({name: position for position, name in enumerate(names)})
        self.missing: dict[str, None] = {}

    def __missing__(self, name: str) -> int:
        self.missing[name] = None
        return 0


class Joined:
    """Adds a row's number and the rows of lookups to its cells, and knows where each column stands then."""

    def __init__(self, mapping: LeadMapping | AgentMapping, header: Sequence[str]) -> None:
        self._width = len(header)
        self.index = _Header(header)
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
        key = names.index(lookup.key)
        return self.index[lookup.on], names, {row[key].strip().casefold(): row for row in rows}

    def absences(self) -> list[ImportRejected]:
        """Name each column that was asked for and is not there, one refusal each."""
        return [
            ImportRejected(message=f"The file has no column `{name[:60]}`.", reason=ImportRejection.HEADER, line=1)
            for name in self.index.missing
        ]

    def row(self, cells: Sequence[str], number: int) -> list[str] | RowProblem:
        """Join one row; its number of cells must be the header's."""
        if len(cells) != self._width:
            return RowProblem("", f"The row has {len(cells)} cells, the header {self._width}.")
        joined = [*cells, str(number)]
        for on, table, nothing in self._tables:
            joined += table.get(cells[on].strip().casefold(), nothing)
        return joined


class LeadRows:
    """Reads a file as leads. Building it raises Refused with all that does not fit together of the mapping and the header."""

    def __init__(self, file: FileOfRows, mapping: LeadMapping, around: Surroundings) -> None:
        self._file = file
        self._joined = Joined(mapping, file.header)
        self._reader = LeadReader(mapping, self._joined.index, around)
        problems: list[ImportRejected] = []
        if not mapping.identifies:
            message = "The mapping needs an e-mail address, a phone number or an external reference."
            problems.append(ImportRejected(message=message, reason=ImportRejection.NO_KEY_COLUMN))
        for key, value in mapping.custom.items():
            if key not in around.custom_fields or around.custom_fields[key].field.archived_at:
                message = f"lead.custom: the workspace has no custom field `{key[:60]}` in use."
                problems.append(ImportRejected(message=message, reason=ImportRejection.MAPPING))
                Columns(self._joined.index, mapping.format).read(value)
        problems += self._joined.absences()
        if problems:
            raise Refused(problems[:_MOST_PROBLEMS])

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


def agent_reader(file: FileOfRows, mapping: AgentMapping) -> tuple[Joined, AgentReader]:
    """Build what reads a file as agents. Raises Refused with every column that is not there."""
    joined = Joined(mapping, file.header)
    reader = AgentReader(mapping, joined.index)
    if absences := joined.absences():
        raise Refused(absences[:_MOST_PROBLEMS])
    return joined, reader
