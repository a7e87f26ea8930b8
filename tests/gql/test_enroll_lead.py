"""Enrolling leads through the API: what happens, and everything that keeps a lead out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.access import Role
from domain.sequence_steps import CallTaskStep
from domain.sequences import EntryConditions, ExitCriteria
from domain.status import LeadStatus
from persistence.sequences import save_sequences
from tests.sequences import published, task
from tests.worlds import World

SELECTION = """
    enrollment {
        id version state stepKey stepEnteredAt dueAt enrolledAt trigger exitReason
        enrolledBy { kind } sequence { id name } sequenceVersion { number } lead { id }
        steps { nodes { stepKey outcome leftAt } } history { nodes { kind } }
    }
    lead { id status version liveEnrollments }
    errors {
        __typename
        ... on UserError { code message path }
        ... on AlreadyEnrolled { enrollment { id } }
        ... on LeadSuppressed { channels }
        ... on LeadNotEnrollable { status allowedStatuses criterion }
        ... on EnrollmentsCapped { cap limit current }
        ... on SequenceClosed { archived sequence { name } }
    }
"""
CALL = CallTaskStep(key="call", title="Call", instructions=None, due_minutes=60, next=None)


async def enroll(world: World, lead: Any, sequence: Any, **more: Any) -> dict[str, Any]:
    return await world.tell("enrollLead", {"leadId": world.id(lead), "sequenceId": world.id(sequence), **more}, SELECTION)


async def test_a_new_lead_enters_the_first_step_and_is_nurtured(world: World) -> None:
    lead = await world.lead()
    sequence, _ = await published(world)

    payload = await enroll(world, lead, sequence)

    enrollment = payload["enrollment"]
    assert payload["errors"] == []
    assert payload["lead"] == {"id": world.id(lead), "status": "NURTURING", "version": 2, "liveEnrollments": 1}
    assert {name: enrollment[name] for name in ("version", "state", "stepKey", "dueAt", "trigger", "exitReason")} == {
        "version": 1,
        "state": "ACTIVE",
        "stepKey": "first",
        "dueAt": "2026-07-01T12:00:00Z",
        "trigger": None,
        "exitReason": None,
    }
    assert enrollment["sequence"] == {"id": world.id(sequence), "name": "Warm up"}
    assert enrollment["sequenceVersion"] == {"number": 1}
    assert enrollment["enrolledBy"] == {"kind": "API_KEY"}
    assert enrollment["lead"] == {"id": world.id(lead)}
    assert enrollment["steps"]["nodes"] == [{"stepKey": "first", "outcome": "WAITING", "leftAt": None}]
    assert enrollment["history"]["nodes"] == [{"kind": "ENROLLED"}]
    assert [type for type, _ in await world.events(lead)] == ["ENROLLED", "LEAD_STATUS_CHANGED"]


async def test_a_lead_whose_status_goes_nowhere_else_keeps_it(world: World) -> None:
    won = await world.lead(status=LeadStatus.CLOSED_WON)
    sequence, _ = await published(world, entry=EntryConditions(statuses=(LeadStatus.CLOSED_WON,)))

    payload = await enroll(world, won, sequence)

    assert payload["errors"] == []
    assert payload["lead"]["status"] == "CLOSED_WON"
    assert payload["lead"]["version"] == 1


async def test_enrolling_again_names_the_enrollment_that_there_is(world: World) -> None:
    lead = await world.lead()
    sequence, _ = await published(world)
    first = await enroll(world, lead, sequence)

    again = await enroll(world, lead, sequence)

    assert again["enrollment"] is None
    assert again["errors"] == [
        {
            "__typename": "AlreadyEnrolled",
            "code": "ALREADY_ENROLLED",
            "message": "The lead is in this sequence already.",
            "path": ["input", "leadId"],
            "enrollment": {"id": first["enrollment"]["id"]},
        }
    ]


async def test_the_same_key_enrolls_once_and_answers_the_same(world: World) -> None:
    lead = await world.lead()
    sequence, _ = await published(world)

    first = await enroll(world, lead, sequence, idempotencyKey="once")
    again = await enroll(world, lead, sequence, idempotencyKey="once")

    assert first["errors"] == []
    assert again == first


async def test_a_dry_run_shows_the_enrollment_and_keeps_nothing(world: World) -> None:
    lead = await world.lead()
    sequence, _ = await published(world)
    before = await world.contents()

    payload = await enroll(world, lead, sequence, dryRun=True)

    assert (payload["enrollment"]["stepKey"], payload["lead"]["status"]) == ("first", "NURTURING")
    assert await world.contents() == before


async def test_a_version_that_changed_meanwhile_is_a_conflict(world: World) -> None:
    lead = await world.lead()
    sequence, _ = await published(world)

    payload = await enroll(world, lead, sequence, expectedVersion=7)

    assert [error["code"] for error in payload["errors"]] == ["VERSION_CONFLICT"]


async def test_a_lead_that_must_not_be_called_gets_no_sequence_of_calls(world: World) -> None:
    lead = await world.lead(do_not_call=True)
    calls, _ = await published(world, CALL, name="Calls")
    tasks, _ = await published(world, task("look", None), name="Tasks")

    refused = await enroll(world, lead, calls)
    enrolled = await enroll(world, lead, tasks)

    assert [(error["code"], error["channels"]) for error in refused["errors"]] == [("LEAD_SUPPRESSED", ["PHONE"])]
    assert enrolled["errors"] == []


async def test_a_suppressed_number_counts_like_a_suppressed_lead(world: World) -> None:
    lead = await world.lead(phones=("+351210000001",))
    calls, _ = await published(world, CALL)
    await world.tell(
        "suppress", {"channel": "PHONE", "addresses": ["+351210000001"], "reason": "OPT_OUT"}, "errors { ... on UserError { message } }"
    )

    refused = await enroll(world, lead, calls)

    assert [error["code"] for error in refused["errors"]] == ["LEAD_SUPPRESSED"]


async def test_closed_leads_and_those_that_would_leave_at_once_are_told_why(world: World) -> None:
    lost = await world.lead(status=LeadStatus.CLOSED_LOST)
    contacted = await world.lead(status=LeadStatus.CONTACTED)
    sequence, _ = await published(world, exit_criteria=ExitCriteria(statuses=(LeadStatus.CONTACTED,)))

    (closed,) = (await enroll(world, lost, sequence))["errors"]
    (leaving,) = (await enroll(world, contacted, sequence))["errors"]

    assert (closed["code"], closed["status"], closed["criterion"]) == ("LEAD_NOT_ENROLLABLE", "CLOSED_LOST", None)
    assert closed["allowedStatuses"] == ["NEW", "CONTACTED", "QUALIFIED", "NURTURING", "PROPOSAL", "NEGOTIATION", "RECYCLED"]
    assert (leaving["status"], leaving["criterion"]) == ("CONTACTED", "STATUS_REACHED")


async def test_a_day_takes_so_many_leads_and_the_next_day_again(world: World) -> None:
    sequence, _ = await published(world, entry=EntryConditions(max_per_day=1))
    # The workspace's midnight is Lisbon's: 23:00 UTC in summer.
    assert (await enroll(world, await world.lead(), sequence))["errors"] == []
    world.at += timedelta(hours=10, minutes=59)
    (capped,) = (await enroll(world, await world.lead(), sequence))["errors"]
    world.at += timedelta(minutes=1)
    tomorrow = await enroll(world, await world.lead(), sequence)

    assert (capped["cap"], capped["limit"], capped["current"]) == ("PER_DAY", 1, 1)
    assert tomorrow["errors"] == []


async def test_a_full_sequence_takes_a_lead_when_one_has_left(world: World) -> None:
    sequence, _ = await published(world, entry=EntryConditions(max_active=1, reentry_after_days=2))
    first = await world.lead()
    enrolled = await enroll(world, first, sequence)
    (full,) = (await enroll(world, await world.lead(), sequence))["errors"]
    await world.tell("unenrollLead", {"enrollmentId": enrolled["enrollment"]["id"]}, "errors { __typename }")
    world.at += timedelta(days=1)
    (early,) = (await enroll(world, first, sequence))["errors"]
    second = await enroll(world, await world.lead(), sequence)

    assert (full["cap"], full["limit"], full["current"]) == ("AT_ONCE", 1, 1)
    assert (early["cap"], early["limit"], early["current"]) == ("REENTRY", 2, 1)
    assert second["errors"] == []


async def test_a_lead_is_in_ten_sequences_at_most(world: World) -> None:
    lead = await world.lead()
    for number in range(10):
        sequence, _ = await published(world, name=f"Sequence {number}")
        assert (await enroll(world, lead, sequence))["errors"] == []
    eleventh, _ = await published(world, name="One too many")

    (capped,) = (await enroll(world, lead, eleventh))["errors"]

    assert (capped["cap"], capped["limit"], capped["current"]) == ("PER_LEAD", 10, 10)


async def test_an_archived_sequence_and_one_never_published_take_nobody(world: World) -> None:
    lead = await world.lead()
    archived, _ = await published(world, name="Old")
    draft, _ = await published(world, name="Young")
    async with world.database.writing(world.scope) as tx:
        await save_sequences(tx, [replace(archived, archived_at=world.at), replace(draft, published_version=None)])

    refusals = [(await enroll(world, lead, sequence))["errors"] for sequence in (archived, draft)]

    assert [[(error["code"], error["archived"], error["sequence"]["name"]) for error in errors] for errors in refusals] == [
        [("SEQUENCE_CLOSED", True, "Old")],
        [("SEQUENCE_CLOSED", False, "Young")],
    ]


async def test_unknown_and_deleted_things_are_all_named_at_once(world: World) -> None:
    deleted = await world.lead(deleted_at=world.at)

    payload = await world.tell("enrollLead", {"leadId": world.id(deleted), "sequenceId": world.id(deleted)}, SELECTION)

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [
        ("NOT_FOUND", ["input", "leadId"]),
        ("NOT_FOUND", ["input", "sequenceId"]),
    ]


async def test_an_agent_enrolls_only_leads_in_its_sight_and_sees_only_their_enrollments(world: World) -> None:
    mine, theirs = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.cleo.id)
    sequence, _ = await published(world)
    ada = world.viewer(Role.AGENT, world.ada)
    enrolled = await enroll(world, theirs, sequence)

    payload = await world.tell("enrollLead", {"leadId": world.id(theirs), "sequenceId": world.id(sequence)}, SELECTION, viewer=ada)
    allowed = await world.tell("enrollLead", {"leadId": world.id(mine), "sequenceId": world.id(sequence)}, SELECTION, viewer=ada)
    seen = await world.ask(
        """query ($sequence: ID!, $enrollment: ID!) {
            enrollment(id: $enrollment) { id }
            node(id: $sequence) { ... on Sequence { enrollments { totalCount } performance { enrolled steps { entered } } } }
        }""",
        {"sequence": world.id(sequence), "enrollment": enrolled["enrollment"]["id"]},
        viewer=ada,
    )

    assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]
    assert allowed["errors"] == []
    assert seen == {
        "enrollment": None,
        "node": {"enrollments": {"totalCount": 1}, "performance": [{"enrolled": 1, "steps": [{"entered": 1}, {"entered": 0}]}]},
    }
