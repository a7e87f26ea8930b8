"""Changes without a transaction: one look, then one statement that writes all or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from inspect import signature
from typing import Any

import pytest

from domain.access import Role
from domain.events import Event
from domain.lead_copies import changed_lead
from domain.leads import Lead, StatusChange
from domain.status import LeadStatus
from persistence.database import Reading, Scope, Writing
from persistence.feed import event_by_id
from persistence.histories import add_entries, add_events, save_scores, status_change_by_id
from persistence.leads import LostUpdate, lead_by_id, lead_for_update, one_lead_for_update, save_leads, score_by_lead
from persistence.optimistic import NeedsTransaction, Optimistic, optimistically
from persistence.together import Together
from tests.status_rows import moved, told
from tests.worlds import World


def contacting(entry: StatusChange, event: Event, meanwhile: Callable[[Lead], Awaitable[None]] | None = None) -> Callable[..., Any]:
    """Make the work that contacts a lead; `meanwhile` happens between its look and its write."""

    async def contact(tx: Writing) -> Lead:
        lead, _ = await one_lead_for_update(tx, entry.lead_id)
        assert lead is not None
        if meanwhile:
            await meanwhile(lead)
        after = changed_lead(lead, status=LeadStatus.CONTACTED, version=lead.version + 1, event_sequence=lead.event_sequence + 1)
        async with Together(tx) as together:
            await save_leads(together, [(lead, after)])
            await add_entries(together, [entry])
            await add_events(together, [event])
        return after

    return contact


async def assert_nothing_is_there(world: World, entry: StatusChange, event: Event) -> None:
    async with world.database.reading(world.scope) as db:
        assert await status_change_by_id(db, [entry.id]) == {}
        assert await event_by_id(db, [event.id]) == {}


async def test_a_lead_nobody_else_touches_is_changed_by_one_look_and_one_statement(world: World) -> None:
    lead = await world.lead()
    entry, event = moved(world, lead), told(world, lead)

    with world.recorded() as statements:
        after = await optimistically(world.database, world.scope, contacting(entry, event))

    assert ["FOR UPDATE" in sql for sql in statements] == [False, False]
    async with world.database.reading(world.scope) as db:
        assert await lead_by_id(db, [lead.id]) == {lead.id: after}
        assert await status_change_by_id(db, [entry.id]) == {entry.id: entry}
        assert await event_by_id(db, [event.id]) == {event.id: event}


@pytest.mark.parametrize("counts", [True, False], ids=["a version", "only facts"])
async def test_who_comes_second_writes_nothing_whatever_the_first_one_changed(world: World, counts: bool) -> None:
    lead = await world.lead()
    entry, event = moved(world, lead), told(world, lead)

    async def change(seen: Lead) -> None:
        async with world.database.writing(world.scope) as tx:
            changes = {"notes": "Moved", "version": seen.version + 1} if counts else {"event_sequence": seen.event_sequence + 1}
            await save_leads(tx, [((await lead_for_update(tx, [seen.id]))[seen.id], changed_lead(seen, **changes))])

    with pytest.raises(LostUpdate):
        await optimistically(world.database, world.scope, contacting(entry, event, change))

    await assert_nothing_is_there(world, entry, event)
    async with world.database.reading(world.scope) as db:
        assert (await lead_by_id(db, [lead.id]))[lead.id].status is LeadStatus.NEW


async def test_what_fails_in_between_leaves_nothing(world: World) -> None:
    lead = await world.lead()
    entry, event = moved(world, lead), told(world, lead)

    async def fail(_seen: Lead) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await optimistically(world.database, world.scope, contacting(entry, event, fail))

    await assert_nothing_is_there(world, entry, event)


async def test_an_upsert_depends_on_the_lead_as_well(world: World) -> None:
    lead = await world.lead()
    async with world.database.reading(world.scope) as db:
        score = (await score_by_lead(db, [lead.id]))[lead.id]

    async def rescore(tx: Writing) -> None:
        seen, _ = await one_lead_for_update(tx, lead.id)
        assert seen is not None
        async with Together(tx) as together:
            await save_leads(together, [(seen, changed_lead(seen, score_total=77))])
            await save_scores(together, [replace(score, total=77)])

    await optimistically(world.database, world.scope, rescore)

    async with world.database.reading(world.scope) as db:
        assert (await score_by_lead(db, [lead.id]))[lead.id] == replace(score, total=77)


async def test_whoever_is_out_of_sight_cannot_be_changed(world: World) -> None:
    lead = await world.lead(owner_id=world.cleo.id)
    viewer = world.viewer(Role.AGENT, world.ada)

    async def look(tx: Writing) -> None:
        await one_lead_for_update(tx, lead.id)

    # Whether it was merged would be a second look.
    with pytest.raises(NeedsTransaction):
        await optimistically(world.database, Scope(world.workspace.id, viewer.visibility), look)


# `beyond_sight` is the same work for another part of the workspace.
_OPERATIONS = {
    name
    for kind in (Reading, Writing)
    for name, member in vars(kind).items()
    if callable(member) and not name.startswith("_") and name != "beyond_sight"
}


@pytest.mark.parametrize("name", sorted(_OPERATIONS))
async def test_nothing_else_can_be_read_or_written(world: World, name: str) -> None:
    async with world.database.reading(world.scope) as db:
        tx = Optimistic(db)
        operation = getattr(tx, name)
        given: list[Any] = [
            _any_argument(parameter.name) for parameter in signature(operation).parameters.values() if _is_needed(parameter)
        ]

        async def operate() -> None:
            await operation(*given)

        with world.recorded() as statements, pytest.raises(NeedsTransaction):
            await operate()
    assert statements == []


def _is_needed(parameter: Any) -> bool:
    return parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD


def _any_argument(name: str) -> Any:
    return [{}, {}] if name == "rows" else None


async def test_a_second_look_needs_a_transaction(world: World) -> None:
    lead = await world.lead()

    async def look_twice(tx: Writing) -> None:
        await one_lead_for_update(tx, lead.id)
        await one_lead_for_update(tx, lead.id)

    with pytest.raises(NeedsTransaction):
        await optimistically(world.database, world.scope, look_twice)


async def test_a_write_that_depends_on_no_lead_needs_a_transaction(world: World) -> None:
    lead = await world.lead()
    entry, event = moved(world, lead), told(world, lead)

    async def add(tx: Writing) -> None:
        await add_entries(tx, [entry])

    with pytest.raises(NeedsTransaction):
        await optimistically(world.database, world.scope, add)

    await assert_nothing_is_there(world, entry, event)
