"""A lead: who it is, where it came from, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from domain.refusals import Refusal, RefusalCode
from domain.scoring import Facts, Grade, Priority, Temperature
from domain.status import LeadStatus, StatusFacts


class LeadSource(StrEnum):
    """Where a lead came from."""

    WEBSITE_FORM = "WEBSITE_FORM"
    WEBSITE_CHAT = "WEBSITE_CHAT"
    COLD_CALL = "COLD_CALL"
    EMAIL_MARKETING = "EMAIL_MARKETING"
    SOCIAL_MEDIA = "SOCIAL_MEDIA"
    REFERRAL = "REFERRAL"
    TRADE_SHOW = "TRADE_SHOW"
    EVENT = "EVENT"
    WEBINAR = "WEBINAR"
    CONTENT_DOWNLOAD = "CONTENT_DOWNLOAD"
    PARTNER = "PARTNER"
    ADVERTISING = "ADVERTISING"
    IMPORT = "IMPORT"
    API = "API"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One contact with marketing that brought the lead: the source, when, and the UTM fields of the link."""

    source: LeadSource
    at: datetime
    detail: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_term: str | None = None
    utm_content: str | None = None


class CountedFact(StrEnum):
    """A fact that is a count of events."""

    WEBSITE_VISITS = "WEBSITE_VISITS"
    CONTENT_DOWNLOADS = "CONTENT_DOWNLOADS"
    PAGE_VIEWS = "PAGE_VIEWS"
    EMAIL_OPENS = "EMAIL_OPENS"
    EMAIL_CLICKS = "EMAIL_CLICKS"
    SOCIAL_ENGAGEMENTS = "SOCIAL_ENGAGEMENTS"


