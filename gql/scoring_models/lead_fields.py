"""What it takes for a lead to reach a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry

from domain import score_reach as domain
from domain.scoring import ConversationCall
from gql.context import Info
from gql.leads.enums import Grade
from gql.nodes import plain, shows
from persistence.contact_attempts import calls_by_lead
from persistence.database import Reading
from persistence.leads import lead_by_id
from persistence.scoring_models import current_model

# A lead, the instant of its score, and the grade: the sets go with the score that is shown beside them.
Asked: TypeAlias = tuple[UUID, datetime, Grade]


@strawberry.type(description="More of one fact.")
class ReachStep:
    """See `domain.score_reach.ReachStep`."""

    fact: str = plain("The fact's name, such as `email_clicks`.")
    have: int = plain("How many there are.")
    want: int = plain("How many there should be.")
    points: int = plain("What the difference adds to the total, after the steps before it.")
    text: str = plain("What is wanted, in words.")


@strawberry.type(description="One set of facts that leads to a grade; none that does is smaller.")
class ReachSet:
    """See `domain.score_reach.ReachSet`."""

    steps: list[ReachStep] = plain("What is wanted of each fact.")
    units: int = plain("How many things that is in all: a click, a call, a name each count as one.")
    total: int = plain("The total that it leads to.")


@strawberry.type(
    description=(
        "The smallest sets of actionable facts that reach a grade. A fact is actionable when somebody can learn it or make it happen: a "
        "company's name, a phone number, a visit, a call that ends well; a title, a size, a source and a refusal are not. More of it "
        "counts as happening now, so that nothing of its points has decayed, and takes points away where the model says so."
    )
)
class ScoreReach:
    """See `domain.score_reach.ScoreReach`."""

    grade: Grade = plain("The grade.")
    points_needed: int = plain("How many points it takes; 0: the lead is there, or higher.")
    reachable: bool = plain("Whether the lead is there, or such facts alone lead there.")
    reachable_total: int = plain("The highest total that such facts can lead to.")
    sets: list[ReachSet] = plain(
        "Sets of equal size, those with the most points first; at most ten. Empty: none is needed, or none leads there."
    )
    more_sets: bool = plain("Whether there are more of this size.")
    exact: bool = plain("Whether it is certain that none is smaller; false only where a model ties very many facts together.")
    is_type_of = shows(domain.ScoreReach)


async def _reaches(db: Reading, keys: Sequence[Asked]) -> Mapping[Asked, domain.ScoreReach]:
    """Work out what leads that the viewer may see need, as of the instants of their scores."""
    leads = await lead_by_id(db, list({id for id, _, _ in keys}))
    model = await current_model(db)
    calls: Mapping[UUID, Sequence[ConversationCall]] = await calls_by_lead(db, list(leads)) if model.reads_calls else {}
    return {
        (id, at, grade): domain.score_reach(replace(leads[id].facts, conversation=tuple(calls.get(id, ()))), model, at, grade)
        for id, at, grade in keys
        if id in leads
    }


@strawberry.type
class ReachFields:
    """What `Lead` takes over."""

    @strawberry.field(description="The smallest sets of facts that would lift it to a grade; null as long as it has no score.")
    def score_reach(
        self: Any, info: Info, grade: Annotated[Grade, strawberry.argument(description="The grade, which a higher total has reached too.")]
    ) -> ScoreReach | None:
        """Work out the sets."""
        if self.scored_at is None:
            return None
        return info.context.loaders.load(_reaches, (self.id, self.scored_at, grade))  # pyright: ignore[reportReturnType] -- a future of it
