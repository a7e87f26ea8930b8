"""Pipelines, their stages, and the deals that move through them (rules §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from domain.leads import Lead
from domain.money import Money, checked_money
from domain.refusals import Refusal, RefusalCode, ValidationFailed
from domain.status import CLOSED, LeadStatus
from domain.texts import optional_text

MAX_STAGES = 30
MAX_NAME = 100
MAX_DESCRIPTION = 1_000
MAX_ROTTING_DAYS = 3_650
FIRST_CLOSE_DATE = date(1970, 1, 1)
LAST_CLOSE_DATE = date(2199, 12, 31)


class StageKind(StrEnum):
    """What a stage says about the deal in it."""

    OPEN = "OPEN"
    WON = "WON"
    LOST = "LOST"


class DealField(StrEnum):
    """A field that a stage may require before a lead enters it."""

    DEAL_VALUE = "DEAL_VALUE"
    EXPECTED_CLOSE_DATE = "EXPECTED_CLOSE_DATE"
    OWNER = "OWNER"
    COMPANY = "COMPANY"
    EMAIL = "EMAIL"
    PHONE = "PHONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """A way that deals go. An archived one keeps its history and takes no more leads."""

    id: UUID
    version: int
    name: str
    description: str | None
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a pipeline. `position` counts from 0; `win_probability` is a percentage 0–100; `rotting_days` at least 1.

    A deleted stage remains for the histories that name it. `version` counts changes of the stage's own settings; the order of
    the stages belongs to the pipeline and counts there.
    """

    id: UUID
    pipeline_id: UUID
    version: int
    name: str
    position: int
    kind: StageKind
    win_probability: int
    mapped_status: LeadStatus | None
    rotting_days: int | None
    required_fields: tuple[DealField, ...]
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StageStay:
    """The time a lead spent in a stage; `left_at` is None while it is there."""

    id: UUID
    lead_id: UUID
    pipeline_id: UUID
    stage_id: UUID
    entered_at: datetime
    left_at: datetime | None
    entered_by_kind: str
    entered_by_id: UUID | None
    left_by_kind: str | None
    left_by_id: UUID | None


@dataclass(frozen=True, slots=True)
class CloseDateSlip:
    """One move of a deal's expected close date."""

    id: UUID
    lead_id: UUID
    from_date: date | None
    to_date: date | None
    at: datetime
    actor_kind: str
    actor_id: UUID | None


class PipelineFields(TypedDict, total=False):
    """What creating and updating a pipeline write. A key that is absent leaves the value alone; None clears it."""

    name: str | None
    description: str | None


class StageFields(TypedDict, total=False):
    """What creating and updating a stage write. A key that is absent leaves the value alone; None clears it."""

    name: str | None
    kind: StageKind | None
    win_probability: int | None
    mapped_status: LeadStatus | None
    rotting_days: int | None
    required_fields: Sequence[DealField] | None


class DealFields(TypedDict, total=False):
    """What setting a deal writes; `value` is an amount and a currency. A key that is absent leaves the value alone; None clears it."""

    value: tuple[Decimal, str] | None
    probability: int | None
    expected_close_date: date | None


@dataclass(frozen=True, kw_only=True)
class StageFieldsMissing(Refusal, code=RefusalCode.STAGE_FIELDS_MISSING):
    """The stage requires fields that the lead does not have yet."""

    stage_id: UUID
    missing: tuple[DealField, ...]


@dataclass(frozen=True, kw_only=True)
class StageHoldsLeads(Refusal, code=RefusalCode.STAGE_HOLDS_LEADS):
    """A stage with leads in it is deleted only by naming the stage that receives them."""

    stage_id: UUID
    leads: int


@dataclass(frozen=True, kw_only=True)
class PipelineArchived(Refusal, code=RefusalCode.PIPELINE_ARCHIVED):
    """An archived pipeline takes no more leads."""

    pipeline_id: UUID


def missing_fields(lead: Lead, stage: Stage) -> tuple[DealField, ...]:
    """List which of the stage's required fields the lead lacks, in the stage's order."""
    has = {
        DealField.DEAL_VALUE: lead.deal_value is not None,
        DealField.EXPECTED_CLOSE_DATE: lead.expected_close_date is not None,
        DealField.OWNER: lead.owner_id is not None,
        DealField.COMPANY: lead.company is not None,
        DealField.EMAIL: lead.email is not None,
        DealField.PHONE: bool(lead.phones),
    }
    return tuple(field for field in stage.required_fields if not has[field])


def new_stage(id: UUID, pipeline_id: UUID, position: int, at: datetime) -> Stage:
    """Make a stage that has its place and nothing else yet; `edited_stage` gives it its settings."""
    return Stage(
        id=id,
        pipeline_id=pipeline_id,
        version=1,
        name="",
        position=position,
        kind=StageKind.OPEN,
        win_probability=-1,
        mapped_status=None,
        rotting_days=None,
        required_fields=(),
        deleted_at=None,
        created_at=at,
        updated_at=at,
    )


def edited_pipeline(pipeline: Pipeline, fields: PipelineFields) -> tuple[Pipeline, list[Refusal]]:
    """Write fields into a pipeline; the second part is everything that is wrong with them."""
    refusals: list[Refusal] = []
    name = pipeline.name
    if "name" in fields or not name:
        name = _checked_name(fields.get("name"), refusals)
    description = pipeline.description
    if "description" in fields:
        description, problems = optional_text(fields["description"], MAX_DESCRIPTION, "description")
        refusals += problems
    return replace(pipeline, name=name, description=description), refusals


