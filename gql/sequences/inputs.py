"""The steps of a sequence, as they are given: one member of a step's input says of which kind it is."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from gql.activities.enums import ActivityType, ContactOutcome
from gql.consent.enums import ConsentPurpose
from gql.leads.enums import LeadStatus
from gql.messages.enums import MessageChannel
from gql.scalars import URL
from gql.sequences.conditions import LeadConditionInput
from gql.weekdays import Weekday

_KEY = "Names the step, from version to version: a small letter, followed by at most 49 small letters, digits and `_`."
_NEXT = "The key of the step that follows; null in a draft that leads nowhere yet."
_PURPOSE = "For which purpose the lead's consent counts; needed before publishing."
_DUE = "Within how many minutes, 1–525,600."


@strawberry.input(description="Sends a message.")
class SendStepInput:
    """See `domain.sequence_steps.SendStep`."""

    key: str = strawberry.field(description=_KEY)
    channel: MessageChannel = strawberry.field(description="On which channel.")
    template_id: strawberry.ID = strawberry.field(description="The message template.")
    purpose: ConsentPurpose | None = strawberry.field(default=None, description=_PURPOSE)
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Asks the lead's owner to call, or to do something else.")
class TaskStepInput:
    """See `domain.sequence_steps.CallTaskStep` and `TaskStep`."""

    key: str = strawberry.field(description=_KEY)
    title: str = strawberry.field(description="What to do, in a line of at most 200 characters.")
    instructions: str | None = strawberry.field(default=None, description="More about it, at most 5,000 characters.")
    due_minutes: int = strawberry.field(default=1_440, description=_DUE)
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Asks for a call by a voice agent.")
class AiCallStepInput:
    """See `domain.sequence_steps.AiCallStep`."""

    key: str = strawberry.field(description=_KEY)
    objective: str = strawberry.field(description="What the call is to achieve, at most 1,000 characters.")
    script: str | None = strawberry.field(default=None, description="What the voice agent says and asks, at most 20,000 characters.")
    max_attempts: int = strawberry.field(default=3, description="How often it is tried at most, 1–10.")
    purpose: ConsentPurpose | None = strawberry.field(default=None, description=_PURPOSE)
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Waits for a while.")
class WaitStepInput:
    """See `domain.sequence_steps.WaitStep`."""

    key: str = strawberry.field(description=_KEY)
    minutes: int = strawberry.field(description="For how many minutes, 1–525,600, which are 365 days.")
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Waits until the clocks in the lead's time zone show a time.")
class WaitUntilStepInput:
    """See `domain.sequence_steps.WaitUntilStep`."""

    key: str = strawberry.field(description=_KEY)
    local_time: str = strawberry.field(description="The time, as `HH:MM`.")
    weekdays: list[Weekday] = strawberry.field(
        default_factory=lambda: list(Weekday), description="On which days; every day unless it says otherwise."
    )
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(one_of=True, description="What is waited for.")
class AwaitedEventInput:
    """See `domain.sequence_steps.AwaitedEvent`."""

    activity: ActivityType | None = strawberry.field(default=UNSET, description="Such an activity is recorded.")
    outcome: ContactOutcome | None = strawberry.field(default=UNSET, description="A contact attempt with this outcome is recorded.")
    status: LeadStatus | None = strawberry.field(default=UNSET, description="The lead gets this status.")


@strawberry.input(description="Waits for something to happen, but not for ever.")
class WaitForEventStepInput:
    """See `domain.sequence_steps.WaitForEventStep`."""

    key: str = strawberry.field(description=_KEY)
    event: AwaitedEventInput = strawberry.field(description="What is waited for, from when the lead comes to the step.")
    timeout_minutes: int = strawberry.field(description="For how many minutes at most, 1–525,600.")
    next: str | None = strawberry.field(default=None, description="The key of the step that follows when it happens.")
    timeout_next: str | None = strawberry.field(default=None, description="The key of the step that follows when it does not.")


@strawberry.input(description="One way out of a branch, and for whom.")
class BranchCaseInput:
    """See `domain.sequence_steps.BranchCase`."""

    condition: LeadConditionInput = strawberry.field(description="For which leads.")
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Goes the way of the first case that holds for the lead.")
class BranchStepInput:
    """See `domain.sequence_steps.BranchStep`."""

    key: str = strawberry.field(description=_KEY)
    cases: list[BranchCaseInput] = strawberry.field(description="The cases, in their order; at most 20.")
    otherwise: str | None = strawberry.field(default=None, description="The key of the step that follows when no case holds.")


@strawberry.input(description="One way out of a random split.")
class SplitArmInput:
    """See `domain.sequence_steps.SplitArm`."""

    name: str = strawberry.field(description="Its name, for comparing; at most 100 characters.")
    weight: int = strawberry.field(default=1, description="Its share: its weight, 1–1,000, over the sum of all.")
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Goes one of several ways at random; the same lead always goes the same one.")
class SplitStepInput:
    """See `domain.sequence_steps.SplitStep`."""

    key: str = strawberry.field(description=_KEY)
    arms: list[SplitArmInput] = strawberry.field(description="The ways, 2–20.")


@strawberry.input(description="Tells another system that the lead has come here.")
class WebhookStepInput:
    """See `domain.sequence_steps.WebhookStep`."""

    key: str = strawberry.field(description=_KEY)
    url: URL = strawberry.field(description="Where the request goes: an https address of a named host, at most 2,000 characters.")
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Notes that the lead reached what the sequence is for.")
class GoalStepInput:
    """See `domain.sequence_steps.GoalStep`."""

    key: str = strawberry.field(description=_KEY)
    name: str = strawberry.field(description="What was reached, in at most 100 characters.")
    next: str | None = strawberry.field(default=None, description=_NEXT)


@strawberry.input(description="Ends the enrollment.")
class ExitStepInput:
    """See `domain.sequence_steps.ExitStep`."""

    key: str = strawberry.field(description=_KEY)
    reason: str | None = strawberry.field(default=None, description="Why it ends here, in at most 200 characters.")


@strawberry.input(one_of=True, description="A step of one kind.")
class SequenceStepInput:
    """See `domain.sequence_steps.Step`."""

    send: SendStepInput | None = strawberry.field(default=UNSET, description="Sends a message.")
    call_task: TaskStepInput | None = strawberry.field(default=UNSET, description="Asks the lead's owner to call.")
    ai_call: AiCallStepInput | None = strawberry.field(default=UNSET, description="Asks for a call by a voice agent.")
    task: TaskStepInput | None = strawberry.field(default=UNSET, description="Gives the lead's owner something else to do.")
    wait: WaitStepInput | None = strawberry.field(default=UNSET, description="Waits for a while.")
    wait_until: WaitUntilStepInput | None = strawberry.field(default=UNSET, description="Waits until a local time.")
    wait_for_event: WaitForEventStepInput | None = strawberry.field(default=UNSET, description="Waits for something to happen.")
    branch: BranchStepInput | None = strawberry.field(default=UNSET, description="Goes the way of the first case that holds.")
    split: SplitStepInput | None = strawberry.field(default=UNSET, description="Goes one of several ways at random.")
    webhook: WebhookStepInput | None = strawberry.field(default=UNSET, description="Tells another system.")
    goal: GoalStepInput | None = strawberry.field(default=UNSET, description="Notes that a goal was reached.")
    exit: ExitStepInput | None = strawberry.field(default=UNSET, description="Ends the enrollment.")
