"""Move a campaign through its life: schedule, start, pause, resume, complete, cancel; and what the clock does by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TypedDict
from uuid import UUID

from domain.campaign_life import moved_campaign
from domain.campaigns import NOT_BEGUN, Campaign, CampaignFields, CampaignStatus, edited_campaign
from domain.refusals import Refusal, Refused
from domain.texts import optional_text
from persistence.campaigns import lock_due_campaigns
from persistence.database import Database
from usecases.campaigns.editing import enter_status, opened_campaign, save_campaign
from usecases.rounds import go_round
from usecases.verbs import Work, verb

MAX_REASON = 500
BATCH = 100
_S = CampaignStatus


class Plan(TypedDict, total=False):
    """When a campaign shall begin and end. A key that is absent leaves the instant alone; None clears it."""

    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCampaign:
    """What is asked for one campaign."""

    campaign_id: UUID
    reason: str | None = None
    expected_version: int | None = None


@verb
async def schedule_campaign(work: Work, request: MoveCampaign, plan: Plan) -> Campaign:
    """Let a draft begin by itself, at the start that it has or gets. Raises Refused like all moves, and ValidationFailed."""
    campaign, reason, refusals = await _opened(work, request)
    planned, problems = edited_campaign(campaign, CampaignFields(**plan), work.at)
    return await _move(work, campaign, planned, [_S.SCHEDULED], reason, refusals=[*refusals, *problems], coming_from=(_S.DRAFT,))


@verb
async def start_campaign(work: Work, request: MoveCampaign) -> Campaign:
    """Begin now; a draft is scheduled for now on the way. Raises Refused like all moves."""
    campaign, reason, refusals = await _opened(work, request)
    steps, planned = [_S.RUNNING], campaign
    if campaign.status is _S.DRAFT:
        steps, planned = [_S.SCHEDULED, _S.RUNNING], replace(campaign, starts_at=work.at)
    return await _move(work, campaign, planned, steps, reason, refusals=refusals, coming_from=NOT_BEGUN)


@verb
async def pause_campaign(work: Work, request: MoveCampaign) -> Campaign:
    """Let a campaign rest. Raises Refused like all moves."""
    campaign, reason, refusals = await _opened(work, request)
    return await _move(work, campaign, campaign, [_S.PAUSED], reason, refusals=refusals)


@verb
async def resume_campaign(work: Work, request: MoveCampaign) -> Campaign:
    """Go on with a paused campaign. Raises Refused like all moves."""
    campaign, reason, refusals = await _opened(work, request)
    return await _move(work, campaign, campaign, [_S.RUNNING], reason, refusals=refusals, coming_from=(_S.PAUSED,))


@verb
async def complete_campaign(work: Work, request: MoveCampaign) -> Campaign:
    """End a campaign before its time, or one that has no end. Raises Refused like all moves."""
    campaign, reason, refusals = await _opened(work, request)
    return await _move(work, campaign, campaign, [_S.COMPLETED], reason, refusals=refusals)


@verb
async def cancel_campaign(work: Work, request: MoveCampaign) -> Campaign:
    """Give a campaign up; needs a reason. Raises Refused like all moves."""
    campaign, reason, refusals = await _opened(work, request)
    return await _move(work, campaign, campaign, [_S.CANCELLED], reason, refusals=refusals)


async def _opened(work: Work, request: MoveCampaign) -> tuple[Campaign, str | None, list[Refusal]]:
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    campaign, refusals = await opened_campaign(work, request.campaign_id, request.expected_version)
    if campaign is None:
        raise Refused([*refusals, *problems])
    return campaign, reason, [*refusals, *problems]


async def _move(
    work: Work,
    before: Campaign,
    planned: Campaign,
    steps: Sequence[CampaignStatus],
    reason: str | None,
    *,
    refusals: Sequence[Refusal] = (),
    coming_from: Collection[CampaignStatus] = tuple(_S),
) -> Campaign:
    """Take the steps, each with an entry in the history; a campaign that is there already stays as it is.

    Raises Refused: NotFound, VersionConflict, IllegalCampaignChange, CampaignRequirementsMissing.
    """
    stages: list[Campaign] = [planned]
    found: list[Refusal] = list(refusals)
    for to in steps:
        moved = moved_campaign(stages[-1], to, work.at, reason=reason, coming_from=coming_from)
        if isinstance(moved, Refusal):
            found.append(moved)
            break
        stages.append(moved)
    if found:
        raise Refused(found)
    saved = await save_campaign(work, before, stages[-1])
    for earlier, later in pairwise(stages):
        if later.status is not earlier.status:
            await enter_status(work, later, earlier.status, reason)
    return saved


@verb
async def advance_due_campaigns(work: Work, limit: int = BATCH) -> int:
    """Start the campaigns whose start has come and complete those whose end has; return how many there were.

    What is due stands in the campaigns alone: a process killed at any instant loses nothing and repeats nothing, and several share the
    work. A campaign whose end passed before anybody could begin it, because the service was away, is cancelled: it did not run.
    """
    due = await lock_due_campaigns(work.tx, work.at, limit)
    for campaign in due:
        to, reason = _due_move(campaign, work.at)
        await _move(work, campaign, campaign, [to], reason)
    return len(due)


def _due_move(campaign: Campaign, at: datetime) -> tuple[CampaignStatus, str | None]:
    over = campaign.ends_at is not None and campaign.ends_at <= at
    if campaign.status is not _S.SCHEDULED:
        return _S.COMPLETED, None
    return (_S.CANCELLED, "Its end passed before it could begin.") if over else (_S.RUNNING, None)


async def advance_campaigns(database: Database, at: datetime, batch: int = BATCH) -> int:
    """Advance every due campaign of every workspace, a transaction a batch; return how many there were.

    One workspace's failure keeps none of the others waiting; it is raised when all have had their turn.
    """
    return await go_round(
        database, at, lambda call: advance_due_campaigns(call, batch), "campaigns of some workspaces could not be advanced"
    )
