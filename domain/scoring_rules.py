"""A scoring model as data: categories of typed rules under caps, and the thresholds of its grades."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from domain.scoring_evaluation import Evaluate, compile_events, compile_latest, compile_number, compile_text
from domain.scoring_facts import CALL_FACTS, COUNT_FACTS, EVENT_FACTS, NUMBER_FACTS, TEXT_FACTS, Facts


class InvalidScoringModel(ValueError):
    """Name every problem of a scoring model at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Known:
    """A text fact is there and no placeholder."""

    fact: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number fact is known and reaches a threshold."""

    fact: str
    threshold: int


@dataclass(frozen=True, slots=True)
class Happened:
    """An event took place, at most `within` before the instant of scoring; an event exactly that old still counts."""

    fact: str
    within: timedelta | None = None


Condition = Known | AtLeast | Happened


@dataclass(frozen=True, slots=True)
class FlatRule:
    """Points once, while a condition holds. With a half-life (of a `Happened` condition) they decay from the latest event on."""

    key: str
    condition: Condition
    points: int
    half_life: timedelta | None = None
    name: str = ""

    @property
    def fact(self) -> str:
        return self.condition.fact

    @property
    def cap(self) -> int:
        return max(self.points, 0)

    def compile(self) -> Evaluate:
        """Turn the rule into a function."""
        points = self.points
        match self.condition:
            case Known(fact):
                return compile_text(fact, lambda value: points if value is not None else 0)
            case AtLeast(fact, threshold):
                return compile_number(fact, lambda value: points if value is not None and value >= threshold else 0)
            case Happened(fact, within):
                return compile_latest(fact, points, within, self.half_life)


@dataclass(frozen=True, slots=True)
class PerEventRule:
    """Points for each event up to a cap, which bounds the size of negative points too.

    A window and a half-life need events with instants. The cap holds for the sum of what is left of the points after their decay.
    """

    key: str
    fact: str
    points_each: int
    cap: int
    window: timedelta | None = None
    half_life: timedelta | None = None
    name: str = ""

    def compile(self) -> Evaluate:
        """Turn the rule into a function."""
        each = self.points_each
        if self.fact in EVENT_FACTS:
            return compile_events(self.fact, each, self.window, self.half_life)
        return compile_number(self.fact, lambda count: each * int(count or 0))


@dataclass(frozen=True, slots=True)
class Band:
    """The points of all numbers under a limit, which is not part of the band; None is the last band's."""

    below: int | None
    points: int


@dataclass(frozen=True, slots=True)
class BandRule:
    """Points by the band a number falls into; unknown numbers, zero and negative ones earn nothing."""

    key: str
    fact: str
    bands: tuple[Band, ...]
    name: str = ""

    @property
    def cap(self) -> int:
        return max((band.points for band in self.bands), default=0)

    def compile(self) -> Evaluate:
        """Turn the rule into a function."""
        limits = [band.below for band in self.bands if band.below is not None]
        points = [band.points for band in self.bands]
        return compile_number(self.fact, lambda value: points[bisect_right(limits, value)] if value is not None and value > 0 else 0)


@dataclass(frozen=True, slots=True)
class MatchRule:
    """Points when a text fact is one of a set."""

    key: str
    fact: str
    values: frozenset[str]
    points: int
    name: str = ""

    @property
    def cap(self) -> int:
        return max(self.points, 0)

    def compile(self) -> Evaluate:
        """Turn the rule into a function."""
        values, points = self.values, self.points
        return compile_text(self.fact, lambda value: points if value in values else 0)


Rule = FlatRule | PerEventRule | BandRule | MatchRule


class CompiledRule(NamedTuple):
    """A rule ready to run, with the least and the most points it may give."""

    key: str
    name: str
    least: int
    cap: int
    evaluate: Evaluate


