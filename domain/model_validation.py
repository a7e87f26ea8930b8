"""Finds everything that is wrong with a drafted scoring model, and everything that is probably not meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from domain.leads import LeadSource
from domain.model_definitions import ModelDefinition
from domain.model_heights import highest_of_category, highest_of_rule, highest_total
from domain.scoring_facts import COUNT_FACTS, EVENT_FACTS, NUMBER_FACTS, TEXT_FACTS
from domain.scoring_rules import (
    AtLeast,
    BandRule,
    Category,
    FlatRule,
    Happened,
    Known,
    MatchRule,
    PerEventRule,
    Rule,
    half_life_of,
    window_of,
)
from domain.titles import Seniority

HIGHEST_TOTAL = 100
"""Totals are stored, shown and filtered as 0–100."""

LONGEST_SPAN = timedelta(days=3650)
_CLOSED_SETS = {"seniority": frozenset(Seniority), "source": frozenset(LeadSource)}


class ModelProblemSeverity(StrEnum):
    """What a problem means for publishing."""

    ERROR = "ERROR"
    WARNING = "WARNING"


class ModelProblemKind(StrEnum):
    """What may be wrong with a drafted model; those up to `GRADE_UNREACHABLE` are errors, the others warnings."""

    NO_CATEGORIES = "NO_CATEGORIES"
    NO_RULES = "NO_RULES"
    DUPLICATE_KEY = "DUPLICATE_KEY"
    FACT_NOT_READABLE = "FACT_NOT_READABLE"
    WINDOW_NOT_POSSIBLE = "WINDOW_NOT_POSSIBLE"
    HALF_LIFE_NOT_POSSIBLE = "HALF_LIFE_NOT_POSSIBLE"
    HALF_LIVES_DIFFER = "HALF_LIVES_DIFFER"
    BANDS_UNSORTED = "BANDS_UNSORTED"
    BANDS_OVERLAP = "BANDS_OVERLAP"
    BANDS_INCOMPLETE = "BANDS_INCOMPLETE"
    NO_VALUES = "NO_VALUES"
    CAP_NOT_POSITIVE = "CAP_NOT_POSITIVE"
    TOTAL_OVER_100 = "TOTAL_OVER_100"
    GRADES_NOT_RISING = "GRADES_NOT_RISING"
    GRADE_UNREACHABLE = "GRADE_UNREACHABLE"
    TOTAL_UNREACHABLE = "TOTAL_UNREACHABLE"
    TOTAL_HIDES_POINTS = "TOTAL_HIDES_POINTS"
    CATEGORY_CAP_UNREACHABLE = "CATEGORY_CAP_UNREACHABLE"
    RULE_CAP_UNREACHABLE = "RULE_CAP_UNREACHABLE"
    POINTS_HIDDEN = "POINTS_HIDDEN"
    NO_POINTS = "NO_POINTS"
    ALWAYS_HOLDS = "ALWAYS_HOLDS"
    BAND_UNREACHABLE = "BAND_UNREACHABLE"
    VALUE_UNKNOWN = "VALUE_UNKNOWN"


_KINDS = tuple(ModelProblemKind)
_ERRORS = frozenset(_KINDS[: _KINDS.index(ModelProblemKind.GRADE_UNREACHABLE) + 1])


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """One thing that is wrong. `category` and `rule` are keys; None: it is about the whole model, or the whole category."""

    kind: ModelProblemKind
    message: str
    category: str | None = None
    rule: str | None = None

    @property
    def severity(self) -> ModelProblemSeverity:
        """Tell whether it keeps the model from being published."""
        return ModelProblemSeverity.ERROR if self.kind in _ERRORS else ModelProblemSeverity.WARNING


Problems = Iterator[ModelProblem]


def model_problems(definition: ModelDefinition) -> tuple[ModelProblem, ...]:
    """List every problem, the errors first. A definition without errors makes a `ScoringModel`.

    Of what cannot be reached only the certain is told: where rules read events through different windows, or categories share a fact, the
    highest points are taken for each alone.
    """
    found = [*_of_whole(definition), *(problem for category in definition.categories for problem in _of_category(category))]
    return tuple(sorted(found, key=lambda problem: problem.severity is ModelProblemSeverity.WARNING))


def errors_among(problems: tuple[ModelProblem, ...]) -> tuple[ModelProblem, ...]:
    """Keep what stands in the way of publishing."""
    return tuple(problem for problem in problems if problem.severity is ModelProblemSeverity.ERROR)


def _of_whole(definition: ModelDefinition) -> Problems:
    kind, grades, cap = ModelProblemKind, definition.grades, definition.cap
    if not definition.categories:
        yield ModelProblem(kind.NO_CATEGORIES, "A model has at least one category.")
    yield from _duplicates([category.key for category in definition.categories], "categories", None)
    if cap <= 0:
        yield ModelProblem(kind.CAP_NOT_POSITIVE, "The model's cap must be positive.")
    if cap > HIGHEST_TOTAL:
        yield ModelProblem(kind.TOTAL_OVER_100, f"Totals are 0–{HIGHEST_TOTAL}, so the model's cap can be no higher.")
    if not 0 < grades.c < grades.b < grades.a:
        yield ModelProblem(kind.GRADES_NOT_RISING, "The lowest totals of the grades must rise from C over B to A, beginning above 0.")
    highest = highest_total(definition.categories, cap)
    for grade, threshold in (("A", grades.a), ("B", grades.b), ("C", grades.c)):
        if threshold > highest:
            message = f"No lead can get grade {grade}: it begins at {threshold}, and {highest} is the most."
            yield ModelProblem(kind.GRADE_UNREACHABLE, message)
    if highest < cap:
        yield ModelProblem(kind.TOTAL_UNREACHABLE, f"No lead can get the {cap} points of the model's cap: {highest} is the most.")
    if (sum_of_caps := sum(category.cap for category in definition.categories)) > cap:
        yield ModelProblem(
            kind.TOTAL_HIDES_POINTS, f"The categories' caps add up to {sum_of_caps}; the model's cap hides what exceeds {cap}."
        )


def _duplicates(keys: list[str], what: str, category: str | None) -> Problems:
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield ModelProblem(ModelProblemKind.DUPLICATE_KEY, f"Several {what} have the key `{key}`.", category)


def _of_category(category: Category) -> Problems:
    kind, key = ModelProblemKind, category.key
    if not category.rules:
        yield ModelProblem(kind.NO_RULES, "A category has at least one rule.", key)
    yield from _duplicates([rule.key for rule in category.rules], "rules", key)
    if category.cap <= 0:
        yield ModelProblem(kind.CAP_NOT_POSITIVE, "The cap must be positive.", key)
    if len({half_life for rule in category.rules if (half_life := half_life_of(rule)) is not None}) > 1:
        yield ModelProblem(kind.HALF_LIVES_DIFFER, "All rules of a category whose points decay share one half-life.", key)
    for rule in category.rules:
        yield from (ModelProblem(found, message, key, rule.key) for found, message in _of_rule(rule, category.cap))
    highest = highest_of_category(category)
    if category.rules and highest < category.cap:
        yield ModelProblem(kind.CATEGORY_CAP_UNREACHABLE, f"The rules give {highest} points at most; the cap is {category.cap}.", key)


Found = Iterator[tuple[ModelProblemKind, str]]


def _of_rule(rule: Rule, category_cap: int) -> Found:
    yield from _of_fact(rule)
    yield from _of_spans(rule)
    yield from _of_kind(rule)
    yield from _of_points(rule, category_cap)


def _readable(rule: Rule) -> bool:
    match rule.condition if isinstance(rule, FlatRule) else rule:
        case Known(fact) | MatchRule(fact=fact):
            return fact in TEXT_FACTS
        case AtLeast(fact) | BandRule(fact=fact):
            return fact in NUMBER_FACTS
        case Happened(fact):
            return fact in EVENT_FACTS
        case PerEventRule(fact=fact):
            return fact in EVENT_FACTS or fact in COUNT_FACTS


def _of_fact(rule: Rule) -> Found:
    if not _readable(rule):
        yield ModelProblemKind.FACT_NOT_READABLE, f"This kind of rule cannot read {rule.fact.upper()}."


def _of_spans(rule: Rule) -> Found:
    for span, kind, name in (
        (window_of(rule), ModelProblemKind.WINDOW_NOT_POSSIBLE, "window"),
        (half_life_of(rule), ModelProblemKind.HALF_LIFE_NOT_POSSIBLE, "half-life"),
    ):
        if span is None:
            continue
        if not timedelta(0) < span <= LONGEST_SPAN:
            yield kind, f"The {name} must be longer than nothing and at most {LONGEST_SPAN.days} days."
        if rule.fact not in EVENT_FACTS:
            yield kind, f"A {name} needs events whose instants are known; of {rule.fact.upper()} only the number is."


def _of_kind(rule: Rule) -> Found:
    kind = ModelProblemKind
    match rule:
        case PerEventRule() if rule.cap <= 0:
            yield kind.CAP_NOT_POSITIVE, "The cap must be positive."
        case BandRule():
            yield from _of_bands(rule)
        case MatchRule() if not rule.values:
            yield kind.NO_VALUES, "There is no value to match."
        case MatchRule(fact=fact, values=values) if fact in _CLOSED_SETS and (unknown := sorted(values - _CLOSED_SETS[fact])):
            yield kind.VALUE_UNKNOWN, f"{rule.fact.upper()} is never: {', '.join(unknown)}."
        case FlatRule(condition=AtLeast(fact, threshold)) if threshold <= 0 and fact in COUNT_FACTS:
            yield kind.ALWAYS_HOLDS, "Every lead has at least so many: the points are given to all."
        case _:
            pass


def _of_bands(rule: BandRule) -> Found:
    kind = ModelProblemKind
    limits = [band.below for band in rule.bands]
    if not limits or limits[-1] is not None or None in limits[:-1]:
        yield kind.BANDS_INCOMPLETE, "The last band, and only the last, has no limit."
    known = [limit for limit in limits if limit is not None]
    if any(later < earlier for earlier, later in pairwise(known)):
        yield kind.BANDS_UNSORTED, "The limits of the bands must rise."
    if any(later == earlier for earlier, later in pairwise(known)):
        yield kind.BANDS_OVERLAP, "Two bands have the same limit: the later one never applies."
    # Unknown numbers, zero and negative ones earn nothing, whatever the bands say.
    lowest = 0 if rule.fact == "annual_revenue" else 1
    for limit in known:
        if limit <= lowest:
            yield kind.BAND_UNREACHABLE, f"The band below {limit} never applies: zero and what is negative earns nothing."


def _of_points(rule: Rule, category_cap: int) -> Found:
    kind = ModelProblemKind
    most = rule.cap
    match rule:
        case PerEventRule(points_each=points):
            nothing = points == 0
            if points > 0 and 0 < (highest := highest_of_rule(rule)) < rule.cap:
                yield (
                    kind.RULE_CAP_UNREACHABLE,
                    f"There is only ever one such event, so {highest} points are the most; the cap is {rule.cap}.",
                )
            if 0 < rule.cap < points:
                yield kind.POINTS_HIDDEN, f"One event gives {points} points, of which the rule's cap hides all but {rule.cap}."
        case BandRule(bands=bands):
            nothing = all(band.points == 0 for band in bands)
        case FlatRule(points=points) | MatchRule(points=points):
            nothing = points == 0
    if nothing:
        yield kind.NO_POINTS, "The rule never gives or takes a point."
    gives = not isinstance(rule, PerEventRule) or rule.points_each > 0
    if gives and 0 < category_cap < most:
        yield kind.POINTS_HIDDEN, f"The rule gives up to {most} points, of which the category's cap hides all but {category_cap}."
