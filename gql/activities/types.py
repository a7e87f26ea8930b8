"""What leads did, and how they were contacted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry import UNSET

from domain import activities as domain
from domain.filters import ActivityFilter as DomainActivityFilter
from domain.filters import ContactAttemptFilter as DomainContactAttemptFilter
from gql.activities.enums import ActivityType, ContactChannel, ContactDirection, ContactOutcome, SocialNetwork
from gql.actors import Actor, actor
from gql.edges import to_many, to_one
from gql.leads.filters import DateTimeFilter, IdFilter, to_filter
from gql.nodes import NODE_BATCHES, Node, node_id, plain, shows
from gql.scalars import URL
from persistence.activities import activity_by_id
from persistence.campaigns import campaign_by_id
from persistence.claims import claims_by_attempt
from persistence.consent import consent_entries_by_cause
from persistence.contact_attempts import contact_attempt_by_id
from persistence.follow_ups import follow_ups_by_attempt
from persistence.leads import lead_by_id
from persistence.people import agent_by_id

if TYPE_CHECKING:
    from gql.campaigns.types import Campaign
    from gql.consent.types import ConsentEntry
    from gql.follow_ups.types import FollowUp
    from gql.leads.types import Lead
    from gql.people.types import Agent
    from gql.queues.types import Claim


@strawberry.type(description="One thing that happened to a lead. Activities are only ever added.")
class Activity(Node):
    """See `domain.activities.Activity`."""

    id: strawberry.ID = node_id("Activity")
    type: ActivityType = plain("What happened.")
    occurred_at: datetime = plain("When it happened; may lie before it was recorded.")
    recorded_at: datetime = plain("When the service learned of it.")
    source: str | None = plain("The system that reported it.")
    source_event_id: str | None = plain("The event's id in that system; recorded once.")
    asset: str | None = plain("What was downloaded, viewed or clicked.")
    subject: str | None = plain("A line about it.")
    body: str | None = plain("More about it.")
    agent: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "The agent who took part.", key=lambda activity: activity.agent_id, batch=agent_by_id
    )
    actor: Actor = actor("Who recorded it.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda activity: activity.lead_id, batch=lead_by_id
    )
    campaign: Annotated[Campaign, strawberry.lazy("gql.campaigns.types")] | None = to_one(
        "The campaign whose touch it is.", key=lambda activity: activity.campaign_id, batch=campaign_by_id
    )
    consent_entries: list[Annotated[ConsentEntry, strawberry.lazy("gql.consent.types")]] = to_many(
        "The lines of the consent ledger that it is behind: those of an opt-out.", batch=consent_entries_by_cause
    )
    is_type_of = shows(domain.Activity)


@strawberry.type(description="One attempt to reach a lead, or of a lead to reach us.")
class ContactAttempt(Node):
    """See `domain.activities.ContactAttempt`."""

    id: strawberry.ID = node_id("ContactAttempt")
    channel: ContactChannel = plain("How.")
    social_network: SocialNetwork | None = plain("The network, where the channel is SOCIAL.")
    direction: ContactDirection = plain("Who contacted whom.")
    outcome: ContactOutcome = plain("How it ended.")
    occurred_at: datetime = plain("When it took place.")
    recorded_at: datetime = plain("When the service learned of it.")
    duration_seconds: int | None = plain("How many seconds the call or meeting lasted.")
    provider: str | None = plain("The provider that carried it.")
    provider_id: str | None = plain("Its id at the provider; recorded once.")
    recording_url: URL | None = plain("Where the recording is.")
    transcript_url: URL | None = plain("Where the transcript is.")
    notes: str | None = plain("What people noted down.")
    agent: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "The agent who took part.", key=lambda attempt: attempt.agent_id, batch=agent_by_id
    )
    actor: Actor = actor("Who recorded it.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda attempt: attempt.lead_id, batch=lead_by_id
    )
    claims: list[Annotated[Claim, strawberry.lazy("gql.queues.types")]] = to_many(
        "The claim from a queue that it completed; several where one report completed several.", batch=claims_by_attempt
    )
    follow_ups: list[Annotated[FollowUp, strawberry.lazy("gql.follow_ups.types")]] = to_many(
        "What is to be done because of it, what is due first first; empty when the lead was deleted.", batch=follow_ups_by_attempt
    )
    consent_entries: list[Annotated[ConsentEntry, strawberry.lazy("gql.consent.types")]] = to_many(
        "The lines of the consent ledger that it is behind: those of an opt-out.", batch=consent_entries_by_cause
    )
    is_type_of = shows(domain.ContactAttempt)


@strawberry.input(description="Which activities are meant: everything that is set must hold. A condition that is null is refused.")
class ActivityFilter:
    """See `domain.filters.ActivityFilter`."""

    types: list[ActivityType] | None = strawberry.field(default=UNSET, description="One of these types.")
    campaign: IdFilter | None = strawberry.field(default=UNSET, description="By the campaign whose touches they are.")
    occurred_at: DateTimeFilter | None = strawberry.field(default=UNSET, description="By when it happened.")


@strawberry.input(description="Which contact attempts are meant: everything that is set must hold. A condition that is null is refused.")
class ContactAttemptFilter:
    """See `domain.filters.ContactAttemptFilter`."""

    channels: list[ContactChannel] | None = strawberry.field(default=UNSET, description="Through one of these channels.")
    directions: list[ContactDirection] | None = strawberry.field(default=UNSET, description="In one of these directions.")
    outcomes: list[ContactOutcome] | None = strawberry.field(default=UNSET, description="With one of these outcomes.")
    occurred_at: DateTimeFilter | None = strawberry.field(default=UNSET, description="By when it took place.")


def activity_filter(given: Mapping[str, Any]) -> DomainActivityFilter | None:
    """Make the listing's filter of the argument `filter`."""
    return to_filter(given["filter"], DomainActivityFilter) if "filter" in given else None


def attempt_filter(given: Mapping[str, Any]) -> DomainContactAttemptFilter | None:
    """Make the listing's filter of the argument `filter`."""
    return to_filter(given["filter"], DomainContactAttemptFilter) if "filter" in given else None


NODE_BATCHES["Activity"] = activity_by_id
NODE_BATCHES["ContactAttempt"] = contact_attempt_by_id
