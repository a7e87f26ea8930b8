"""Who is enrolled by itself, who may be enrolled, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.activities import ActivityType, ContactChannel
from domain.enrollment_rules import (
    MAX_LIVE_PER_LEAD,
    OPEN_STATUSES,
    Happenings,
    Standing,
    channels_used,
    entry_problems,
    exit_reason,
    nurtures,
    set_off,
)
from domain.enrollments import AlreadyEnrolled, CapKind, EnrollmentsCapped, ExitReason, LeadNotEnrollable, LeadSuppressed
from domain.leads import LeadSource
from domain.scoring import Grade
from domain.sequences import (
    ActivityTrigger,
    EntryConditions,
    ExitCriteria,
    GradeTrigger,
    ScoreTrigger,
    SourceTrigger,
    StatusTrigger,
    Trigger,
    TriggerKind,
)
from domain.status import LeadStatus
from tests.domain.sequence_plans import AT, call_task, task, version
from tests.worlds import blank_lead

LEAD = blank_lead(AT)
EXISTING = UUID(int=9)

DOWNLOADED = ActivityTrigger(activities=(ActivityType.CONTENT_DOWNLOADED, ActivityType.WEBINAR_ATTENDED))
RECYCLED = StatusTrigger(statuses=(LeadStatus.RECYCLED,))
FIFTY = ScoreTrigger(score=50)
GRADE_B = GradeTrigger(grade=Grade.B)
FROM_WEBINARS = SourceTrigger(sources=(LeadSource.WEBINAR,))


@pytest.mark.parametrize(
    ("trigger", "happened", "met"),
    [
        (DOWNLOADED, Happenings(activities=(ActivityType.PAGE_VIEWED, ActivityType.CONTENT_DOWNLOADED)), True),
        (DOWNLOADED, Happenings(activities=(ActivityType.PAGE_VIEWED,)), False),
        (RECYCLED, Happenings(statuses=(LeadStatus.RECYCLED,)), True),
        (RECYCLED, Happenings(statuses=(LeadStatus.NEW,)), False),
        (FIFTY, Happenings(score=(49, 50)), True),
        (FIFTY, Happenings(score=(50, 60)), False),
        (FIFTY, Happenings(score=(60, 50)), False),
        (FIFTY, Happenings(score=(70, 40)), False),
        (FIFTY, Happenings(score=(None, 50)), True),
        (FIFTY, Happenings(score=(None, 49)), False),
        (GRADE_B, Happenings(grade=(Grade.C, Grade.B)), True),
        (GRADE_B, Happenings(grade=(Grade.D, Grade.A)), True),
        (GRADE_B, Happenings(grade=(Grade.B, Grade.A)), False),
        (GRADE_B, Happenings(grade=(Grade.A, Grade.B)), False),
        (GRADE_B, Happenings(grade=(None, Grade.B)), True),
        (GRADE_B, Happenings(grade=(Grade.D, Grade.C)), False),
        (FROM_WEBINARS, Happenings(source=LeadSource.WEBINAR), True),
        (FROM_WEBINARS, Happenings(source=LeadSource.REFERRAL), False),
        (FROM_WEBINARS, Happenings(statuses=(LeadStatus.NEW,)), False),
    ],
)
def test_a_trigger_is_met_by_what_it_names_and_scores_only_upwards(trigger: Trigger, happened: Happenings, met: bool) -> None:
    assert (set_off([trigger], happened) is trigger.kind) is met


def test_the_first_trigger_that_is_met_gives_its_name() -> None:
    happened = Happenings(score=(10, 60), activities=(ActivityType.CONTENT_DOWNLOADED,))

    assert set_off([RECYCLED, FIFTY, DOWNLOADED], happened) is TriggerKind.SCORE
    assert set_off([], happened) is None


_NONE = ExitCriteria(reply=False, unsubscribe=False)


@pytest.mark.parametrize(
    ("criteria", "happened", "reason"),
    [
        # A lead that is closed leaves whatever the criteria are.
        (_NONE, Happenings(statuses=(LeadStatus.CLOSED_WON,)), ExitReason.CONVERTED),
        (_NONE, Happenings(statuses=(LeadStatus.CLOSED_LOST,)), ExitReason.LOST),
        (_NONE, Happenings(statuses=(LeadStatus.DISQUALIFIED,)), ExitReason.DISQUALIFIED),
        (_NONE, Happenings(deleted=True), ExitReason.LEAD_DELETED),
        # It passed through on its way somewhere else.
        (_NONE, Happenings(statuses=(LeadStatus.CLOSED_LOST, LeadStatus.RECYCLED)), ExitReason.LOST),
        (_NONE, Happenings(replied=True, unsubscribed=True, grade=(Grade.D, Grade.A)), None),
        (ExitCriteria(), Happenings(replied=True), ExitReason.REPLIED),
        (ExitCriteria(), Happenings(replied=True, unsubscribed=True), ExitReason.UNSUBSCRIBED),
        (ExitCriteria(), Happenings(statuses=(LeadStatus.QUALIFIED,)), None),
        (ExitCriteria(statuses=(LeadStatus.QUALIFIED,)), Happenings(statuses=(LeadStatus.QUALIFIED,)), ExitReason.STATUS_REACHED),
        (ExitCriteria(grades=(Grade.A,)), Happenings(grade=(Grade.B, Grade.A)), ExitReason.GRADE_REACHED),
        (ExitCriteria(grades=(Grade.D,)), Happenings(grade=(Grade.B, Grade.D)), ExitReason.GRADE_REACHED),
        (ExitCriteria(grades=(Grade.A,)), Happenings(grade=(Grade.C, Grade.B)), None),
    ],
)
def test_what_ends_an_enrollment(criteria: ExitCriteria, happened: Happenings, reason: ExitReason | None) -> None:
    assert exit_reason(criteria, happened) is reason


@pytest.mark.parametrize(
    ("named", "status", "moves"),
    [
        ((), LeadStatus.NEW, True),
        ((), LeadStatus.PROPOSAL, True),
        ((LeadStatus.NEW,), LeadStatus.NEW, True),
        ((LeadStatus.QUALIFIED, LeadStatus.PROPOSAL), LeadStatus.PROPOSAL, False),
        ((LeadStatus.QUALIFIED,), LeadStatus.QUALIFIED, False),
    ],
)
def test_a_sequence_for_qualified_leads_does_not_set_them_back(named: tuple[LeadStatus, ...], status: LeadStatus, moves: bool) -> None:
    assert nurtures(version(task("one", None), entry=EntryConditions(statuses=named)), status) is moves


class TestEntry:
    calls = version(call_task("call", None))

    def test_an_open_lead_that_nothing_speaks_against_is_let_in(self) -> None:
        assert entry_problems(self.calls, LEAD, Standing(), AT) == []

    def test_a_lead_that_is_in_it_is_refused_for_that_alone(self) -> None:
        lost = replace(LEAD, status=LeadStatus.CLOSED_LOST)

        (refusal,) = entry_problems(self.calls, lost, Standing(live_id=EXISTING), AT)

        assert isinstance(refusal, AlreadyEnrolled)
        assert refusal.enrollment_id == EXISTING

    def test_a_closed_lead_is_let_in_only_where_its_status_is_named(self) -> None:
        won = replace(LEAD, status=LeadStatus.CLOSED_WON)
        for_customers = version(task("thank", None), entry=EntryConditions(statuses=(LeadStatus.CLOSED_WON,)))

        (refusal,) = entry_problems(self.calls, won, Standing(), AT)

        assert isinstance(refusal, LeadNotEnrollable)
        assert (refusal.status, refusal.allowed, refusal.criterion) == (LeadStatus.CLOSED_WON, OPEN_STATUSES, None)
        assert entry_problems(for_customers, won, Standing(), AT) == []

    def test_a_lead_that_would_leave_at_once_is_not_let_in(self) -> None:
        hot = replace(LEAD, grade=Grade.A)
        for_cold = version(task("warm up", None), exit_criteria=ExitCriteria(grades=(Grade.A,)))

        (refusal,) = entry_problems(for_cold, hot, Standing(), AT)

        assert isinstance(refusal, LeadNotEnrollable)
        assert refusal.criterion is ExitReason.GRADE_REACHED

    def test_a_lead_is_suppressed_when_nothing_is_left_to_reach_it_by(self) -> None:
        silent = Standing(suppressed=frozenset({ContactChannel.PHONE, ContactChannel.EMAIL}))
        only_mail = Standing(suppressed=frozenset({ContactChannel.EMAIL}))
        inner = version(task("look up", None))

        (refusal,) = entry_problems(self.calls, LEAD, silent, AT)

        assert isinstance(refusal, LeadSuppressed)
        assert refusal.channels == ("PHONE",)
        assert entry_problems(self.calls, LEAD, only_mail, AT) == []
        assert channels_used(inner) == frozenset()
        assert entry_problems(inner, LEAD, silent, AT) == []

    @pytest.mark.parametrize(
        ("entry", "standing", "cap", "limit", "current"),
        [
            (EntryConditions(), Standing(live_of_lead=MAX_LIVE_PER_LEAD), CapKind.PER_LEAD, 10, 10),
            (EntryConditions(max_active=3), Standing(in_sequence=3), CapKind.AT_ONCE, 3, 3),
            (EntryConditions(max_per_day=2), Standing(enrolled_today=5), CapKind.PER_DAY, 2, 5),
            (EntryConditions(reentry_after_days=30), Standing(last_ended_at=AT - timedelta(days=29, hours=23)), CapKind.REENTRY, 30, 29),
        ],
    )
    def test_bounds_are_told_with_what_stands_against_them(
        self, entry: EntryConditions, standing: Standing, cap: CapKind, limit: int, current: int
    ) -> None:
        (refusal,) = entry_problems(version(task("one", None), entry=entry), LEAD, standing, AT)

        assert isinstance(refusal, EnrollmentsCapped)
        assert (refusal.cap, refusal.limit, refusal.current) == (cap, limit, current)

    def test_below_the_bounds_and_after_the_wait_it_is_let_in(self) -> None:
        entry = EntryConditions(max_active=3, max_per_day=2, reentry_after_days=30)
        standing = Standing(live_of_lead=9, in_sequence=2, enrolled_today=1, last_ended_at=AT - timedelta(days=30))

        assert entry_problems(version(task("one", None), entry=entry), LEAD, standing, AT) == []

    def test_everything_that_is_wrong_is_told_at_once(self) -> None:
        full = version(call_task("call", None), entry=EntryConditions(max_active=1, max_per_day=1))
        standing = Standing(in_sequence=1, enrolled_today=1, live_of_lead=10, suppressed=frozenset({ContactChannel.PHONE}))

        refusals = entry_problems(full, replace(LEAD, status=LeadStatus.DISQUALIFIED), standing, AT)

        assert [type(refusal).__name__ for refusal in refusals] == [
            "LeadSuppressed",
            "LeadNotEnrollable",
            "EnrollmentsCapped",
            "EnrollmentsCapped",
            "EnrollmentsCapped",
        ]
