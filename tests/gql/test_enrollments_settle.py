"""What ends enrollments and begins them by itself: every way to a status, replies, opt-outs, grades, triggers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.activities import ActivityType
from domain.leads import Lead, LeadSource
from domain.pipelines import Stage
from domain.scoring import Grade
from domain.sequences import ActivityTrigger, EntryConditions, ExitCriteria, GradeTrigger, ScoreTrigger, SourceTrigger, StatusTrigger
from domain.status import LeadStatus
from persistence.pipelines import save_stages
from tests.sequences import day, published, task
from tests.worlds import World

ENROLLMENTS = """query ($id: ID!) { lead(id: $id) { status liveEnrollments enrollments {
    nodes { state exitReason trigger stepKey sequence { name } steps { nodes { stepKey outcome } } }
} } }"""
FAILED = "errors { ... on UserError { code message path } }"


async def enrolled(world: World, name: str = "Warm up", lead: dict[str, Any] | None = None, **plan: Any) -> Lead:
    """Put a lead into a sequence of its own."""
    made = await world.lead(**(lead or {}))
    sequence, _ = await published(world, name=name, **plan)
    payload = await world.tell("enrollLead", {"leadId": world.id(made), "sequenceId": world.id(sequence)}, FAILED)
    assert payload["errors"] == []
    world.at += timedelta(minutes=10)
    return made


async def standing(world: World, lead: Lead) -> list[tuple[str, str, str | None]]:
    nodes = (await world.ask(ENROLLMENTS, {"id": world.id(lead)}))["lead"]["enrollments"]["nodes"]
    return sorted((node["sequence"]["name"], node["state"], node["exitReason"]) for node in nodes)


async def change_status(world: World, lead: Lead, status: str) -> None:
    payload = await world.tell(
        "changeLeadStatus", {"leadId": world.id(lead), "status": status, "reason": "So be it", "force": True}, FAILED
    )
    assert payload["errors"] == []


@pytest.mark.parametrize(("status", "reason"), [("CLOSED_WON", "CONVERTED"), ("CLOSED_LOST", "LOST"), ("DISQUALIFIED", "DISQUALIFIED")])
async def test_closing_a_lead_ends_whatever_it_is_enrolled_in(world: World, status: str, reason: str) -> None:
    nothing = ExitCriteria(reply=False, unsubscribe=False)
    lead = await enrolled(world, exit_criteria=nothing)
    other, _ = await published(world, name="Another")
    await world.tell("enrollLead", {"leadId": world.id(lead), "sequenceId": world.id(other)}, FAILED)

    await change_status(world, lead, status)

    assert await standing(world, lead) == [("Another", "EXITED", reason), ("Warm up", "EXITED", reason)]
    data = (await world.ask(ENROLLMENTS, {"id": world.id(lead)}))["lead"]
    assert data["liveEnrollments"] == 0
    assert data["enrollments"]["nodes"][0]["steps"]["nodes"] == [{"stepKey": "first", "outcome": "EXITED"}]
    assert [type for type, _ in await world.events(lead)][-3:] == ["LEAD_STATUS_CHANGED", "ENROLLMENT_EXITED", "ENROLLMENT_EXITED"]


async def test_a_move_to_a_lost_stage_ends_it_too(world: World) -> None:
    lead = await enrolled(world)
    lost: Stage = replace(world.stages[3], mapped_status=LeadStatus.CLOSED_LOST)
    async with world.database.writing(world.scope) as tx:
        await save_stages(tx, [lost])

    payload = await world.tell("moveLeadToStage", {"leadId": world.id(lead), "stageId": world.id(lost), "reason": "No budget"}, FAILED)

    assert payload["errors"] == []
    assert await standing(world, lead) == [("Warm up", "EXITED", "LOST")]


async def test_a_deleted_lead_leaves_and_comes_back_to_nothing(world: World) -> None:
    lead = await enrolled(world)

    await world.tell("deleteLead", {"leadId": world.id(lead)}, FAILED)
    await world.tell("restoreLead", {"leadId": world.id(lead)}, FAILED)

    assert await standing(world, lead) == [("Warm up", "EXITED", "LEAD_DELETED")]


@pytest.mark.parametrize(("activity", "expected"), [("EMAIL_REPLIED", ("EXITED", "REPLIED")), ("EMAIL_OPENED", ("ACTIVE", None))])
async def test_a_reply_ends_it_where_the_sequence_says_so(world: World, activity: str, expected: tuple[str, str | None]) -> None:
    lead = await enrolled(world)

    await world.tell("recordActivity", {"leadId": world.id(lead), "type": activity, "occurredAt": world.at.isoformat()}, FAILED)

    assert await standing(world, lead) == [("Warm up", *expected)]


@pytest.mark.parametrize(
    ("attempt", "reason"),
    [
        ({"channel": "PHONE", "direction": "INBOUND", "outcome": "CONNECTED"}, "REPLIED"),
        ({"channel": "EMAIL", "direction": "OUTBOUND", "outcome": "REPLIED"}, "REPLIED"),
        ({"channel": "EMAIL", "direction": "OUTBOUND", "outcome": "UNSUBSCRIBED"}, "UNSUBSCRIBED"),
        ({"channel": "PHONE", "direction": "OUTBOUND", "outcome": "DO_NOT_CALL"}, "UNSUBSCRIBED"),
        ({"channel": "PHONE", "direction": "OUTBOUND", "outcome": "NO_ANSWER"}, None),
    ],
)
async def test_what_a_contact_says_about_staying(world: World, attempt: dict[str, str], reason: str | None) -> None:
    lead = await enrolled(world)

    await world.tell("recordContactAttempt", {"leadId": world.id(lead), "occurredAt": world.at.isoformat(), **attempt}, FAILED)

    assert await standing(world, lead) == [("Warm up", "EXITED" if reason else "ACTIVE", reason)]


async def test_a_flag_set_by_hand_is_an_opt_out(world: World) -> None:
    lead = await enrolled(world)

    await world.tell("updateLead", {"leadId": world.id(lead), "contact": {"doNotEmail": True}}, FAILED)

    assert await standing(world, lead) == [("Warm up", "EXITED", "UNSUBSCRIBED")]


async def test_a_grade_that_is_reached_ends_it(world: World) -> None:
    lead = await enrolled(world, lead={"company": "Lima", "source": LeadSource.WEBINAR}, exit_criteria=ExitCriteria(grades=(Grade.C,)))

    profile = {"contact": {"title": "Director", "phones": ["+351210000001"]}, "company": {"industry": "Retail", "employees": 900}}
    payload = await world.tell("updateLead", {"leadId": world.id(lead), **profile}, f"lead {{ grade score {{ total }} }} {FAILED}")

    assert payload["errors"] == []
    assert payload["lead"]["grade"] == "C"
    assert await standing(world, lead) == [("Warm up", "EXITED", "GRADE_REACHED")]


class TestTriggers:
    async def test_a_download_enrolls_in_the_same_transaction(self, world: World) -> None:
        await published(world, name="Downloads", triggers=(ActivityTrigger(activities=(ActivityType.CONTENT_DOWNLOADED,)),))
        lead = await world.lead()

        payload = await world.tell(
            "recordActivity",
            {"leadId": world.id(lead), "type": "CONTENT_DOWNLOADED", "occurredAt": world.at.isoformat()},
            f"lead {{ status liveEnrollments enrollments {{ nodes {{ trigger state stepKey }} }} }} {FAILED}",
        )

        assert payload["lead"] == {
            "status": "NURTURING",
            "liveEnrollments": 1,
            "enrollments": {"nodes": [{"trigger": "ACTIVITY", "state": "ACTIVE", "stepKey": "first"}]},
        }

    async def test_a_second_download_changes_nothing(self, world: World) -> None:
        await published(world, name="Downloads", triggers=(ActivityTrigger(activities=(ActivityType.CONTENT_DOWNLOADED,)),))
        lead = await world.lead()
        for _ in range(2):
            await world.tell(
                "recordActivity", {"leadId": world.id(lead), "type": "CONTENT_DOWNLOADED", "occurredAt": world.at.isoformat()}, FAILED
            )

        assert await standing(world, lead) == [("Downloads", "ACTIVE", None)]

    async def test_a_customer_leaves_the_old_sequences_and_enters_the_new_one(self, world: World) -> None:
        won = StatusTrigger(statuses=(LeadStatus.CLOSED_WON,))
        await published(world, task("thank", None), name="Welcome", triggers=(won,))
        _, version = await published(world, name="For customers", triggers=(won,), entry=_only(LeadStatus.CLOSED_WON))
        lead = await enrolled(world)

        await change_status(world, lead, "CLOSED_WON")

        assert version.number == 1
        # "Welcome" takes open leads only.
        assert await standing(world, lead) == [("For customers", "ACTIVE", None), ("Warm up", "EXITED", "CONVERTED")]

    async def test_a_lead_from_a_source_is_enrolled_when_it_is_created(self, world: World) -> None:
        await published(world, name="Webinars", triggers=(SourceTrigger(sources=(LeadSource.WEBINAR,)),))
        from_webinar = {"contact": {"lastName": "Lima"}, "touch": {"source": "WEBINAR"}}
        selection = f"lead {{ id enrollments {{ nodes {{ trigger sequence {{ name }} }} }} }} {FAILED}"

        enrolled = await world.tell("createLead", from_webinar, selection)
        other = await world.tell("createLead", {**from_webinar, "touch": {"source": "REFERRAL"}}, selection)

        assert enrolled["lead"]["enrollments"]["nodes"] == [{"trigger": "SOURCE", "sequence": {"name": "Webinars"}}]
        assert other["lead"]["enrollments"]["nodes"] == []

    async def test_scores_and_grades_count_when_they_cross_upwards(self, world: World) -> None:
        await published(world, name="Half way", triggers=(ScoreTrigger(score=20),))
        await published(world, name="Warm", triggers=(GradeTrigger(grade=Grade.C),))
        lead = await world.lead(company="Lima")
        up = {"contact": {"title": "Director", "phones": ["+351210000001"]}, "company": {"industry": "Retail"}}

        await world.tell("updateLead", {"leadId": world.id(lead), **up}, FAILED)
        assert await standing(world, lead) == [("Half way", "ACTIVE", None)]
        await world.tell("updateLead", {"leadId": world.id(lead), "company": {"employees": 900}}, FAILED)

        assert await standing(world, lead) == [("Half way", "ACTIVE", None), ("Warm", "ACTIVE", None)]

    async def test_an_offer_sets_off_its_sequence_and_stays_an_offer(self, world: World) -> None:
        offered = StatusTrigger(statuses=(LeadStatus.PROPOSAL,))
        await published(world, name="Offers", triggers=(offered,), entry=_only(LeadStatus.PROPOSAL))
        lead = await world.lead(status=LeadStatus.QUALIFIED)

        await change_status(world, lead, "PROPOSAL")

        assert await standing(world, lead) == [("Offers", "ACTIVE", None)]
        assert (await world.ask(ENROLLMENTS, {"id": world.id(lead)}))["lead"]["status"] == "PROPOSAL"

    async def test_being_nurtured_by_one_sequence_sets_off_the_next(self, world: World) -> None:
        await published(world, name="Nurtured", triggers=(StatusTrigger(statuses=(LeadStatus.NURTURING,)),))
        lead = await enrolled(world)

        assert await standing(world, lead) == [("Nurtured", "ACTIVE", None), ("Warm up", "ACTIVE", None)]

    async def test_who_may_not_enter_is_passed_over_without_a_word(self, world: World) -> None:
        await published(world, name="New", triggers=(StatusTrigger(statuses=(LeadStatus.DISQUALIFIED,)),))
        lead = await world.lead()

        await change_status(world, lead, "DISQUALIFIED")

        assert await standing(world, lead) == []

    async def test_first_steps_that_take_no_time_are_passed_at_once(self, world: World) -> None:
        trigger = ActivityTrigger(activities=(ActivityType.WEBINAR_ATTENDED,))
        await published(world, day("only", None), name="Short", triggers=(trigger,))
        lead = await world.lead()
        rows = [{"leadId": world.id(lead), "type": "WEBINAR_ATTENDED", "occurredAt": world.at.isoformat()} for _ in range(3)]

        payload = await world.tell("recordActivities", {"rows": rows}, FAILED)

        assert payload["errors"] == []
        assert await standing(world, lead) == [("Short", "ACTIVE", None)]


def _only(status: LeadStatus) -> Any:
    return EntryConditions(statuses=(status,))


class TestCost:
    async def test_a_change_that_concerns_no_sequence_costs_one_statement(self, world: World) -> None:
        lead = await world.lead()

        with world.recorded() as statements:
            await change_status(world, lead, "CONTACTED")

        about = [sql for sql in statements if "sequence_versions" in sql or "FROM enrollments" in sql]
        assert len(about) == 1
        assert "triggers" in about[0]

    async def test_a_change_that_sets_nothing_off_costs_nothing(self, world: World) -> None:
        lead = await world.lead()

        with world.recorded() as statements:
            await world.tell("updateLead", {"leadId": world.id(lead), "notes": "Prefers mornings"}, FAILED)

        assert [sql for sql in statements if "sequence_versions" in sql or "FROM enrollments" in sql] == []

    async def test_statements_do_not_grow_with_the_leads(self, world: World) -> None:
        await published(world, name="Recycled", triggers=(StatusTrigger(statuses=(LeadStatus.RECYCLED,)),))
        other, _ = await published(world, name="Ends", exit_criteria=ExitCriteria(statuses=(LeadStatus.RECYCLED,)))
        counts: list[int] = []
        for size in (2, 20):
            leads = [world.id(await world.lead(status=LeadStatus.CONTACTED)) for _ in range(size)]
            await world.tell("enrollLeads", {"leadIds": leads, "sequenceId": world.id(other)}, FAILED)
            with world.recorded() as statements:
                payload = await world.tell(
                    "changeLeadStatuses", {"leadIds": leads, "status": "RECYCLED", "reason": "Later"}, f"rows {{ index }} {FAILED}"
                )
            assert payload["errors"] == []
            counts.append(len(statements))
        assert counts[0] == counts[1]