@dataclass(frozen=True)
class Category:
    """Rules whose points are summed, then kept between 0 and the cap, then rounded half up."""

    key: str
    cap: int
    rules: tuple[Rule, ...]
    name: str = ""

    @cached_property
    def half_life(self) -> timedelta | None:
        """The one half-life of all decaying rules."""
        return next((half_life for rule in self.rules if (half_life := half_life_of(rule)) is not None), None)

    @cached_property
    def timed(self) -> tuple[Rule, ...]:
        """The rules that read events: time alone changes what they give."""
        return tuple(rule for rule in self.rules if rule.fact in EVENT_FACTS)

    @cached_property
    def label(self) -> str:
        return label(self.key, self.name)

    @cached_property
    def compiled(self) -> tuple[CompiledRule, ...]:
        """The rules as functions, made once."""
        return tuple(CompiledRule(rule.key, label(rule.key, rule.name), *_limits(rule), rule.compile()) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class GradeThresholds:
    """The lowest totals of grades A, B and C; everything lower is a D."""

    a: int = 80
    b: int = 60
    c: int = 40


@dataclass(frozen=True)
class ScoringModel:
    """A version of a workspace's way to score; immutable once made.

    Raises InvalidScoringModel when a rule reads an unknown fact, asks for instants where only a count is known, or a limit makes no sense.
    """

    key: str
    version: int
    name: str
    categories: tuple[Category, ...]
    grades: GradeThresholds = field(default_factory=GradeThresholds)
    cap: int = 100

    def __post_init__(self) -> None:
        if problems := list(_problems(self)):
            raise InvalidScoringModel(problems)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names of the facts that matter to this model."""
        return frozenset(rule.fact for category in self.categories for rule in category.rules)

    @cached_property
    def reads_calls(self) -> bool:
        """Whether a lead's calls matter to this model."""
        return not self.reads.isdisjoint(CALL_FACTS)


def half_life_of(rule: Rule) -> timedelta | None:
    """Tell a rule's half-life; kinds that read no events have none."""
    return rule.half_life if isinstance(rule, FlatRule | PerEventRule) else None


def window_of(rule: Rule) -> timedelta | None:
    """Tell how old an event may be to count for a rule."""
    match rule:
        case FlatRule(condition=Happened(within=within)):
            return within
        case PerEventRule(window=window):
            return window
        case _:
            return None


def turning_points(rule: Rule, facts: Facts) -> list[datetime]:
    """List the instants at which an event begins to count for a rule, and those at which it ceases to."""
    read = EVENT_FACTS.get(rule.fact)
    events = list(read(facts)) if read is not None else []
    if not events:
        return []
    window = window_of(rule)
    return events if window is None else [*events, *(later_by(at, window + datetime.resolution) for at in events)]


def later_by(at: datetime, span: timedelta) -> datetime:
    """Add a span to an instant, as far as the calendar goes."""
    try:
        return at + span
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def label(key: str, name: str) -> str:
    """Say a key in words unless it was given a name."""
    return name or in_words(key)


@lru_cache(1_024)
def in_words(key: str) -> str:
    """Say a key in words."""
    return key.replace("_", " ").capitalize()


def _problems(model: ScoringModel) -> Iterator[str]:
    keys = [category.key for category in model.categories]
    if len(set(keys)) != len(keys):
        yield "two categories have the same key"
    if not 0 < model.grades.c < model.grades.b < model.grades.a <= model.cap:
        yield "the thresholds of the grades must rise from C to A and stay within the model's cap"
    for category in model.categories:
        rule_keys = [rule.key for rule in category.rules]
        if len(set(rule_keys)) != len(rule_keys):
            yield f"{category.key}: two rules have the same key"
        if category.cap <= 0:
            yield f"{category.key}: the cap must be positive"
        if len({half_life for rule in category.rules if (half_life := half_life_of(rule)) is not None}) > 1:
            # With one half-life the points between two events only rise or only fall, which is what lets next_change be exact.
            yield f"{category.key}: all decaying rules of a category share one half-life"
        for rule in category.rules:
            yield from (f"{category.key}.{rule.key}: {problem}" for problem in _problems_of_rule(rule))


def _problems_of_rule(rule: Rule) -> Iterator[str]:
    span = window_of(rule)
    half_life = half_life_of(rule)
    if span is not None and span <= timedelta(0):
        yield "the window must be positive"
    if half_life is not None and half_life <= timedelta(0):
        yield "the half-life must be positive"
    match rule.condition if isinstance(rule, FlatRule) else rule:
        case Known(fact) | MatchRule(fact=fact):
            readable = fact in TEXT_FACTS
        case AtLeast(fact) | BandRule(fact=fact):
            readable = fact in NUMBER_FACTS
        case Happened(fact):
            readable = fact in EVENT_FACTS
        case PerEventRule(fact=fact):
            dated = span is not None or half_life is not None
            readable = fact in EVENT_FACTS or (fact in COUNT_FACTS and not dated)
    if not readable:
        yield f"{rule.fact} is not a fact that this kind of rule can read"
    if half_life is not None and rule.fact not in EVENT_FACTS:
        yield "a half-life needs events with instants"
    if isinstance(rule, PerEventRule) and rule.cap <= 0:
        yield "the cap must be positive"
    if isinstance(rule, BandRule):
        limits = [band.below for band in rule.bands[:-1]]
        if (
            not rule.bands
            or rule.bands[-1].below is not None
            or None in limits
            or limits != sorted({limit for limit in limits if limit is not None})
        ):
            yield "the limits of the bands must rise and end with an open band"


def _limits(rule: Rule) -> tuple[int, int]:
    match rule:
        case PerEventRule(points_each=each, cap=cap):
            return (0, cap) if each >= 0 else (-cap, 0)
        case BandRule(bands=bands):
            return min(0, *(band.points for band in bands)), rule.cap
        case FlatRule(points=points) | MatchRule(points=points):
            return min(points, 0), rule.cap