class ProfileFields(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone; None clears it."""

    first_name: str | None
    last_name: str | None
    title: str | None
    email: str | None
    phones: tuple[str, ...]
    language: str | None
    company: str | None
    industry: str | None
    employees: int | None
    annual_revenue: Decimal | None
    website: str | None
    street: str | None
    city: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    time_zone: str | None
    budget: str | None
    authority: str | None
    need: str | None
    timeline: str | None
    do_not_call: bool
    do_not_email: bool
    notes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One lead with everything that lists, filters, rules and the score read.

    `version` counts the changes that people and integrations make (profile, status, owner, stage, deal, tags, pin);
    facts that merely arrive (activities, attempts, scores) leave it alone, so that a busy lead can still be edited.
    Money without a currency of its own (`annual_revenue`) is in the workspace's currency. A lead that was merged into another one
    is deleted, and `merged_into_id` names the lead that took its place.
    """

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    merged_into_id: UUID | None

    first_name: str | None
    last_name: str | None
    title: str | None
    email: str | None
    phones: tuple[str, ...]
    language: str | None
    company: str | None
    industry: str | None
    employees: int | None
    annual_revenue: Decimal | None
    website: str | None
    street: str | None
    city: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    time_zone: str | None
    budget: str | None
    authority: str | None
    need: str | None
    timeline: str | None
    do_not_call: bool
    do_not_email: bool
    notes: str | None

    source: LeadSource
    first_touch_at: datetime
    first_touch_detail: str | None
    first_utm_source: str | None
    first_utm_medium: str | None
    first_utm_campaign: str | None
    first_utm_term: str | None
    first_utm_content: str | None
    last_source: LeadSource
    last_touch_at: datetime
    last_touch_detail: str | None
    last_utm_source: str | None
    last_utm_medium: str | None
    last_utm_campaign: str | None
    last_utm_term: str | None
    last_utm_content: str | None

    status: LeadStatus
    status_since: datetime
    owner_id: UUID | None
    assigned_at: datetime | None

    stage_id: UUID | None
    pipeline_id: UUID | None
    stage_entered_at: datetime | None
    deal_value: Decimal | None
    deal_currency: str | None
    deal_probability: int | None
    expected_close_date: date | None
    closed_at: datetime | None

    score_total: int
    grade: Grade
    temperature: Temperature
    scored_at: datetime | None
    rescore_at: datetime | None
    pinned_priority: Priority | None
    pin_reason: str | None
    pinned_until: datetime | None
    priority: Priority

    website_visits: int
    content_downloads: int
    page_views: int
    email_opens: int
    email_clicks: int
    social_engagements: int
    contact_requested_at: datetime | None
    outbound_attempts: int
    first_contacted_at: datetime | None
    last_contacted_at: datetime | None
    last_activity_at: datetime | None

    event_sequence: int

    first_response_started_at: datetime | None = None
    first_response_due_at: datetime | None = None
    first_response_minutes: int | None = None

    live_enrollments: int = 0

    @property
    def name(self) -> str | None:
        """Join first and last name; None when neither is known."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or None

    @property
    def facts(self) -> Facts:
        """Collect what a scoring model may read."""
        return Facts(
            title=self.title,
            company=self.company,
            phones=self.phones,
            industry=self.industry,
            website_visits=self.website_visits,
            content_downloads=self.content_downloads,
            page_views=self.page_views,
            email_opens=self.email_opens,
            email_clicks=self.email_clicks,
            social_engagements=self.social_engagements,
            employees=self.employees,
            annual_revenue=self.annual_revenue,
            source=self.source,
            contact_requested_at=self.contact_requested_at,
            outbound_attempts=self.outbound_attempts,
        )

    @property
    def status_facts(self) -> StatusFacts:
        """Collect what the status rules look at."""
        return StatusFacts(
            status=self.status,
            has_budget=self.budget is not None,
            has_authority=self.authority is not None,
            has_need=self.need is not None,
            has_timeline=self.timeline is not None,
            deal_value_set=self.deal_value is not None,
            deal_value_zero=self.deal_value == 0,
        )


@dataclass(frozen=True, slots=True)
class ExternalReference:
    """The id by which another system knows a lead; unique per system within a workspace."""

    lead_id: UUID
    system: str
    external_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One entry of a lead's status history."""

    id: UUID
    lead_id: UUID
    from_status: LeadStatus | None
    to_status: LeadStatus
    reason: str | None
    forced: bool
    actor_kind: str
    actor_id: UUID | None
    at: datetime
    seconds_in_previous: int | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One entry of a lead's assignment history; `agent_id` None means it went back to the pool."""

    id: UUID
    lead_id: UUID
    from_agent_id: UUID | None
    agent_id: UUID | None
    strategy: str
    reason: str | None
    actor_kind: str
    actor_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """One entry of a lead's score history, with the breakdown as it was then. `from_total` is None for the first."""

    id: UUID
    lead_id: UUID
    at: datetime
    from_total: int | None
    total: int
    from_grade: Grade | None
    grade: Grade
    model_key: str
    model_version: int
    breakdown: object
    cause: str
    cause_id: UUID | None
    actor_kind: str
    actor_id: UUID | None


# What a lead carries of the facts recorded for it: they arrive and are counted, nobody chooses them.
ARRIVING_FIELDS = (
    "website_visits",
    "content_downloads",
    "page_views",
    "email_opens",
    "email_clicks",
    "social_engagements",
    "contact_requested_at",
    "outbound_attempts",
    "first_contacted_at",
    "last_contacted_at",
    "last_activity_at",
)
# By when a lead was promised its first answer.
PROMISE_FIELDS = ("first_response_due_at", "first_response_started_at", "first_response_minutes")


@dataclass(frozen=True, slots=True)
class CurrentScore:
    """What a lead scores now; `breakdown` always adds up to the total."""

    lead_id: UUID
    total: int
    grade: Grade
    temperature: Temperature
    priority: Priority
    model_key: str
    model_version: int
    computed_at: datetime
    breakdown: object


@dataclass(frozen=True, slots=True)
class Tag:
    """A label that a workspace puts on leads."""

    id: UUID
    version: int
    name: str
    color: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class DuplicateLead(Refusal, code=RefusalCode.DUPLICATE_LEAD):
    """Another lead already carries this external reference or e-mail address."""

    existing_id: UUID
    matched_on: str


def effective_priority(total_priority: Priority, pinned: Priority | None, until: datetime | None, at: datetime) -> Priority:
    """Return the pinned priority while the pin holds, else the one that follows from the grade (rules §1.1)."""
    if pinned is not None and (until is None or at < until):
        return pinned
    return total_priority
