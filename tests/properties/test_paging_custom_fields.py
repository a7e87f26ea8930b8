"""Pages in the order of a custom field: every lead whose value does not change is seen exactly once, and in order."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cmp_to_key
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from domain.custom_fields import CustomValue
from domain.leads import Lead
from gql.ids import decode_kind
from persistence.custom_values import save_custom_values
from persistence.database import Database
from persistence.leads import add_leads
from tests.persistence.known_values import MEMBERS, OPTIONS, some_values, write_values
from tests.worlds import World, blank_lead, build_world

LEADS = 24
PAGE = 5
QUERY = """
    query ($order: LeadOrder!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
        leads(orderBy: $order, first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { id } }
            pageInfo { hasNextPage hasPreviousPage }
        }
    }
"""


def sort_value(value: CustomValue) -> Any:
    """Return what the order goes by: texts without regard to case, options by their place, of several the first."""
    if isinstance(value, tuple):
        return OPTIONS.index(value[0])
    if isinstance(value, str):
        return OPTIONS.index(value) if value in OPTIONS else value.casefold().encode()
    return value


def in_order(held: Mapping[UUID, CustomValue | None], *, descending: bool) -> list[UUID]:
    """Sort as the list promises: by value, then by id; empty values at the end whichever way it runs."""
    sign = -1 if descending else 1

    def compare(one: UUID, other: UUID) -> int:
        a, b = held[one], held[other]
        if (a is None) != (b is None):
            return 1 if a is None else -1
        if a is not None and b is not None and sort_value(a) != sort_value(b):
            return sign * (1 if sort_value(a) > sort_value(b) else -1)
        return sign * (1 if one > other else -1)

    return sorted(held, key=cmp_to_key(compare))


async def disturb(world: World, movable: Sequence[Lead], choices: random.Random) -> None:
    """Add a lead without values, and let another hold something else."""
    async with world.database.writing(world.scope) as tx:
        await add_leads(tx, [blank_lead(world.at)])
        moved = choices.choice(movable)
        fields = await tx.fetch(text("SELECT id, key FROM custom_fields WHERE workspace_id = :workspace_id"))
        held = some_values(choices)
        await save_custom_values(tx, [(moved.id, row["id"], held.get(row["key"])) for row in fields])


@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("key", [*MEMBERS, "unknown"])
async def test_leads_that_do_not_move_are_seen_once_and_in_order(key: str, direction: str, backward: bool, database: Database) -> None:
    world = await build_world(database)
    choices = random.Random(f"{key} {direction} {backward}")
    leads = [blank_lead(world.at) for _ in range(LEADS)]
    held = {lead.id: some_values(choices) for lead in leads}
    async with database.writing(world.scope) as tx:
        await add_leads(tx, leads)
        await write_values(tx, held)
    still, movable = leads[::2], leads[1::2]
    seen: list[UUID] = []
    cursor: str | None = None
    while True:
        size = {"last": PAGE, "before": cursor} if backward else {"first": PAGE, "after": cursor}
        page = (await world.ask(QUERY, {"order": {"customField": key, "direction": direction}, **size}))["leads"]
        ids = [decode_kind("Lead", edge["node"]["id"]) for edge in page["edges"]]
        seen = [*ids, *seen] if backward else [*seen, *ids]
        if not page["pageInfo"]["hasPreviousPage" if backward else "hasNextPage"]:
            break
        cursor = page["edges"][0 if backward else -1]["cursor"]
        await disturb(world, movable, choices)

    unmoved = {lead.id: held[lead.id].get(key) for lead in still}
    assert [id for id in seen if id in unmoved] == in_order(unmoved, descending=direction == "DESC")
