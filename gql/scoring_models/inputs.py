"""What a draft is made of, as it is sent: typed rules, one kind each, and how they become the domain's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, cast

import strawberry
from strawberry import UNSET

from domain import scoring_rules as domain
from domain.refusals import Refusal, ValidationFailed
from gql.scoring_models.enums import ScoringFact

MOST_CATEGORIES = 20
MOST_RULES = 50
MOST_BANDS = 20
MOST_VALUES = 100
MOST_POINTS = 100
_MAX_KEY = 40
_MAX_NAME = 100
_MAX_VALUE = 200
_MOST_DAYS = 100_000.0
_KEY_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def _alternative(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


def _optional(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="A text is known.")
class KnownConditionInput:
    """See `domain.scoring_rules.Known`."""

    fact: ScoringFact = strawberry.field(description="The text.")


@strawberry.input(description="A number is known and large enough.")
class AtLeastConditionInput:
    """See `domain.scoring_rules.AtLeast`."""

    fact: ScoringFact = strawberry.field(description="The number.")
    threshold: int = strawberry.field(description="The smallest number that is enough.")


@strawberry.input(description="An event took place.")
class HappenedConditionInput:
    """See `domain.scoring_rules.Happened`."""

    fact: ScoringFact = strawberry.field(description="The event.")
    within_days: float | None = _optional("How many days ago at most; an event exactly that old counts. Null: ever.")


@strawberry.input(one_of=True, description="A condition of one kind.")
class ScoringConditionInput:
    """See `domain.scoring_rules.Condition`."""

    known: KnownConditionInput | None = _alternative("A text is known.")
    at_least: AtLeastConditionInput | None = _alternative("A number is large enough.")
    happened: HappenedConditionInput | None = _alternative("An event took place.")


@strawberry.input(description="Points once, while a condition holds.")
class FlatScoringRuleInput:
    """See `domain.scoring_rules.FlatRule`."""

    key: str = strawberry.field(description="The rule's key, unique in its category: 1–40 small letters, digits and underscores.")
    name: str | None = _optional("The rule's name, at most 100 characters; null: the key in words.")
    condition: ScoringConditionInput = strawberry.field(description="The condition.")
    points: int = strawberry.field(description="The points, from -100 to 100.")
    half_life_days: float | None = _optional("After how many days half of the points are left, of events only; null: they stay.")


@strawberry.input(description="Points for each event, up to a cap.")
class PerEventScoringRuleInput:
    """See `domain.scoring_rules.PerEventRule`."""

    key: str = strawberry.field(description="The rule's key, unique in its category: 1–40 small letters, digits and underscores.")
    name: str | None = _optional("The rule's name, at most 100 characters; null: the key in words.")
    fact: ScoringFact = strawberry.field(description="The count or event.")
    points_each: int = strawberry.field(description="The points of one event, from -100 to 100.")
    cap: int = strawberry.field(description="The most that all events together give, or take away, at most 100.")
    window_days: float | None = _optional("How many days ago an event counts at most, of events only; null: all count.")
    half_life_days: float | None = _optional("After how many days half of the points are left, of events only; null: they stay.")


@strawberry.input(description="The points of all numbers below a limit and not below the limit before.")
class ScoringBandInput:
    """See `domain.scoring_rules.Band`."""

    below: int | None = _optional("The limit, which is not part of the band; null: none, for the last band only.")
    points: int = strawberry.field(description="The points, from -100 to 100.")


@strawberry.input(description="Points by the band that a number falls into; unknown numbers, zero and negative ones give nothing.")
class BandScoringRuleInput:
    """See `domain.scoring_rules.BandRule`."""

    key: str = strawberry.field(description="The rule's key, unique in its category: 1–40 small letters, digits and underscores.")
    name: str | None = _optional("The rule's name, at most 100 characters; null: the key in words.")
    fact: ScoringFact = strawberry.field(description="The number.")
    bands: list[ScoringBandInput] = strawberry.field(description="The bands, the lowest first; at most 20.")


@strawberry.input(description="Points when a text is one of a set.")
class MatchScoringRuleInput:
    """See `domain.scoring_rules.MatchRule`."""

    key: str = strawberry.field(description="The rule's key, unique in its category: 1–40 small letters, digits and underscores.")
    name: str | None = _optional("The rule's name, at most 100 characters; null: the key in words.")
    fact: ScoringFact = strawberry.field(description="The text.")
    values: list[str] = strawberry.field(description="The texts, letter by letter as they are stored; at most 100.")
    points: int = strawberry.field(description="The points, from -100 to 100.")


@strawberry.input(one_of=True, description="A rule of one kind.")
class ScoringRuleInput:
    """See `domain.scoring_rules.Rule`."""

    flat: FlatScoringRuleInput | None = _alternative("Points once, while a condition holds.")
    per_event: PerEventScoringRuleInput | None = _alternative("Points for each event, up to a cap.")
    bands: BandScoringRuleInput | None = _alternative("Points by the band that a number falls into.")
    match: MatchScoringRuleInput | None = _alternative("Points when a text is one of a set.")


@strawberry.input(description="Rules whose points are added up, kept between 0 and the cap, and rounded half up.")
class ScoringCategoryInput:
    """See `domain.scoring_rules.Category`."""

    key: str = strawberry.field(description="The category's key, unique in the model: 1–40 small letters, digits and underscores.")
    name: str | None = _optional("The category's name, at most 100 characters; null: the key in words.")
    cap: int = strawberry.field(description="The most that it gives, at most 100.")
    rules: list[ScoringRuleInput] = strawberry.field(description="The rules, at most 50.")


@strawberry.input(description="The lowest totals of the grades A, B and C; everything lower is a D.")
class GradeThresholdsInput:
    """See `domain.scoring_rules.GradeThresholds`."""

    a: int = strawberry.field(description="The lowest total of an A.")
    b: int = strawberry.field(description="The lowest total of a B.")
    c: int = strawberry.field(description="The lowest total of a C.")


def to_categories(given: Sequence[ScoringCategoryInput]) -> tuple[tuple[domain.Category, ...], list[Refusal]]:
    """Make the domain's categories, and list what is out of bounds; what makes no sense is the model's validation to say."""
    refusals: list[Refusal] = []
    categories: list[domain.Category] = []
    if len(given) > MOST_CATEGORIES:
        return (), [_bad(f"At most {MOST_CATEGORIES} categories.")]
    for number, category in enumerate(given):
        found = [*_of_names(category), *_out_of_range("cap", category.cap)]
        if len(category.rules) > MOST_RULES:
            found.append(_bad(f"At most {MOST_RULES} rules.", "rules"))
        rules: list[domain.Rule] = []
        for place, one in enumerate(category.rules[:MOST_RULES]):
            kind, rule = _chosen(one)
            found += [refusal.at("rules", str(place), kind) for refusal in _of_rule(rule)]
            rules.append(_to_rule(rule))
        refusals += [refusal.at(str(number)) for refusal in found]
        categories.append(domain.Category(category.key, category.cap, tuple(rules), category.name or ""))
    return tuple(categories), refusals


def _chosen(given: Any) -> tuple[str, Any]:
    """Take the one alternative that was given; GraphQL has seen to it that there is one."""
    alternatives = cast("dict[str, Any]", vars(given))
    return next((name, value) for name, value in alternatives.items() if value is not UNSET and value is not None)


def _bad(message: str, *path: str) -> ValidationFailed:
    return ValidationFailed(message=message, path=path)


def _of_names(given: Any) -> Iterator[Refusal]:
    if not 0 < len(given.key) <= _MAX_KEY or not _KEY_CHARACTERS.issuperset(given.key):
        yield _bad(f"A key has 1–{_MAX_KEY} small letters, digits and underscores.", "key")
    if given.name is not None and (len(given.name) > _MAX_NAME or "\0" in given.name):
        yield _bad(f"A name has at most {_MAX_NAME} characters.", "name")


def _out_of_range(name: str, points: int) -> Iterator[Refusal]:
    if not -MOST_POINTS <= points <= MOST_POINTS:
        yield _bad(f"Points lie between -{MOST_POINTS} and {MOST_POINTS}.", name)


def _of_rule(rule: Any) -> Iterator[Refusal]:
    yield from _of_names(rule)
    for name in ("points", "points_each", "cap"):
        if hasattr(rule, name):
            yield from _out_of_range(name, getattr(rule, name))
    for name in ("window_days", "half_life_days"):
        yield from _of_days(getattr(rule, name, None), name)
    if isinstance(rule, FlatScoringRuleInput):
        kind, condition = _chosen(rule.condition)
        yield from _of_days(getattr(condition, "within_days", None), "condition", kind, "within_days")
    if isinstance(rule, BandScoringRuleInput):
        if len(rule.bands) > MOST_BANDS:
            yield _bad(f"At most {MOST_BANDS} bands.", "bands")
        for number, band in enumerate(rule.bands[:MOST_BANDS]):
            yield from (refusal.at("bands", str(number)) for refusal in _out_of_range("points", band.points))
    if isinstance(rule, MatchScoringRuleInput):
        if len(rule.values) > MOST_VALUES:
            yield _bad(f"At most {MOST_VALUES} values.", "values")
        if any(len(value) > _MAX_VALUE or "\0" in value for value in rule.values):
            yield _bad(f"A value has at most {_MAX_VALUE} characters.", "values")


def _of_days(days: float | None, *path: str) -> Iterator[Refusal]:
    if days is not None and not -_MOST_DAYS <= days <= _MOST_DAYS:
        yield _bad("So many days are no span of time.", *path)


def _span(days: float | None) -> timedelta | None:
    return None if days is None else timedelta(days=max(-_MOST_DAYS, min(_MOST_DAYS, days)))


def _to_rule(rule: Any) -> domain.Rule:
    name = rule.name or ""
    if isinstance(rule, FlatScoringRuleInput):
        return domain.FlatRule(rule.key, _to_condition(rule.condition), rule.points, _span(rule.half_life_days), name)
    if isinstance(rule, PerEventScoringRuleInput):
        window, half_life = _span(rule.window_days), _span(rule.half_life_days)
        return domain.PerEventRule(rule.key, rule.fact.key, rule.points_each, rule.cap, window, half_life, name)
    if isinstance(rule, BandScoringRuleInput):
        bands = tuple(domain.Band(band.below, band.points) for band in rule.bands)
        return domain.BandRule(rule.key, rule.fact.key, bands, name)
    return domain.MatchRule(rule.key, rule.fact.key, frozenset(rule.values), rule.points, name)


def _to_condition(given: ScoringConditionInput) -> domain.Condition:
    _, condition = _chosen(given)
    if isinstance(condition, KnownConditionInput):
        return domain.Known(condition.fact.key)
    if isinstance(condition, AtLeastConditionInput):
        return domain.AtLeast(condition.fact.key, condition.threshold)
    return domain.Happened(condition.fact.key, _span(condition.within_days))
