"""Consent, suppressions, the rules of contacting, and what they come to for a lead."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain import consent as domain
from domain import contact_decisions, contact_rules
from domain.working_hours import clock_time
from gql.activities.enums import ContactChannel
from gql.actors import Actor, actor
from gql.consent.enums import (
    ConsentAction,
    ConsentNeed,
    ConsentPurpose,
    ConsentState,
    ContactRuleKind,
    ContactVerdict,
    LegalBasis,
    SuppressionKind,
    SuppressionReason,
    ZoneSource,
)
from gql.context import Info
from gql.edges import to_one
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.scalars import URL
from gql.weekdays import Weekday
from persistence.activities import activity_by_id
from persistence.consent import consent_entry_by_id
from persistence.contact_attempts import contact_attempt_by_id
from persistence.contact_rules import contact_rules_by_id
from persistence.leads import lead_by_id
from persistence.suppressions import suppression_by_id

if TYPE_CHECKING:
    from gql.activities.types import Activity, ContactAttempt
    from gql.leads.types import Lead


@strawberry.type(description="A line of a lead's consent ledger; lines are only ever added.")
class ConsentEntry(Node):
    """See `domain.consent.ConsentEntry`."""

    id: strawberry.ID = node_id("ConsentEntry")
    channel: ContactChannel = plain("The channel that it is about.")
    purpose: ConsentPurpose = plain("The purpose that it is about.")
    action: ConsentAction = plain("What it says.")
    basis: LegalBasis | None = plain("On what ground; null for a withdrawal.")
    claimed: bool = plain("Whether only another system says so; a claim never outweighs the lead's own no.")
    source: str = plain("Where the lead said so, such as the form.")
    evidence: str | None = plain("The words by which it said so.")
    evidence_url: URL | None = plain("Where the evidence is kept.")
    at: datetime = plain("When the lead said so.")
    expires_at: datetime | None = plain("Until when it holds; null: until it is withdrawn.")
    recorded_at: datetime = plain("When it was recorded here.")
    actor: Actor = actor("Who recorded it.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda entry: entry.lead_id, batch=lead_by_id
    )
    activity: Annotated[Activity, strawberry.lazy("gql.activities.types")] | None = to_one(
        "The activity by which the lead said so, such as the touch of a campaign that it opted out of.",
        key=lambda entry: entry.cause_id,
        batch=activity_by_id,
    )
    contact_attempt: Annotated[ContactAttempt, strawberry.lazy("gql.activities.types")] | None = to_one(
        "The contact attempt in which the lead said so.", key=lambda entry: entry.cause_id, batch=contact_attempt_by_id
    )
    is_type_of = shows(domain.ConsentEntry)


def _state(root: Any, info: Info) -> Any:
    return root.state(info.context.at)


@strawberry.type(description="Where a lead stands for one channel and purpose.")
class Consent:
    """See `domain.consent.Consent`."""

    channel: ContactChannel = plain("The channel.")
    purpose: ConsentPurpose = plain("The purpose.")
    state: ConsentState = strawberry.field(resolver=_state, description="What the ledger comes to now.")
    entry: ConsentEntry | None = plain("The line of the ledger that decided.")
    is_type_of = shows(domain.Consent)


@strawberry.type(description="An address, a lead or a whole channel that must not be contacted.")
class Suppression(Node):
    """See `domain.consent.Suppression`."""

    id: strawberry.ID = node_id("Suppression")
    kind: SuppressionKind = plain("What must not be contacted.")
    channel: ContactChannel = plain("On which channel.")
    address: str | None = plain("The phone number as E.164, or the e-mail address in lower case; null for leads and channels.")
    reason: SuppressionReason = plain("Why.")
    note: str | None = plain("What was noted about it.")
    at: datetime = plain("Since when.")
    lifted_at: datetime | None = plain("When it was lifted; null while it holds.")
    lift_note: str | None = plain("What was noted when it was lifted.")
    actor: Actor = actor("Who suppressed it.")
    lifted_by: Actor | None = computed(
        "Who lifted it.", lambda each: None if each.lifted_by_kind is None else Lifting(each.lifted_by_kind, each.lifted_by_id)
    )
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead that is suppressed as a whole; null for addresses and channels.", key=lambda each: each.lead_id, batch=lead_by_id
    )
    is_type_of = shows(domain.Suppression)


class Lifting:
    """Who lifted a suppression, as `gql.actors.Actor` reads it."""

    __slots__ = ("actor_id", "actor_kind")

    def __init__(self, kind: str, id: Any) -> None:
        self.actor_kind = kind
        self.actor_id = id


@strawberry.type(description="A circumstance that a rule looked at.")
class ContactFact:
    """Text: facts are of many types."""

    name: str = computed("What it is, such as `reason`.", lambda fact: fact[0])
    value: str = computed("Its value as text; instants as RFC 3339.", lambda fact: fact[1])


@strawberry.type(description="What one rule of contacting says about a lead.")
class AppliedContactRule:
    """See `domain.contact_decisions.AppliedRule`."""

    kind: ContactRuleKind = plain("What the rule looks at.")
    verdict: ContactVerdict = plain("What it says.")
    message: str = plain("Why, in words.")
    facts: list[ContactFact] = plain("What it looked at.")
    until: datetime | None = plain("For ALLOW how long it says so, for DEFER when it says so no longer; null: without end.")


@strawberry.type(description="What the clocks show in a time zone that the lead may be in.")
class ZoneClock:
    """See `domain.contact_decisions.ZoneClock`."""

    zone: str = plain("The IANA zone.")
    local_time: str = plain("What its clocks show, as ISO 8601 without an offset.")


@strawberry.type(description="Whether a lead may be contacted, and why.")
class ContactDecision:
    """See `domain.contact_decisions.ContactDecision`."""

    channel: ContactChannel = plain("On which channel.")
    purpose: ConsentPurpose = plain("For what.")
    at: datetime = plain("At which instant.")
    verdict: ContactVerdict = plain("Whether it may be.")
    until: datetime | None = plain(
        "For DEFER the first instant at which it may be if nothing else changes; for ALLOW until when it may be; null: without end."
    )
    rules: list[AppliedContactRule] = plain("All rules that say what the verdict says.")
    rules_version: int = plain("The version of the workspace's rules; 0: the shipped ones.")
    zone_source: ZoneSource = plain("How the time zones were found.")
    clocks: list[ZoneClock] = plain("The clocks that were looked at: in each zone that is possible it must be a good time.")
    is_type_of = shows(contact_decisions.ContactDecision)


@strawberry.type(description="A part of every week, by the lead's clocks.")
class ContactInterval:
    """See `domain.working_time.WorkingInterval`."""

    day: Weekday = plain("The day on which it begins.")
    opens: str = computed("When it begins, such as `09:00`.", lambda interval: clock_time(interval.opens))
    closes: str = computed(
        "When it ends, such as `18:00`; not later than it begins: on the next day.", lambda each: clock_time(each.closes)
    )


@strawberry.type(description="When a channel may be used, by the lead's clocks.")
class ChannelWindows:
    """See `domain.contact_rules.ChannelWindows`."""

    channel: ContactChannel = plain("The channel.")
    weekly: list[ContactInterval] = plain("When it may be used; empty: never.")


@strawberry.type(description="How often leads may be tried.")
class FrequencyCap:
    """See `domain.contact_rules.FrequencyCap`."""

    channel: ContactChannel | None = plain("The channel whose attempts count; null: those of all channels together.")
    days: int = plain("Within how many days of the lead's calendar, today included.")
    most: int = plain("How many outbound attempts at most.")


@strawberry.type(description="What contacting on a channel for a purpose needs.")
class ConsentRule:
    """See `domain.contact_rules.ConsentRule`."""

    channel: ContactChannel = plain("The channel.")
    purpose: ConsentPurpose = plain("The purpose.")
    need: ConsentNeed = plain("What the ledger must say.")
    bases: list[LegalBasis] = plain("The grounds that count as given.")


@strawberry.type(description="The rules of when, how often and for what leads may be contacted.")
class ContactRules:
    """See `domain.contact_rules.ContactRules`."""

    version: int = plain("Which version it is; 0: the shipped rules.")
    windows: list[ChannelWindows] = plain("When channels may be used; a channel that is left out may be at any time.")
    caps: list[FrequencyCap] = plain("How often leads may be tried.")
    consent: list[ConsentRule] = plain("What consent is needed; a channel and purpose that are left out need an express yes.")
    is_type_of = shows(contact_rules.ContactRules)


@strawberry.type(description="A published version of the rules of contacting.")
class ContactRulesVersion(Node):
    """See `domain.contact_rules.PublishedRules`."""

    id: strawberry.ID = node_id("ContactRulesVersion")
    rules: ContactRules = plain("The rules.")
    note: str | None = plain("Why they were published.")
    at: datetime = plain("Since when they decide, until the next version does.")
    actor: Actor = actor("Who published them.")
    is_type_of = shows(contact_rules.PublishedRules)


NODE_BATCHES["ConsentEntry"] = consent_entry_by_id
NODE_BATCHES["Suppression"] = suppression_by_id
NODE_BATCHES["ContactRulesVersion"] = contact_rules_by_id
