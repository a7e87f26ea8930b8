"""One effect per idempotency key under a storm of repetitions, and the same bytes for every one of them."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

import orjson

from domain.leads import Lead
from tests.worlds import World

KEYS = 60
DUPLICATES = 10
AT_ONCE = 8
MUTATION = """
    mutation ($input: ChangeLeadStatusInput!) {
        changeLeadStatus(input: $input) {
            lead { id status version updatedAt statusHistory { totalCount nodes { id from to } } }
            errors { __typename ... on UserError { message path } }
        }
    }
"""


async def test_every_key_has_one_effect_and_one_answer(world: World) -> None:
    leads = [await world.lead() for _ in range(KEYS)]
    requests = [(lead, number) for number, lead in enumerate(leads) for _ in range(DUPLICATES)]
    random.Random(1).shuffle(requests)
    room = asyncio.Semaphore(AT_ONCE)

    async def ask(lead: Lead, number: int) -> tuple[int, bytes]:
        # Every third asks for what the rules refuse: refusals are kept as well.
        wanted = "CLOSED_WON" if number % 3 == 0 else "CONTACTED"
        request: dict[str, Any] = {"leadId": world.id(lead), "status": wanted, "idempotencyKey": f"key {number}"}
        async with room:
            while True:
                body = await world.answer(MUTATION, {"input": request})
                if "errors" not in body:
                    return number, orjson.dumps(body)
                # A busy server says so; a client asks again with the same key.
                assert {error["extensions"]["code"] for error in body["errors"]} == {"OVERLOADED"}

    answers = await asyncio.gather(*(ask(lead, number) for lead, number in requests))

    assert len(answers) == KEYS * DUPLICATES
    assert Counter(number for number, _ in set(answers)) == Counter(range(KEYS)), "a key was answered in different ways"
    found = await world.ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Lead { status version statusHistory { totalCount } } } }",
        {"ids": [world.id(lead) for lead in leads]},
    )
    changed = {"status": "CONTACTED", "version": 2, "statusHistory": {"totalCount": 1}}
    refused = {"status": "NEW", "version": 1, "statusHistory": {"totalCount": 0}}
    assert found["nodes"] == [refused if number % 3 == 0 else changed for number in range(KEYS)]
