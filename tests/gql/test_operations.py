"""No statement count depends on the number of rows; the SQL of every operation is committed beside it, and reviewed like code.

`LEADGRAPH_WRITE_SQL=1` writes the SQL anew.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from graphql import parse

from domain.events import FeedPosition
from domain.leads import Lead
from gql.events.cursors import encode_feed_cursor
from gql.ids import encode_id
from gql.schema import SCHEMA
from persistence.database import Database
from tests.conftest import PATIENT, TestDatabase
from tests.contract.verdicts import nobody
from tests.seeding import Seeded, seed
from tests.worlds import World, build_world

FOLDER = Path(__file__).parent / "operations"
OPERATIONS = sorted(FOLDER.glob("*.graphql"))
FEW, MANY = 10, 200
# Their rows are those of an uploaded file, and the tests of imports count what is done with them.
NEED_A_FILE = {"import", "previewImport", "startImport"}


class Known:
    """What the variables of an operation can name, as `{lead}` or `{leads}`; `{"repeat": row}` makes a row for each lead."""

    def __init__(self, world: World, seeded: Seeded) -> None:
        self._leads = [world.id(lead) for lead in seeded.leads]
        self._ids: dict[str, str | list[str]] = {
            "lead": self._leads[0],
            "leads": self._leads,
            "second": self._leads[1],
            "third": self._leads[2],
            "deleted": self._leads[-1],
            "cursor": encode_feed_cursor(world.workspace.id, FeedPosition(0), world.at),
            "apiKey": world.id(seeded.keys[0]),
            "agent": world.id(world.ada),
            "otherAgent": world.id(world.ben),
            "team": world.id(world.team),
            "emptyTeam": world.id(world.other_team),
            "tag": world.id(seeded.tags[0]),
            "pipeline": world.id(world.pipeline),
            "stage": world.id(world.stages[0]),
            "otherStage": world.id(world.stages[1]),
            "stages": [world.id(stage) for stage in seeded.stages if stage.pipeline_id == world.pipeline.id],
            "attempt": encode_id("ContactAttempt", seeded.attempts[0].id),
            "activity": world.id(seeded.activities[0]),
            "everything": _some_of_everything(world, seeded),
            **{name: world.id(things[0]) for name, things in seeded.others.items()},
        }

    def learn(self, name: str, id: str) -> None:
        """Take in what a preparation made."""
        self._ids[name] = id

    def fill(self, value: Any, row: int = 0) -> Any:
        """Put ids in the places of their names."""
        if isinstance(value, dict):
            if value.keys() == {"repeat"}:
                return [self.fill(value["repeat"], number) for number in range(len(self._leads))]
            return {name: self.fill(inner, row) for name, inner in value.items()}  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, list):
            return [self.fill(inner, row) for inner in value]  # pyright: ignore[reportUnknownVariableType]
        if not isinstance(value, str):
            return value
        if value == "{lead:n}":
            return self._leads[row]
        whole = re.fullmatch(r"\{(\w+)\}", value)
        return self._ids[whole[1]] if whole and whole[1] != "n" else value.replace("{n}", str(row))


def _some_of_everything(world: World, seeded: Seeded) -> list[str]:
    kinds: Sequence[Sequence[Any]] = (seeded.leads, seeded.agents, seeded.activities, seeded.stages, seeded.tags)
    share = min(len(seeded.leads) // 10, 15)
    ids = [world.id(thing) for things in kinds for thing in things[:share]]
    return [*ids, *(encode_id("ContactAttempt", attempt.id) for attempt in seeded.attempts[:share])]


async def filled_world(database: Database, rows: int) -> tuple[World, Known]:
    world = await build_world(database)
    return world, Known(world, await seed(world, rows))


@pytest.fixture(scope="module")
async def database(test_database: TestDatabase) -> AsyncIterator[Database]:
    """Connect with one connection: batches of one level come in their order, so what is known by the next does not depend on chance."""
    database = Database(test_database.dsn(), size=1, limits=PATIENT)
    yield database
    await database.close()


@pytest.fixture(scope="module")
async def worlds(database: Database) -> Sequence[tuple[World, Known]]:
    """A workspace with few rows and one with many, for all operations that only read."""
    return [await filled_world(database, rows) for rows in (FEW, MANY)]


def variables_of(operation: Path, known: Known) -> Mapping[str, Any]:
    beside = operation.with_suffix(".json")
    return known.fill(json.loads(beside.read_text())) if beside.exists() else {}


async def prepare(world: World, operation: Path, known: Known) -> None:
    """Do what must have happened before a mutation has something to do."""
    if operation.stem == "restore_lead":
        await world.tell("deleteLead", {"leadId": known.fill("{deleted}")}, "errors { __typename }")
    if operation.stem == "unmerge_leads":
        input = known.fill({"survivorId": "{second}", "loserId": "{third}"})
        known.learn("merge", (await world.tell("mergeLeads", input, "merge { id }"))["merge"]["id"])


async def statements(world: World, known: Known, operation: Path) -> list[str]:
    """Run an operation that must succeed, and return its SQL."""
    await prepare(world, operation, known)
    with world.recorded() as recorded:
        data = await world.ask(operation.read_text(), variables_of(operation, known), viewer=world.viewer(agent=world.ada))
    refused = [payload["errors"] for payload in data.values() if isinstance(payload, dict) and payload.get("errors")]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    assert refused == []
    return list(recorded)


def taken_apart(sql: str) -> Counter[str]:
    """Take a file apart: batches of one level run at once, so that their order may be another each time."""
    return Counter(statement.strip() for statement in sql.split(";\n"))


def written(recorded: Sequence[str]) -> str:
    return "".join(f"{statement.strip()};\n\n" for statement in recorded).rstrip("\n") + "\n"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda path: path.stem)
async def test_an_operation_runs_the_same_statements_for_few_rows_and_for_many(
    operation: Path, worlds: Sequence[tuple[World, Known]], database: Database
) -> None:
    if operation.read_text().startswith("mutation"):
        worlds = [await filled_world(database, rows) for rows in (FEW, MANY)]
    few, many = [await statements(world, known, operation) for world, known in worlds]

    assert len(few) == len(many), f"{len(few)} statements for {FEW} rows, {len(many)} for {MANY}:\n" + written(
        list((Counter(many) - Counter(few)).elements())
    )
    assert Counter(few) == Counter(many)
    beside = operation.with_suffix(".sql")
    if os.environ.get("LEADGRAPH_WRITE_SQL"):
        beside.write_text(written(few))
    assert beside.exists(), "run it once with LEADGRAPH_WRITE_SQL=1, and review what it wrote"
    changed = taken_apart(beside.read_text()) != taken_apart(written(few))
    assert not changed, "the SQL is another by now: write it anew with LEADGRAPH_WRITE_SQL=1, and review the difference"


def test_every_operation_is_named_after_its_file() -> None:
    for path in OPERATIONS:
        definition: Any = parse(path.read_text()).definitions[0]
        assert definition.name.value == "".join(part.capitalize() for part in path.stem.split("_")), path.name


def test_every_field_at_the_root_has_an_operation() -> None:
    texts = [path.read_text() for path in OPERATIONS]
    fields = [
        name
        for root in (SCHEMA.query_type, SCHEMA.mutation_type)
        if root is not None
        for name in root.fields
        if name not in NEED_A_FILE and not any(re.search(rf"\b{name}\b\s*[({{]", text) for text in texts)
    ]
    nobody(fields, "root fields without an operation in tests/gql/operations:")


def test_every_sql_file_belongs_to_an_operation() -> None:
    nobody((path.name for path in FOLDER.glob("*.sql") if not path.with_suffix(".graphql").exists()), "SQL of no operation:")


async def test_a_load_for_each_row_would_be_noticed(database: Database) -> None:
    """The law's own alarm: reading the leads one by one takes more statements for more rows."""
    counts: list[int] = []
    for rows in (3, 6):
        world, known = await filled_world(database, rows)
        leads: Any = known.fill("{leads}")
        with world.recorded() as recorded:
            for lead in leads:
                await world.ask("query ($id: ID!) { lead(id: $id) { id } }", {"id": lead})
        counts.append(len(recorded))
    assert counts == [3, 6]
    assert encode_id(Lead.__name__, world.ada.id) not in leads
