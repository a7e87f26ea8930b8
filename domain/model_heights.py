"""Tells how many points rules, categories and a whole model can give at most, to whatever lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.scoring_facts import COUNT_FACTS, EVENT_FACTS, NUMBER_FACTS, SINGLE_EVENTS, TEXT_FACTS
from domain.scoring_rules import AtLeast, BandRule, Category, FlatRule, Known, MatchRule, PerEventRule, Rule


def highest_total(categories: Iterable[Category], cap: int) -> int:
    """Return the highest total that the categories could give together."""
    return min(cap, sum(highest_of_category(category) for category in categories))


def highest_of_category(category: Category) -> int:
    """Return the most that a category can give.

    Rules that read the same number or text are looked at together: no lead has both few and many employees.
    """
    by_fact: dict[str, list[Rule]] = {}
    for rule in category.rules:
        by_fact.setdefault(rule.fact, []).append(rule)
    return max(0, min(category.cap, sum(_highest_together(fact, rules) for fact, rules in by_fact.items())))


def highest_of_rule(rule: Rule) -> int:
    """Return the most that a rule alone can give."""
    return _highest_together(rule.fact, [rule])


def _highest_together(fact: str, rules: Sequence[Rule]) -> int:
    if fact in EVENT_FACTS:
        # Through different windows the rules may see different events, so each is taken for itself.
        return sum(max(0, _highest_of_events(rule)) for rule in rules)
    if fact in NUMBER_FACTS:
        return max(sum(_points_for_number(rule, number) for rule in rules) for number in _numbers(fact, rules))
    if fact in TEXT_FACTS:
        values = {value for rule in rules if isinstance(rule, MatchRule) for value in rule.values}
        return max(sum(_points_for_text(rule, text) for rule in rules) for text in (None, "", *values))
    return 0


def _highest_of_events(rule: Rule) -> int:
    match rule:
        case FlatRule(points=points):
            return points
        case PerEventRule(fact=fact, points_each=each, cap=cap):
            return min(cap, each) if fact in SINGLE_EVENTS else (cap if each > 0 else 0)
        case _:
            return 0


def _numbers(fact: str, rules: Sequence[Rule]) -> Iterable[int | None]:
    """List the numbers among which the highest sum is found: points only move at limits, or rise and fall steadily up to a cap."""
    limits = {0, 1}
    for rule in rules:
        match rule:
            case FlatRule(condition=AtLeast(threshold=threshold)):
                limits.add(threshold)
            case BandRule(bands=bands):
                limits.update(band.below for band in bands if band.below is not None)
            case PerEventRule(points_each=each, cap=cap) if each:
                limits.add(-(-max(cap, 0) // abs(each)))
            case _:
                pass
    numbers = {near for limit in limits for near in (limit - 1, limit, limit + 1) if near >= 0}
    return numbers if fact in COUNT_FACTS else {None, *numbers}


def _points_for_number(rule: Rule, number: int | None) -> int:
    match rule:
        case FlatRule(condition=AtLeast(threshold=threshold), points=points):
            return points if number is not None and number >= threshold else 0
        case PerEventRule(points_each=each, cap=cap):
            earned = each * (number or 0)
            return max(-cap, min(cap, earned)) if cap > 0 else 0
        case BandRule(bands=bands) if number is not None and number > 0:
            return next((band.points for band in bands if band.below is None or number < band.below), 0)
        case _:
            return 0


def _points_for_text(rule: Rule, text: str | None) -> int:
    match rule:
        case FlatRule(condition=Known(), points=points):
            return points if text is not None else 0
        case MatchRule(values=values, points=points):
            return points if text in values else 0
        case _:
            return 0
