"""What the shipped sequences are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.activities import ActivityType, ContactOutcome
from domain.consent_purposes import ConsentPurpose
from domain.message_templates import Fallback
from domain.sequence_steps import (
    AiCallStep,
    AwaitedEvent,
    CallTaskStep,
    ExitStep,
    GoalStep,
    MessageChannel,
    SendStep,
    WaitForEventStep,
    WaitStep,
    WaitUntilStep,
)
from domain.sequences import SequencePlan, SequenceType
from domain.weekdays import WORKING_DAYS

MINUTES_A_DAY = 24 * 60
MORNING, MIDDAY, AFTERNOON = time(9, 30), time(11), time(15)
MARKETING, SALES, SERVICE = ConsentPurpose.MARKETING, ConsentPurpose.SALES, ConsentPurpose.SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedMessage:
    """A message template that comes with a sequence."""

    key: str
    name: str
    channel: MessageChannel
    subject: str | None
    text: str

    @property
    def id(self) -> UUID:
        """Return the id by which the shipped plan names it; a workspace's own copy has another one."""
        return uuid5(NAMESPACE_URL, f"urn:leadgraph:message:{self.key}")

    @property
    def fallbacks(self) -> tuple[Fallback, ...]:
        """Return what stands in for what is not known about a lead, where the words use it."""
        words = f"{self.subject} {self.text}"
        return tuple(fallback for fallback in _FALLBACKS if fallback.variable in words)


_FALLBACKS = (
    Fallback(variable="contact.first_name", text="there"),
    Fallback(variable="company.name", text="your company"),
    Fallback(variable="company.industry", text="your field"),
    Fallback(variable="owner.name", text="your contact"),
    Fallback(variable="lead.need", text="what you told us"),
)


_FOOTER = """
--
This mail was sent by {{ workspace.name }}. No more mails like it: {{ contact.unsubscribe_url }}

{{ workspace.postal_address }}
""".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedSequence:
    """A sequence to begin with: there is one for each type."""

    type: SequenceType
    name: str
    description: str
    plan: SequencePlan
    messages: tuple[ShippedMessage, ...]


def mail(key: str, name: str, subject: str, text: str) -> ShippedMessage:
    """Make a mail in plain text."""
    return ShippedMessage(key=key, name=name, channel=MessageChannel.EMAIL, subject=subject, text=text.strip())


def marketing_mail(key: str, name: str, subject: str, text: str) -> ShippedMessage:
    """Make a mail in plain text that ends with who sends it and how to have no more of them."""
    return mail(key, name, subject, f"{text.strip()}\n\n{_FOOTER}")


def sms(key: str, name: str, text: str) -> ShippedMessage:
    """Make a text message."""
    return ShippedMessage(key=key, name=name, channel=MessageChannel.SMS, subject=None, text=text.strip())


def send(key: str, message: ShippedMessage, purpose: ConsentPurpose, next: str) -> SendStep:
    """Make the step that sends a message."""
    return SendStep(key=key, channel=message.channel, template_id=message.id, purpose=purpose, next=next)


def days(key: str, number: int, next: str) -> WaitStep:
    """Make the step that waits for days."""
    return WaitStep(key=key, minutes=number * MINUTES_A_DAY, next=next)


def at(key: str, local_time: time, next: str) -> WaitUntilStep:
    """Make the step that waits for a time of a working day where the lead is."""
    return WaitUntilStep(key=key, local_time=local_time, weekdays=WORKING_DAYS, next=next)


def watch(key: str, event: ActivityType | ContactOutcome, number: int, next: str, otherwise: str) -> WaitForEventStep:
    """Make the step that waits some days for an activity or the outcome of a contact."""
    awaited = AwaitedEvent(activity=event) if isinstance(event, ActivityType) else AwaitedEvent(outcome=event)
    return WaitForEventStep(key=key, event=awaited, timeout_minutes=number * MINUTES_A_DAY, next=next, timeout_next=otherwise)


def call(key: str, title: str, instructions: str, next: str, *, hours: int = 4) -> CallTaskStep:
    """Make the step that asks the owner to call within some hours."""
    return CallTaskStep(key=key, title=title, instructions=instructions, due_minutes=hours * 60, next=next)


def ai_call(key: str, objective: str, script: str, purpose: ConsentPurpose, next: str) -> AiCallStep:
    """Make the step that has a voice agent call, up to three times."""
    return AiCallStep(key=key, objective=objective, script=script, max_attempts=3, purpose=purpose, next=next)


def goal(key: str, name: str, next: str) -> GoalStep:
    """Make the step that notes what was reached."""
    return GoalStep(key=key, name=name, next=next)


def end(key: str, reason: str) -> ExitStep:
    """Make the step that ends the enrollment."""
    return ExitStep(key=key, reason=reason)
