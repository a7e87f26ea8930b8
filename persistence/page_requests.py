"""What a page that is asked for means to its statement: its shape, the values that it leaves open, and the page that its rows make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from asyncpg import Record

from domain.paging import Page, PageRequest, Position

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shape:
    """All of a request that its statement depends on: of the cursors only whether their values are null. None: there is no cursor."""

    order: str
    descending: bool
    backward: bool
    after_null: bool | None
    before_null: bool | None


def shape_of(request: PageRequest) -> Shape:
    """Return what the statement depends on."""
    after, before = request.after, request.before
    return Shape(
        request.order,
        request.descending,
        request.backward,
        None if after is None else after.value is None,
        None if before is None else before.value is None,
    )


def marks_of(request: PageRequest) -> dict[str, Any]:
    """Return the values that the statement leaves open; one row more than asked for tells whether there are more."""
    marks: dict[str, Any] = {"size": request.size + 1}
    for name, position in (("after", request.after), ("before", request.before)):
        if position is not None:
            marks[f"{name}_id"] = position.id
            marks[f"{name}_value"] = position.value
    return marks


def row_text(row: Record) -> bytes | None:
    """Build nothing of a row that is written already."""
    return row["row"]


def page_of(rows: Sequence[Record], request: PageRequest, build: Callable[[Record], T]) -> Page[T]:
    """Make the page of the rows that were found, in the list's order."""
    more = len(rows) > request.size
    kept = rows[: request.size]
    if request.backward:
        kept = kept[::-1]
    built = tuple([(Position(row["_sort"], row["_id"]), build(row)) for row in kept])
    # Looking away from the direction of travel, a cursor that was given proves that something lies there.
    if request.backward:
        return Page(built, has_next=request.before is not None, has_previous=more)
    return Page(built, has_next=more, has_previous=request.after is not None)
