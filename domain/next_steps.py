"""Finds the least that has to be learnt or to happen for a lead to reach the next grade."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.levers import ACTIONABLE, MOST_UNITS_OF_A_FACT, held, takes_away, useful_units, with_more
from domain.score_reach import score_reach
from domain.scoring import Facts, Grade, RulePoints, Score, ScoringModel, exact_points, exact_sum, round_half_up, score
from domain.scoring_rules import Category, Rule

_NEXT_GRADE = {Grade.D: Grade.C, Grade.C: Grade.B, Grade.B: Grade.A}


@dataclass(frozen=True, slots=True)
class Step:
    """More of one fact: how many there are, how many are wanted, and what the difference adds to the total after the steps before it."""

    fact: str
    have: int
    want: int
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The smallest set of facts that lifts a lead to the next grade.

    Without steps either there is no higher grade (`to_grade` is None), or no set of actionable facts leads to it: then `reachable_total` is
    less than what it takes.
    """

    to_grade: Grade | None
    points_needed: int
    steps: tuple[Step, ...]
    reachable_total: int

    @property
    def reachable(self) -> bool:
        """Tell whether actionable facts alone can lift the lead to the next grade."""
        return bool(self.steps)


@dataclass(frozen=True, slots=True)
class _Lever:
    """An actionable fact of a category: what its rules give together for 0, 1, 2 … units more of it."""

    fact: str
    have: int
    points: tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class _Room:
    """A category with its levers, and what the rules give that no lever moves."""

    cap: int
    fixed: tuple[int | float, ...]
    levers: tuple[_Lever, ...]

    def points(self, units: Sequence[int]) -> int:
        moved = [lever.points[count] for lever, count in zip(self.levers, units, strict=True)]
        return round_half_up(exact_points([*self.fixed, *moved], self.cap))


_Plan = tuple[int | float, tuple[int, ...]]
"""Points, and how many units of each lever give them."""


def next_steps(facts: Facts, model: ScoringModel, as_of: datetime) -> NextSteps:
    """Find the fewest units of actionable facts (one more click, a phone number) that lift a lead to the next grade at `as_of`.

    Titles, sizes, revenues and sources are not actionable. Of equally small sets the one with the most points is chosen, then the one that
    takes most of the facts that the model names first. No more than 100 units of a fact are considered.
    """
    if not _is_plain(model):
        return _by_reach(facts, model, as_of)
    now = score(facts, model, as_of)
    rooms = [_room(category, points.rules, facts, as_of) for category, points in zip(model.categories, now.categories, strict=True)]
    everything = [tuple(len(lever.points) - 1 for lever in room.levers) for room in rooms]
    reachable_total = _total(model, rooms, everything)
    to_grade = _NEXT_GRADE.get(now.grade)
    if to_grade is None:
        return NextSteps(None, 0, (), reachable_total)
    needed = _threshold(model, to_grade) - now.total
    if reachable_total < now.total + needed:
        return NextSteps(to_grade, needed, (), reachable_total)
    plans: list[_Plan] = [(0, ())]
    for room in rooms:
        plans = _combined(plans, _plans_of(room, needed), needed)
    units = plans[-1][1]
    return NextSteps(to_grade, needed, _steps(model, rooms, units, now), reachable_total)


def _is_plain(model: ScoringModel) -> bool:
    """Tell whether each category can be filled for itself, by whole points.

    So it is where each actionable fact matters to one category alone and only ever gives, and no points decay: of two sums with fractions
    the larger is not worth more where both are rounded to the same.
    """
    seen: set[str] = set()
    for category in model.categories:
        if category.half_life is not None:
            return False
        facts = {rule.fact for rule in category.rules if rule.fact in ACTIONABLE}
        if not seen.isdisjoint(facts) or any(takes_away(rule) for rule in category.rules if rule.fact in ACTIONABLE):
            return False
        seen |= facts
    return True


