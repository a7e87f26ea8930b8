"""Validation and the model itself agree: what has no error can score, and no lead gets more than validation says."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.model_definitions import ModelDefinition, definition_from_json, definition_to_json
from domain.model_heights import highest_of_category, highest_total
from domain.model_validation import errors_among, model_problems
from domain.scoring import Facts, score
from domain.scoring_facts import EVENT_FACTS, NUMBER_FACTS, TEXT_FACTS
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
)
from tests.properties.test_score_reach import leads

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
anywhere = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

facts = st.sampled_from([*TEXT_FACTS, *NUMBER_FACTS, *EVENT_FACTS, "unknown"])
points = st.integers(-20, 30)
spans = st.none() | st.timedeltas(timedelta(days=-1), timedelta(days=4000))
keys = st.sampled_from(["a", "b", "c"])
conditions = st.builds(Known, facts) | st.builds(AtLeast, facts, st.integers(-1, 9)) | st.builds(Happened, facts, spans)
bands = st.lists(st.builds(Band, st.none() | st.integers(-1, 9), points), max_size=3).map(tuple)
rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(FlatRule, keys, conditions, points, spans),
    st.builds(PerEventRule, keys, facts, points, points, spans, spans),
    st.builds(BandRule, keys, facts, bands),
    st.builds(MatchRule, keys, facts, st.frozensets(st.sampled_from(["WEBINAR", "x"])), points),
)
categories = st.builds(Category, keys, points, st.lists(rules, max_size=3).map(tuple))
grades = st.builds(GradeThresholds, st.integers(0, 30), st.integers(0, 20), st.integers(0, 10))
definitions = st.builds(ModelDefinition, st.lists(categories, max_size=2).map(tuple), grades, st.integers(-1, 120))


@anywhere
@given(definitions)
def test_what_the_model_refuses_has_an_error_and_reads_back(definition: ModelDefinition) -> None:
    errors = errors_among(model_problems(definition))
    try:
        definition.model("drawn", 1, "Drawn")
    except InvalidScoringModel:
        assert errors
    assert definition_from_json(definition_to_json(definition)) == definition


@settings(anywhere, max_examples=300)
@given(st.lists(rules, min_size=1, max_size=3), st.integers(1, 40), leads)
def test_no_lead_gets_more_than_a_category_can_give(some: list[Rule], cap: int, facts: Facts) -> None:
    category = Category("one", cap, tuple(some))
    definition = ModelDefinition((category,), GradeThresholds(3, 2, 1), 100)
    try:
        model = definition.model("drawn", 1, "Drawn")
    except InvalidScoringModel:
        return

    result = score(facts, model, AS_OF)

    assert result.categories[0].points <= highest_of_category(category) <= cap
    assert result.total <= highest_total(definition.categories, definition.cap)
