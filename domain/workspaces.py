"""A workspace: the walls around one customer's data, with its settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from domain.access import AgentVisibility, Permission, Role
from domain.money import CURRENCIES
from domain.places import country_code, time_zone_name
from domain.refusals import Refusal, ValidationFailed
from domain.texts import cleaned, several_lines

MAX_NAME = 100
MAX_POSTAL_ADDRESS = 300
MAX_POSTAL_ADDRESS_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One customer's world. Nothing in it can refer to anything outside.

    `scoring_model` is the key of the model that it uses, `scoring_version_id` the version; None: the shipped one.
    `postal_address` is where its owner is reached by letter, as marketing mails must say, a line for each line of the label.
    """

    id: UUID
    name: str
    currency: str
    time_zone: str
    country: str | None
    agent_visibility: AgentVisibility
    scoring_model: str
    version: int
    created_at: datetime
    updated_at: datetime
    scoring_version_id: UUID | None = None
    postal_address: str | None = None


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


class WorkspaceSettings(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone; only the country and the postal
    address can be cleared.
    """

    name: str | None
    currency: str | None
    time_zone: str | None
    country: str | None
    agent_visibility: AgentVisibility | None
    postal_address: str | None


def checked_settings(settings: WorkspaceSettings) -> tuple[WorkspaceSettings, list[Refusal]]:
    """Bring settings into the form that is stored, and list everything that is wrong with them."""
    checked: WorkspaceSettings = {**settings}
    problems: dict[str, str] = {}
    if "name" in settings:
        checked["name"] = cleaned(settings["name"] or "")
        if not 0 < len(checked["name"]) <= MAX_NAME:
            problems["name"] = f"A name has 1–{MAX_NAME} characters."
    if "currency" in settings:
        checked["currency"] = (settings["currency"] or "").strip().upper()
        if checked["currency"] not in CURRENCIES:
            problems["currency"] = "Must be an active currency code of ISO 4217, such as EUR."
    if "time_zone" in settings:
        checked["time_zone"] = time_zone_name(settings["time_zone"] or "")
        if checked["time_zone"] is None:
            problems["time_zone"] = "Must be an IANA time zone, such as Europe/Lisbon."
    country = settings.get("country")
    if country is not None:
        checked["country"] = country_code(country)
        if checked["country"] is None:
            problems["country"] = "Must be a country code of ISO 3166-1, such as PT."
    if "agent_visibility" in settings and settings["agent_visibility"] is None:
        problems["agent_visibility"] = "Must have a value."
    if "postal_address" in settings:
        address = several_lines(settings["postal_address"] or "")
        checked["postal_address"] = address or None
        if len(address) > MAX_POSTAL_ADDRESS or address.count("\n") >= MAX_POSTAL_ADDRESS_LINES:
            problems["postal_address"] = f"At most {MAX_POSTAL_ADDRESS} characters in {MAX_POSTAL_ADDRESS_LINES} lines."
    return checked, [ValidationFailed(message=message, path=(name,)) for name, message in problems.items()]
