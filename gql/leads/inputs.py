"""The inputs that write a lead: groups of fields that mirror its output, and how they become a profile and a touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

import strawberry
from strawberry import UNSET

from domain.filters import LeadFilter as DomainLeadFilter
from domain.lead_profiles import PROFILE_PATHS
from domain.leads import ProfileFields
from domain.leads import Touch as DomainTouch
from gql.custom_fields.inputs import CustomFieldInput
from gql.ids import decode_kind
from gql.leads.enums import LeadSource
from gql.leads.filters import LeadFilter, to_filter
from gql.scalars import URL, EmailAddress, PhoneNumber
from usecases.bulk import Targets


def optional(description: str) -> Any:
    """Declare an input field whose absence is not null."""
    return strawberry.field(default=UNSET, description=description)


@strawberry.input(description="Who a lead is, and how it is reached. In updates, what is absent is left alone and null clears.")
class ContactInput:
    """See `gql.leads.types.Contact`."""

    first_name: str | None = optional("The given name, at most 100 characters.")
    last_name: str | None = optional("The family name, at most 100 characters.")
    title: str | None = optional("The job title, at most 200 characters.")
    email: EmailAddress | None = optional("The e-mail address.")
    phones: list[PhoneNumber] | None = optional("All phone numbers, the preferred one first; at most 10. They replace those there were.")
    language: str | None = optional("The language to speak, as BCP 47 writes it, such as `pt-PT`.")
    do_not_call: bool | None = optional("Whether the lead must not be called.")
    do_not_email: bool | None = optional("Whether the lead must not be sent e-mail.")


@strawberry.input(description="The company that a lead works for. In updates, what is absent is left alone and null clears.")
class CompanyInput:
    """See `gql.leads.types.Company`."""

    name: str | None = optional("The company's name, at most 200 characters.")
    industry: str | None = optional("What the company does, at most 200 characters.")
    employees: int | None = optional("How many people work there, 0–100,000,000.")
    annual_revenue: Decimal | None = optional("The annual revenue in the workspace's currency: at least 0, at most 3 decimals.")
    website: URL | None = optional("The company's website.")


@strawberry.input(description="Where a lead is. In updates, what is absent is left alone and null clears.")
class AddressInput:
    """See `gql.leads.types.Address`."""

    street: str | None = optional("Street and house number, at most 200 characters.")
    city: str | None = optional("The city, at most 100 characters.")
    region: str | None = optional("The state, province or county, at most 100 characters.")
    postal_code: str | None = optional("The postal code, at most 20 characters.")
    country: str | None = optional("The country, as ISO 3166-1 alpha-2. National phone numbers are read as its own.")
    time_zone: str | None = optional("The IANA time zone, such as `Europe/Lisbon`.")


@strawberry.input(description="Budget, authority, need and timeline. In updates, what is absent is left alone and null clears.")
class BantInput:
    """See `gql.leads.types.Bant`."""

    budget: str | None = optional("What it can spend, at most 1,000 characters.")
    authority: str | None = optional("Who decides, at most 1,000 characters.")
    need: str | None = optional("What it needs, at most 1,000 characters.")
    timeline: str | None = optional("By when, at most 1,000 characters.")


@strawberry.input(description="The UTM fields of the link that brought a lead, each at most 200 characters.")
class UtmInput:
    """See `gql.leads.types.Utm`."""

    source: str | None = strawberry.field(default=None, description="utm_source.")
    medium: str | None = strawberry.field(default=None, description="utm_medium.")
    campaign: str | None = strawberry.field(default=None, description="utm_campaign.")
    term: str | None = strawberry.field(default=None, description="utm_term.")
    content: str | None = strawberry.field(default=None, description="utm_content.")


@strawberry.input(description="One contact with marketing that brought a lead, or brought it back.")
class TouchInput:
    """See `gql.leads.types.Touch`."""

    source: LeadSource = strawberry.field(description="Where it came from.")
    at: datetime | None = strawberry.field(default=None, description="When, since the year 2000; without it, now.")
    detail: str | None = strawberry.field(
        default=None, description="What exactly, such as the form or the trade show; at most 500 characters."
    )
    utm: UtmInput | None = strawberry.field(default=None, description="The UTM fields of the link.")


@strawberry.input(description="The id by which another system knows a lead.")
class ExternalReferenceInput:
    """See `domain.leads.ExternalReference`."""

    system: str = strawberry.field(description="The other system, such as `hubspot`.")
    external_id: str = strawberry.field(description="The lead's id there.")


@strawberry.input(description="A lead's own fields, in the groups in which it shows them.")
class ProfileInput:
    """What the inputs that write a lead have in common."""

    contact: ContactInput | None = optional("Who it is, and how it is reached.")
    company: CompanyInput | None = optional("The company.")
    address: AddressInput | None = optional("Where it is.")
    bant: BantInput | None = optional("Budget, authority, need and timeline.")
    notes: str | None = optional("What people noted down, at most 32 KiB.")
    custom_fields: list[CustomFieldInput] | None = optional(
        "Values of custom fields, each by its key; fields that are not named are left alone, and null clears them all."
    )


def to_profile(input: ProfileInput) -> ProfileFields:
    """Collect the fields that an input names; a group that is null clears all of its fields."""
    profile: dict[str, Any] = {}
    for name, path in PROFILE_PATHS.items():
        value: Any = input
        for part in path:
            value = getattr(value, part) if value is not None and value is not UNSET else value
        if value is not UNSET:
            profile[name] = tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType] -- of a JSON list
    return cast(ProfileFields, profile)


def to_touch(input: TouchInput | None, at: datetime) -> DomainTouch | None:
    """Turn the input into a touch; without an instant of its own it is now."""
    if input is None:
        return None
    utm = input.utm or UtmInput()
    return DomainTouch(
        source=input.source,
        at=input.at or at,
        detail=input.detail,
        utm_source=utm.source,
        utm_medium=utm.medium,
        utm_campaign=utm.campaign,
        utm_term=utm.term,
        utm_content=utm.content,
    )


def to_references(input: Sequence[ExternalReferenceInput]) -> tuple[tuple[str, str], ...]:
    """Take the references apart."""
    return tuple((reference.system, reference.external_id) for reference in input)


def to_targets(lead_ids: Sequence[strawberry.ID] | None, filter: LeadFilter | None) -> Targets:
    """Name the leads of a bulk request, by ids or by a filter."""
    return Targets(
        ids=None if lead_ids is None else tuple(decode_kind("Lead", id) for id in lead_ids),
        filter=None if filter is None else to_filter(filter, DomainLeadFilter),
    )
