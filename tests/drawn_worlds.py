"""Workspaces for drawn documents, and all that may ask in them: each role, as an agent or not, with all scopes or with few."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, cast

from graphql import GraphQLNamedType, GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument

from domain.access import Permission, Role, Viewer
from gql.context import Context
from gql.permissions import authorize, required
from gql.schema import SCHEMA
from persistence.database import Database
from persistence.tables import metadata
from tests.both_executors import Asking, BothExecutors, require_agreement
from tests.drawn_documents import Drawn, DrawnDocuments
from tests.drawn_values import Learned
from tests.seeding import seed
from tests.worlds import World, build_world

# A cursor of the feed moves with every transaction of the cluster.
MOVING = frozenset({"EventFeed.cursor", "EventFeed.hasMore"})


class TableLost(Exception):
    """Stands for whatever makes a statement fail."""


@dataclass(slots=True)
class Place:
    """A workspace, what is known of it, and who asks in it."""

    world: World
    learned: Learned
    viewers: list[Viewer]

    def asking(self, viewer: Viewer) -> Asking:
        """Ask as a viewer, each time with a fresh request."""
        return Asking(
            lambda: Context(self.world.database, viewer, self.world.at, "test"),
            lambda operation, coerced: authorize(viewer, operation, coerced),
        )

    @contextmanager
    def failing(self, table: str) -> Generator[None]:
        """Let every statement fail that reads a table."""

        def fail(statement: str) -> None:
            if re.search(rf"\b(FROM|JOIN) {table}\b", statement):
                raise TableLost(table)

        self.world.database.listener = fail
        try:
            yield
        finally:
            self.world.database.listener = None


def viewers(world: World) -> list[Viewer]:
    """Make a viewer of each role, agents among them who see more and who see less, and keys that may little."""
    few = (frozenset({Permission.READ_LEADS}), frozenset({Permission.READ_LEADS, Permission.MANAGE_PEOPLE}), frozenset[Permission]())
    return [
        *(world.viewer(role) for role in Role),
        *(world.viewer(role, agent) for role in (Role.AGENT, Role.MANAGER) for agent in (world.ada, world.ben, world.cleo)),
        *(world.viewer(Role.ADMIN, None, scopes) for scopes in few),
    ]


async def full_world(database: Database, rows: int) -> World:
    """Make a workspace with rows of everything, leads of several owners among them."""
    world = await build_world(database)
    await seed(world, rows)
    for number in range(12):
        lead = await world.lead(
            first_name=f"Ada {number}",
            last_name="Lovelace" if number % 2 else None,
            company=None if number % 3 else 'Engines "&" <Söhne>',
            email=f"ada{number}@engines.example",
            phones=("+351912345678",) if number % 4 == 0 else (),
            owner_id=(world.ben.id, world.cleo.id, None)[number % 3],
            website_visits=number,
            employees=number * 60,
        )
        world.at += timedelta(minutes=1)
        for status in ("CONTACTED", "NURTURING")[: number % 3]:
            await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": status}, "lead { id }")
    return world


async def places(database: Database, executors: BothExecutors, rows: int = 5) -> list[Place]:
    """Make a full workspace and one that is nearly empty; each knows what the other is made of. Raises Differs."""
    full, empty = await full_world(database, rows), await build_world(database)
    await empty.lead(first_name="Only")
    found = [Place(world, Learned(), viewers(world)) for world in (full, empty)]
    for place in found:
        for drawn in walks():
            await require_agreement(executors, drawn, place.asking(place.viewers[0]), "a walk through all that hangs at a field")
            place.learned.learn(executors.last, drawn.fields)
    for kind in {*found[0].learned.ids, *found[1].learned.ids}:
        theirs = [place.learned.ids[kind][:2] for place in found]
        for place, foreign in zip(found, reversed(theirs), strict=True):
            place.learned.ids[kind] += foreign
    return found


@dataclass(slots=True)
class Stream:
    """A stream of documents from a seed, asked in places by their viewers."""

    executors: BothExecutors
    places: Sequence[Place]
    seed: int
    choices: random.Random = field(init=False)
    # How often each field was asked for.
    uses: Counter[str] = field(default_factory=Counter[str])

    def __post_init__(self) -> None:
        """Begin at the seed."""
        self.choices = random.Random(self.seed)

    async def step(self, number: int) -> None:
        """Ask the next document. Raises Differs."""
        choice = self.choices.choice
        place = choice([*self.places, self.places[0]])
        viewer = choice(place.viewers)
        may: Callable[[str], bool] = partial(_may, viewer, all_of_it=self.choices.random() < 0.1)
        drawn = DrawnDocuments(SCHEMA, self.choices, place.learned, may, self.uses).draw(spoiled=choice((0, 0, 0.02, 0.1)))
        asker = f"{viewer.role}, agent {viewer.agent_id}, {len(viewer.permissions)} permissions"
        origin = f"seed {self.seed}, document {number}, {asker}"
        with place.world.recorded() as statements:
            await require_agreement(self.executors, drawn, place.asking(viewer), origin)
        place.learned.learn(self.executors.last, drawn.fields)
        read = sorted(set(re.findall(r"\b(?:FROM|JOIN) (\w+)", " ".join(statements))) & metadata.tables.keys())
        if read and self.choices.random() < 0.2:
            table = choice(read)
            with place.failing(table):
                await require_agreement(self.executors, drawn, place.asking(viewer), f"{origin}, while {table} cannot be read")


def walks() -> list[Drawn]:
    """Write a document for each field of the root that needs no argument, which asks for all ids and places two relations deep."""
    query = cast(GraphQLObjectType, SCHEMA.query_type)
    return [
        Drawn(f"{{ {name} {_walk(cast(Any, get_named_type(each.type)), 3)} }}", None, ({},))
        for name, each in query.fields.items()
        if not any(is_required_argument(argument) for argument in each.args.values()) and not is_leaf_type(get_named_type(each.type))
    ]  # fmt: skip


def _walk(type: GraphQLNamedType, depth: int) -> str:
    parts = ["__typename"]
    for name, each in getattr(type, "fields", {}).items():
        named = cast(Any, get_named_type(each.type))
        if f"{type.name}.{name}" in MOVING or any(is_required_argument(argument) for argument in each.args.values()):
            continue
        if is_leaf_type(named):
            parts += [name] if named.name in ("ID", "Cursor", "String") else []
        elif depth and name != "nodes":
            parts.append(f"{name}{'(first: 2)' if 'first' in each.args and depth < 3 else ''} {_walk(named, depth - 1)}")
    return f"{{ {' '.join(parts)} }}"


def _may(viewer: Viewer, coordinate: str, *, all_of_it: bool) -> bool:
    if coordinate in MOVING:
        return False
    permission = required(coordinate)
    return all_of_it or permission is None or viewer.may(permission)
