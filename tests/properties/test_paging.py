"""Pages of a list: every row that does not move is seen exactly once, whatever happens to the others in between."""

from __future__ import annotations

import random
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cmp_to_key
from typing import Any
from uuid import UUID

import orjson
import pytest
from uuid_utils.compat import uuid7

from domain.filters import LeadOrderField
from domain.leads import Lead
from domain.paging import Position
from gql.ids import decode_kind
from gql.paging import decode_cursor, encode_cursor
from persistence.database import Database
from persistence.lead_lists import ORDERINGS
from persistence.leads import add_leads, save_leads
from tests.worlds import World, blank_lead, build_world

LEADS = 24
PAGE = 4
QUERY = """
    query ($order: LeadOrder!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
        leads(orderBy: $order, first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { id } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            totalCount
        }
    }
"""

# What each order sorts by, as Python sees it.
SORT_VALUES: Mapping[LeadOrderField, Callable[[Lead], Any]] = {
    LeadOrderField.CREATED_AT: lambda lead: lead.created_at,
    LeadOrderField.UPDATED_AT: lambda lead: lead.updated_at,
    LeadOrderField.SCORE: lambda lead: lead.score_total,
    LeadOrderField.NAME: lambda lead: f"{lead.last_name or ''} {lead.first_name or ''}".lower().encode(),
    LeadOrderField.COMPANY: lambda lead: lead.company and lead.company.lower().encode(),
    LeadOrderField.LAST_ACTIVITY_AT: lambda lead: lead.last_activity_at,
    LeadOrderField.LAST_CONTACTED_AT: lambda lead: lead.last_contacted_at,
    LeadOrderField.DEAL_VALUE: lambda lead: lead.deal_value,
    LeadOrderField.EXPECTED_CLOSE_DATE: lambda lead: lead.expected_close_date,
    LeadOrderField.STATUS_SINCE: lambda lead: lead.status_since,
    LeadOrderField.FIRST_RESPONSE_DUE_AT: lambda lead: lead.first_response_due_at,
}


def some_lead(world: World, choices: random.Random) -> Lead:
    """Make a lead with few different values, so that ties and gaps are common."""

    def instant() -> datetime:
        return world.at - timedelta(hours=choices.randrange(6), microseconds=choices.choice([0, 1]))

    def perhaps(value: Any) -> Any:
        return value if choices.random() < 0.7 else None

    return replace(
        blank_lead(instant()),
        updated_at=instant(),
        status_since=instant(),
        score_total=choices.randrange(5),
        first_name=perhaps(choices.choice(["Ana", "ana", "Zoé", "Ärmin"])),
        last_name=perhaps(choices.choice(["Lima", "lima", "Ö", "_"])),
        company=perhaps(choices.choice(["Acme", "acme", "Éclair", "%", "zeta"])),
        last_activity_at=perhaps(instant()),
        last_contacted_at=perhaps(instant()),
        first_response_due_at=perhaps(instant()),
        deal_value=perhaps(Decimal(choices.choice(["0", "10.5", "10.500", "999999999999999.999"]))),
        deal_currency="EUR",
        expected_close_date=perhaps(date(2026, 7, 1 + choices.randrange(4))),
    )


def in_order(leads: Sequence[Lead], order: LeadOrderField, *, descending: bool) -> list[UUID]:
    """Sort as the list promises: by value, then by id; empty values at the end whichever way it runs."""
    sign = -1 if descending else 1

    def compare(one: Lead, other: Lead) -> int:
        a, b = SORT_VALUES[order](one), SORT_VALUES[order](other)
        if (a is None) != (b is None):
            return 1 if a is None else -1
        if a != b:
            return sign * (1 if a > b else -1)
        return sign * (1 if one.id > other.id else -1)

    return [lead.id for lead in sorted(leads, key=cmp_to_key(compare))]


async def disturb(world: World, movable: list[Lead], choices: random.Random) -> None:
    """Insert a lead, move another to somewhere else, delete a third."""
    async with world.database.writing(world.scope) as tx:
        await add_leads(tx, [some_lead(world, choices)])
        moved = choices.choice(movable)
        other = some_lead(world, choices)
        after = replace(other, id=moved.id, created_at=moved.created_at, deleted_at=choices.choice([None, None, world.at]))
        await save_leads(tx, [(moved, after)])
        movable[movable.index(moved)] = after


