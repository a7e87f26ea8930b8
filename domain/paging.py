"""What a page of an ordered list is, apart from where the rows come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in an ordered list: the sort value of a row and its id. The row itself need not exist any more."""

    value: object
    id: UUID


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of which order is asked for. `size` is 1–100; `backward` counts from the end."""

    order: str
    descending: bool
    size: int
    backward: bool = False
    after: Position | None = None
    before: Position | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T_co]):
    """A part of an ordered list, always in the list's order, with each row's position."""

    rows: tuple[tuple[Position, T_co], ...]
    has_next: bool
    has_previous: bool


EMPTY_PAGE: Page[object] = Page((), has_next=False, has_previous=False)
