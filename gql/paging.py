"""Relay connections over keyset pages: arguments in, cursors and counts out."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from binascii import b2a_base64
from collections.abc import Awaitable, Hashable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
import strawberry

from domain.paging import Page, PageRequest, Position
from gql.context import Context, Info
from gql.errors import ErrorCode, PublicError
from gql.scalars import Cursor
from persistence.database import Reading
from persistence.paging import Listing, Ordering

T = TypeVar("T")
DEFAULT_SIZE = 20
MAX_SIZE = 100
_TOO_LARGE = Decimal(10) ** 18
_MOST_PLACES = 18
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def encode_cursor(order: str, position: Position) -> str:
    """Write a position as an opaque cursor; the order's name goes with it, so that cursors of other orders are refused."""
    value = position.value
    if isinstance(value, Decimal):
        value = str(value)
    # URL-safe base64 without padding.
    return b2a_base64(orjson.dumps([order, value, position.id.hex]), newline=False).translate(_URL_SAFE, b"=").decode()


def _bad_cursor(argument: str) -> PublicError:
    return PublicError(ErrorCode.BAD_USER_INPUT, f"`{argument}` is not a cursor of this list in this order.")


def decode_cursor(argument: str, text: str, order: str, ordering: Ordering) -> Position:
    """Read a cursor. Raises PublicError BAD_USER_INPUT when it is none, or one of another order."""
    try:
        named, written, id = orjson.loads(urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
        if named != order or not isinstance(id, str):
            raise _bad_cursor(argument)
        position = Position(_sort_value(written, ordering.value_type), UUID(hex=id))
    except (ValueError, TypeError, ArithmeticError):
        raise _bad_cursor(argument) from None
    if not ordering.accepts(position.value):
        raise _bad_cursor(argument)
    return position


def _sort_value(written: Any, kind: type) -> object:
    """Read the value of a cursor; only what the database can compare passes. Raises ValueError, TypeError, ArithmeticError."""
    value = written
    if written is not None and kind is datetime:
        value = datetime.fromisoformat(written)
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        value = value.astimezone(UTC)
    elif written is not None and kind is date:
        value = date.fromisoformat(written)
    elif written is not None and kind is Decimal:
        value = Decimal(written)
        if not value.is_finite() or abs(value) >= _TOO_LARGE or int(value.as_tuple().exponent) < -_MOST_PLACES:
            raise ValueError("a number that no amount has")
    if (isinstance(value, int) and abs(value) > 2**31 - 1) or (isinstance(value, str) and "\0" in value):
        raise ValueError("out of the database's range")
    return value


def _size(name: str, value: int) -> int:
    if not 1 <= value <= MAX_SIZE:
        raise PublicError(ErrorCode.BAD_USER_INPUT, f"`{name}` must be 1–{MAX_SIZE}.")
    return value


def page_request(
    order: str,
    ordering: Ordering,
    *,
    descending: bool,
    first: int | None,
    last: int | None,
    after: str | None,
    before: str | None,
) -> PageRequest:
    """Check a connection's arguments. Raises PublicError BAD_USER_INPUT."""
    if first is not None and last is not None:
        raise PublicError(ErrorCode.BAD_USER_INPUT, "Ask for `first` or for `last`, not for both.")
    return PageRequest(
        order=order,
        descending=descending,
        size=_size("last", last) if last is not None else _size("first", first if first is not None else DEFAULT_SIZE),
        backward=last is not None,
        after=None if after is None else decode_cursor("after", after, order, ordering),
        before=None if before is None else decode_cursor("before", before, order, ordering),
    )


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Relay's page info."""

    has_next_page: bool = strawberry.field(description="Whether more follows after the page.")
    has_previous_page: bool = strawberry.field(
        description="Whether something lies before the page; exact with `last`, else true whenever `after` was given."
    )
    start_cursor: Cursor | None = strawberry.field(description="The first row's cursor; null on an empty page.")
    end_cursor: Cursor | None = strawberry.field(description="The last row's cursor; null on an empty page.")


@strawberry.type(description="One row of a list, with its place.")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: Cursor = strawberry.field(description="The row's place in this order of the list.")
    node: T = strawberry.field(description="The row.")


def _count(root: Any, info: Info):
    return root.count(info.context)


@strawberry.type(description="A page of a list. Rows that do not move are seen exactly once, whatever is written between two pages.")
class Connection(Generic[T]):
    """Relay's connection, with the rows also without their edges, and a count that is made only when it is asked for."""

    edges: list[Edge[T]] = strawberry.field(description="The page's rows with their cursors.")
    nodes: list[T] = strawberry.field(description="The page's rows alone.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: int = strawberry.field(
        resolver=_count,
        description="How many rows the whole list has under this filter.",
        metadata={"loads": True},
    )


# The key of a list that hangs at the root of the graph.
ROOT = object()


class ConnectionValue:
    """What the resolver of a connection answers with; its attributes are the fields of `Connection`."""

    def __init__(self, page: Page[Any], order: str, listing: Listing[Any, Any], key: Hashable, filter: Hashable | None) -> None:
        self._page = page
        self._order = order
        self._listing = listing
        self._key = key
        self._filter = filter

    def count(self, context: Context) -> Awaitable[int]:
        """Count the whole list, together with those of all its siblings."""
        return context.loaders.load(_counts, self._key, self._listing, self._filter)

    @cached_property
    def edges(self) -> list[Edge[Any]]:
        return [Edge(cursor=Cursor(encode_cursor(self._order, position)), node=node) for position, node in self._page.rows]

    @property
    def nodes(self) -> list[Any]:
        return [node for _, node in self._page.rows]

    @property
    def page_info(self) -> PageInfo:
        rows = self._page.rows
        return PageInfo(
            has_next_page=self._page.has_next,
            has_previous_page=self._page.has_previous,
            start_cursor=Cursor(encode_cursor(self._order, rows[0][0])) if rows else None,
            end_cursor=Cursor(encode_cursor(self._order, rows[-1][0])) if rows else None,
        )


async def _counts(db: Reading, keys: Sequence[Any], listing: Listing[Any, Any], filter: Hashable | None) -> Mapping[Any, int]:
    return {ROOT: await listing.count(db, filter)} if keys[0] is ROOT else await listing.counts(db, keys, filter)
