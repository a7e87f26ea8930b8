"""The people who work on leads, and their teams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict, TypeVar
from uuid import UUID

from domain.contact_points import email_address
from domain.leads import LeadSource
from domain.places import language_tag
from domain.refusals import Refusal, ValidationFailed
from domain.texts import cleaned

MAX_NAME = 100
MAX_CAPACITY = 100_000
MAX_WEIGHT = 100
MAX_MATCHES = 100

V = TypeVar("V")


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


class AgentFields(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone; team and capacity can be cleared by None."""

    name: str | None
    email: str | None
    team_id: UUID | None
    availability: Availability | None
    capacity: int | None
    weight: int | None
    territories: Sequence[str] | None
    languages: Sequence[str] | None
    sources: Sequence[LeadSource] | None


class TeamFields(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone; the manager can be cleared by None."""

    name: str | None
    manager_id: UUID | None


class _Problems:
    """Collects what is wrong with an input."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def add(self, message: str, *path: str) -> None:
        self.refusals.append(ValidationFailed(message=message, path=path))

    def name(self, text: str | None) -> str:
        name = cleaned(text or "")
        if not 0 < len(name) <= MAX_NAME:
            self.add(f"A name has 1–{MAX_NAME} characters.", "name")
        return name

    def each(self, field: str, values: Sequence[str], read: Callable[[str], str | None], message: str) -> tuple[str, ...]:
        """Read every value of a list, and leave out what comes twice, whatever its case."""
        if len(values) > MAX_MATCHES:
            self.add(f"At most {MAX_MATCHES} values.", field)
            return ()
        kept: dict[str, str] = {}
        for index, value in enumerate(values):
            written = read(value)
            if written is None:
                self.add(message, field, str(index))
            else:
                kept.setdefault(written.casefold(), written)
        return tuple(kept.values())


def checked_agent(fields: AgentFields) -> tuple[AgentFields, list[Refusal]]:
    """Bring an agent's fields into the form that is stored, and list everything that is wrong with them."""
    checked: AgentFields = {**fields}
    problems = _Problems()
    if "name" in fields:
        checked["name"] = problems.name(fields["name"])
    if "email" in fields:
        checked["email"] = email_address(fields["email"] or "")
        if checked["email"] is None:
            problems.add("Must be an e-mail address.", "email")
    _check_availability(fields, problems)
    capacity = fields.get("capacity")
    if capacity is not None and not 0 <= capacity <= MAX_CAPACITY:
        problems.add(f"A capacity is 0–{MAX_CAPACITY}.", "capacity")
    if "weight" in fields:
        weight = fields["weight"]
        if weight is None or not 1 <= weight <= MAX_WEIGHT:
            problems.add(f"A weight is 1–{MAX_WEIGHT}.", "weight")
    if "territories" in fields:
        message = f"A territory has 1–{MAX_NAME} characters."
        checked["territories"] = problems.each("territories", fields["territories"] or (), _territory, message)
    if "languages" in fields:
        message = "Must be a language tag of BCP 47, such as pt-PT."
        checked["languages"] = problems.each("languages", fields["languages"] or (), language_tag, message)
    if "sources" in fields:
        checked["sources"] = tuple(dict.fromkeys(fields["sources"] or ()))
    return checked, problems.refusals


def _check_availability(fields: AgentFields, problems: _Problems) -> None:
    if "availability" not in fields:
        return
    if fields["availability"] is None:
        problems.add("Must have a value.", "availability")
    elif fields["availability"] is Availability.DEACTIVATED:
        problems.add("An agent is deactivated by `deactivateAgent`, which says what becomes of the leads.", "availability")


def _territory(text: str) -> str | None:
    territory = cleaned(text)
    return territory if 0 < len(territory) <= MAX_NAME else None


def checked_team(fields: TeamFields) -> tuple[TeamFields, list[Refusal]]:
    """Bring a team's fields into the form that is stored, and list everything that is wrong with them."""
    checked: TeamFields = {**fields}
    problems = _Problems()
    if "name" in fields:
        checked["name"] = problems.name(fields["name"])
    return checked, problems.refusals
