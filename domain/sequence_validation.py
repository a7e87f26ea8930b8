"""What keeps a sequence from being published, and what its author should think about: everything at once, with its place in the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from domain.consent_purposes import ConsentPurpose
from domain.contact_points import web_address
from domain.lead_conditions import always_holds, never_holds
from domain.message_templates import CurrentMessage, MessageContent
from domain.message_variables import POSTAL_ADDRESS, UNSUBSCRIBE_URL
from domain.refusals import Refusal, RefusalCode
from domain.sequence_paths import cycles_without_wait, reachable_steps, sends_in_a_row, steps_that_never_end
from domain.sequence_steps import (
    AiCallStep,
    BranchStep,
    CallTaskStep,
    MessageChannel,
    SendStep,
    SplitStep,
    Step,
    TaskStep,
    WaitForEventStep,
    WaitStep,
    WaitUntilStep,
    WebhookStep,
    ways_out,
)
from domain.sequences import MAX_STEPS, ActivityTrigger, EntryConditions, ScoreTrigger, SequencePlan, SourceTrigger, StatusTrigger, Trigger

MIN_WAIT_MINUTES = 1
MAX_WAIT_MINUTES = 365 * 24 * 60
MAX_WEIGHT = 1_000
MAX_CALL_ATTEMPTS = 10


class ProblemSeverity(StrEnum):
    """Whether a problem keeps a sequence from being published."""

    ERROR = "ERROR"
    WARNING = "WARNING"


class PlanProblemCode(StrEnum):
    """What is wrong with a plan."""

    NO_STEPS = "NO_STEPS"
    TOO_MANY_STEPS = "TOO_MANY_STEPS"
    UNREACHABLE_STEP = "UNREACHABLE_STEP"
    DANGLING_NEXT = "DANGLING_NEXT"
    MISSING_EXIT = "MISSING_EXIT"
    CYCLE_WITHOUT_WAIT = "CYCLE_WITHOUT_WAIT"
    WAIT_OUT_OF_BOUNDS = "WAIT_OUT_OF_BOUNDS"
    NO_WEEKDAY = "NO_WEEKDAY"
    NO_CONSENT_PURPOSE = "NO_CONSENT_PURPOSE"
    UNKNOWN_TEMPLATE = "UNKNOWN_TEMPLATE"
    TEMPLATE_ARCHIVED = "TEMPLATE_ARCHIVED"
    TEMPLATE_OF_OTHER_CHANNEL = "TEMPLATE_OF_OTHER_CHANNEL"
    UNKNOWN_VARIABLE = "UNKNOWN_VARIABLE"
    NO_UNSUBSCRIBE_LINK = "NO_UNSUBSCRIBE_LINK"
    NO_POSTAL_ADDRESS = "NO_POSTAL_ADDRESS"
    WORKSPACE_WITHOUT_POSTAL_ADDRESS = "WORKSPACE_WITHOUT_POSTAL_ADDRESS"
    TOO_FEW_WAYS = "TOO_FEW_WAYS"
    CASE_NEVER_HOLDS = "CASE_NEVER_HOLDS"
    CASE_ALWAYS_HOLDS = "CASE_ALWAYS_HOLDS"
    WEIGHT_OUT_OF_BOUNDS = "WEIGHT_OUT_OF_BOUNDS"
    ATTEMPTS_OUT_OF_BOUNDS = "ATTEMPTS_OUT_OF_BOUNDS"
    INVALID_URL = "INVALID_URL"
    EMPTY_TRIGGER = "EMPTY_TRIGGER"
    SCORE_OUT_OF_BOUNDS = "SCORE_OUT_OF_BOUNDS"
    CAP_OUT_OF_BOUNDS = "CAP_OUT_OF_BOUNDS"
    NO_UNSUBSCRIBE_EXIT = "NO_UNSUBSCRIBE_EXIT"
    SENDS_WITHOUT_WAIT = "SENDS_WITHOUT_WAIT"


WARNINGS = frozenset({PlanProblemCode.NO_UNSUBSCRIBE_EXIT, PlanProblemCode.SENDS_WITHOUT_WAIT})


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One thing that is wrong, and where: `path` leads from the plan to it, `step_key` names the step that it is in."""

    code: PlanProblemCode
    message: str
    path: tuple[str, ...]
    step_key: str | None = None

    @property
    def severity(self) -> ProblemSeverity:
        """Tell whether it keeps the plan from being published."""
        return ProblemSeverity.WARNING if self.code in WARNINGS else ProblemSeverity.ERROR


@dataclass(frozen=True, kw_only=True)
class SequenceNotPublishable(Refusal, code=RefusalCode.SEQUENCE_NOT_PUBLISHABLE):
    """The draft has an error; there is one refusal for each of them."""

    problem: PlanProblem


