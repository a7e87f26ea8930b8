"""Members of campaigns: which variant a lead gets, and what its touches say about it (rules §5)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any
from uuid import UUID

from domain.activities import ActivityType, ContactChannel
from domain.campaigns import Campaign, CampaignType, CampaignVariant
from domain.consent_purposes import ConsentPurpose
from domain.leads import Lead
from domain.refusals import Refusal, RefusalCode
from domain.status import LeadStatus


class CampaignTouchType(StrEnum):
    """What a campaign did with a lead, or the lead with what it got."""

    SENT = "SENT"
    DELIVERED = "DELIVERED"
    OPENED = "OPENED"
    CLICKED = "CLICKED"
    RESPONDED = "RESPONDED"
    CONVERTED = "CONVERTED"
    OPTED_OUT = "OPTED_OUT"


_T = CampaignTouchType
# Opens and clicks are what they are for every lead, in a campaign or not, so that the score counts them alike.
ACTIVITY_OF_TOUCH: Mapping[CampaignTouchType, ActivityType] = {
    _T.SENT: ActivityType.CAMPAIGN_SENT,
    _T.DELIVERED: ActivityType.CAMPAIGN_DELIVERED,
    _T.OPENED: ActivityType.EMAIL_OPENED,
    _T.CLICKED: ActivityType.EMAIL_CLICKED,
    _T.RESPONDED: ActivityType.CAMPAIGN_RESPONDED,
    _T.CONVERTED: ActivityType.CAMPAIGN_CONVERTED,
    _T.OPTED_OUT: ActivityType.CAMPAIGN_OPTED_OUT,
}
# Nobody opens what did not arrive. Providers that leave out the earlier steps must not yield rates above one.
IMPLIED: Mapping[CampaignTouchType, tuple[CampaignTouchType, ...]] = {
    _T.SENT: (_T.SENT,),
    _T.DELIVERED: (_T.SENT, _T.DELIVERED),
    _T.OPENED: (_T.SENT, _T.DELIVERED, _T.OPENED),
    _T.CLICKED: (_T.SENT, _T.DELIVERED, _T.OPENED, _T.CLICKED),
    _T.RESPONDED: (_T.SENT, _T.DELIVERED, _T.RESPONDED),
    _T.CONVERTED: (_T.CONVERTED,),
    _T.OPTED_OUT: (_T.SENT, _T.DELIVERED, _T.OPTED_OUT),
}
FIRST_AT: Mapping[CampaignTouchType, str] = {
    _T.SENT: "sent_at",
    _T.DELIVERED: "delivered_at",
    _T.OPENED: "opened_at",
    _T.CLICKED: "clicked_at",
    _T.RESPONDED: "responded_at",
    _T.CONVERTED: "reported_conversion_at",
    _T.OPTED_OUT: "opted_out_at",
}
_USUAL_CHANNEL: Mapping[CampaignType, ContactChannel] = {
    CampaignType.EMAIL: ContactChannel.EMAIL,
    CampaignType.CALLING: ContactChannel.PHONE,
}


# What a campaign is for, of whatever type: who opts out objects to direct marketing, and not to being served.
CAMPAIGN_PURPOSES = (ConsentPurpose.MARKETING, ConsentPurpose.SALES)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignMember:
    """A lead in a campaign, with a summary of its touches; who left keeps the place, and the variant, for the day it comes back.

    The instants are the earliest of each kind, in whatever order touches are reported. `reported_conversion_at` is what other
    systems say; whether the lead counts as converted follows from its status alone.
    """

    id: UUID
    campaign_id: UUID
    lead_id: UUID
    variant_id: UUID | None
    joined_at: datetime
    left_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    clicked_at: datetime | None
    responded_at: datetime | None
    opted_out_at: datetime | None
    reported_conversion_at: datetime | None
    touches: int
    last_touch_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """Which members are meant: everything that is set must hold. Without `counted`, those who left are left out.

    `counted` means whom the campaign's performance counts; `reached` asks for a kind of touch, implied ones included.
    """

    counted: bool | None = None
    variant_id: UUID | None = None
    reached: CampaignTouchType | None = None
    converted: bool | None = None


@dataclass(frozen=True, kw_only=True)
class LeadOptedOut(Refusal, code=RefusalCode.LEAD_OPTED_OUT):
    """The lead opted out of this campaign, and is not put back into it."""

    campaign_id: UUID


def chosen_variant(campaign_id: UUID, lead_id: UUID, variants: Sequence[CampaignVariant]) -> CampaignVariant | None:
    """Choose a lead's variant by a stable hash of campaign and lead; None where there are no variants.

    Weighted rendezvous hashing: each variant draws −ln(u) ÷ weight with its own u in (0, 1), and the smallest wins. So shares fit the
    weights, and a change of one variant moves only leads to it or from it; cutting a hash's range into pieces would move others too.
    """
    return min(variants, key=lambda variant: (_draw(campaign_id, lead_id, variant), variant.id), default=None)


def _draw(campaign_id: UUID, lead_id: UUID, variant: CampaignVariant) -> float:
    digest = blake2b(campaign_id.bytes + lead_id.bytes + variant.id.bytes, digest_size=8).digest()
    # 52 bits and a half: exact as a float, and never 0 or 1.
    return -math.log(((int.from_bytes(digest) >> 12) + 0.5) / 2**52) / variant.weight


def new_member(id: UUID, campaign: Campaign, lead: Lead, variants: Sequence[CampaignVariant], at: datetime) -> CampaignMember:
    """Make a member that nothing has touched yet."""
    variant = chosen_variant(campaign.id, lead.id, variants)
    none: dict[str, Any] = dict.fromkeys(FIRST_AT.values())
    return CampaignMember(
        id=id,
        campaign_id=campaign.id,
        lead_id=lead.id,
        variant_id=variant.id if variant else None,
        joined_at=at,
        left_at=None,
        touches=0,
        last_touch_at=None,
        **none,
    )


def returned(member: CampaignMember, campaign: Campaign, lead: Lead, at: datetime) -> CampaignMember:
    """Take back who left, with the variant of old. The attribution window begins anew, unless the lead converted in the first one."""
    joined_at = member.joined_at if is_converted(member, campaign, lead) else at
    return replace(member, left_at=None, joined_at=joined_at)


def is_converted(member: CampaignMember, campaign: Campaign, lead: Lead) -> bool:
    """Tell whether the lead stands won, closed within the attribution window after it joined."""
    if lead.status is not LeadStatus.CLOSED_WON or lead.closed_at is None:
        return False
    return member.joined_at <= lead.closed_at <= member.joined_at + campaign.attribution


def touched(member: CampaignMember, type: CampaignTouchType, occurred_at: datetime) -> CampaignMember:
    """Count a touch in its member's summary, with the earlier steps that it implies."""
    changes: dict[str, Any] = {}
    for step in IMPLIED[type]:
        known = getattr(member, FIRST_AT[step])
        changes[FIRST_AT[step]] = occurred_at if known is None else min(known, occurred_at)
    last = occurred_at if member.last_touch_at is None else max(member.last_touch_at, occurred_at)
    return replace(member, touches=member.touches + 1, last_touch_at=last, **changes)


def touch_channel(campaign: Campaign, named: ContactChannel | None) -> ContactChannel | None:
    """Return the channel of a touch: as named, else the campaign's own; None where neither says."""
    return named or _USUAL_CHANNEL.get(campaign.type)