@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("order", LeadOrderField)
async def test_rows_that_do_not_move_are_seen_once_and_in_order(
    order: LeadOrderField,
    direction: str,
    backward: bool,
    database: Database,
) -> None:
    world = await build_world(database)
    choices = random.Random(f"{order} {direction} {backward}")
    leads = [some_lead(world, choices) for _ in range(LEADS)]
    async with database.writing(world.scope) as tx:
        await add_leads(tx, leads)
    still, movable = leads[::2], leads[1::2]
    seen: list[UUID] = []
    cursor: str | None = None
    while True:
        size = {"last": PAGE, "before": cursor} if backward else {"first": PAGE, "after": cursor}
        page = (await world.ask(QUERY, {"order": {"field": order, "direction": direction}, **size}))["leads"]
        ids = [decode_kind("Lead", edge["node"]["id"]) for edge in page["edges"]]
        seen = [*ids, *seen] if backward else [*seen, *ids]
        info = page["pageInfo"]
        assert [info["startCursor"], info["endCursor"]] == (
            [page["edges"][0]["cursor"], page["edges"][-1]["cursor"]] if ids else [None, None]
        )
        assert info["hasNextPage" if not backward else "hasPreviousPage"] <= (len(ids) == PAGE)
        if not info["hasPreviousPage" if backward else "hasNextPage"]:
            break
        cursor = info["startCursor" if backward else "endCursor"]
        await disturb(world, movable, choices)

    unmoved = {lead.id for lead in still}
    assert [id for id in seen if id in unmoved] == in_order(still, order, descending=direction == "DESC")


@pytest.mark.parametrize("order", LeadOrderField)
async def test_both_ends_of_a_list_are_told(order: LeadOrderField, database: Database) -> None:
    world = await build_world(database)
    choices = random.Random(order)
    leads = [some_lead(world, choices) for _ in range(6)]
    async with database.writing(world.scope) as tx:
        await add_leads(tx, leads)

    async def ask(**size: Any) -> tuple[int, bool, bool, int]:
        page = (await world.ask(QUERY, {"order": {"field": order}, **size}))["leads"]
        return len(page["edges"]), page["pageInfo"]["hasPreviousPage"], page["pageInfo"]["hasNextPage"], page["totalCount"]

    everything = (await world.ask(QUERY, {"order": {"field": order}}))["leads"]["edges"]
    third, fourth = everything[2]["cursor"], everything[3]["cursor"]
    assert await ask(first=6) == (6, False, False, 6)
    assert await ask(first=5) == (5, False, True, 6)
    assert await ask(last=5) == (5, True, False, 6)
    assert await ask(first=2, after=third) == (2, True, True, 6)
    assert await ask(first=3, after=third) == (3, True, False, 6)
    assert await ask(last=3, before=fourth) == (3, False, True, 6)
    assert await ask(first=10, after=third, before=everything[5]["cursor"]) == (2, True, False, 6)


@pytest.mark.parametrize(
    "arguments", ["first: 3", "last: 3", "first: 2, orderBy: {field: COMPANY, direction: ASC}", "first: 5, filter: {score: {gte: 2}}"]
)
async def test_a_nested_list_is_the_same_as_the_list_asked_for_alone(arguments: str, database: Database) -> None:
    world = await build_world(database)
    choices = random.Random(arguments)
    owners = (world.ada, world.ben, world.cleo)
    async with database.writing(world.scope) as tx:
        await add_leads(tx, [replace(some_lead(world, choices), owner_id=choices.choice(owners).id) for _ in range(30)])
    fields = "totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"

    nested = await world.ask(f"{{ agents {{ nodes {{ id leads({arguments}) {{ {fields} }} }} }} }}")

    for agent in nested["agents"]["nodes"]:
        alone = await world.ask(
            f"query ($id: ID!) {{ node(id: $id) {{ ... on Agent {{ leads({arguments}) {{ {fields} }} }} }} }}", {"id": agent["id"]}
        )
        assert agent["leads"] == alone["node"]["leads"]
    flat = await world.ask(
        "query ($f: LeadFilter) { leads(filter: $f, first: 3) { nodes { id } } }", {"f": {"owner": {"eq": world.id(world.ada)}}}
    )
    if arguments == "first: 3":
        ada = next(agent for agent in nested["agents"]["nodes"] if agent["id"] == world.id(world.ada))
        assert [edge["node"] for edge in ada["leads"]["edges"]] == flat["leads"]["nodes"]


# Cursors that nobody was given


def cursor(*parts: Any) -> str:
    return urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


