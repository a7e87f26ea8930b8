"""Work queues: which leads come next on a channel, and who works on which just now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.activities import ContactChannel
from domain.consent_purposes import ConsentPurpose
from domain.filter_json import UnreadableFilter, read_filter
from domain.filters import LeadFilter
from domain.refusals import Refusal, RefusalCode, ValidationFailed

MAX_NAME = 100
MAX_REST_MINUTES = 30 * 24 * 60
MIN_LEASE_SECONDS, MAX_LEASE_SECONDS = 10, 3600
MAX_DEFAULT_VALUE = Decimal(10) ** 12


class QueueOrder(StrEnum):
    """Which lead comes first."""

    EXPECTED_VALUE = "EXPECTED_VALUE"
    SCORE = "SCORE"
    OLDEST = "OLDEST"
    LONGEST_UNTOUCHED = "LONGEST_UNTOUCHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A saved filter over leads, with the channel and purpose on which they are contacted, and an order.

    `definition` is the filter as `domain.filter_json` writes it. A lead's expected value is its chance to be won times what its deal is
    worth. The chance is the deal's own, else its stage's, else the queue's by grade (`chance_a` … `chance_d`, in percent); a lead without
    a deal is worth `default_value`. Amounts are compared as they are, in whatever currency. After a claim was completed a lead rests for
    `rest_minutes`.
    """

    id: UUID
    version: int
    name: str
    definition: object
    channel: ContactChannel
    purpose: ConsentPurpose
    order: QueueOrder
    chance_a: int
    chance_b: int
    chance_c: int
    chance_d: int
    default_value: Decimal
    rest_minutes: int
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def filter(self) -> LeadFilter:
        """Read the saved filter; one that this version cannot read means no lead."""
        try:
            return read_filter(self.definition)
        except UnreadableFilter:
            return LeadFilter(or_=())


CHANCES = {"chance_a": 40, "chance_b": 20, "chance_c": 8, "chance_d": 2}
DEFAULT_VALUE = Decimal(1000)
DEFAULT_REST_MINUTES = 4 * 60


def queue_problems(queue: Queue) -> list[Refusal]:
    """List everything that is wrong with a queue's settings."""
    return [ValidationFailed(message=message, path=tuple(path.split("."))) for path, message in _problems(queue)]


def _problems(queue: Queue) -> Iterator[tuple[str, str]]:
    if not 0 < len(queue.name) <= MAX_NAME:
        yield "name", f"A queue's name has 1–{MAX_NAME} characters."
    if queue.channel is ContactChannel.MEETING:
        yield "channel", "Nobody is met from a queue."
    for name in CHANCES:
        if not 0 <= getattr(queue, name) <= 100:
            yield f"win_chances.{name[-1]}", "Must be 0–100 percent."
    if not (queue.default_value.is_finite() and 0 <= queue.default_value <= MAX_DEFAULT_VALUE):
        yield "default_value", f"Must be 0–{MAX_DEFAULT_VALUE:,}."
    if not 0 <= queue.rest_minutes <= MAX_REST_MINUTES:
        yield "rest_minutes", f"Must be 0–{MAX_REST_MINUTES}."


class ClaimState(StrEnum):
    """What became of a claim."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    RELEASED = "RELEASED"
    LAPSED = "LAPSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody works on a lead from a queue, until the lease runs out at `leased_until` unless it is renewed.

    A lead has at most one claim that has not ended, over all queues. One whose lease ran out counts as ended, although nobody wrote it yet.
    """

    id: UUID
    queue_id: UUID
    lead_id: UUID
    state: ClaimState
    claimed_at: datetime
    leased_until: datetime
    ended_at: datetime | None
    contact_attempt_id: UUID | None
    note: str | None
    actor_kind: str
    actor_id: UUID | None

    def holds(self, at: datetime) -> bool:
        """Tell whether nobody else may take the lead."""
        return self.ended_at is None and at < self.leased_until

    def state_at(self, at: datetime) -> ClaimState:
        """Tell what became of it by an instant."""
        return ClaimState.LAPSED if self.ended_at is None and not self.holds(at) else self.state


def lease_problems(seconds: int) -> list[Refusal]:
    """Bound a lease."""
    if MIN_LEASE_SECONDS <= seconds <= MAX_LEASE_SECONDS:
        return []
    return [ValidationFailed(message=f"Must be {MIN_LEASE_SECONDS}–{MAX_LEASE_SECONDS} seconds.", path=("lease_seconds",))]


@dataclass(frozen=True, slots=True)
class Filling:
    """How far a queue was filled: since when, whether all of its leads were looked at, and when the next of them may be contacted."""

    filled_at: datetime
    complete: bool
    last_rank: Decimal | None
    last_lead_id: UUID | None
    next_ready_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ClaimEnded(Refusal, code=RefusalCode.CLAIM_ENDED):
    """The claim was completed, released, or its lease ran out: the lead may be somebody else's by now."""

    state: ClaimState
    leased_until: datetime


@dataclass(frozen=True, kw_only=True)
class QueueArchived(Refusal, code=RefusalCode.QUEUE_ARCHIVED):
    """An archived queue gives out no more leads."""

    queue_id: UUID
