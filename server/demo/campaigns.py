"""The campaigns of the demo workspace: what was planned and spent, whom they reached, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from uuid import UUID

from domain.access import SYSTEM
from domain.activities import ContactChannel
from domain.campaign_life import CampaignStatusChange
from domain.campaign_members import CampaignTouchType
from domain.campaigns import Campaign, CampaignBudgetLine, CampaignCost, CampaignStatus, CampaignType, CampaignVariant, new_campaign
from domain.leads import Lead
from server.demo.story import Story
from usecases.demo.campaigns import CampaignContents
from usecases.verbs import new_id

Scene = tuple[datetime, Callable[[Story], None]]
_T, _S, _K = CampaignTouchType, CampaignStatus, CampaignType


@dataclass(frozen=True, slots=True)
class _Outline:
    """A campaign in a line: the days after now at which it reached each status, its variants with weights, and its money.

    `answers` are the chances that whoever is reached answers, for each variant in turn, or of the whole.
    """

    name: str
    type: CampaignType
    description: str
    life: tuple[tuple[CampaignStatus, float], ...]
    starts: float | None
    ends: float | None
    share: float
    variants: tuple[tuple[str, int], ...] = ()
    answers: tuple[float, ...] = (0.1,)
    budget: int = 0
    cost: int = 0
    reason: str | None = None


_OUTLINES = (
    _Outline(
        "Spring mailing",
        _K.EMAIL,
        "What teams like yours do first: one letter, two subjects.",
        ((_S.DRAFT, -165), (_S.SCHEDULED, -155), (_S.RUNNING, -150), (_S.COMPLETED, -120)),
        -150,
        -120,
        0.75,
        (("Question as subject", 1), ("Number as subject", 1)),
        (0.08, 0.22),
        6_000,
        5_400,
    ),
    _Outline(
        "Welcome series",
        _K.NURTURING,
        "Four letters to everybody who is new.",
        ((_S.DRAFT, -260), (_S.SCHEDULED, -255), (_S.RUNNING, -250)),
        -250,
        None,
        0.4,
        (),
        (0.05,),
        9_000,
        7_250,
    ),
    _Outline(
        "Autumn calls",
        _K.CALLING,
        "A call to everybody who looked at prices.",
        ((_S.DRAFT, -55), (_S.SCHEDULED, -48), (_S.RUNNING, -40)),
        -40,
        30,
        0.35,
        (),
        (0.45,),
        12_000,
        4_800,
    ),
    _Outline(
        "Product update",
        _K.MULTI_CHANNEL,
        "The new release, told in three ways.",
        ((_S.DRAFT, -75), (_S.SCHEDULED, -70), (_S.RUNNING, -60), (_S.PAUSED, -10)),
        -60,
        20,
        0.5,
        (("Film", 2), ("Text", 1), ("Example", 1)),
        (0.2, 0.08, 0.1),
        8_000,
        3_900,
        "The film is being cut again",
    ),
    _Outline(
        "Year-end offer",
        _K.EMAIL,
        "Two months on top for whoever signs this year.",
        ((_S.DRAFT, -6), (_S.SCHEDULED, -2)),
        14,
        45,
        0.3,
        (("Plain", 1), ("Illustrated", 1)),
        (0.1, 0.1),
        5_000,
    ),
    _Outline("Partner evening", _K.EMAIL, "An invitation, still without a date.", ((_S.DRAFT, -3),), None, None, 0.0, budget=2_500),
    _Outline(
        "Bought addresses",
        _K.EMAIL,
        "A trial with a list from outside.",
        ((_S.DRAFT, -100), (_S.SCHEDULED, -98), (_S.RUNNING, -95), (_S.CANCELLED, -92)),
        -95,
        -60,
        0.0,
        cost=700,
        reason="Nobody on the list had agreed to be written to",
    ),
)
_SPENT_IN = 4


@dataclass(frozen=True, slots=True)
class Planned:
    """One campaign with all that belongs to it but its members."""

    campaign: Campaign
    variants: Sequence[CampaignVariant]
    answers: Mapping[UUID | None, float]
    share: float
    lines: Sequence[CampaignBudgetLine]
    costs: Sequence[CampaignCost]
    history: Sequence[CampaignStatusChange]


def planned_campaigns(now: datetime) -> Sequence[Planned]:
    """Make the campaigns, as if they had been planned and run for most of a year."""
    return [_planned(outline, now) for outline in _OUTLINES]


def contents_of(campaigns: Sequence[Planned], stories: Sequence[Story]) -> CampaignContents:
    """Gather what goes into the workspace, once the leads' stories have been told."""
    return CampaignContents(
        campaigns=[plan.campaign for plan in campaigns],
        variants=[variant for plan in campaigns for variant in plan.variants],
        lines=[line for plan in campaigns for line in plan.lines],
        costs=[cost for plan in campaigns for cost in plan.costs],
        history=[change for plan in campaigns for change in plan.history],
        members=[member for story in stories for member in story.members.values()],
    )


