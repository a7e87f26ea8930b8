"""What a lead agreed to and objected to, per channel and purpose; and who must not be contacted at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.activities import ContactChannel
from domain.consent_purposes import ConsentPurpose


class ConsentAction(StrEnum):
    """What an entry of the ledger says."""

    GRANTED = "GRANTED"
    WITHDRAWN = "WITHDRAWN"


class LegalBasis(StrEnum):
    """On what ground a lead may be contacted."""

    CONSENT = "CONSENT"
    CONTRACT = "CONTRACT"
    LEGITIMATE_INTEREST = "LEGITIMATE_INTEREST"
    LEGAL_OBLIGATION = "LEGAL_OBLIGATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEntry:
    """One line of the ledger: never changed, never deleted. `at` is when the lead said it, `recorded_at` when we learned of it.

    `claimed` marks what another system says the lead granted; it is kept, but never outweighs a withdrawal (see `current_consent`).
    """

    id: UUID
    lead_id: UUID
    channel: ContactChannel
    purpose: ConsentPurpose
    action: ConsentAction
    basis: LegalBasis | None
    claimed: bool
    source: str
    evidence: str | None
    evidence_url: str | None
    at: datetime
    expires_at: datetime | None
    recorded_at: datetime
    cause_id: UUID | None
    actor_kind: str
    actor_id: UUID | None


class ConsentState(StrEnum):
    """What the ledger comes to."""

    UNKNOWN = "UNKNOWN"
    GRANTED = "GRANTED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class Consent:
    """Where a lead stands for one channel and purpose; `entry` is the line of the ledger that decides, if there is any."""

    channel: ContactChannel
    purpose: ConsentPurpose
    entry: ConsentEntry | None = None

    def state(self, at: datetime) -> ConsentState:
        """Tell what it comes to at an instant."""
        if self.entry is None:
            return ConsentState.UNKNOWN
        if self.entry.action is ConsentAction.WITHDRAWN:
            return ConsentState.WITHDRAWN
        expired = self.entry.expires_at is not None and self.entry.expires_at <= at
        return ConsentState.EXPIRED if expired else ConsentState.GRANTED


def current_consent(channel: ContactChannel, purpose: ConsentPurpose, entries: Iterable[ConsentEntry]) -> Consent:
    """Derive where a lead stands from its entries for this channel and purpose, in whatever order they came in.

    The latest entry decides, of two at one instant the withdrawal. A claim counts only as long as the lead has not said no:
    what a field of another system says does not lift what the lead told us.
    """
    said = list(entries)
    own = max((entry for entry in said if not entry.claimed), key=_weight, default=None)
    claim = max((entry for entry in said if entry.claimed), key=_weight, default=None)
    if own is None or (own.action is ConsentAction.GRANTED and claim is not None and _weight(claim) > _weight(own)):
        return Consent(channel, purpose, claim)
    return Consent(channel, purpose, own)


def _weight(entry: ConsentEntry) -> tuple[datetime, bool, datetime, UUID]:
    return entry.at, entry.action is ConsentAction.WITHDRAWN, entry.recorded_at, entry.id


class SuppressionKind(StrEnum):
    """What must not be contacted."""

    ADDRESS = "ADDRESS"
    LEAD = "LEAD"
    CHANNEL = "CHANNEL"


class SuppressionReason(StrEnum):
    """Why."""

    OPT_OUT = "OPT_OUT"
    COMPLAINT = "COMPLAINT"
    INVALID_ADDRESS = "INVALID_ADDRESS"
    LEGAL = "LEGAL"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """One address, lead or whole channel of the workspace that must not be contacted, from `at` until it is lifted.

    An address is written as leads carry it: E.164, or an e-mail address in lower case. Of a lead as a whole, `Lead.do_not_call` and
    `Lead.do_not_email` are the truth for PHONE and EMAIL; the suppression tells since when and why, and is written with the flag.
    """

    id: UUID
    kind: SuppressionKind
    channel: ContactChannel
    lead_id: UUID | None
    address: str | None
    reason: SuppressionReason
    note: str | None
    at: datetime
    cause_id: UUID | None
    actor_kind: str
    actor_id: UUID | None
    lifted_at: datetime | None = None
    lift_note: str | None = None
    lifted_by_kind: str | None = None
    lifted_by_id: UUID | None = None


# The flags of a lead that say the same as a suppression of the lead on the channel.
FLAGS = {ContactChannel.PHONE: "do_not_call", ContactChannel.EMAIL: "do_not_email"}
BY_NUMBER = frozenset({ContactChannel.PHONE, ContactChannel.SMS})
WITH_ADDRESSES = BY_NUMBER | {ContactChannel.EMAIL}
