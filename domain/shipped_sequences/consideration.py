"""Consideration: for people who compare ways to solve what they need solved."""

from __future__ import annotations

from domain.activities import ActivityType, ContactOutcome
from domain.scoring import Grade
from domain.sequence_steps import SplitArm, SplitStep
from domain.sequences import EntryConditions, GradeTrigger, SequencePlan, SequenceType
from domain.shipped_sequences.parts import (
    AFTERNOON,
    MARKETING,
    MORNING,
    ShippedSequence,
    at,
    call,
    days,
    end,
    goal,
    marketing_mail,
    send,
    watch,
)
from domain.status import LeadStatus

_CASE = marketing_mail(
    "consideration.case",
    "Consideration: a customer's story",
    "How a team like {{ company.name }} did it",
    """
Hello {{ contact.first_name }},

a customer of ours in {{ company.industry }} had the question that you have: {{ lead.need }}. They tried it with one phone line for a
month. Two things surprised them: how many calls came in after six, and how few of them needed a person.

Shall I put you in touch with them? They are glad to tell the whole story, the difficult week included.

{{ owner.name }}
""",
)
_COMPARISON = marketing_mail(
    "consideration.comparison",
    "Consideration: comparison",
    "Hire, outsource or automate: an honest comparison",
    """
Hello {{ contact.first_name }},

there are three ways to answer more calls. Hiring is best when calls are long and differ a lot. An outside team is best for peaks that
you can foresee. A voice agent is best for many short calls at any hour. Most teams end up with a mix.

If you tell me how your calls look, I will tell you what I would do, also when the answer is not us.

{{ owner.name }}
""",
)
_OFFER = marketing_mail(
    "consideration.trial",
    "Consideration: trial",
    "Try it on one line, {{ contact.first_name }}",
    """
Hello {{ contact.first_name }},

the easiest way to decide is to listen to it. We set up one number for {{ company.name }}, you call it, your colleagues call it, and
after a week we look at the transcripts together.

Which day suits you for a start?

{{ owner.name }}
{{ workspace.name }}
""",
)

CONSIDERATION = ShippedSequence(
    type=SequenceType.CONSIDERATION,
    name="Consideration: story or comparison",
    description="Half of the leads get a customer's story first, half a comparison; then a call by the owner, then the offer of a trial.",
    messages=(_CASE, _COMPARISON, _OFFER),
    plan=SequencePlan(
        steps=(
            at("first_morning", MORNING, "story_or_comparison"),
            SplitStep(
                key="story_or_comparison",
                arms=(
                    SplitArm(name="Story first", weight=50, next="story"),
                    SplitArm(name="Comparison first", weight=50, next="comparison"),
                ),
            ),
            send("story", _CASE, MARKETING, "watch_mail"),
            send("comparison", _COMPARISON, MARKETING, "watch_mail"),
            watch("watch_mail", ActivityType.EMAIL_OPENED, 3, "call_time", "pause"),
            days("pause", 2, "call_time"),
            at("call_time", AFTERNOON, "call"),
            call(
                "call",
                "Call: comparing solutions",
                "Ask what else is looked at and who decides; note need, timeline, budget.",
                "watch_call",
            ),
            watch("watch_call", ContactOutcome.CONNECTED, 3, "talked", "trial_time"),
            goal("talked", "Talked about the need", "trial_time"),
            at("trial_time", MORNING, "trial"),
            send("trial", _OFFER, MARKETING, "watch_trial"),
            watch("watch_trial", ActivityType.CONTACT_REQUESTED, 7, "wants_trial", "quiet"),
            goal("wants_trial", "Asked for the trial", "done"),
            end("done", "Trial asked for"),
            end("quiet", "No trial yet"),
        ),
        triggers=(GradeTrigger(grade=Grade.C),),
        entry=EntryConditions(statuses=(LeadStatus.CONTACTED, LeadStatus.NURTURING, LeadStatus.QUALIFIED), reentry_after_days=120),
    ),
)
