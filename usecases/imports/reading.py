"""Files of separated values as they come: encoding and delimiter found, rows read one by one, whatever the size of the file."""

from __future__ import annotations

import csv
import hashlib
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, lookup
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from domain.imports import MAX_COLUMNS, ImportRejected, ImportRejection
from domain.imports_mapping import FileFormat
from domain.refusals import Refused

Chunks: TypeAlias = Callable[[], Iterable[bytes]]
"""Opens the file anew and yields its bytes in pieces."""

CHUNK = 64 * 1024
_SAMPLE = 64 * 1024
_DELIMITERS = (",", ";", "\t", "|")
# Western first: short files of the two families look alike.
_WESTERN, _OTHER = ("cp1252", "latin_1"), ("cp1250", "cp1251", "mac_roman")
_KNOWN_ENCODINGS = frozenset(("utf-8", "utf-16", *(lookup(name).name for name in (*_WESTERN, *_OTHER))))
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"BZh", "compressed by bzip2"),
    (b"\xfd7zXZ\x00", "compressed by xz"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over a file found out."""

    byte_size: int
    content_hash: bytes
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: int


def rejected(reason: ImportRejection, message: str, *, line: int | None = None, path: tuple[str, ...] = ()) -> Refused:
    """Build the exception that turns a file away."""
    return Refused.because(ImportRejected(message=message, reason=reason, line=line, path=path))


def from_memory(content: bytes) -> Chunks:
    """Read a file that is in memory."""
    return lambda: (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))


def survey(chunks: Chunks, format: FileFormat, *, most_rows: int | None = None) -> Survey:
    """Read the file once from end to end without keeping it. Raises Refused with ImportRejected."""
    hashed, size, sample = hashlib.sha256(), 0, b""
    utf8 = getincrementaldecoder("utf-8")()
    is_utf8 = True
    for chunk in chunks():
        hashed.update(chunk)
        size += len(chunk)
        if len(sample) < _SAMPLE:
            sample += chunk
        if is_utf8:
            is_utf8 = _decodes(utf8, chunk)
    is_utf8 = is_utf8 and _decodes(utf8, b"", final=True)
    if not sample.strip(b"\x00 \r\n\t"):
        raise rejected(ImportRejection.EMPTY, "The file is empty.")
    encoding = _encoding(sample, format.encoding, is_utf8=is_utf8)
    delimiter = format.delimiter or _sniffed(chunks, encoding)
    rows = Rows(chunks, encoding, delimiter)
    header = rows.header()
    count = 0
    for _ in rows:
        count += 1
        if most_rows is not None and count > most_rows:
            raise rejected(ImportRejection.TOO_MANY_ROWS, f"At most {most_rows} rows; larger files go in by the command line.")
    if not count:
        raise rejected(ImportRejection.EMPTY, "The file has a header and no rows.")
    return Survey(size, hashed.digest(), encoding, delimiter, header, count)


def _decodes(decoder: object, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] -- codecs name no type
    except UnicodeDecodeError:
        return False
    return True


def _encoding(sample: bytes, named: str | None, *, is_utf8: bool) -> str:
    for signature, what in _SIGNATURES:
        if sample.startswith(signature):
            raise rejected(ImportRejection.NOT_TEXT, f"The file is {what}; save it as CSV.")
    if sample.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if named is not None:
        try:
            found = lookup(named).name
        except (LookupError, ValueError):
            found = ""
        if found.removesuffix("-sig") not in _KNOWN_ENCODINGS:
            raise rejected(ImportRejection.ENCODING, f"Encodings are {', '.join(sorted(_KNOWN_ENCODINGS))}.")
        return "utf-8-sig" if found == "utf-8" else found
    if is_utf8:
        return "utf-8-sig"
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- 3 MB of tables, which servers without such a file do without

    best = from_bytes(sample, cp_isolation=list(_WESTERN)).best() or from_bytes(sample, cp_isolation=list(_OTHER)).best()
    if best is None:
        raise rejected(ImportRejection.ENCODING, "The file's encoding is not recognised; save it as UTF-8, or name it in the mapping.")
    return lookup(best.encoding).name


def _sniffed(chunks: Chunks, encoding: str) -> str:
    """Choose the delimiter by which the first rows have the most cells, and all the same number."""

    def cells(delimiter: str) -> tuple[bool, int]:
        reader = csv.reader(islice(_lines(chunks, encoding), 200), delimiter=delimiter)
        try:
            counts = [len(row) for row in islice(reader, 20) if row]
        except csv.Error:
            return False, 0
        return len(set(counts)) == 1, counts[0] if counts else 0

    return max(_DELIMITERS, key=lambda delimiter: ((found := cells(delimiter))[1] > 1, *found))


def _lines(chunks: Chunks, encoding: str) -> Iterator[str]:
    """Decode and split into lines, all kinds of line ends alike; only those: other separators of Unicode stay in their cells."""
    decoder = io.IncrementalNewlineDecoder(getincrementaldecoder(encoding)(), translate=True)
    rest = ""
    for chunk in chunks():
        *lines, rest = (rest + decoder.decode(chunk)).split("\n")
        for line in lines:
            yield line + "\n"
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest


class Rows:
    """The rows of a file, each as a list of cells; blank lines are no rows. Iterating raises Refused when the file is malformed."""

    def __init__(self, chunks: Chunks, encoding: str, delimiter: str) -> None:
        self._lines = _lines(chunks, encoding)
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        self._line = 1

    def header(self) -> tuple[str, ...]:
        """Read the first row as the names of the columns."""
        row = next(iter(self), None)
        if row is None:
            raise rejected(ImportRejection.EMPTY, "The file is empty.")
        names = tuple(name.strip() for name in row)
        if len(names) > MAX_COLUMNS:
            raise rejected(ImportRejection.TOO_MANY_COLUMNS, f"The file has {len(names)} columns; at most {MAX_COLUMNS} are read.", line=1)
        problem = _header_problem(names)
        if problem:
            raise rejected(ImportRejection.HEADER, problem, line=1)
        return names

    def __iter__(self) -> Iterator[list[str]]:
        while True:
            self._line = self._reader.line_num + 1
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise self._malformed(error) from error
            except UnicodeDecodeError as error:
                raise rejected(
                    ImportRejection.ENCODING, "A part of the file is not in the encoding of the rest.", line=self._line
                ) from error
            if row:
                yield row

    def _malformed(self, error: csv.Error) -> Refused:
        text = str(error)
        if "unexpected end" in text or "field larger" in text:
            what = "A quoted cell that begins in this row is never closed."
        else:
            what = "This row's quotes do not fit together: after a closing quote there must be a delimiter."
        return rejected(ImportRejection.MALFORMED, what, line=self._line)


def _header_problem(names: Sequence[str]) -> str | None:
    if any("\0" in name for name in names):
        return "The header holds a NUL character."
    empty = [str(index) for index, name in enumerate(names, 1) if not name]
    if empty:
        return f"Columns without a name: {', '.join(empty)}."
    folded = [name.casefold() for name in names]
    twice = sorted({name for name in names if folded.count(name.casefold()) > 1})
    return f"Names that two columns have: {', '.join(name[:60] for name in twice[:5])}." if twice else None
