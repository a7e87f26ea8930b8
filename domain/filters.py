"""The one filter over leads that lists, exports, bulk changes and segments share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OneOf:
    """Conditions on a closed set. Values are the enum's names."""

    eq: str | None = None
    in_: tuple[str, ...] | None = None
    not_in: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TextMatch:
    """Conditions on a text, without regard to case; `contains` and `starts_with` are literal, never patterns."""

    eq: str | None = None
    in_: tuple[str, ...] | None = None
    contains: str | None = None
    starts_with: str | None = None
    is_null: bool | None = None


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Conditions on a number."""

    eq: Decimal | None = None
    gte: Decimal | None = None
    gt: Decimal | None = None
    lte: Decimal | None = None
    lt: Decimal | None = None
    is_null: bool | None = None


@dataclass(frozen=True, slots=True)
class InstantRange:
    """Conditions on an instant."""

    gte: datetime | None = None
    lt: datetime | None = None
    is_null: bool | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Conditions on a day."""

    gte: date | None = None
    lte: date | None = None
    is_null: bool | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Conditions on another object's id."""

    eq: UUID | None = None
    in_: tuple[UUID, ...] | None = None
    is_null: bool | None = None


@dataclass(frozen=True, slots=True)
class TagMatch:
    """Conditions on tags, by name without regard to case."""

    any_of: tuple[str, ...] | None = None
    all_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OptionMatch:
    """Conditions on the options that a field holds, by their keys."""

    any_of: tuple[str, ...] | None = None
    all_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CustomFieldMatch:
    """Conditions on one custom field: `text` on a TEXT, `number` on a NUMBER, `date` on a DATE and so on; others meet none of them."""

    key: str = ""
    text: TextMatch | None = None
    number: NumberRange | None = None
    date: DateRange | None = None
    boolean: bool | None = None
    options: OptionMatch | None = None
    is_null: bool | None = None


@dataclass(frozen=True, slots=True)
class FirstResponseMatch:
    """Conditions on the first answer that a lead is to get."""

    due_at: InstantRange | None = None
    responded: bool | None = None


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads are meant: everything that is set must hold. Without `deleted`, deleted leads are left out."""

    and_: tuple[LeadFilter, ...] | None = None
    or_: tuple[LeadFilter, ...] | None = None
    not_: LeadFilter | None = None
    ids: tuple[UUID, ...] | None = None
    status: OneOf | None = None
    grade: OneOf | None = None
    temperature: OneOf | None = None
    priority: OneOf | None = None
    source: OneOf | None = None
    score: NumberRange | None = None
    owner: Reference | None = None
    team: Reference | None = None
    pipeline: Reference | None = None
    stage: Reference | None = None
    campaign: Reference | None = None
    segment: Reference | None = None
    tags: TagMatch | None = None
    external_system: TextMatch | None = None
    email: TextMatch | None = None
    company: TextMatch | None = None
    title: TextMatch | None = None
    industry: TextMatch | None = None
    country: TextMatch | None = None
    city: TextMatch | None = None
    employees: NumberRange | None = None
    annual_revenue: NumberRange | None = None
    deal_value: NumberRange | None = None
    expected_close_date: DateRange | None = None
    created_at: InstantRange | None = None
    updated_at: InstantRange | None = None
    closed_at: InstantRange | None = None
    first_response: FirstResponseMatch | None = None
    last_contacted_at: InstantRange | None = None
    last_activity_at: InstantRange | None = None
    custom_fields: tuple[CustomFieldMatch, ...] | None = None
    do_not_call: bool | None = None
    deleted: bool | None = None


@dataclass(frozen=True, slots=True)
class LeadQuery:
    """A filter and a full-text search together."""

    filter: LeadFilter | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class LeadPlace:
    """Where a lead stands among all, the oldest first."""

    created_at: datetime
    id: UUID


class LeadOrderField(StrEnum):
    """By what a list of leads can be ordered; every order is made total by the id."""

    CREATED_AT = "CREATED_AT"
    UPDATED_AT = "UPDATED_AT"
    SCORE = "SCORE"
    NAME = "NAME"
    COMPANY = "COMPANY"
    LAST_ACTIVITY_AT = "LAST_ACTIVITY_AT"
    LAST_CONTACTED_AT = "LAST_CONTACTED_AT"
    DEAL_VALUE = "DEAL_VALUE"
    EXPECTED_CLOSE_DATE = "EXPECTED_CLOSE_DATE"
    STATUS_SINCE = "STATUS_SINCE"
    FIRST_RESPONSE_DUE_AT = "FIRST_RESPONSE_DUE_AT"


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which activities are meant."""

    types: tuple[str, ...] | None = None
    campaign: Reference | None = None
    occurred_at: InstantRange | None = None


@dataclass(frozen=True, slots=True)
class ContactAttemptFilter:
    """Which contact attempts are meant."""

    channels: tuple[str, ...] | None = None
    directions: tuple[str, ...] | None = None
    outcomes: tuple[str, ...] | None = None
    occurred_at: InstantRange | None = None
