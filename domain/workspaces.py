"""A workspace: the walls around one customer's data, with its settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.access import AgentVisibility, Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One customer's world. Nothing in it can refer to anything outside."""

    id: UUID
    name: str
    currency: str
    time_zone: str
    country: str | None
    agent_visibility: AgentVisibility
    scoring_model: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as lists show it: everything but the secret. `hint` is the beginning that identifies it to people."""

    id: UUID
    name: str
    hint: str
    role: Role
    agent_id: UUID | None
    scopes: tuple[Permission, ...] | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
