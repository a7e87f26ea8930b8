"""A small graph whose parts fail at will: nulls where none may be, values that no type allows, and resolvers and batches that raise.

It is made of the project's own edges, with batches that need no database.
"""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, cast
from uuid import UUID

import orjson
import strawberry
from graphql import GraphQLSchema
from sqlalchemy import literal
from strawberry.schema.config import StrawberryConfig

from domain.access import Role, Viewer
from domain.paging import Page, PageRequest, Position
from gql.context import Context, Info
from gql.edges import looked_up, to_many, to_one, to_pages
from gql.errors import ErrorCode, PublicError
from gql.nodes import computed, plain, shows
from gql.paging import Connection
from gql.scalars import SCALARS
from persistence.paging import Ordering
from persistence.written import Always, WrittenObject
from tests.both_executors import Asking, BothExecutors, require_agreement
from tests.drawn_documents import DrawnDocuments
from tests.drawn_values import Learned
from tests.worlds import NOON


class Broken(Exception):
    """Something that nobody foresaw."""


@dataclass(slots=True)
class Weather:
    """Decides from a seed what fails, the same for everybody who asks; `chance` is that of one place for one thing."""

    seed: int
    chance: float

    def strikes(self, place: str, number: int = 0) -> bool:
        """Tell whether a place fails for the thing with a number."""
        return random.Random(f"{self.seed} {place} {number}").random() < self.chance

    def calm(self, place: str, number: int, good: Any, bad: Any = None) -> Any:
        """Return the good value, or the bad one where it is struck."""
        return bad if self.strikes(place, number) else good

    @asynccontextmanager
    async def reading(self, _scope: object) -> AsyncGenerator[Weather]:
        """Stand where the database stands."""
        yield self


class Mood(StrEnum):
    """How a person is."""

    FINE = "FINE"
    CROSS = "CROSS"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, with everything about it decided."""

    number: int
    weather: Weather
    name: Any
    age: Any
    mood: Any
    tags: Any
    marks: Any
    rows: Any


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A firm."""

    number: int
    weather: Weather
    name: Any


def person(weather: Weather, number: int) -> PersonRow:
    """Make a person as the weather wants."""
    calm = weather.calm
    return PersonRow(
        number,
        weather,
        calm("name", number, f"Person {number}"),
        calm("age", number, 20 + number, 2**40),
        calm("mood", number, (Mood.FINE, Mood.CROSS)[number % 2], "SLEEPY"),
        calm("tags", number, ["a", calm("tag", number, "b"), "c"]),
        calm("marks", number, [1, calm("mark", number, 2), calm("worse mark", number, None, "many")]),
        [[number, calm("row", number, 7)], calm("rows", number, [8])],
    )


def firm(weather: Weather, number: int) -> FirmRow:
    """Make a firm as the weather wants."""
    return FirmRow(number, weather, weather.calm("firm name", number, f"Firm {number}"))


async def person_by_number(weather: Weather, numbers: Sequence[int]) -> Mapping[int, PersonRow]:
    """Find people; some are not there, and now and then nobody is."""
    if weather.strikes("people"):
        raise Broken
    return {number: person(weather, number) for number in numbers if not weather.strikes("absent person", number)}


async def firm_by_number(weather: Weather, numbers: Sequence[int]) -> Mapping[int, FirmRow]:
    """Find firms."""
    if weather.strikes("firms"):
        raise PublicError(ErrorCode.BAD_USER_INPUT, "No firm today.")
    return {number: firm(weather, number) for number in numbers if not weather.strikes("absent firm", number)}


