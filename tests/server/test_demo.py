"""The demo workspace: made up, and yet true to every rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from domain.access import Role, system_viewer
from domain.activities import ActivityType, ContactDirection
from domain.campaign_members import chosen_variant
from domain.campaigns import CampaignStatus
from domain.enrollments import EnrollmentState, StepOutcome
from domain.leads import Lead, ScoreEntry, StatusChange
from domain.pipelines import StageStay
from domain.scoring import breakdown_from_json, score
from domain.scoring_facts import is_valid_phone
from domain.scoring_models import MODELS
from domain.status import CLOSED, TRANSITIONS, LeadStatus
from gql.ids import encode_id
from persistence.database import Database
from server.demo.invention import Invention
from server.demo.queries import FIRST_QUERY
from tests.worlds import NOON, World, build_world
from usecases.demo.fill import Contents, fill_workspace
from usecases.keys.create_api_key import CreateApiKey, create_api_key
from usecases.verbs import Call

MANY = Invention(leads=150, seed=7)


@pytest.fixture(scope="module")
def contents() -> Contents:
    """Make it up once; nobody changes it."""
    return MANY.for_workspace(UUID(int=7), NOON)


def of_lead(entries: Any, kind: type, lead: Lead) -> list[Any]:
    return [entry for entry in entries if isinstance(entry, kind) and entry.lead_id == lead.id]


def test_the_same_seed_makes_up_the_same_leads(contents: Contents) -> None:
    def told(made: Contents) -> list[tuple[object, ...]]:
        return [(lead.name, lead.email, lead.phones, lead.created_at, lead.status, lead.score_total) for lead in made.leads]

    assert told(MANY.for_workspace(UUID(int=8), NOON)) == told(contents)
    assert told(replace(MANY, seed=8).for_workspace(UUID(int=8), NOON)) != told(contents)


def test_there_is_something_of_everything(contents: Contents) -> None:
    assert len(contents.leads) == 150
    assert {lead.grade for lead in contents.leads} == {"A", "B", "C", "D"}
    assert {lead.status for lead in contents.leads} == set(LeadStatus)
    assert {entry.cause for entry in contents.entries if isinstance(entry, ScoreEntry)} >= {"ACTIVITY", "CONTACT_ATTEMPT", "TIME"}
    assert len(contents.activities) > 1_000
    assert len(contents.attempts) > 200
    assert contents.tagged
    assert contents.references


def test_scores_are_those_of_the_model_and_their_histories_add_up(contents: Contents) -> None:
    scores = {current.lead_id: current for current in contents.scores}
    for lead in contents.leads:
        assert score(lead.facts, MODELS["standard"], NOON).total == lead.score_total == scores[lead.id].total
        assert sum(category.points for category in breakdown_from_json(scores[lead.id].breakdown)) == lead.score_total  # pyright: ignore[reportArgumentType] -- JSON
        history: list[ScoreEntry] = of_lead(contents.entries, ScoreEntry, lead)
        assert history[0].from_total is None
        assert history[-1].total == lead.score_total
        assert all(later.from_total == earlier.total and later.at >= earlier.at for earlier, later in pairwise(history))
        assert lead.rescore_at is None or lead.rescore_at > NOON


def test_counts_are_those_of_the_activities(contents: Contents) -> None:
    for lead in contents.leads:
        done = Counter(activity.type for activity in contents.activities if activity.lead_id == lead.id)
        downloads = {a.asset for a in contents.activities if a.lead_id == lead.id and a.type is ActivityType.CONTENT_DOWNLOADED}
        outbound = [a for a in contents.attempts if a.lead_id == lead.id and a.direction is ContactDirection.OUTBOUND]
        assert lead.website_visits == done[ActivityType.WEBSITE_VISITED]
        assert lead.email_clicks == done[ActivityType.EMAIL_CLICKED]
        assert lead.content_downloads == len(downloads)
        assert lead.outbound_attempts == len(outbound)


def test_nobody_owns_more_than_there_is_room_for() -> None:
    usual = Invention().for_workspace(UUID(int=7), NOON)
    for agent in usual.agents:
        own = [lead for lead in usual.leads if lead.owner_id == agent.id and lead.status not in CLOSED]
        assert agent.capacity is not None
        assert 0 < len(own) <= agent.capacity
        assert agent.last_assigned_at == max(lead.assigned_at for lead in usual.leads if lead.owner_id == agent.id and lead.assigned_at)


def test_every_status_change_is_a_legal_one(contents: Contents) -> None:
    for lead in contents.leads:
        changes: list[StatusChange] = of_lead(contents.entries, StatusChange, lead)
        assert (changes[0].from_status, changes[0].to_status) == (None, LeadStatus.NEW)
        assert all(later.from_status is earlier.to_status for earlier, later in pairwise(changes))
        assert all(change.to_status in TRANSITIONS[change.from_status] for change in changes if change.from_status is not None)
        assert changes[-1].to_status is lead.status


def test_stays_follow_each_other_and_end_where_the_lead_is(contents: Contents) -> None:
    stages = {stage.id: stage for stage in contents.stages}
    for lead in contents.leads:
        stays: list[StageStay] = of_lead(contents.entries, StageStay, lead)
        assert all(earlier.left_at == later.entered_at for earlier, later in pairwise(stays))
        assert [stay.stage_id for stay in stays if stay.left_at is None] == [id for id in [lead.stage_id] if id is not None]
        if lead.stage_id is not None:
            assert stages[lead.stage_id].mapped_status is lead.status


def test_events_are_numbered_without_a_gap_and_nothing_lies_ahead(contents: Contents) -> None:
    for lead in contents.leads:
        numbers = [event.sequence for event in contents.events if event.lead_id == lead.id]
        assert numbers == list(range(1, lead.event_sequence + 1))
        assert lead.created_at <= NOON
    assert all(event.at <= NOON for event in contents.events)
    assert all(activity.occurred_at <= NOON for activity in contents.activities)


def test_nobody_real_can_be_called_or_written_to(contents: Contents) -> None:
    assert all(lead.email is not None and lead.email.endswith(".example") for lead in contents.leads)
    assert all(is_valid_phone(phone) for lead in contents.leads for phone in lead.phones)


@pytest.fixture
async def demo(database: Database, contents: Contents) -> World:
    """Fill a workspace of its own with what was made up."""
    world = await build_world(database)
    fresh = Invention(leads=60, seed=7).for_workspace(world.workspace.id, NOON)
    assert await fill_workspace(Call(database, system_viewer(world.workspace.id), NOON), fresh) == 60
    return world


async def test_the_first_query_finds_deals_with_their_stories(demo: World) -> None:
    found = (await demo.ask(FIRST_QUERY))["leads"]
    assert found["totalCount"] >= 1
    closest = found["nodes"][0]
    assert closest["stage"]["name"] in ("Negotiation", "Agreement")
    assert closest["timeline"]["nodes"]


async def test_counting_all_anew_from_what_was_recorded_changes_nothing(demo: World) -> None:
    listed = "{ leads(first: 100) { nodes { id score { total computedAt } scoreHistory(first: 1) { totalCount } } } }"
    before = await demo.ask(listed)
    demo.at = NOON + timedelta(seconds=1)
    ids = [lead["id"] for lead in before["leads"]["nodes"]]
    answer = await demo.tell("recalculateLeadScores", {"leadIds": ids}, "errors { __typename } rows { errors { __typename } }")
    assert answer == {"errors": [], "rows": [{"errors": []}] * 60}
    assert await demo.ask(listed) == before


async def test_filling_anew_leaves_the_keys_and_no_other_trace(demo: World, database: Database) -> None:
    call = Call(database, system_viewer(demo.workspace.id), NOON)
    key = (await create_api_key(call, CreateApiKey(name="mine", role=Role.ADMIN)))["api_key"]
    again = Invention(leads=5, seed=3).for_workspace(demo.workspace.id, NOON)
    assert await fill_workspace(call, again) == 5
    counts = await demo.ask("{ leads { totalCount } agents { totalCount } pipelines { totalCount } activities { totalCount } }")
    assert counts == {
        "leads": {"totalCount": 5},
        "agents": {"totalCount": 9},
        "pipelines": {"totalCount": 2},
        "activities": {"totalCount": len(again.activities)},
    }
    kept = await demo.ask("{ apiKeys { nodes { id } } }")
    assert kept == {"apiKeys": {"nodes": [{"id": encode_id("ApiKey", key.id)}]}}


async def test_other_workspaces_are_left_alone(demo: World, database: Database) -> None:
    other = await build_world(database)
    mine = await other.lead(company="Acme")
    id = uuid7()
    await fill_workspace(Call(database, system_viewer(id), NOON), Invention(leads=3).for_workspace(id, NOON))
    await fill_workspace(Call(database, system_viewer(id), NOON), Invention(leads=2).for_workspace(id, NOON))
    assert (await other.ask("{ leads { nodes { id } } }"))["leads"]["nodes"] == [{"id": other.id(mine)}]


def test_campaigns_show_every_status_and_their_members_got_what_the_hash_gave_them(contents: Contents) -> None:
    made = contents.campaigns
    assert {campaign.status for campaign in made.campaigns} == set(CampaignStatus)
    variants = {campaign.id: [variant for variant in made.variants if variant.campaign_id == campaign.id] for campaign in made.campaigns}
    touches = Counter((activity.campaign_id, activity.lead_id) for activity in contents.activities)
    for member in made.members:
        chosen = chosen_variant(member.campaign_id, member.lead_id, variants[member.campaign_id])
        assert member.variant_id == (chosen.id if chosen else None)
        assert member.touches == touches[member.campaign_id, member.lead_id]
    assert sum(member.touches for member in made.members) > 200


def test_leads_went_through_sequences_and_every_step_adds_up(contents: Contents) -> None:
    states = Counter(enrollment.state for enrollment in contents.enrollments)
    outcomes = Counter(step.outcome for step in contents.enrollment_steps)
    waiting = {(step.enrollment_id, step.step_key) for step in contents.enrollment_steps if step.left_at is None}
    live = Counter(enrollment.lead_id for enrollment in contents.enrollments if enrollment.is_live)

    assert set(states) == set(EnrollmentState)
    assert set(outcomes) == set(StepOutcome)
    assert waiting == {(enrollment.id, enrollment.step_key) for enrollment in contents.enrollments if enrollment.is_live}
    assert {lead.id: lead.live_enrollments for lead in contents.leads if lead.live_enrollments} == dict(live)
    closed = {lead.id for lead in contents.leads if lead.status in (LeadStatus.CLOSED_LOST, LeadStatus.DISQUALIFIED)}
    assert closed.isdisjoint(live)


async def test_an_own_scoring_model_is_there_with_its_versions_and_a_draft_that_could_be_published(demo: World) -> None:
    data = await demo.ask("""
        { scoringModel(key: "inbound") {
            published { number publishedBy { agent { name } } }
            versions { totalCount }
            draft { id highest validation { severity kind } }
        } }
    """)

    model = data["scoringModel"]
    assert (model["published"]["number"], model["versions"]["totalCount"], model["draft"]["highest"]) == (2, 2, 100)
    assert model["published"]["publishedBy"]["agent"] is not None
    assert {(problem["severity"], problem["kind"]) for problem in model["draft"]["validation"]} == {
        ("WARNING", "TOTAL_HIDES_POINTS"),
        ("WARNING", "POINTS_HIDDEN"),
    }
