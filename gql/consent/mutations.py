"""Mutations of the consent ledger and of the rules of contacting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import contact_rules as rules
from domain.working_hours import minute_of
from domain.working_time import WorkingInterval
from gql.activities.enums import ContactChannel
from gql.consent.enums import ConsentNeed, ConsentPurpose, LegalBasis
from gql.consent.types import ConsentEntry, ContactRulesVersion
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from gql.scalars import URL
from gql.weekdays import Weekday
from usecases.consent import ledger
from usecases.consent import update_contact_rules as publishing
from usecases.verbs import Call

_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What `recordConsent` takes.")
class RecordConsentInput(MutationInput):
    """See `usecases.consent.ledger.LedgerLines`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    channels: list[ContactChannel] = strawberry.field(description="The channels on which it may be contacted.")
    purposes: list[ConsentPurpose] = strawberry.field(description="For what.")
    basis: LegalBasis = strawberry.field(default=LegalBasis.CONSENT, description="On what ground.")
    source: str = strawberry.field(description="Where it said so, such as the form: 1–200 characters. Consent of unknown origin is none.")
    said_at: datetime = strawberry.field(description="When it said so; not in the future.")
    evidence: str | None = strawberry.field(default=None, description="The words by which it said so, at most 2,000 characters.")
    evidence_url: URL | None = strawberry.field(default=None, description="Where the evidence is kept.")
    expires_at: datetime | None = strawberry.field(default=None, description="Until when it holds; null: until it is withdrawn.")
    claimed: bool = strawberry.field(
        default=False, description="Another system says so, and nobody here heard it: it is kept, but never outweighs the lead's own no."
    )


