"""Enrollments at the same time: one of a lead in a sequence, and no more in a sequence than it holds."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import UUID

from domain.enrollments import AlreadyEnrolled, EnrollmentsCapped
from domain.filters import LeadFilter
from domain.refusals import Refused
from domain.sequences import EntryConditions, Sequence
from tests.sequences import published
from tests.worlds import World
from usecases.bulk import Targets
from usecases.sequences.enroll import EnrollLead, enroll_lead, enroll_leads
from usecases.sequences.held_rows import SequenceTargets
from usecases.sequences.unenroll import unenroll_leads


async def attempt(world: World, lead_id: UUID, sequence: Sequence) -> str:
    try:
        await enroll_lead(world.call(), EnrollLead(lead_id=lead_id, sequence_id=sequence.id))
    except Refused as refused:
        (only,) = refused.refusals
        return type(only).__name__
    return "enrolled"


async def test_of_many_who_enroll_one_lead_one_does(world: World) -> None:
    sequence, _ = await published(world)
    lead = await world.lead()

    outcomes = await asyncio.gather(*(attempt(world, lead.id, sequence) for _ in range(8)))

    assert Counter(outcomes) == {"enrolled": 1, AlreadyEnrolled.__name__: 7}


async def test_the_last_places_are_given_once(world: World) -> None:
    sequence, _ = await published(world, entry=EntryConditions(max_active=3))
    leads = [await world.lead() for _ in range(9)]

    outcomes = await asyncio.gather(*(attempt(world, lead.id, sequence) for lead in leads))

    assert Counter(outcomes) == {"enrolled": 3, EnrollmentsCapped.__name__: 6}


async def test_of_many_who_unenroll_by_a_filter_one_ends_each_and_nobody_is_refused(world: World) -> None:
    sequence, _ = await published(world)
    leads = await world.leads(12)
    meant = SequenceTargets(sequence_id=sequence.id, targets=Targets(filter=LeadFilter()))
    await enroll_leads(world.call(), meant)

    answers = await asyncio.gather(*(unenroll_leads(world.call(), meant) for _ in range(4)))

    ended = Counter(row.thing["lead"].id for answer in answers for row in answer["rows"])
    assert ended == dict.fromkeys((lead.id for lead in leads), 1)
