"""Whatever is asked with ids of another workspace is answered exactly as with ids that nothing has, and changes nothing there."""

from __future__ import annotations

import json
import random
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest
from uuid_utils.compat import uuid7

from domain.access import Role
from gql.ids import decode_id, encode_id
from persistence.database import Database
from persistence.tables import metadata
from tests.conftest import TestDatabase
from tests.seeding import Seeded, seed
from tests.worlds import World, build_world

OPERATIONS = Path(__file__).parents[1] / "gql" / "operations"
ROUNDS = 300
SEED = 20260630
# What differs between two runs by its nature: where a page lies, and the secret of a new key.
PRIVATE = {"cursor", "startCursor", "endCursor", "secret", "uploadUrl"}

IDS = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Lead { name owner { name } } ... on Agent { email } } }"
LEAD = "query ($id: ID!) { lead(id: $id) { id name } node(id: $id) { id } }"
FILTERED = "query ($filter: LeadFilter!) { leads(filter: $filter) { totalCount nodes { id name } } }"
CAMPAIGN = "query ($id: ID!) { campaign(id: $id) { id name members { totalCount nodes { id lead { name } } } performance { members } } }"
PAGED = "query ($after: Cursor!) { leads(after: $after) { totalCount nodes { id name } pageInfo { hasNextPage } } }"
# They tell who got which variant, which follows from ids; two workspaces have none in common.
TELL_VARIANTS = {"campaign", "campaigns", "leads_campaigns"}


@dataclass(frozen=True, slots=True)
class Twin:
    """One of two workspaces that look alike, as it asks with ids of a stranger."""

    world: World
    own: Mapping[str, Sequence[str]]
    foreign: Mapping[str, Sequence[str]]

    def fill(self, value: Any, choices: random.Random, kinds: Mapping[str, str]) -> Any:
        """Put ids of the right kind in the places of their names: mostly the stranger's, some of its own."""
        if isinstance(value, dict):
            if value.keys() == {"repeat"}:
                return [self.fill(value["repeat"], choices, kinds) for _ in range(3)]
            return {name: self.fill(inner, choices, kinds) for name, inner in value.items()}  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, list):
            return [self.fill(inner, choices, kinds) for inner in value]  # pyright: ignore[reportUnknownVariableType]
        name = re.fullmatch(r"\{(\w+)(:n)?\}", value) if isinstance(value, str) else None
        if name is None or name[1] not in kinds:
            return value.replace("{n}", str(choices.randrange(1000))) if isinstance(value, str) else value
        wanted = self.foreign if choices.random() < 0.7 else self.own
        if name[1].endswith("s") or name[1] == "everything":
            return [choices.choice(wanted[kinds[name[1]]]) for _ in range(3)]
        return choices.choice(wanted[kinds[name[1]]])


KINDS = {
    "lead": "Lead",
    "leads": "Lead",
    "deleted": "Lead",
    "everything": "Lead",
    "apiKey": "ApiKey",
    "agent": "Agent",
    "otherAgent": "Agent",
    "team": "Team",
    "emptyTeam": "Team",
    "tag": "Tag",
    "pipeline": "Pipeline",
    "stage": "Stage",
    "otherStage": "Stage",
    "stages": "Stage",
    "campaign": "Campaign",
    "draftCampaign": "Campaign",
    "pausedCampaign": "Campaign",
    "variant": "CampaignVariant",
    "budgetLine": "CampaignBudgetLine",
    "cost": "CampaignCost",
    "member": "CampaignMember",
    "attempt": "ContactAttempt",
    "activity": "Activity",
    "event": "Event",
    "queue": "Queue",
    "claim": "Claim",
}


