"""What a version of a scoring model would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from domain import scoring_impact as domain
from domain.refusals import Refused
from gql.context import Info
from gql.edges import to_one
from gql.errors import ErrorCode, PublicError
from gql.ids import decode_kind
from gql.leads.enums import Grade
from gql.nodes import computed, plain, shows
from gql.scoring_models.types import ScoringModelVersion
from persistence.database import Reading
from persistence.leads import lead_by_id
from persistence.scoring_models import version_by_id
from usecases.scoring.model_impact import MOST_LEADS, scoring_model_impact

if TYPE_CHECKING:
    from gql.leads.types import Lead


@strawberry.type(description="How many leads would go from one grade to another, or stay where they are.")
class GradeMove:
    """See `domain.scoring_impact.GradeMove`."""

    from_grade: Grade = plain("The grade now.")
    to_grade: Grade = plain("The grade then.")
    leads: int = plain("How many leads.")


@strawberry.type(description="A lead whose total would change.")
class ScoreMover:
    """See `domain.scoring_impact.Mover`."""

    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted meanwhile.", key=lambda mover: mover.lead_id, batch=lead_by_id
    )
    from_total: int = plain("The total now.")
    to_total: int = plain("The total then.")
    delta: int = plain("By how much it would change.")
    from_grade: Grade = plain("The grade now.")
    to_grade: Grade = plain("The grade then.")


@strawberry.type(description="How many leads have a total between two numbers, both included.")
class ScoreBar:
    """See `domain.scoring_impact.HistogramBar`."""

    low: int = plain("The lowest total.")
    high: int = plain("The highest total.")
    leads: int = plain("How many leads.")


@strawberry.type(description="How many leads have a grade.")
class GradeCount:
    """See `domain.scoring_impact.GradeCount`."""

    grade: Grade = plain("The grade.")
    leads: int = plain("How many leads.")


@strawberry.type(description="How the totals of leads are spread.")
class ScoreSpread:
    """See `domain.scoring_impact.ScoreDistribution`."""

    histogram: list[ScoreBar] = plain("Bars of ten points, from 0–9 to 90–100.")
    by_grade: list[GradeCount] = plain("The leads of each grade, the best first.")
    mean: float | None = plain("The average total; null without leads.")
    median: float | None = plain("The total in the middle; null without leads.")


@strawberry.type(description="What a version would change, beside the scores that leads have now.")
class ScoringModelImpact:
    """See `domain.scoring_impact.ScoringImpact`."""

    version: ScoringModelVersion | None = to_one("The version.", key=lambda impact: impact.version_id, batch=version_by_id)
    population: int = plain("How many leads there are.")
    leads: int = plain("How many of them were scored for this.")
    sampled: bool = plain("Whether leads were left out; then all numbers are those of the sample.")
    changed: int = plain("How many leads would have another total.")
    grade_moves: list[GradeMove] = computed(
        "From each grade to each grade, in the order A, B, C, D: sixteen entries.", lambda impact: impact.moves
    )
    movers: list[ScoreMover] = plain("The leads that would move most, at most 20, the farthest first.")
    before: ScoreSpread = plain("How the totals are spread now.")
    after: ScoreSpread = plain("How they would be spread.")
    is_type_of = shows(domain.ScoringImpact)


@dataclass(frozen=True, slots=True)
class _Asked:
    version_id: UUID
    sample: int | None
    at: datetime


async def _impacts(db: Reading, asked: Sequence[_Asked]) -> Mapping[_Asked, domain.ScoringImpact]:
    """Work out what was asked, one after the other; a request names few."""
    found: dict[_Asked, domain.ScoringImpact] = {}
    for each in asked:
        try:
            impact = await scoring_model_impact(db, each.version_id, each.sample, each.at)
        except Refused as refused:
            raise PublicError(ErrorCode.BAD_USER_INPUT, refused.refusals[0].message) from None
        if impact is not None:
            found[each] = impact
    return found


@strawberry.type
class ScoringImpactQueries:
    """What `Query` takes over."""

    @strawberry.field(
        description=(
            "What a version would change, above all a draft: of all leads, or of a sample. "
            f"Of more than {MOST_LEADS:,} leads so many are taken as a sample, and `sampled` says so. Null when there is no such version."
        )
    )
    def scoring_model_impact(
        self,
        info: Info,
        version_id: Annotated[strawberry.ID, strawberry.argument(description="The draft, or any other version.")],
        sample: Annotated[
            int | None,
            strawberry.argument(description=f"How many leads to take, 1–{MOST_LEADS:,}: the same ones each time. Without it: all."),
        ] = UNSET,
    ) -> ScoringModelImpact | None:
        """Work out an impact."""
        size = sample if sample is not None and sample is not UNSET else None
        if size is not None and not 1 <= size <= MOST_LEADS:
            raise PublicError(ErrorCode.BAD_USER_INPUT, f"`sample` must be 1–{MOST_LEADS}.")
        asked = _Asked(decode_kind("ScoringModelVersion", version_id), size, info.context.at)
        return info.context.loaders.load(_impacts, asked)  # pyright: ignore[reportReturnType] -- a future of what the type shows
