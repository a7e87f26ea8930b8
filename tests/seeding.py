"""Fills a workspace with as many rows in every list as a test asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Table
from uuid_utils.compat import uuid7

from domain.access import Role
from domain.activities import Activity, ActivityType, ContactAttempt, ContactChannel, ContactDirection, ContactOutcome
from domain.events import EventType
from domain.leads import Assignment, ExternalReference, Lead, LeadSource, StatusChange, Tag
from domain.people import Agent, Team
from domain.pipelines import CloseDateSlip, Pipeline, Stage, StageStay
from domain.status import LeadStatus
from domain.workspaces import ApiKey
from persistence import tables
from persistence.api_keys import add_api_key
from persistence.database import Writing
from persistence.histories import add_entries
from persistence.people import add_agents, add_teams, save_teams
from persistence.pipelines import add_pipelines, add_stages
from persistence.rows import columns_of, values_of
from persistence.statements import Constant
from tests.campaign_seeding import seed_campaigns
from tests.contact_seeding import seed_contacts
from tests.enrollment_seeding import seed_enrollments
from tests.follow_up_seeding import seed_follow_ups
from tests.merge_seeding import seed_merges
from tests.message_seeding import seed_messages
from tests.model_seeding import seed_models
from tests.segment_seeding import seed_custom_fields
from tests.webhook_seeding import seed_webhooks
from tests.worlds import World, blank_lead
from usecases.leads.editing import LeadEdits
from usecases.verbs import Work

# A pipeline has at most 30 stages, and a lead at most 50 tags.
_MOST_STAGES = 20
_MOST_TAGS = 40


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was put into the world; the first of each kind is the one with long lists of its own."""

    leads: Sequence[Lead]
    agents: Sequence[Agent]
    teams: Sequence[Team]
    tags: Sequence[Tag]
    pipelines: Sequence[Pipeline]
    stages: Sequence[Stage]
    activities: Sequence[Activity]
    attempts: Sequence[ContactAttempt]
    keys: Sequence[ApiKey]
    # What features put in themselves, by the names that operations know it by; a name alone means the first.
    others: Mapping[str, Sequence[Any]]


async def _insert(tx: Writing, table: Table, nouns: Sequence[Any]) -> None:
    if nouns:
        statement = Constant(table.insert(), ("workspace_id", *columns_of(nouns[0].__class__)))
        await tx.execute_many(statement, [values_of(noun) for noun in nouns])


def _copies(thing: Any, count: int, **named: str) -> list[Any]:
    """Make `count` things like one, with ids of their own and numbered texts."""
    return [replace(thing, id=uuid7(), **{name: pattern.format(number) for name, pattern in named.items()}) for number in range(count)]


async def seed(world: World, rows: int) -> Seeded:
    """Put `rows` rows into every list that may be so long: of the workspace, and of one lead, agent, team, stage, pipeline and tag."""
    agents: list[Agent] = [world.ada, *_copies(world.ada, rows - 1, name="Agent {}", email="agent{}@sales.example")]
    teams: list[Team] = [world.team, *_copies(world.team, rows - 1, name="Team {}")]
    pipelines: list[Pipeline] = [world.pipeline, *_copies(world.pipeline, rows - 1, name="Sales {}")]
    new_stages: list[Stage] = [
        *(replace(stage, position=4 + n) for n, stage in enumerate(_copies(world.stages[0], min(rows, _MOST_STAGES), name="Stage {}"))),
        *(replace(world.stages[0], id=uuid7(), pipeline_id=pipeline.id) for pipeline in pipelines[1:]),
    ]
    tags = [
        Tag(id=uuid7(), version=1, name=f"Tag {number}", color=None, created_at=world.at, updated_at=world.at) for number in range(rows)
    ]
    leads = [_lead(world, number) for number in range(rows)]
    activities = [_activity(world, lead, number) for lead in leads for number in range(rows if lead is leads[0] else 1)]
    attempts = [_attempt(world, lead, number) for lead in leads for number in range(rows if lead is leads[0] else 1)]
    keys = [_key(world, number) for number in range(rows)]
    async with world.database.writing(world.scope) as tx:
        await add_teams(tx, teams[1:])
        await add_agents(tx, agents[1:])
        await save_teams(tx, [replace(world.team, manager_id=world.ada.id)])
        await add_pipelines(tx, pipelines[1:])
        await add_stages(tx, new_stages)
        await _insert(tx, tables.tags, tags)
        for key in keys:
            await add_api_key(tx, key, bytes(32))
        edits = LeadEdits(Work(tx, world.viewer(), world.at))
        for lead in leads:
            edits.add(lead).tell(EventType.LEAD_CREATED, {"status": [None, lead.status]})
        saved = await edits.save()
        await _insert(tx, tables.activities, activities)
        await _insert(tx, tables.contact_attempts, attempts)
        await _link(tx, world, leads, tags)
        await add_entries(tx, [entry for lead in leads for entry in _history(world, lead, rows if lead is leads[0] else 1)])
        others = {
            **await seed_messages(tx, world, rows),
            **await seed_models(tx, world, rows),
            **await seed_campaigns(tx, world, leads, rows),
            **await seed_contacts(tx, world, leads, activities, attempts, rows),
            **await seed_enrollments(tx, world, leads, rows),
            **await seed_custom_fields(tx, world, leads, rows),
            **await seed_merges(tx, world, leads, rows),
            **await seed_follow_ups(tx, world, leads, attempts, rows),
            **await seed_webhooks(tx, world, rows),
        }
    return Seeded(
        [saved[lead.id] for lead in leads], agents, teams, tags, pipelines, [*world.stages, *new_stages], activities, attempts, keys, others
    )


