"""Campaigns: what they are, how they are compared, what they may spend and what they cost (rules §5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from domain.activities import ContactChannel
from domain.money import amount_problem
from domain.refusals import Refusal, RefusalCode, ValidationFailed
from domain.texts import optional_text

MAX_NAME = 100
MAX_DESCRIPTION = 1_000
MAX_LABEL = 200
MAX_VARIANTS = 10
MAX_WEIGHT = 1_000
MAX_LINES = 100
MAX_ATTRIBUTION_DAYS = 730
DEFAULT_ATTRIBUTION_DAYS = 90
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2199, 12, 31, tzinfo=UTC)
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2199, 12, 31)
CLOCK_SKEW = timedelta(minutes=5)
"""A start this far back still counts as now: clocks of callers may run behind."""


class CampaignType(StrEnum):
    """What a campaign mostly does."""

    EMAIL = "EMAIL"
    CALLING = "CALLING"
    MULTI_CHANNEL = "MULTI_CHANNEL"
    NURTURING = "NURTURING"


class CampaignStatus(StrEnum):
    """Where a campaign stands."""

    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


_S = CampaignStatus
NOT_BEGUN = frozenset({_S.DRAFT, _S.SCHEDULED})
NOT_OVER = frozenset({_S.DRAFT, _S.SCHEDULED, _S.RUNNING, _S.PAUSED})
BEGUN = frozenset(_S) - NOT_BEGUN


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One effort to win leads.

    `starts_at` and `ends_at` are the plan, `started_at` and `ended_at` what became of it. A lead that is won within
    `attribution_days` (1–730) after it joined counts as converted. `weights_changed_at` is when members began to be spread by other
    weights than those before them, None while all were spread alike.
    """

    id: UUID
    version: int
    name: str
    description: str | None
    type: CampaignType
    status: CampaignStatus
    status_since: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    attribution_days: int
    weights_changed_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def attribution(self) -> timedelta:
        """How long after joining a sale is put down to the campaign."""
        return timedelta(days=self.attribution_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignVariant:
    """One of several ways of doing a campaign. Members are spread over them in proportion to `weight` (1–1,000)."""

    id: UUID
    campaign_id: UUID
    version: int
    name: str
    description: str | None
    weight: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignBudgetLine:
    """A part of what a campaign may spend; for one variant or one channel where it says so."""

    id: UUID
    campaign_id: UUID
    version: int
    label: str
    amount: Decimal
    currency: str
    variant_id: UUID | None
    channel: ContactChannel | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCost:
    """What was spent on a campaign on one day. Costs are only ever added and deleted."""

    id: UUID
    campaign_id: UUID
    incurred_on: date
    amount: Decimal
    currency: str
    variant_id: UUID | None
    channel: ContactChannel | None
    note: str | None
    recorded_at: datetime
    actor_kind: str
    actor_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFilter:
    """Which campaigns are meant: everything that is set must hold. `name` is a part of it, without regard to case."""

    statuses: tuple[CampaignStatus, ...] | None = None
    types: tuple[CampaignType, ...] | None = None
    name: str | None = None


class CampaignOrderField(StrEnum):
    """By what a list of campaigns can be ordered."""

    CREATED_AT = "CREATED_AT"
    NAME = "NAME"
    STARTS_AT = "STARTS_AT"


class CampaignFields(TypedDict, total=False):
    """What creating and updating a campaign write. A key that is absent leaves the value alone; None clears it."""

    name: str | None
    description: str | None
    type: CampaignType | None
    starts_at: datetime | None
    ends_at: datetime | None
    attribution_days: int | None


class VariantFields(TypedDict, total=False):
    """What creating and updating a variant write. A key that is absent leaves the value alone; None clears it."""

    name: str | None
    description: str | None
    weight: int | None


class BudgetLineFields(TypedDict, total=False):
    """What creating and updating a budget line write; `amount` comes with its currency."""

    label: str | None
    amount: tuple[Decimal, str] | None
    variant_id: UUID | None
    channel: ContactChannel | None


@dataclass(frozen=True, kw_only=True)
class WrongCampaignStatus(Refusal, code=RefusalCode.WRONG_CAMPAIGN_STATUS):
    """What was asked for is done only while the campaign stands elsewhere."""

    campaign_id: UUID
    status: CampaignStatus
    needed: tuple[CampaignStatus, ...]


def wrong_status(campaign: Campaign, needed: Collection[CampaignStatus], *path: str) -> Sequence[WrongCampaignStatus]:
    """Refuse what needs another status than the campaign has; nothing when it has one that is needed."""
    if campaign.status in needed:
        return ()
    message = f"The campaign is {campaign.status}; this is done while it is {' or '.join(each for each in _S if each in needed)}."
    names = tuple(each for each in _S if each in needed)
    return (WrongCampaignStatus(message=message, path=path, campaign_id=campaign.id, status=campaign.status, needed=names),)


def new_campaign(id: UUID, at: datetime) -> Campaign:
    """Make a draft that has no settings yet; `edited_campaign` gives it those."""
    return Campaign(
        id=id,
        version=1,
        name="",
        description=None,
        type=CampaignType.EMAIL,
        status=CampaignStatus.DRAFT,
        status_since=at,
        starts_at=None,
        ends_at=None,
        started_at=None,
        ended_at=None,
        attribution_days=DEFAULT_ATTRIBUTION_DAYS,
        weights_changed_at=None,
        created_at=at,
        updated_at=at,
    )


# What follows from a setting cannot be undone: the type and the start are settled when it begins, the rest when it is over.
_SETTLED_WHEN_BEGUN = ("type", "starts_at")
_SETTLED_WHEN_OVER = ("ends_at", "attribution_days")


def edited_campaign(campaign: Campaign, fields: CampaignFields, at: datetime) -> tuple[Campaign, list[Refusal]]:
    """Write settings into a campaign; the second part is everything that is wrong with them."""
    refusals: list[Refusal] = []
    name, description = campaign.name, campaign.description
    if "name" in fields or not name:
        name = needed_text(fields.get("name"), MAX_NAME, refusals, "name")
    if "description" in fields:
        description, problems = optional_text(fields["description"], MAX_DESCRIPTION, "description")
        refusals += problems
    for field, needed in (*((each, NOT_BEGUN) for each in _SETTLED_WHEN_BEGUN), *((each, NOT_OVER) for each in _SETTLED_WHEN_OVER)):
        if field in fields and fields[field] != getattr(campaign, field):
            refusals += wrong_status(campaign, needed, field)
    type = fields.get("type", campaign.type)
    if type is None:
        refusals.append(ValidationFailed(message="A campaign has a type.", path=("type",)))
    days = fields.get("attribution_days", campaign.attribution_days)
    if days is None:
        days = DEFAULT_ATTRIBUTION_DAYS
    if not 1 <= days <= MAX_ATTRIBUTION_DAYS:
        refusals.append(ValidationFailed(message=f"Must be 1–{MAX_ATTRIBUTION_DAYS} days.", path=("attribution_days",)))
    edited = replace(
        campaign,
        name=name,
        description=description,
        type=type or campaign.type,
        starts_at=fields.get("starts_at", campaign.starts_at),
        ends_at=fields.get("ends_at", campaign.ends_at),
        attribution_days=days,
    )
    return edited, [*refusals, *_plan_problems(campaign, edited, at)]


def _plan_problems(before: Campaign, after: Campaign, at: datetime) -> Sequence[Refusal]:
    problems: list[Refusal] = []
    for field, instant in (("starts_at", after.starts_at), ("ends_at", after.ends_at)):
        if instant is not None and not EARLIEST <= instant <= LATEST:
            problems.append(ValidationFailed(message="Must lie in the years 2000 to 2199.", path=(field,)))
    if after.starts_at and after.ends_at and after.ends_at <= after.starts_at:
        problems.append(ValidationFailed(message="Must be later than the start.", path=("ends_at",)))
    if before.status is _S.SCHEDULED and after.starts_at is None:
        problems.append(ValidationFailed(message="A campaign that is SCHEDULED keeps a start.", path=("starts_at",)))
    elif before.status is _S.SCHEDULED and after.starts_at != before.starts_at and after.starts_at and after.starts_at < at - CLOCK_SKEW:
        problems.append(ValidationFailed(message="The start has passed already.", path=("starts_at",)))
    moved_end = after.ends_at != before.ends_at
    if before.status in (_S.RUNNING, _S.PAUSED) and moved_end and after.ends_at is not None and after.ends_at <= at:
        problems.append(ValidationFailed(message="Has passed already; complete the campaign instead.", path=("ends_at",)))
    return problems


def edited_variant(variant: CampaignVariant, fields: VariantFields) -> tuple[CampaignVariant, list[Refusal]]:
    """Write settings into a variant; the second part is everything that is wrong with them."""
    refusals: list[Refusal] = []
    name, description = variant.name, variant.description
    if "name" in fields or not name:
        name = needed_text(fields.get("name"), MAX_NAME, refusals, "name")
    if "description" in fields:
        description, problems = optional_text(fields["description"], MAX_DESCRIPTION, "description")
        refusals += problems
    weight = fields.get("weight", variant.weight)
    if weight is None or not 1 <= weight <= MAX_WEIGHT:
        refusals.append(ValidationFailed(message=f"Must be 1–{MAX_WEIGHT}.", path=("weight",)))
        weight = variant.weight
    return replace(variant, name=name, description=description, weight=weight), refusals


def edited_budget_line(line: CampaignBudgetLine, fields: BudgetLineFields, currency: str) -> tuple[CampaignBudgetLine, list[Refusal]]:
    """Write settings into a budget line, whose amount must be in the workspace's currency; the second part is what is wrong with them."""
    refusals: list[Refusal] = []
    label = line.label
    if "label" in fields or not label:
        label = needed_text(fields.get("label"), MAX_LABEL, refusals, "label")
    amount, held = line.amount, line.currency
    if "amount" in fields or not held:
        amount, held = checked_amount(fields.get("amount"), currency, refusals)
    variant_id, channel = fields.get("variant_id", line.variant_id), fields.get("channel", line.channel)
    refusals += one_of_variant_and_channel(variant_id, channel)
    return replace(line, label=label, amount=amount, currency=held, variant_id=variant_id, channel=channel), refusals


def checked_cost(cost: CampaignCost, money: tuple[Decimal, str], currency: str, today: date) -> tuple[CampaignCost, list[Refusal]]:
    """Check a cost, which lies at most a day ahead (it may be tomorrow where it was spent) and is in the workspace's currency."""
    refusals: list[Refusal] = []
    amount, held = checked_amount(money, currency, refusals)
    if not FIRST_DAY <= cost.incurred_on <= min(today + timedelta(days=1), LAST_DAY):
        refusals.append(ValidationFailed(message="Must be a day from the year 2000 until today.", path=("incurred_on",)))
    note, problems = optional_text(cost.note, MAX_LABEL, "note")
    refusals += [*problems, *one_of_variant_and_channel(cost.variant_id, cost.channel)]
    return replace(cost, amount=amount, currency=held, note=note), refusals


def one_of_variant_and_channel(variant_id: UUID | None, channel: ContactChannel | None) -> Sequence[Refusal]:
    """Refuse an amount that names both: it would count in two breakdowns at once."""
    if variant_id is None or channel is None:
        return ()
    return [ValidationFailed(message="Name a variant or a channel, not both.", path=("channel",))]


def checked_amount(money: tuple[Decimal, str] | None, currency: str, refusals: list[Refusal]) -> tuple[Decimal, str]:
    """Check an amount in the workspace's currency; what is wrong goes into `refusals`."""
    if money is None:
        refusals.append(ValidationFailed(message="An amount is needed.", path=("amount",)))
        return Decimal(0), currency
    problem = amount_problem(money[0])
    if problem:
        refusals.append(ValidationFailed(message=problem, path=("amount", "amount")))
    if money[1].strip().upper() != currency:
        refusals.append(ValidationFailed(message=f"Must be the workspace's currency, {currency}.", path=("amount", "currency")))
    return Decimal(0) if problem else abs(money[0]), currency


def needed_text(text: str | None, longest: int, refusals: list[Refusal], path: str) -> str:
    """Clean a text that must be there; what is wrong goes into `refusals`."""
    clean, problems = optional_text(text, longest, path)
    refusals += problems
    if clean is None and not problems:
        refusals.append(ValidationFailed(message=f"A {path} is needed.", path=(path,)))
    return clean or ""
