"""The people who work on leads, and their teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.leads import LeadSource


class Availability(StrEnum):
    """Whether an agent takes new leads. A DEACTIVATED agent stays in the histories and gets nothing more."""

    AVAILABLE = "AVAILABLE"
    AWAY = "AWAY"
    DEACTIVATED = "DEACTIVATED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A person who works on leads.

    `capacity` bounds the open leads owned at one time (0 and more; None: no bound). `weight` (1–100) is the share in weighted
    assignment. Empty territories, languages and sources mean "any".
    """

    id: UUID
    version: int
    name: str
    email: str
    team_id: UUID | None
    availability: Availability
    capacity: int | None
    weight: int
    territories: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[LeadSource, ...]
    last_assigned_at: datetime | None
    credit: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A group of agents, with the agent who leads it."""

    id: UUID
    version: int
    name: str
    manager_id: UUID | None
    created_at: datetime
    updated_at: datetime
