"""A filter has at most fifty terms, wherever it is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.worlds import World

TERM = '{company: {eq: "a"}}'
LITERAL = "or: [" + ", ".join([TERM] * 51) + "]"
SIX = ", ".join([TERM] * 6)
ENDLESS = {"or": [{"company": {"eq": "a"}}] * 51}

WRITTEN: dict[str, tuple[str, dict[str, Any]]] = {
    "in the document": (f"{{ leads(filter: {{{LITERAL}}}) {{ totalCount }} }}", {}),
    "in a nested list": (f"{{ agents {{ nodes {{ leads(filter: {{{LITERAL}}}) {{ totalCount }} }} }} }}", {}),
    "in a variable": ("query ($f: LeadFilter) { leads(filter: $f) { totalCount } }", {"f": ENDLESS}),
    "in a part of a variable": ("query ($p: [LeadFilter!]) { leads(filter: {or: $p}) { totalCount } }", {"p": ENDLESS["or"]}),
    "in a variable's default": (f"query ($f: LeadFilter = {{{LITERAL}}}) {{ leads(filter: $f) {{ totalCount }} }}", {}),
    "in the default of a part": (
        f"query ($p: [LeadFilter!] = [{', '.join([TERM] * 51)}]) {{ leads(filter: {{or: $p}}) {{ totalCount }} }}",
        {},
    ),
    "over several fields": ("{ " + " ".join(f"l{n}: leads(filter: {{or: [{SIX}]}}) {{ totalCount }}" for n in range(9)) + " }", {}),
    "in a mutation's input": (
        "mutation ($i: ChangeLeadStatusesInput!) { changeLeadStatuses(input: $i) { rows { index } } }",
        {"i": {"filter": ENDLESS, "status": "CONTACTED"}},
    ),
}


@pytest.mark.parametrize("place", WRITTEN)
async def test_an_endless_filter_is_refused(place: str, world: World) -> None:
    query, variables = WRITTEN[place]
    body = await world.answer(query, variables)
    assert [error["extensions"].get("limit") for error in body["errors"]] == ["filterTerms"], body


async def test_fifty_terms_are_allowed(world: World) -> None:
    filter = {"or": ENDLESS["or"][:50]}
    assert await world.ask("query ($f: LeadFilter) { leads(filter: $f) { totalCount } }", {"f": filter}) == {"leads": {"totalCount": 0}}


@pytest.mark.parametrize(
    "filter",
    [
        {"dealValue": {"gt": "1E-999999"}},
        {"dealValue": {"gt": "1E+999999"}},
        {"dealValue": {"gt": "NaN"}},
        {"dealValue": {"gt": "Infinity"}},
        {"dealValue": {"gt": "999999999999999999"}},
        {"annualRevenue": {"lt": "0.0000001"}},
        {"score": {"gte": 2**31 - 1}},
        {"employees": {"lt": -(2**31)}},
        {"createdAt": {"gte": "0001-01-01T00:00:00Z"}},
        {"createdAt": {"lt": "9999-12-31T23:59:59.999999Z"}},
        {"createdAt": {"lt": "9999-12-31T23:59:59-23:59"}},
        {"expectedCloseDate": {"gte": "0001-01-01", "lte": "9999-12-31"}},
        {"company": {"contains": "a\0b"}},
        {"company": {"contains": "x" * 10_000}},
        {"owner": {"in": ["", "x", "é" * 300]}},
        {"ids": ["x"] * 201},
        {"tags": {"allOf": ["x"] * 201}},
        {"status": {"in": []}, "or": []},
    ],
    ids=str,
)
async def test_no_value_in_a_filter_breaks_anything(filter: dict[str, Any], world: World) -> None:
    body = await world.answer("query ($f: LeadFilter) { leads(filter: $f) { totalCount } }", {"f": filter})
    assert {error["extensions"]["code"] for error in body.get("errors", ())} <= {"BAD_USER_INPUT"}, body
