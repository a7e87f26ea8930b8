"""The closed sets around campaigns."""

from __future__ import annotations

from domain.campaign_life import CampaignRequirement
from domain.campaign_members import CampaignTouchType
from domain.campaign_performance import MetricGap
from domain.campaigns import CampaignOrderField, CampaignStatus, CampaignType
from gql.enums import describe

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = ["CampaignOrderField", "CampaignRequirement", "CampaignStatus", "CampaignTouchType", "CampaignType", "MetricGap"]

describe(
    CampaignType,
    "What a campaign mostly does.",
    {
        "EMAIL": "Sends e-mail.",
        "CALLING": "Calls.",
        "MULTI_CHANNEL": "Uses several channels.",
        "NURTURING": "Stays in touch over a long time.",
    },
)
describe(
    CampaignStatus,
    "Where a campaign stands: DRAFT, SCHEDULED, RUNNING and PAUSED in turn, then COMPLETED; CANCELLED from any of them.",
    {
        "DRAFT": "It is being prepared; variants come and go.",
        "SCHEDULED": "It begins by itself at its start.",
        "RUNNING": "It is under way.",
        "PAUSED": "It rests, and can be resumed; its end still ends it.",
        "COMPLETED": "It is over: its end came, or somebody completed it.",
        "CANCELLED": "It was given up.",
    },
)
describe(
    CampaignRequirement,
    "Something that must be there before a campaign moves on.",
    {
        "START": "An instant at which it begins.",
        "END_AHEAD": "An end that has not passed yet, or none.",
        "REASON": "A reason.",
    },
)
describe(
    CampaignTouchType,
    "What a campaign did with a lead, or the lead with what it got. In a campaign of calls, sent means called and delivered means reached.",
    {
        "SENT": "Something was sent to the lead.",
        "DELIVERED": "It arrived.",
        "OPENED": "The lead opened it; counts as an e-mail open in the score.",
        "CLICKED": "The lead clicked a link in it; counts as an e-mail click in the score.",
        "RESPONDED": "The lead answered.",
        "CONVERTED": "Another system reports a conversion. The campaign's own count follows from the lead's status alone.",
        "OPTED_OUT": "The lead wants no more of it: it leaves the campaign, is suppressed on the channel, and withdraws its consent there.",
    },
)
describe(
    MetricGap,
    "Why a figure is not there.",
    {
        "ZERO_COST": "Nothing was spent.",
        "NO_MEMBERS": "There are no members.",
        "NO_CONVERSIONS": "Nobody has converted.",
        "PARTIAL_VIEW": "The viewer sees only some of the members, and all of the cost: a ratio of both would mean nothing.",
    },
)
describe(
    CampaignOrderField,
    "By what a list of campaigns is ordered. Empty values come last.",
    {
        "CREATED_AT": "When it was created.",
        "NAME": "Its name, without regard to case.",
        "STARTS_AT": "When it is planned to begin.",
    },
)