def _planned(outline: _Outline, now: datetime) -> Planned:
    def day(days: float | None) -> datetime | None:
        return None if days is None else now + timedelta(days=days)

    born = now + timedelta(days=outline.life[0][1])
    status, since = outline.life[-1][0], now + timedelta(days=outline.life[-1][1])
    reached = dict(outline.life)
    campaign = replace(
        new_campaign(new_id(), born),
        version=len(outline.life),
        name=outline.name,
        description=outline.description,
        type=outline.type,
        status=status,
        status_since=since,
        starts_at=day(outline.starts),
        ends_at=day(outline.ends),
        started_at=day(reached.get(_S.RUNNING)),
        ended_at=since if status in (_S.COMPLETED, _S.CANCELLED) else None,
        updated_at=since,
    )
    variants = [
        CampaignVariant(
            id=new_id(), campaign_id=campaign.id, version=1, name=name, description=None, weight=weight, created_at=born, updated_at=born
        )
        for name, weight in outline.variants
    ]
    answers: dict[UUID | None, float] = {variant.id: chance for variant, chance in zip(variants, outline.answers, strict=False)}
    answers[None] = outline.answers[0]
    return Planned(
        campaign, variants, answers, outline.share, _lines(outline, campaign), _costs(outline, campaign), _history(outline, campaign, now)
    )


def _lines(outline: _Outline, campaign: Campaign) -> Sequence[CampaignBudgetLine]:
    parts = (
        ("Texts and pictures", 0.4, None),
        ("Sending and calls", 0.6, ContactChannel.PHONE if outline.type is _K.CALLING else ContactChannel.EMAIL),
    )
    return [
        CampaignBudgetLine(
            id=new_id(),
            campaign_id=campaign.id,
            version=1,
            label=label,
            amount=Decimal(round(outline.budget * share)),
            currency="EUR",
            variant_id=None,
            channel=channel,
            created_at=campaign.created_at,
            updated_at=campaign.created_at,
        )
        for label, share, channel in parts
        if outline.budget
    ]


def _costs(outline: _Outline, campaign: Campaign) -> Sequence[CampaignCost]:
    begun = campaign.started_at
    if begun is None or not outline.cost:
        return []
    return [
        CampaignCost(
            id=new_id(),
            campaign_id=campaign.id,
            incurred_on=(begun + timedelta(days=part)).date(),
            amount=Decimal(outline.cost) / _SPENT_IN,
            currency="EUR",
            variant_id=None,
            channel=None,
            note=None,
            recorded_at=begun + timedelta(days=part, hours=2),
            actor_kind=SYSTEM.kind,
            actor_id=SYSTEM.id,
        )
        for part in range(_SPENT_IN)
    ]


def _history(outline: _Outline, campaign: Campaign, now: datetime) -> Sequence[CampaignStatusChange]:
    steps = [(None, 0.0), *outline.life]
    return [
        CampaignStatusChange(
            id=new_id(),
            campaign_id=campaign.id,
            from_status=before,
            to_status=after,
            reason=outline.reason if after in (_S.PAUSED, _S.CANCELLED) else None,
            actor_kind=SYSTEM.kind,
            actor_id=SYSTEM.id,
            at=now + timedelta(days=days),
        )
        for (before, _), (after, days) in pairwise(steps)
        if after is not None
    ]


