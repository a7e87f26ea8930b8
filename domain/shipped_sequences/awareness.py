"""Awareness: for people who came across us and asked for nothing yet."""

from __future__ import annotations

from domain.activities import ActivityType
from domain.leads import LeadSource
from domain.sequences import EntryConditions, SequencePlan, SequenceType, SourceTrigger
from domain.shipped_sequences.parts import MARKETING, MORNING, ShippedSequence, at, call, days, end, goal, marketing_mail, send, watch
from domain.status import LeadStatus

_WELCOME = marketing_mail(
    "awareness.welcome",
    "Awareness: welcome",
    "Good to meet you, {{ contact.first_name }}",
    """
Hello {{ contact.first_name }},

thank you for taking a look at {{ workspace.name }}. Over the next two weeks you will get two short mails from us: how teams in
{{ company.industry }} answer every call without hiring, and what that changed for them.

If you would rather talk right away, answer this mail and we will call you at a time that suits you.

{{ owner.name }}
{{ workspace.name }}
""",
)
_STORY = marketing_mail(
    "awareness.story",
    "Awareness: the calls nobody answers",
    "What happens to the calls nobody answers",
    """
Hello {{ contact.first_name }},

most callers who reach a voicemail do not leave a message: they call somebody else. Three things that teams change first:

1. Every call is answered, also after hours, and the caller hears a name.
2. Whoever calls back knows what the call was about.
3. Callers who are ready to buy are put through at once.

Which of the three would help {{ company.name }} most? A word in answer is enough.

{{ owner.name }}
""",
)
_CHECKLIST = marketing_mail(
    "awareness.checklist",
    "Awareness: checklist",
    "A checklist: is your phone line ready to grow?",
    """
Hello {{ contact.first_name }},

here is the checklist that we go through with new customers: who answers at lunch, who calls back on Monday what came in on Saturday,
how long a caller waits, and how you know. Ten questions, five minutes.

Would you like the template? Answer with "yes" and it is on its way.

{{ owner.name }}
""",
)

AWARENESS = ShippedSequence(
    type=SequenceType.AWARENESS,
    name="Awareness: first two weeks",
    description="Three mails over two weeks for leads that came across us; whoever clicks gets a call from the owner.",
    messages=(_WELCOME, _STORY, _CHECKLIST),
    plan=SequencePlan(
        steps=(
            at("first_morning", MORNING, "welcome"),
            send("welcome", _WELCOME, MARKETING, "watch_welcome"),
            watch("watch_welcome", ActivityType.EMAIL_CLICKED, 4, "call", "second_morning"),
            at("second_morning", MORNING, "story"),
            send("story", _STORY, MARKETING, "watch_story"),
            watch("watch_story", ActivityType.EMAIL_CLICKED, 5, "call", "third_morning"),
            at("third_morning", MORNING, "checklist"),
            send("checklist", _CHECKLIST, MARKETING, "watch_checklist"),
            watch("watch_checklist", ActivityType.EMAIL_CLICKED, 5, "call", "quiet"),
            call("call", "Call: clicked in a first mail", "Ask what made the lead look, and offer the next step; no pitch.", "interested"),
            goal("interested", "Showed interest", "settle"),
            days("settle", 1, "done"),
            end("done", "Handed to the owner"),
            end("quiet", "No interest shown"),
        ),
        triggers=(SourceTrigger(sources=(LeadSource.SOCIAL_MEDIA, LeadSource.ADVERTISING, LeadSource.TRADE_SHOW)),),
        entry=EntryConditions(statuses=(LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.RECYCLED), reentry_after_days=180),
    ),
)
