"""The steps of a sequence: what each does, and where it goes on (rules §6).

Steps form a graph by their keys. A key stays with its step from version to version, so that whoever waits there is found again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Literal, TypeAlias
from uuid import UUID

from domain.activities import ActivityType, ContactOutcome
from domain.consent_purposes import ConsentPurpose
from domain.lead_conditions import LeadCondition
from domain.status import LeadStatus
from domain.weekdays import Weekday


class StepKind(StrEnum):
    """What a step does."""

    SEND = "SEND"
    CALL_TASK = "CALL_TASK"
    AI_CALL = "AI_CALL"
    TASK = "TASK"
    WAIT = "WAIT"
    WAIT_UNTIL = "WAIT_UNTIL"
    WAIT_FOR_EVENT = "WAIT_FOR_EVENT"
    BRANCH = "BRANCH"
    SPLIT = "SPLIT"
    WEBHOOK = "WEBHOOK"
    GOAL = "GOAL"
    EXIT = "EXIT"


class MessageChannel(StrEnum):
    """A channel on which messages are sent."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    SOCIAL = "SOCIAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendStep:
    """Send a message. `template_version_id` is filled when the sequence is published: from then on the words do not change."""

    kind: Literal[StepKind.SEND] = StepKind.SEND
    key: str
    channel: MessageChannel
    template_id: UUID
    template_version_id: UUID | None = None
    purpose: ConsentPurpose | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTaskStep:
    """Ask the lead's owner to call. `due_minutes` counts from when the step is entered."""

    kind: Literal[StepKind.CALL_TASK] = StepKind.CALL_TASK
    key: str
    title: str
    instructions: str | None
    due_minutes: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AiCallStep:
    """Ask for a call by a voice agent, with what it is to achieve. At most `max_attempts` tries, 1–10."""

    kind: Literal[StepKind.AI_CALL] = StepKind.AI_CALL
    key: str
    objective: str
    script: str | None
    max_attempts: int
    purpose: ConsentPurpose | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStep:
    """Give the lead's owner something to do that is no call."""

    kind: Literal[StepKind.TASK] = StepKind.TASK
    key: str
    title: str
    instructions: str | None
    due_minutes: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStep:
    """Wait for a duration."""

    kind: Literal[StepKind.WAIT] = StepKind.WAIT
    key: str
    minutes: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitUntilStep:
    """Wait until the clocks in the lead's zone show a time, on one of the weekdays."""

    kind: Literal[StepKind.WAIT_UNTIL] = StepKind.WAIT_UNTIL
    key: str
    local_time: time
    weekdays: tuple[Weekday, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedEvent:
    """What is waited for: exactly one of an activity, the outcome of a contact, a status that the lead gets."""

    activity: ActivityType | None = None
    outcome: ContactOutcome | None = None
    status: LeadStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitForEventStep:
    """Wait for something to happen after the step is entered: one way out if it does in time, another if it does not."""

    kind: Literal[StepKind.WAIT_FOR_EVENT] = StepKind.WAIT_FOR_EVENT
    key: str
    event: AwaitedEvent
    timeout_minutes: int
    next: str | None
    timeout_next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchCase:
    """One way out of a branch, and for whom."""

    condition: LeadCondition
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchStep:
    """Go the way of the first case that holds for the lead, else `otherwise`."""

    kind: Literal[StepKind.BRANCH] = StepKind.BRANCH
    key: str
    cases: tuple[BranchCase, ...]
    otherwise: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitArm:
    """One way out of a random split; of all leads it gets its weight's share."""

    name: str
    weight: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitStep:
    """Go one of several ways at random, the same lead always the same one."""

    kind: Literal[StepKind.SPLIT] = StepKind.SPLIT
    key: str
    arms: tuple[SplitArm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookStep:
    """Tell another system, by an HTTPS request, that the lead has come here."""

    kind: Literal[StepKind.WEBHOOK] = StepKind.WEBHOOK
    key: str
    url: str
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStep:
    """Note that the lead reached what the sequence is for, and go on."""

    kind: Literal[StepKind.GOAL] = StepKind.GOAL
    key: str
    name: str
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitStep:
    """End the enrollment."""

    kind: Literal[StepKind.EXIT] = StepKind.EXIT
    key: str
    reason: str | None


Step: TypeAlias = (
    SendStep
    | CallTaskStep
    | AiCallStep
    | TaskStep
    | WaitStep
    | WaitUntilStep
    | WaitForEventStep
    | BranchStep
    | SplitStep
    | WebhookStep
    | GoalStep
    | ExitStep
)

# A lead that comes to one of these stays there for a while.
WAITING_STEPS = (WaitStep, WaitUntilStep, WaitForEventStep)


def ways_out(step: Step) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """List a step's ways out, each with its path within the step; an exit has none."""
    match step:
        case ExitStep():
            return
        case WaitForEventStep():
            yield ("next",), step.next
            yield ("timeout_next",), step.timeout_next
        case BranchStep():
            for index, case in enumerate(step.cases):
                yield ("cases", str(index), "next"), case.next
            yield ("otherwise",), step.otherwise
        case SplitStep():
            for index, arm in enumerate(step.arms):
                yield ("arms", str(index), "next"), arm.next
        case _:
            yield ("next",), step.next