def _by_reach(facts: Facts, model: ScoringModel, as_of: datetime) -> NextSteps:
    now = score(facts, model, as_of)
    to_grade = _NEXT_GRADE.get(now.grade)
    reach = score_reach(facts, model, as_of, to_grade or now.grade)
    steps = reach.sets[0].steps if reach.sets else ()
    return NextSteps(
        to_grade,
        reach.points_needed,
        tuple(Step(step.fact, step.have, step.want, step.points, step.text) for step in steps),
        reach.reachable_total,
    )


def _room(category: Category, earned: Iterable[RulePoints], facts: Facts, as_of: datetime) -> _Room:
    by_fact: dict[str, list[tuple[Rule, RulePoints]]] = {}
    fixed: list[int | float] = []
    for rule, points in zip(category.rules, earned, strict=True):
        if rule.fact in ACTIONABLE:
            by_fact.setdefault(rule.fact, []).append((rule, points))
        else:
            fixed.append(points.points)
    return _Room(category.cap, tuple(fixed), tuple(_lever(fact, rules, facts, as_of) for fact, rules in by_fact.items()))


def _lever(fact: str, rules: Sequence[tuple[Rule, RulePoints]], facts: Facts, as_of: datetime) -> _Lever:
    have = max(held(rule, facts, as_of) for rule, _ in rules)
    most = min(MOST_UNITS_OF_A_FACT, max(useful_units(rule, points, have) for rule, points in rules))
    return _Lever(fact, have, tuple(exact_sum(with_more(rule, points, have, more) for rule, points in rules) for more in range(most + 1)))


def _plans_of(room: _Room, needed: int) -> list[_Plan]:
    """List for 0, 1, 2 … units the most points they add to the category, up to what is needed."""
    nothing = room.points([0] * len(room.levers))
    sums: list[_Plan] = [(exact_sum([*room.fixed, *(lever.points[0] for lever in room.levers)]), ())]
    for lever in room.levers:
        sums = _combined(sums, [(points - lever.points[0], (count,)) for count, points in enumerate(lever.points)], None, room.cap)
    plans: list[_Plan] = []
    for _, units in sums:
        plans.append((room.points(units) - nothing, units))
        if plans[-1][0] >= needed:
            break
    return plans


def _combined(left: Sequence[_Plan], right: Sequence[_Plan], needed: int | None, cap: float = math.inf) -> list[_Plan]:
    """Share 0, 1, 2 … units between two lists of plans in the best way, stopping at what is needed."""
    plans: list[_Plan] = []
    for count in range(len(left) + len(right) - 1):
        shares = range(max(0, count - len(right) + 1), min(count, len(left) - 1) + 1)
        plans.append(
            max((min(cap, left[share][0] + right[count - share][0]), left[share][1] + right[count - share][1]) for share in shares)
        )
        if needed is not None and plans[-1][0] >= needed:
            break
    return plans


def _steps(model: ScoringModel, rooms: Sequence[_Room], units: Sequence[int], now: Score) -> tuple[Step, ...]:
    taken = [[0] * len(room.levers) for room in rooms]
    steps: list[Step] = []
    total, left = now.total, iter(units)
    for room, taking in zip(rooms, taken, strict=True):
        for position, lever in enumerate(room.levers):
            if count := next(left):
                taking[position] = count
                before, total = total, _total(model, rooms, taken)
                one, several = ACTIONABLE[lever.fact]
                steps.append(Step(lever.fact, lever.have, lever.have + count, total - before, one if count == 1 else several.format(count)))
    return tuple(steps)


def _total(model: ScoringModel, rooms: Sequence[_Room], units: Sequence[Sequence[int]]) -> int:
    return min(model.cap, sum(room.points(taken) for room, taken in zip(rooms, units, strict=True)))


def _threshold(model: ScoringModel, grade: Grade) -> int:
    thresholds = {Grade.A: model.grades.a, Grade.B: model.grades.b, Grade.C: model.grades.c}
    return thresholds[grade]