def _lead(world: World, number: int) -> Lead:
    return replace(
        blank_lead(world.at - timedelta(minutes=number)),
        first_name=f"Ana {number}",
        last_name="Lima",
        title="Director of Sales",
        email=f"ana{number}@lima.example",
        # Two and two share a number, and may be one person.
        phones=(f"+3512100000{number // 2:02d}",),
        company=f"Lima {number}",
        country="PT",
        # All in one band of the score: whether a grade moves, which has its price, must not depend on the number of leads.
        employees=1 + number % 10,
        annual_revenue=Decimal(1_000_000 + number),
        source=LeadSource.WEBINAR,
        owner_id=world.ada.id,
        assigned_at=world.at,
        pipeline_id=world.pipeline.id,
        stage_id=world.stages[0].id,
        stage_entered_at=world.at,
        deal_value=Decimal(1000 + number),
        deal_currency="EUR",
        expected_close_date=date(2026, 9, 1),
        last_activity_at=world.at,
        live_enrollments=1,
    )


def _key(world: World, number: int) -> ApiKey:
    return ApiKey(
        id=uuid7(),
        name=f"Key {number}",
        hint="lgk_0000",
        role=Role.AGENT,
        agent_id=world.ada.id,
        scopes=None,
        created_at=world.at - timedelta(minutes=number),
        expires_at=None,
        revoked_at=None,
        last_used_at=None,
    )


def _activity(world: World, lead: Lead, number: int) -> Activity:
    values = dict.fromkeys(columns_of(Activity))
    known = {
        "id": uuid7(),
        "lead_id": lead.id,
        "type": ActivityType.WEBSITE_VISITED,
        "occurred_at": world.at - timedelta(days=number),
        "recorded_at": world.at,
        "agent_id": world.ada.id,
        "actor_kind": "AGENT",
        "actor_id": world.ada.id,
    }
    return Activity(**{**values, **known})  # pyright: ignore[reportArgumentType] -- the fields that may be empty are


def _attempt(world: World, lead: Lead, number: int) -> ContactAttempt:
    values = dict.fromkeys(columns_of(ContactAttempt))
    known = {
        "id": uuid7(),
        "lead_id": lead.id,
        "channel": ContactChannel.PHONE,
        "direction": ContactDirection.OUTBOUND,
        "outcome": ContactOutcome.NO_ANSWER,
        "occurred_at": world.at - timedelta(days=number),
        "recorded_at": world.at,
        "agent_id": world.ada.id,
        "actor_kind": "AGENT",
        "actor_id": world.ada.id,
    }
    return ContactAttempt(**{**values, **known})  # pyright: ignore[reportArgumentType] -- the fields that may be empty are


async def _link(tx: Writing, world: World, leads: Sequence[Lead], tags: Sequence[Tag]) -> None:
    tagged = {(leads[0].id, tag.id) for tag in tags[:_MOST_TAGS]} | {(lead.id, tags[0].id) for lead in leads}
    statement = Constant(tables.lead_tags.insert(), ("workspace_id", "lead_id", "tag_id", "tagged_at"))
    await tx.execute_many(statement, [{"lead_id": lead, "tag_id": tag, "tagged_at": world.at} for lead, tag in sorted(tagged)])
    references = [ExternalReference(lead.id, "crm", str(number), world.at) for number, lead in enumerate(leads)]
    references += [ExternalReference(leads[0].id, f"system {number}", "1", world.at) for number in range(len(leads))]
    await _insert(tx, tables.external_references, references)


def _history(world: World, lead: Lead, rows: int) -> Sequence[object]:
    """Make `rows` entries for each history but the score's, which has its first one already."""
    entries: list[object] = []
    by: dict[str, Any] = {"actor_kind": "AGENT", "actor_id": world.ada.id}
    for number in range(rows):
        at = world.at - timedelta(days=number + 1)
        left = None if number == 0 else at + timedelta(days=1)
        entries += [
            StatusChange(
                id=uuid7(), lead_id=lead.id, from_status=None, to_status=LeadStatus.NEW, reason=None, forced=False, at=at,
                seconds_in_previous=None, **by,
            ),
            Assignment(
                id=uuid7(), lead_id=lead.id, from_agent_id=world.ben.id, agent_id=world.ada.id, strategy="MANUAL", reason=None, at=at, **by
            ),
            StageStay(
                id=uuid7(), lead_id=lead.id, pipeline_id=world.pipeline.id, stage_id=world.stages[0].id, entered_at=at, left_at=left,
                entered_by_kind="AGENT", entered_by_id=world.ada.id, left_by_kind=left and "AGENT", left_by_id=left and world.ada.id,
            ),
            CloseDateSlip(id=uuid7(), lead_id=lead.id, from_date=None, to_date=date(2026, 9, 1), at=at, **by),
        ]  # fmt: skip
    return entries
