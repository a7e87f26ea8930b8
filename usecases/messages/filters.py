"""The filters of messages. None fails, whatever it is given, and none makes more than `LONGEST` characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias
from urllib.parse import quote_plus

from liquid import Undefined
from markupsafe import Markup, escape

Filter: TypeAlias = Callable[..., object]

LONGEST = 10_000
_MOST_DIGITS = 30
# What strftime does alike on every system; no widths, which would make a text of any length.
_DATE_FORMAT = re.compile(r"(?:[^%]|%[aAbBdmyYj%])*")


def text(value: object) -> str:
    """Write a value as Liquid does: nothing for what is not known. Markup stays markup."""
    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(text(value).strip()) if isinstance(value, str | int | float | Decimal) else None
    except ArithmeticError:
        return None
    return number if number is not None and number.is_finite() and number.adjusted() < _MOST_DIGITS else None


def _count(value: object, otherwise: int) -> int:
    number = _number(value)
    return otherwise if number is None else max(0, min(int(number), LONGEST))


def _of_text(function: Callable[[str], str]) -> Filter:
    """Make a function of a text a filter: whatever comes in becomes a text, what is too long is cut."""

    def filter(value: object = None, *_arguments: object, **_named: object) -> str:
        return function(text(value)[:LONGEST])[:LONGEST]

    return filter


def _with_text(function: Callable[[str, str], str], otherwise: str = "") -> Filter:
    """Make a function of two texts a filter; the second is its argument."""

    def filter(value: object = None, *arguments: object, **_named: object) -> str:
        second = text(arguments[0]) if arguments else otherwise
        return function(text(value)[:LONGEST], second[:LONGEST])[:LONGEST]

    return filter


def _default(value: object = None, *arguments: object, **_named: object) -> object:
    unknown = value is None or isinstance(value, Undefined) or value is False or (isinstance(value, str) and not value.strip())
    return arguments[0] if unknown and arguments else value


def _date(value: object = None, *arguments: object, **_named: object) -> object:
    written = text(arguments[0]) if arguments else "%d %B %Y"
    if not isinstance(value, date) or len(written) > 100 or not _DATE_FORMAT.fullmatch(written):
        return value
    return value.strftime(written)


def _round(value: object = None, *arguments: object, **_named: object) -> object:
    number = _number(value)
    if number is None:
        return value
    places = min(_count(arguments[0] if arguments else 0, 0), 6)
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if number.adjusted() < 20 else value


def _thousands(value: object = None, *arguments: object, **_named: object) -> object:
    number = _number(value)
    separator = text(arguments[0])[:3] if arguments else ","
    return value if number is None else f"{number:,f}".replace(",", separator)[:100]


def _truncate(value: str, longest: str) -> str:
    most = _count(longest, 50)
    return value if len(value) <= most else value[: max(0, most - 1)].rstrip() + "…"


def _escape(value: str) -> Markup:
    return value if isinstance(value, Markup) else escape(value)


def _line_breaks(value: str) -> Markup:
    return Markup("<br>\n").join(_escape(line) for line in value.splitlines())


FILTERS: Mapping[str, Filter] = {
    "append": _with_text(lambda value, more: value + more),
    "capitalize": _of_text(lambda value: value[:1].upper() + value[1:]),
    "date": _date,
    "default": _default,
    "downcase": _of_text(lambda value: value.lower()),
    "escape": _of_text(_escape),
    "newline_to_br": _of_text(_line_breaks),
    "prepend": _with_text(lambda value, more: more + value),
    "round": _round,
    "squish": _of_text(lambda value: " ".join(value.split())),
    "strip": _of_text(lambda value: value.strip()),
    "thousands": _thousands,
    "truncate": _with_text(_truncate, "50"),
    "upcase": _of_text(lambda value: value.upper()),
    "url_encode": _of_text(quote_plus),
}
