"""Turns what a rule says into a function from facts to points."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from domain.scoring_facts import EVENT_FACTS, NUMBER_FACTS, TEXT_FACTS, Facts

LONGEST_SHOWN_TEXT = 40


class FactUsed(NamedTuple):
    """A fact as a rule saw it; long texts are shortened."""

    name: str
    value: str | int | None


Evaluate = Callable[[Facts, datetime], tuple[int | float, tuple[FactUsed, ...]]]
"""A compiled rule: facts and an instant to the points before the rule's cap, and the facts it used."""


def compile_text(fact: str, points_of: Callable[[str | None], int]) -> Evaluate:
    """Read a text fact; with a seniority the title it was read from is shown too."""
    read = TEXT_FACTS[fact]

    def evaluate(facts: Facts, _as_of: datetime) -> tuple[int, tuple[FactUsed, ...]]:
        value = read(facts)
        return points_of(value), (FactUsed(fact, _shortened(value)),)

    def evaluate_title(facts: Facts, _as_of: datetime) -> tuple[int, tuple[FactUsed, ...]]:
        value = read(facts)
        return points_of(value), (FactUsed("title", _shortened(facts.title)), FactUsed(fact, value))

    return evaluate_title if fact == "seniority" else evaluate


def compile_number(fact: str, points_of: Callable[[int | Decimal | None], int]) -> Evaluate:
    """Read a number fact."""
    read = NUMBER_FACTS[fact]

    def evaluate(facts: Facts, _as_of: datetime) -> tuple[int, tuple[FactUsed, ...]]:
        value = read(facts)
        return points_of(value), (FactUsed(fact, _written(value)),)

    return evaluate


def compile_latest(fact: str, points: int, within: timedelta | None, half_life: timedelta | None) -> Evaluate:
    """Give points for the latest event, as long as it is no older than `within`."""
    read = EVENT_FACTS[fact]

    def evaluate(facts: Facts, as_of: datetime) -> tuple[int | float, tuple[FactUsed, ...]]:
        latest = max((at for at in read(facts) if at <= as_of), default=None)
        if latest is None:
            return 0, (FactUsed(fact, None),)
        used = (FactUsed(fact, latest.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")),)
        age = as_of - latest
        if within is not None and age > within:
            return 0, used
        return points if half_life is None else points * math.exp2(-(age / half_life)), used

    return evaluate


def compile_events(fact: str, each: int, window: timedelta | None, half_life: timedelta | None) -> Evaluate:
    """Give points for each event that is no older than the window."""
    read = EVENT_FACTS[fact]

    def evaluate(facts: Facts, as_of: datetime) -> tuple[int | float, tuple[FactUsed, ...]]:
        ages = [as_of - at for at in read(facts) if at <= as_of]
        if window is not None:
            ages = [age for age in ages if age <= window]
        used = (FactUsed(fact, len(ages)),)
        if half_life is None:
            return each * len(ages), used
        return each * math.fsum([math.exp2(-(age / half_life)) for age in ages]), used

    return evaluate


def _written(value: int | Decimal | None) -> str | int | None:
    """Write an amount without trailing zeros: equal facts read equal, however many places a database keeps."""
    if not isinstance(value, Decimal):
        return value
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shortened(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST_SHOWN_TEXT else text[: LONGEST_SHOWN_TEXT - 1] + "…"
