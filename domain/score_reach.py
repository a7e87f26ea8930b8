"""Finds every smallest set of actionable facts that lifts a lead to a grade, whatever the model.

Facts that no category shares make parts of the model that can be looked at one by one; where categories share facts, they are looked at
together. In each part all sums that matter are kept for every number of units, so that the answer is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise, product
from typing import TypeAlias

from domain.levers import ACTIONABLE, MOST_UNITS_OF_A_FACT, held, useful_units, with_more
from domain.scoring import Facts, Grade, RulePoints, Score, ScoringModel, round_half_up, score
from domain.scoring_rules import Rule

MOST_SETS = 10
_FIRST_LIMIT = 16
_MOST_STATES = 20_000

Units: TypeAlias = tuple[int, ...]
"""How many units more of each lever."""

Points: TypeAlias = int | Fraction

Sums: TypeAlias = tuple[Points, ...]
"""The points of a part's categories before their caps, exactly."""

Front: TypeAlias = dict[int, set[Sums]]
"""By the number of units the sums that no others surpass."""


@dataclass(frozen=True, slots=True)
class ReachStep:
    """More of one fact: how many there are, how many are wanted, and what the difference adds to the total after the steps before it."""

    fact: str
    have: int
    want: int
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class ReachSet:
    """One smallest set: so many units of facts, with the total that they lead to."""

    steps: tuple[ReachStep, ...]
    units: int
    total: int


@dataclass(frozen=True, slots=True)
class ScoreReach:
    """What it takes to reach a grade.

    `sets` are of equal size, the one with the most points first, at most ten; none when the lead has the grade, or no set leads to it.
    `exact` is False where a model ties so many facts together that not all sums could be looked at.
    """

    grade: Grade
    points_needed: int
    sets: tuple[ReachSet, ...]
    more_sets: bool
    reachable_total: int
    exact: bool

    @property
    def reachable(self) -> bool:
        """Tell whether the lead has the grade, or actionable facts alone can lift it there."""
        return self.points_needed == 0 or bool(self.sets)


