"""What a scoring model says, as it is drafted, stored and read again: it may still be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from domain.scoring_rules import (
    AtLeast,
    Band,
    BandRule,
    Category,
    Condition,
    FlatRule,
    GradeThresholds,
    Happened,
    Known,
    MatchRule,
    PerEventRule,
    Rule,
    ScoringModel,
)

_SECOND = timedelta(seconds=1)


class ScoringFact(StrEnum):
    """A fact that a rule can read, by the name that the graph gives it."""

    SENIORITY = "SENIORITY"
    COMPANY = "COMPANY"
    INDUSTRY = "INDUSTRY"
    SOURCE = "SOURCE"
    PHONES = "PHONES"
    WEBSITE_VISITS = "WEBSITE_VISITS"
    CONTENT_DOWNLOADS = "CONTENT_DOWNLOADS"
    PAGE_VIEWS = "PAGE_VIEWS"
    EMAIL_OPENS = "EMAIL_OPENS"
    EMAIL_CLICKS = "EMAIL_CLICKS"
    SOCIAL_ENGAGEMENTS = "SOCIAL_ENGAGEMENTS"
    EMPLOYEES = "EMPLOYEES"
    ANNUAL_REVENUE = "ANNUAL_REVENUE"
    OUTBOUND_ATTEMPTS = "OUTBOUND_ATTEMPTS"
    CONTACT_REQUESTED_AT = "CONTACT_REQUESTED_AT"
    CONNECTED_CALLS = "CONNECTED_CALLS"
    INTERESTED_CALLS = "INTERESTED_CALLS"
    CALLBACK_REQUESTED_CALLS = "CALLBACK_REQUESTED_CALLS"
    MEETING_BOOKED_CALLS = "MEETING_BOOKED_CALLS"
    NOT_INTERESTED_CALLS = "NOT_INTERESTED_CALLS"
    WRONG_NUMBER_CALLS = "WRONG_NUMBER_CALLS"

    @property
    def key(self) -> str:
        """Return the name by which rules and breakdowns call it."""
        return self.value.lower()


@dataclass(frozen=True, slots=True)
class ModelDefinition:
    """The categories, grades and cap of a model; nothing is checked yet (`domain.model_validation` does that)."""

    categories: tuple[Category, ...] = ()
    grades: GradeThresholds = field(default_factory=GradeThresholds)
    cap: int = 100

    def model(self, key: str, version: int, name: str) -> ScoringModel:
        """Make the model that scores. Raises InvalidScoringModel."""
        return ScoringModel(key, version, name, self.categories, self.grades, self.cap)


def definition_of(model: ScoringModel) -> ModelDefinition:
    """Return what a model says."""
    return ModelDefinition(model.categories, model.grades, model.cap)


def definition_to_json(definition: ModelDefinition) -> dict[str, object]:
    """Write a definition as JSON. Spans are seconds."""
    grades = definition.grades
    return {
        "cap": definition.cap,
        "grades": [grades.a, grades.b, grades.c],
        "categories": [
            {"key": category.key, "name": category.name, "cap": category.cap, "rules": [_rule_to_json(rule) for rule in category.rules]}
            for category in definition.categories
        ],
    }


def definition_from_json(written: Any) -> ModelDefinition:
    """Read what `definition_to_json` wrote."""
    categories = tuple(
        Category(category["key"], category["cap"], tuple(_rule_from_json(rule) for rule in category["rules"]), category["name"])
        for category in written["categories"]
    )
    return ModelDefinition(categories, GradeThresholds(*written["grades"]), written["cap"])


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else span / _SECOND


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _rule_to_json(rule: Rule) -> dict[str, object]:
    written: dict[str, object] = {"key": rule.key, "name": rule.name}
    match rule:
        case FlatRule():
            more = {"kind": "FLAT", "points": rule.points, "half_life": _seconds(rule.half_life), **_condition_to_json(rule.condition)}
        case PerEventRule():
            more = {
                "kind": "PER_EVENT",
                "fact": rule.fact,
                "points_each": rule.points_each,
                "cap": rule.cap,
                "window": _seconds(rule.window),
                "half_life": _seconds(rule.half_life),
            }
        case BandRule():
            more = {"kind": "BANDS", "fact": rule.fact, "bands": [[band.below, band.points] for band in rule.bands]}
        case MatchRule():
            more = {"kind": "MATCH", "fact": rule.fact, "values": sorted(rule.values), "points": rule.points}
    return written | more


def _condition_to_json(condition: Condition) -> Mapping[str, object]:
    match condition:
        case Known(fact):
            return {"condition": "KNOWN", "fact": fact}
        case AtLeast(fact, threshold):
            return {"condition": "AT_LEAST", "fact": fact, "threshold": threshold}
        case Happened(fact, within):
            return {"condition": "HAPPENED", "fact": fact, "within": _seconds(within)}


def _rule_from_json(written: Mapping[str, Any]) -> Rule:
    key, name, fact = written["key"], written["name"], written["fact"]
    match written["kind"]:
        case "FLAT":
            return FlatRule(key, _condition_from_json(written), written["points"], _span(written["half_life"]), name)
        case "PER_EVENT":
            window, half_life = _span(written["window"]), _span(written["half_life"])
            return PerEventRule(key, fact, written["points_each"], written["cap"], window, half_life, name)
        case "BANDS":
            bands: Sequence[Sequence[Any]] = written["bands"]
            return BandRule(key, fact, tuple(Band(below, points) for below, points in bands), name)
        case _:
            return MatchRule(key, fact, frozenset(written["values"]), written["points"], name)


def _condition_from_json(written: Mapping[str, Any]) -> Condition:
    match written["condition"]:
        case "KNOWN":
            return Known(written["fact"])
        case "AT_LEAST":
            return AtLeast(written["fact"], written["threshold"])
        case _:
            return Happened(written["fact"], _span(written["within"]))
