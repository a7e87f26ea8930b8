"""Follow-ups: scheduled, put off, done, cancelled, handed on; found by whoever is to do them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.access import Role
from domain.leads import Lead
from domain.people import Agent, Availability
from domain.status import LeadStatus
from gql.context import Context
from gql.engine import QueryEngine
from gql.execution import GraphQLExecutor, GraphQLRequest
from gql.permissions import authorize
from gql.schema import SCHEMA
from tests.worlds import NOON, World, build_world

FOLLOW_UP = """
followUp {
  id version kind title note state resolution outcome overdue
  dueAt dueLocal { time zone adjustment }
  agent { name } lead { id }
  snoozes { fromDueAt toDueAt reason actor { kind } }
  completedAt closedBy { kind }
}
errors { ... on UserError { code path message } }
"""
LIST = """
query ($filter: FollowUpFilter, $orderBy: FollowUpOrder) {
  followUps(filter: $filter, orderBy: $orderBy) { totalCount nodes { title overdue state agent { name } } }
}
"""


async def schedule(world: World, lead: Lead, title: str = "Send the offer", **fields: Any) -> dict[str, Any]:
    input = {"leadId": world.id(lead), "title": title, **({} if "dueLocal" in fields else {"dueAt": "2026-07-01T09:00:00Z"}), **fields}
    payload = await world.tell("scheduleFollowUp", input, FOLLOW_UP)
    assert payload["errors"] == []
    return payload["followUp"]


async def titles(world: World, filter: dict[str, Any] | None = None, **viewer: Any) -> list[str]:
    found = (await world.ask(LIST, {"filter": filter}, **viewer))["followUps"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["title"] for node in found["nodes"]]


async def test_a_follow_up_is_due_on_the_lead_s_clocks(world: World) -> None:
    lead = await world.lead(time_zone="America/New_York", owner_id=world.ada.id)
    made = await schedule(world, lead, kind="CALL", dueLocal="2026-07-01T09:30")
    assert made["dueAt"] == "2026-07-01T13:30:00Z"
    assert made["dueLocal"] == {"time": "2026-07-01T09:30", "zone": "America/New_York", "adjustment": None}
    assert made["agent"] == {"name": "Ada"}
    assert (made["kind"], made["state"], made["version"]) == ("CALL", "OPEN", 1)
    assert await world.events(lead) == [
        (
            "FOLLOW_UP_SCHEDULED",
            {
                "kind": "CALL",
                "due_at": "2026-07-01T13:30:00+00:00",
                "origin": "MANUAL",
                "agent_id": str(world.ada.id),
                "follow_up_id": (await world.events(lead))[0][1]["follow_up_id"],
            },
        )
    ]


async def test_without_a_zone_the_workspace_s_clocks_count(world: World) -> None:
    made = await schedule(world, await world.lead(), dueLocal="2026-07-01T09:30")
    assert made["dueAt"] == "2026-07-01T08:30:00Z"
    assert made["dueLocal"]["zone"] == "Europe/Lisbon"


async def test_a_time_that_the_clocks_skip_or_show_twice_is_settled_and_said(world: World) -> None:
    lead = await world.lead(time_zone="Europe/Berlin")
    skipped = await schedule(world, lead, dueLocal="2027-03-28T02:30")
    assert skipped["dueAt"] == "2027-03-28T01:30:00Z"
    assert skipped["dueLocal"] == {"time": "2027-03-28T02:30", "zone": "Europe/Berlin", "adjustment": "SKIPPED"}
    repeated = await schedule(world, lead, dueLocal="2026-10-25T02:30")
    assert repeated["dueAt"] == "2026-10-25T00:30:00Z"
    assert repeated["dueLocal"]["adjustment"] == "REPEATED"


async def test_all_that_is_wrong_is_said_at_once(world: World) -> None:
    lead = await world.lead()
    input = {"leadId": world.id(lead), "title": " ", "note": "x" * 4001, "dueAt": "2026-06-30T11:59:59Z", "agentId": world.id(lead)}
    payload = await world.tell("scheduleFollowUp", input, FOLLOW_UP)
    assert payload["followUp"] is None
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [
        ("VALIDATION_FAILED", ["input", "title"]),
        ("VALIDATION_FAILED", ["input", "note"]),
        ("NOT_FOUND", ["input", "agentId"]),
        ("VALIDATION_FAILED", ["input", "dueAt"]),
    ]
    for wrong in ({"dueLocal": "2026-07-01"}, {"dueLocal": "2026-07-01T09:00Z"}, {}, {"dueLocal": "soon"}):
        payload = await world.tell("scheduleFollowUp", {"leadId": world.id(lead), "title": "Call", **wrong}, FOLLOW_UP)
        assert [error["code"] for error in payload["errors"]] == ["VALIDATION_FAILED"]
    assert await titles(world) == []


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00Z", "2026-06-30T11:59:59Z", "2036-07-31T00:00:00Z", "9999-12-31T23:59:59Z"])
async def test_what_is_to_be_done_lies_ahead(world: World, when: str) -> None:
    lead = await world.lead(time_zone="America/New_York")
    refused = await world.tell(
        "scheduleFollowUp",
        {"leadId": world.id(lead), "title": "Call", "dueAt": when},
        "errors { ... on UserError { message path } }",
    )
    assert refused["errors"] == [{"message": "Must lie ahead, and at most ten years.", "path": ["input", "dueAt"]}]


async def test_what_is_overdue_depends_on_when_somebody_asks(world: World) -> None:
    lead = await world.lead()
    await schedule(world, lead, "Early", dueAt="2026-07-01T09:00:00Z")
    await schedule(world, lead, "Late", dueAt="2026-07-02T09:00:00Z")
    assert await titles(world, {"overdue": True}) == []
    world.at = NOON + timedelta(days=1)
    assert await titles(world, {"overdue": True}) == ["Early"]
    assert await titles(world, {"overdue": False}) == ["Late"]
    assert (await world.ask(LIST))["followUps"]["nodes"][0]["overdue"] is True
    # The same document again, later: the answer is not remembered.
    world.at = NOON + timedelta(days=2)
    assert await titles(world, {"overdue": True}) == ["Early", "Late"]


async def test_putting_off_keeps_what_was_meant_before(world: World) -> None:
    lead = await world.lead(time_zone="Asia/Tokyo")
    made = await schedule(world, lead)
    snooze = {"followUpId": made["id"], "untilLocal": "2026-07-02T10:00", "reason": "In a meeting", "expectedVersion": 1}
    once = (await world.tell("snoozeFollowUp", snooze, FOLLOW_UP))["followUp"]
    assert (once["dueAt"], once["version"]) == ("2026-07-02T01:00:00Z", 2)
    twice = (await world.tell("snoozeFollowUp", {"followUpId": made["id"], "minutes": 90}, FOLLOW_UP))["followUp"]
    assert twice["dueAt"] == "2026-06-30T13:30:00Z"
    assert [(each["fromDueAt"], each["toDueAt"], each["reason"]) for each in twice["snoozes"]] == [
        ("2026-07-01T09:00:00Z", "2026-07-02T01:00:00Z", "In a meeting"),
        ("2026-07-02T01:00:00Z", "2026-06-30T13:30:00Z", None),
    ]
    assert [type for type, _ in await world.events(lead)] == ["FOLLOW_UP_SCHEDULED", "FOLLOW_UP_SNOOZED", "FOLLOW_UP_SNOOZED"]
    stale = (await world.tell("snoozeFollowUp", snooze, FOLLOW_UP))["errors"]
    assert [error["code"] for error in stale] == ["VERSION_CONFLICT"]
    both = (await world.tell("snoozeFollowUp", {"followUpId": made["id"], "minutes": 5, "until": "2026-07-02T10:00:00Z"}, FOLLOW_UP))[
        "errors"
    ]
    assert [error["path"] for error in both] == [["input", "until"]]


async def test_what_is_done_stays_done(world: World) -> None:
    lead = await world.lead()
    made = await schedule(world, lead)
    done = (await world.tell("completeFollowUp", {"followUpId": made["id"], "outcome": "Offer sent"}, FOLLOW_UP))["followUp"]
    assert (done["state"], done["resolution"], done["outcome"]) == ("DONE", "COMPLETED", "Offer sent")
    assert done["completedAt"] == "2026-06-30T12:00:00Z"
    for mutation, more in (
        ("completeFollowUp", {}),
        ("cancelFollowUp", {}),
        ("snoozeFollowUp", {"minutes": 5}),
        ("updateFollowUp", {"title": "Anew"}),
        ("reassignFollowUp", {"agentId": None}),
    ):
        payload = await world.tell(
            mutation, {"followUpId": made["id"], **more}, "errors { ... on UserError { code } ... on FollowUpNotOpen { state } }"
        )
        assert payload["errors"] == [{"code": "FOLLOW_UP_NOT_OPEN", "state": "DONE"}], mutation
    assert [type for type, _ in await world.events(lead)] == ["FOLLOW_UP_SCHEDULED", "FOLLOW_UP_COMPLETED"]


async def test_changing_leaves_what_is_absent(world: World) -> None:
    made = await schedule(world, await world.lead(), note="By post")
    changed = (await world.tell("updateFollowUp", {"followUpId": made["id"], "title": "Send the contract"}, FOLLOW_UP))["followUp"]
    assert (changed["title"], changed["note"], changed["dueAt"], changed["version"]) == (
        "Send the contract",
        "By post",
        "2026-07-01T09:00:00Z",
        2,
    )
    cleared = (await world.tell("updateFollowUp", {"followUpId": made["id"], "note": None, "kind": None}, FOLLOW_UP))["followUp"]
    assert (cleared["note"], cleared["kind"], cleared["version"]) == (None, "TASK", 3)
    same = (await world.tell("updateFollowUp", {"followUpId": made["id"], "title": "Send the contract"}, FOLLOW_UP))["followUp"]
    assert same["version"] == 3


async def test_a_new_owner_takes_over_what_the_old_one_was_to_do(world: World) -> None:
    lead = await world.lead(owner_id=world.ada.id)
    await schedule(world, lead, "Ada's")
    await schedule(world, lead, "Cleo's", agentId=world.id(world.cleo))
    await world.tell("assignLead", {"leadId": world.id(lead), "agentId": world.id(world.ben)}, "errors { ... on UserError { code } }")
    found = (await world.ask(LIST))["followUps"]["nodes"]
    assert {node["title"]: node["agent"]["name"] for node in found} == {"Ada's": "Ben", "Cleo's": "Cleo"}


async def test_closing_a_lead_cancels_what_was_to_be_done(world: World) -> None:
    lead, other = await world.lead(), await world.lead()
    await schedule(world, lead)
    await schedule(world, other, "Stays")
    await world.tell(
        "changeLeadStatus",
        {"leadId": world.id(lead), "status": "DISQUALIFIED", "reason": "No budget"},
        "errors { ... on UserError { code } }",
    )
    assert await titles(world, {"state": {"eq": "OPEN"}}) == ["Stays"]
    found = await world.ask(
        "query ($id: ID!) { lead(id: $id) { nextFollowUp { id } followUps { nodes { state resolution outcome } } } }",
        {"id": world.id(lead)},
    )
    assert found["lead"] == {
        "nextFollowUp": None,
        "followUps": {"nodes": [{"state": "CANCELLED", "resolution": "LEAD_CLOSED", "outcome": "DISQUALIFIED"}]},
    }
    assert [type for type, _ in await world.events(lead)] == ["FOLLOW_UP_SCHEDULED", "LEAD_STATUS_CHANGED", "FOLLOW_UP_CANCELLED"]


async def test_every_way_to_close_a_lead_cancels_them(world: World) -> None:
    mapped = await world.tell(
        "createStage",
        {"pipelineId": world.id(world.pipeline), "name": "Gone", "kind": "LOST", "mappedStatus": "DISQUALIFIED"},
        "stage { id } errors { ... on UserError { message } }",
    )
    leads = [await world.lead() for _ in range(3)]
    for lead in leads:
        await schedule(world, lead)
    await world.tell(
        "moveLeadToStage",
        {"leadId": world.id(leads[0]), "stageId": mapped["stage"]["id"], "reason": "No budget"},
        "errors { ... on UserError { message } }",
    )
    await world.tell(
        "changeLeadStatuses",
        {"leadIds": [world.id(lead) for lead in leads[1:]], "status": "DISQUALIFIED", "reason": "No budget"},
        "errors { ... on UserError { message } }",
    )
    assert await titles(world, {"state": {"eq": "OPEN"}}) == []
    assert len(await titles(world, {"state": {"eq": "CANCELLED"}})) == 3


async def test_deleting_a_lead_hides_its_follow_ups_and_restoring_brings_them_back(world: World) -> None:
    lead = await world.lead(owner_id=world.ada.id)
    made = await schedule(world, lead)
    await world.tell("deleteLead", {"leadId": world.id(lead)}, "errors { ... on UserError { code } }")
    assert await titles(world) == []
    assert (await world.ask("query ($id: ID!) { node(id: $id) { id } }", {"id": made["id"]}))["node"] is None
    refused = await world.tell("completeFollowUp", {"followUpId": made["id"]}, FOLLOW_UP)
    assert [error["code"] for error in refused["errors"]] == ["NOT_FOUND"]
    await world.tell("restoreLead", {"leadId": world.id(lead)}, "errors { ... on UserError { code } }")
    assert await titles(world) == ["Send the offer"]


async def own_list(world: World, agent: Agent) -> list[str]:
    found = await world.ask("{ viewer { followUps { nodes { title } } } }", viewer=world.viewer(Role.AGENT, agent))
    return [node["title"] for node in found["viewer"]["followUps"]["nodes"]]


async def test_agents_see_their_own_list_and_nobody_s_hidden_leads(world: World) -> None:
    north, south = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.cleo.id)
    await schedule(world, north, "North")
    await schedule(world, south, "South")
    await schedule(world, south, "Help Cleo", agentId=world.id(world.ada))
    assert await own_list(world, world.ada) == ["North"]
    assert await own_list(world, world.cleo) == ["South"]
    assert await titles(world, viewer=world.viewer(Role.AGENT, world.ben)) == ["North"]
    hidden = (await world.ask(LIST, {"filter": {"agent": {"eq": world.id(world.ada)}}}))["followUps"]["nodes"]
    assert [node["title"] for node in hidden] == ["North", "Help Cleo"]
    nobody = await world.ask("{ viewer { followUps { totalCount nodes { title } } } }")
    assert nobody["viewer"]["followUps"] == {"totalCount": 0, "nodes": []}
    made = await schedule(world, south, "Not Ben's business")
    refused = await world.tell("cancelFollowUp", {"followUpId": made["id"]}, FOLLOW_UP, viewer=world.viewer(Role.AGENT, world.ben))
    assert [error["code"] for error in refused["errors"]] == ["NOT_FOUND"]


async def test_many_are_completed_row_by_row(world: World) -> None:
    lead = await world.lead()
    ids = [(await schedule(world, lead, f"Task {number}"))["id"] for number in range(3)]
    await world.tell("cancelFollowUp", {"followUpId": ids[1], "reason": "Not needed"}, FOLLOW_UP)
    refused = "errors { ... on UserError { code path } }"
    rows = f"rows {{ index followUp {{ title state outcome }} {refused} }} {refused}"
    all_or_nothing = await world.tell("completeFollowUps", {"followUpIds": ids}, rows)
    assert all_or_nothing == {"rows": [], "errors": [{"code": "FOLLOW_UP_NOT_OPEN", "path": ["input", "followUpIds", "1"]}]}
    skipping = await world.tell("completeFollowUps", {"followUpIds": ids, "errorPolicy": "SKIP_FAILED", "outcome": "All sent"}, rows)
    assert [row["followUp"] for row in skipping["rows"]] == [
        {"title": "Task 0", "state": "DONE", "outcome": "All sent"},
        None,
        {"title": "Task 2", "state": "DONE", "outcome": "All sent"},
    ]


async def test_many_are_handed_on_by_filter(world: World) -> None:
    lead = await world.lead(owner_id=world.ada.id)
    for number in range(3):
        await schedule(world, lead, f"Task {number}")
    input = {"filter": {"agent": {"eq": world.id(world.ada)}, "state": {"eq": "OPEN"}}, "agentId": world.id(world.ben)}
    payload = await world.tell(
        "reassignFollowUps", input, "rows { followUp { agent { name } version } } errors { ... on UserError { code } }"
    )
    assert payload == {"rows": [{"followUp": {"agent": {"name": "Ben"}, "version": 2}}] * 3, "errors": []}
    gone = await world.agent("Gone", availability=Availability.DEACTIVATED)
    refused = await world.tell("reassignFollowUps", {**input, "agentId": world.id(gone)}, "errors { ... on UserError { code path } }")
    assert refused["errors"] == [{"code": "VALIDATION_FAILED", "path": ["input", "agentId"]}]


async def test_a_repeated_key_schedules_once(world: World) -> None:
    lead = await world.lead()
    input = {"leadId": world.id(lead), "title": "Once", "dueAt": "2026-07-01T09:00:00Z", "idempotencyKey": "k"}
    first = await world.tell("scheduleFollowUp", input, "followUp { id }")
    assert await world.tell("scheduleFollowUp", input, "followUp { id }") == first
    assert await titles(world) == ["Once"]


async def test_lists_run_both_ways_and_the_timeline_shows_them(world: World) -> None:
    lead = await world.lead(owner_id=world.ada.id, status=LeadStatus.CONTACTED)
    await schedule(world, lead, "First")
    await schedule(world, lead, "Second", dueAt="2026-07-03T09:00:00Z")
    found = await world.ask(
        """
        query ($id: ID!) {
          lead(id: $id) {
            nextFollowUp { title }
            timeline(types: [FOLLOW_UP]) { nodes { ... on FollowUp { title } } }
            owner { followUps(orderBy: {field: DUE_AT, direction: DESC}) { nodes { title lead { id } } } }
          }
        }
        """,
        {"id": world.id(lead)},
    )
    assert found["lead"]["nextFollowUp"] == {"title": "First"}
    assert sorted(node["title"] for node in found["lead"]["timeline"]["nodes"]) == ["First", "Second"]
    assert [node["title"] for node in found["lead"]["owner"]["followUps"]["nodes"]] == ["Second", "First"]


async def test_other_workspaces_are_out_of_reach(world: World) -> None:
    made = await schedule(world, await world.lead())
    elsewhere = await build_world(world.database)
    refused = await elsewhere.tell("completeFollowUp", {"followUpId": made["id"]}, FOLLOW_UP)
    assert [error["code"] for error in refused["errors"]] == ["NOT_FOUND"]
    assert await titles(elsewhere) == []


async def test_the_engine_remembers_no_page_that_depends_on_the_instant(world: World) -> None:
    await schedule(world, await world.lead())
    viewer, engine = world.viewer(), QueryEngine(SCHEMA)
    executor = GraphQLExecutor(SCHEMA, engine=engine)
    found: list[int] = []
    for at in (NOON, NOON + timedelta(days=1), NOON):
        response = await executor.execute(
            GraphQLRequest("{ followUps(filter: {overdue: true}) { totalCount } }", {}),
            Context(world.database, viewer, at, "test"),
            request_id="test",
            authorize=lambda prepared, coerced: authorize(viewer, prepared, coerced),
        )
        found.append(response.body()["data"]["followUps"]["totalCount"])
    assert found == [0, 1, 0]
    assert engine.figures.answered == 3
