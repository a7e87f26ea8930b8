"""Turns the values of a mapping into functions of a row, and their texts into what a lead holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from string import Formatter
from typing import TypeAlias

from domain.imports_mapping import FileFormat, Source, Value, is_number

Row: TypeAlias = Sequence[str]
"""The cells of one row, then its number, then the cells of the rows that lookups joined to it."""
Read: TypeAlias = Callable[[Row], str | None]
ReadMany: TypeAlias = Callable[[Row], Sequence[str]]

_LONGEST_NUMBER = 40
_YES = frozenset({"yes", "y", "true", "1", "1.0", "x", "on"})
_NO = frozenset({"no", "n", "false", "0", "0.0", "off"})
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class NotReadable(ValueError):
    """A cell holds something, but not what its target needs; the message says what that is."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column of a joined row stands, and how the file writes what it holds."""

    index: Mapping[str, int]
    format: FileFormat

    def read(self, value: Value) -> Read:
        """Build what reads a value: the first alternative that holds something. Raises KeyError for a column that is not there."""
        reads = [self._source(source) for source in value]
        if len(reads) == 1:
            return reads[0]

        def first(row: Row) -> str | None:
            for read in reads:
                if (text := read(row)) is not None:
                    return text
            return None

        return first

    def read_many(self, value: Value) -> ReadMany:
        """Build what reads a value of several parts, split where the mapping says so."""
        read = self.read(value)
        split = value[0].split

        def parts(row: Row) -> Sequence[str]:
            text = read(row)
            if text is None:
                return ()
            if split is None:
                return (text,)
            return tuple(part.strip() for part in text.split(split) if part.strip())

        return parts

    def _source(self, source: Source) -> Read:
        read = self._plain(source)
        if source.times or source.plus or source.round:
            read = self._calculated(read, source)
        return _mapped(read, source) if source.map or source.other is not None else read

    def _plain(self, source: Source) -> Read:
        if source.constant is not None:
            constant = source.constant or None
            return lambda _row: constant
        if source.text is not None:
            return self._template(source.text)
        return self._cell(source.column or "")

    def _cell(self, column: str) -> Read:
        index, nothing = self.index[column], self.format.nothing

        def cell(row: Row) -> str | None:
            text = row[index].strip()
            return None if not text or text.casefold() in nothing else text

        return cell

    def _template(self, template: str) -> Read:
        parts = [(literal, self._cell(name) if name else None) for literal, name, _, _ in Formatter().parse(template)]

        def fill(row: Row) -> str | None:
            written: list[str] = []
            held = False
            for literal, cell in parts:
                text = cell(row) if cell else None
                held = held or text is not None
                written += (literal, text or "")
            return "".join(written).strip() if held else None

        return fill

    def _calculated(self, read: Read, source: Source) -> Read:
        comma = self.format.decimal_comma
        times = [self._operand(each) for each in source.times]
        plus = [self._operand(each) for each in source.plus]

        def calculate(row: Row) -> str | None:
            text = read(row)
            if text is None:
                return None
            number = to_number(text, decimal_comma=comma)
            for operand in times:
                factor = operand(row)
                if factor is None:
                    return None
                number *= factor
            for operand in plus:
                number += operand(row) or 0
            if source.round:
                number = number.quantize(Decimal(1), ROUND_HALF_UP)
            return f"{number:f}"

        return calculate

    def _operand(self, operand: str) -> Callable[[Row], Decimal | None]:
        if is_number(operand) and operand not in self.index:
            number = Decimal(operand)
            return lambda _row: number
        cell, comma = self._cell(operand), self.format.decimal_comma

        def value(row: Row) -> Decimal | None:
            text = cell(row)
            return None if text is None else to_number(text, decimal_comma=comma)

        return value


def _mapped(read: Read, source: Source) -> Read:
    table, other = source.map, source.other

    def mapped(row: Row) -> str | None:
        text = read(row)
        if text is None:
            return None
        found = table.get(text.casefold())
        if found is None:
            found = text if other is None else other
        return found or None

    return mapped


@lru_cache(8_192)
def to_number(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Read a number as files write it, with or without marks between thousands. Raises NotReadable."""
    compact = text.replace(" ", "").replace("\u00a0", "").replace("'", "")
    compact = compact.replace(".", "").replace(",", ".") if decimal_comma else compact.replace(",", "")
    try:
        number = Decimal(compact)
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or len(compact) > _LONGEST_NUMBER or abs(number.adjusted()) > _LONGEST_NUMBER:
        raise NotReadable("Must be a number.")
    return number


def to_whole(text: str, most: int, *, decimal_comma: bool = False) -> int:
    """Read a whole number from 0. Raises NotReadable."""
    number = to_number(text, decimal_comma=decimal_comma)
    if number != number.to_integral_value() or not 0 <= number <= most:
        raise NotReadable(f"Must be a whole number, 0–{most}.")
    return int(number)


def to_flag(text: str) -> bool:
    """Read yes or no. Raises NotReadable."""
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotReadable("Must be yes or no.")


@lru_cache(8_192)
def to_instant(text: str, formats: tuple[str, ...], zone: tzinfo) -> datetime:
    """Read an instant; a day alone is its midnight, and what names no time zone is in `zone`. Raises NotReadable."""
    instant = _parsed(text, formats)
    if instant is None:
        written = f" as {' or '.join(formats)}" if formats else " such as 2026-03-01 or 2026-03-01T09:30:00Z"
        raise NotReadable(f"Must be a date or time{written}.")
    try:
        aware = (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise NotReadable("Must lie in the years 1900 to 2199.") from None
    if not _EARLIEST <= aware < _LATEST:
        raise NotReadable("Must lie in the years 1900 to 2199.")
    return aware


def _parsed(text: str, formats: tuple[str, ...]) -> datetime | None:
    for each in formats:
        try:
            return datetime.strptime(text, each)  # noqa: DTZ007 -- the zone is the caller's to add
        except ValueError:
            continue
    if formats:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def to_day(text: str, formats: tuple[str, ...]) -> date:
    """Read a day of the calendar. Raises NotReadable."""
    return to_instant(text, formats, UTC).date()
