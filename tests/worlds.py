"""A workspace made for one test, with people in it, and a way to ask questions as each of them."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.access import AgentVisibility, LeadVisibility, Permission, Role, Viewer, effective_permissions, lead_visibility
from domain.leads import Lead, LeadSource
from domain.people import Agent, Availability, Team
from domain.pipelines import Pipeline, Stage, StageKind
from domain.scoring import Grade, Priority, Temperature
from domain.status import LeadStatus
from domain.workspaces import Workspace
from gql.context import Context
from gql.engine import QueryEngine
from gql.errors import PUBLIC_ERRORS
from gql.execution import GraphQLExecutor, GraphQLRequest
from gql.ids import decode_kind, encode_id
from gql.permissions import authorize
from gql.schema import SCHEMA
from persistence import people, pipelines, workspaces
from persistence.database import Database, Scope
from persistence.tables import metadata
from usecases.leads.editing import LeadEdits
from usecases.verbs import Call, Work

# As servers run it, and graphql-core alone.
EXECUTOR = GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS, engine=QueryEngine(SCHEMA))
ORDINARY = GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS)
NOON = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """One workspace. `at` is the instant at which everything happens until a test moves it on."""

    database: Database
    workspace: Workspace
    team: Team
    other_team: Team
    ada: Agent
    ben: Agent
    cleo: Agent
    pipeline: Pipeline
    stages: tuple[Stage, ...]
    at: datetime = NOON
    statements: list[str] = field(default_factory=list[str])

    @property
    def scope(self) -> Scope:
        """See all of the workspace."""
        return Scope(self.workspace.id)

    def viewer(self, role: Role = Role.ADMIN, agent: Agent | None = None, scopes: frozenset[Permission] | None = None) -> Viewer:
        """Make a viewer of the workspace."""
        visibility: LeadVisibility | None = None
        if agent is not None:
            visibility = lead_visibility(role, agent.id, agent.team_id, self.workspace.agent_visibility)
        return Viewer(
            workspace_id=self.workspace.id,
            key_id=UUID(int=1),
            role=role,
            agent_id=agent.id if agent else None,
            permissions=effective_permissions(role, scopes),
            visibility=visibility,
        )

    def call(self, viewer: Viewer | None = None) -> Call:
        """Make the call that a verb takes."""
        return Call(self.database, viewer or self.viewer(), self.at)

    async def answer(
        self, query: str, variables: Mapping[str, Any] | None = None, *, viewer: Viewer | None = None, operation: str | None = None
    ) -> dict[str, Any]:
        """Run an operation and return the whole body of the answer."""
        asking = viewer or self.viewer()
        response = await EXECUTOR.execute(
            GraphQLRequest(query, variables or {}, operation),
            Context(self.database, asking, self.at, "test"),
            request_id="test",
            authorize=lambda prepared, coerced: authorize(asking, prepared, coerced),
        )
        # As a client reads it: parts are JSON already.
        return orjson.loads(orjson.dumps(response.body()))

    async def ask(self, query: str, variables: Mapping[str, Any] | None = None, *, viewer: Viewer | None = None) -> dict[str, Any]:
        """Run an operation that must succeed and return its data."""
        body = await self.answer(query, variables, viewer=viewer)
        assert "errors" not in body, body["errors"]
        return body["data"]

    async def tell(self, mutation: str, input: Mapping[str, Any], selection: str, *, viewer: Viewer | None = None) -> dict[str, Any]:
        """Run one mutation by name and return its payload."""
        name = mutation[0].upper() + mutation[1:]
        query = f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ {selection} }} }}"
        return (await self.ask(query, {"input": input}, viewer=viewer))[mutation]

    @contextmanager
    def recorded(self) -> Generator[list[str]]:
        """Collect the SQL statements that run meanwhile."""
        statements: list[str] = []
        self.database.listener = statements.append
        try:
            yield statements
        finally:
            self.database.listener = None

    async def lead(self, **fields: Any) -> Lead:
        """Put a lead into the workspace, scored like any other."""
        async with self.database.writing(self.scope) as tx:
            edits = LeadEdits(Work(tx, self.viewer(), self.at))
            edit = edits.add(replace(blank_lead(self.at), **fields))
            return (await edits.save())[edit.lead.id]

    async def leads(self, count: int, **fields: Any) -> list[Lead]:
        """Put many leads into the workspace with one transaction, in the order in which filters mean them."""
        async with self.database.writing(self.scope) as tx:
            edits = LeadEdits(Work(tx, self.viewer(), self.at))
            for _ in range(count):
                edits.add(replace(blank_lead(self.at), **fields))
            return sorted((await edits.save()).values(), key=lambda lead: lead.id)

    async def agent(self, name: str, team: Team | None = None, **fields: Any) -> Agent:
        """Put an agent into the workspace."""
        agent = blank_agent(name, team, **fields)
        async with self.database.writing(self.scope) as tx:
            await people.add_agents(tx, [agent])
        return agent

    async def change(self, agent: Agent, **fields: Any) -> Agent:
        """Change an agent behind the API's back."""
        changed = replace(agent, **fields)
        async with self.database.writing(self.scope) as tx:
            await people.save_agents(tx, [changed])
        return changed

    async def events(self, lead: Lead | str) -> list[tuple[str, dict[str, Any]]]:
        """Read the events of a lead, or of a global id, in their order: type and changes."""
        async with self.database.reading(self.scope) as db:
            rows = await db.fetch(
                text("SELECT type, changes FROM events WHERE workspace_id = :workspace_id AND lead_id = :lead_id ORDER BY sequence"),
                lead_id=decode_kind("Lead", lead) if isinstance(lead, str) else lead.id,
            )
        return [(row["type"], row["changes"]) for row in rows]

    async def contents(self) -> dict[str, str]:
        """Digest each table's rows of the workspace: equal before and after means that nothing was written."""
        tables = [table for table in metadata.sorted_tables if "workspace_id" in table.c]
        digest = "SELECT md5(coalesce(string_agg(row::text, '' ORDER BY row::text), '')) FROM {} AS row WHERE workspace_id = :workspace_id"
        async with self.database.reading(self.scope) as db:
            return {table.name: await db.fetch_value(text(digest.format(table.name))) for table in tables}

    def id(self, thing: Any) -> str:
        """Return the global id of a thing."""
        name = type(thing).__name__
        return encode_id(_OTHER_NAMES.get(name, name), thing.id)


