"""The score of a lead: a pure function of facts, a model and an instant, which explains itself."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast

from domain.scoring_evaluation import FactUsed
from domain.scoring_facts import ConversationCall, Facts
from domain.scoring_rules import Category, GradeThresholds, ScoringModel, half_life_of, in_words, label, later_by, turning_points

__all__ = [
    "CategoryPoints",
    "ConversationCall",
    "FactUsed",
    "Facts",
    "Grade",
    "Priority",
    "RulePoints",
    "Score",
    "ScoreCause",
    "ScoringModel",
    "StoredCategory",
    "Temperature",
    "breakdown_from_json",
    "breakdown_to_json",
    "grade_of",
    "next_change",
    "priority_of",
    "score",
    "temperature_of",
]


_FADED = 2.0**-40
"""Points so small that nothing can be seen of them."""

_HALVINGS_TO_FADE = 64


class Grade(StrEnum):
    """How good a lead is, the best first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Temperature(StrEnum):
    """How warm a lead is; follows the grade."""

    HOT = "HOT"
    WARM = "WARM"
    COLD = "COLD"


class Priority(StrEnum):
    """How soon to turn to a lead; follows the grade unless a person pinned it."""

    URGENT = "URGENT"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class ScoreCause(StrEnum):
    """What made a score change."""

    ACTIVITY = "ACTIVITY"
    FIELD_CHANGE = "FIELD_CHANGE"
    CONTACT_ATTEMPT = "CONTACT_ATTEMPT"
    TIME = "TIME"
    MODEL_PUBLISHED = "MODEL_PUBLISHED"
    MERGE = "MERGE"
    MANUAL = "MANUAL"


class RulePoints(NamedTuple):
    """What a rule earned before and after its cap; whole numbers unless the rule decays.

    `remaining` is what more of the rule's facts could still add to the category, so 0 when the category is full.
    """

    key: str
    name: str
    facts: tuple[FactUsed, ...]
    raw_points: int | float
    points: int | float
    cap: int
    remaining: int | float


class CategoryPoints(NamedTuple):
    """The sum of the rules' points, between 0 and the cap, rounded half up."""

    key: str
    name: str
    points: int
    cap: int
    rules: tuple[RulePoints, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A total with everything that explains it: the categories' points add up to it (up to the model's cap)."""

    total: int
    grade: Grade
    temperature: Temperature
    priority: Priority
    model_key: str
    model_version: int
    computed_at: datetime
    categories: tuple[CategoryPoints, ...]


_TEMPERATURES = {Grade.A: Temperature.HOT, Grade.B: Temperature.WARM, Grade.C: Temperature.WARM, Grade.D: Temperature.COLD}
_PRIORITIES = {Grade.A: Priority.URGENT, Grade.B: Priority.HIGH, Grade.C: Priority.MEDIUM, Grade.D: Priority.LOW}


def grade_of(total: int, thresholds: GradeThresholds) -> Grade:
    """Tell the grade of a total."""
    if total >= thresholds.a:
        return Grade.A
    if total >= thresholds.b:
        return Grade.B
    return Grade.C if total >= thresholds.c else Grade.D


def temperature_of(grade: Grade) -> Temperature:
    """Tell the temperature that goes with a grade."""
    return _TEMPERATURES[grade]


def priority_of(grade: Grade) -> Priority:
    """Tell the priority that goes with a grade."""
    return _PRIORITIES[grade]


def score(facts: Facts, model: ScoringModel, as_of: datetime) -> Score:
    """Score what is known about a lead at an instant.

    Exact, and independent of the order of events: whole points are integers, decayed ones are summed with `math.fsum` and rounded once, at
    the category.
    An event later than `as_of` has not happened yet. Raises ValueError when `as_of` names no time zone.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of must name its time zone")
    categories = tuple([category_points(category, facts, as_of) for category in model.categories])
    total = min(model.cap, sum([category.points for category in categories]))
    grade = grade_of(total, model.grades)
    return Score(total, grade, _TEMPERATURES[grade], _PRIORITIES[grade], model.key, model.version, as_of, categories)


def category_points(category: Category, facts: Facts, as_of: datetime) -> CategoryPoints:
    """Score one category."""
    earned: list[tuple[int | float, int | float]] = []
    used: list[tuple[FactUsed, ...]] = []
    for rule in category.compiled:
        raw, facts_used = rule.evaluate(facts, as_of)
        earned.append((raw, rule.cap if raw > rule.cap else max(raw, rule.least)))
        used.append(facts_used)
    exact = exact_points([points for _, points in earned], category.cap)
    room = category.cap - exact
    rules = tuple(
        [
            RulePoints(rule.key, rule.name, facts_used, raw, points, rule.cap, _remaining(room, points, rule.cap))
            for rule, facts_used, (raw, points) in zip(category.compiled, used, earned, strict=True)
        ]
    )
    return CategoryPoints(category.key, category.label, round_half_up(exact), category.cap, rules)


def exact_sum(points: Iterable[int | float]) -> int | float:
    """Sum points without a rounding error that would depend on their order."""
    listed = list(points)
    total = sum(listed)
    return total if isinstance(total, int) else math.fsum(listed)


def exact_points(points: Iterable[int | float], cap: int) -> int | float:
    """Sum a category's points and keep them between 0 and the cap; not yet rounded."""
    return min(max(exact_sum(points), 0), cap)


