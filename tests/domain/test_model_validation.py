"""What is wrong with a drafted model is said all at once: errors keep it from being published, warnings do not."""

from datetime import timedelta

import pytest

from domain.model_definitions import ModelDefinition, ScoringFact, definition_from_json, definition_of, definition_to_json
from domain.model_heights import highest_of_category, highest_of_rule
from domain.model_validation import ModelProblemKind, ModelProblemSeverity, errors_among, model_problems
from domain.scoring_facts import EVENT_FACTS, NUMBER_FACTS, TEXT_FACTS
from domain.scoring_models import MODELS, STANDARD, VOICE
from domain.scoring_rules import (
    AtLeast,
    Band,
    BandRule,
    Category,
    FlatRule,
    GradeThresholds,
    Happened,
    Known,
    MatchRule,
    PerEventRule,
    Rule,
)

K = ModelProblemKind
DAY = timedelta(days=1)
FILLER = Category("filler", 100, (PerEventRule("visits", "website_visits", 10, cap=100),))


def found(*rules: Rule, cap: int = 20, highest: int = 100) -> list[tuple[ModelProblemKind, str | None, str]]:
    """Name what is wrong with one category, beside another that reaches every grade."""
    definition = ModelDefinition((Category("one", cap, rules), FILLER), cap=highest)
    return [(problem.kind, problem.rule, problem.message) for problem in model_problems(definition) if problem.category == "one"]


def kinds(*rules: Rule, cap: int = 20) -> list[ModelProblemKind]:
    return [kind for kind, _, _ in found(*rules, cap=cap)]


def whole(definition: ModelDefinition) -> list[tuple[ModelProblemKind, str]]:
    return [(problem.kind, problem.message) for problem in model_problems(definition) if problem.category is None]


def test_the_graph_names_every_fact_that_a_rule_can_read() -> None:
    assert {fact.key for fact in ScoringFact} == {*TEXT_FACTS, *NUMBER_FACTS, *EVENT_FACTS}


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.key)
def test_the_shipped_models_have_no_errors_and_read_back_as_they_were_written(model: object) -> None:
    assert model in (STANDARD, VOICE)
    for each in MODELS.values():
        definition = definition_of(each)
        assert errors_among(model_problems(definition)) == ()
        assert definition_from_json(definition_to_json(definition)) == definition


def test_the_standard_model_has_no_warnings_either() -> None:
    assert model_problems(definition_of(STANDARD)) == ()


def test_a_voice_category_hides_points_of_bands_that_come_from_the_standard_model() -> None:
    assert [(problem.kind, problem.category, problem.rule) for problem in model_problems(definition_of(VOICE))] == [
        (K.POINTS_HIDDEN, "firmographic", "employees"),
        (K.POINTS_HIDDEN, "firmographic", "annual_revenue"),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        FlatRule("r", Known("employees"), 20),
        FlatRule("r", Known("favourite_colour"), 20),
        FlatRule("r", AtLeast("company", 1), 20),
        FlatRule("r", Happened("website_visits"), 20),
        PerEventRule("r", "employees", 1, 20),
        PerEventRule("r", "source", 1, 20),
        BandRule("r", "connected_calls", (Band(None, 20),)),
        MatchRule("r", "phones", frozenset({"x"}), 20),
    ],
)
def test_a_kind_of_rule_reads_only_facts_of_its_kind(rule: Rule) -> None:
    assert K.FACT_NOT_READABLE in kinds(rule)


def test_windows_and_half_lives_need_instants_and_a_length() -> None:
    assert kinds(PerEventRule("r", "page_views", 1, 20, window=DAY)) == [K.WINDOW_NOT_POSSIBLE]
    assert kinds(PerEventRule("r", "connected_calls", 1, 20, window=0 * DAY)) == [K.WINDOW_NOT_POSSIBLE]
    assert kinds(FlatRule("r", Happened("interested_calls", -DAY), 20)) == [K.WINDOW_NOT_POSSIBLE]
    assert kinds(FlatRule("r", Happened("interested_calls", 3651 * DAY), 20)) == [K.WINDOW_NOT_POSSIBLE]
    assert kinds(FlatRule("r", Known("company"), 20, half_life=DAY)) == [K.HALF_LIFE_NOT_POSSIBLE]
    assert kinds(PerEventRule("r", "connected_calls", 1, 20, half_life=0 * DAY)) == [K.HALF_LIFE_NOT_POSSIBLE]
    assert kinds(
        PerEventRule("r", "connected_calls", 1, 10, half_life=DAY), PerEventRule("s", "interested_calls", 1, 10, half_life=2 * DAY)
    ) == [K.HALF_LIVES_DIFFER]


def test_bands_rise_without_overlap_and_end_open() -> None:
    def bands(*bands: tuple[int | None, int]) -> list[ModelProblemKind]:
        return kinds(BandRule("r", "employees", tuple(Band(*band) for band in bands)))

    assert bands((10, 5), (None, 20)) == []
    assert bands((50, 5), (10, 7), (None, 20)) == [K.BANDS_UNSORTED]
    assert bands((50, 5), (50, 7), (None, 20)) == [K.BANDS_OVERLAP]
    assert bands((50, 5), (60, 20)) == [K.BANDS_INCOMPLETE]
    assert bands((None, 5), (None, 20)) == [K.BANDS_INCOMPLETE, K.CATEGORY_CAP_UNREACHABLE]
    assert K.BANDS_INCOMPLETE in bands()
    assert bands((1, 5), (None, 20)) == [K.BAND_UNREACHABLE]
    assert kinds(BandRule("r", "annual_revenue", (Band(1, 5), Band(None, 20)))) == []


