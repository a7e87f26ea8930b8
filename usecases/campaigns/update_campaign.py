"""Update a campaign: its name, its plan, how long its effect counts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.campaigns import Campaign, CampaignFields, edited_campaign
from domain.refusals import Refused
from usecases.campaigns.editing import name_refusals, opened_campaign, save_campaign
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCampaign:
    """What is asked for one campaign."""

    campaign_id: UUID
    fields: CampaignFields
    expected_version: int | None = None


@verb
async def update_campaign(work: Work, request: UpdateCampaign) -> Campaign:
    """Change settings of a campaign, as far as its status leaves them open.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists, WrongCampaignStatus.
    """
    before, refusals = await opened_campaign(work, request.campaign_id, request.expected_version)
    if before is None:
        raise Refused(refusals)
    after, problems = edited_campaign(before, request.fields, work.at)
    refusals += [*problems, *await name_refusals(work, after)]
    if refusals:
        raise Refused(refusals)
    return await save_campaign(work, before, after)
