"""The API's scalars, and how their values are read and written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from gql.errors import ErrorCode, PublicError

EmailAddress = NewType("EmailAddress", str)
PhoneNumber = NewType("PhoneNumber", str)
URL = NewType("URL", str)
Cursor = NewType("Cursor", str)

_MAX_DIGITS = 60


def _bad(message: str) -> PublicError:
    return PublicError(ErrorCode.BAD_USER_INPUT, message)


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise _bad("A DateTime is written as a string.")
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise _bad("A DateTime is written as RFC 3339 says, such as 2026-03-01T09:30:00Z.") from None
    if instant.tzinfo is None:
        raise _bad("A DateTime needs its offset from UTC.")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise _bad("A DateTime lies in the years 1 to 9999.") from None


def written_instant(value: datetime) -> str:
    """Write an instant in UTC, a second's fraction without zeros at its end: as PostgreSQL does, and RFC 3339 allows."""
    # The database's instants are in UTC already.
    text = (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()[:-6]
    return f"{text.rstrip('0')}Z" if value.microsecond else f"{text}Z"


def _day(value: Any) -> date:
    if not isinstance(value, str):
        raise _bad("A Date is written as a string.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _bad("A Date is written as RFC 3339 says, such as 2026-03-01.") from None


def _decimal(value: Any) -> Decimal:
    # Bounds are the domain's, which answers with a refusal; here only what is no number at all is turned away.
    if not isinstance(value, str) or len(value) > _MAX_DIGITS:
        raise _bad("A Decimal is written as a string of digits.")
    try:
        return Decimal(value)
    except InvalidOperation:
        raise _bad("A Decimal is written as a string of digits.") from None


def _written_decimal(value: Decimal) -> str:
    """Write without exponent and without trailing zeros: equal numbers read equal."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _bad("A string is expected.")
    return value


def _text_scalar(name: str, description: str, specified_by_url: str | None = None) -> ScalarDefinition:
    # Whether the text is a good address is the domain's to say, as a refusal beside all others.
    return strawberry.scalar(name=name, description=description, specified_by_url=specified_by_url, serialize=str, parse_value=_text)


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant as RFC 3339 writes it. Answers are in UTC; inputs may have any offset.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=written_instant,
        parse_value=_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day of the calendar, such as 2026-03-01.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description="An exact decimal number, written as a string so that no client rounds it.",
        serialize=_written_decimal,
        parse_value=_decimal,
    ),
    EmailAddress: _text_scalar(
        "EmailAddress",
        "An e-mail address. A malformed one is refused as data.",
        "https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address",
    ),
    PhoneNumber: _text_scalar(
        "PhoneNumber",
        "A phone number, in answers always as E.164. Inputs may be national when the lead or the workspace has a country.",
        "https://www.itu.int/rec/T-REC-E.164",
    ),
    URL: _text_scalar("URL", "An absolute http or https address.", "https://url.spec.whatwg.org/"),
    Cursor: _text_scalar("Cursor", "A place in a list, opaque; it belongs to the order that it came from."),
}
