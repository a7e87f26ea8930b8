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
    mutation ($input: RecordActivityInput!) {
        recordActivity(input: $input) {
            activity { id }
            lead { id lastActivityAt behaviour { websiteVisits } score { total } activities { totalCount } }
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
        request: dict[str, Any] = {
            "leadId": world.id(lead),
            "type": "WEBSITE_VISITED",
            "occurredAt": "2026-06-30T11:00:00Z",
            "idempotencyKey": f"key {number}",
        }
        if number % 3 == 0:
            # Every third is refused: refusals are kept as well.
            request["agentId"] = world.id(world.pipeline)
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
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Lead { behaviour { websiteVisits } activities { totalCount } } } }",
        {"ids": [world.id(lead) for lead in leads]},
    )
    effects = [0 if number % 3 == 0 else 1 for number in range(KEYS)]
    assert found["nodes"] == [{"behaviour": {"websiteVisits": effect}, "activities": {"totalCount": effect}} for effect in effects]
