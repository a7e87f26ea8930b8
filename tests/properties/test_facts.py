"""What holds for every sequence of activities and contact attempts, in whatever order and however often they are reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.activities import ONLY_IN_CAMPAIGNS, OUTCOMES_BY_CHANNEL, ActivityType, ContactChannel, ContactDirection, SocialNetwork
from domain.leads import CurrentScore, Lead
from persistence import histories, leads, workspaces
from persistence.paging import PageRequest
from tests.worlds import NOON, World
from usecases.activities.record import RecordActivity, record_activities
from usecases.bulk import ErrorPolicy
from usecases.contact_attempts.record import RecordContactAttempt, record_contact_attempts
from usecases.scoring.recalculate import recalculate_lead_score

Fact = RecordActivity | RecordContactAttempt

# The workspace is made once for all examples; each example makes leads of its own. On a busy machine an example may take its time.
anywhere = settings(
    deadline=None,
    max_examples=40,
    # Explaining a failure would run it hundreds of times more, each time against the database.
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
NOBODY = UUID(int=0)
# What follows from the facts; the rest of a lead (versions, instants of scoring, numbers of events) tells how they arrived.
FOLLOWS = (
    "website_visits",
    "content_downloads",
    "page_views",
    "email_opens",
    "email_clicks",
    "social_engagements",
    "contact_requested_at",
    "outbound_attempts",
    "first_contacted_at",
    "last_contacted_at",
    "last_activity_at",
    "do_not_call",
    "do_not_email",
    "status",
    "score_total",
    "grade",
    "temperature",
    "priority",
    "rescore_at",
)

instants = st.integers(0, 60 * 24).map(lambda hours: NOON - timedelta(hours=hours))
activities = st.builds(
    RecordActivity,
    lead_id=st.just(NOBODY),
    type=st.sampled_from([ActivityType.CONTENT_DOWNLOADED, ActivityType.CONTACT_REQUESTED])
    | st.sampled_from(sorted(set(ActivityType) - ONLY_IN_CAMPAIGNS)),
    occurred_at=instants,
    asset=st.none() | st.sampled_from(["guide", "prices"]),
    subject=st.just("What happened"),
)


@st.composite
def attempts(draw: st.DrawFn) -> RecordContactAttempt:
    channel = draw(st.just(ContactChannel.PHONE) | st.sampled_from(ContactChannel))
    with_duration = channel in (ContactChannel.PHONE, ContactChannel.MEETING)
    return RecordContactAttempt(
        lead_id=NOBODY,
        channel=channel,
        direction=draw(st.sampled_from(ContactDirection)),
        outcome=draw(st.sampled_from(sorted(OUTCOMES_BY_CHANNEL[channel]))),
        occurred_at=draw(instants),
        social_network=SocialNetwork.X if channel is ContactChannel.SOCIAL else None,
        duration_seconds=draw(st.none() | st.sampled_from([0, 59, 60, 900])) if with_duration else None,
    )


facts = st.lists(activities | attempts(), max_size=20)


def named(facts: Sequence[Fact], lead: Lead) -> list[Fact]:
    """Give each fact its lead, and an id by which it is known again."""
    return [
        replace(fact, lead_id=lead.id, source="test", source_event_id=f"{lead.id}-{index}")
        if isinstance(fact, RecordActivity)
        else replace(fact, lead_id=lead.id, provider="test", provider_id=f"{lead.id}-{index}")
        for index, fact in enumerate(facts)
    ]


async def report(world: World, facts: Sequence[Fact], random: Random) -> list[bool]:
    """Report facts in this order, in portions of random sizes; tell which were new."""
    new: list[bool] = []
    start = 0
    while start < len(facts):
        kind = type(facts[start])
        end = start + 1
        while end < len(facts) and type(facts[end]) is kind and end - start < random.randint(1, 5):
            end += 1
        recording: Any = record_activities if kind is RecordActivity else record_contact_attempts
        rows = await recording(world.call(), facts[start:end], ErrorPolicy.ALL_OR_NOTHING)
        new += [row.thing["created"] for row in rows]
        start = end
    return new


async def look(world: World, lead: Lead) -> tuple[Lead, CurrentScore, int]:
    """Read the lead, its score and the length of its score history."""
    async with world.database.reading(world.scope) as db:
        history = await histories.score_entries_by_lead.counts(db, [lead.id])
        return (await leads.lead_by_id(db, [lead.id]))[lead.id], (await leads.score_by_lead(db, [lead.id]))[lead.id], history[lead.id]


def follows(lead: Lead, score: CurrentScore) -> tuple[Any, ...]:
    return *(getattr(lead, name) for name in FOLLOWS), score.total, score.breakdown


async def use_model(world: World, key: str) -> None:
    async with world.database.writing(world.scope) as tx:
        await workspaces.save_workspace(tx, replace(await workspaces.own_workspace_for_update(tx), scoring_model=key))


@pytest.mark.parametrize("model", ["standard", "voice"])
@anywhere
@given(facts=facts, random=st.randoms(use_true_random=False))
async def test_any_order_of_the_same_facts_ends_in_the_same_lead(world: World, model: str, facts: list[Fact], random: Random) -> None:
    await use_model(world, model)
    one, other = await world.lead(title="CEO"), await world.lead(title="CEO")
    shuffled = list(facts)
    random.shuffle(shuffled)

    await report(world, named(facts, one), random)
    await report(world, named(shuffled, other), random)

    (lead, score, _), (same_lead, same_score, _) = await look(world, one), await look(world, other)
    assert follows(lead, score) == follows(same_lead, same_score)


@pytest.mark.parametrize("model", ["standard", "voice"])
@anywhere
@given(facts=facts, random=st.randoms(use_true_random=False))
async def test_a_rebuild_finds_what_is_there_and_a_second_report_changes_nothing(
    world: World, model: str, facts: list[Fact], random: Random
) -> None:
    await use_model(world, model)
    lead = await world.lead(company="Acme")
    reported = named(facts, lead)
    assert await report(world, reported, random) == [True] * len(facts)
    before = await look(world, lead)

    random.shuffle(reported)
    assert await report(world, reported, random) == [False] * len(facts)
    assert await look(world, lead) == before

    await recalculate_lead_score(world.call(), lead.id)
    assert await look(world, lead) == before


@anywhere
@given(facts=facts, random=st.randoms(use_true_random=False))
async def test_another_fact_never_lowers_a_standard_score(world: World, facts: list[Fact], random: Random) -> None:
    lead = await world.lead()
    totals = [0]
    for fact in named(facts, lead):
        await report(world, [fact], random)
        totals.append((await look(world, lead))[0].score_total)

    assert totals == sorted(totals)


async def test_time_and_duplicates_do_not_grow_the_history(world: World) -> None:
    lead = await world.lead()
    call = RecordActivity(lead_id=lead.id, type=ActivityType.NOTE_ADDED, occurred_at=NOON, body="Hello")
    await record_activities(world.call(), [call, call], ErrorPolicy.ALL_OR_NOTHING)
    world.at += timedelta(days=50)
    await recalculate_lead_score(world.call(), lead.id)

    async with world.database.reading(world.scope) as db:
        entries = await histories.score_entries_by_lead.pages(db, [lead.id], PageRequest("AT", descending=True, size=10))
    assert [entry.total for _, entry in entries[lead.id].rows] == [0]
