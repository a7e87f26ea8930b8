"""A lead, and everything that can be reached from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import strawberry

from domain import leads as domain
from domain import status as domain_status
from domain.access import Permission
from domain.money import Money as DomainMoney
from domain.status import allowed_transitions
from gql.activities.types import (
    Activity,
    ActivityFilter,
    ContactAttempt,
    ContactAttemptFilter,
    activity_filter,
    attempt_filter,
)
from gql.campaigns.lead_fields import CampaignFields
from gql.consent.lead_fields import ConsentFields
from gql.context import Info
from gql.custom_fields.lead_fields import CustomFieldsOfLead
from gql.duplicates.lead_fields import DuplicateFields
from gql.edges import to_many, to_one, to_pages
from gql.enrollments.lists import EnrollmentFields
from gql.follow_ups.lead_fields import FollowUpFields
from gql.leads.enums import Grade, LeadSource, LeadStatus, Priority, Requirement, Temperature
from gql.leads.histories import Assignment, CloseDateSlip, StatusChange
from gql.merging.lead_fields import MergeFields
from gql.money import Money
from gql.nodes import NODE_BATCHES, Node, computed, itself, node_id, plain, shows
from gql.paging import Connection
from gql.queues.types import ClaimFields
from gql.scalars import URL, EmailAddress, PhoneNumber
from gql.scoring.next_steps import NextSteps, next_steps_by_scored_lead
from gql.scoring.types import Score, ScoreChange
from gql.scoring_models.lead_fields import ReachFields
from gql.segments.lead_fields import SegmentsOfLead
from gql.timeline.lead_fields import TimelineFields
from gql.workspaces.edges import own_workspace
from persistence.activities import activities_by_lead
from persistence.contact_attempts import contact_attempts_by_lead
from persistence.feed import events_by_lead
from persistence.histories import (
    assignments_by_lead,
    close_date_slips_by_lead,
    score_entries_by_lead,
    stage_stays_by_lead,
    status_changes_by_lead,
)
from persistence.leads import lead_by_id, references_by_lead, score_by_lead
from persistence.people import agent_by_id
from persistence.pipelines import deal_probabilities, stage_by_id
from persistence.tags import tags_by_lead

if TYPE_CHECKING:
    from gql.events.types import Event
    from gql.people.types import Agent
    from gql.pipelines.types import Stage, StageStay
    from gql.tags.types import Tag
    from gql.workspaces.types import Workspace


@strawberry.type(description="Who a lead is, and how it is reached.")
class Contact:
    """A view of `domain.leads.Lead`."""

    first_name: str | None = plain("The given name.")
    last_name: str | None = plain("The family name.")
    title: str | None = plain("The job title, as it came in.")
    email: EmailAddress | None = plain("The e-mail address.")
    phones: list[PhoneNumber] = plain("The phone numbers, the preferred one first.")
    language: str | None = plain("The language to speak, as BCP 47 writes it.")
    do_not_call: bool = plain("Whether the lead must not be called.")
    do_not_email: bool = plain("Whether the lead must not be sent e-mail.")


@strawberry.type(description="The company that a lead works for.")
class Company:
    """A view of `domain.leads.Lead`."""

    name: str | None = computed("The company's name.", lambda lead: lead.company, column="company")
    industry: str | None = plain("What the company does.")
    employees: int | None = plain("How many people work there.")
    annual_revenue: Decimal | None = plain("The annual revenue, in the workspace's currency.")
    website: URL | None = plain("The company's website.")


@strawberry.type(description="Where a lead is.")
class Address:
    """A view of `domain.leads.Lead`."""

    street: str | None = plain("Street and house number.")
    city: str | None = plain("The city.")
    region: str | None = plain("The state, province or county.")
    postal_code: str | None = plain("The postal code.")
    country: str | None = plain("The country, as ISO 3166-1 alpha-2.")
    time_zone: str | None = plain("The lead's IANA time zone, such as `Europe/Lisbon`.")


@strawberry.type(description="What qualifies a lead: budget, authority, need and timeline.")
class Bant:
    """A view of `domain.leads.Lead`."""

    budget: str | None = plain("What it can spend.")
    authority: str | None = plain("Who decides.")
    need: str | None = plain("What it needs.")
    timeline: str | None = plain("By when.")
    complete: bool = computed(
        "Whether all four are known, which QUALIFIED needs.",
        lambda lead: None not in (lead.budget, lead.authority, lead.need, lead.timeline),
    )


@strawberry.type(description="The UTM fields of the link that brought a lead.")
class Utm:
    """A view of `domain.leads.Touch`."""

    source: str | None = computed("utm_source.", lambda touch: touch.utm_source)
    medium: str | None = computed("utm_medium.", lambda touch: touch.utm_medium)
    campaign: str | None = computed("utm_campaign.", lambda touch: touch.utm_campaign)
    term: str | None = computed("utm_term.", lambda touch: touch.utm_term)
    content: str | None = computed("utm_content.", lambda touch: touch.utm_content)


@strawberry.type(description="One contact with marketing that brought a lead.")
class Touch:
    """See `domain.leads.Touch`."""

    source: LeadSource = plain("Where it came from.")
    at: datetime = plain("When.")
    detail: str | None = plain("What exactly, such as the form or the trade show.")
    utm: Utm = itself("The UTM fields of the link.")


def _first_touch(lead: domain.Lead) -> domain.Touch:
    return domain.Touch(
        source=lead.source,
        at=lead.first_touch_at,
        detail=lead.first_touch_detail,
        utm_source=lead.first_utm_source,
        utm_medium=lead.first_utm_medium,
        utm_campaign=lead.first_utm_campaign,
        utm_term=lead.first_utm_term,
        utm_content=lead.first_utm_content,
    )


def _last_touch(lead: domain.Lead) -> domain.Touch:
    return domain.Touch(
        source=lead.last_source,
        at=lead.last_touch_at,
        detail=lead.last_touch_detail,
        utm_source=lead.last_utm_source,
        utm_medium=lead.last_utm_medium,
        utm_campaign=lead.last_utm_campaign,
        utm_term=lead.last_utm_term,
        utm_content=lead.last_utm_content,
    )


@strawberry.type(description="The counts that behavioural and engagement rules read.")
class BehaviourCounts:
    """A view of `domain.leads.Lead`."""

    website_visits: int = plain("Visits of the website.")
    content_downloads: int = plain("Distinct downloads.")
    page_views: int = plain("Pages looked at.")
    email_opens: int = plain("E-mails opened.")
    email_clicks: int = plain("Links in e-mails clicked.")
    social_engagements: int = plain("Likes, comments and shares.")
    outbound_attempts: int = plain("Times that we tried to reach the lead.")
    contact_requested_at: datetime | None = plain("When the lead last asked to be contacted.")


@strawberry.type(description="A priority that somebody pinned over the one that follows from the grade.")
class PriorityPin:
    """A view of `domain.leads.Lead`."""

    priority: Priority = computed("The pinned priority.", lambda lead: lead.pinned_priority)
    reason: str | None = computed("Why.", lambda lead: lead.pin_reason)
    until: datetime | None = computed("Until when; null: until it is unpinned.", lambda lead: lead.pinned_until)


@strawberry.type(description="The id by which another system knows a lead.")
class ExternalReference:
    """See `domain.leads.ExternalReference`."""

    system: str = plain("The other system, such as `hubspot`.")
    external_id: str = plain("The lead's id there.")
    created_at: datetime = plain("Since when it is known here.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda reference: reference.lead_id, batch=lead_by_id
    )


def _deal_value(lead: domain.Lead) -> DomainMoney | None:
    return None if lead.deal_value is None or lead.deal_currency is None else DomainMoney(lead.deal_value, lead.deal_currency)


def _probability_key(lead: domain.Lead) -> tuple[int | None, UUID | None] | None:
    known = lead.deal_probability is not None or lead.stage_id is not None
    return (lead.deal_probability, lead.stage_id) if known else None


@strawberry.type(description="The deal that may come of a lead.")
class Deal:
    """A view of `domain.leads.Lead`."""

    value: Money | None = computed("What the deal is worth.", _deal_value)
    probability: int | None = to_one(
        "How likely it is won, in percent: as somebody set, else as the stage says; null without either.",
        key=_probability_key,
        batch=deal_probabilities,
    )
    manual_probability: int | None = computed(
        "The probability that somebody set, in percent; null: the stage's holds.", lambda lead: lead.deal_probability
    )
    expected_close_date: date | None = plain("The day on which it is expected to close.")


@strawberry.type(description="A status that a lead may move to, and what is still missing for it.")
class AllowedTransition:
    """See `domain.status.Transition`."""

    to: LeadStatus = plain("The status.")
    missing: list[Requirement] = plain("What is missing; a reason counts as missing where one is needed.")
    is_type_of = shows(domain_status.Transition)


def _transitions(root: Any, info: Info) -> Any:
    manager = info.context.viewer.may(Permission.FORCE_STATUS)
    return cast(Any, allowed_transitions(root.status_facts, is_manager=manager))


def _filter_argument(type_: Any) -> Mapping[str, Any]:
    return {"filter": Annotated[type_ | None, strawberry.argument(description="Only those that meet these conditions.")]}


@strawberry.type(description="Somebody who may buy: who it is, how good it is, what was tried, what comes next.")
class Lead(
    ClaimFields,
    ConsentFields,
    EnrollmentFields,
    FollowUpFields,
    CampaignFields,
    CustomFieldsOfLead,
    SegmentsOfLead,
    MergeFields,
    DuplicateFields,
    TimelineFields,
    ReachFields,
    Node,
):
    """See `domain.leads.Lead`."""

    id: strawberry.ID = node_id("Lead")
    version: int = plain("Counts the changes by people and integrations; `expectedVersion` compares with it.")
    created_at: datetime = plain("When the lead was created here.")
    updated_at: datetime = plain("When somebody last changed it; arriving activities and scores do not count.")
    deleted_at: datetime | None = plain("When it was deleted; null for all that ordinary reads find.")
    name: str | None = plain("First and last name together.")
    contact: Contact = itself("Who it is, and how it is reached.")
    company: Company = itself("The company.")
    address: Address = itself("Where it is.")
    bant: Bant = itself("Budget, authority, need and timeline.")
    notes: str | None = plain("What people noted down.")
    first_touch: Touch = computed("What first brought the lead; never changes.", _first_touch)
    last_touch: Touch = computed("What last brought it.", _last_touch)
    status: LeadStatus = plain("Where the lead stands.")
    status_since: datetime = plain("Since when.")
    allowed_transitions: list[AllowedTransition] = strawberry.field(
        resolver=_transitions, description="Where the lead may go from here, and what is still missing for each."
    )
    temperature: Temperature = plain("How warm it is; follows the grade.")
    grade: Grade = plain("How good it is; follows the score.")
    priority: Priority = plain("How soon to turn to it: the pinned priority while there is one, else the grade's.")
    priority_pin: PriorityPin | None = computed(
        "The pin that overrules the grade's priority.", lambda lead: None if lead.pinned_priority is None else lead
    )
    behaviour: BehaviourCounts = itself("The counts that the score reads.")
    first_contacted_at: datetime | None = plain("When we first tried to reach it.")
    last_contacted_at: datetime | None = plain("When we last tried to reach it.")
    last_activity_at: datetime | None = plain("When it last did something.")
    assigned_at: datetime | None = plain("Since when it has had its owner.")
    deal: Deal = itself("The deal that may come of it.")
    stage_entered_at: datetime | None = plain("Since when it has been in its stage.")
    closed_at: datetime | None = plain("When it was won, lost or disqualified.")
    score: Score | None = to_one("What it scores now, and why.", key=lambda lead: lead.id, batch=score_by_lead)
    next_steps: NextSteps | None = to_one(
        "The least that would lift it to the next grade.",
        key=lambda lead: None if lead.scored_at is None else (lead.id, lead.scored_at),
        batch=next_steps_by_scored_lead,
    )
    owner: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "The agent who works on it; null: it is in the pool.", key=lambda lead: lead.owner_id, batch=agent_by_id
    )
    stage: Annotated[Stage, strawberry.lazy("gql.pipelines.types")] | None = to_one(
        "The stage of the pipeline that it is in.", key=lambda lead: lead.stage_id, batch=stage_by_id
    )
    tags: list[Annotated[Tag, strawberry.lazy("gql.tags.types")]] = to_many("Its tags, by name.", batch=tags_by_lead)
    external_references: list[ExternalReference] = to_many("The systems that know it, and by which id.", batch=references_by_lead)
    activities: Connection[Activity] = to_pages(
        "What it did and what was noted, the latest first.",
        listing=activities_by_lead,
        order="OCCURRED_AT",
        arguments=_filter_argument(ActivityFilter),
        narrow=activity_filter,
    )
    contact_attempts: Connection[ContactAttempt] = to_pages(
        "The attempts to reach it, and its own to reach us, the latest first.",
        listing=contact_attempts_by_lead,
        order="OCCURRED_AT",
        arguments=_filter_argument(ContactAttemptFilter),
        narrow=attempt_filter,
    )
    score_history: Connection[ScoreChange] = to_pages("How its score moved, the latest first.", listing=score_entries_by_lead, order="AT")
    status_history: Connection[StatusChange] = to_pages(
        "How its status changed, the latest first.", listing=status_changes_by_lead, order="AT"
    )
    assignment_history: Connection[Assignment] = to_pages("Who owned it, the latest first.", listing=assignments_by_lead, order="AT")
    stage_history: Connection[Annotated[StageStay, strawberry.lazy("gql.pipelines.types")]] = to_pages(
        "The stages that it was in, the latest first.", listing=stage_stays_by_lead, order="AT"
    )
    close_date_slips: Connection[CloseDateSlip] = to_pages(
        "How the expected close date moved, the latest first.", listing=close_date_slips_by_lead, order="AT"
    )
    events: Connection[Annotated[Event, strawberry.lazy("gql.events.types")]] = to_pages(
        "What the feed told about it, the latest first.", listing=events_by_lead, order="SEQUENCE"
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Lead)


NODE_BATCHES["Lead"] = lead_by_id
