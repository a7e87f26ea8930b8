"""Evaluation: for people who try us out."""

from __future__ import annotations

from domain.activities import ContactOutcome
from domain.lead_conditions import LeadCondition, LeadField
from domain.sequence_steps import BranchCase, BranchStep, TaskStep
from domain.sequences import EntryConditions, SequencePlan, SequenceType, StatusTrigger
from domain.shipped_sequences.parts import AFTERNOON, MORNING, SALES, ShippedSequence, at, call, days, end, goal, mail, send, sms, watch
from domain.status import LeadStatus

_PLAN = mail(
    "evaluation.plan",
    "Evaluation: plan of the trial",
    "Your trial: the plan for one week",
    """
Hello {{ contact.first_name }},

this is how the week goes. Day 1: your number is live; call it yourself. Day 2: five colleagues call and try to confuse it. Day 4: we
listen to the ten most difficult calls together. Day 7: you decide with the transcripts before you.

What would make the week a success for {{ company.name }}? I will measure exactly that.

{{ owner.name }}
""",
)
_REMINDER = sms(
    "evaluation.reminder",
    "Evaluation: reminder",
    "Hello {{ contact.first_name }}, your trial number is live. A first call takes two minutes. Questions? Just answer. {{ owner.name }}",
)
_REVIEW = mail(
    "evaluation.review",
    "Evaluation: review",
    "What the calls of your trial show",
    """
Hello {{ contact.first_name }},

your trial has calls to look at now. I have marked three: one that went well, one that a person had to take over, and one that I would
want better before you go live. Half an hour is enough to go through them.

Does tomorrow afternoon suit you?

{{ owner.name }}
{{ workspace.name }}
""",
)

EVALUATION = ShippedSequence(
    type=SequenceType.EVALUATION,
    name="Evaluation: one week of trial",
    description="A plan for the week, a reminder on the phone, the owner's help where it stalls, and a review of the calls at the end.",
    messages=(_PLAN, _REMINDER, _REVIEW),
    plan=SequencePlan(
        steps=(
            send("plan", _PLAN, SALES, "first_day"),
            days("first_day", 1, "textable"),
            BranchStep(
                key="textable",
                cases=(BranchCase(condition=LeadCondition(known=(LeadField.PHONE,)), next="reminder_time"),),
                otherwise="middle",
            ),
            at("reminder_time", MORNING, "reminder"),
            send("reminder", _REMINDER, SALES, "middle"),
            days("middle", 2, "call_time"),
            at("call_time", AFTERNOON, "call"),
            call(
                "call",
                "Call: how does the trial go?",
                "Listen to two of their calls first; clear away what keeps them from testing.",
                "rest",
            ),
            days("rest", 3, "prepare"),
            TaskStep(
                key="prepare",
                title="Choose three calls of the trial",
                instructions="One that went well, one that was taken over, one to improve.",
                due_minutes=8 * 60,
                next="review_time",
            ),
            at("review_time", MORNING, "review"),
            send("review", _REVIEW, SALES, "watch_review"),
            watch("watch_review", ContactOutcome.MEETING_BOOKED, 5, "reviewed", "quiet"),
            goal("reviewed", "Review agreed", "done"),
            end("done", "Review agreed"),
            end("quiet", "No review agreed"),
        ),
        triggers=(StatusTrigger(statuses=(LeadStatus.QUALIFIED,)),),
        entry=EntryConditions(statuses=(LeadStatus.QUALIFIED, LeadStatus.NURTURING, LeadStatus.PROPOSAL), reentry_after_days=90),
    ),
)
