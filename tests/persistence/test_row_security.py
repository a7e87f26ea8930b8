"""Two walls around each workspace, each of which holds alone: the predicate in every statement, and row security behind it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import asyncpg
import pytest
from asyncpg import Connection, Record
from graphql import get_named_type
from uuid_utils.compat import uuid7

from domain.access import SYSTEM
from domain.activities import Activity, ContactAttempt
from domain.events import Event, EventCause, EventType
from domain.merging import LeadMerge
from domain.model_versions import ModelVersion
from domain.paging import PageRequest
from gql.edges import EdgeDeclaration, LookUp, ToMany, ToOne, ToPages, edge_of
from gql.nodes import NODE_BATCHES
from gql.schema import SCHEMA
from persistence.database import Database, Reading, Scope, Writing
from persistence.leads import add_leads, lead_for_update
from persistence.lookups import ById
from persistence.outcome_policies import current_outcome_policy, rules_in_force
from persistence.scoring_models import model_by_key, version_by_number
from persistence.scoring_runs import last_run
from persistence.tables import metadata
from persistence.working_hours import hours_of_workspace
from persistence.workspaces import workspace_of
from persistence.written import NO_PAGES, Form, Value, WrittenObject, can_write
from tests.conftest import APPLICATION, TestDatabase
from tests.contract.verdicts import nobody
from tests.seeding import Seeded, seed
from tests.worlds import World, blank_lead, build_world

TABLES = sorted(metadata.tables)


@asynccontextmanager
async def connected(test_database: TestDatabase, kind: str = "") -> AsyncGenerator[Connection[Record]]:
    connection = await asyncpg.connect(test_database.dsn(kind))
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def within(connection: Connection[Record], workspace_id: UUID) -> AsyncGenerator[None]:
    async with connection.transaction():
        await connection.execute(f"SET LOCAL app.workspace = '{workspace_id}'")
        yield


# What the catalogue of the database says


async def test_every_table_has_its_wall(test_database: TestDatabase) -> None:
    async with connected(test_database) as connection:
        rows = await connection.fetch(
            """
            SELECT relname, relrowsecurity AND relforcerowsecurity AS forced,
                   EXISTS (SELECT FROM pg_policies WHERE tablename = relname AND policyname = 'workspace' AND cmd = 'ALL'
                           AND permissive = 'PERMISSIVE' AND coalesce(with_check, qual) = qual
                           AND qual LIKE '%current_setting(''app.workspace''::text)%') AS wall
            FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
            """
        )
        walls = await connection.fetch("SELECT DISTINCT qual FROM pg_policies WHERE policyname = 'workspace'")
        doors = await connection.fetch("SELECT tablename, policyname, cmd, roles::text FROM pg_policies WHERE policyname <> 'workspace'")
    assert sorted(row["relname"] for row in rows) == TABLES
    nobody((row["relname"] for row in rows if not (row["forced"] and row["wall"])), "tables without a wall:")
    assert [row["qual"] for row in walls] == [
        "(workspace_id = ( SELECT (current_setting('app.workspace'::text))::uuid AS current_setting))",
    ]
    assert [tuple(row) for row in doors] == [("workspaces", "owner", "SELECT", "{leadgraph_owner}")]


async def test_every_key_and_every_reference_stays_inside_the_workspace(test_database: TestDatabase) -> None:
    async with connected(test_database) as connection:
        first = await connection.fetch(
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = 1 "
            "WHERE relname = ANY ($1) AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace "
            "AND (attname <> 'workspace_id' OR NOT attnotnull)",
            TABLES,
        )
        keys = await connection.fetch(
            "SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
            "WHERE relname = ANY ($1) AND indisunique AND indkey[0] <> 1",
            TABLES,
        )
        references = await connection.fetch(
            "SELECT conname AS name FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid "
            "WHERE relname = ANY ($1) AND contype = 'f' AND (conkey[1] <> 1 OR confkey[1] <> 1)",
            TABLES,
        )
    nobody((row["relname"] for row in first), "tables that do not start with workspace_id:")
    nobody((row["name"] for row in keys), "unique keys without workspace_id:")
    nobody((row["name"] for row in references), "references that can leave the workspace:")


async def test_the_applications_role_owns_nothing_and_bypasses_nothing(test_database: TestDatabase) -> None:
    async with connected(test_database, "SUPERUSER") as connection:
        role = await connection.fetchrow(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = $1", APPLICATION
        )
        # Temporary tables are a session's own, and gone with it.
        owned = await connection.fetch(
            "SELECT objid FROM pg_shdepend LEFT JOIN pg_class ON pg_class.oid = objid AND classid = 'pg_class'::regclass "
            "LEFT JOIN pg_type ON pg_type.oid = objid AND classid = 'pg_type'::regclass "
            "WHERE refobjid = $1::regrole AND deptype = 'o' "
            "AND coalesce(relnamespace, typnamespace)::regnamespace::text !~ '^pg_(toast_)?temp_'",
            APPLICATION,
        )
        memberships = await connection.fetch("SELECT roleid FROM pg_auth_members WHERE member = $1::regrole", APPLICATION)
        may_create = await connection.fetchval("SELECT has_schema_privilege($1, 'public', 'CREATE')", APPLICATION)
    assert role is not None
    assert set(role.values()) == {False}
    assert (owned, memberships, may_create) == ([], [], False)


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE leadgraph_owner",
        "SET row_security = off; SELECT FROM leads",
        "ALTER TABLE leads DISABLE ROW LEVEL SECURITY",
        "DROP POLICY workspace ON leads",
        "CREATE TABLE mine (id int)",
        "TRUNCATE leads CASCADE",
        "UPDATE alembic_version SET version_num = 'x'",
    ],
)
async def test_the_applications_role_cannot_take_the_wall_down(test_database: TestDatabase, statement: str) -> None:
    async with connected(test_database) as connection:
        await connection.execute(f"SET app.workspace = '{uuid7()}'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)


# A session that names no workspace


async def answering(connection: Connection[Record], refusal: type[asyncpg.PostgresError]) -> list[str]:
    """List the tables that answer, and do not refuse."""
    answering: list[str] = []
    for table in TABLES:
        try:
            await connection.fetch(f"SELECT FROM {table} LIMIT 1")
        except refusal:
            continue
        answering.append(table)
    return answering


async def test_a_session_without_a_workspace_gets_an_error_and_never_an_empty_answer(test_database: TestDatabase) -> None:
    async with connected(test_database) as connection:
        # Who reads an empty table from end to end holds no row against the wall; who looks for the workspace's rows does, and finds none.
        await connection.execute("SET enable_seqscan = off")
        nobody(await answering(connection, asyncpg.UndefinedObjectError), "tables that answer a session without a workspace:")
        async with within(connection, uuid7()):
            pass
        # PostgreSQL remembers that the setting existed, and leaves it empty.
        nobody(await answering(connection, asyncpg.InvalidTextRepresentationError), "tables that answer a session whose workspace is over:")


# Without the predicate, row security holds


async def test_statements_without_a_predicate_see_and_touch_one_workspace_only(database: Database, test_database: TestDatabase) -> None:
    ours, theirs = await build_world(database), await build_world(database)
    for world in (ours, theirs):
        await seed(world, 2)
    async with connected(test_database) as connection, within(connection, ours.workspace.id):
        for table in TABLES:
            seen = await connection.fetch(f"SELECT DISTINCT workspace_id FROM {table}")  # noqa: S608 -- a table of ours
            assert {row["workspace_id"] for row in seen} <= {ours.workspace.id}, table
        assert await connection.execute("UPDATE leads SET notes = 'x' WHERE workspace_id = $1", theirs.workspace.id) == "UPDATE 0"
        assert await connection.execute("UPDATE leads SET notes = 'x'") == "UPDATE 2"
        assert await connection.execute("DELETE FROM activities WHERE workspace_id = $1", theirs.workspace.id) == "DELETE 0"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO idempotency_keys (workspace_id, key, verb, fingerprint, created_at) VALUES ($1, 'k', 'v', '', now())",
        "UPDATE teams SET workspace_id = $1",
    ],
)
async def test_nothing_is_written_into_another_workspace(world: World, test_database: TestDatabase, statement: str) -> None:
    async with connected(test_database) as connection:
        await connection.execute(f"SET app.workspace = '{world.workspace.id}'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await connection.execute(statement, uuid7())


async def test_a_reference_into_another_workspace_cannot_be_stored(database: Database, test_database: TestDatabase) -> None:
    """Not even by a role that row security does not bind."""
    ours, theirs = await build_world(database), await build_world(database)
    async with as_superuser(test_database) as superuser:
        for foreign in ({"owner_id": theirs.ada.id}, {"pipeline_id": theirs.pipeline.id, "stage_id": theirs.stages[0].id}):
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                await store(superuser, ours, foreign)


async def store(database: Database, world: World, fields: dict[str, Any]) -> None:
    async with database.writing(world.scope) as tx:
        await add_leads(tx, [replace(blank_lead(world.at), **fields)])


# Every relation of the graph, with either wall removed


def declared_edges() -> Iterator[tuple[str, EdgeDeclaration]]:
    for name, kind in SCHEMA.type_map.items():
        definition = kind.extensions.get("strawberry-definition")
        for field in getattr(definition, "fields", ()):
            edge = edge_of(field)
            if edge is not None:
                yield f"{name}.{field.python_name}", edge


# Look-ups start from nothing but what the caller names, by batches that relations have, too.
EDGES = {name: edge for name, edge in declared_edges() if not isinstance(edge, LookUp)}
SUBSCRIPTIONS = SCHEMA.subscription_type
TOLD = {str(cast(Any, get_named_type(field.type))) for field in SUBSCRIPTIONS.fields.values()} if SUBSCRIPTIONS else set[str]()


# What PostgreSQL writes itself comes by statements of their own.
JUST_IDS = WrittenObject((("id", Value("id", Form.KEY, nullable=False, prefix="Any:")),))


def keys_of(edge: ToOne | ToMany | ToPages, things: Sequence[Any]) -> Sequence[Any]:
    """List the keys by which a relation starts from these things, as far as it can start from them at all."""
    keys: dict[Any, None] = {}
    for thing in things:
        with suppress(AttributeError):
            keys[edge.key(thing) if edge.key else None] = None
    return [key for key in keys if key is not None]


async def leaks(db: Reading, edge: ToOne | ToMany | ToPages, things: Sequence[Any]) -> Sequence[Any]:
    """Follow a relation from things, or from the root, and return what it brought of them or theirs."""
    keys = keys_of(edge, things)
    if not isinstance(edge, ToPages):
        found: list[Any] = list((await edge.batch(db, keys)).values()) if keys else []
        batch: Any = edge.batch
        if keys and isinstance(batch, ById):
            found += (await cast("ById[Any]", batch).written(db, keys, JUST_IDS, NO_PAGES)).values()
        return [thing for each in found if each for thing in (each if isinstance(each, list | tuple) else [each])]  # pyright: ignore[reportUnknownVariableType]
    request = PageRequest(edge.order, descending=edge.descending, size=100)
    if edge.key is None:
        ids = {getattr(thing, "id", None) for thing in things}
        return [row for _, row in (await edge.listing.page(db, request)).rows if row.id in ids]
    pages, counts = await edge.listing.pages(db, keys, request), await edge.listing.counts(db, keys)
    written: dict[Any, bytes | None] = {}
    if edge.listing.has_parents and can_write(JUST_IDS, edge.listing.written_columns):
        written.update(await edge.listing.written_pages(db, keys, request, None, JUST_IDS))
    return [
        *(row for page in pages.values() for _, row in page.rows),
        *(count for count in counts.values() if count),
        *(text for text in written.values() if text != b"[]"),
    ]


CAUSES = {
    EventCause.ACTIVITY: Activity,
    EventCause.CONTACT_ATTEMPT: ContactAttempt,
    EventCause.MERGE: LeadMerge,
    EventCause.SCORING_MODEL: ModelVersion,
}


async def things_of(world: World, seeded: Seeded) -> Sequence[Any]:
    """Gather things of every kind: what was seeded, and all that one step along any relation brings."""
    things = [
        *(world.workspace, replace(world.viewer(agent=world.ada), key_id=seeded.keys[0].id)),
        *(*seeded.leads, *seeded.agents, *seeded.teams, *seeded.tags, *seeded.stages, *seeded.pipelines),
        *(*seeded.activities, *seeded.attempts, *seeded.keys),
        *(thing for things in seeded.others.values() for thing in things),
    ]
    async with world.database.reading(world.scope) as db:
        for edge in EDGES.values():
            things += [thing for thing in await leaks(db, edge, things) if not isinstance(thing, int | str)]
    return [*things, *_effects(things, world.at)]


def _effects(things: Sequence[Any], at: datetime) -> Iterator[Event]:
    """Let an event follow from every thing that may be a cause of one."""
    for thing in things:
        for kind, noun in CAUSES.items():
            if isinstance(thing, noun):
                yield Event(
                    id=uuid7(),
                    lead_id=None,
                    sequence=None,
                    type=EventType.LEAD_UPDATED,
                    at=at,
                    actor=SYSTEM,
                    cause=kind,
                    cause_id=thing.id,
                )


@pytest.fixture(scope="module")
async def two_worlds(database: Database) -> tuple[World, World, Sequence[Any]]:
    """Two workspaces that look alike, and the things of the second."""
    ours, theirs = await build_world(database), await build_world(database)
    await seed(ours, 3)
    return ours, theirs, await things_of(theirs, await seed(theirs, 3))


@asynccontextmanager
async def as_superuser(test_database: TestDatabase) -> AsyncGenerator[Database]:
    """Connect as somebody whom row security does not bind."""
    database = Database(test_database.dsn("SUPERUSER"), size=1)
    try:
        yield database
    finally:
        await database.close()


# The way back to the workspace, and to what it has set, takes no key: it answers the scope's own, whatever asks. Models have the same
# names everywhere.
KEYLESS = (workspace_of, hours_of_workspace, current_outcome_policy, rules_in_force, model_by_key, version_by_number, last_run)
KEYED = [relation for relation, edge in EDGES.items() if not (isinstance(edge, ToOne | ToMany) and edge.batch in KEYLESS)]


@pytest.mark.parametrize("relation", KEYED)
async def test_predicates_alone_keep_every_relation_inside(
    relation: str, two_worlds: tuple[World, World, Sequence[Any]], test_database: TestDatabase
) -> None:
    ours, _, foreign = two_worlds
    async with as_superuser(test_database) as superuser, superuser.reading(ours.scope) as db:
        assert await leaks(db, EDGES[relation], foreign) == []


@pytest.mark.parametrize("relation", EDGES)
async def test_row_security_alone_keeps_every_relation_inside(
    relation: str, two_worlds: tuple[World, World, Sequence[Any]], database: Database
) -> None:
    """The statements are bound to the other workspace, as if somebody had mixed up scopes; the session names ours."""
    ours, theirs, foreign = two_worlds
    async with database.reading(ours.scope) as db:
        db.scope = theirs.scope
        # A relation that needs the workspace itself does not even find that.
        with suppress(LookupError):
            assert await leaks(db, EDGES[relation], foreign) == []


async def locked_or_found(tx: Writing, foreign: Sequence[Any]) -> Sequence[str]:
    ids = list({id for thing in foreign if isinstance(id := getattr(thing, "id", None), UUID)})
    found = [kind for kind, batch in NODE_BATCHES.items() if await batch(tx, ids)]
    return [*found, *(str(id) for id in await lead_for_update(tx, ids))]


async def test_predicates_alone_keep_foreign_ids_unknown(
    two_worlds: tuple[World, World, Sequence[Any]], test_database: TestDatabase
) -> None:
    ours, _, foreign = two_worlds
    async with as_superuser(test_database) as superuser, superuser.writing(ours.scope) as tx:
        assert await locked_or_found(tx, foreign) == []


async def test_row_security_alone_keeps_foreign_ids_unknown(two_worlds: tuple[World, World, Sequence[Any]], database: Database) -> None:
    ours, theirs, foreign = two_worlds
    async with database.writing(ours.scope) as tx:
        tx.scope = theirs.scope
        assert await locked_or_found(tx, foreign) == []


async def test_the_same_relations_do_bring_things_to_those_who_may_see_them(
    two_worlds: tuple[World, World, Sequence[Any]], database: Database
) -> None:
    _, theirs, things = two_worlds
    async with database.reading(Scope(theirs.workspace.id)) as db:
        silent = {relation for relation, edge in EDGES.items() if not await leaks(db, edge, things)}
    nobody(silent - NOT_SEEDED, "relations that bring nothing even to their own workspace, so that the tests above prove nothing:")


# Refusals and what subscriptions tell are not stored; imports and events have tests of their own.
NOT_SEEDED = {
    "Query.imports",
    "EventCause.import_",
    "DuplicateLead.existing",
    "MergeNotUndoable.merge",
    "Lead.events",
    "WebhookDelivery.event",
    "WebhookEndpoint.missed_events",
    # A step is no row but a part of a plan; its template is looked up by id like every node.
    "SendStep.template_version",
    *(relation for relation in EDGES if relation.split(".")[0] in TOLD),
}