# What is over says how it ended: any other number would make every weighted value lie.
_FIXED_PROBABILITIES: Mapping[StageKind, int] = {StageKind.WON: 100, StageKind.LOST: 0}
_MAPPABLE: Mapping[StageKind, frozenset[LeadStatus]] = {
    StageKind.OPEN: frozenset(LeadStatus) - CLOSED,
    StageKind.WON: frozenset({LeadStatus.CLOSED_WON}),
    StageKind.LOST: frozenset({LeadStatus.CLOSED_LOST, LeadStatus.DISQUALIFIED, LeadStatus.RECYCLED}),
}


def edited_stage(stage: Stage, fields: StageFields) -> tuple[Stage, list[Refusal]]:
    """Write settings into a stage; the second part is everything that is wrong with them.

    A WON stage has the probability 100 and a LOST one 0, which need not be said. A stage maps only to a status that agrees with
    its kind: WON to CLOSED_WON, LOST to one that puts the lead aside, OPEN to one that is not closed.
    """
    refusals: list[Refusal] = []
    name = _checked_name(fields.get("name"), refusals) if "name" in fields or not stage.name else stage.name
    kind = fields.get("kind", stage.kind)
    if kind is None:
        refusals.append(ValidationFailed(message="A stage is OPEN, WON or LOST.", path=("kind",)))
        kind = stage.kind
    probability = _checked_probability(stage, kind, fields, refusals)
    mapped = fields.get("mapped_status", stage.mapped_status)
    if mapped is not None and mapped not in _MAPPABLE[kind]:
        refusals.append(ValidationFailed(message=f"A stage that is {kind} cannot map to {mapped}.", path=("mapped_status",)))
    rotting_days = fields.get("rotting_days", stage.rotting_days)
    if rotting_days is not None and not 1 <= rotting_days <= MAX_ROTTING_DAYS:
        refusals.append(ValidationFailed(message=f"Must be 1–{MAX_ROTTING_DAYS} days.", path=("rotting_days",)))
    required = fields.get("required_fields", stage.required_fields) or ()
    edited = replace(
        stage,
        name=name,
        kind=kind,
        win_probability=probability,
        mapped_status=mapped,
        rotting_days=rotting_days,
        required_fields=tuple(dict.fromkeys(required)),
    )
    return edited, refusals


def _checked_name(name: str | None, refusals: list[Refusal]) -> str:
    clean, problems = optional_text(name, MAX_NAME, "name")
    refusals += problems
    if clean is None and not problems:
        refusals.append(ValidationFailed(message="A name is needed.", path=("name",)))
    return clean or ""


def _checked_probability(stage: Stage, kind: StageKind, fields: StageFields, refusals: list[Refusal]) -> int:
    fixed = _FIXED_PROBABILITIES.get(kind)
    given = fields.get("win_probability")
    if given is None and fixed is not None:
        return fixed
    probability = given if "win_probability" in fields else stage.win_probability
    if probability is None or not 0 <= probability <= 100:
        problem = "A stage that is OPEN needs a probability, 0–100 percent." if given is None else "Must be 0–100 percent."
        refusals.append(ValidationFailed(message=problem, path=("win_probability",)))
        return stage.win_probability
    if fixed is not None and probability != fixed:
        refusals.append(ValidationFailed(message=f"A stage that is {kind} has {fixed} percent.", path=("win_probability",)))
    return probability


def edited_deal(lead: Lead, fields: DealFields) -> tuple[Lead, list[Refusal]]:
    """Write a deal's fields into its lead; the second part is everything that is wrong with them."""
    refusals: list[Refusal] = []
    value, currency = lead.deal_value, lead.deal_currency
    if "value" in fields:
        money, problems = _checked_value(lead, fields["value"])
        refusals += problems
        value, currency = (money.amount, money.currency) if money else (None, None)
    probability = fields.get("probability", lead.deal_probability)
    if probability is not None and not 0 <= probability <= 100:
        refusals.append(ValidationFailed(message="Must be 0–100 percent.", path=("probability",)))
    closing = fields.get("expected_close_date", lead.expected_close_date)
    if closing is not None and not FIRST_CLOSE_DATE <= closing <= LAST_CLOSE_DATE:
        refusals.append(
            ValidationFailed(message=f"Must be a day from {FIRST_CLOSE_DATE} to {LAST_CLOSE_DATE}.", path=("expected_close_date",))
        )
    if refusals:
        return lead, refusals
    return replace(lead, deal_value=value, deal_currency=currency, deal_probability=probability, expected_close_date=closing), []


def _checked_value(lead: Lead, value: tuple[Decimal, str] | None) -> tuple[Money | None, Sequence[Refusal]]:
    if value is not None:
        return checked_money(*value, "value")
    if lead.status is LeadStatus.CLOSED_WON:
        return None, [ValidationFailed(message="A deal that is won keeps its value.", path=("value",))]
    return None, []


def taken_names(stages: Sequence[Stage]) -> Sequence[int]:
    """Find the stages whose name an earlier one has already, without regard to case: their indexes."""
    seen: set[str] = set()
    taken: list[int] = []
    for index, stage in enumerate(stages):
        folded = stage.name.casefold()
        if folded and folded in seen:
            taken.append(index)
        seen.add(folded)
    return taken
