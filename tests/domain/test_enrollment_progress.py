"""How an enrollment goes from step to step: every kind of step, pauses, and new versions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from domain.enrollment_progress import (
    NotAtAStep,
    Progress,
    StepFacts,
    StepResult,
    advance,
    begin,
    chosen_arm,
    paused,
    remapped,
    restarted,
    resumed,
)
from domain.enrollments import EnrollmentState, StepOutcome
from domain.lead_conditions import LeadCondition
from domain.scoring import Grade
from domain.weekdays import WORKING_DAYS
from tests.domain.sequence_plans import (
    AT,
    DAY,
    HOUR,
    SEQUENCE,
    ai_call,
    await_download,
    branch,
    call_task,
    enrolled,
    goal,
    leave,
    split,
    task,
    until,
    version,
    wait,
    webhook,
)
from tests.worlds import blank_lead

FACTS = StepFacts(lead=blank_lead(AT), tags=(), place=ZoneInfo("Europe/Lisbon"))


def walked(progress: Progress) -> list[tuple[str, str]]:
    return [(passage.step_key, passage.outcome.value) for passage in progress.passages]


def standing(progress: Progress) -> tuple[str, str | None, datetime | None]:
    enrollment = progress.enrollment
    return enrollment.state.value, enrollment.step_key, enrollment.due_at


@pytest.mark.parametrize(
    ("step", "due_at"),
    [
        (call_task("s", None), AT),
        (task("s", None), AT),
        (ai_call("s", None), AT),
        (webhook("s", None), AT),
        (wait("s", 3 * DAY, None), AT + timedelta(days=3)),
        (await_download("s", 2 * HOUR, None, None), AT + timedelta(hours=2)),
        # 12:00 UTC is 13:00 in Lisbon in summer: the next nine o'clock is tomorrow's, at 08:00 UTC.
        (until("s", "09:00", None), datetime(2026, 7, 1, 8, tzinfo=UTC)),
        (until("s", "13:00", None), datetime(2026, 7, 1, 12, tzinfo=UTC)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_step_that_takes_time_is_waited_at(step: object, due_at: datetime) -> None:
    progress = begin(version(step), enrolled(), FACTS, AT)  # pyright: ignore[reportArgumentType] -- any step

    assert standing(progress) == ("ACTIVE", "s", due_at)
    assert walked(progress) == [("s", "WAITING")]
    assert progress.left is None


@pytest.mark.parametrize(
    ("result", "left"),
    [
        (StepResult.DONE, StepOutcome.DONE),
        (StepResult.SKIPPED, StepOutcome.SKIPPED),
        (StepResult.FAILED, StepOutcome.FAILED),
    ],
)
def test_a_step_is_left_for_the_next_one_whatever_became_of_it(result: StepResult, left: StepOutcome) -> None:
    steps = version(task("first", "second"), wait("second", HOUR, "end"), leave())
    before = begin(steps, enrolled(), FACTS, AT).enrollment
    later = AT + timedelta(hours=5)

    progress = advance(steps, before, result, FACTS, later)

    assert progress.left is left
    assert standing(progress) == ("ACTIVE", "second", later + timedelta(hours=1))
    assert progress.enrollment.step_entered_at == later
    assert progress.enrollment.version == before.version + 1


def test_an_exit_completes_and_so_does_a_way_that_leads_nowhere() -> None:
    for end in (leave(), goal("end", None)):
        steps = version(task("first", "end"), end)
        progress = advance(steps, begin(steps, enrolled(), FACTS, AT).enrollment, StepResult.DONE, FACTS, AT)

        assert standing(progress) == ("COMPLETED", None, None)
        assert walked(progress) == [("end", "DONE")]
        assert progress.enrollment.ended_at == AT
        assert progress.enrollment.exit_reason is None


def test_a_branch_goes_the_way_of_the_first_case_that_holds() -> None:
    steps = version(
        branch("hot", LeadCondition(grades=(Grade.A, Grade.B)), "call", "tagged"),
        branch("tagged", LeadCondition(tags_any=("Champion",)), "call", "slow"),
        call_task("call", None),
        wait("slow", DAY, None),
    )

    def way(facts: StepFacts) -> list[tuple[str, str]]:
        return walked(begin(steps, enrolled(), facts, AT))

    assert way(FACTS) == [("hot", "DONE"), ("tagged", "DONE"), ("slow", "WAITING")]
    assert way(replace(FACTS, lead=replace(FACTS.lead, grade=Grade.B))) == [("hot", "DONE"), ("call", "WAITING")]
    assert way(replace(FACTS, tags=("champion",))) == [("hot", "DONE"), ("tagged", "DONE"), ("call", "WAITING")]


def test_a_goal_is_noted_on_the_way() -> None:
    steps = version(goal("met", "thanks"), task("thanks", None))

    assert walked(begin(steps, enrolled(), FACTS, AT)) == [("met", "DONE"), ("thanks", "WAITING")]


def test_an_event_in_time_goes_one_way_and_a_time_out_the_other() -> None:
    steps = version(await_download("wait", DAY, "call", "mail"), call_task("call", None), task("mail", None))
    before = begin(steps, enrolled(), FACTS, AT).enrollment

    in_time = advance(steps, before, StepResult.DONE, FACTS, AT + timedelta(hours=3))
    too_late = advance(steps, before, StepResult.TIMED_OUT, FACTS, AT + timedelta(days=1))

    assert (in_time.left, in_time.enrollment.step_key) == (StepOutcome.DONE, "call")
    assert (too_late.left, too_late.enrollment.step_key) == (StepOutcome.DONE, "mail")


def test_a_split_sends_a_lead_the_same_way_in_every_version_and_keeps_the_weights() -> None:
    fork = split("fork", ("a", 70, "x"), ("b", 30, "y"))
    leads = [UUID(int=number) for number in range(1, 5_001)]

    ways = Counter(chosen_arm(fork, SEQUENCE, lead).name for lead in leads)

    assert [chosen_arm(fork, SEQUENCE, lead).name for lead in leads] == [chosen_arm(fork, SEQUENCE, lead).name for lead in leads]
    assert 3_400 < ways["a"] < 3_600
    # Another sequence, or another split of the same one, decides anew.
    other = [chosen_arm(fork, uuid4(), lead).name == chosen_arm(fork, SEQUENCE, lead).name for lead in leads]
    assert 0.45 < sum(other) / len(leads) < 0.7
    assert {chosen_arm(split("fork", ("a", 1, "x")), SEQUENCE, lead).name for lead in leads[:20]} == {"a"}


def test_a_lead_that_comes_back_at_nine_sharp_waits_for_the_next_nine() -> None:
    steps = version(until("nine", "09:00", "again", WORKING_DAYS), goal("again", "nine"))
    friday = datetime(2026, 7, 3, 8, 0, tzinfo=UTC)
    before = begin(steps, enrolled(), FACTS, friday - timedelta(hours=1)).enrollment
    assert before.due_at == friday

    after = advance(steps, before, StepResult.DONE, FACTS, friday).enrollment

    # Monday, because the weekdays are those of the lead's zone.
    assert after.due_at == datetime(2026, 7, 6, 8, 0, tzinfo=UTC)


def test_a_cycle_without_a_wait_is_noticed() -> None:
    steps = version(goal("one", "two"), goal("two", "one"))

    with pytest.raises(ValueError, match="cycle"):
        begin(steps, enrolled(), FACTS, AT)


def test_nothing_goes_on_that_has_ended_is_paused_or_is_on_another_version() -> None:
    steps = version(task("first", None))
    active = begin(steps, enrolled(), FACTS, AT).enrollment
    done = advance(steps, active, StepResult.DONE, FACTS, AT).enrollment

    for stopped in (done, paused(active, None, AT), replace(active, sequence_version_id=UUID(int=999))):
        with pytest.raises(NotAtAStep):
            advance(steps, stopped, StepResult.DONE, FACTS, AT)


class TestPauses:
    def test_what_was_left_of_a_wait_is_still_waited_for(self) -> None:
        steps = version(wait("three days", 3 * DAY, None))
        active = begin(steps, enrolled(), FACTS, AT).enrollment
        stopped = paused(active, None, AT + timedelta(days=1))

        going = resumed(steps, stopped, FACTS, AT + timedelta(days=11))

        assert stopped.state is EnrollmentState.PAUSED
        assert going.due_at == AT + timedelta(days=13)
        assert (going.state, going.paused_at, going.paused_until) == (EnrollmentState.ACTIVE, None, None)

    def test_pausing_again_moves_the_end_and_not_the_beginning(self) -> None:
        steps = version(wait("three days", 3 * DAY, None))
        once = paused(begin(steps, enrolled(), FACTS, AT).enrollment, AT + timedelta(days=5), AT + timedelta(days=1))

        twice = paused(once, AT + timedelta(days=9), AT + timedelta(days=4))

        assert (twice.paused_at, twice.paused_until) == (AT + timedelta(days=1), AT + timedelta(days=9))

    def test_a_time_on_the_clock_that_passed_meanwhile_is_the_next_one(self) -> None:
        steps = version(until("nine", "09:00", None))
        active = begin(steps, enrolled(), FACTS, AT).enrollment

        early = resumed(steps, paused(active, None, AT), FACTS, AT + timedelta(hours=1))
        late = resumed(steps, paused(active, None, AT), FACTS, AT + timedelta(days=4))

        assert early.due_at == active.due_at == datetime(2026, 7, 1, 8, tzinfo=UTC)
        assert late.due_at == datetime(2026, 7, 5, 8, tzinfo=UTC)

    def test_what_was_due_at_once_is_due_at_once(self) -> None:
        steps = version(task("first", None))
        active = begin(steps, enrolled(), FACTS, AT).enrollment

        assert resumed(steps, paused(active, None, AT), FACTS, AT + timedelta(days=4)).due_at == AT


class TestNewVersions:
    old = version(wait("first", 3 * DAY, "second"), task("second", None))

    def test_a_step_of_the_same_key_is_where_it_goes_on_and_a_longer_wait_counts_from_its_beginning(self) -> None:
        new = version(wait("first", 5 * DAY, "second"), task("second", None), number=2)
        before = begin(self.old, enrolled(), FACTS, AT).enrollment

        progress = remapped(self.old, new, before, FACTS, AT + timedelta(days=1))

        assert progress is not None
        assert progress.enrollment.sequence_version_id == new.id
        assert standing(progress) == ("ACTIVE", "first", AT + timedelta(days=5))
        assert (progress.left, walked(progress)) == (StepOutcome.EXITED, [("first", "WAITING")])

    def test_a_shorter_wait_that_would_be_over_is_over_now(self) -> None:
        new = version(wait("first", HOUR, "second"), task("second", None), number=2)
        before = begin(self.old, enrolled(), FACTS, AT).enrollment

        progress = remapped(self.old, new, before, FACTS, AT + timedelta(days=1))

        assert progress is not None
        assert progress.enrollment.due_at == AT + timedelta(days=1)

    def test_a_pause_stays_a_pause(self) -> None:
        new = version(wait("first", 3 * DAY, None), number=2)
        before = paused(begin(self.old, enrolled(), FACTS, AT).enrollment, None, AT)

        progress = remapped(self.old, new, before, FACTS, AT + timedelta(days=1))

        assert progress is not None
        assert progress.enrollment.state is EnrollmentState.PAUSED

    def test_without_its_step_or_with_another_kind_of_step_there_is_nowhere_to_go(self) -> None:
        before = begin(self.old, enrolled(), FACTS, AT).enrollment

        assert remapped(self.old, version(task("other", None), number=2), before, FACTS, AT) is None
        assert remapped(self.old, version(task("first", None), number=2), before, FACTS, AT) is None

    def test_beginning_again_forgets_where_it_was(self) -> None:
        new = version(goal("welcome", "look"), task("look", None), number=2)
        before = paused(begin(self.old, enrolled(), FACTS, AT).enrollment, None, AT)

        progress = restarted(new, before, FACTS, AT + timedelta(days=1))

        assert standing(progress) == ("ACTIVE", "look", AT + timedelta(days=1))
        assert walked(progress) == [("welcome", "DONE"), ("look", "WAITING")]
        assert progress.left is StepOutcome.EXITED
        assert progress.enrollment.enrolled_at == AT

    def test_a_pause_that_is_younger_than_the_publication_outlives_the_beginning_again(self) -> None:
        new = version(wait("first", 3 * DAY, None), number=2)
        hour, day = timedelta(hours=1), timedelta(days=1)
        until = AT + 9 * day
        before = paused(begin(self.old, enrolled(at=AT - day), FACTS, AT - day).enrollment, until, AT + hour)

        progress = restarted(new, before, FACTS, AT + 2 * hour)
        going = resumed(new, progress.enrollment, FACTS, AT + 7 * day)

        assert standing(progress) == ("PAUSED", "first", AT + 2 * hour + 3 * day)
        assert (progress.enrollment.paused_at, progress.enrollment.paused_until) == (AT + 2 * hour, until)
        # All three days are still to be waited for.
        assert going.due_at == AT + 10 * day