_P = PlanProblemCode
Found: TypeAlias = Iterator[tuple[PlanProblemCode, str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a plan is looked at with, of its workspace.

    `messages` are the templates that exist among those named, each with its current words; `variables` those that may be used in them.
    """

    messages: Mapping[UUID, CurrentMessage]
    variables: Collection[str]
    postal_address: str | None


def plan_problems(plan: SequencePlan, around: Surroundings) -> tuple[PlanProblem, ...]:
    """List everything that is wrong with a plan, in the order of its parts."""
    problems = [PlanProblem(code, message, path) for code, message, path in _of_the_whole(plan)]
    for index, step in enumerate(plan.steps):
        found = (*_of_step(step), *_of_ways(step, plan), *(_of_message(step, around) if isinstance(step, SendStep) else ()))
        problems += [PlanProblem(code, message, ("steps", str(index), *path), step.key) for code, message, path in found]
    problems += _of_paths(plan)
    for index, trigger in enumerate(plan.triggers):
        problems += [PlanProblem(code, message, ("triggers", str(index), *path)) for code, message, path in _of_trigger(trigger)]
    problems += [PlanProblem(code, message, ("entry", *path)) for code, message, path in _of_entry(plan.entry)]
    problems += [PlanProblem(code, message, ("exit_criteria", *path)) for code, message, path in _of_exits(plan)]
    return tuple(problems)


def _of_the_whole(plan: SequencePlan) -> Found:
    if not plan.steps:
        yield _P.NO_STEPS, "A sequence has at least one step.", ("steps",)
    if len(plan.steps) > MAX_STEPS:
        yield _P.TOO_MANY_STEPS, f"A sequence has at most {MAX_STEPS} steps.", ("steps",)


def _of_ways(step: Step, plan: SequencePlan) -> Found:
    keys = plan.step_by_key
    for path, target in ways_out(step):
        if target is None:
            yield _P.MISSING_EXIT, "It leads nowhere: name the step that follows, an EXIT at the end.", path
        elif target not in keys:
            yield _P.DANGLING_NEXT, f"There is no step `{target}`.", path


def _of_step(step: Step) -> Found:
    match step:
        case WaitStep(minutes=minutes):
            yield from _bounded(minutes, "minutes")
        case WaitForEventStep(timeout_minutes=minutes):
            yield from _bounded(minutes, "timeout_minutes")
        case CallTaskStep(due_minutes=minutes) | TaskStep(due_minutes=minutes):
            yield from _bounded(minutes, "due_minutes")
        case WaitUntilStep(weekdays=()):
            yield _P.NO_WEEKDAY, "At least one weekday.", ("weekdays",)
        case AiCallStep():
            yield from _of_ai_call(step)
        case BranchStep(cases=()):
            yield _P.TOO_FEW_WAYS, "A branch has at least one case.", ("cases",)
        case BranchStep(cases=cases):
            for index, each in enumerate(cases):
                if never_holds(each.condition):
                    yield _P.CASE_NEVER_HOLDS, "No lead ever meets this condition.", ("cases", str(index), "condition")
                if always_holds(each.condition):
                    message = "Every lead meets this condition: no lead comes to what stands after it."
                    yield _P.CASE_ALWAYS_HOLDS, message, ("cases", str(index), "condition")
        case SplitStep(arms=arms):
            if len(arms) < 2:
                yield _P.TOO_FEW_WAYS, "A split has at least two arms.", ("arms",)
            for index, arm in enumerate(arms):
                if not 1 <= arm.weight <= MAX_WEIGHT:
                    yield _P.WEIGHT_OUT_OF_BOUNDS, f"A weight is 1–{MAX_WEIGHT}.", ("arms", str(index), "weight")
        case WebhookStep(url=url) if not is_webhook_url(url):
            yield _P.INVALID_URL, "An https address with the name of a host, without user or password.", ("url",)
        case _:
            return


def _of_ai_call(step: AiCallStep) -> Found:
    if step.purpose is None:
        yield _P.NO_CONSENT_PURPOSE, "Say what the call is for: consent is given for a purpose.", ("purpose",)
    if not 1 <= step.max_attempts <= MAX_CALL_ATTEMPTS:
        yield _P.ATTEMPTS_OUT_OF_BOUNDS, f"1–{MAX_CALL_ATTEMPTS} attempts.", ("max_attempts",)


def _bounded(minutes: int, field: str) -> Found:
    if not MIN_WAIT_MINUTES <= minutes <= MAX_WAIT_MINUTES:
        yield _P.WAIT_OUT_OF_BOUNDS, "1 minute to 365 days.", (field,)


def _of_message(step: SendStep, around: Surroundings) -> Found:
    if step.purpose is None:
        yield _P.NO_CONSENT_PURPOSE, "Say what the message is for: consent is given for a purpose.", ("purpose",)
    message = around.messages.get(step.template_id)
    if message is None:
        yield _P.UNKNOWN_TEMPLATE, "There is no such message template.", ("template_id",)
        return
    if message.template.archived_at is not None:
        yield _P.TEMPLATE_ARCHIVED, "The message template is archived.", ("template_id",)
    if message.template.channel is not step.channel:
        yield _P.TEMPLATE_OF_OTHER_CHANNEL, f"The message template is for {message.template.channel}.", ("channel",)
    for variable in message.version.content.variables:
        if variable not in around.variables:
            yield _P.UNKNOWN_VARIABLE, f"The message uses `{variable}`, which does not exist.", ("template_id",)
    if step.purpose is ConsentPurpose.MARKETING and step.channel is message.template.channel is MessageChannel.EMAIL:
        yield from _of_marketing(message.version.content, around)


def _of_marketing(mail: MessageContent, around: Surroundings) -> Found:
    # What the laws of many countries ask of such mails: whose they are, and how to have no more of them.
    for code, variable in ((_P.NO_UNSUBSCRIBE_LINK, UNSUBSCRIBE_URL), (_P.NO_POSTAL_ADDRESS, POSTAL_ADDRESS)):
        if not mail.every_body_uses(variable):
            yield code, f"Marketing by mail shows `{{{{ {variable} }}}}`, in the text and in the HTML where it has both.", ("template_id",)
    if around.postal_address is None:
        yield _P.WORKSPACE_WITHOUT_POSTAL_ADDRESS, "Marketing by mail needs the workspace's postal address; it has none.", ("purpose",)


def _of_paths(plan: SequencePlan) -> Iterator[PlanProblem]:
    places = {step.key: ("steps", str(index)) for index, step in enumerate(plan.steps)}
    reachable = reachable_steps(plan)
    for key, place in places.items():
        if key not in reachable:
            yield PlanProblem(_P.UNREACHABLE_STEP, "No way leads here from the first step.", place, key)
    for cycle in cycles_without_wait(plan):
        way = " → ".join([*cycle, cycle[0]])
        yield PlanProblem(_P.CYCLE_WITHOUT_WAIT, f"Round and round without a wait: {way}.", places[cycle[0]], cycle[0])
    for key in steps_that_never_end(plan):
        yield PlanProblem(_P.MISSING_EXIT, "From here no way leads to an EXIT.", places[key], key)
    for first, second in sends_in_a_row(plan):
        message = f"Follows `{first}` on the same channel without a wait."
        yield PlanProblem(_P.SENDS_WITHOUT_WAIT, message, places[second], second)


def _of_trigger(trigger: Trigger) -> Found:
    match trigger:
        case ActivityTrigger(activities=()):
            yield _P.EMPTY_TRIGGER, "At least one type of activity.", ("activities",)
        case StatusTrigger(statuses=()):
            yield _P.EMPTY_TRIGGER, "At least one status.", ("statuses",)
        case SourceTrigger(sources=()):
            yield _P.EMPTY_TRIGGER, "At least one source.", ("sources",)
        case ScoreTrigger(score=score) if not 1 <= score <= 100:
            yield _P.SCORE_OUT_OF_BOUNDS, "A score of 1–100.", ("score",)
        case _:
            return


_MOST_ENROLLMENTS = 1_000_000
_MOST_DAYS = 3_650


def _of_entry(entry: EntryConditions) -> Found:
    for field, value, most in (
        ("max_active", entry.max_active, _MOST_ENROLLMENTS),
        ("max_per_day", entry.max_per_day, _MOST_ENROLLMENTS),
        ("reentry_after_days", entry.reentry_after_days, _MOST_DAYS),
    ):
        if value is not None and not 1 <= value <= most:
            yield _P.CAP_OUT_OF_BOUNDS, f"1–{most:,}, or null.", (field,)


def _of_exits(plan: SequencePlan) -> Found:
    purposes = {step.purpose for step in plan.steps if isinstance(step, SendStep | AiCallStep)}
    if ConsentPurpose.MARKETING in purposes and not plan.exit_criteria.unsubscribe:
        yield _P.NO_UNSUBSCRIBE_EXIT, "Leads that unsubscribed stay in it, although it is marketing.", ("unsubscribe",)


def is_webhook_url(url: str) -> bool:
    """Tell whether a request may be sent there: https, the name of a host and no bare address, no user, no fragment."""
    address = web_address(url)
    return address is not None and address.startswith("https://") and "#" not in address