# What the graph calls by another name than the code.
_OTHER_NAMES = {"ModelSeries": "ScoringModel", "ModelVersion": "ScoringModelVersion"}


def blank_lead(at: datetime) -> Lead:
    """Make a lead that nobody knows anything about."""
    empty = dict.fromkeys(Lead.__dataclass_fields__)
    counts = dict.fromkeys(
        (
            "website_visits",
            "content_downloads",
            "page_views",
            "email_opens",
            "email_clicks",
            "social_engagements",
            "outbound_attempts",
            "event_sequence",
            "live_enrollments",
            "score_total",
        ),
        0,
    )
    known: dict[str, Any] = {
        "id": uuid7(),
        "version": 1,
        "created_at": at,
        "updated_at": at,
        "phones": (),
        "do_not_call": False,
        "do_not_email": False,
        "source": LeadSource.OTHER,
        "first_touch_at": at,
        "last_source": LeadSource.OTHER,
        "last_touch_at": at,
        "status": LeadStatus.NEW,
        "status_since": at,
        "grade": Grade.D,
        "temperature": Temperature.COLD,
        "priority": Priority.LOW,
    }
    values: dict[str, Any] = {**empty, **counts, **known}
    return Lead(**values)


def blank_agent(name: str, team: Team | None = None, **fields: Any) -> Agent:
    """Make an agent who takes every lead."""
    agent = Agent(
        id=uuid7(),
        version=1,
        name=name,
        email=f"{name.lower()}@sales.example",
        team_id=team.id if team else None,
        availability=Availability.AVAILABLE,
        capacity=None,
        weight=1,
        territories=(),
        languages=(),
        sources=(),
        last_assigned_at=None,
        credit=0,
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(agent, **fields)


def _team(name: str) -> Team:
    return Team(id=uuid7(), version=1, name=name, manager_id=None, created_at=NOON, updated_at=NOON)


def _stages(pipeline: Pipeline) -> tuple[Stage, ...]:
    kinds = (("Discovery", StageKind.OPEN, 10), ("Offer", StageKind.OPEN, 50), ("Won", StageKind.WON, 100), ("Lost", StageKind.LOST, 0))
    return tuple(
        Stage(
            id=uuid7(),
            pipeline_id=pipeline.id,
            version=1,
            name=name,
            position=position,
            kind=kind,
            win_probability=probability,
            mapped_status=None,
            rotting_days=None,
            required_fields=(),
            deleted_at=None,
            created_at=NOON,
            updated_at=NOON,
        )
        for position, (name, kind, probability) in enumerate(kinds)
    )


async def build_world(database: Database, *, visibility: AgentVisibility = AgentVisibility.TEAM_AND_POOL) -> World:
    """Make a workspace: Ada and Ben sell in the North, Cleo in the South, one pipeline has four stages."""
    workspace = Workspace(
        id=uuid7(),
        name="Acme",
        currency="EUR",
        time_zone="Europe/Lisbon",
        country="PT",
        agent_visibility=visibility,
        scoring_model="standard",
        version=1,
        created_at=NOON - timedelta(days=400),
        updated_at=NOON - timedelta(days=400),
        postal_address="Acme\nRua da Prova 7\n1000-111 Lisboa",
    )
    north, south = _team("North"), _team("South")
    ada, ben, cleo = blank_agent("Ada", north), blank_agent("Ben", north), blank_agent("Cleo", south)
    pipeline = Pipeline(id=uuid7(), version=1, name="Sales", description=None, archived_at=None, created_at=NOON, updated_at=NOON)
    stages = _stages(pipeline)
    async with database.writing(Scope(workspace.id)) as tx:
        await workspaces.add_workspace(tx, workspace)
        await people.add_teams(tx, [north, south])
        await people.add_agents(tx, [ada, ben, cleo])
        await pipelines.add_pipelines(tx, [pipeline])
        await pipelines.add_stages(tx, stages)
    return World(database, workspace, north, south, ada, ben, cleo, pipeline, stages)
