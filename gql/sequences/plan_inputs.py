"""The plan of a sequence, as it is given, and how it becomes the domain's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import time
from typing import Any, cast

import strawberry
from strawberry import UNSET

from domain import sequence_steps as steps
from domain import sequences as domain
from domain.refusals import Refusal, ValidationFailed
from gql.activities.enums import ActivityType
from gql.ids import decode_kind
from gql.leads.enums import Grade, LeadSource, LeadStatus
from gql.sequences.conditions import in_tuples, to_condition
from gql.sequences.inputs import SequenceStepInput


@strawberry.input(one_of=True, description="A trigger of one kind: what enrolls leads by itself. Lists have at most 100 values.")
class SequenceTriggerInput:
    """See `domain.sequences.Trigger`."""

    activities: list[ActivityType] | None = strawberry.field(default=UNSET, description="An activity of one of these types is recorded.")
    statuses: list[LeadStatus] | None = strawberry.field(default=UNSET, description="The lead gets one of these statuses.")
    score: int | None = strawberry.field(default=UNSET, description="The total score comes to this number, 1–100, from below.")
    grade: Grade | None = strawberry.field(default=UNSET, description="The grade becomes this one or a better one, from a worse one.")
    sources: list[LeadSource] | None = strawberry.field(default=UNSET, description="The lead is created, from one of these sources.")


@strawberry.input(description="What ends enrollments by itself; being won, lost or disqualified always does.")
class SequenceExitCriteriaInput:
    """See `domain.sequences.ExitCriteria`."""

    reply: bool = strawberry.field(default=True, description="The lead answered a message.")
    unsubscribe: bool = strawberry.field(default=True, description="The lead unsubscribed.")
    statuses: list[LeadStatus] = strawberry.field(default_factory=list[LeadStatus], description="The lead got one of these statuses.")
    grades: list[Grade] = strawberry.field(default_factory=list[Grade], description="The lead got one of these grades.")


@strawberry.input(description="Who may be enrolled.")
class SequenceEntryConditionsInput:
    """See `domain.sequences.EntryConditions`."""

    statuses: list[LeadStatus] = strawberry.field(
        default_factory=list[LeadStatus], description="Leads with one of these statuses; none named: with any that is not closed."
    )
    max_active: int | None = strawberry.field(default=None, description="So many leads may be in it at a time; null: no cap.")
    max_per_day: int | None = strawberry.field(default=None, description="So many leads may be enrolled in a day; null: no cap.")
    reentry_after_days: int | None = strawberry.field(
        default=None, description="So many days after its last enrollment ended may a lead be enrolled again; null: at once."
    )


_STEPS: Mapping[str, Callable[..., steps.Step]] = {
    "send": steps.SendStep,
    "call_task": steps.CallTaskStep,
    "ai_call": steps.AiCallStep,
    "task": steps.TaskStep,
    "wait": steps.WaitStep,
    "wait_until": steps.WaitUntilStep,
    "wait_for_event": steps.WaitForEventStep,
    "branch": steps.BranchStep,
    "split": steps.SplitStep,
    "webhook": steps.WebhookStep,
    "goal": steps.GoalStep,
    "exit": steps.ExitStep,
}


def plan_fields(input: Any) -> tuple[domain.PlanFields, tuple[Refusal, ...]]:
    """Take what an input says about a plan; absent, or null, stays absent. The second part is what cannot be read."""
    given: dict[str, Any] = {}
    problems: list[Refusal] = []
    if input.steps is not UNSET and input.steps is not None:
        given["steps"] = tuple(_step(step, ("steps", str(index)), problems) for index, step in enumerate(input.steps))
    if input.triggers is not UNSET and input.triggers is not None:
        given["triggers"] = tuple(_trigger(trigger) for trigger in input.triggers)
    if input.exit_criteria:
        given["exit_criteria"] = domain.ExitCriteria(**_values(input.exit_criteria))
    if input.entry:
        given["entry"] = domain.EntryConditions(**_values(input.entry))
    return cast(domain.PlanFields, given), tuple(problems)


def _member(given: Any) -> tuple[str, Any]:
    """Find the one member of a `@oneOf` input that is there."""
    return next((field.name, value) for field in fields(given) if (value := getattr(given, field.name)) is not UNSET)


def _values(given: Any) -> dict[str, Any]:
    return {field.name: in_tuples(getattr(given, field.name)) for field in fields(given)}


def _trigger(given: SequenceTriggerInput) -> domain.Trigger:
    name, value = _member(given)
    match name:
        case "activities":
            return domain.ActivityTrigger(activities=in_tuples(value))
        case "statuses":
            return domain.StatusTrigger(statuses=in_tuples(value))
        case "sources":
            return domain.SourceTrigger(sources=in_tuples(value))
        case "score":
            return domain.ScoreTrigger(score=value)
        case _:
            return domain.GradeTrigger(grade=value)


def _step(given: SequenceStepInput, path: tuple[str, ...], problems: list[Refusal]) -> steps.Step:
    kind, value = _member(given)
    values: dict[str, Any] = {field.name: getattr(value, field.name) for field in fields(value)}
    match kind:
        case "send":
            values["template_id"] = decode_kind("MessageTemplate", value.template_id)
        case "wait_until":
            local_time = _clock_time(value.local_time)
            if local_time is None:
                problem = ValidationFailed(message="A time is written as HH:MM, 00:00–23:59.", path=(*path, kind, "local_time"))
                problems.append(problem)
            values |= {"local_time": local_time or time(0), "weekdays": in_tuples(value.weekdays)}
        case "wait_for_event":
            event, awaited = _member(value.event)
            values["event"] = steps.AwaitedEvent(**{event: awaited})
        case "branch":
            values["cases"] = tuple(steps.BranchCase(condition=to_condition(case.condition), next=case.next) for case in value.cases)
        case "split":
            values["arms"] = tuple(steps.SplitArm(name=arm.name, weight=arm.weight, next=arm.next) for arm in value.arms)
        case _:
            pass
    return _STEPS[kind](**values)


def _clock_time(text: str) -> time | None:
    hours, separator, minutes = text.partition(":")
    if not separator or len(text) != 5 or not (hours.isdecimal() and minutes.isdecimal() and text.isascii()):
        return None
    return time(int(hours), int(minutes)) if int(hours) < 24 and int(minutes) < 60 else None
