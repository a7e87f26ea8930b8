"""Writes that go to PostgreSQL together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import get_args, get_type_hints

import pytest

from domain.lead_copies import changed_lead
from domain.leads import Lead
from domain.status import LeadStatus
from persistence.feed import event_by_id
from persistence.histories import add_entries, add_events, save_scores, status_change_by_id
from persistence.leads import LostUpdate, lead_by_id, lead_for_update, save_leads, score_by_lead
from persistence.rehearsals import rehearsing
from persistence.rows import columns_of
from persistence.together import Together
from tests.status_rows import moved, told
from tests.worlds import NOON, World


def contacted(lead: Lead) -> tuple[Lead, Lead]:
    return lead, changed_lead(lead, status=LeadStatus.CONTACTED, version=lead.version + 1)


async def test_rows_for_several_tables_are_one_statement(world: World) -> None:
    lead = await world.lead()
    entry, events = moved(world, lead), [told(world, lead, 1), told(world, lead, 2)]

    with world.recorded() as statements:
        async with world.database.writing(world.scope) as tx, Together(tx) as together:
            await save_leads(together, [contacted(lead)])
            await add_entries(together, [entry])
            await add_events(together, events)

    assert len(statements) == 1
    assert tx.tells
    async with world.database.reading(world.scope) as db:
        assert (await lead_by_id(db, [lead.id]))[lead.id].status is LeadStatus.CONTACTED
        assert await status_change_by_id(db, [entry.id]) == {entry.id: entry}
        assert await event_by_id(db, [event.id for event in events]) == {event.id: event for event in events}


async def test_whoever_reads_meanwhile_reads_what_was_written_before(world: World) -> None:
    lead = await world.lead()
    entry, other = moved(world, lead), moved(world, lead)

    async with world.database.writing(world.scope) as tx, Together(tx) as together:
        await save_leads(together, [contacted(lead)])
        await add_entries(together, [entry])
        assert await status_change_by_id(together, [entry.id]) == {entry.id: entry}
        assert (await lead_by_id(together, [lead.id]))[lead.id].status is LeadStatus.CONTACTED
        await add_entries(together, [other])

    async with world.database.reading(world.scope) as db:
        assert await status_change_by_id(db, [other.id]) == {other.id: other}


async def test_writes_to_one_table_keep_their_order(world: World) -> None:
    lead = await world.lead()

    with world.recorded() as statements:
        async with world.database.writing(world.scope) as tx:
            score = (await score_by_lead(tx, [lead.id]))[lead.id]
            async with Together(tx) as together:
                await save_scores(together, [replace(score, total=10)])
                await save_scores(together, [replace(score, total=20)])

    assert ["INSERT" in sql for sql in statements] == [False, True, True]
    async with world.database.reading(world.scope) as db:
        assert (await score_by_lead(db, [lead.id]))[lead.id].total == 20


async def test_many_rows_go_by_themselves(world: World) -> None:
    lead = await world.lead()
    many = [told(world, lead, sequence) for sequence in range(1, 5)]

    with world.recorded() as statements:
        async with world.database.writing(world.scope) as tx, Together(tx) as together:
            await add_entries(together, [moved(world, lead)])
            await add_events(together, many)

    assert ["status_changes" in sql for sql in statements] == [True, False]
    async with world.database.reading(world.scope) as db:
        assert len(await event_by_id(db, [event.id for event in many])) == 4


async def test_a_lead_that_somebody_changed_meanwhile_is_not_overwritten_and_nothing_else_is_kept(world: World) -> None:
    lead = await world.lead()
    stale, after = contacted(replace(lead, version=lead.version + 1))
    entry = moved(world, lead)

    async def overwrite() -> None:
        async with world.database.writing(world.scope) as tx, Together(tx) as together:
            await save_leads(together, [(stale, after)])
            await add_entries(together, [entry])

    with pytest.raises(LostUpdate):
        await overwrite()

    async with world.database.reading(world.scope) as db:
        assert (await lead_by_id(db, [lead.id]))[lead.id] == lead
        assert await status_change_by_id(db, [entry.id]) == {}


async def test_what_waits_when_something_fails_is_never_written(world: World) -> None:
    lead = await world.lead()
    entry = moved(world, lead)

    async def fail() -> None:
        async with world.database.writing(world.scope) as tx, Together(tx) as together:
            await add_entries(together, [entry])
            raise ZeroDivisionError

    with world.recorded() as statements, pytest.raises(ZeroDivisionError):
        await fail()

    assert statements == []


async def test_a_dry_run_looks_at_each_write_by_itself(world: World) -> None:
    lead = await world.lead()

    with world.recorded() as recorded:
        async with rehearsing(world.database, world.scope) as rehearsal:
            async with rehearsal.writing(world.scope) as tx, Together(tx) as together:
                await save_leads(together, [contacted(lead)])
                await add_entries(together, [moved(world, lead)])
            statements = list(recorded)
            told_of = [effect.table for effect in (await rehearsal.effects()).effects]

    assert [sql.split()[0] for sql in statements] == ["UPDATE", "INSERT"]
    assert told_of == ["leads", "status_changes"]


_OTHER: Mapping[type, object] = {
    int: 41,
    bool: True,
    str: "other",
    datetime: NOON - timedelta(days=1),
    date: NOON.date(),
    Decimal: Decimal("12.5"),
}


def another_value(name: str, value: object) -> object:
    """Find a value that a column of a lead can hold besides the one that it has."""
    hint = get_type_hints(Lead)[name]
    kinds = [kind for kind in (get_args(hint) or (hint,)) if kind is not type(None)]
    if name == "phones":
        return ("+4930123456",)
    if issubclass(kinds[0], Enum):
        return next(member for member in kinds[0] if member is not value)
    return _OTHER[kinds[0]]


@pytest.mark.parametrize(
    "name", [name for name in columns_of(Lead) if name not in {"id", "created_at", "version"} and not name.endswith("_id")]
)
async def test_whatever_changed_of_a_lead_is_written(world: World, name: str) -> None:
    lead = await world.lead()
    after = changed_lead(lead, **{name: another_value(name, getattr(lead, name))})
    assert after != lead

    async with world.database.writing(world.scope) as tx:
        await save_leads(tx, [(lead, after)])

    async with world.database.writing(world.scope) as tx:
        assert (await lead_for_update(tx, [lead.id]))[lead.id] == after
