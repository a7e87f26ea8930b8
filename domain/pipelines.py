"""Pipelines, their stages, and the deals that move through them (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.leads import Lead
from domain.refusals import Refusal, RefusalCode
from domain.status import LeadStatus


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

    A deleted stage remains for the histories that name it.
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


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its ISO 4217 currency."""

    amount: Decimal
    currency: str


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
