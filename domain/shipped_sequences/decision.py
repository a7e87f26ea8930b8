"""Decision: for people who have an offer before them."""

from __future__ import annotations

from domain.activities import ActivityType, ContactOutcome
from domain.lead_conditions import LeadCondition, LeadField
from domain.scoring import Grade
from domain.sequence_steps import BranchCase, BranchStep
from domain.sequences import EntryConditions, SequencePlan, SequenceType, StatusTrigger
from domain.shipped_sequences.parts import AFTERNOON, MORNING, SALES, ShippedSequence, at, call, days, end, goal, mail, send, sms, watch
from domain.status import LeadStatus

_SUMMARY = mail(
    "decision.summary",
    "Decision: summary of the offer",
    "Our offer on one page, {{ contact.first_name }}",
    """
Hello {{ contact.first_name }},

here is our offer once more, short enough to pass on: what is included, what it costs in a month{% if deal.value %} (we spoke of
{{ deal.value | thousands }} {{ deal.currency }} in all){% endif %}, when it is live, and how you end it if it does not work.

Who else at {{ company.name }} should have a look? I am glad to answer their questions too.

{{ owner.name }}
""",
)
_QUESTIONS = mail(
    "decision.questions",
    "Decision: the usual questions",
    "The five questions that come up now",
    """
Hello {{ contact.first_name }},

before a decision we usually hear five questions: where calls are stored, who may listen to them, what happens when the line is down,
how a caller reaches a person, and how the contract ends. The answers are one line each; shall I send them for {{ company.name }}?

{{ owner.name }}
{{ workspace.name }}
""",
)
_NUDGE = sms(
    "decision.nudge",
    "Decision: last question",
    "Hello {{ contact.first_name }}, is anything still open about our offer? I can call you today. {{ owner.name }}, {{ workspace.name }}",
)

DECISION = ShippedSequence(
    type=SequenceType.DECISION,
    name="Decision: an offer is out",
    description="A summary to pass on, the usual questions, calls by the owner: sooner for the best leads, and an end after three weeks.",
    messages=(_SUMMARY, _QUESTIONS, _NUDGE),
    plan=SequencePlan(
        steps=(
            send("summary", _SUMMARY, SALES, "how_soon"),
            BranchStep(
                key="how_soon",
                cases=(BranchCase(condition=LeadCondition(grades=(Grade.A, Grade.B)), next="next_day"),),
                otherwise="few_days",
            ),
            days("next_day", 1, "call_time"),
            days("few_days", 3, "call_time"),
            at("call_time", AFTERNOON, "call"),
            call("call", "Call: what is still open?", "Ask who decides, by when, and what would keep them from it.", "watch_call"),
            watch("watch_call", ContactOutcome.MEETING_BOOKED, 4, "closing", "question_time"),
            at("question_time", MORNING, "questions"),
            send("questions", _QUESTIONS, SALES, "watch_questions"),
            watch("watch_questions", ActivityType.EMAIL_OPENED, 5, "textable", "textable"),
            BranchStep(
                key="textable",
                cases=(BranchCase(condition=LeadCondition(known=(LeadField.PHONE,)), next="nudge_time"),),
                otherwise="last_call_time",
            ),
            at("nudge_time", MORNING, "nudge"),
            send("nudge", _NUDGE, SALES, "last_days"),
            days("last_days", 3, "last_call_time"),
            at("last_call_time", AFTERNOON, "last_call"),
            call(
                "last_call",
                "Call: decide or set aside",
                "Agree on a day for the decision, or close the deal as lost with the reason.",
                "quiet",
            ),
            goal("closing", "Closing conversation agreed", "done"),
            end("done", "Closing conversation agreed"),
            end("quiet", "Left to the owner"),
        ),
        triggers=(StatusTrigger(statuses=(LeadStatus.PROPOSAL,)),),
        entry=EntryConditions(statuses=(LeadStatus.PROPOSAL, LeadStatus.NEGOTIATION), reentry_after_days=30),
    ),
)
