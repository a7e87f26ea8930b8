"""What a row of a file says about one lead, once it is understood, and what rows are read against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.activities import ActivityType, ContactChannel, ContactDirection, ContactOutcome
from domain.custom_fields import CustomValue, Definition
from domain.imports import RowProblem
from domain.leads import ProfileFields


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What rows are read against. `at` is the import's instant: nothing in a file happened later.

    `agents` finds an agent by name or address, both in lower case; a name that two share is there with None. `custom_fields` are those
    that the mapping names or new leads need, by key.
    """

    at: datetime
    zone: tzinfo = UTC
    country: str | None = None
    currency: str = "EUR"
    agents: Mapping[str, Any] = field(default_factory=dict[str, Any])
    custom_fields: Mapping[str, Definition] = field(default_factory=dict[str, Definition])


@dataclass(frozen=True, slots=True)
class DealRow:
    """Where the lead stands in the pipeline, by the names of stages; earlier stays first."""

    stays: tuple[tuple[str, datetime], ...]
    value: Decimal | None
    currency: str | None
    expected_close_date: date | None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity that the row tells of."""

    type: ActivityType
    at: datetime
    subject: str | None
    body: str | None
    asset: str | None
    agent_id: Any


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One contact attempt that the row tells of."""

    channel: ContactChannel
    direction: ContactDirection
    outcome: ContactOutcome
    at: datetime
    duration: int | None
    notes: str | None
    agent_id: Any


@dataclass(slots=True)
class LeadRow:
    """A row as it was understood. With `problems` nothing of it is used."""

    number: int
    references: tuple[tuple[str, str], ...] = ()
    profile: ProfileFields = field(default_factory=ProfileFields)
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    tags: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict[str, int])
    custom: Mapping[str, tuple[UUID, CustomValue]] = field(default_factory=dict[str, tuple[UUID, CustomValue]])
    # Keys of required custom fields: a new lead cannot be without them.
    lacks: tuple[str, ...] = ()
    deal: DealRow | None = None
    activities: tuple[ActivityRow, ...] = ()
    attempts: tuple[AttemptRow, ...] = ()
    problems: list[RowProblem] = field(default_factory=list[RowProblem])
