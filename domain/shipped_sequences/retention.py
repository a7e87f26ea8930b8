"""Retention: for customers, from the first week to the first year."""

from __future__ import annotations

from domain.activities import ContactOutcome
from domain.sequence_steps import SplitArm, SplitStep, TaskStep
from domain.sequences import EntryConditions, ExitCriteria, SequencePlan, SequenceType, StatusTrigger
from domain.shipped_sequences.parts import MIDDAY, MORNING, SERVICE, ShippedSequence, ai_call, at, call, days, end, goal, mail, send, watch
from domain.status import LeadStatus

_WELCOME = mail(
    "retention.welcome",
    "Retention: welcome",
    "Welcome, {{ contact.first_name }}: your first week",
    """
Hello {{ contact.first_name }},

welcome to {{ workspace.name }}. This week your lines are switched over, one after the other; nothing goes live before you have called
it yourself. If anything sounds wrong, answer this mail: it reaches a person who knows {{ company.name }}.

{{ owner.name }}
""",
)
_MONTH = mail(
    "retention.month",
    "Retention: first month",
    "Your first month in three numbers",
    """
Hello {{ contact.first_name }},

after a month three numbers tell how it goes: calls answered, calls that a person had to take over, and callers who called again within
a day. You find them in your report. If the second number is above one in five, let us look at it together: it nearly always has one
cause.

{{ owner.name }}
""",
)
_RENEWAL = mail(
    "retention.renewal",
    "Retention: renewal",
    "A year with {{ workspace.name }}: what next?",
    """
Hello {{ contact.first_name }},

your first year with us is nearly over. Before it renews I would like to ask two things: what should be different in the second year,
and is there a team at {{ company.name }} that still misses calls?

Half an hour is enough. When does it suit you?

{{ owner.name }}
""",
)

RETENTION = ShippedSequence(
    type=SequenceType.RETENTION,
    name="Retention: the first year",
    description="Welcome, a check after a week by a voice agent or a person, the first month's numbers, and a talk before renewal.",
    messages=(_WELCOME, _MONTH, _RENEWAL),
    plan=SequencePlan(
        steps=(
            send("welcome", _WELCOME, SERVICE, "first_week"),
            days("first_week", 7, "check_time"),
            at("check_time", MIDDAY, "who_calls"),
            SplitStep(
                key="who_calls",
                arms=(
                    SplitArm(name="A voice agent asks", weight=50, next="ai_check"),
                    SplitArm(name="The owner asks", weight=50, next="own_check"),
                ),
            ),
            ai_call(
                "ai_check",
                "Ask how satisfied the customer is from 0 to 10, and what is missing; put unhappy customers through to a person.",
                "Hello, this is the assistant of {{ workspace.name }}. You have been with us for a week: how is it going, from 0 to 10?",
                SERVICE,
                "watch_check",
            ),
            call(
                "own_check", "Call: the first week", "Ask how satisfied they are from 0 to 10, and what is missing.", "watch_check", hours=8
            ),
            watch("watch_check", ContactOutcome.NOT_INTERESTED, 3, "rescue", "first_month"),
            call("rescue", "Call: an unhappy customer", "Call today; agree on what changes and by when.", "first_month", hours=2),
            days("first_month", 21, "month_time"),
            at("month_time", MORNING, "month"),
            send("month", _MONTH, SERVICE, "long_pause"),
            days("long_pause", 270, "prepare"),
            TaskStep(
                key="prepare",
                title="Prepare the talk before renewal",
                instructions="Calls answered, cost per call, complaints of the year.",
                due_minutes=3 * 24 * 60,
                next="renewal_time",
            ),
            at("renewal_time", MORNING, "renewal"),
            send("renewal", _RENEWAL, SERVICE, "watch_renewal"),
            watch("watch_renewal", ContactOutcome.MEETING_BOOKED, 14, "talk", "last_call"),
            call("last_call", "Call: renewal", "Nobody answered the mail: call before the contract renews.", "done", hours=24),
            goal("talk", "Talk before renewal agreed", "done"),
            end("done", "A year has passed"),
        ),
        triggers=(StatusTrigger(statuses=(LeadStatus.CLOSED_WON,)),),
        # An answer is what it is for.
        exit_criteria=ExitCriteria(reply=False),
        entry=EntryConditions(statuses=(LeadStatus.CLOSED_WON,), reentry_after_days=300),
    ),
)