ID = "0" * 32
CRAFTED = {
    "nothing": ("CREATED_AT", ""),
    "no base64": ("CREATED_AT", "é"),
    "no JSON": ("CREATED_AT", urlsafe_b64encode(b"[1,").decode()),
    "NaN": ("SCORE", urlsafe_b64encode(b'["SCORE",NaN,"' + ID.encode() + b'"]').decode()),
    "deep": ("SCORE", urlsafe_b64encode(b"[" * 5000).decode()),
    "an object": ("SCORE", urlsafe_b64encode(orjson.dumps({"SCORE": 1, "b": 2, "c": 3})).decode()),
    "too few parts": ("SCORE", cursor("SCORE", 1)),
    "another order": ("SCORE", cursor("CREATED_AT", "2026-01-01T00:00:00+00:00", ID)),
    "an order as a list": ("SCORE", cursor(["SCORE"], 1, ID)),
    "no id": ("SCORE", cursor("SCORE", 1, None)),
    "a number as id": ("SCORE", cursor("SCORE", 1, 1)),
    "a short id": ("SCORE", cursor("SCORE", 1, "0")),
    "text as a number": ("SCORE", cursor("SCORE", "1", ID)),
    "a flag as a number": ("SCORE", cursor("SCORE", *[True], ID)),
    "a fraction": ("SCORE", cursor("SCORE", 1.5, ID)),
    "a huge number": ("SCORE", cursor("SCORE", 2**40, ID)),
    "an empty value where none is": ("SCORE", cursor("SCORE", None, ID)),
    "a naive instant": ("CREATED_AT", cursor("CREATED_AT", "2026-01-01T00:00:00", ID)),
    "a date as an instant": ("CREATED_AT", cursor("CREATED_AT", "2026-01-01", ID)),
    "an instant out of range": ("CREATED_AT", cursor("CREATED_AT", "9999-12-31T23:59:59-23:59", ID)),
    "a number as an instant": ("CREATED_AT", cursor("CREATED_AT", 1, ID)),
    "an instant as a date": ("EXPECTED_CLOSE_DATE", cursor("EXPECTED_CLOSE_DATE", "2026-01-01T00:00:00", ID)),
    "NaN as an amount": ("DEAL_VALUE", cursor("DEAL_VALUE", "NaN", ID)),
    "infinity as an amount": ("DEAL_VALUE", cursor("DEAL_VALUE", "Infinity", ID)),
    "an astronomic amount": ("DEAL_VALUE", cursor("DEAL_VALUE", "1E+999999", ID)),
    "an infinitesimal amount": ("DEAL_VALUE", cursor("DEAL_VALUE", "1E-999999", ID)),
    "an amount as a list": ("DEAL_VALUE", cursor("DEAL_VALUE", [0, [1], 999_999_999], ID)),
    "NUL in a text": ("COMPANY", cursor("COMPANY", "a\0b", ID)),
    "a number as a text": ("COMPANY", cursor("COMPANY", 1, ID)),
}


@pytest.mark.parametrize("argument", ["after", "before"])
@pytest.mark.parametrize("crafted", CRAFTED)
async def test_a_crafted_cursor_is_refused(crafted: str, argument: str, world: World) -> None:
    order, text = CRAFTED[crafted]
    body = await world.answer(QUERY, {"order": {"field": order}, argument: text})
    assert body["data"] is None
    assert [(error["extensions"]["code"], error["message"]) for error in body["errors"]] == [
        ("BAD_USER_INPUT", f"`{argument}` is not a cursor of this list in this order.")
    ]


async def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    await world.lead()
    page = await world.ask("{ leads { pageInfo { endCursor } } }")
    body = await world.answer(
        "query ($after: Cursor) { tags(after: $after) { totalCount } }", {"after": page["leads"]["pageInfo"]["endCursor"]}
    )
    assert [error["extensions"]["code"] for error in body["errors"]] == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("order", LeadOrderField)
async def test_a_cursor_reads_back_as_the_place_that_was_written(order: LeadOrderField, world: World) -> None:
    choices = random.Random(order)
    for _ in range(50):
        lead = some_lead(world, choices)
        value = SORT_VALUES[order](lead)
        position = Position(value.decode() if isinstance(value, bytes) else value, lead.id)
        assert decode_cursor("after", encode_cursor(order, position), order, ORDERINGS[order]) == position


@pytest.mark.parametrize("size", ["first: 0", "first: 101", "first: -1", "last: 0", "last: 101", "first: 1, last: 1"])
async def test_sizes_out_of_bounds_are_refused(size: str, world: World) -> None:
    body = await world.answer(f"{{ leads({size}) {{ totalCount }} }}")
    assert {error["extensions"]["code"] for error in body["errors"]} == {"BAD_USER_INPUT"}


def test_new_ids_sort_by_the_time_they_were_made() -> None:
    made = [uuid7() for _ in range(100)]
    assert made == sorted(made)