@strawberry.input(description="What `withdrawConsent` takes.")
class WithdrawConsentInput(MutationInput):
    """See `usecases.consent.ledger.LedgerLines`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    channels: list[ContactChannel] = strawberry.field(description="The channels on which it may no longer be contacted.")
    purposes: list[ConsentPurpose] = strawberry.field(description="For what.")
    source: str = strawberry.field(description="Where it said so, such as the call: 1–200 characters.")
    said_at: datetime = strawberry.field(description="When it said so; not in the future.")
    evidence: str | None = strawberry.field(default=None, description="The words by which it said so, at most 2,000 characters.")
    evidence_url: URL | None = strawberry.field(default=None, description="Where the evidence is kept.")


RecordConsentError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("RecordConsentError", description="Why consent was not recorded."),
]
WithdrawConsentError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("WithdrawConsentError", description="Why consent was not withdrawn."),
]


@strawberry.type(description="What `recordConsent` answers.")
class RecordConsentPayload(MutationPayload):
    """The lead with its new entries, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The lead as it is now; null when it was refused.")
    entries: list[ConsentEntry] = strawberry.field(
        default_factory=list["ConsentEntry"], description="The new lines of the ledger: one for each channel and purpose."
    )
    errors: list[RecordConsentError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `withdrawConsent` answers.")
class WithdrawConsentPayload(MutationPayload):
    """The lead with its new entries, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The lead as it is now; null when it was refused.")
    entries: list[ConsentEntry] = strawberry.field(
        default_factory=list["ConsentEntry"], description="The new lines of the ledger: one for each channel and purpose."
    )
    errors: list[WithdrawConsentError] = strawberry.field(description=_ERRORS)


async def record_consent(info: Info, input: RecordConsentInput) -> RecordConsentPayload:
    """Record consent."""
    request = ledger.LedgerLines(
        lead_id=decode_kind("Lead", input.lead_id),
        channels=tuple(input.channels),
        purposes=tuple(input.purposes),
        basis=input.basis,
        source=input.source,
        said_at=input.said_at,
        evidence=input.evidence,
        evidence_url=input.evidence_url,
        expires_at=input.expires_at,
        claimed=input.claimed,
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await ledger.record_consent(call, request)).parts

    return await run(info, RecordConsentPayload, input, verb)


async def withdraw_consent(info: Info, input: WithdrawConsentInput) -> WithdrawConsentPayload:
    """Withdraw consent."""
    request = ledger.LedgerLines(
        lead_id=decode_kind("Lead", input.lead_id),
        channels=tuple(input.channels),
        purposes=tuple(input.purposes),
        basis=None,
        source=input.source,
        said_at=input.said_at,
        evidence=input.evidence,
        evidence_url=input.evidence_url,
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await ledger.withdraw_consent(call, request)).parts

    return await run(info, WithdrawConsentPayload, input, verb)


@strawberry.input(description="A part of every week, by the lead's clocks.")
class ContactIntervalInput:
    """See `gql.consent.types.ContactInterval`."""

    day: Weekday = strawberry.field(description="The day on which it begins.")
    opens: str = strawberry.field(description="When it begins, such as `09:00`.")
    closes: str = strawberry.field(description="When it ends, such as `18:00`; not later than it begins: on the next day.")


@strawberry.input(description="When a channel may be used. Calls and texts must stay within 08:00–21:00.")
class ChannelWindowsInput:
    """See `gql.consent.types.ChannelWindows`."""

    channel: ContactChannel = strawberry.field(description="The channel.")
    weekly: list[ContactIntervalInput] = strawberry.field(description="When it may be used, at most 50 intervals; empty: never.")


@strawberry.input(description="How often leads may be tried.")
class FrequencyCapInput:
    """See `gql.consent.types.FrequencyCap`."""

    channel: ContactChannel | None = strawberry.field(default=None, description="The channel whose attempts count; null: all together.")
    days: int = strawberry.field(description="Within how many days of the lead's calendar, today included: 1–31.")
    most: int = strawberry.field(description="How many outbound attempts at most: 1–100.")


@strawberry.input(description="What contacting on a channel for a purpose needs.")
class ConsentRuleInput:
    """See `gql.consent.types.ConsentRule`."""

    channel: ContactChannel = strawberry.field(description="The channel.")
    purpose: ConsentPurpose = strawberry.field(description="The purpose.")
    need: ConsentNeed = strawberry.field(description="What the ledger must say.")
    bases: list[LegalBasis] = strawberry.field(
        default_factory=lambda: [LegalBasis.CONSENT, LegalBasis.CONTRACT], description="The grounds that count as given."
    )


@strawberry.input(description="What `updateContactRules` takes: what is absent or null stays as it is.")
class UpdateContactRulesInput(VersionedInput):
    """See `usecases.consent.update_contact_rules`."""

    windows: list[ChannelWindowsInput] | None = strawberry.field(
        default=None, description="When channels may be used; they replace all there were, and a channel left out may be used at any time."
    )
    caps: list[FrequencyCapInput] | None = strawberry.field(
        default=None, description="How often leads may be tried, at most 20; they replace all there were."
    )
    consent: list[ConsentRuleInput] | None = strawberry.field(
        default=None, description="What consent is needed; each replaces the rule for its channel and purpose, the others stay."
    )
    note: str | None = strawberry.field(default=None, description="Why, at most 500 characters.")


UpdateContactRulesError = Annotated[
    ValidationError | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UpdateContactRulesError", description="Why rules were not published."),
]


@strawberry.type(description="What `updateContactRules` answers.")
class UpdateContactRulesPayload(MutationPayload):
    """The new version, or the refusals."""

    version: ContactRulesVersion | None = strawberry.field(default=None, description="The version that decides from now on.")
    errors: list[UpdateContactRulesError] = strawberry.field(description=_ERRORS)


async def update_contact_rules(info: Info, input: UpdateContactRulesInput) -> UpdateContactRulesPayload:
    """Publish rules."""
    windows = None if input.windows is None else tuple(_windows(each) for each in input.windows)
    caps = (
        None if input.caps is None else tuple(rules.FrequencyCap(channel=cap.channel, days=cap.days, most=cap.most) for cap in input.caps)
    )
    consent = (
        None
        if input.consent is None
        else tuple(
            rules.ConsentRule(channel=each.channel, purpose=each.purpose, need=each.need, bases=tuple(each.bases)) for each in input.consent
        )
    )
    return await run(
        info,
        UpdateContactRulesPayload,
        input,
        lambda call: publishing.update_contact_rules(call, windows, caps, consent, input.note, input.expected_version),
        result="version",
    )


def _windows(given: ChannelWindowsInput) -> rules.ChannelWindows:
    # What is no time of the day is out of bounds, and the rules' own check says so.
    weekly = (WorkingInterval(each.day, _minute(each.opens), _minute(each.closes)) for each in given.weekly)
    return rules.ChannelWindows(channel=given.channel, weekly=tuple(weekly))


def _minute(text: str) -> int:
    minute = minute_of(text)
    return -1 if minute is None else minute


@strawberry.type
class ConsentMutations:
    """The part of `Mutation` that is about consent and the rules of contacting."""

    record_consent = strawberry.mutation(
        resolver=record_consent, description="Add to a lead's ledger that it may be contacted: a line for each channel and purpose."
    )
    withdraw_consent = strawberry.mutation(
        resolver=withdraw_consent,
        description="Add to a lead's ledger that it may no longer be contacted: a line for each channel and purpose.",
    )
    update_contact_rules = strawberry.mutation(
        resolver=update_contact_rules, description="Publish a new version of the rules of contacting; it decides from then on."
    )