async def people_by_firm(weather: Weather, numbers: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """Find the people of firms: three each, in whose row one may be missing."""
    if weather.strikes("people of firms"):
        raise Broken
    return {
        number: [weather.calm("gap", 10 * number + each, person(weather, (number + each) % 6)) for each in range(3)] for number in numbers
    }


async def reports_by_person(weather: Weather, numbers: Sequence[int]) -> Mapping[int, Sequence[PersonRow]]:
    """Find who reports to whom; who is not in the answer has nobody."""
    return {number: [person(weather, number // 2)] for number in numbers if number % 3}


class People:
    """A list of people in pages."""

    orderings: Mapping[str, Ordering] = {"NUMBER": Ordering(literal(0), int)}
    written_columns: Mapping[str, Any] = {}
    has_parents = False

    async def page(self, weather: Weather, request: PageRequest, filter: int | None, wanted: frozenset[str] | None = None) -> Page[Any]:
        """Read one page, of those from the filter's number on."""
        return (await self.pages(weather, [filter or 0], request, filter, wanted))[filter or 0]

    async def pages(
        self, weather: Weather, keys: Sequence[int], request: PageRequest, filter: int | None, wanted: frozenset[str] | None = None
    ) -> Mapping[int, Page[Any]]:
        """Read a page for each key."""
        if weather.strikes("pages", filter or 0):
            raise Broken
        del wanted
        return {key: self._page(weather, key + (filter or 0), request.size) for key in keys}

    def _page(self, weather: Weather, start: int, size: int) -> Page[Any]:
        rows = tuple(
            (Position(start + each, UUID(int=each)), weather.calm("row", start + each, person(weather, (start + each) % 6)))
            for each in range(min(size, 3))
        )
        return Page(rows, has_next=size < 3, has_previous=False)

    async def written_page(
        self, weather: Weather, request: PageRequest, filter: int | None, written: WrittenObject, _pages: object
    ) -> Page[Any]:
        """Write the rows of one page: nobody asks for more than the name of their type, as there are no columns."""
        page = await self.page(weather, request, filter)
        return replace(page, rows=tuple((position, None if row is None else _named(written)) for position, row in page.rows))

    async def written_pages(
        self, weather: Weather, keys: Sequence[int], request: PageRequest, filter: int | None, written: WrittenObject, _pages: object
    ) -> Mapping[int, bytes | None]:
        """Write the rows of a page for each key; none where one of them is missing."""
        pages = await self.pages(weather, keys, request, filter)
        return {
            key: None if any(row is None for _, row in page.rows) else b"[%b]" % b",".join(_named(written) for _ in page.rows)
            for key, page in pages.items()
        }

    async def count(self, _weather: Weather, filter: int | None) -> int:
        """Count the list."""
        return 3 + (filter or 0)

    async def counts(self, weather: Weather, keys: Sequence[int], filter: int | None) -> Mapping[int, int]:
        """Count lists; some cannot be counted."""
        return {key: 3 + (filter or 0) for key in keys if not weather.strikes("count", key)}


def _named(written: WrittenObject) -> bytes:
    return orjson.dumps({key: cast(Always, entry).text for key, entry in written.entries})


PEOPLE: Any = People()


def _weather(info: Info) -> Weather:
    return cast(Weather, cast(Any, info.context.database))


def _said(row: Any) -> str:
    if row.weather.strikes("said", row.number):
        raise Broken
    return f"I am {row.number}"


def _warned(row: Any) -> str | None:
    if row.weather.strikes("warned", row.number):
        raise PublicError(ErrorCode.BAD_USER_INPUT, f"Not number {row.number}.")
    return row.weather.calm("warning", row.number, "careful")


async def _late(root: Any) -> Any:
    if root.weather.strikes("late", root.number):
        raise Broken
    return root.weather.calm("later", root.number, root.number)


def _things(root: Any, info: Info) -> Any:
    weather = _weather(info)
    number = 0 if root is None else root.number
    if weather.strikes("things", number):
        raise Broken
    things = [person(weather, number), firm(weather, number + 1), weather.calm("stranger", number, firm(weather, number), object())]
    return [weather.calm("thing", 10 * number + each, thing) for each, thing in enumerate(things)]


_NUMBER = Annotated[int, strawberry.argument(description="Which one.")]
_FROM = Annotated[int | None, strawberry.argument(description="From which on.")]
Filter = {"from_": Annotated[int | None, strawberry.argument(name="from", description="From which number on.")]}


@strawberry.interface(description="Has a name.")
class Named:
    """People and firms."""

    name: str = plain("The name.")


@strawberry.type(description="A person.")
class Person(Named):
    """See `PersonRow`."""

    number: int = plain("The number.")
    name: str = plain("The name.")
    age: int | None = plain("The age.")
    years: int = computed("The age again.", lambda row: row.age)
    mood: Mood | None = plain("The mood.")
    tags: list[str] | None = plain("Some texts.")
    marks: list[int | None] = plain("Some numbers.")
    rows: list[list[int] | None] | None = plain("Lists in a list.")
    itself: Person = computed("The same person.", lambda row: row)
    said: str = computed("What it says.", _said)
    warned: str | None = computed("What it is warned of.", _warned)
    late: int = strawberry.field(resolver=_late, graphql_type=int, description="What takes longer.", metadata={"loads": True})
    firm: Firm | None = to_one("The firm.", key=lambda row: row.number // 2 or None, batch=firm_by_number)
    boss: Person = to_one("The boss.", key=lambda row: row.number + 1, batch=person_by_number)
    friend: Person | None = to_one("A friend.", key=lambda row: row.number + 2, batch=person_by_number)
    reports: list[Person] = to_many("Who reports.", key=lambda row: row.number, batch=reports_by_person)
    circle: Connection[Person] = to_pages(
        "People in pages.",
        listing=PEOPLE,
        order="NUMBER",
        key=lambda row: row.number,
        arguments=Filter,
        narrow=lambda given: given.get("from_"),
    )

    is_type_of = shows(PersonRow)


@strawberry.type(description="A firm.")
class Firm(Named):
    """See `FirmRow`."""

    number: int = plain("The number.")
    name: str = plain("The name.")
    head: Person | None = to_one("Who leads it.", key=lambda row: row.number, batch=person_by_number)
    people: list[Person | None] = to_many("Who works there.", key=lambda row: row.number, batch=people_by_firm)
    staff: list[Person] | None = to_many("The same, and nobody is missing.", key=lambda row: row.number, batch=people_by_firm)
    things: list[Annotated[Person | Firm, strawberry.union("Thing")] | None] = strawberry.field(resolver=_things, description="All kinds.")
    named: list[Named] | None = strawberry.field(resolver=_things, description="All kinds that have names.")

    is_type_of = shows(FirmRow)


@strawberry.type
class Query:
    """Where it begins."""

    person: Person | None = looked_up(
        "A person.", {"number": _NUMBER}, lambda given: (person_by_number, given["number"]) if given["number"] >= 0 else None
    )
    firm: Firm | None = looked_up("A firm.", {"number": _NUMBER}, lambda given: (firm_by_number, given["number"]))
    sure: Person = looked_up("A person who must be there.", {"number": _NUMBER}, lambda given: (person_by_number, given["number"]))
    people: Connection[Person] = to_pages(
        "All people.", listing=PEOPLE, order="NUMBER", key=None, arguments=Filter, narrow=lambda given: given.get("from_")
    )
    things: list[Annotated[Person | Firm, strawberry.union("Thing")]] | None = strawberry.field(
        resolver=_things, description="All kinds."
    )  # fmt: skip


_schema: Any = strawberry.Schema(query=Query, types=[Person, Firm], config=StrawberryConfig(scalar_map=SCALARS))
FAILING: GraphQLSchema = _schema._schema


def asking(weather: Weather) -> Asking:
    """Ask under a weather."""
    return Asking(lambda: _context(weather))


async def ask_under_weather(executors: BothExecutors, choices: random.Random, origin: str) -> None:
    """Ask a drawn document while this and that fails. Raises Differs."""
    weather = Weather(choices.randrange(10**6), choices.choice((0, 0.02, 0.05, 0.15)))
    with_rows = choices.random() < 0.05
    documents = DrawnDocuments(FAILING, choices, Learned(), lambda coordinate: with_rows or coordinate != "Person.rows")
    await require_agreement(executors, documents.draw(), asking(weather), f"{origin}, {weather}")


def both() -> BothExecutors:
    """Set up both executors for the graph: lists in lists are left to graphql-core."""
    return BothExecutors(FAILING, unplanned="rows")


def _context(weather: Weather) -> Context:
    """Make a request's context under a weather."""
    viewer = Viewer(UUID(int=1), UUID(int=1), Role.ADMIN, None, frozenset(), None)
    return Context(cast(Any, weather), viewer, NOON, "test")