def round_half_up(points: float) -> int:
    """Round to the nearest whole number, a half upwards."""
    whole = math.floor(points)
    return whole + (points - whole >= 0.5)


def _remaining(room: float, points: float, cap: int) -> float:
    return min(room, cap - points if points > 0 else cap)


def breakdown_to_json(score: Score) -> list[object]:
    """Pack the categories into short arrays, to be stored with a history entry.

    A category is `[key, points, cap, rules]`, a rule `[key, facts, points, cap]`. `facts` is the value alone when the fact is named like
    the rule, else an object. Points before the cap follow when they differ, and last the name where it is not the key in words.
    """
    return [
        [
            category.key,
            category.points,
            category.cap,
            [_packed_rule(rule) for rule in category.rules],
            *_packed_name(category.key, category.name),
        ]
        for category in score.categories
    ]


def _packed_rule(rule: RulePoints) -> list[object]:
    alone = len(rule.facts) == 1 and rule.facts[0].name == rule.key
    facts = rule.facts[0].value if alone else dict(rule.facts)
    raw = [] if rule.raw_points == rule.points else [rule.raw_points]
    return [rule.key, facts, rule.points, rule.cap, *raw, *_packed_name(rule.key, rule.name)]


def _packed_name(key: str, name: str) -> list[str]:
    return [] if name == in_words(key) else [name]


class StoredCategory:
    """What `CategoryPoints` tells, of a stored breakdown; its rules are unpacked when they are asked for, and mostly they are not."""

    __slots__ = ("_rules", "cap", "key", "name", "points")

    def __init__(self, key: str, points: int, cap: int, rules: Sequence[Any], name: str = "") -> None:
        """Take the packed category apart."""
        self.key = key
        self.name = label(key, name)
        self.points = points
        self.cap = cap
        self._rules = rules

    @property
    def rules(self) -> tuple[RulePoints, ...]:
        """Unpack the rules."""
        room = self.cap - exact_points([rule[2] for rule in self._rules], self.cap)
        return tuple(_unpacked_rule(room, *rule) for rule in self._rules)


def stored_categories(packed: Sequence[Any]) -> list[StoredCategory]:
    """Read what `breakdown_to_json` made; needs no model."""
    return [StoredCategory(*category) for category in packed]


def breakdown_from_json(packed: Sequence[Any]) -> tuple[CategoryPoints, ...]:
    """Unpack all of what `breakdown_to_json` made."""
    return tuple(CategoryPoints(each.key, each.name, each.points, each.cap, each.rules) for each in stored_categories(packed))


def _unpacked_rule(room: float, key: str, facts: Any, points: float, cap: int, *rest: Any) -> RulePoints:
    used = cast(dict[str, str | int | None], facts) if isinstance(facts, dict) else {key: facts}
    raw, name = points, ""
    for item in rest:
        if isinstance(item, str):
            name = item
        else:
            raw = item
    return RulePoints(
        key, label(key, name), tuple(FactUsed(*fact) for fact in used.items()), raw, points, cap, _remaining(room, points, cap)
    )


def next_change(facts: Facts, model: ScoringModel, as_of: datetime) -> datetime | None:
    """Tell the earliest later instant at which time alone changes a category's points, or None.

    Exact to the microsecond: `score` differs at the answer and does not a microsecond earlier. "At most 30 days before" includes exactly
    30 days, so a contact request's points end one microsecond after that.
    """
    changes = [change for category in model.categories if (change := _next_change_of(category, facts, as_of)) is not None]
    return min(changes, default=None)


def _next_change_of(category: Category, facts: Facts, as_of: datetime) -> datetime | None:
    turns = sorted({turn for rule in category.timed for turn in turning_points(rule, facts) if turn > as_of})
    if not turns and category.half_life is None:
        return None
    points_now = category_points(category, facts, as_of).points
    unchanged = as_of
    while (turn := _next_turn(category, facts, unchanged, turns)) is not None:
        # Up to the turn the points only rise or only fall, so if they are the same at both ends they are the same in between.
        for later in (turn - datetime.resolution, turn):
            if category_points(category, facts, later).points != points_now:
                return _first_change(category, facts, points_now, unchanged, later)
            unchanged = later
    return None


def _next_turn(category: Category, facts: Facts, start: datetime, turns: list[datetime]) -> datetime | None:
    """Tell when the points may next turn: an event begins or ceases to count, points decay below their cap, or have faded away."""
    candidates = list(turns)
    if category.half_life is not None:
        decaying = [
            points
            for rule, points in zip(category.rules, category_points(category, facts, start).rules, strict=True)
            if half_life_of(rule) is not None and abs(points.points) >= _FADED
        ]
        halvings = [math.log2(points.raw_points / points.points) for points in decaying if points.raw_points != points.points]
        if decaying:
            candidates.append(later_by(start, category.half_life * min(halvings, default=_HALVINGS_TO_FADE) + datetime.resolution))
    return min((turn for turn in candidates if turn > start), default=None)


def _first_change(category: Category, facts: Facts, points_now: int, unchanged: datetime, changed: datetime) -> datetime:
    while changed - unchanged > datetime.resolution:
        middle = unchanged + (changed - unchanged) // 2
        if category_points(category, facts, middle).points == points_now:
            unchanged = middle
        else:
            changed = middle
    return changed
