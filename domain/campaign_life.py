"""The life of a campaign: which status may follow which, and what each move needs (rules §5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.campaigns import CLOCK_SKEW, Campaign, CampaignStatus
from domain.refusals import Refusal, RefusalCode, ValidationFailed

_S = CampaignStatus
TRANSITIONS: Mapping[CampaignStatus, tuple[CampaignStatus, ...]] = {
    _S.DRAFT: (_S.SCHEDULED, _S.CANCELLED),
    _S.SCHEDULED: (_S.RUNNING, _S.CANCELLED),
    _S.RUNNING: (_S.PAUSED, _S.COMPLETED, _S.CANCELLED),
    _S.PAUSED: (_S.RUNNING, _S.COMPLETED, _S.CANCELLED),
    _S.COMPLETED: (),
    _S.CANCELLED: (),
}
OVER = frozenset({_S.COMPLETED, _S.CANCELLED})


class CampaignRequirement(StrEnum):
    """Something that must be there before a campaign moves on."""

    START = "START"
    END_AHEAD = "END_AHEAD"
    REASON = "REASON"


@dataclass(frozen=True, slots=True)
class CampaignStatusChange:
    """One entry of a campaign's status history; `from_status` is None for the first."""

    id: UUID
    campaign_id: UUID
    from_status: CampaignStatus | None
    to_status: CampaignStatus
    reason: str | None
    actor_kind: str
    actor_id: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IllegalCampaignChange(Refusal, code=RefusalCode.ILLEGAL_CAMPAIGN_CHANGE):
    """A campaign's life does not go that way."""

    from_status: CampaignStatus
    to_status: CampaignStatus
    allowed: tuple[CampaignStatus, ...]


@dataclass(frozen=True, kw_only=True)
class CampaignRequirementsMissing(Refusal, code=RefusalCode.CAMPAIGN_REQUIREMENTS_MISSING):
    """The move is a legal one, but something that it needs is missing."""

    from_status: CampaignStatus
    to_status: CampaignStatus
    missing: tuple[CampaignRequirement, ...]


def missing_for(campaign: Campaign, to: CampaignStatus, *, has_reason: bool, at: datetime) -> tuple[CampaignRequirement, ...]:
    """List what a move still needs, in a fixed order."""
    missing: list[CampaignRequirement] = []
    if to is _S.SCHEDULED and campaign.starts_at is None:
        missing.append(CampaignRequirement.START)
    if to in (_S.SCHEDULED, _S.RUNNING) and campaign.ends_at is not None and campaign.ends_at <= at:
        missing.append(CampaignRequirement.END_AHEAD)
    if to is _S.CANCELLED and not has_reason:
        missing.append(CampaignRequirement.REASON)
    return tuple(missing)


def moved_campaign(
    campaign: Campaign, to: CampaignStatus, at: datetime, *, reason: str | None = None, coming_from: Collection[CampaignStatus] = tuple(_S)
) -> Campaign | Refusal:
    """Move a campaign to a status, or say why not; one that is there already comes back unchanged.

    `coming_from` narrows the move to the statuses that a caller means: starting is not resuming.
    """
    if campaign.status is to:
        return campaign
    before = campaign.status
    if to not in TRANSITIONS[before] or before not in coming_from:
        allowed = tuple(each for each in TRANSITIONS[before] if each is not to)
        return IllegalCampaignChange(
            message=f"A campaign that is {before} cannot become {to} this way.",
            from_status=before,
            to_status=to,
            allowed=allowed,
        )
    missing = missing_for(campaign, to, has_reason=bool(reason), at=at)
    if missing:
        return CampaignRequirementsMissing(
            message=f"Becoming {to} still needs: {', '.join(missing)}.",
            from_status=before,
            to_status=to,
            missing=missing,
        )
    if to is _S.SCHEDULED and campaign.starts_at is not None and campaign.starts_at < at - CLOCK_SKEW:
        return ValidationFailed(message="The start has passed already.", path=("starts_at",))
    started = at if to is _S.RUNNING and campaign.started_at is None else campaign.started_at
    return replace(campaign, status=to, status_since=at, started_at=started, ended_at=at if to in OVER else None)
