"""Tell what a version of a scoring model would change, before it comes into force; nothing is written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from domain.leads import Lead
from domain.model_validation import errors_among
from domain.model_versions import ModelNotPublishable
from domain.refusals import Refused
from domain.scoring import ConversationCall, score
from domain.scoring_impact import ImpactTally, Mover, ScoringImpact
from domain.scoring_rules import ScoringModel
from persistence.contact_attempts import calls_by_lead
from persistence.database import Reading
from persistence.lead_scans import count_leads, sampled_lead_ids, scored_leads, scored_leads_after
from persistence.scoring_models import version_by_id

MOST_LEADS = 25_000
"""So many are scored within a request's ten seconds, also on a busy machine; of more than these a sample is taken."""

BATCH = 1_000
# Scoring is work without waiting: after so many leads the others have their turn.
_SLICE = 100


async def scoring_model_impact(
    db: Reading, version_id: UUID, sample: int | None, at: datetime, *, most: int = MOST_LEADS, batch: int = BATCH
) -> ScoringImpact | None:
    """Score leads by a version beside what they score now; None when there is no such version.

    With `sample`, or when there are more than `most`, so many of them: the same ones each time. Reads in batches and keeps none of
    them. Raises Refused: ModelNotPublishable for a draft with errors.
    """
    version = (await version_by_id(db, [version_id])).get(version_id)
    if version is None:
        return None
    if errors := errors_among(version.problems):
        raise Refused.because(ModelNotPublishable(message="The draft has errors, and so scores nothing.", problems=errors))
    model = version.content.model("candidate", version.number or 0, "Candidate")
    population = await count_leads(db)
    wanted = min(sample or most, most)
    tally = ImpactTally()
    async for leads in _all(db, batch) if population <= wanted else _sampled(db, wanted, batch):
        await _count(db, tally, leads, model, at)
    return tally.impact(version_id, population)


async def _all(db: Reading, batch: int) -> AsyncGenerator[Sequence[Lead]]:
    after: UUID | None = None
    while leads := await scored_leads_after(db, after, batch):
        yield leads
        after = leads[-1].id
        if len(leads) < batch:
            return


async def _sampled(db: Reading, size: int, batch: int) -> AsyncGenerator[Sequence[Lead]]:
    ids = iter(await sampled_lead_ids(db, size))
    while some := list(islice(ids, batch)):
        yield await scored_leads(db, some)


async def _count(db: Reading, tally: ImpactTally, leads: Sequence[Lead], model: ScoringModel, at: datetime) -> None:
    calls: Mapping[UUID, Sequence[ConversationCall]] = {}
    if model.reads_calls:
        calls = await calls_by_lead(db, [lead.id for lead in leads])
    for number, lead in enumerate(leads):
        facts = replace(lead.facts, conversation=tuple(calls[lead.id])) if lead.id in calls else lead.facts
        after = score(facts, model, at)
        tally.add(Mover(lead.id, lead.score_total, after.total, lead.grade, after.grade))
        if number % _SLICE == _SLICE - 1:
            await asyncio.sleep(0)
