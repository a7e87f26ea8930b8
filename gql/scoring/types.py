"""Scores with their breakdowns, and their history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import strawberry

from domain.leads import CurrentScore, ScoreEntry
from domain.scoring import StoredCategory, stored_categories
from gql.actors import Actor, actor
from gql.edges import to_one
from gql.leads.enums import Grade, Priority, ScoreCause, Temperature
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.scoring.next_steps import NextSteps, next_steps_by_scored_lead
from persistence.histories import score_entry_by_id
from persistence.leads import lead_by_id
from persistence.scoring_models import version_by_number

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.scoring_models.types import ScoringModelVersion


@strawberry.type(description="A fact that a rule read.")
class FactUsed:
    """See `domain.scoring.FactUsed`."""

    name: str = plain("The fact's name, such as `website_visits`.")
    value: str | None = computed(
        "Its value when the score was made, as text; null when it was not known.",
        lambda fact: None if fact.value is None else str(fact.value),
    )


@strawberry.type(description="What one rule of the model gave.")
class ScoreRule:
    """See `domain.scoring.RulePoints`."""

    key: str = plain("The rule's key in its model.")
    name: str = plain("The rule's name, for people.")
    facts: list[FactUsed] = plain("The facts that it read.")
    raw_points: float = plain("The points before the rule's cap.")
    points: float = plain("The points after the rule's cap.")
    cap: int = plain("The most that the rule gives.")
    remaining: float = plain("What more of these facts could still add, given the caps of rule and category.")


@strawberry.type(description="What one category of the model gave.")
class ScoreCategory:
    """See `domain.scoring.CategoryPoints`."""

    key: str = plain("The category's key in its model.")
    name: str = plain("The category's name, for people.")
    points: int = plain("The points after the category's cap.")
    cap: int = plain("The most that the category gives.")
    rules: list[ScoreRule] = plain("The category's rules, each with what it gave.")


def _categories(holder: Any) -> Sequence[StoredCategory]:
    packed = holder.breakdown
    return stored_categories(orjson.loads(packed) if isinstance(packed, str) else packed)


@strawberry.type(description="The scoring model, and its version, that made a score.")
class ScoringModelReference:
    """Key and version."""

    key: str = computed("The model's key, such as `standard`.", lambda holder: holder.model_key)
    version: int = computed("The model's version, from 1.", lambda holder: holder.model_version)
    published: Annotated[ScoringModelVersion, strawberry.lazy("gql.scoring_models.types")] | None = to_one(
        "The version itself, with its rules.",
        key=lambda holder: (holder.model_key, holder.model_version),
        batch=version_by_number,
    )


@strawberry.type(description="What a lead scores now, and why.")
class Score:
    """See `domain.leads.CurrentScore`."""

    total: int = plain("0–100: the sum of the categories.")
    grade: Grade = plain("A from 80, B from 60, C from 40, else D.")
    temperature: Temperature = plain("Follows the grade.")
    priority: Priority = plain("Follows the grade; a pin on the lead does not show here.")
    computed_at: datetime = plain("When the score was made.")
    model: ScoringModelReference = computed("The model that made it.", lambda score: score)
    categories: list[ScoreCategory] = computed("The breakdown; it adds up to the total.", _categories)
    next_steps: NextSteps | None = to_one(
        "The least that would lift the lead to the next grade.",
        key=lambda score: (score.lead_id, score.computed_at),
        batch=next_steps_by_scored_lead,
    )
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda score: score.lead_id, batch=lead_by_id
    )
    is_type_of = shows(CurrentScore)


@strawberry.type(description="One entry of a lead's score history, with the breakdown as it was then.")
class ScoreChange(Node):
    """See `domain.leads.ScoreEntry`."""

    id: strawberry.ID = node_id("ScoreChange")
    at: datetime = plain("When the score changed.")
    from_total: int | None = plain("The total before; null for the first.")
    total: int = plain("The total after.")
    delta: int | None = computed(
        "By how much the total moved; null for the first.",
        lambda entry: None if entry.from_total is None else entry.total - entry.from_total,
    )
    from_grade: Grade | None = plain("The grade before; null for the first.")
    grade: Grade = plain("The grade after.")
    cause: ScoreCause = computed("What made the score change.", lambda entry: ScoreCause(entry.cause), column="cause")
    model: ScoringModelReference = computed("The model that made the score.", lambda entry: entry)
    categories: list[ScoreCategory] = computed("The breakdown, as it was stored then.", _categories)
    actor: Actor = actor("Who is behind the change.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda entry: entry.lead_id, batch=lead_by_id
    )
    is_type_of = shows(ScoreEntry)


NODE_BATCHES["ScoreChange"] = score_entry_by_id
