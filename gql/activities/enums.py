"""The closed sets around activities and contact attempts."""

from __future__ import annotations

from domain.activities import ActivityType, ContactChannel, ContactDirection, ContactOutcome, SocialNetwork
from gql.enums import describe

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = [
    "ActivityType",
    "ContactChannel",
    "ContactDirection",
    "ContactOutcome",
    "SocialNetwork",
]

describe(
    ActivityType,
    "What happened.",
    {
        "WEBSITE_VISITED": "The lead visited the website; counts as a visit.",
        "PAGE_VIEWED": "It looked at a page; counts as a page view.",
        "CONTENT_DOWNLOADED": "It downloaded something; each asset counts once.",
        "FORM_SUBMITTED": "It filled in a form.",
        "CHAT_STARTED": "It began a chat.",
        "CONTACT_REQUESTED": "It asked to be contacted.",
        "EMAIL_OPENED": "It opened an e-mail; counts as an open.",
        "EMAIL_CLICKED": "It clicked a link in an e-mail; counts as a click.",
        "EMAIL_REPLIED": "It answered an e-mail.",
        "SOCIAL_ENGAGED": "It liked, commented or shared; counts as a social engagement.",
        "WEBINAR_ATTENDED": "It attended a webinar.",
        "EVENT_ATTENDED": "It attended an event.",
        "MEETING_HELD": "A meeting took place.",
        "NOTE_ADDED": "Somebody noted something down, in the subject or the body.",
        "CUSTOM": "Something else, told by its subject.",
        "CAMPAIGN_SENT": "A campaign sent it something, or called it; not an activity of its own, so `lastActivityAt` stays.",
        "CAMPAIGN_DELIVERED": "What a campaign sent arrived; not an activity of its own either.",
        "CAMPAIGN_RESPONDED": "It answered a campaign.",
        "CAMPAIGN_CONVERTED": "Another system reports that a campaign converted it.",
        "CAMPAIGN_OPTED_OUT": "It opted out of a campaign.",
    },
)
describe(
    ContactChannel,
    "How a lead is contacted.",
    {
        "PHONE": "By telephone.",
        "EMAIL": "By e-mail.",
        "SMS": "By text message.",
        "SOCIAL": "Through a social network.",
        "MEETING": "In a meeting.",
    },
)
describe(
    SocialNetwork,
    "The network of a contact through SOCIAL.",
    {
        "LINKEDIN": "LinkedIn.",
        "FACEBOOK": "Facebook.",
        "INSTAGRAM": "Instagram.",
        "X": "X, once Twitter.",
        "WHATSAPP": "WhatsApp.",
        "TELEGRAM": "Telegram.",
        "OTHER": "Another one.",
    },
)
describe(ContactDirection, "Who contacted whom.", {"INBOUND": "The lead contacted us.", "OUTBOUND": "We contacted the lead."})
describe(
    ContactOutcome,
    "How a contact attempt ended. Calls and meetings have the outcomes up to FAILED, messages those from FAILED on.",
    {
        "CONNECTED": "Somebody answered.",
        "CALLBACK_REQUESTED": "The lead asked to be called back.",
        "MEETING_BOOKED": "A meeting was agreed.",
        "INTERESTED": "The lead is interested.",
        "NOT_INTERESTED": "The lead is not interested.",
        "VOICEMAIL": "A machine answered.",
        "NO_ANSWER": "Nobody answered.",
        "BUSY": "The line was busy.",
        "WRONG_NUMBER": "The number belongs to somebody else.",
        "DO_NOT_CALL": "The lead asked never to be called again; it is marked so.",
        "FAILED": "It could not be carried out.",
        "SENT": "The message was sent.",
        "DELIVERED": "The message arrived.",
        "OPENED": "The message was opened.",
        "CLICKED": "A link in the message was clicked.",
        "REPLIED": "The lead answered.",
        "BOUNCED": "The message came back.",
        "UNSUBSCRIBED": "The lead unsubscribed; it is marked so.",
    },
)