def ids_of(world: World, seeded: Seeded) -> Mapping[str, Sequence[str]]:
    # By id, because a thing may go by several names.
    others: dict[str, dict[str, None]] = {}
    for things in seeded.others.values():
        for thing in things:
            others.setdefault(type(thing).__name__, {})[world.id(thing)] = None
    return {
        **{kind: list(ids) for kind, ids in others.items()},
        "Lead": [world.id(lead) for lead in seeded.leads],
        "Agent": [world.id(agent) for agent in seeded.agents],
        "Team": [world.id(team) for team in seeded.teams],
        "Tag": [world.id(tag) for tag in seeded.tags],
        "Pipeline": [world.id(pipeline) for pipeline in seeded.pipelines],
        "Stage": [world.id(stage) for stage in seeded.stages],
        "ApiKey": [world.id(key) for key in seeded.keys],
        "Activity": [world.id(activity) for activity in seeded.activities],
        "ContactAttempt": [world.id(attempt) for attempt in seeded.attempts],
    }


def unknown(ids: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Make as many ids that nothing has."""
    return {kind: [encode_id(kind, uuid7()) for _ in some] for kind, some in ids.items()}


def normalised(value: Any, seen: dict[str, str]) -> Any:
    """Replace ids by what they are of and the place of their first appearance."""
    if isinstance(value, dict):
        return {name: "…" if name in PRIVATE else normalised(inner, seen) for name, inner in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [normalised(inner, seen) for inner in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, str) and (decoded := decode_id(value)) is not None:
        return seen.setdefault(value, f"{decoded[0]} {len(seen)}")
    return value


def operations() -> Sequence[tuple[str, Any]]:
    """Every committed operation that takes ids, and those that only look things up."""
    found = [
        (path.read_text(), json.loads(path.with_suffix(".json").read_text()))
        for path in sorted(OPERATIONS.glob("*.graphql"))
        if path.with_suffix(".json").exists() and path.stem not in TELL_VARIANTS
    ]
    looking = [
        (IDS, {"ids": "{leads}"}),
        (IDS, {"ids": ["{agent}", "{stage}", "{tag}", "{team}", "{pipeline}", "{apiKey}"]}),
        (LEAD, {"id": "{lead}"}),
        (CAMPAIGN, {"id": "{campaign}"}),
        (LEAD, {"id": "{agent}"}),
        *((FILTERED, {"filter": {field: {"eq": f"{{{field}}}"}}}) for field in ("team", "pipeline", "stage", "campaign")),
        (FILTERED, {"filter": {"or": [{"owner": {"in": ["{agent}", "{otherAgent}"]}}, {"ids": "{leads}"}]}}),
        (FILTERED, {"filter": {"not": {"owner": {"eq": "{agent}"}}}}),
    ]
    return [(text, variables) for text, variables in found if any(f'"{{{name}' in json.dumps(variables) for name in KINDS)] + looking * 3


async def everything_of(test_database: TestDatabase, workspace_id: UUID) -> Mapping[str, str]:
    """Take a fingerprint of all rows of a workspace."""
    connection = await asyncpg.connect(test_database.dsn("SUPERUSER"))
    try:
        return {
            table: await connection.fetchval(
                f"SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {table} t WHERE workspace_id = $1",  # noqa: S608
                workspace_id,
            )
            for table in sorted(metadata.tables)
        }
    finally:
        await connection.close()


@asynccontextmanager
async def standing(walls: str, database: Database, test_database: TestDatabase) -> AsyncGenerator[Database]:
    """Connect as the application does, or as somebody whom row security does not bind."""
    if walls == "both walls":
        yield database
        return
    superuser = Database(test_database.dsn("SUPERUSER"), size=10)
    try:
        yield superuser
    finally:
        await superuser.close()


@pytest.mark.parametrize("walls", ["both walls", "the predicates alone"])
async def test_a_strangers_ids_are_answered_like_unknown_ones(walls: str, database: Database, test_database: TestDatabase) -> None:
    stranger = await build_world(database)
    theirs = ids_of(stranger, await seed(stranger, 4))
    before = await everything_of(test_database, stranger.workspace.id)
    nothing = unknown(theirs)
    async with standing(walls, database, test_database) as connected:
        twins: list[Twin] = []
        for foreign in (theirs, nothing):
            world = await build_world(connected)
            twins.append(Twin(world, ids_of(world, await seed(world, 4)), foreign))
        chooser = random.Random(SEED)
        pool = operations()
        for number in range(ROUNDS):
            text, variables = chooser.choice(pool)
            role = chooser.choice([Role.ADMIN, Role.MANAGER, Role.AGENT, Role.INTEGRATION])
            draw = chooser.randrange(2**32)
            answers: list[bytes] = []
            for twin in twins:
                filled = twin.fill(variables, random.Random(draw), KINDS)
                viewer = twin.world.viewer(role, twin.world.ben if role is Role.AGENT else None)
                body = await twin.world.answer(text, filled, viewer=viewer)
                seen = {
                    id: f"{kind} {place}" for ids in (twin.own, twin.foreign) for kind, some in ids.items() for place, id in enumerate(some)
                }
                answers.append(orjson.dumps(normalised(body, seen)))
            assert answers[0] == answers[1], f"operation {number}:\n{text}\n{answers[0].decode()}\n{answers[1].decode()}"
    assert await everything_of(test_database, stranger.workspace.id) == before


async def test_a_strangers_cursor_is_a_place_like_any_other(database: Database) -> None:
    """A cursor is a place in an order; it says nothing about whether a row is or was there."""
    ours, theirs = await build_world(database), await build_world(database)
    for world in (ours, theirs):
        await seed(world, 4)
    page = await theirs.ask("{ leads(first: 2) { pageInfo { endCursor } } }")
    stolen = page["leads"]["pageInfo"]["endCursor"]
    place = orjson.loads(urlsafe_b64decode(stolen + "=="))
    invented = urlsafe_b64encode(orjson.dumps([*place[:2], uuid7().hex])).rstrip(b"=").decode()

    answers = [await ours.ask(PAGED, {"after": cursor}) for cursor in (stolen, invented)]

    assert answers[0] == answers[1]
    assert answers[0]["leads"]["totalCount"] == 4


async def test_an_agent_sees_no_more_of_its_own_workspace_than_the_rule_allows(world: World) -> None:
    """Visibility inside a workspace is a wall as well: activities and histories of hidden leads are hidden with them."""
    seeded = await seed(world, 3)
    await world.lead(owner_id=world.cleo.id, company="Cleo's own")
    cleo = world.viewer(Role.AGENT, world.cleo)
    hidden = [world.id(thing) for thing in (*seeded.leads, *seeded.activities[:3])]
    hidden += [encode_id("ContactAttempt", attempt.id) for attempt in seeded.attempts[:3]]
    histories = await world.ask(
        "query ($id: ID!) { lead(id: $id) { statusHistory { nodes { id } } scoreHistory { nodes { id } } assignmentHistory { nodes { id } }"
        " stageHistory { nodes { id } } } }",
        {"id": hidden[0]},
    )
    hidden += [node["id"] for connection in histories["lead"].values() for node in connection["nodes"]]

    found = await world.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": hidden}, viewer=cleo)
    lists = await world.ask("{ leads { totalCount nodes { company { name } } } activities { totalCount } }", viewer=cleo)

    assert [node for node in found["nodes"] if node is not None] == []
    assert lists == {"leads": {"totalCount": 1, "nodes": [{"company": {"name": "Cleo's own"}}]}, "activities": {"totalCount": 0}}


async def test_without_the_predicate_and_without_row_security_the_twins_would_differ(database: Database) -> None:
    """The test's own alarm: asked with ids of its own workspace, the answers do differ from those with unknown ids."""
    world = await build_world(database)
    own = ids_of(world, await seed(world, 2))
    found = await world.ask(IDS, {"ids": own["Lead"]})
    missing = await world.ask(IDS, {"ids": unknown(own)["Lead"]})
    assert all(found["nodes"])
    assert missing == {"nodes": [None, None]}
