"""What would lift a lead to the next grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import strawberry

from domain.next_steps import NextSteps as DomainNextSteps
from domain.next_steps import Step, next_steps
from domain.scoring import ConversationCall
from gql.leads.enums import Grade
from gql.nodes import plain, shows
from persistence.contact_attempts import calls_by_lead
from persistence.database import Reading
from persistence.leads import lead_by_id
from persistence.scoring_models import current_model

# A lead, and the instant of its score: the steps go with the grade that is shown beside them.
ScoredLead: TypeAlias = tuple[UUID, datetime]


@strawberry.type(description="More of one fact.")
class NextStep:
    """See `domain.next_steps.Step`."""

    fact: str = plain("The fact's name, such as `email_clicks`.")
    have: int = plain("How many there are.")
    want: int = plain("How many there should be.")
    points: int = plain("What the difference adds to the total, after the steps before it.")
    text: str = plain("What is wanted, in words.")
    is_type_of = shows(Step)


@strawberry.type(description="The smallest set of facts that somebody can do something about and that lifts a lead to the next grade.")
class NextSteps:
    """See `domain.next_steps.NextSteps`."""

    to_grade: Grade | None = plain("The next grade; null when there is none above.")
    points_needed: int = plain("How many points it takes.")
    steps: list[NextStep] = plain("The steps; empty when none lead there, or nothing is above.")
    reachable: bool = plain("Whether the steps lead there.")
    reachable_total: int = plain("The highest total that such facts can lead to.")
    is_type_of = shows(DomainNextSteps)


async def next_steps_by_scored_lead(db: Reading, keys: Sequence[ScoredLead]) -> Mapping[ScoredLead, DomainNextSteps]:
    """Work out the next steps of leads that the viewer may see, as of the instants of their scores."""
    leads = await lead_by_id(db, [id for id, _ in keys])
    model = await current_model(db)
    calls: Mapping[UUID, Sequence[ConversationCall]] = await calls_by_lead(db, list(leads)) if model.reads_calls else {}
    return {
        (id, at): next_steps(replace(leads[id].facts, conversation=tuple(calls.get(id, ()))), model, at) for id, at in keys if id in leads
    }
