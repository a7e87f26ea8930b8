"""Many enrollments in one request: row by row, or a filter's leads batch by batch until nobody remains."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from domain.access import Role
from domain.leads import Lead
from domain.sequences import EntryConditions, Sequence
from domain.status import LeadStatus
from tests.sequences import day, published
from tests.worlds import World

FAILED = "errors { __typename ... on UserError { code message path } }"
ROWS = f"rows {{ index enrollment {{ id state exitReason dueAt pausedUntil }} lead {{ id }} {FAILED} }} remaining cursor {FAILED}"
LIMA: dict[str, Any] = {"filter": {"company": {"eq": "Lima"}}}
BY_FILTER = ("unenrollLeads", "pauseEnrollments", "resumeEnrollments")


async def enrolled(world: World, sequence: Sequence, *leads: Lead) -> None:
    input = {"sequenceId": world.id(sequence), "leadIds": [world.id(lead) for lead in leads]}
    assert (await world.tell("enrollLeads", input, ROWS))["errors"] == []


async def paused(world: World, sequence: Sequence, *leads: Lead, until: str | None = None) -> None:
    input = {"sequenceId": world.id(sequence), "leadIds": [world.id(lead) for lead in leads], "until": until}
    assert (await world.tell("pauseEnrollments", input, ROWS))["errors"] == []


async def states(world: World, sequence: Sequence, *leads: Lead) -> list[str | None]:
    """Tell how leads stand in a sequence, None where they were never in it."""
    query = "query ($id: ID!) { sequence(id: $id) { enrollments(first: 100) { nodes { state lead { id } } } } }"
    nodes = (await world.ask(query, {"id": world.id(sequence)}))["sequence"]["enrollments"]["nodes"]
    found = {node["lead"]["id"]: node["state"] for node in nodes}
    return [found.get(world.id(lead)) for lead in leads]


def codes(payload: dict[str, Any]) -> list[list[str]]:
    return [[error["code"] for error in row["errors"]] for row in payload["rows"]]


async def in_batches(world: World, mutation: str, input: dict[str, Any]) -> list[dict[str, Any]]:
    """Repeat a request until nobody remains."""
    payloads: list[dict[str, Any]] = []
    while not payloads or payloads[-1]["remaining"]:
        assert len(payloads) < 10, "this comes to no end"
        after = payloads[-1]["cursor"] if payloads else None
        payloads.append(await world.tell(mutation, {**input, "after": after, "errorPolicy": "SKIP_FAILED"}, ROWS))
    return payloads


class TestByIds:
    async def test_one_refused_row_keeps_the_others_out(self, world: World) -> None:
        sequence, _ = await published(world)
        new, lost = await world.lead(), await world.lead(status=LeadStatus.CLOSED_LOST)
        before = await world.contents()

        payload = await world.tell("enrollLeads", {"sequenceId": world.id(sequence), "leadIds": [world.id(new), world.id(lost)]}, ROWS)

        assert (payload["rows"], payload["remaining"], payload["cursor"]) == ([], None, None)
        assert [(error["code"], error["path"]) for error in payload["errors"]] == [("LEAD_NOT_ENROLLABLE", ["input", "leadIds", "1"])]
        assert await world.contents() == before

    async def test_refused_rows_are_left_out_when_asked_to(self, world: World) -> None:
        sequence, _ = await published(world, entry=EntryConditions(max_active=2))
        leads = [await world.lead() for _ in range(3)]
        await enrolled(world, sequence, leads[0])

        payload = await world.tell(
            "enrollLeads",
            {"sequenceId": world.id(sequence), "leadIds": [world.id(lead) for lead in leads], "errorPolicy": "SKIP_FAILED"},
            ROWS,
        )

        # One was in it, one came in: it is full.
        assert codes(payload) == [["ALREADY_ENROLLED"], [], ["ENROLLMENTS_CAPPED"]]
        assert (payload["rows"][1]["enrollment"]["state"], payload["rows"][1]["lead"]) == ("ACTIVE", {"id": world.id(leads[1])})
        assert (payload["remaining"], payload["cursor"]) == (0, None)

    async def test_they_are_paused_and_resumed_in_the_order_of_the_request(self, world: World) -> None:
        sequence, _ = await published(world, day("wait", None, days=3))
        one, two, stranger = await world.leads(3)
        await enrolled(world, sequence, one, two)
        input = {"sequenceId": world.id(sequence), "leadIds": [world.id(lead) for lead in (two, stranger, one)]}
        world.at += timedelta(days=1)

        stopped = await world.tell("pauseEnrollments", {**input, "until": "2026-08-01T00:00:00Z", "errorPolicy": "SKIP_FAILED"}, ROWS)
        world.at += timedelta(days=10)
        going = await world.tell("resumeEnrollments", {**input, "errorPolicy": "SKIP_FAILED"}, ROWS)

        assert codes(stopped) == codes(going) == [[], ["NOT_FOUND"], []]
        assert [row["lead"] and row["lead"]["id"] for row in stopped["rows"]] == [world.id(two), None, world.id(one)]
        assert stopped["rows"][0]["enrollment"]["pausedUntil"] == "2026-08-01T00:00:00Z"
        # Two of the three days were still to be waited for.
        assert [row["enrollment"] and row["enrollment"]["dueAt"] for row in going["rows"]] == [
            "2026-07-13T12:00:00Z", None, "2026-07-13T12:00:00Z",
        ]  # fmt: skip

    @pytest.mark.parametrize("mutation", BY_FILTER)
    async def test_a_lead_that_is_not_in_the_sequence_refuses_all(self, world: World, mutation: str) -> None:
        sequence, _ = await published(world)
        one, stranger = await world.leads(2)
        await enrolled(world, sequence, one)
        before = await world.contents()

        payload = await world.tell(mutation, {"sequenceId": world.id(sequence), "leadIds": [world.id(one), world.id(stranger)]}, ROWS)

        assert payload["rows"] == []
        assert [(error["code"], error["path"]) for error in payload["errors"]] == [("NOT_FOUND", ["input", "leadIds", "1"])]
        assert await world.contents() == before

    async def test_what_is_so_already_is_left_alone_and_a_pause_gets_its_new_end(self, world: World) -> None:
        sequence, _ = await published(world)
        active, resting = await world.leads(2)
        await enrolled(world, sequence, active, resting)
        await paused(world, sequence, resting, until="2026-07-03T00:00:00Z")
        both = {"sequenceId": world.id(sequence), "leadIds": [world.id(active), world.id(resting)]}

        stopped = await world.tell("pauseEnrollments", {**both, "until": "2026-07-03T00:00:00Z"}, ROWS)
        longer = await world.tell("pauseEnrollments", {**both, "until": "2026-07-09T00:00:00Z"}, ROWS)
        await world.tell("resumeEnrollments", both, ROWS)
        again = await world.tell("resumeEnrollments", both, ROWS)

        assert [row["enrollment"]["pausedUntil"] for row in stopped["rows"]] == ["2026-07-03T00:00:00Z"] * 2
        assert [row["enrollment"]["pausedUntil"] for row in longer["rows"]] == ["2026-07-09T00:00:00Z"] * 2
        assert [row["enrollment"]["state"] for row in again["rows"]] == ["ACTIVE"] * 2
        # The second time a pause ends when it ends already, and the second resuming, told nobody anything.
        assert [type for type, _ in await world.events(resting)].count("ENROLLMENT_PAUSED") == 2
        assert [type for type, _ in await world.events(resting)].count("ENROLLMENT_RESUMED") == 1

    async def test_all_that_is_wrong_is_said_at_once(self, world: World) -> None:
        lead = world.id(await world.lead())

        payload = await world.tell(
            "pauseEnrollments", {"sequenceId": lead, "leadIds": [lead], **LIMA, "until": "2026-06-30T12:00:00Z"}, ROWS
        )

        assert sorted((error["code"], error["path"][-1]) for error in payload["errors"]) == [
            ("NOT_FOUND", "sequenceId"),
            ("VALIDATION_FAILED", "leadIds"),
            ("VALIDATION_FAILED", "until"),
        ]

    async def test_more_than_500_are_refused(self, world: World) -> None:
        sequence, _ = await published(world)
        lead = world.id(await world.lead())

        payload = await world.tell("resumeEnrollments", {"sequenceId": world.id(sequence), "leadIds": [lead] * 501}, ROWS)

        assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION_FAILED", ["input", "leadIds"])]

    async def test_the_same_key_pauses_once_and_a_dry_run_keeps_nothing(self, world: World) -> None:
        sequence, _ = await published(world)
        leads = await world.leads(2)
        await enrolled(world, sequence, *leads)
        input = {"sequenceId": world.id(sequence), "leadIds": [world.id(lead) for lead in leads]}
        before = await world.contents()

        rehearsed = await world.tell("pauseEnrollments", {**input, "dryRun": True}, f"{ROWS} dryRun {{ events {{ type }} }}")
        unchanged = await world.contents()
        first = await world.tell("pauseEnrollments", {**input, "idempotencyKey": "once"}, ROWS)
        again = await world.tell("pauseEnrollments", {**input, "idempotencyKey": "once"}, ROWS)

        assert unchanged == before
        assert [row["enrollment"]["state"] for row in rehearsed["rows"]] == ["PAUSED"] * 2
        assert [event["type"] for event in rehearsed["dryRun"]["events"]] == ["ENROLLMENT_PAUSED"] * 2
        assert again == first
        assert [type for type, _ in await world.events(leads[0])].count("ENROLLMENT_PAUSED") == 1

    async def test_an_agent_reaches_only_leads_in_its_sight(self, world: World) -> None:
        sequence, _ = await published(world)
        [mine], [theirs] = await world.leads(1, owner_id=world.ada.id), await world.leads(1, owner_id=world.cleo.id)
        await enrolled(world, sequence, mine, theirs)
        ada = world.viewer(Role.AGENT, world.ada)
        by_id = {"sequenceId": world.id(sequence), "leadIds": [world.id(theirs)]}

        refused = await world.tell("pauseEnrollments", by_id, ROWS, viewer=ada)
        filtered = await world.tell("pauseEnrollments", {"sequenceId": world.id(sequence), "filter": {}}, ROWS, viewer=ada)

        assert [(error["code"], error["path"]) for error in refused["errors"]] == [("NOT_FOUND", ["input", "leadIds", "0"])]
        assert [row["lead"]["id"] for row in filtered["rows"]] == [world.id(mine)]
        assert await states(world, sequence, mine, theirs) == ["PAUSED", "ACTIVE"]


class TestByFilter:
    async def test_they_enter_by_one_and_leave_by_one(self, world: World) -> None:
        sequence, _ = await published(world)
        leads = await world.leads(3, company="Lima")
        porto = await world.lead(company="Porto")
        of_lima = {"sequenceId": world.id(sequence), **LIMA}

        entered = await world.tell("enrollLeads", of_lima, ROWS)
        left = await world.tell("unenrollLeads", {**of_lima, "reason": "The campaign is over"}, ROWS)

        assert [row["lead"]["id"] for row in entered["rows"]] == [world.id(lead) for lead in leads]
        assert [(row["enrollment"]["state"], row["enrollment"]["exitReason"]) for row in left["rows"]] == [("EXITED", "UNENROLLED")] * 3
        assert await states(world, sequence, porto) == [None]

    async def test_who_is_in_it_already_is_not_meant_to_enter(self, world: World) -> None:
        sequence, _ = await published(world)
        leads = await world.leads(3, company="Lima")
        await enrolled(world, sequence, leads[1])

        payload = await world.tell("enrollLeads", {"sequenceId": world.id(sequence), **LIMA}, ROWS)

        assert payload["errors"] == []
        assert [row["lead"]["id"] for row in payload["rows"]] == [world.id(leads[0]), world.id(leads[2])]

    async def test_who_is_not_in_it_is_not_meant_to_leave_to_pause_or_to_go_on(self, world: World) -> None:
        sequence, _ = await published(world)
        other, _ = await published(world, name="Another")
        gone, active, resting, elsewhere, _ = await world.leads(5, company="Lima")
        await enrolled(world, sequence, gone, active, resting)
        await enrolled(world, other, elsewhere)
        await world.tell("unenrollLeads", {"sequenceId": world.id(sequence), "leadIds": [world.id(gone)]}, ROWS)
        await paused(world, sequence, resting, until="2026-07-05T00:00:00Z")
        of_lima = {"sequenceId": world.id(sequence), **LIMA}

        going = await world.tell("resumeEnrollments", of_lima, ROWS)
        await paused(world, sequence, resting, until="2026-07-05T00:00:00Z")
        stopped = await world.tell("pauseEnrollments", of_lima, ROWS)
        left = await world.tell("unenrollLeads", of_lima, ROWS)
        nobody = await world.tell("unenrollLeads", of_lima, ROWS)

        assert [row["lead"]["id"] for row in going["rows"]] == [world.id(resting)]
        # The other one's pause was chosen for it alone, and keeps its end.
        assert [(row["lead"]["id"], row["enrollment"]["pausedUntil"]) for row in stopped["rows"]] == [(world.id(active), None)]
        assert [(row["lead"]["id"], row["enrollment"]["state"]) for row in left["rows"]] == [
            (world.id(active), "EXITED"),
            (world.id(resting), "EXITED"),
        ]
        assert (nobody["rows"], nobody["remaining"], nobody["errors"]) == ([], 0, [])
        assert await states(world, other, elsewhere) == ["ACTIVE"]

    @pytest.mark.parametrize("mutation", ["enrollLeads", *BY_FILTER])
    async def test_deleted_leads_and_cursors_beside_ids_are_refused(self, world: World, mutation: str) -> None:
        sequence, _ = await published(world)
        lead = await world.lead()
        cursor = (await world.ask("{ leads { pageInfo { endCursor } } }"))["leads"]["pageInfo"]["endCursor"]
        of_sequence = {"sequenceId": world.id(sequence)}

        deleted = await world.tell(mutation, {**of_sequence, "filter": {"deleted": True}}, ROWS)
        beside = await world.tell(mutation, {**of_sequence, "leadIds": [world.id(lead)], "after": cursor}, ROWS)
        name = mutation[0].upper() + mutation[1:]
        nonsense = await world.answer(
            f"mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ {FAILED} }} }}",
            {"input": {**of_sequence, **LIMA, "after": "nonsense"}},
        )

        assert [(error["code"], error["path"]) for error in deleted["errors"]] == [("VALIDATION_FAILED", ["input", "filter", "deleted"])]
        assert [(error["code"], error["path"]) for error in beside["errors"]] == [("VALIDATION_FAILED", ["input", "after"])]
        assert [error["extensions"]["code"] for error in nonsense["errors"]] == ["BAD_USER_INPUT"]


class TestBatches:
    """More leads than one request takes."""

    async def test_refused_leads_keep_nobody_waiting_for_ever(self, world: World) -> None:
        sequence, _ = await published(world)
        lost = await world.leads(510, company="Lima", status=LeadStatus.CLOSED_LOST)
        world.at += timedelta(minutes=1)
        new = await world.leads(20, company="Lima")
        of_lima = {"sequenceId": world.id(sequence), **LIMA}

        payloads = await in_batches(world, "enrollLeads", of_lima)
        anew = await in_batches(world, "enrollLeads", of_lima)

        assert [(len(payload["rows"]), payload["remaining"], payload["cursor"] is None) for payload in payloads] == [
            (500, 30, False),
            (30, 0, True),
        ]
        told = Counter(error for payload in payloads for row in codes(payload) for error in row)
        assert told == {"LEAD_NOT_ENROLLABLE": len(lost)}
        assert [row["lead"]["id"] for row in payloads[1]["rows"] if row["lead"]] == [world.id(lead) for lead in new]
        # From the beginning again: whoever is in it by now is not meant any more.
        assert [(len(payload["rows"]), payload["remaining"]) for payload in anew] == [(500, 10), (10, 0)]

    async def test_whoever_is_stopped_goes_on_and_leaves_does_so_once(self, world: World) -> None:
        sequence, _ = await published(world)
        leads = await world.leads(505, company="Lima")
        of_lima = {"sequenceId": world.id(sequence), **LIMA}
        everybody = [world.id(lead) for lead in leads]

        for mutation in ("enrollLeads", "pauseEnrollments", "resumeEnrollments", "unenrollLeads"):
            payloads = await in_batches(world, mutation, of_lima)
            assert [payload["remaining"] for payload in payloads] == [5, 0]
            assert [row["lead"]["id"] for payload in payloads for row in payload["rows"]] == everybody

    async def test_leaving_needs_no_cursor_since_whoever_left_is_not_meant_any_more(self, world: World) -> None:
        sequence, _ = await published(world)
        await enrolled(world, sequence, *await world.leads(500, company="Lima"))
        await enrolled(world, sequence, *await world.leads(3, company="Lima"))
        of_lima = {"sequenceId": world.id(sequence), **LIMA}

        remaining = [(await world.tell("unenrollLeads", of_lima, ROWS))["remaining"] for _ in range(2)]

        assert remaining == [3, 0]

    async def test_a_repeated_key_answers_the_same_rest_and_the_same_cursor(self, world: World) -> None:
        sequence, _ = await published(world)
        await world.leads(501, company="Lima")
        input = {"sequenceId": world.id(sequence), **LIMA, "idempotencyKey": "batch 1"}

        first = await world.tell("enrollLeads", input, ROWS)
        again = await world.tell("enrollLeads", input, ROWS)
        otherwise_selected = await world.tell("enrollLeads", input, "cursor remaining")

        assert (first["remaining"], again) == (1, first)
        assert otherwise_selected == {"cursor": first["cursor"], "remaining": 1}