@dataclass(frozen=True, slots=True)
class _Lever:
    """An actionable fact, and what its rules give together in each category that it moves, for 0, 1, 2 … units more."""

    fact: str
    have: int
    most: int
    points: Mapping[int, tuple[Points, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Categories that share levers with each other and with no others. `base` is what their other rules give."""

    categories: tuple[int, ...]
    caps: tuple[int, ...]
    base: Sums
    levers: tuple[int, ...]

    def total(self, sums: Sums) -> int:
        return sum(round_half_up(float(min(max(points, 0), cap))) for points, cap in zip(sums, self.caps, strict=True))


class _Search:
    """The levers and parts of one lead under one model."""

    def __init__(self, facts: Facts, model: ScoringModel, as_of: datetime) -> None:
        self.model = model
        self.now: Score = score(facts, model, as_of)
        self.exact = True
        earned = [
            list(zip(category.rules, points.rules, strict=True))
            for category, points in zip(model.categories, self.now.categories, strict=True)
        ]
        self.levers = _levers(earned, facts, as_of)
        self.parts = _parts(model, earned, self.levers)
        self.most = sum(lever.most for lever in self.levers)

    def highest(self) -> int:
        """Return the highest total that any number of units leads to."""
        return min(self.model.cap, sum(self._highest(part) for part in self.parts))

    def _highest(self, part: _Part) -> int:
        levers = [self.levers[index] for index in part.levers]
        if any(later < earlier for lever in levers for points in lever.points.values() for earlier, later in pairwise(points)):
            return max(self._best(part, sum(lever.most for lever in levers)).values())
        # More never takes anything away, so the most is the best.
        sums = part.base
        for index in part.levers:
            sums = self._moved(part, sums, index, self.levers[index].most)
        return part.total(sums)

    def fewest(self, threshold: int) -> tuple[int, list[dict[int, int]]] | None:
        """Return the fewest units that reach a total, and by part the most points for each number of units; None when none do."""
        limit = min(_FIRST_LIMIT, self.most)
        while True:
            best = [self._best(part, limit) for part in self.parts]
            together = {0: 0}
            for one in best:
                together = _sum_of_best(together, one, limit)
            enough = [units for units, total in together.items() if total >= threshold]
            if enough:
                return min(enough), best
            if limit == self.most:
                return None
            limit = min(limit * 4, self.most)

    def _best(self, part: _Part, limit: int) -> dict[int, int]:
        return {units: max(part.total(sums) for sums in found) for units, found in self._front(part, limit).items()}

    def _front(self, part: _Part, limit: int) -> Front:
        front: Front = {0: {part.base}}
        for index in part.levers:
            grown: Front = {}
            for units, found in front.items():
                for more in range(min(self.levers[index].most, limit - units) + 1):
                    grown.setdefault(units + more, set()).update(self._moved(part, sums, index, more) for sums in found)
            front = {units: self._unsurpassed(found) for units, found in grown.items()}
        return front

    def _moved(self, part: _Part, sums: Sums, index: int, more: int) -> Sums:
        points = self.levers[index].points
        return tuple(
            before + points[category][more] if category in points else before
            for before, category in zip(sums, part.categories, strict=True)
        )

    def _unsurpassed(self, found: set[Sums]) -> set[Sums]:
        """Keep the sums that no others equal or exceed in every category: a total only ever rises with each of them."""
        kept: list[Sums] = []
        for sums in sorted(found, reverse=True):
            if not any(all(mine <= theirs for mine, theirs in zip(sums, other, strict=True)) for other in kept):
                kept.append(sums)
        if len(kept) > _MOST_STATES:
            self.exact = False
        return set(kept[:_MOST_STATES])

    def sets(self, units: int, threshold: int, best: Sequence[Mapping[int, int]]) -> list[tuple[int, Units]]:
        """List total and units of the sets of exactly so many units that reach a total: the best first, one more than is shown."""
        rest: list[Mapping[int, int]] = [{0: 0}]
        for one in reversed(best[1:]):
            rest.append(_sum_of_best(rest[-1], one, units))
        entries: _Entries = {(0, 0): [(0,) * len(self.levers)]}
        for part, after in zip(self.parts, reversed(rest), strict=True):
            grown: _Entries = {}
            mine = self._entries(part, units)
            for ((used, total), left), ((more, points), right) in product(entries.items(), mine.items()):
                beyond = after.get(units - used - more)
                if beyond is not None and total + points + beyond >= threshold:
                    key = (used + more, total + points)
                    grown.setdefault(key, []).extend(_added(one, other) for one, other in product(left, right))
            entries = {key: _first(found) for key, found in grown.items()}
        cap = self.model.cap
        found = [(min(cap, total), taken) for (used, total), all_ in entries.items() if used == units for taken in all_]
        return sorted(found, reverse=True)[: MOST_SETS + 1]

    def _entries(self, part: _Part, limit: int) -> _Entries:
        """List by units and points which units of a part's levers give them, the first few of each."""
        states: dict[tuple[int, Sums], list[Units]] = {(0, part.base): [(0,) * len(self.levers)]}
        for index in part.levers:
            grown: dict[tuple[int, Sums], list[Units]] = {}
            for (units, sums), found in states.items():
                for more in range(min(self.levers[index].most, limit - units) + 1):
                    taken = [(*each[:index], more, *each[index + 1 :]) for each in found]
                    grown.setdefault((units + more, self._moved(part, sums, index, more)), []).extend(taken)
            if len(grown) > _MOST_STATES:
                self.exact = False
                grown = dict(sorted(grown.items(), reverse=True)[:_MOST_STATES])
            states = {key: _first(found) for key, found in grown.items()}
        entries: _Entries = {}
        for (units, sums), found in states.items():
            entries.setdefault((units, part.total(sums)), []).extend(found)
        return {key: _first(found) for key, found in entries.items()}

    def total(self, units: Units) -> int:
        """Tell the total that so many units of each lever lead to."""
        total = 0
        for part in self.parts:
            sums = part.base
            for index in part.levers:
                sums = self._moved(part, sums, index, units[index])
            total += part.total(sums)
        return min(self.model.cap, total)


_Entries: TypeAlias = dict[tuple[int, int], list[Units]]


def score_reach(facts: Facts, model: ScoringModel, as_of: datetime, grade: Grade) -> ScoreReach:
    """Find the smallest sets of actionable facts (see `domain.levers`) that lift a lead at least to a grade, at an instant.

    Of equally small sets those with the most points come first, then those that take most of the facts that the model names first; no more
    than 100 units of a fact are considered.
    """
    search = _Search(facts, model, as_of)
    threshold = {Grade.A: model.grades.a, Grade.B: model.grades.b, Grade.C: model.grades.c, Grade.D: 0}[grade]
    needed = max(0, threshold - search.now.total)
    highest = search.highest()
    reached = search.fewest(threshold) if 0 < needed <= highest - search.now.total else None
    if reached is None:
        return ScoreReach(grade, needed, (), more_sets=False, reachable_total=highest, exact=search.exact)
    found = search.sets(reached[0], threshold, reached[1])
    sets = tuple(ReachSet(_steps(search, units), reached[0], total) for total, units in found[:MOST_SETS])
    return ScoreReach(grade, needed, sets, more_sets=len(found) > MOST_SETS, reachable_total=highest, exact=search.exact)


def _levers(earned: Sequence[Sequence[tuple[Rule, RulePoints]]], facts: Facts, as_of: datetime) -> tuple[_Lever, ...]:
    by_fact: dict[str, dict[int, list[tuple[Rule, RulePoints]]]] = {}
    for index, rules in enumerate(earned):
        for rule, points in rules:
            if rule.fact in ACTIONABLE:
                by_fact.setdefault(rule.fact, {}).setdefault(index, []).append((rule, points))
    levers: list[_Lever] = []
    for fact, categories in by_fact.items():
        every = [pair for rules in categories.values() for pair in rules]
        have = max(held(rule, facts, as_of) for rule, _ in every)
        most = min(MOST_UNITS_OF_A_FACT, max(useful_units(rule, points, have) for rule, points in every))
        levers.append(_Lever(fact, have, most, {index: _given(rules, have, most) for index, rules in categories.items()}))
    return tuple(levers)


def _given(rules: Sequence[tuple[Rule, RulePoints]], have: int, most: int) -> tuple[Points, ...]:
    return tuple(_exact_sum(with_more(rule, points, have, more) for rule, points in rules) for more in range(most + 1))


def _exact_sum(points: Iterable[float]) -> Points:
    """Sum without any rounding: whole points as integers, decayed ones as fractions, which every float is."""
    total: Points = 0
    for each in points:
        total += each if isinstance(each, int) else Fraction(each)
    return total


def _parts(model: ScoringModel, earned: Sequence[Sequence[tuple[Rule, RulePoints]]], levers: Sequence[_Lever]) -> tuple[_Part, ...]:
    groups: list[set[int]] = [{index} for index in range(len(model.categories))]
    for lever in levers:
        tied = [group for group in groups if not group.isdisjoint(lever.points)]
        groups = [group for group in groups if group not in tied] + [set[int]().union(*tied)]
    return tuple(_part(model, earned, levers, sorted(group)) for group in groups)


def _part(
    model: ScoringModel, earned: Sequence[Sequence[tuple[Rule, RulePoints]]], levers: Sequence[_Lever], categories: Sequence[int]
) -> _Part:
    base = tuple(_exact_sum(points.points for rule, points in earned[index] if rule.fact not in ACTIONABLE) for index in categories)
    moving = tuple(number for number, lever in enumerate(levers) if not lever.points.keys().isdisjoint(categories))
    return _Part(tuple(categories), tuple(model.categories[index].cap for index in categories), base, moving)


def _sum_of_best(left: Mapping[int, int], right: Mapping[int, int], limit: int) -> dict[int, int]:
    """Share units between two parts in the best way, for every number of units up to the limit."""
    best: dict[int, int] = {}
    for (one, points), (other, more) in product(left.items(), right.items()):
        if one + other <= limit and points + more > best.get(one + other, -1):
            best[one + other] = points + more
    return best


def _first(found: Iterable[Units]) -> list[Units]:
    """Keep the first few of alternatives that lead to the same: those that take most of the facts named first."""
    return sorted(set(found), reverse=True)[: MOST_SETS + 1]


def _added(one: Units, other: Units) -> Units:
    return tuple(left + right for left, right in zip(one, other, strict=True))


def _steps(search: _Search, units: Units) -> tuple[ReachStep, ...]:
    return tuple(_each_step(search, units))


def _each_step(search: _Search, units: Units) -> Iterator[ReachStep]:
    taken: Units = (0,) * len(units)
    total = search.now.total
    for index, (lever, count) in enumerate(zip(search.levers, units, strict=True)):
        if count:
            taken = (*taken[:index], count, *taken[index + 1 :])
            before, total = total, search.total(taken)
            one, several = ACTIONABLE[lever.fact]
            yield ReachStep(
                lever.fact, lever.have, lever.have + count, total - before, one if count == 1 or not several else several.format(count)
            )
