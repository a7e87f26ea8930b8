"""What a scoring model may read about a lead, by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from domain.titles import seniority

NO_COMPANY = frozenset(
    {"", "n/a", "na", "n.a.", "none", "null", "nil", "self", "self employed", "self-employed", "unknown", "not applicable"}
)
NO_INDUSTRY = frozenset({"", "other", "unknown"})
CONVERSATION_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ConversationCall:
    """A call as the voice model sees it: its outcome's name, for how many seconds it was connected, and when it took place."""

    outcome: str
    connected_seconds: int
    at: datetime

    def __post_init__(self) -> None:
        if self.connected_seconds < 0:
            raise ValueError("connected_seconds must not be negative")
        _require_aware("at", self.at)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a scoring model may read about a lead, and nothing else; `Facts()` is a lead nobody knows anything about.

    A revenue may be negative; it earns nothing. Raises ValueError for a negative count, an instant without a time zone and a revenue that
    is no number.
    """

    title: str | None = None
    company: str | None = None
    phones: tuple[str, ...] = ()
    """Candidates as known; those that are no valid number in international form are ignored."""
    industry: str | None = None
    website_visits: int = 0
    content_downloads: int = 0
    page_views: int = 0
    email_opens: int = 0
    email_clicks: int = 0
    social_engagements: int = 0
    employees: int | None = None
    annual_revenue: Decimal | None = None
    """In the workspace's currency."""
    source: str | None = None
    """The first touch's."""
    contact_requested_at: datetime | None = None
    """The most recent inbound request."""
    outbound_attempts: int = 0
    conversation: tuple[ConversationCall, ...] = ()

    def __post_init__(self) -> None:
        if (
            self.website_visits < 0
            or self.content_downloads < 0
            or self.page_views < 0
            or self.email_opens < 0
            or self.email_clicks < 0
            or self.social_engagements < 0
            or self.outbound_attempts < 0
        ):
            raise ValueError("a count must not be negative")
        if self.annual_revenue is not None and not Decimal(self.annual_revenue).is_finite():
            raise ValueError("annual_revenue must be a finite number")
        if self.contact_requested_at is not None:
            _require_aware("contact_requested_at", self.contact_requested_at)


def _require_aware(name: str, instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError(f"{name} must name its time zone")


@lru_cache(maxsize=65_536)
def _international(phone: str) -> str | None:
    import phonenumbers  # noqa: PLC0415 -- large, and whoever only reads leads needs none

    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # Most texts are that already, and need not be kept twice.
    return phone if written == phone else written


def international_phone(phone: str) -> str | None:
    """Return a valid phone number that is given in international form as E.164; None for anything else."""
    # Without a region only a leading plus (ASCII or full-width) can be parsed; the length bound keeps hostile texts out of the cache.
    return _international(phone) if 8 <= len(phone) <= 40 and phone.lstrip()[:1] in {"+", "\uff0b"} else None


def is_valid_phone(phone: str) -> bool:
    """Tell whether a text is a valid phone number in international form, which can be written as E.164."""
    return international_phone(phone) is not None


def _text_unless(text: str | None, placeholders: frozenset[str]) -> str | None:
    if text is None:
        return None
    stripped = text.strip()
    if stripped.casefold() in placeholders or not any(map(str.isalnum, stripped)):
        return None
    return stripped


def _calls(outcome: str) -> Callable[[Facts], Sequence[datetime]]:
    return lambda facts: [call.at for call in facts.conversation if call.outcome == outcome]


TEXT_FACTS: Mapping[str, Callable[[Facts], str | None]] = {
    "seniority": lambda facts: seniority(facts.title),
    "company": lambda facts: _text_unless(facts.company, NO_COMPANY),
    "industry": lambda facts: _text_unless(facts.industry, NO_INDUSTRY),
    "source": lambda facts: facts.source,
}
"""Texts, None when not known; a placeholder is not known."""

NUMBER_FACTS: Mapping[str, Callable[[Facts], int | Decimal | None]] = {
    "phones": lambda facts: sum(map(is_valid_phone, facts.phones)),
    "website_visits": lambda facts: facts.website_visits,
    "content_downloads": lambda facts: facts.content_downloads,
    "page_views": lambda facts: facts.page_views,
    "email_opens": lambda facts: facts.email_opens,
    "email_clicks": lambda facts: facts.email_clicks,
    "social_engagements": lambda facts: facts.social_engagements,
    "employees": lambda facts: facts.employees,
    "annual_revenue": lambda facts: facts.annual_revenue,
    "outbound_attempts": lambda facts: facts.outbound_attempts,
}
"""Numbers, None when not known. Counts are here when only their number is known, not their instants."""

COUNT_FACTS = frozenset(NUMBER_FACTS) - {"employees", "annual_revenue"}
"""Numbers that are never unknown and count something."""

EVENT_FACTS: Mapping[str, Callable[[Facts], Sequence[datetime]]] = {
    "contact_requested_at": lambda facts: () if facts.contact_requested_at is None else (facts.contact_requested_at,),
    "connected_calls": lambda facts: [call.at for call in facts.conversation if call.connected_seconds >= CONVERSATION_SECONDS],
    "interested_calls": _calls("INTERESTED"),
    "callback_requested_calls": _calls("CALLBACK_REQUESTED"),
    "meeting_booked_calls": _calls("MEETING_BOOKED"),
    "not_interested_calls": _calls("NOT_INTERESTED"),
    "wrong_number_calls": _calls("WRONG_NUMBER"),
}
"""Events with their instants, in no particular order: what windows and half-lives can be applied to."""

CALL_FACTS = frozenset(EVENT_FACTS) - {"contact_requested_at"}
"""Events that are read from a lead's calls; a model that reads none of them needs no calls."""

SINGLE_EVENTS = frozenset({"contact_requested_at"})
"""Events of which only the latest is known."""
