"""Tags, and which leads carry them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.access import Permission, Role
from tests.worlds import World

TAG = "tag { id version name color } errors { __typename ... on UserError { code path } }"
ROWS = """
    rows { index lead { version tags { name } } errors { ... on UserError { code path } } }
    errors { __typename ... on UserError { code path } }
"""


def errors(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"][1:]) for error in payload["errors"]]


async def test_a_tag_is_created_renamed_recoloured_and_deleted(world: World) -> None:
    created = (await world.tell("createTag", {"name": " Gold \n customers ", "color": "#FFD700"}, TAG))["tag"]
    assert (created["version"], created["name"], created["color"]) == (1, "Gold customers", "#ffd700")

    renamed = (await world.tell("updateTag", {"tagId": created["id"], "name": "gold customers", "expectedVersion": 1}, TAG))["tag"]
    assert renamed == {**created, "version": 2, "name": "gold customers"}

    plain = (await world.tell("updateTag", {"tagId": created["id"], "color": None}, TAG))["tag"]
    assert plain == {**renamed, "version": 3, "color": None}

    same = (await world.tell("updateTag", {"tagId": created["id"], "name": "gold customers"}, TAG))["tag"]
    assert same == plain

    assert await world.tell("deleteTag", {"tagId": created["id"]}, "deleted errors { __typename }") == {"deleted": True, "errors": []}
    assert await world.ask("{ tags { totalCount } }") == {"tags": {"totalCount": 0}}


async def test_names_are_unique_without_regard_to_case(world: World) -> None:
    await world.tell("createTag", {"name": "Gold"}, TAG)
    other = (await world.tell("createTag", {"name": "Silver"}, TAG))["tag"]

    assert errors(await world.tell("createTag", {"name": "gOLD"}, TAG)) == [("ALREADY_EXISTS", ["name"])]
    assert errors(await world.tell("updateTag", {"tagId": other["id"], "name": "GOLD"}, TAG)) == [("ALREADY_EXISTS", ["name"])]


async def test_of_many_tags_of_one_name_at_once_one_is_created(world: World) -> None:
    payloads = await asyncio.gather(*(world.tell("createTag", {"name": name}, TAG) for name in ("Gold", "GOLD", "gold") * 3))

    assert [payload["tag"] is not None for payload in payloads].count(True) == 1


async def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(world: World) -> None:
    tag = (await world.tell("createTag", {"name": "Gold"}, TAG))["tag"]
    lead = await world.lead()
    before = await world.contents()

    bad = {"name": "x" * 51, "color": "gold"}
    assert errors(await world.tell("createTag", bad, TAG)) == [("VALIDATION_FAILED", ["name"]), ("VALIDATION_FAILED", ["color"])]
    assert errors(await world.tell("updateTag", {"tagId": tag["id"], "expectedVersion": 9, "name": None, "color": "#12345"}, TAG)) == [
        ("VALIDATION_FAILED", ["name"]),
        ("VALIDATION_FAILED", ["color"]),
        ("VERSION_CONFLICT", ["expectedVersion"]),
    ]
    assert errors(await world.tell("updateTag", {"tagId": world.id(lead), "name": ""}, TAG)) == [
        ("NOT_FOUND", ["tagId"]),
        ("VALIDATION_FAILED", ["name"]),
    ]
    stale = await world.tell("deleteTag", {"tagId": tag["id"], "expectedVersion": 9}, "deleted errors { ... on UserError { code path } }")
    assert (stale["deleted"], errors(stale)) == (False, [("VERSION_CONFLICT", ["expectedVersion"])])
    assert errors(await world.tell("tagLeads", {"leadIds": [world.id(lead)], "filter": {}, "tags": ["a", " "]}, ROWS)) == [
        ("VALIDATION_FAILED", ["tags", "1"]),
        ("VALIDATION_FAILED", ["leadIds"]),
    ]
    assert errors(await world.tell("untagLeads", {"tags": []}, ROWS)) == [
        ("VALIDATION_FAILED", ["tags"]),
        ("VALIDATION_FAILED", ["leadIds"]),
    ]
    assert errors(await world.tell("tagLeads", {"leadIds": ["x"] * 501, "tags": ["a"]}, ROWS)) == [("VALIDATION_FAILED", ["leadIds"])]
    assert await world.contents() == before


async def test_leads_are_tagged_by_name_and_new_tags_are_made(world: World) -> None:
    await world.tell("createTag", {"name": "Gold"}, TAG)
    one, two = await world.lead(), await world.lead()
    await world.tell("tagLeads", {"leadIds": [world.id(one)], "tags": ["gold"]}, ROWS)

    payload = await world.tell("tagLeads", {"leadIds": [world.id(one), world.id(two), world.id(one)], "tags": ["GOLD", "New"]}, ROWS)

    both = {"tags": [{"name": "Gold"}, {"name": "New"}]}
    assert payload["errors"] == []
    assert payload["rows"] == [
        {"index": 0, "lead": {"version": 3, **both}, "errors": []},
        {"index": 1, "lead": {"version": 2, **both}, "errors": []},
        {"index": 2, "lead": {"version": 3, **both}, "errors": []},
    ]
    assert await world.events(one) == [
        ("LEAD_TAGGED", {"tags": [[], ["Gold"]]}),
        ("LEAD_TAGGED", {"tags": [["Gold"], ["Gold", "New"]]}),
    ]


async def test_tagging_again_changes_nothing(world: World) -> None:
    lead = await world.lead()
    request = {"leadIds": [world.id(lead)], "tags": ["Gold"]}
    await world.tell("tagLeads", request, ROWS)
    before = await world.contents()

    again = await world.tell("tagLeads", request, ROWS)
    other = await world.tell("untagLeads", {**request, "tags": ["Silver"]}, ROWS)

    assert again["rows"] == other["rows"] == [{"index": 0, "lead": {"version": 2, "tags": [{"name": "Gold"}]}, "errors": []}]
    assert await world.contents() == before


async def test_tags_are_taken_off_all_leads_of_a_filter(world: World) -> None:
    leads = [await world.lead(company="Acme") for _ in range(3)]
    await world.lead(company="Other")
    await world.tell("tagLeads", {"filter": {"company": {"eq": "acme"}}, "tags": ["Gold", "Silver"]}, ROWS)

    payload = await world.tell("untagLeads", {"filter": {"tags": {"anyOf": ["gold"]}}, "tags": ["GOLD", "unknown"]}, ROWS)

    assert [row["lead"] for row in payload["rows"]] == [{"version": 3, "tags": [{"name": "Silver"}]}] * 3
    assert [event[0] for event in await world.events(leads[0])] == ["LEAD_TAGGED", "LEAD_TAGGED"]


@pytest.mark.parametrize("mutation", ["tagLeads", "untagLeads"])
async def test_a_lead_that_is_not_found_undoes_all_or_is_left_out(world: World, mutation: str) -> None:
    lead = await world.lead()
    await world.tell("tagLeads", {"leadIds": [world.id(lead)], "tags": ["Old"]}, ROWS)
    before = await world.contents()
    request = {"leadIds": [world.id(world.ada), world.id(lead)], "tags": ["Old", "New"]}

    refused = await world.tell(mutation, request, ROWS)
    assert refused == {"rows": [], "errors": [{"__typename": "NotFound", "code": "NOT_FOUND", "path": ["input", "leadIds", "0"]}]}
    assert await world.contents() == before

    skipped = await world.tell(mutation, {**request, "errorPolicy": "SKIP_FAILED"}, ROWS)
    assert skipped["errors"] == []
    assert skipped["rows"][0]["errors"] == [{"code": "NOT_FOUND", "path": ["input", "leadIds", "0"]}]
    assert skipped["rows"][1]["lead"]["version"] == 3


async def test_a_lead_carries_at_most_fifty_tags(world: World) -> None:
    lead = await world.lead()
    request = {"leadIds": [world.id(lead)]}
    await world.tell("tagLeads", {**request, "tags": [f"t{number}" for number in range(49)]}, ROWS)

    assert errors(await world.tell("tagLeads", {**request, "tags": ["a", "b"]}, ROWS)) == [("VALIDATION_FAILED", ["leadIds", "0"])]
    assert errors(await world.tell("tagLeads", {**request, "tags": ["a", "T0"]}, ROWS)) == []


async def test_deleting_a_tag_takes_it_off_and_counts_no_version(world: World) -> None:
    lead = await world.lead()
    await world.tell("tagLeads", {"leadIds": [world.id(lead)], "tags": ["Gold", "Silver"]}, ROWS)
    tag = (await world.ask("{ tags { nodes { id name } } }"))["tags"]["nodes"][0]

    await world.tell("deleteTag", {"tagId": tag["id"]}, "deleted")

    data = await world.ask("query ($id: ID!) { lead(id: $id) { version tags { name } } }", {"id": world.id(lead)})
    assert data["lead"] == {"version": 2, "tags": [{"name": "Silver"}]}


async def test_many_requests_at_once_make_each_tag_once(world: World) -> None:
    leads = [world.id(await world.lead()) for _ in range(4)]
    names = ["Alpha", "beta", "Gamma"]

    payloads = await asyncio.gather(
        *(
            world.tell("tagLeads", {"leadIds": leads[turn % 4 :] + leads[: turn % 4], "tags": names[:: (-1) ** turn]}, ROWS)
            for turn in range(12)
        )
    )

    assert all(payload["errors"] == [] for payload in payloads)
    assert await world.ask("{ tags { totalCount } leads { nodes { version } } }") == {
        "tags": {"totalCount": 3},
        "leads": {"nodes": [{"version": 2}] * 4},
    }


async def test_the_number_of_statements_does_not_depend_on_the_number_of_leads(world: World) -> None:
    async def statements(mutation: str, number: int) -> int:
        ids = [world.id(await world.lead()) for _ in range(number)]
        if mutation == "untagLeads":
            await world.tell("tagLeads", {"leadIds": ids, "tags": ["Gold"]}, "errors { __typename }")
        with world.recorded() as recorded:
            await world.tell(mutation, {"leadIds": ids, "tags": ["Gold"]}, ROWS)
        return len(recorded)

    await world.tell("createTag", {"name": "Gold"}, TAG)
    for mutation in ("tagLeads", "untagLeads"):
        assert await statements(mutation, 2) == await statements(mutation, 40)


async def test_the_same_key_tags_once(world: World) -> None:
    lead = await world.lead()
    request = {"leadIds": [world.id(lead)], "tags": ["Gold"]}

    first = await world.tell("tagLeads", {**request, "idempotencyKey": "t"}, ROWS)
    await world.tell("untagLeads", {**request, "idempotencyKey": "u"}, ROWS)
    again = await world.tell("tagLeads", {**request, "idempotencyKey": "t"}, ROWS)
    created = [await world.tell("createTag", {"name": "Once", "idempotencyKey": "c"}, TAG) for _ in range(2)]
    deleted = [await world.tell("deleteTag", {"tagId": created[0]["tag"]["id"], "idempotencyKey": "x"}, "deleted") for _ in range(2)]

    assert again == first
    assert created[0] == created[1]
    assert deleted == [{"deleted": True}] * 2
    assert (await world.ask("{ leads { nodes { tags { name } } } }"))["leads"]["nodes"] == [{"tags": []}]


async def test_a_key_without_the_right_tags_with_what_there_is(world: World) -> None:
    lead = await world.lead()
    await world.tell("createTag", {"name": "Known"}, TAG)
    viewer = world.viewer(Role.INTEGRATION, scopes=frozenset({Permission.READ_LEADS, Permission.WRITE_LEADS}))

    async def tag(name: str) -> list[tuple[str, list[str]]]:
        return errors(await world.tell("tagLeads", {"leadIds": [world.id(lead)], "tags": [name]}, ROWS, viewer=viewer))

    assert await tag("known") == []
    assert await tag("Unknown") == [("NOT_ALLOWED", ["tags"])]
