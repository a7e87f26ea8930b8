"""What leads do and what is done about them: append-only activities and contact attempts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.leads import CountedFact


class ActivityType(StrEnum):
    """What happened."""

    WEBSITE_VISITED = "WEBSITE_VISITED"
    PAGE_VIEWED = "PAGE_VIEWED"
    CONTENT_DOWNLOADED = "CONTENT_DOWNLOADED"
    FORM_SUBMITTED = "FORM_SUBMITTED"
    CHAT_STARTED = "CHAT_STARTED"
    CONTACT_REQUESTED = "CONTACT_REQUESTED"
    EMAIL_OPENED = "EMAIL_OPENED"
    EMAIL_CLICKED = "EMAIL_CLICKED"
    EMAIL_REPLIED = "EMAIL_REPLIED"
    SOCIAL_ENGAGED = "SOCIAL_ENGAGED"
    WEBINAR_ATTENDED = "WEBINAR_ATTENDED"
    EVENT_ATTENDED = "EVENT_ATTENDED"
    MEETING_HELD = "MEETING_HELD"
    NOTE_ADDED = "NOTE_ADDED"
    CUSTOM = "CUSTOM"
    CAMPAIGN_SENT = "CAMPAIGN_SENT"
    CAMPAIGN_DELIVERED = "CAMPAIGN_DELIVERED"
    CAMPAIGN_RESPONDED = "CAMPAIGN_RESPONDED"
    CAMPAIGN_CONVERTED = "CAMPAIGN_CONVERTED"
    CAMPAIGN_OPTED_OUT = "CAMPAIGN_OPTED_OUT"


COUNTED_BY_TYPE: Mapping[ActivityType, CountedFact] = {
    ActivityType.WEBSITE_VISITED: CountedFact.WEBSITE_VISITS,
    ActivityType.PAGE_VIEWED: CountedFact.PAGE_VIEWS,
    ActivityType.CONTENT_DOWNLOADED: CountedFact.CONTENT_DOWNLOADS,
    ActivityType.EMAIL_OPENED: CountedFact.EMAIL_OPENS,
    ActivityType.EMAIL_CLICKED: CountedFact.EMAIL_CLICKS,
    ActivityType.SOCIAL_ENGAGED: CountedFact.SOCIAL_ENGAGEMENTS,
}

_A = ActivityType
# Done to the lead, not by it: they say nothing about when it was last active.
DONE_TO_LEAD = frozenset({_A.CAMPAIGN_SENT, _A.CAMPAIGN_DELIVERED})
# Known only as touches of a campaign, which keeps count of them.
ONLY_IN_CAMPAIGNS = DONE_TO_LEAD | {_A.CAMPAIGN_RESPONDED, _A.CAMPAIGN_CONVERTED, _A.CAMPAIGN_OPTED_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing that happened to a lead. `occurred_at` may lie in the past; `recorded_at` is when the service learned of it.

    `(source, source_event_id)` names the event in the system it comes from: recording it twice records it once.
    `asset` names what was downloaded, viewed or clicked; downloads of one asset count once. A touch of a campaign names the campaign.
    """

    id: UUID
    lead_id: UUID
    type: ActivityType
    occurred_at: datetime
    recorded_at: datetime
    source: str | None
    source_event_id: str | None
    asset: str | None
    subject: str | None
    body: str | None
    agent_id: UUID | None
    actor_kind: str
    actor_id: UUID | None
    campaign_id: UUID | None = None


class ContactChannel(StrEnum):
    """How a lead is contacted."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    SMS = "SMS"
    SOCIAL = "SOCIAL"
    MEETING = "MEETING"


class SocialNetwork(StrEnum):
    """The network of a contact through SOCIAL."""

    LINKEDIN = "LINKEDIN"
    FACEBOOK = "FACEBOOK"
    INSTAGRAM = "INSTAGRAM"
    X = "X"
    WHATSAPP = "WHATSAPP"
    TELEGRAM = "TELEGRAM"
    OTHER = "OTHER"


class ContactDirection(StrEnum):
    """Who contacted whom, seen from us."""

    INBOUND = "INBOUND"
    OUTBOUND = "OUTBOUND"


class ContactOutcome(StrEnum):
    """How a contact attempt ended."""

    CONNECTED = "CONNECTED"
    CALLBACK_REQUESTED = "CALLBACK_REQUESTED"
    MEETING_BOOKED = "MEETING_BOOKED"
    INTERESTED = "INTERESTED"
    NOT_INTERESTED = "NOT_INTERESTED"
    VOICEMAIL = "VOICEMAIL"
    NO_ANSWER = "NO_ANSWER"
    BUSY = "BUSY"
    WRONG_NUMBER = "WRONG_NUMBER"
    DO_NOT_CALL = "DO_NOT_CALL"
    FAILED = "FAILED"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    OPENED = "OPENED"
    CLICKED = "CLICKED"
    REPLIED = "REPLIED"
    BOUNCED = "BOUNCED"
    UNSUBSCRIBED = "UNSUBSCRIBED"


_O = ContactOutcome
CALL_OUTCOMES = frozenset(
    {
        _O.CONNECTED,
        _O.CALLBACK_REQUESTED,
        _O.MEETING_BOOKED,
        _O.INTERESTED,
        _O.NOT_INTERESTED,
        _O.VOICEMAIL,
        _O.NO_ANSWER,
        _O.BUSY,
        _O.WRONG_NUMBER,
        _O.DO_NOT_CALL,
        _O.FAILED,
    }
)
MESSAGE_OUTCOMES = frozenset({_O.SENT, _O.DELIVERED, _O.OPENED, _O.CLICKED, _O.REPLIED, _O.BOUNCED, _O.UNSUBSCRIBED, _O.FAILED})
OUTCOMES_BY_CHANNEL: Mapping[ContactChannel, frozenset[ContactOutcome]] = {
    ContactChannel.PHONE: CALL_OUTCOMES,
    ContactChannel.MEETING: CALL_OUTCOMES,
    ContactChannel.EMAIL: MESSAGE_OUTCOMES,
    ContactChannel.SMS: MESSAGE_OUTCOMES,
    ContactChannel.SOCIAL: MESSAGE_OUTCOMES,
}


# Whoever says so wants no contact, even when it was the lead who called.
REFUSES_CONTACT = frozenset({_O.DO_NOT_CALL, _O.UNSUBSCRIBED})
# In all other calls nobody talked to the lead, however long the line was open.
TALKED_TO_LEAD = frozenset({_O.CONNECTED, _O.CALLBACK_REQUESTED, _O.MEETING_BOOKED, _O.INTERESTED, _O.NOT_INTERESTED, _O.DO_NOT_CALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAttempt:
    """One attempt to reach a lead, or of the lead to reach us. `(provider, provider_id)` is recorded once.

    `duration_seconds` is 0–86,400 and belongs to calls and meetings.
    """

    id: UUID
    lead_id: UUID
    channel: ContactChannel
    social_network: SocialNetwork | None
    direction: ContactDirection
    outcome: ContactOutcome
    occurred_at: datetime
    recorded_at: datetime
    duration_seconds: int | None
    agent_id: UUID | None
    provider: str | None
    provider_id: str | None
    recording_url: str | None
    transcript_url: str | None
    notes: str | None
    actor_kind: str
    actor_id: UUID | None

    @property
    def asks_for_contact(self) -> bool:
        """Tell whether the lead showed that it wants to be contacted (rules §1.1): it contacted us, and not to be left alone."""
        return self.direction is ContactDirection.INBOUND and self.outcome not in REFUSES_CONTACT
