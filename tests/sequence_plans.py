"""Plans of sequences that tests start from: one of each step, all of it publishable."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID

from domain.activities import ActivityType
from domain.consent_purposes import ConsentPurpose
from domain.lead_conditions import LeadCondition
from domain.leads import LeadSource
from domain.message_templates import CurrentMessage, MessageContent, MessageTemplate, MessageTemplateVersion
from domain.message_variables import POSTAL_ADDRESS, UNSUBSCRIBE_URL
from domain.scoring import Grade
from domain.sequence_steps import (
    AiCallStep,
    AwaitedEvent,
    BranchCase,
    BranchStep,
    CallTaskStep,
    ExitStep,
    GoalStep,
    MessageChannel,
    SendStep,
    SplitArm,
    SplitStep,
    TaskStep,
    WaitForEventStep,
    WaitStep,
    WaitUntilStep,
    WebhookStep,
)
from domain.sequences import ActivityTrigger, GradeTrigger, ScoreTrigger, SequencePlan, SourceTrigger, StatusTrigger
from domain.status import LeadStatus
from domain.weekdays import WORKING_DAYS

WELCOME = UUID(int=7)
FOOTER = "{{ workspace.postal_address }} {{ contact.unsubscribe_url }}"
_AT = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)


def message(
    id: UUID = WELCOME, channel: MessageChannel = MessageChannel.EMAIL, variables: tuple[str, ...] = (), text: str = FOOTER
) -> CurrentMessage:
    """Make a message template with its words, which end as those of marketing must; `variables` are used besides."""
    template = MessageTemplate(
        id=id,
        version=1,
        name="Welcome",
        description=None,
        channel=channel,
        current_version=1,
        archived_at=None,
        created_at=_AT,
        updated_at=_AT,
    )
    used = (*variables, *(name for name in (UNSUBSCRIBE_URL, POSTAL_ADDRESS) if name in text))
    content = MessageContent(subject="Hello", text=text, html=None, fallbacks=(), variables=used)
    version = MessageTemplateVersion(
        id=id, template_id=id, number=1, content=content, created_at=_AT, created_by_kind="SYSTEM", created_by_id=None
    )
    return CurrentMessage(template, version)


def send(key: str, next: str | None, purpose: ConsentPurpose | None = ConsentPurpose.MARKETING) -> SendStep:
    """Make a step that sends the welcome mail."""
    return SendStep(key=key, channel=MessageChannel.EMAIL, template_id=WELCOME, purpose=purpose, next=next)


def wait(key: str, next: str | None, minutes: int = 60) -> WaitStep:
    """Make a step that waits."""
    return WaitStep(key=key, minutes=minutes, next=next)


def end(key: str = "end") -> ExitStep:
    """Make a step that ends the enrollment."""
    return ExitStep(key=key, reason=None)


WHOLE = SequencePlan(
    steps=(
        send("welcome", "opened"),
        WaitForEventStep(
            key="opened", event=AwaitedEvent(activity=ActivityType.EMAIL_OPENED), timeout_minutes=4_320, next="which", timeout_next="split"
        ),
        BranchStep(key="which", cases=(BranchCase(condition=LeadCondition(grades=(Grade.A, Grade.B)), next="call"),), otherwise="split"),
        SplitStep(key="split", arms=(SplitArm(name="Calm", weight=1, next="pause"), SplitArm(name="Keen", weight=3, next="morning"))),
        wait("pause", "morning"),
        WaitUntilStep(key="morning", local_time=time(9), weekdays=WORKING_DAYS, next="ai"),
        AiCallStep(key="ai", objective="Book a demo", script=None, max_attempts=3, purpose=ConsentPurpose.SALES, next="hook"),
        CallTaskStep(key="call", title="Call", instructions=None, due_minutes=240, next="hook"),
        WebhookStep(key="hook", url="https://crm.example/leads", next="task"),
        TaskStep(key="task", title="Write down", instructions=None, due_minutes=240, next="goal"),
        GoalStep(key="goal", name="Demo booked", next="end"),
        end(),
    ),
    triggers=(
        ActivityTrigger(activities=(ActivityType.CONTENT_DOWNLOADED,)),
        StatusTrigger(statuses=(LeadStatus.NURTURING,)),
        ScoreTrigger(score=40),
        GradeTrigger(grade=Grade.B),
        SourceTrigger(sources=(LeadSource.WEBINAR,)),
    ),
)
