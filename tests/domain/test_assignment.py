"""Who gets a lead: the strategies, and what makes an agent eligible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignment import (
    AssignmentStrategy,
    Candidate,
    Ineligibility,
    MatchAttribute,
    ineligibility,
    pick,
    refusal_by_hand,
    refusal_of_agents,
)
from domain.leads import Lead, LeadSource
from domain.people import Agent, Availability
from domain.status import LeadStatus
from tests.worlds import NOON, blank_agent, blank_lead

ADA, BEN, CLEO = (blank_agent(name) for name in ("Ada", "Ben", "Cleo"))
LEAD = blank_lead(NOON)


def _given(strategy: AssignmentStrategy, agents: Sequence[Agent], times: int) -> list[str]:
    """Give away leads at one and the same instant, and name who got them."""
    known = {agent.id: agent for agent in agents}
    owned = Counter[str]()
    names: list[str] = []
    for _ in range(times):
        chosen, changed = pick(strategy, [Candidate(agent, owned[agent.name]) for agent in known.values()], NOON)
        known |= {agent.id: agent for agent in changed}
        owned[chosen.agent.name] += 1
        names.append(chosen.agent.name)
    return names


def test_round_robin_gives_to_each_in_turn() -> None:
    assert _given(AssignmentStrategy.ROUND_ROBIN, [CLEO, ADA, BEN], 7) == ["Ada", "Ben", "Cleo", "Ada", "Ben", "Cleo", "Ada"]


def test_round_robin_begins_with_whoever_waited_longest() -> None:
    agents = [replace(ADA, last_assigned_at=NOON), replace(BEN, last_assigned_at=NOON - timedelta(days=1)), CLEO]

    assert _given(AssignmentStrategy.ROUND_ROBIN, agents, 4) == ["Cleo", "Ben", "Ada", "Cleo"]


def test_weights_are_exact_shares_that_never_bunch() -> None:
    agents = [replace(ADA, weight=3), replace(BEN, weight=2), replace(CLEO, weight=1)]

    names = _given(AssignmentStrategy.WEIGHTED, agents, 60)

    assert Counter(names) == {"Ada": 30, "Ben": 20, "Cleo": 10}
    assert names[:6] == ["Ada", "Ben", "Ada", "Cleo", "Ben", "Ada"]


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_every_full_round_gives_each_agent_its_weight(weights: list[int]) -> None:
    agents = [blank_agent(f"Agent {index}", weight=weight) for index, weight in enumerate(weights)]

    names = _given(AssignmentStrategy.WEIGHTED, agents, sum(weights))

    assert Counter(names) == {agent.name: agent.weight for agent in agents}


@given(st.integers(1, 7), st.integers(0, 60))
def test_round_robin_never_lets_two_agents_differ_by_more_than_one(agents: int, leads: int) -> None:
    names = _given(AssignmentStrategy.ROUND_ROBIN, [blank_agent(f"Agent {index}") for index in range(agents)], leads)

    counts = [names.count(f"Agent {index}") for index in range(agents)]
    assert sum(counts) == leads
    assert max(counts) - min(counts) <= 1


def test_least_loaded_takes_the_smallest_load_then_whoever_waited_longest() -> None:
    candidates = [Candidate(replace(ADA, last_assigned_at=NOON), 2), Candidate(BEN, 2), Candidate(CLEO, 3)]

    chosen, changed = pick(AssignmentStrategy.LEAST_LOADED, candidates, NOON)

    assert chosen.agent.name == "Ben"
    assert changed == (replace(BEN, last_assigned_at=NOON + timedelta(microseconds=1)),)


@pytest.mark.parametrize(
    ("agent", "lead", "match", "reason"),
    [
        ({}, {}, (), None),
        ({"availability": Availability.AWAY}, {}, (), Ineligibility.NOT_AVAILABLE),
        ({"capacity": 2}, {}, (), Ineligibility.AT_CAPACITY),
        ({"capacity": 3}, {}, (), None),
        ({"capacity": 0}, {"status": LeadStatus.CLOSED_WON}, (), None),
        ({"territories": ("PT",)}, {"country": "ES"}, (), None),
        ({"territories": ("PT",)}, {"country": "ES"}, (MatchAttribute.TERRITORY,), Ineligibility.TERRITORY_MISMATCH),
        ({"territories": ("PT",)}, {}, (MatchAttribute.TERRITORY,), Ineligibility.TERRITORY_MISMATCH),
        ({"territories": ("us-ca",)}, {"country": "US", "region": "CA"}, (MatchAttribute.TERRITORY,), None),
        ({"territories": ("California",)}, {"country": "US", "region": "california"}, (MatchAttribute.TERRITORY,), None),
        ({"territories": ()}, {"country": "ES"}, (MatchAttribute.TERRITORY,), None),
        ({"languages": ("pt-PT",)}, {"language": "pt-BR"}, (MatchAttribute.LANGUAGE,), None),
        ({"languages": ("pt-PT",)}, {"language": "es"}, (MatchAttribute.LANGUAGE,), Ineligibility.LANGUAGE_MISMATCH),
        ({"languages": ("pt-PT",)}, {}, (MatchAttribute.LANGUAGE,), Ineligibility.LANGUAGE_MISMATCH),
        ({"sources": (LeadSource.WEBINAR,)}, {"source": LeadSource.WEBINAR}, (MatchAttribute.SOURCE,), None),
        ({"sources": (LeadSource.WEBINAR,)}, {"source": LeadSource.PARTNER}, (MatchAttribute.SOURCE,), Ineligibility.SOURCE_MISMATCH),
    ],
)
def test_who_may_take_a_lead(
    agent: dict[str, object], lead: dict[str, object], match: tuple[MatchAttribute, ...], reason: Ineligibility | None
) -> None:
    assert ineligibility(Candidate(replace(ADA, **agent), 2), replace(LEAD, **lead), match) == reason


def test_by_hand_nothing_needs_to_match_but_there_must_be_room() -> None:
    abroad = replace(ADA, territories=("PT",), capacity=1)

    assert refusal_by_hand(Candidate(abroad, 0), replace(LEAD, country="ES")) is None
    refused = refusal_by_hand(Candidate(abroad, 1), LEAD)
    assert refused is not None
    assert (refused.code, refused.message) == ("AGENT_AT_CAPACITY", "The agent owns 1 open leads of at most 1.")


def _team(agent: Agent) -> Agent:
    return replace(agent, team_id=LEAD.id)


@pytest.mark.parametrize(
    ("lead", "to", "path"),
    [
        (LEAD, ADA, None),
        (LEAD, _team(BEN), None),
        (LEAD, CLEO, ("agent_id",)),
        (replace(LEAD, owner_id=ADA.id), _team(BEN), None),
        (replace(LEAD, owner_id=ADA.id), None, None),
        (replace(LEAD, owner_id=BEN.id), ADA, ("lead_id",)),
        (replace(LEAD, owner_id=BEN.id), None, ("lead_id",)),
    ],
)
def test_agents_take_from_the_pool_and_pass_on_their_own_within_their_team(
    lead: Lead, to: Agent | None, path: tuple[str, ...] | None
) -> None:
    refused = refusal_of_agents(_team(ADA), lead, to)

    assert (refused.path if refused else None) == path
