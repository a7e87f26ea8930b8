"""What holds for every lead, every model that is shipped and every instant."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from domain.next_steps import NextSteps, next_steps
from domain.scoring import ConversationCall, Facts, Score, breakdown_from_json, breakdown_to_json, grade_of, next_change, score
from domain.scoring_models import STANDARD, VOICE
from domain.scoring_rules import Category, GradeThresholds, PerEventRule, Rule, ScoringModel
from domain.titles import seniority

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
# On a busy machine an example may take its time.
anywhere = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
INSTANT = timedelta(microseconds=1)
MODELS = st.sampled_from([STANDARD, VOICE])
COUNTS = ("website_visits", "content_downloads", "page_views", "email_opens", "email_clicks", "social_engagements", "outbound_attempts")
OUTCOMES = ("CONNECTED", "INTERESTED", "CALLBACK_REQUESTED", "MEETING_BOOKED", "NOT_INTERESTED", "WRONG_NUMBER", "VOICEMAIL")

counts = st.integers(0, 12) | st.integers(0, 10**12)
instants = st.timedeltas(timedelta(days=-5), timedelta(days=80)).map(lambda ago: AS_OF - ago)
calls = st.builds(ConversationCall, outcome=st.sampled_from(OUTCOMES), connected_seconds=st.sampled_from([0, 59, 60, 600]), at=instants)
leads = st.builds(
    Facts,
    title=st.none() | st.sampled_from(["CEO", "Cook", "Sales Manager", "Assistant to the CEO"]) | st.text(max_size=30),
    company=st.none() | st.sampled_from(["Acme", "n/a", "-", " "]) | st.text(max_size=10),
    phones=st.lists(st.sampled_from(["+14155552671", "12345", "+442083661177", ""]), max_size=3).map(tuple),
    industry=st.none() | st.sampled_from(["retail", "Other", "unknown", ""]),
    **dict.fromkeys(COUNTS, counts),
    employees=st.none() | st.sampled_from([0, 1, 10, 11, 50, 51, 200, 201, 500, 501]) | st.integers(0, 10**9),
    annual_revenue=st.none() | st.decimals(-(10**6), 10**12, allow_nan=False, allow_infinity=False),
    source=st.none() | st.sampled_from(["WEBINAR", "CONTENT_DOWNLOAD", "REFERRAL"]),
    contact_requested_at=st.none() | instants,
    conversation=st.lists(calls, max_size=6).map(tuple),
)


def points(result: Score) -> list[int]:
    return [category.points for category in result.categories]


@anywhere
@given(leads, MODELS)
def test_every_part_stays_within_its_bounds_and_adds_up(facts: Facts, model: ScoringModel) -> None:
    result = score(facts, model, AS_OF)
    assert 0 <= result.total == sum(points(result)) <= 100
    assert result.grade is grade_of(result.total, model.grades)
    for category in result.categories:
        exact = min(max(sum(rule.points for rule in category.rules), 0), category.cap)
        assert 0 <= category.points <= category.cap
        assert category.points - 0.5 <= exact + 1e-9
        assert exact - 1e-9 < category.points + 0.5
        for rule in category.rules:
            assert rule.points <= rule.cap
            assert 0 <= rule.remaining <= rule.cap


@anywhere
@given(leads, st.sampled_from(COUNTS), st.integers(1, 1000))
def test_more_of_a_counted_fact_never_lowers_a_score(facts: Facts, fact: str, more: int) -> None:
    richer = replace(facts, **{fact: getattr(facts, fact) + more})
    assert all(
        before <= after for before, after in zip(points(score(facts, STANDARD, AS_OF)), points(score(richer, STANDARD, AS_OF)), strict=True)
    )


@anywhere
@given(
    leads,
    st.sampled_from(
        [
            {"title": "CEO"},
            {"company": "Acme"},
            {"phones": ("12345", "+14155552671")},
            {"industry": "retail"},
            {"source": "WEBINAR"},
            {"contact_requested_at": AS_OF},
            {"employees": 501},
            {"annual_revenue": Decimal(10**8)},
        ]
    ),
)
def test_learning_something_good_never_lowers_a_score(facts: Facts, learnt: dict[str, object]) -> None:
    richer = replace(facts, **learnt)
    assert score(facts, STANDARD, AS_OF).total <= score(richer, STANDARD, AS_OF).total


@anywhere
@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_larger_company_never_scores_less(one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert score(Facts(employees=small), STANDARD, AS_OF).total <= score(Facts(employees=large), STANDARD, AS_OF).total
    assert (
        score(Facts(annual_revenue=Decimal(small)), STANDARD, AS_OF).total
        <= score(Facts(annual_revenue=Decimal(large)), STANDARD, AS_OF).total
    )


@anywhere
@given(leads, MODELS, st.randoms(use_true_random=False))
def test_the_order_of_facts_is_irrelevant(facts: Facts, model: ScoringModel, random: Random) -> None:
    shuffled = list(facts.conversation)
    random.shuffle(shuffled)
    same = replace(facts, conversation=tuple(shuffled), phones=facts.phones[::-1])
    assert score(same, model, AS_OF) == score(facts, model, AS_OF)


@anywhere
@given(leads, MODELS)
def test_a_breakdown_reads_back_as_it_was_stored(facts: Facts, model: ScoringModel) -> None:
    result = score(facts, model, AS_OF)
    categories = breakdown_from_json(json.loads(json.dumps(breakdown_to_json(result))))
    assert categories == result.categories
    assert sum(category.points for category in categories) == result.total


@anywhere
@given(leads, MODELS, st.timedeltas(timedelta(0), timedelta(days=60)))
@example(
    Facts(conversation=(ConversationCall("INTERESTED", 0, AS_OF), ConversationCall("NOT_INTERESTED", 0, AS_OF))), VOICE, timedelta(days=3)
)
def test_the_next_change_is_exact(facts: Facts, model: ScoringModel, sometime: timedelta) -> None:
    now = points(score(facts, model, AS_OF))
    change = next_change(facts, model, AS_OF)
    if change is None:
        assert points(score(facts, model, AS_OF + sometime)) == now
        return
    assert change > AS_OF
    assert points(score(facts, model, change)) != now
    assert points(score(facts, model, change - INSTANT)) == now
    between = AS_OF + (change - INSTANT - AS_OF) * (sometime / timedelta(days=60))
    assert points(score(facts, model, between)) == now


@pytest.mark.parametrize("model", [STANDARD, VOICE], ids=lambda model: model.key)
@anywhere
@given(facts=leads)
def test_the_next_steps_reach_the_grade_they_promise(model: ScoringModel, facts: Facts) -> None:
    now = score(facts, model, AS_OF)
    result = next_steps(facts, model, AS_OF)
    assert now.total <= result.reachable_total <= 100
    if result.to_grade is None:
        assert now.grade == "A"
        return
    assert result.points_needed > 0
    then = score(taken(facts, result), model, AS_OF)
    if result.steps:
        assert then.grade is result.to_grade
        assert then.total == now.total + sum(step.points for step in result.steps) <= result.reachable_total
    else:
        assert result.reachable_total < now.total + result.points_needed


def taken(facts: Facts, result: NextSteps) -> Facts:
    for step in result.steps:
        facts = with_more(facts, step.fact, step.want - step.have)
    return facts


def with_more(facts: Facts, fact: str, more: int) -> Facts:
    """Add to the facts what a step asks for."""
    outcome = fact.removesuffix("_calls").upper()
    match fact:
        case "company" | "industry":
            return replace(facts, **{fact: "Something real"})
        case "phones":
            return replace(facts, phones=(*facts.phones, "+14155552671"))
        case "contact_requested_at":
            return replace(facts, contact_requested_at=AS_OF)
        case "connected_calls":
            return replace(facts, conversation=(*facts.conversation, *[ConversationCall("CONNECTED", 60, AS_OF)] * more))
        case _ if outcome in OUTCOMES:
            return replace(facts, conversation=(*facts.conversation, ConversationCall(outcome, 0, AS_OF)))
        case _:
            return replace(facts, **{fact: getattr(facts, fact) + more})


SMALL_FACTS = ("website_visits", "content_downloads", "email_clicks", "outbound_attempts")


@settings(anywhere, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 12)), min_size=4, max_size=4),
    st.lists(st.integers(4, 20), min_size=2, max_size=2),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.tuples(st.integers(1, 8), st.integers(1, 8), st.integers(1, 8)),
)
def test_no_smaller_set_reaches_the_grade(
    rules: list[tuple[int, int]], caps: list[int], have: list[int], steps: tuple[int, int, int]
) -> None:
    made: list[Rule] = [PerEventRule(fact, fact, each, cap=cap) for fact, (each, cap) in zip(SMALL_FACTS, rules, strict=True)]
    c, b, a = itertools.accumulate(steps)
    model = ScoringModel(
        "small", 1, "Small", (Category("x", caps[0], tuple(made[:2])), Category("y", caps[1], tuple(made[2:]))), GradeThresholds(a, b, c)
    )
    facts = replace(Facts(), **dict(zip(SMALL_FACTS, have, strict=True)))
    now = score(facts, model, AS_OF)
    assume(now.grade != "A")

    totals: dict[int, int] = {}
    for more in itertools.product(range(6), repeat=4):
        richer = replace(Facts(), **{fact: had + extra for fact, had, extra in zip(SMALL_FACTS, have, more, strict=True)})
        totals[sum(more)] = max(totals.get(sum(more), 0), score(richer, model, AS_OF).total)
    result = next_steps(facts, model, AS_OF)
    enough = [size for size, total in totals.items() if total >= now.total + result.points_needed]

    if result.steps and sum(step.want - step.have for step in result.steps) <= 5:
        assert sum(step.want - step.have for step in result.steps) == min(enough)
        assert sum(step.points for step in result.steps) == totals[min(enough)] - now.total
    elif not result.steps:
        assert not enough
    else:
        assert not enough or min(enough) > 5


ACTIONABLE = (
    "company",
    "industry",
    "phones",
    *COUNTS,
    "contact_requested_at",
    "connected_calls",
    "interested_calls",
    "meeting_booked_calls",
)


@settings(anywhere, max_examples=60)
@given(leads, MODELS)
def test_no_one_or_two_facts_do_what_three_are_asked_for(facts: Facts, model: ScoringModel) -> None:
    result = next_steps(facts, model, AS_OF)
    assume(result.to_grade is not None and sum(step.want - step.have for step in result.steps) != 1)
    asked = sum(step.want - step.have for step in result.steps)
    goal = score(facts, model, AS_OF).total + result.points_needed
    for fact in ACTIONABLE:
        one = with_more(facts, fact, 1)
        assert score(one, model, AS_OF).total < goal
        if asked != 2:
            assert all(score(with_more(one, second, 1), model, AS_OF).total < goal for second in ACTIONABLE)


@settings(anywhere, max_examples=300)
@given(st.text(max_size=300))
def test_any_text_is_a_title_that_can_be_read(title: str) -> None:
    assert seniority(title) == seniority(f"  {title} ") or len(title) > 190