def invitations(random: Random, campaigns: Sequence[Planned], lead: Lead, now: datetime) -> Sequence[Scene]:
    """Decide which campaigns a lead comes into, and what they do with each other there."""
    scenes: list[Scene] = []
    for plan in campaigns:
        joins = _joins(random, plan, lead, now)
        if joins is not None:
            scenes.append((joins, lambda story, at=joins, plan=plan: story.join(at, plan.campaign, plan.variants)))
            scenes += _touches(random, plan, joins, now)
    return scenes


def _joins(random: Random, plan: Planned, lead: Lead, now: datetime) -> datetime | None:
    """Choose when a lead joins: before the beginning if it was there, later only where a campaign takes in whoever is new."""
    campaign = plan.campaign
    if random.random() >= plan.share or campaign.starts_at is None:
        return None
    before = campaign.created_at + timedelta(days=random.uniform(0.5, 4))
    if lead.created_at < before and campaign.type is not _K.NURTURING:
        return min(before, now)
    if campaign.type in (_K.NURTURING, _K.CALLING) and campaign.started_at is not None:
        joins = max(lead.created_at, campaign.started_at) + timedelta(days=random.uniform(1, 5))
        return joins if joins < now else None
    return None


# The chances that it arrives, is opened then, and clicked in then. Nobody opens a call.
_CHANCES: Mapping[CampaignType, tuple[float, float, float]] = {
    _K.EMAIL: (0.96, 0.42, 0.32),
    _K.NURTURING: (0.97, 0.5, 0.3),
    _K.MULTI_CHANNEL: (0.93, 0.45, 0.35),
    _K.CALLING: (0.48, 0.0, 0.0),
}
_LEAVES = 0.012


def _touches(random: Random, plan: Planned, joins: datetime, now: datetime) -> Sequence[Scene]:
    campaign = plan.campaign
    if campaign.started_at is None:
        return []
    stops = campaign.ended_at or (campaign.status_since if campaign.status is _S.PAUSED else now)
    scenes: list[Scene] = []
    at = max(joins, campaign.started_at)
    for letter in range(4 if campaign.type is _K.NURTURING else 1):
        at += timedelta(days=random.uniform(0.1, 2) if letter == 0 else random.uniform(9, 16))
        if at >= stops:
            break
        for order, type in enumerate(_steps(random, campaign.type)):
            moment = at + timedelta(hours=order * random.uniform(0.2, 20))
            scenes.append((moment, _touch(plan, type, moment, f"{campaign.name} {letter + 1}", random.random(), random.getrandbits(48))))
    return scenes


def _steps(random: Random, type: CampaignType) -> Sequence[CampaignTouchType]:
    """List what becomes of one letter or call; whether it is answered shows when the variant is known."""
    arrived, opened, clicked = _CHANCES[type]
    steps = [_T.SENT]
    for step, chance in ((_T.DELIVERED, arrived), (_T.OPENED, opened), (_T.CLICKED, clicked)):
        if random.random() >= chance:
            break
        steps.append(step)
    if len(steps) > 1:
        steps.append(_T.OPTED_OUT if random.random() < _LEAVES else _T.RESPONDED)
    return steps


def _touch(plan: Planned, type: CampaignTouchType, at: datetime, subject: str, luck: float, number: int) -> Callable[[Story], None]:
    def happen(story: Story) -> None:
        member = story.members[plan.campaign.id]
        # Answers alone depend on the variant: it follows from ids, which differ each time, and scores must not.
        answers = plan.answers[member.variant_id]
        if member.left_at is None and (type is not _T.RESPONDED or luck < answers):
            story.touch(at, plan.campaign, type, subject=subject, source_event_id=f"campaign-{number:012x}")

    return happen
