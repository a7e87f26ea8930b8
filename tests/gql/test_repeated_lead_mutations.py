"""Every mutation of leads and tags, sent again under the same key, has one effect and gets one answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.worlds import World

LEAD = "lead { id version } errors { __typename }"
ROWS = "rows { index lead { id version } errors { __typename } } errors { __typename }"
TAG = "tag { id version name } errors { __typename }"

REQUESTS: list[tuple[str, dict[str, Any], str]] = [
    ("createLead", {"contact": {"email": "new@acme.example"}, "tags": ["New"]}, LEAD),
    ("createLead", {"contact": {"email": "rosa@acme.example"}}, LEAD),
    ("createLeads", {"rows": [{"notes": "1"}, {"contact": {"email": "?"}}], "errorPolicy": "SKIP_FAILED"}, ROWS),
    ("createLeads", {"rows": [{"notes": "1"}, {"contact": {"email": "?"}}]}, ROWS),
    ("updateLead", {"leadId": "LEAD", "notes": "New."}, LEAD),
    ("updateLead", {"leadId": "LEAD", "notes": "New.", "expectedVersion": 7}, LEAD),
    ("upsertLead", {"reference": {"system": "crm", "externalId": "1"}, "notes": "New."}, "created " + LEAD),
    ("deleteLead", {"leadId": "LEAD"}, LEAD),
    ("restoreLead", {"leadId": "DELETED"}, LEAD),
    ("changeLeadStatus", {"leadId": "LEAD", "status": "CONTACTED"}, LEAD),
    ("changeLeadStatuses", {"leadIds": ["LEAD"], "status": "CONTACTED"}, ROWS),
    ("changeLeadStatuses", {"leadIds": ["LEAD"], "status": "CLOSED_WON", "errorPolicy": "SKIP_FAILED"}, ROWS),
    ("tagLeads", {"leadIds": ["LEAD"], "tags": ["Silver"]}, ROWS),
    ("untagLeads", {"leadIds": ["LEAD"], "tags": ["Gold"]}, ROWS),
    ("createTag", {"name": "Silver"}, TAG),
    ("updateTag", {"tagId": "TAG", "color": "#123456"}, TAG),
    ("deleteTag", {"tagId": "TAG"}, "deleted errors { __typename }"),
]


async def named(world: World, input: dict[str, Any]) -> dict[str, Any]:
    """Put ids of what there is in the place of their names."""
    selection = "lead { id tags { id } }"
    lead = (await world.tell("createLead", {"contact": {"email": "rosa@acme.example"}, "tags": ["Gold"]}, selection))["lead"]
    deleted = (await world.tell("createLead", {}, "lead { id }"))["lead"]
    await world.tell("deleteLead", {"leadId": deleted["id"]}, "lead { id }")
    ids = {"LEAD": lead["id"], "DELETED": deleted["id"], "TAG": lead["tags"][0]["id"]}
    return {
        name: ids.get(value, value) if isinstance(value, str) else [ids["LEAD"]] if value == ["LEAD"] else value
        for name, value in input.items()
    }


@pytest.mark.parametrize(("mutation", "input", "selection"), REQUESTS)
async def test_sent_again_and_again(world: World, mutation: str, input: dict[str, Any], selection: str) -> None:
    request = {**await named(world, input), "idempotencyKey": "once"}

    first = await world.tell(mutation, request, selection)
    written = await world.contents()
    again = await asyncio.gather(*(world.tell(mutation, request, selection) for _ in range(3)))

    assert again == [first] * 3
    assert await world.contents() == written


@pytest.mark.parametrize(("mutation", "input", "selection"), REQUESTS)
async def test_sent_many_times_at_once(world: World, mutation: str, input: dict[str, Any], selection: str) -> None:
    request = {**await named(world, input), "idempotencyKey": "once"}

    answers = await asyncio.gather(*(world.tell(mutation, request, selection) for _ in range(6)))

    assert answers == [answers[0]] * 6
