"""Whatever happens to enrollments, the figures add up: entered = waiting + done + skipped + failed + exited, per version and step."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from domain.enrollment_progress import NotAtAStep, StepResult, advance
from domain.enrollments import Enrollment, RunningEnrollments
from domain.lead_conditions import LeadCondition
from domain.leads import Lead
from domain.refusals import Refused
from domain.sequence_steps import BranchCase, BranchStep, ExitStep, GoalStep, SplitArm, SplitStep, Step
from domain.sequences import ExitCriteria, Sequence, StatusTrigger
from domain.status import TRANSITIONS, LeadStatus
from persistence.enrollment_performance import performance_by_sequence
from persistence.enrollments import enrollment_for_update
from persistence.sequences import sequence_version_by_id
from tests.sequences import day, moved, published, published_anew, task
from tests.worlds import World
from usecases.leads.change_status import ChangeLeadStatus, change_lead_status
from usecases.leads.delete import delete_lead
from usecases.leads.editing import LeadEdits
from usecases.leads.restore import restore_lead
from usecases.sequences.admission import LeadFacts
from usecases.sequences.enroll import EnrollLead, enroll_lead
from usecases.sequences.move_enrollments import begin_moving, move_next_enrollments
from usecases.sequences.pause_enrollment import PauseEnrollment, ResumeEnrollment, pause_enrollment, resume_enrollment
from usecases.sequences.unenroll import UnenrollLead, unenroll_lead
from usecases.verbs import Work

_LIVE = text(
    "SELECT id, lead_id FROM enrollments WHERE workspace_id = :workspace_id AND sequence_id = :sequence_id AND ended_at IS NULL ORDER BY id"
)
_CONDITION = LeadCondition(statuses=(LeadStatus.NURTURING, LeadStatus.CONTACTED))


def _steps(shape: random.Random) -> tuple[Step, ...]:
    """Make up a sequence in which leads can go round; some keys come and go from version to version."""
    spare = shape.choice(("spare", "other"))
    return (
        day("wait", "fork"),
        SplitStep(key="fork", arms=(SplitArm(name="a", weight=2, next="ask"), SplitArm(name="b", weight=1, next=spare))),
        BranchStep(key="ask", cases=(BranchCase(condition=_CONDITION, next="do"),), otherwise="met"),
        task("do", shape.choice(("wait", "met"))),
        task(spare, "end") if shape.random() < 0.5 else day(spare, "wait", 2),
        GoalStep(key="met", name="Met", next=shape.choice(("end", "wait"))),
        ExitStep(key="end", reason=None),
    )


async def _advance(world: World, sequence: Sequence, result: StepResult) -> None:
    """Do what the worker will do: carry out the steps of whoever is active."""
    async with world.database.writing(world.scope) as tx:
        work = Work(tx, world.viewer(), world.at)
        rows = await tx.fetch(_LIVE, sequence_id=sequence.id)
        found = {row["id"]: row["lead_id"] for row in rows}
        edits = LeadEdits(work)
        loaded = await edits.load(found.values())
        locked = await enrollment_for_update(tx, list(found))
        versions = await sequence_version_by_id(tx, [each.sequence_version_id for each in locked.values()])
        facts = await LeadFacts.read(work, list(loaded.values()))
        for enrollment in locked.values():
            edit = loaded[enrollment.lead_id]
            try:
                progress = advance(versions[enrollment.sequence_version_id], enrollment, result, facts.of(edit), world.at)
            except NotAtAStep:
                continue
            edits.enrollments.take(edit, enrollment, progress)
        await edits.save()


class _History:
    """One workspace to which things happen at random."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.leads: list[Lead] = []
        self.sequences: list[Sequence] = []
        self.enrollments: list[Enrollment] = []
        self.done: Counter[str] = Counter()
        self.restarted: dict[UUID, bool] = {}

    async def begin(self) -> None:
        triggers = (StatusTrigger(statuses=(LeadStatus.RECYCLED,)),)
        self.leads = [
            await self.world.lead(deal_value=100, deal_currency="EUR", budget="b", authority="a", need="n", timeline="t") for _ in range(6)
        ]
        first, _ = await published(
            self.world, *_steps(self.random), name="One", exit_criteria=ExitCriteria(statuses=(LeadStatus.QUALIFIED,))
        )
        second, _ = await published(self.world, *_steps(self.random), name="Two", triggers=triggers)
        self.sequences = [first, second]

    async def happen(self) -> None:
        world, chosen = self.world, self.random
        world.at += timedelta(hours=chosen.choice((1, 7, 30)))
        lead, sequence = chosen.choice(self.leads), chosen.choice(self.sequences)
        what = chosen.choice(
            (
                "enroll",
                "enroll",
                "enroll",
                "status",
                "status",
                "pause",
                "resume",
                "unenroll",
                "work",
                "work",
                "work",
                "publish",
                "move",
                "move",
                "delete",
            )
        )
        try:
            await getattr(self, f"_{what}")(lead, sequence)
        except Refused:
            what = "refused"
        self.done[what] += 1

    async def _enroll(self, lead: Lead, sequence: Sequence) -> None:
        answer = await enroll_lead(self.world.call(), EnrollLead(lead_id=lead.id, sequence_id=sequence.id))
        self.enrollments.append(answer["enrollment"])

    async def _status(self, lead: Lead, _sequence: Sequence) -> None:
        statuses = await self.rows("SELECT status FROM leads WHERE workspace_id = :workspace_id AND id = :id", id=lead.id)
        to = self.random.choice(TRANSITIONS[LeadStatus(statuses[0]["status"])])
        await change_lead_status(self.world.call(), ChangeLeadStatus(lead_id=lead.id, status=to, reason="So it goes"))

    async def _pause(self, _lead: Lead, _sequence: Sequence) -> None:
        await pause_enrollment(self.world.call(), PauseEnrollment(enrollment_id=self.some()))

    async def _resume(self, _lead: Lead, _sequence: Sequence) -> None:
        await resume_enrollment(self.world.call(), ResumeEnrollment(enrollment_id=self.some()))

    async def _unenroll(self, _lead: Lead, _sequence: Sequence) -> None:
        await unenroll_lead(self.world.call(), UnenrollLead(enrollment_id=self.some()))

    async def _work(self, _lead: Lead, sequence: Sequence) -> None:
        await _advance(self.world, sequence, self.random.choice(list(StepResult)))

    async def _publish(self, _lead: Lead, sequence: Sequence) -> None:
        place = self.sequences.index(sequence)
        current, version = await published_anew(self.world, sequence, *_steps(self.random))
        self.sequences[place] = current
        async with self.world.database.writing(self.world.scope) as tx:
            how = self.random.choice(list(RunningEnrollments))
            moves = await begin_moving(Work(tx, self.world.viewer(), self.world.at), version, how)
        assert moves.running == moves.moved + moves.pinned
        self.restarted[version.id] = how is RunningEnrollments.RESTART

    async def _move(self, _lead: Lead, _sequence: Sequence) -> None:
        await move_next_enrollments(self.world.call(), self.random.choice((1, 2)))

    async def _delete(self, lead: Lead, _sequence: Sequence) -> None:
        await delete_lead(self.world.call(), lead.id, None)
        await restore_lead(self.world.call(), lead.id, None)

    def some(self) -> Any:
        if not self.enrollments:
            raise Refused([])
        return self.random.choice(self.enrollments).id

    async def rows(self, sql: str, **parameters: Any) -> list[Any]:
        async with self.world.database.reading(self.world.scope) as db:
            return list(await db.fetch(text(sql), **parameters))

    async def check_moves(self) -> None:
        """Check that everybody goes over to later versions only, to each once, and that a finished restart left nobody behind."""
        versions = await self.rows("SELECT id, number, sequence_id FROM sequence_versions WHERE workspace_id = :workspace_id")
        numbers = {str(row["id"]): row["number"] for row in versions}
        seen: dict[str, int] = {}
        for row in await self.rows(
            "SELECT changes FROM events WHERE workspace_id = :workspace_id AND type = 'ENROLLMENT_MOVED' ORDER BY lead_id, sequence"
        ):
            before, after = (numbers[id] for id in row["changes"]["sequence_version_id"])
            assert seen.get(row["changes"]["enrollment_id"], 0) <= before < after
            seen[row["changes"]["enrollment_id"]] = after
        behind = await self.rows(
            "SELECT run.sequence_version_id AS id FROM enrollment_runs AS run JOIN enrollments USING (workspace_id, sequence_id) "
            "JOIN sequence_versions AS version ON version.workspace_id = run.workspace_id AND version.id = enrollments.sequence_version_id "
            "WHERE run.workspace_id = :workspace_id AND run.finished_at IS NOT NULL AND ended_at IS NULL AND version.number < run.number"
        )
        assert [row["id"] for row in behind if self.restarted[row["id"]]] == []

    async def check(self) -> None:
        async with self.world.database.reading(self.world.scope) as db:
            found = await performance_by_sequence(db, [sequence.id for sequence in self.sequences])
        waiting = await self.rows(
            "SELECT sequence_version_id, step_key, count(*) FROM enrollments WHERE workspace_id = :workspace_id AND ended_at IS NULL "
            "GROUP BY 1, 2"
        )
        live = {(row["sequence_version_id"], row["step_key"]): row["count"] for row in waiting}
        for version in (version for versions in found.values() for version in versions):
            for step in version.steps:
                assert step.entered == step.waiting + step.done + step.skipped + step.failed + step.exited, step
                assert step.waiting == live.pop((version.sequence_version_id, step.step_key), 0), step
            assert version.enrolled == version.active + version.paused + version.completed + version.exited + version.moved, version
            assert version.converted <= version.enrolled - version.moved
        assert live == {}
        wrong = await self.rows(
            "SELECT id FROM leads WHERE workspace_id = :workspace_id AND live_enrollments <> (SELECT count(*) FROM enrollments "
            "WHERE enrollments.workspace_id = leads.workspace_id AND lead_id = leads.id AND ended_at IS NULL)"
        )
        assert wrong == []
        closed = await self.rows(
            "SELECT leads.id FROM leads JOIN enrollments USING (workspace_id) WHERE workspace_id = :workspace_id AND lead_id = leads.id "
            "AND ended_at IS NULL AND status IN ('CLOSED_WON', 'CLOSED_LOST', 'DISQUALIFIED')"
        )
        assert closed == [], "a closed lead is still in a sequence"


@pytest.mark.parametrize("seed", range(6))
async def test_after_any_history_every_step_adds_up(world: World, seed: int) -> None:
    history = _History(world, seed)
    await history.begin()
    for _ in range(60):
        await history.happen()
        await history.check()
        await history.check_moves()
    await moved(world)
    await history.check()
    await history.check_moves()
    assert await history.rows("SELECT 1 FROM enrollment_runs WHERE workspace_id = :workspace_id AND done <> total") == []
    assert history.done["enroll"] >= 5
    assert history.done["work"] >= 5
