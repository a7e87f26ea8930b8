"""The smallest sets that reach a grade are those that trying everything finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from domain.levers import ACTIONABLE
from domain.next_steps import next_steps
from domain.score_reach import MOST_SETS, ScoreReach, score_reach
from domain.scoring import ConversationCall, Facts, Grade, score
from domain.scoring_models import STANDARD, VOICE
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
    ScoringModel,
)

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
anywhere = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
OUTCOMES = {"interested_calls": "INTERESTED", "meeting_booked_calls": "MEETING_BOOKED", "not_interested_calls": "NOT_INTERESTED"}
# So many units of each are all that any rule below can tell apart.
MOST = {
    "company": 1,
    "phones": 5,
    "website_visits": 5,
    "email_clicks": 5,
    "contact_requested_at": 1,
    "interested_calls": 3,
    "connected_calls": 3,
}
PHONES = tuple(f"+1415555267{digit}" for digit in range(1, 8))

points = st.integers(-4, 9)
spans = st.none() | st.sampled_from([timedelta(days=3), timedelta(days=30)])


def _banded(key: str, fact: str, one: int, two: int) -> Rule:
    return BandRule(key, fact, (Band(2, one), Band(4, two), Band(None, 6)))


def rules(key: str, half_life: timedelta | None) -> st.SearchStrategy[Rule]:
    counts = st.sampled_from(["phones", "website_visits", "email_clicks"])
    events = st.sampled_from(["contact_requested_at", "interested_calls", "connected_calls", "not_interested_calls"])
    return st.one_of(
        st.builds(FlatRule, st.just(key), st.builds(Known, st.just("company")), points),
        st.builds(FlatRule, st.just(key), st.builds(AtLeast, counts, st.integers(1, 3)), points),
        st.builds(FlatRule, st.just(key), st.builds(Happened, events, spans), points, st.sampled_from([None, half_life])),
        st.builds(PerEventRule, st.just(key), counts, st.sampled_from([-2, 2, 3, 5]), st.integers(3, 9)),
        st.builds(
            PerEventRule, st.just(key), events, st.sampled_from([-2, 3, 4]), st.integers(3, 9), spans, st.sampled_from([None, half_life])
        ),
        st.builds(_banded, st.just(key), counts, points, points),
        st.builds(MatchRule, st.just(key), st.just("source"), st.just(frozenset({"WEBINAR"})), points),
    )


@st.composite
def models(draw: st.DrawFn) -> ScoringModel:
    """Build a model of one to three small categories, which may share facts, take points away, and let them decay."""
    categories: list[Category] = []
    for number in range(draw(st.integers(1, 3))):
        half_life = draw(st.none() | st.just(timedelta(days=14)))
        some = tuple(draw(rules(f"rule_{index}", half_life)) for index in range(draw(st.integers(1, 2))))
        categories.append(Category(f"category_{number}", draw(st.integers(3, 20)), some))
    thresholds = draw(st.lists(st.integers(1, 40), min_size=3, max_size=3, unique=True).map(sorted))
    return ScoringModel("drawn", 1, "Drawn", tuple(categories), GradeThresholds(thresholds[2], thresholds[1], thresholds[0]), 60)


instants = st.timedeltas(timedelta(0), timedelta(days=40)).map(lambda ago: AS_OF - ago)
calls = st.builds(
    ConversationCall, outcome=st.sampled_from([*OUTCOMES.values(), "VOICEMAIL"]), connected_seconds=st.sampled_from([0, 60]), at=instants
)
leads = st.builds(
    Facts,
    company=st.sampled_from([None, "Acme"]),
    phones=st.sampled_from([(), PHONES[:1]]),
    website_visits=st.integers(0, 3),
    email_clicks=st.integers(0, 2),
    source=st.sampled_from(["WEBINAR", "OTHER"]),
    contact_requested_at=st.none() | instants,
    conversation=st.lists(calls, max_size=3).map(tuple),
)


def more(facts: Facts, fact: str, count: int) -> Facts:
    """Let so much more of a fact be known or have happened, now."""
    if count == 0:
        return facts
    match fact:
        case "company":
            return replace(facts, company=facts.company or "Acme")
        case "phones":
            return replace(facts, phones=PHONES[: len(facts.phones) + count])
        case "contact_requested_at":
            return replace(facts, contact_requested_at=AS_OF)
        case "connected_calls":
            return replace(facts, conversation=(*facts.conversation, *[ConversationCall("CONNECTED", 60, AS_OF)] * count))
        case "interested_calls":
            return replace(facts, conversation=(*facts.conversation, *[ConversationCall("INTERESTED", 0, AS_OF)] * count))
        case _:
            return replace(facts, **{fact: getattr(facts, fact) + count})


def everything(facts: Facts, model: ScoringModel) -> Iterator[tuple[dict[str, int], int]]:
    """Try every number of units of every fact that the model reads, as far as any of them can matter."""
    named = [fact for fact in dict.fromkeys(rule.fact for category in model.categories for rule in category.rules) if fact in ACTIONABLE]
    for units in product(*(range(MOST[fact] + 1) for fact in named)):
        changed = facts
        for fact, count in zip(named, units, strict=True):
            changed = more(changed, fact, count)
        yield {fact: count for fact, count in zip(named, units, strict=True) if count}, score(changed, model, AS_OF).total


def shown(reach: ScoreReach) -> list[dict[str, int]]:
    return [{step.fact: step.want - step.have for step in each.steps} for each in reach.sets]


def threshold(model: ScoringModel, grade: Grade) -> int:
    return {Grade.A: model.grades.a, Grade.B: model.grades.b, Grade.C: model.grades.c, Grade.D: 0}[grade]


# The first category wants one visit more, at which the second gives nothing; with three more it gives its points back.
DIPPING = ScoringModel(
    "drawn",
    1,
    "Drawn",
    (
        Category("category_0", 3, (FlatRule("rule_0", AtLeast("website_visits", 2), 1),)),
        Category("category_1", 3, (_banded("rule_0", "website_visits", 6, 0),)),
    ),
    GradeThresholds(4, 2, 1),
    60,
)


@anywhere
@given(leads, models(), st.sampled_from(Grade))
@example(Facts(website_visits=1), DIPPING, Grade.A)
def test_the_sets_are_those_that_trying_everything_finds(facts: Facts, model: ScoringModel, grade: Grade) -> None:
    reach = score_reach(facts, model, AS_OF, grade)
    tried = list(everything(facts, model))
    now = score(facts, model, AS_OF).total
    enough = [(units, total) for units, total in tried if total >= threshold(model, grade)]

    assert reach.points_needed == max(0, threshold(model, grade) - now)
    assert reach.exact
    assert reach.reachable_total == max(total for _, total in tried)
    if reach.points_needed == 0 or not enough:
        assert reach.sets == ()
        assert reach.reachable == (reach.points_needed == 0)
        return
    fewest = min(sum(units.values()) for units, _ in enough)
    smallest = [(units, total) for units, total in enough if sum(units.values()) == fewest]
    found = shown(reach)
    assert all(units in [each for each, _ in smallest] for units in found)
    assert len(found) == min(MOST_SETS, len(smallest))
    assert reach.more_sets == (len(smallest) > MOST_SETS)
    totals = {frozenset(units.items()): total for units, total in smallest}
    assert [each.total for each in reach.sets] == [totals[frozenset(units.items())] for units in found]
    assert [each.total for each in reach.sets] == sorted((total for _, total in smallest), reverse=True)[: len(found)]
    assert all(each.total == now + sum(step.points for step in each.steps) for each in reach.sets)


# What one more call of interest gives here and what a connected minute gives differ by fractions of a point, and the total does not.
INTERESTED_LONG_AGO = Facts(
    source="WEBINAR",
    conversation=tuple(
        ConversationCall(outcome="INTERESTED", connected_seconds=seconds, at=AS_OF - timedelta(days=26)) for seconds in (0, 0, 60)
    ),
)


@anywhere
@given(leads, st.sampled_from([STANDARD, VOICE]) | models())
@example(INTERESTED_LONG_AGO, VOICE)
def test_the_first_of_the_smallest_sets_is_what_the_next_steps_say(facts: Facts, model: ScoringModel) -> None:
    steps = next_steps(facts, model, AS_OF)
    assume(steps.to_grade is not None and steps.reachable)
    assert steps.to_grade is not None

    reach = score_reach(facts, model, AS_OF, steps.to_grade)

    first: Mapping[str, int] = shown(reach)[0]
    assert first == {step.fact: step.want - step.have for step in steps.steps}
    assert reach.reachable_total == steps.reachable_total
