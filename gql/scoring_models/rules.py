"""The rules of a scoring model, typed by their kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import strawberry

from domain import scoring_rules as domain
from domain.model_heights import highest_of_category, highest_of_rule
from domain.scoring_rules import label
from gql.nodes import computed, plain, shows
from gql.scoring_models.enums import ScoringFact

_DAY = timedelta(days=1)


def _fact(rule: Any) -> ScoringFact:
    return ScoringFact(rule.fact.upper())


def _days(span: timedelta | None) -> float | None:
    return None if span is None else span / _DAY


@strawberry.interface(description="When a rule gives its points once.")
class ScoringCondition:
    """See `domain.scoring_rules.Condition`."""

    fact: ScoringFact = computed("The fact that it reads.", _fact)


@strawberry.type(description="A text is known.")
class KnownCondition(ScoringCondition):
    """See `domain.scoring_rules.Known`."""

    is_type_of = shows(domain.Known)


@strawberry.type(description="A number is known and large enough.")
class AtLeastCondition(ScoringCondition):
    """See `domain.scoring_rules.AtLeast`."""

    threshold: int = plain("The smallest number that is enough.")
    is_type_of = shows(domain.AtLeast)


@strawberry.type(description="An event took place.")
class HappenedCondition(ScoringCondition):
    """See `domain.scoring_rules.Happened`."""

    within_days: float | None = computed("How many days ago at most; null: ever.", lambda condition: _days(condition.within))
    is_type_of = shows(domain.Happened)


@strawberry.interface(description="How a fact turns into points.")
class ScoringRule:
    """See `domain.scoring_rules.Rule`."""

    key: str = plain("The rule's key, unique in its category; breakdowns name it.")
    name: str = computed("The rule's name, for people.", lambda rule: label(rule.key, rule.name))
    fact: ScoringFact = computed("The fact that it reads.", _fact)
    highest: int = computed("The most points that it can give.", highest_of_rule)


@strawberry.type(description="Points once, while a condition holds.")
class FlatScoringRule(ScoringRule):
    """See `domain.scoring_rules.FlatRule`."""

    condition: ScoringCondition = plain("The condition.")
    points: int = plain("The points; negative ones take away.")
    half_life_days: float | None = computed(
        "After how many days half of the points are left; null: they stay.", lambda rule: _days(rule.half_life)
    )
    is_type_of = shows(domain.FlatRule)


@strawberry.type(description="Points for each event, up to a cap.")
class PerEventScoringRule(ScoringRule):
    """See `domain.scoring_rules.PerEventRule`."""

    points_each: int = plain("The points of one event; negative ones take away.")
    cap: int = plain("The most that all events together give, or take away.")
    window_days: float | None = computed("How many days ago an event counts at most; null: all count.", lambda rule: _days(rule.window))
    half_life_days: float | None = computed(
        "After how many days half of an event's points are left; null: they stay.", lambda rule: _days(rule.half_life)
    )
    is_type_of = shows(domain.PerEventRule)


@strawberry.type(description="The points of all numbers below a limit and not below the limit before.")
class ScoringBand:
    """See `domain.scoring_rules.Band`."""

    below: int | None = plain("The limit, which is not part of the band; null: the last band has none.")
    points: int = plain("The points.")


@strawberry.type(description="Points by the band that a number falls into; unknown numbers, zero and negative ones give nothing.")
class BandScoringRule(ScoringRule):
    """See `domain.scoring_rules.BandRule`."""

    bands: list[ScoringBand] = plain("The bands, the lowest first.")
    is_type_of = shows(domain.BandRule)


@strawberry.type(description="Points when a text is one of a set.")
class MatchScoringRule(ScoringRule):
    """See `domain.scoring_rules.MatchRule`."""

    values: list[str] = computed("The texts, letter by letter as they are stored.", lambda rule: sorted(rule.values))
    points: int = plain("The points; negative ones take away.")
    is_type_of = shows(domain.MatchRule)


@strawberry.type(description="Rules whose points are added up, kept between 0 and the cap, and rounded half up.")
class ScoringCategory:
    """See `domain.scoring_rules.Category`."""

    key: str = plain("The category's key, unique in the model.")
    name: str = computed("The category's name, for people.", lambda category: label(category.key, category.name))
    cap: int = plain("The most that it gives.")
    highest: int = computed("The most that its rules can give, under the cap.", highest_of_category)
    rules: list[ScoringRule] = plain("The rules.")


@strawberry.type(description="The lowest totals of the grades A, B and C; everything lower is a D.")
class GradeThresholds:
    """See `domain.scoring_rules.GradeThresholds`."""

    a: int = plain("The lowest total of an A.")
    b: int = plain("The lowest total of a B.")
    c: int = plain("The lowest total of a C.")


# The schema finds only types that a field names, and fields name the interfaces.
KINDS = [
    FlatScoringRule,
    PerEventScoringRule,
    BandScoringRule,
    MatchScoringRule,
    KnownCondition,
    AtLeastCondition,
    HappenedCondition,
]