def test_a_caps_points_must_be_there_to_be_had() -> None:
    rule = PerEventRule("r", "website_visits", 3, cap=10)
    assert found(rule, cap=20) == [(K.CATEGORY_CAP_UNREACHABLE, None, "The rules give 10 points at most; the cap is 20.")]
    assert found(rule, cap=8) == [
        (K.POINTS_HIDDEN, "r", "The rule gives up to 10 points, of which the category's cap hides all but 8."),
    ]
    assert kinds(FlatRule("r", Known("company"), 25)) == [K.POINTS_HIDDEN]
    assert kinds(PerEventRule("r", "website_visits", 30, cap=20)) == [K.POINTS_HIDDEN]
    assert kinds(PerEventRule("r", "website_visits", 1, cap=0)) == [K.CAP_NOT_POSITIVE, K.CATEGORY_CAP_UNREACHABLE]
    assert K.CAP_NOT_POSITIVE in kinds(rule, cap=0)
    # Of a request only the latest is known, so there is never a second one.
    assert found(PerEventRule("r", "contact_requested_at", 5, cap=20))[0] == (
        K.RULE_CAP_UNREACHABLE,
        "r",
        "There is only ever one such event, so 5 points are the most; the cap is 20.",
    )


def test_no_lead_has_two_sizes_so_bands_of_one_number_do_not_add_up() -> None:
    small = FlatRule("rest", AtLeast("employees", 100), 10)
    large = BandRule("size", "employees", (Band(100, 20), Band(None, 5)))

    assert highest_of_rule(small) + highest_of_rule(large) == 30
    assert highest_of_category(Category("one", 30, (small, large))) == 20
    assert found(small, large, cap=30) == [(K.CATEGORY_CAP_UNREACHABLE, None, "The rules give 20 points at most; the cap is 30.")]


def test_negative_points_fill_no_category() -> None:
    assert found(FlatRule("r", Happened("wrong_number_calls"), -10)) == [
        (K.CATEGORY_CAP_UNREACHABLE, None, "The rules give 0 points at most; the cap is 20.")
    ]


def test_rules_without_effect_are_told() -> None:
    full = FlatRule("full", Known("company"), 20)
    assert kinds(full, FlatRule("r", Known("industry"), 0)) == [K.NO_POINTS]
    assert kinds(full, BandRule("r", "employees", (Band(None, 0),))) == [K.NO_POINTS]
    assert kinds(full, FlatRule("r", AtLeast("page_views", 0), 1)) == [K.ALWAYS_HOLDS]
    assert kinds(full, MatchRule("r", "source", frozenset(), 1)) == [K.NO_VALUES]
    assert found(full, MatchRule("r", "source", frozenset({"WEBINAR", "webinar", "FAX"}), 1)) == [
        (K.VALUE_UNKNOWN, "r", "SOURCE is never: FAX, webinar.")
    ]
    assert kinds(full, MatchRule("r", "industry", frozenset({"anything"}), 1)) == []


def test_an_empty_model_is_no_model() -> None:
    assert [kind for kind, _ in whole(ModelDefinition())] == [K.NO_CATEGORIES, *[K.GRADE_UNREACHABLE] * 3, K.TOTAL_UNREACHABLE]
    assert kinds(cap=20) == [K.NO_RULES]


def test_keys_are_told_apart() -> None:
    rule = FlatRule("same", Known("company"), 10)
    assert kinds(rule, FlatRule("same", Known("industry"), 10)) == [K.DUPLICATE_KEY]
    assert whole(ModelDefinition((FILLER, FILLER)))[0] == (K.DUPLICATE_KEY, "Several categories have the key `filler`.")


def test_grades_rise_and_can_be_reached() -> None:
    assert [kind for kind, _ in whole(ModelDefinition((FILLER,), GradeThresholds(60, 60, 0)))] == [K.GRADES_NOT_RISING]
    low = Category("low", 50, (PerEventRule("visits", "website_visits", 10, cap=50),))
    assert whole(ModelDefinition((low,), GradeThresholds(51, 50, 10))) == [
        (K.GRADE_UNREACHABLE, "No lead can get grade A: it begins at 51, and 50 is the most."),
        (K.TOTAL_UNREACHABLE, "No lead can get the 100 points of the model's cap: 50 is the most."),
    ]
    assert whole(ModelDefinition((low,), GradeThresholds(50, 30, 10), cap=50)) == []


def test_totals_end_at_100_and_what_exceeds_the_cap_is_hidden() -> None:
    assert [kind for kind, _ in whole(ModelDefinition((FILLER, STANDARD.categories[0]), cap=120))] == [K.TOTAL_OVER_100]
    assert whole(ModelDefinition((FILLER, STANDARD.categories[0]))) == [
        (K.TOTAL_HIDES_POINTS, "The categories' caps add up to 120; the model's cap hides what exceeds 100.")
    ]


def test_errors_come_before_warnings() -> None:
    problems = model_problems(ModelDefinition((Category("one", 20, (FlatRule("r", Known("employees"), 0),)), FILLER)))

    assert [problem.severity for problem in problems] == sorted(
        (problem.severity for problem in problems), key=list(ModelProblemSeverity).index
    )
    assert {problem.kind for problem in errors_among(problems)} == {K.FACT_NOT_READABLE}
