"""Interest: for people who downloaded, attended or asked something."""

from __future__ import annotations

from domain.activities import ActivityType, ContactOutcome
from domain.lead_conditions import LeadCondition, LeadField
from domain.sequence_steps import BranchCase, BranchStep
from domain.sequences import ActivityTrigger, EntryConditions, ScoreTrigger, SequencePlan, SequenceType
from domain.shipped_sequences.parts import (
    MARKETING,
    MIDDAY,
    MORNING,
    SALES,
    ShippedSequence,
    ai_call,
    at,
    end,
    goal,
    marketing_mail,
    send,
    watch,
)
from domain.status import LeadStatus

_THANKS = marketing_mail(
    "interest.thanks",
    "Interest: thank you",
    "Here is what you asked for, {{ contact.first_name }}",
    """
Hello {{ contact.first_name }},

thank you for your interest. Teams like {{ company.name }} usually want to know two things next: what it costs to answer a call, and
how long it takes until the first one is answered. Both depend on how many calls you have in a day.

How many is it, roughly? With that number we can tell you both in one mail.

{{ owner.name }}
{{ workspace.name }}
""",
)
_NUMBERS = marketing_mail(
    "interest.numbers",
    "Interest: numbers",
    "What an answered call is worth",
    """
Hello {{ contact.first_name }},

a sum that fits on a napkin: calls a week that nobody answers, times the share that would have bought, times what a customer is worth
in a year. For most teams it is more than they expect.

We are glad to do the sum with you: ten minutes on the phone, no slides.

{{ owner.name }}
""",
)

INTEREST = ShippedSequence(
    type=SequenceType.INTEREST,
    name="Interest: from a question to a conversation",
    description="A mail, then a call by a voice agent where there is a number, then the numbers; booked meetings end it as reached.",
    messages=(_THANKS, _NUMBERS),
    plan=SequencePlan(
        steps=(
            send("thanks", _THANKS, MARKETING, "reachable"),
            BranchStep(
                key="reachable",
                cases=(BranchCase(condition=LeadCondition(known=(LeadField.PHONE,)), next="call_time"),),
                otherwise="watch_thanks",
            ),
            at("call_time", MIDDAY, "ai_call"),
            ai_call(
                "ai_call",
                "Learn how many calls the lead has in a day and offer a ten-minute conversation with a person.",
                "Hello, this is the assistant of {{ workspace.name }}. You looked at our material; may I ask two short questions?",
                SALES,
                "watch_call",
            ),
            watch("watch_call", ContactOutcome.MEETING_BOOKED, 2, "booked", "number_time"),
            watch("watch_thanks", ActivityType.CONTACT_REQUESTED, 3, "booked", "number_time"),
            at("number_time", MORNING, "numbers"),
            send("numbers", _NUMBERS, MARKETING, "watch_numbers"),
            watch("watch_numbers", ActivityType.CONTACT_REQUESTED, 7, "booked", "quiet"),
            goal("booked", "Conversation agreed", "done"),
            end("done", "Conversation agreed"),
            end("quiet", "No conversation yet"),
        ),
        triggers=(
            ActivityTrigger(activities=(ActivityType.CONTENT_DOWNLOADED, ActivityType.WEBINAR_ATTENDED)),
            ScoreTrigger(score=30),
        ),
        entry=EntryConditions(statuses=(LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.NURTURING), reentry_after_days=90),
    ),
)
