"""Saved filters: what they mean, what they are refused for, and how they work wherever a filter does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from domain.access import Role
from domain.leads import Lead, LeadSource
from domain.segments import MAX_SEGMENTS
from tests.worlds import World

ERRORS = "errors { __typename ... on UserError { message path } }"
SEGMENT = f"segment {{ id version name description filter count problems {{ message }} }} {ERRORS}"


async def save(world: World, name: str, filter: dict[str, Any], **more: Any) -> dict[str, Any]:
    payload = await world.tell("createSegment", {"name": name, "filter": filter, **more}, SEGMENT)
    assert payload["errors"] == []
    return payload["segment"]


async def refused(world: World, filter: dict[str, Any]) -> list[str]:
    payload = await world.tell("createSegment", {"name": "Refused", "filter": filter}, SEGMENT)
    assert payload["segment"] is None
    assert {tuple(error["path"]) for error in payload["errors"]} == {("input", "filter")}
    return [error["message"] for error in payload["errors"]]


async def three_leads(world: World) -> tuple[Lead, Lead, Lead]:
    """One owned from Portugal, one in the pool from Portugal, one in the pool from Spain."""
    return (
        await world.lead(country="PT", owner_id=world.ada.id, source=LeadSource.WEBINAR),
        await world.lead(country="PT"),
        await world.lead(country="ES"),
    )


async def test_a_segment_means_the_leads_that_meet_its_filter_now(world: World) -> None:
    owned, pooled, _ = await three_leads(world)
    segment = await save(world, "Portugal", {"country": {"eq": "pt"}}, description=" The home market ")

    assert (segment["name"], segment["description"], segment["count"], segment["problems"]) == ("Portugal", "The home market", 2, [])
    query = """query ($id: ID!) { node(id: $id) { ... on Segment {
        count leads(first: 1, orderBy: {field: CREATED_AT, direction: ASC}) { nodes { id } totalCount pageInfo { hasNextPage } }
        owned: leads(filter: {owner: {isNull: false}}) { nodes { id segments { name } } }
    } } }"""
    shown = (await world.ask(query, {"id": segment["id"]}))["node"]
    assert shown["leads"] == {"nodes": [{"id": world.id(owned)}], "totalCount": 2, "pageInfo": {"hasNextPage": True}}
    assert shown["owned"]["nodes"] == [{"id": world.id(owned), "segments": [{"name": "Portugal"}]}]

    await world.tell("updateLead", {"leadId": world.id(pooled), "address": {"country": "ES"}}, "errors { __typename }")
    assert (await world.ask(query, {"id": segment["id"]}))["node"]["count"] == 1


async def test_a_saved_filter_is_answered_as_it_can_be_sent_back(world: World) -> None:
    filter = {
        "owner": {"in": [world.id(world.ada)]},
        "stage": {"isNull": True},
        "score": {"gte": 10},
        "dealValue": {"lt": "12.50"},
        "status": {"in": ["NEW", "CONTACTED"]},
        "createdAt": {"gte": "2026-01-01T00:00:00Z"},
        "expectedCloseDate": {"lte": "2026-12-31"},
        "or": [{"doNotCall": False}, {"not": {"company": {"startsWith": "Ä"}}}],
    }
    segment = await save(world, "Everything", filter)

    assert json.loads(segment["filter"]) == filter
    again = await save(world, "Again", json.loads(segment["filter"]))
    assert again["filter"] == segment["filter"]


async def test_a_segment_works_where_a_filter_does(world: World) -> None:
    owned, pooled, _ = await three_leads(world)
    portugal = await save(world, "Portugal", {"country": {"eq": "PT"}})
    webinars = await save(world, "Webinars at home", {"segment": {"in": [portugal["id"]]}, "source": {"eq": "WEBINAR"}})
    in_segment = {"segment": {"in": [webinars["id"]]}}

    assert webinars["count"] == 1
    tagged = await world.tell("tagLeads", {"filter": in_segment, "tags": ["Seen"]}, f"rows {{ lead {{ id }} }} {ERRORS}")
    assert tagged == {"rows": [{"lead": {"id": world.id(owned)}}], "errors": []}
    others = {"and": [{"segment": {"in": [portugal["id"]]}}, {"not": in_segment}]}
    listed = await world.ask("query ($filter: LeadFilter) { leads(filter: $filter) { nodes { id } totalCount } }", {"filter": others})
    assert listed["leads"] == {"nodes": [{"id": world.id(pooled)}], "totalCount": 1}


async def test_several_segments_are_counted_and_listed_by_one_statement_each(world: World) -> None:
    await three_leads(world)
    for number, country in enumerate(("PT", "ES", "FR")):
        await save(world, f"Segment {number}", {"country": {"eq": country}})

    with world.recorded() as statements:
        data = await world.ask("{ segments { nodes { count leads { totalCount nodes { name } } } } }")

    assert [segment["count"] for segment in data["segments"]["nodes"]] == [2, 1, 0]
    assert [len(segment["leads"]["nodes"]) for segment in data["segments"]["nodes"]] == [2, 1, 0]
    # The segments; the filters and the leads, for counts and for lists and their counts.
    assert len(statements) == 7
    with world.recorded() as statements:
        await world.ask("{ segments { nodes { name } } }")
    assert len(statements) == 1


async def test_an_agent_counts_what_the_agent_sees(world: World) -> None:
    await world.lead(country="PT", owner_id=world.cleo.id)
    await world.lead(country="PT", owner_id=world.ada.id)
    await save(world, "Portugal", {"country": {"eq": "PT"}})

    seen = await world.ask("{ segments { nodes { count leads { totalCount } } } }", viewer=world.viewer(Role.AGENT, world.ada))

    assert seen["segments"]["nodes"] == [{"count": 1, "leads": {"totalCount": 1}}]


async def test_what_a_filter_names_must_be_there_when_it_is_saved(world: World) -> None:
    await world.tell("createCustomField", {"key": "seats", "label": "Seats", "type": "NUMBER"}, "errors { __typename }")
    options = [{"key": "pro", "label": "Pro"}]
    await world.tell("createCustomField", {"key": "plan", "label": "Plan", "type": "SELECT", "options": options}, "errors { __typename }")

    problems = await refused(
        world,
        {
            "tags": {"anyOf": ["Nobody"]},
            "owner": {"eq": world.id(world.pipeline)},
            "segment": {"in": [world.id(world.ada)]},
            "customFields": [
                {"key": "unknown", "isNull": True},
                {"key": "seats", "text": {"eq": "x"}},
                {"key": "plan", "options": {"anyOf": ["max"]}},
            ],
        },
    )

    assert problems == [
        "There is no agent with an id that the filter names.",
        "There is no segment with an id that the filter names.",
        "There is no tag “Nobody”.",
        "There is no custom field `unknown`.",
        "The custom field `seats` is a NUMBER: `text` finds nothing.",
        "The custom field `plan` has no option `max`.",
    ]
    assert await refused(world, {"deleted": True}) == ["A segment is about leads that are there: `deleted` has no place in it."]


async def test_a_saved_filter_says_what_has_gone_since_and_still_answers(world: World) -> None:
    lead = await world.lead(country="PT")
    tag = await world.tell("createTag", {"name": "Hot"}, "tag { id }")
    await world.tell("tagLeads", {"leadIds": [world.id(lead)], "tags": ["Hot"]}, "errors { __typename }")
    field = await world.tell("createCustomField", {"key": "seats", "label": "Seats", "type": "NUMBER"}, "customField { id }")
    home = await save(world, "Home", {"country": {"eq": "PT"}})
    filter = {
        "or": [{"tags": {"anyOf": ["hot"]}}, {"customFields": [{"key": "seats", "isNull": False}]}, {"segment": {"in": [home["id"]]}}]
    }
    assert (await save(world, "Mixed", filter))["count"] == 1

    await world.tell("deleteTag", {"tagId": tag["tag"]["id"]}, "deleted")
    await world.tell("archiveCustomField", {"customFieldId": field["customField"]["id"]}, "errors { __typename }")
    assert await world.tell("deleteSegment", {"segmentId": home["id"]}, f"deleted {ERRORS}") == {"deleted": True, "errors": []}

    shown = await world.ask("{ segments { nodes { name count problems { message } } } }")
    assert shown["segments"]["nodes"] == [
        {
            "name": "Mixed",
            "count": 0,
            "problems": [
                {"message": "There is no segment with an id that the filter names."},
                {"message": "There is no tag “hot”."},
                {"message": "The custom field `seats` is archived."},
            ],
        }
    ]


async def test_segments_never_name_each_other_in_a_circle(world: World) -> None:
    first = await save(world, "First", {"country": {"eq": "PT"}})
    second = await save(world, "Second", {"segment": {"in": [first["id"]]}})
    third = await save(world, "Third", {"segment": {"in": [second["id"]]}})

    for named in (first, third):
        payload = await world.tell("updateSegment", {"segmentId": first["id"], "filter": {"segment": {"in": [named["id"]]}}}, SEGMENT)
        assert [error["message"] for error in payload["errors"]] == ["The segment would name itself, by way of others."]

    fourth = await save(world, "Fourth", {"segment": {"in": [third["id"]]}})
    fifth = await save(world, "Fifth", {"segment": {"in": [fourth["id"]]}})
    assert await refused(world, {"segment": {"in": [fifth["id"]]}}) == ["Segments name each other over at most 4 steps."]


async def test_a_segment_is_changed_by_version_and_name(world: World) -> None:
    await save(world, "First", {"country": {"eq": "PT"}})
    segment = await save(world, "Second", {"country": {"eq": "ES"}})

    same = await world.tell("updateSegment", {"segmentId": segment["id"], "filter": {"country": {"eq": "ES"}}}, SEGMENT)
    taken = await world.tell("updateSegment", {"segmentId": segment["id"], "name": "FIRST"}, SEGMENT)
    blank = await world.tell("updateSegment", {"segmentId": segment["id"], "name": " ", "filter": None}, SEGMENT)
    renamed = await world.tell("updateSegment", {"segmentId": segment["id"], "name": "Spain", "expectedVersion": 1}, SEGMENT)
    late = await world.tell("deleteSegment", {"segmentId": segment["id"], "expectedVersion": 1}, f"deleted {ERRORS}")

    assert same["segment"]["version"] == 1
    assert [error["__typename"] for error in taken["errors"]] == ["AlreadyExists"]
    assert [error["path"] for error in blank["errors"]] == [["input", "name"], ["input", "filter"]]
    assert (renamed["segment"]["name"], renamed["segment"]["version"]) == ("Spain", 2)
    assert [error["__typename"] for error in late["errors"]] == ["VersionConflict"]


async def test_a_workspace_has_a_bounded_number_of_segments(world: World) -> None:
    for number in range(MAX_SEGMENTS):
        await save(world, f"Segment {number}", {})
    payload = await world.tell("createSegment", {"name": "One more", "filter": {}}, SEGMENT)
    assert [error["message"] for error in payload["errors"]] == ["A workspace has at most 100 segments."]


async def test_a_filter_too_large_with_its_segments_is_turned_away(world: World) -> None:
    countries = [{"country": {"eq": "PT"}}] * 40
    ids = [(await save(world, f"Segment {number}", {"or": countries}))["id"] for number in range(13)]

    body = await world.answer("query ($ids: [ID!]!) { leads(filter: {segment: {in: $ids}}) { totalCount } }", {"ids": ids})

    assert body["errors"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    assert await refused(world, {"segment": {"in": ids}}) == ["With the segments that it names, the filter has more than 500 conditions."]


@pytest.mark.parametrize("role", [Role.AGENT, Role.READ_ONLY])
async def test_only_those_who_manage_segments_save_them(world: World, role: Role) -> None:
    viewer = world.viewer(role, world.ada if role is Role.AGENT else None)
    body = await world.answer('mutation { createSegment(input: {name: "x", filter: {}}) { errors { __typename } } }', viewer=viewer)
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
