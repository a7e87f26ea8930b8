"""The steps of a sequence, as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import sequence_steps as domain
from gql.activities.enums import ActivityType, ContactOutcome
from gql.consent.enums import ConsentPurpose
from gql.edges import to_one
from gql.leads.enums import LeadStatus
from gql.messages.enums import MessageChannel
from gql.nodes import computed, plain, shows
from gql.scalars import URL
from gql.sequences.conditions import LeadCondition
from gql.weekdays import Weekday
from persistence.messages import message_template_by_id, message_template_version_by_id

if TYPE_CHECKING:
    from gql.messages.types import MessageTemplate, MessageTemplateVersion

_NEXT = "The key of the step that follows; null in a draft that leads nowhere yet."


@strawberry.interface(description="What all steps of a sequence have.")
class KeyedStep:
    """See `domain.sequence_steps`."""

    key: str = plain("Names the step within its sequence, from version to version.")


@strawberry.type(description="Sends a message.")
class SendStep(KeyedStep):
    """See `domain.sequence_steps.SendStep`."""

    channel: MessageChannel = plain("On which channel.")
    purpose: ConsentPurpose | None = plain("For which purpose the lead's consent counts; needed before publishing.")
    template: Annotated[MessageTemplate, strawberry.lazy("gql.messages.types")] | None = to_one(
        "The message template.", key=lambda step: step.template_id, batch=message_template_by_id
    )
    template_version: Annotated[MessageTemplateVersion, strawberry.lazy("gql.messages.types")] | None = to_one(
        "The words that are sent, settled when the sequence was published; null in a draft.",
        key=lambda step: step.template_version_id,
        batch=message_template_version_by_id,
    )
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.SendStep)


@strawberry.type(description="Asks the lead's owner to call.")
class CallTaskStep(KeyedStep):
    """See `domain.sequence_steps.CallTaskStep`."""

    title: str = plain("What to do, in a line.")
    instructions: str | None = plain("More about it.")
    due_minutes: int = plain("Within how many minutes.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.CallTaskStep)


@strawberry.type(description="Asks for a call by a voice agent.")
class AiCallStep(KeyedStep):
    """See `domain.sequence_steps.AiCallStep`."""

    objective: str = plain("What the call is to achieve.")
    script: str | None = plain("What the voice agent says and asks.")
    max_attempts: int = plain("How often it is tried at most.")
    purpose: ConsentPurpose | None = plain("For which purpose the lead's consent counts; needed before publishing.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.AiCallStep)


@strawberry.type(description="Gives the lead's owner something to do that is no call.")
class TaskStep(KeyedStep):
    """See `domain.sequence_steps.TaskStep`."""

    title: str = plain("What to do, in a line.")
    instructions: str | None = plain("More about it.")
    due_minutes: int = plain("Within how many minutes.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.TaskStep)


@strawberry.type(description="Waits for a while.")
class WaitStep(KeyedStep):
    """See `domain.sequence_steps.WaitStep`."""

    minutes: int = plain("For how many minutes.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.WaitStep)


@strawberry.type(description="Waits until the clocks in the lead's time zone show a time.")
class WaitUntilStep(KeyedStep):
    """See `domain.sequence_steps.WaitUntilStep`."""

    local_time: str = computed("The time, as `HH:MM`.", lambda step: step.local_time.strftime("%H:%M"))
    weekdays: list[Weekday] = plain("On which days.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.WaitUntilStep)


@strawberry.type(description="What is waited for: one of these is set.")
class AwaitedEvent:
    """See `domain.sequence_steps.AwaitedEvent`."""

    activity: ActivityType | None = plain("Such an activity is recorded.")
    outcome: ContactOutcome | None = plain("A contact attempt with this outcome is recorded.")
    status: LeadStatus | None = plain("The lead gets this status.")
    is_type_of = shows(domain.AwaitedEvent)


@strawberry.type(description="Waits for something to happen, but not for ever.")
class WaitForEventStep(KeyedStep):
    """See `domain.sequence_steps.WaitForEventStep`."""

    event: AwaitedEvent = plain("What is waited for, from when the lead comes to the step.")
    timeout_minutes: int = plain("For how many minutes at most.")
    next: str | None = plain("The key of the step that follows when it happens; null in a draft that leads nowhere yet.")
    timeout_next: str | None = plain("The key of the step that follows when it does not; null in a draft that leads nowhere yet.")
    is_type_of = shows(domain.WaitForEventStep)


@strawberry.type(description="One way out of a branch, and for whom.")
class BranchCase:
    """See `domain.sequence_steps.BranchCase`."""

    condition: LeadCondition = plain("For which leads.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.BranchCase)


@strawberry.type(description="Goes the way of the first case that holds for the lead.")
class BranchStep(KeyedStep):
    """See `domain.sequence_steps.BranchStep`."""

    cases: list[BranchCase] = plain("The cases, in their order.")
    otherwise: str | None = plain("The key of the step that follows when no case holds; null in a draft that leads nowhere yet.")
    is_type_of = shows(domain.BranchStep)


@strawberry.type(description="One way out of a random split.")
class SplitArm:
    """See `domain.sequence_steps.SplitArm`."""

    name: str = plain("Its name, for comparing.")
    weight: int = plain("Its share: its weight over the sum of all.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.SplitArm)


@strawberry.type(description="Goes one of several ways at random; the same lead always goes the same one.")
class SplitStep(KeyedStep):
    """See `domain.sequence_steps.SplitStep`."""

    arms: list[SplitArm] = plain("The ways.")
    is_type_of = shows(domain.SplitStep)


@strawberry.type(description="Tells another system that the lead has come here.")
class WebhookStep(KeyedStep):
    """See `domain.sequence_steps.WebhookStep`."""

    url: URL = plain("Where the request goes, by HTTPS.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.WebhookStep)


@strawberry.type(description="Notes that the lead reached what the sequence is for.")
class GoalStep(KeyedStep):
    """See `domain.sequence_steps.GoalStep`."""

    name: str = plain("What was reached.")
    next: str | None = plain(_NEXT)
    is_type_of = shows(domain.GoalStep)


@strawberry.type(description="Ends the enrollment.")
class ExitStep(KeyedStep):
    """See `domain.sequence_steps.ExitStep`."""

    reason: str | None = plain("Why it ends here.")
    is_type_of = shows(domain.ExitStep)


SequenceStep = Annotated[
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
    | ExitStep,
    strawberry.union("SequenceStep", description="A step of a sequence; all of them have a key."),
]
