"""Scoring models are data: what one can say, and what it refuses to say."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.scoring import ConversationCall, Facts, Grade, next_change, score
from domain.scoring_models import MODELS, STANDARD, VOICE
from domain.scoring_rules import (
    AtLeast,
    Band,
    BandRule,
    Category,
    FlatRule,
    GradeThresholds,
    Happened,
    InvalidScoringModel,
    Known,
    MatchRule,
    PerEventRule,
    Rule,
    ScoringModel,
)

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def model(*rules: Rule, cap: int = 50) -> ScoringModel:
    return ScoringModel("own", 3, "Our own", (Category("all", cap, rules),))


def calls(*days_ago: int, outcome: str = "CONNECTED") -> Facts:
    return Facts(conversation=tuple(ConversationCall(outcome, 60, AS_OF - timedelta(days=days)) for days in days_ago))


def test_two_models_are_shipped() -> None:
    assert {key: (each.version, [category.cap for category in each.categories]) for key, each in MODELS.items()} == {
        "standard": (1, [20, 25, 25, 20, 10]),
        "voice": (1, [15, 15, 15, 15, 5, 35]),
    }


def test_a_model_knows_which_facts_it_reads() -> None:
    assert "outbound_attempts" in STANDARD.reads
    assert "outbound_attempts" not in VOICE.reads
    assert model(FlatRule("company", Known("company"), 1)).reads == {"company"}


def test_only_events_within_a_window_count() -> None:
    weekly = model(PerEventRule("calls", "connected_calls", 4, cap=40, window=WEEK))
    facts = calls(0, 3, 7, 8)
    assert score(facts, weekly, AS_OF).total == 12
    assert next_change(facts, weekly, AS_OF) == AS_OF + timedelta(microseconds=1)
    assert score(facts, weekly, AS_OF + timedelta(microseconds=1)).total == 8


def test_negative_points_are_bounded_too_and_stay_in_their_category() -> None:
    spam = PerEventRule("opens", "email_opens", -2, cap=5)
    visits = PerEventRule("visits", "website_visits", 3, cap=30)
    assert [score(Facts(website_visits=4, email_opens=opens), model(spam, visits), AS_OF).total for opens in (0, 1, 2, 3, 9)] == [
        12,
        10,
        8,
        7,
        7,
    ]
    assert score(Facts(email_opens=9), model(spam, visits), AS_OF).total == 0


def test_a_total_stays_within_the_models_cap() -> None:
    rules = (FlatRule("company", Known("company"), 80),)
    generous = ScoringModel("own", 1, "Generous", (Category("a", 80, rules), Category("b", 80, rules)))
    assert score(Facts(company="Acme"), generous, AS_OF).total == 100


def test_grades_follow_the_models_own_thresholds() -> None:
    strict = ScoringModel(
        "own", 1, "Strict", (Category("all", 100, (PerEventRule("visits", "website_visits", 1, cap=100),)),), GradeThresholds(95, 90, 85)
    )
    assert [score(Facts(website_visits=visits), strict, AS_OF).grade for visits in (84, 85, 90, 95)] == [Grade.D, Grade.C, Grade.B, Grade.A]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (FlatRule("x", Known("shoe_size"), 1), "all.x: shoe_size is not a fact that this kind of rule can read"),
        (FlatRule("x", AtLeast("company", 1), 1), "all.x: company is not a fact that this kind of rule can read"),
        (MatchRule("x", "employees", frozenset({"10"}), 1), "all.x: employees is not a fact that this kind of rule can read"),
        (PerEventRule("x", "employees", 1, cap=10), "all.x: employees is not a fact that this kind of rule can read"),
        (PerEventRule("x", "email_opens", 1, cap=10, window=WEEK), "all.x: email_opens is not a fact that this kind of rule can read"),
        (PerEventRule("x", "connected_calls", 1, cap=0), "all.x: the cap must be positive"),
        (PerEventRule("x", "connected_calls", 1, cap=9, window=-WEEK), "all.x: the window must be positive"),
        (FlatRule("x", Happened("connected_calls"), 1, half_life=timedelta(0)), "all.x: the half-life must be positive"),
        (FlatRule("x", Known("company"), 1, half_life=WEEK), "all.x: a half-life needs events with instants"),
        (BandRule("x", "employees", ()), "all.x: the limits of the bands must rise and end with an open band"),
        (
            BandRule("x", "employees", (Band(10, 1), Band(5, 2), Band(None, 3))),
            "all.x: the limits of the bands must rise and end with an open band",
        ),
        (BandRule("x", "employees", (Band(10, 1),)), "all.x: the limits of the bands must rise and end with an open band"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: Rule, problem: str) -> None:
    with pytest.raises(InvalidScoringModel) as refused:
        model(rule)
    assert problem in refused.value.problems


def test_all_problems_of_a_model_are_named_at_once() -> None:
    one = FlatRule("same", Happened("connected_calls"), 1, half_life=WEEK)
    other = FlatRule("same", Happened("interested_calls"), 1, half_life=2 * WEEK)
    with pytest.raises(InvalidScoringModel) as refused:
        ScoringModel("own", 1, "Broken", (Category("all", 0, (one, other)), Category("all", 10, ())), GradeThresholds(50, 60, 40))
    assert refused.value.problems == (
        "two categories have the same key",
        "the thresholds of the grades must rise from C to A and stay within the model's cap",
        "all: two rules have the same key",
        "all: the cap must be positive",
        "all: all decaying rules of a category share one half-life",
    )
