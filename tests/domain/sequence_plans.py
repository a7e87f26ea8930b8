"""Short ways to write sequences down in tests."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid4

from domain.activities import ActivityType
from domain.enrollments import Enrollment, EnrollmentState
from domain.lead_conditions import LeadCondition
from domain.sequence_steps import (
    AiCallStep,
    AwaitedEvent,
    BranchCase,
    BranchStep,
    CallTaskStep,
    ExitStep,
    GoalStep,
    SplitArm,
    SplitStep,
    Step,
    TaskStep,
    WaitForEventStep,
    WaitStep,
    WaitUntilStep,
    WebhookStep,
)
from domain.sequences import SequencePlan, SequenceVersion
from domain.weekdays import Weekday

AT = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
SEQUENCE = UUID(int=7)
HOUR, DAY = 60, 24 * 60


def version(*steps: Step, number: int = 1, **plan: Any) -> SequenceVersion:
    """Publish steps as a version of the one sequence that there is."""
    return SequenceVersion(
        id=UUID(int=100 + number),
        sequence_id=SEQUENCE,
        number=number,
        plan=SequencePlan(steps=steps, **plan),
        published_at=AT,
        published_by_kind="SYSTEM",
        published_by_id=None,
    )


def enrolled(at: datetime = AT, **fields: Any) -> Enrollment:
    """Make an enrollment that has not entered a step yet."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "version": 0,
        "lead_id": UUID(int=1),
        "sequence_id": SEQUENCE,
        "sequence_version_id": UUID(int=101),
        "state": EnrollmentState.ACTIVE,
        "step_key": None,
        "step_entered_at": None,
        "due_at": None,
        "enrolled_at": at,
        "enrolled_by_kind": "SYSTEM",
        "enrolled_by_id": None,
        "trigger": None,
        "paused_at": None,
        "paused_until": None,
        "ended_at": None,
        "exit_reason": None,
        "updated_at": at,
    }
    return Enrollment(**{**values, **fields})


def wait(key: str, minutes: int, next: str | None) -> WaitStep:
    return WaitStep(key=key, minutes=minutes, next=next)


def until(key: str, local: str, next: str | None, weekdays: tuple[Weekday, ...] = tuple(Weekday)) -> WaitUntilStep:
    return WaitUntilStep(key=key, local_time=time.fromisoformat(local), weekdays=weekdays, next=next)


def await_download(key: str, timeout: int, next: str | None, timeout_next: str | None) -> WaitForEventStep:
    event = AwaitedEvent(activity=ActivityType.CONTENT_DOWNLOADED)
    return WaitForEventStep(key=key, event=event, timeout_minutes=timeout, next=next, timeout_next=timeout_next)


def task(key: str, next: str | None) -> TaskStep:
    return TaskStep(key=key, title="Look it up", instructions=None, due_minutes=DAY, next=next)


def call_task(key: str, next: str | None) -> CallTaskStep:
    return CallTaskStep(key=key, title="Call", instructions=None, due_minutes=DAY, next=next)


def ai_call(key: str, next: str | None) -> AiCallStep:
    return AiCallStep(key=key, objective="Book a meeting", script=None, max_attempts=3, purpose=None, next=next)


def webhook(key: str, next: str | None) -> WebhookStep:
    return WebhookStep(key=key, url="https://hooks.example/lead", next=next)


def branch(key: str, condition: LeadCondition, yes: str | None, no: str | None) -> BranchStep:
    return BranchStep(key=key, cases=(BranchCase(condition=condition, next=yes),), otherwise=no)


def split(key: str, *arms: tuple[str, int, str | None]) -> SplitStep:
    return SplitStep(key=key, arms=tuple(SplitArm(name=name, weight=weight, next=next) for name, weight, next in arms))


def goal(key: str, next: str | None) -> GoalStep:
    return GoalStep(key=key, name="Meeting", next=next)


def leave(key: str = "end") -> ExitStep:
    return ExitStep(key=key, reason=None)
