"""A condition that is null is refused, wherever a filter is written: it would otherwise mean everything."""

from __future__ import annotations

from typing import Any

import pytest

from tests.worlds import World

STATUS = "{status: {eq: null}}"
READ: dict[str, tuple[str, dict[str, Any], str]] = {
    "an operator": (f"{{ leads(filter: {STATUS}) {{ totalCount }} }}", {}, "filter.status.eq"),
    "an operator's variable": (
        "query ($s: LeadStatus) { leads(filter: {status: {eq: $s}}) { totalCount } }",
        {"s": None},
        "filter.status.eq",
    ),
    "a part of a variable": (
        "query ($f: LeadFilter) { leads(filter: $f) { totalCount } }",
        {"f": {"score": {"gte": 1}, "lastContactedAt": {"isNull": None}}},
        "filter.lastContactedAt.isNull",
    ),
    "a list": ("{ leads(filter: {owner: {in: null}}) { totalCount } }", {}, "filter.owner.in"),
    "a whole condition": ("{ leads(filter: {grade: null}) { totalCount } }", {}, "filter.grade"),
    "a part of a combination": (
        f"{{ leads(filter: {{or: [{{grade: {{eq: A}}}}, {{not: {STATUS}}}]}}) {{ totalCount }} }}",
        {},
        "filter.or.1.not.status.eq",
    ),
    "a custom field": (
        '{ leads(filter: {customFields: [{key: "a", boolean: null}]}) { totalCount } }',
        {},
        "filter.customFields.0.boolean",
    ),
    "a list below a thing": (f"{{ agents {{ nodes {{ leads(filter: {STATUS}) {{ totalCount }} }} }} }}", {}, "filter.status.eq"),
    "agents": ("{ agents(filter: {teamId: null}) { totalCount } }", {}, "filter.teamId"),
    "activities": ("{ leads { nodes { activities(filter: {types: null}) { totalCount } } } }", {}, "filter.types"),
    "contact attempts": (
        "{ leads { nodes { contactAttempts(filter: {occurredAt: {gte: null}}) { totalCount } } } }",
        {},
        "filter.occurredAt.gte",
    ),
    "campaigns": ("{ campaigns(filter: {name: null}) { totalCount } }", {}, "filter.name"),
    "follow-ups": ("{ followUps(filter: {overdue: null}) { totalCount } }", {}, "filter.overdue"),
    "suppressions": ("{ suppressions(filter: {address: null}) { totalCount } }", {}, "filter.address"),
    "events": ("{ events(filter: {types: null}) { hasMore } }", {}, "filter.types"),
}
WRITTEN: dict[str, dict[str, Any]] = {
    "changeLeadStatuses": {"status": "CONTACTED"},
    "assignLeads": {"agentId": "AGENT"},
    "recalculateLeadScores": {},
    "createSegment": {"name": "All"},
    "createQueue": {"name": "All", "channel": "PHONE"},
    "addCampaignMembers": {"campaignId": "x"},
}


@pytest.mark.parametrize("place", READ)
async def test_a_null_in_a_filter_is_refused_by_its_path(place: str, world: World) -> None:
    await world.lead()
    query, variables, path = READ[place]

    body = await world.answer(query, variables)

    assert [(error["extensions"]["code"], error["message"]) for error in body["errors"]] == [
        ("BAD_USER_INPUT", f"`{path}` is null: leave out a condition that is not meant.")
    ]


@pytest.mark.parametrize("name", WRITTEN)
async def test_a_null_lets_no_mutation_loose_on_every_lead(name: str, world: World) -> None:
    lead = await world.lead()
    type = name[0].upper() + name[1:] + "Input"
    input = {key: world.id(world.ada) if value == "AGENT" else value for key, value in WRITTEN[name].items()}

    body = await world.answer(
        f"mutation ($i: {type}!) {{ {name}(input: $i) {{ errors {{ __typename }} }} }}",
        {"i": {**input, "filter": {"status": {"eq": None}}}},
    )

    assert [(error["extensions"]["code"], error["message"]) for error in body["errors"]] == [
        ("BAD_USER_INPUT", "`filter.status.eq` is null: leave out a condition that is not meant.")
    ]
    assert await world.events(lead) == []


async def test_what_is_left_out_is_no_condition(world: World) -> None:
    await world.lead()
    query = (
        "query ($s: LeadStatus, $f: LeadFilter) { a: leads(filter: {status: {eq: $s}}) { totalCount } b: leads(filter: $f) { totalCount } }"
    )

    assert await world.ask(query, {"f": None}) == {"a": {"totalCount": 1}, "b": {"totalCount": 1}}
