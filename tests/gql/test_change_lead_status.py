"""Changing a lead's status through the API."""

from __future__ import annotations

from domain.access import Role
from domain.status import LeadStatus
from tests.worlds import World

SELECTION = """
    lead { id status version statusHistory { totalCount nodes { from to reason forced secondsInPrevious actor { kind } } } }
    errors {
        __typename
        ... on UserError { code message path }
        ... on IllegalStatusChange { from to allowed }
        ... on StatusRequirementsMissing { missing }
        ... on VersionConflict { expected current }
    }
"""


async def test_a_new_lead_becomes_contacted(world: World) -> None:
    lead = await world.lead(first_name="Rosa", last_name="Marques")

    payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "CONTACTED"}, SELECTION)

    assert payload == {
        "lead": {
            "id": world.id(lead),
            "status": "CONTACTED",
            "version": 2,
            "statusHistory": {
                "totalCount": 1,
                "nodes": [
                    {
                        "from": "NEW",
                        "to": "CONTACTED",
                        "reason": None,
                        "forced": False,
                        "secondsInPrevious": 0,
                        "actor": {"kind": "API_KEY"},
                    }
                ],
            },
        },
        "errors": [],
    }


async def test_an_illegal_move_names_the_legal_ones(world: World) -> None:
    lead = await world.lead(status=LeadStatus.CLOSED_WON)

    payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "NEW"}, SELECTION)

    assert payload["lead"] is None
    assert payload["errors"] == [
        {
            "__typename": "IllegalStatusChange",
            "code": "ILLEGAL_STATUS_CHANGE",
            "message": "A lead that is CLOSED_WON cannot become NEW.",
            "path": ["input", "status"],
            "from": "CLOSED_WON",
            "to": "NEW",
            "allowed": ["NEGOTIATION"],
        }
    ]


async def test_the_same_key_changes_once_and_answers_the_same(world: World) -> None:
    lead = await world.lead()
    request = {"leadId": world.id(lead), "status": "CONTACTED", "idempotencyKey": "once"}

    first = await world.tell("changeLeadStatus", request, SELECTION)
    await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "NURTURING"}, "lead { id }")
    again = await world.tell("changeLeadStatus", request, SELECTION)
    other = await world.tell("changeLeadStatus", {**request, "status": "QUALIFIED"}, SELECTION)

    assert again == first
    assert [error["code"] for error in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_a_read_only_key_changes_nothing(world: World) -> None:
    lead = await world.lead()
    query = f'mutation {{ changeLeadStatus(input: {{leadId: "{world.id(lead)}", status: CONTACTED}}) {{ lead {{ id }} }} }}'

    body = await world.answer(query, viewer=world.viewer(Role.READ_ONLY))

    assert body["data"] is None
    assert [(error["path"], error["extensions"]["code"]) for error in body["errors"]] == [(["changeLeadStatus"], "FORBIDDEN")]
