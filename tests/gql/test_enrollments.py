"""Enrollments under way: pauses, leaving, publications, and the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.lead_conditions import LeadCondition
from domain.leads import Lead
from domain.sequence_steps import BranchCase, BranchStep, ExitStep, GoalStep
from domain.sequences import Sequence
from domain.status import LeadStatus
from tests.sequences import day, moved, published, task
from tests.worlds import World

FAILED = "errors { __typename ... on UserError { code message path } }"
ONE = f"enrollment {{ id version state stepKey dueAt pausedAt pausedUntil exitReason endedAt }} {FAILED}"


async def enroll(world: World, lead: Lead, sequence: Sequence) -> str:
    payload = await world.tell("enrollLead", {"leadId": world.id(lead), "sequenceId": world.id(sequence)}, ONE)
    assert payload["errors"] == []
    return payload["enrollment"]["id"]


class TestPauses:
    async def test_a_pause_stops_the_clock(self, world: World) -> None:
        sequence, _ = await published(world, day("wait", None, days=3))
        id = await enroll(world, await world.lead(), sequence)
        world.at += timedelta(days=1)

        paused = (await world.tell("pauseEnrollment", {"enrollmentId": id, "until": "2026-08-01T00:00:00Z"}, ONE))["enrollment"]
        world.at += timedelta(days=10)
        resumed = (await world.tell("resumeEnrollment", {"enrollmentId": id, "expectedVersion": 2}, ONE))["enrollment"]

        assert (paused["state"], paused["pausedAt"], paused["pausedUntil"]) == ("PAUSED", "2026-07-01T12:00:00Z", "2026-08-01T00:00:00Z")
        assert (resumed["state"], resumed["version"], resumed["dueAt"]) == ("ACTIVE", 3, "2026-07-13T12:00:00Z")
        assert resumed["pausedAt"] is None

    async def test_what_is_so_already_is_left_alone(self, world: World) -> None:
        sequence, _ = await published(world)
        id = await enroll(world, await world.lead(), sequence)

        active = await world.tell("resumeEnrollment", {"enrollmentId": id}, ONE)
        await world.tell("pauseEnrollment", {"enrollmentId": id}, ONE)
        paused = await world.tell("pauseEnrollment", {"enrollmentId": id}, ONE)

        assert (active["enrollment"]["state"], active["enrollment"]["version"]) == ("ACTIVE", 1)
        assert (paused["enrollment"]["state"], paused["enrollment"]["version"]) == ("PAUSED", 2)

    async def test_a_pause_ends_within_a_year_and_not_in_the_past(self, world: World) -> None:
        sequence, _ = await published(world)
        id = await enroll(world, await world.lead(), sequence)

        for until in ("2026-06-30T12:00:00Z", "2027-07-01T12:00:00Z"):
            payload = await world.tell("pauseEnrollment", {"enrollmentId": id, "until": until}, ONE)
            assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION_FAILED", ["input", "until"])]

    async def test_nothing_can_be_done_to_what_has_ended_or_changed_meanwhile(self, world: World) -> None:
        sequence, _ = await published(world)
        lead = await world.lead()
        id = await enroll(world, lead, sequence)
        changed = await world.tell("unenrollLead", {"enrollmentId": id, "expectedVersion": 9}, ONE)
        left = await world.tell("unenrollLead", {"enrollmentId": id, "reason": "Asked for a break"}, ONE)
        codes: list[str] = []
        for mutation in ("unenrollLead", "pauseEnrollment", "resumeEnrollment"):
            payload = await world.tell(mutation, {"enrollmentId": id}, ONE)
            codes += [error["code"] for error in payload["errors"]]

        assert [error["code"] for error in changed["errors"]] == ["VERSION_CONFLICT"]
        assert (left["enrollment"]["state"], left["enrollment"]["endedAt"]) == ("EXITED", "2026-06-30T12:00:00Z")
        assert codes == ["ENROLLMENT_ENDED"] * 3
        timeline = await world.ask(
            "query ($id: ID!) { lead(id: $id) { timeline(types: [ENROLLMENT_CHANGE]) { nodes { "
            "... on EnrollmentChange { kind exitReason reason enrollment { id } } } } } }",
            {"id": world.id(lead)},
        )
        assert timeline["lead"]["timeline"]["nodes"] == [
            {"kind": "EXITED", "exitReason": "UNENROLLED", "reason": "Asked for a break", "enrollment": {"id": id}},
            {"kind": "ENROLLED", "exitReason": None, "reason": None, "enrollment": {"id": id}},
        ]


MOVES = "running moved pinned withoutStep steps { stepKey enrollments stays }"


async def with_draft(world: World, sequence: Sequence, steps: list[dict[str, Any]]) -> None:
    payload = await world.tell("updateSequence", {"sequenceId": world.id(sequence), "steps": steps}, FAILED)
    assert payload["errors"] == []


class TestPublications:
    """Two leads wait at `first`, one at `second`, which the draft does not have."""

    async def begun(self, world: World) -> tuple[Sequence, list[str]]:
        condition = LeadCondition(countries=("PT",))
        sequence, _ = await published(
            world,
            BranchStep(key="where", cases=(BranchCase(condition=condition, next="second"),), otherwise="first"),
            day("first", "end", 2),
            day("second", "end"),
            ExitStep(key="end", reason=None),
        )
        leads = [await world.lead(), await world.lead(), await world.lead(country="PT")]
        ids = [await enroll(world, lead, sequence) for lead in leads]
        await with_draft(
            world,
            sequence,
            [
                {"wait": {"key": "first", "minutes": 7 * 24 * 60, "next": "new"}},
                {"task": {"key": "new", "title": "Call again", "dueMinutes": 60, "next": "end"}},
                {"exit": {"key": "end"}},
            ],
        )
        return sequence, ids

    async def publish(self, world: World, sequence: Sequence, how: str) -> dict[str, Any]:
        preview = await world.ask(
            f"query ($id: ID!) {{ sequencePublishPreview(sequenceId: $id, runningEnrollments: {how}) {{ {MOVES} }} }}",
            {"id": world.id(sequence)},
        )
        world.at += timedelta(days=1)
        payload = await world.tell(
            "publishSequence",
            {"sequenceId": world.id(sequence), "runningEnrollments": how, "idempotencyKey": how},
            f"enrollments {{ {MOVES} }} {FAILED}",
        )
        assert payload["errors"] == []
        assert payload["enrollments"] == preview["sequencePublishPreview"]
        await moved(world)
        return payload["enrollments"]

    async def standing(self, world: World, ids: list[str]) -> list[tuple[int, str, str]]:
        query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Enrollment { stepKey dueAt sequenceVersion { number } } } }"
        nodes = (await world.ask(query, {"ids": ids}))["nodes"]
        return [(node["sequenceVersion"]["number"], node["stepKey"], node["dueAt"]) for node in nodes]

    async def test_pinned_they_finish_as_they_began(self, world: World) -> None:
        sequence, ids = await self.begun(world)

        moves = await self.publish(world, sequence, "PIN")

        assert (moves["running"], moves["moved"], moves["pinned"], moves["withoutStep"]) == (3, 0, 3, 0)
        assert await self.standing(world, ids) == [
            (1, "first", "2026-07-02T12:00:00Z"),
            (1, "first", "2026-07-02T12:00:00Z"),
            (1, "second", "2026-07-01T12:00:00Z"),
        ]

    async def test_remapped_they_go_on_at_the_same_step_where_there_is_one(self, world: World) -> None:
        sequence, ids = await self.begun(world)

        moves = await self.publish(world, sequence, "REMAP")

        assert moves == {
            "running": 3,
            "moved": 2,
            "pinned": 1,
            "withoutStep": 1,
            "steps": [{"stepKey": "first", "enrollments": 2, "stays": True}, {"stepKey": "second", "enrollments": 1, "stays": False}],
        }
        # Seven days from when the wait began, not from the publication.
        assert await self.standing(world, ids) == [
            (2, "first", "2026-07-07T12:00:00Z"),
            (2, "first", "2026-07-07T12:00:00Z"),
            (1, "second", "2026-07-01T12:00:00Z"),
        ]

    async def test_restarted_all_begin_again(self, world: World) -> None:
        sequence, ids = await self.begun(world)

        moves = await self.publish(world, sequence, "RESTART")

        assert (moves["moved"], moves["pinned"]) == (3, 0)
        assert await self.standing(world, ids) == [(2, "first", "2026-07-08T12:00:00Z")] * 3

    async def test_the_figures_follow_those_who_moved(self, world: World) -> None:
        sequence, _ = await self.begun(world)
        await self.publish(world, sequence, "REMAP")

        data = await world.ask(
            """query ($id: ID!) { sequence(id: $id) {
                enrollments(states: [ACTIVE]) { totalCount }
                performance {
                    sequenceVersion { number } enrolled active moved exited
                    steps { stepKey entered waiting done skipped failed exited }
                }
            } }""",
            {"id": world.id(sequence)},
        )

        second, first = data["sequence"]["performance"]
        assert data["sequence"]["enrollments"] == {"totalCount": 3}
        assert (second["sequenceVersion"]["number"], second["enrolled"], second["active"], second["moved"]) == (2, 2, 2, 0)
        assert (first["sequenceVersion"]["number"], first["enrolled"], first["active"], first["moved"]) == (1, 3, 1, 2)
        assert [tuple(step.values()) for step in first["steps"]] == [
            ("where", 3, 0, 3, 0, 0, 0),
            ("first", 2, 0, 0, 0, 0, 2),
            ("second", 1, 1, 0, 0, 0, 0),
            ("end", 0, 0, 0, 0, 0, 0),
        ]
        assert [tuple(step.values()) for step in second["steps"]] == [
            ("first", 2, 2, 0, 0, 0, 0),
            ("new", 0, 0, 0, 0, 0, 0),
            ("end", 0, 0, 0, 0, 0, 0),
        ]


async def test_rates_come_with_what_they_are_a_share_of(world: World) -> None:
    short, _ = await published(world, GoalStep(key="met", name="Met", next=None), name="Short")
    long, _ = await published(world, task("look", None), name="Long")
    quick = [await world.lead(), await world.lead()]
    slow = [await world.lead(status=LeadStatus.NEGOTIATION, deal_value=10, deal_currency="EUR") for _ in range(4)]
    for lead in quick:
        await enroll(world, lead, short)
    for lead in slow:
        await enroll(world, lead, long)
    world.at += timedelta(days=1)
    for lead, status in ((slow[0], "CLOSED_WON"), (slow[1], "CLOSED_LOST")):
        input = {"leadId": world.id(lead), "status": status, "reason": "So be it", "force": True}
        assert (await world.tell("changeLeadStatus", input, FAILED))["errors"] == []

    rates = "completed exited completion { count denominator rate } conversion { count denominator rate }"
    data = await world.ask(
        f"query ($short: ID!, $long: ID!) {{ short: sequence(id: $short) {{ published {{ performance {{ {rates} }} }} }} "
        f"long: sequence(id: $long) {{ published {{ performance {{ {rates} }} }} }} }}",
        {"short": world.id(short), "long": world.id(long)},
    )

    assert data["short"]["published"]["performance"] == {
        "completed": 2,
        "exited": 0,
        "completion": {"count": 2, "denominator": 2, "rate": 1.0},
        "conversion": {"count": 0, "denominator": 2, "rate": 0.0},
    }
    assert data["long"]["published"]["performance"] == {
        "completed": 0,
        "exited": 2,
        "completion": {"count": 0, "denominator": 2, "rate": 0.0},
        "conversion": {"count": 1, "denominator": 4, "rate": 0.25},
    }
