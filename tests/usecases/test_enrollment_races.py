"""Enrollments at the same time: one of a lead in a sequence, no more in a sequence than it holds, none that a publication overlooks."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from uuid import UUID

from domain.enrollments import AlreadyEnrolled, EnrollmentsCapped, RunningEnrollments
from domain.filters import LeadFilter
from domain.leads import LeadSource
from domain.refusals import Refused
from domain.sequences import EntryConditions, Sequence, SequencePlan, SourceTrigger
from persistence.sequences import save_sequences
from tests.sequences import END, day, moved, published
from tests.waiting import somebody_waits
from tests.worlds import World, blank_lead
from usecases.bulk import Targets
from usecases.leads.editing import LeadEdits
from usecases.sequences.enroll import EnrollLead, enroll_lead, enroll_leads
from usecases.sequences.held_rows import SequenceTargets
from usecases.sequences.publish_sequence import publish_sequence
from usecases.sequences.unenroll import unenroll_leads
from usecases.verbs import Work


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


async def test_whoever_a_trigger_enrolls_while_a_version_is_published_goes_over_to_it(world: World) -> None:
    sequence, _ = await published(world, triggers=(SourceTrigger(sources=(LeadSource.REFERRAL,)),))
    async with world.database.writing(world.scope) as tx:
        await save_sequences(tx, [replace(sequence, draft=SequencePlan(steps=(day("first", "end", 9), END)))])
    enrolled, may_end = asyncio.Event(), asyncio.Event()

    async def make_slowly() -> None:
        async with world.database.writing(world.scope) as tx:
            edits = LeadEdits(Work(tx, world.viewer(), world.at))
            edits.add(replace(blank_lead(world.at), source=LeadSource.REFERRAL))
            await edits.save()
            enrolled.set()
            await may_end.wait()

    making = asyncio.create_task(make_slowly())
    await enrolled.wait()
    publishing = asyncio.ensure_future(publish_sequence(world.call(), sequence.id, RunningEnrollments.REMAP))
    await somebody_waits(world)
    may_end.set()
    _, answer = await asyncio.gather(making, publishing)

    assert answer["enrollments"].moved == 1
    assert await moved(world) == 1
    data = await world.ask("{ leads { nodes { enrollments { nodes { sequenceVersion { number } } } } } }")
    assert data["leads"]["nodes"] == [{"enrollments": {"nodes": [{"sequenceVersion": {"number": 2}}]}}]
