"""Webhooks: whom the feed's events are sent to, how each delivery goes, when it is tried again, and how it is signed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.access import ActorKind
from domain.events import EventType
from domain.refusals import Refusal, ValidationFailed

MAX_NAME = 100
MAX_SELECTION = 4_000
MAX_REPLAYED = 10_000
MAX_ENDPOINTS = 50
SECRET_BYTES = 32

RETRIED_FOR = timedelta(hours=72)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
# So many failures in a row, of whatever deliveries, and the endpoint is left alone for a while.
BREAKS_AFTER = 10
FIRST_BREAK = timedelta(minutes=1)
LONGEST_BREAK = timedelta(minutes=30)
OLD_SECRET_FOR = timedelta(hours=24)
# Whoever has taken a delivery and does not come back: another may take it then. Whoever still sends says so in time.
LEASE = timedelta(seconds=10)
HEARTBEAT = timedelta(seconds=3)
# A receiver that answers so wants nothing more, ever.
GONE = 410
NO_LANE = UUID(int=0)


class WebhookState(StrEnum):
    """Whether an endpoint gets anything."""

    ENABLED = "ENABLED"
    PAUSED = "PAUSED"
    GONE = "GONE"


class DeliveryKind(StrEnum):
    """Why something is delivered."""

    EVENT = "EVENT"
    REPLAY = "REPLAY"
    TEST = "TEST"


class DeliveryState(StrEnum):
    """How far a delivery is."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    EXHAUSTED = "EXHAUSTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEndpoint:
    """A receiver of events. `types` None means every type; `selection` is GraphQL that shapes what is sent, None the event as it is.

    `secret` signs; until `previous_secret_until` the one before it signs too. `permissions` are those of whoever set the endpoint up, for
    the selection. Everything of the feed up to (`position_xid`, `position_id`) has its delivery. `failures` counts those in a row;
    until `broken_until` nothing is tried.
    """

    id: UUID
    version: int
    name: str
    url: str
    types: tuple[str, ...] | None
    selection: str | None
    state: WebhookState
    secret: bytes
    previous_secret: bytes | None
    previous_secret_until: datetime | None
    permissions: tuple[str, ...]
    position_xid: int
    position_id: UUID
    failures: int
    broken_until: datetime | None
    created_by_kind: ActorKind
    created_by_id: UUID | None
    created_at: datetime
    updated_at: datetime

    @property
    def event_types(self) -> tuple[EventType, ...] | None:
        """Return the types that are wanted and that there still are."""
        return None if self.types is None else tuple(EventType(each) for each in self.types if each in EventType.__members__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDelivery:
    """One event on its way to one endpoint. Deliveries of a lane, which is a lead, arrive in the order of the feed."""

    id: UUID
    endpoint_id: UUID
    kind: DeliveryKind
    event_id: UUID
    lane: UUID
    xid: int
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    lease: UUID | None
    leased_until: datetime | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAttempt:
    """One request. `status` None means that no answer came; `error` then says why. `excerpt` is the beginning of the answer."""

    id: UUID
    delivery_id: UUID
    at: datetime
    status: int | None
    milliseconds: int | None
    error: str | None
    excerpt: str | None

    @property
    def succeeded(self) -> bool:
        """Tell whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


def pause_after(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after so many attempts: doubling from half a minute to six hours, half of it left to chance (0–1)."""
    doubled = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return doubled / 2 + doubled / 2 * chance


def break_after(failures: int) -> timedelta | None:
    """Return how long an endpoint is left alone after so many failures in a row; None while it is not."""
    if failures < BREAKS_AFTER:
        return None
    return min(FIRST_BREAK * 2 ** min(failures - BREAKS_AFTER, 20), LONGEST_BREAK)


def next_attempt(delivery: WebhookDelivery, at: datetime, chance: float) -> datetime | None:
    """Return when a delivery that failed now is tried again; None when 72 hours are over. `delivery.attempts` counts the failed one."""
    if delivery.kind is DeliveryKind.TEST:
        return None
    due = at + pause_after(delivery.attempts, chance)
    return due if due <= delivery.created_at + RETRIED_FOR else None


def shown_secret(secret: bytes) -> str:
    """Write a secret as the Standard Webhooks libraries read it."""
    return "whsec_" + base64.b64encode(secret).decode()


def secrets_at(endpoint: WebhookEndpoint, at: datetime) -> Sequence[bytes]:
    """Return what signs at an instant, the newest first."""
    old = endpoint.previous_secret
    until = endpoint.previous_secret_until
    return (endpoint.secret, old) if old is not None and until is not None and at < until else (endpoint.secret,)


def signature_headers(message_id: str, at: datetime, body: bytes, secrets: Sequence[bytes]) -> dict[str, str]:
    """Sign a message as Standard Webhooks 1.0 says: one signature for each secret that is valid."""
    timestamp = str(int(at.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    signatures = [base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode() for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }


def endpoint_problems(name: str | None, selection: str | None) -> list[Refusal]:
    """Check what does not need the schema or the network."""
    problems: list[Refusal] = []
    if name is not None and not 0 < len(name.strip()) <= MAX_NAME:
        problems.append(ValidationFailed(message=f"A name has 1–{MAX_NAME} characters.", path=("name",)))
    if selection is not None and len(selection) > MAX_SELECTION:
        problems.append(ValidationFailed(message=f"A selection has at most {MAX_SELECTION:,} characters.", path=("selection",)))
    return problems
