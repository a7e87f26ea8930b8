"""What verbs of campaigns have in common: a campaign under its lock, its version, its name, its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domain.campaign_life import CampaignStatusChange
from domain.campaigns import Campaign, CampaignStatus
from domain.events import EventType
from domain.refusals import AlreadyExists, Refusal, Refused, not_found
from persistence import campaigns
from persistence.failures import UniqueViolation
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id
from usecases.versions import version_problem


async def opened_campaign(work: Work, id: UUID, expected_version: int | None = None) -> tuple[Campaign | None, list[Refusal]]:
    """Lock a campaign; the refusals say that there is none, or not at this version."""
    found = (await campaigns.campaign_for_update(work.tx, [id])).get(id)
    if found is None:
        return None, [not_found("Campaign", "campaign_id")]
    return found, list(version_problem(found.version, expected_version, "campaign"))


async def shared_campaign(work: Work, id: UUID) -> Campaign:
    """Read a campaign and keep it as it is until the transaction ends. Raises Refused: NotFound."""
    found = (await campaigns.campaign_for_share(work.tx, [id])).get(id)
    if found is None:
        raise Refused.because(not_found("Campaign", "campaign_id"))
    return found


async def save_campaign(work: Work, before: Campaign, after: Campaign) -> Campaign:
    """Write a campaign that was locked, if it differs, and count its version. Raises Refused: AlreadyExists."""
    if after == before:
        return before
    saved = replace(after, version=before.version + 1, updated_at=work.at)
    try:
        await campaigns.save_campaigns(work.tx, [saved])
    except UniqueViolation as violation:
        # Two campaigns of one name at once: the check before saw neither.
        raise Refused.because(name_taken()) from violation
    return saved


async def count_change(work: Work, campaign: Campaign) -> Campaign:
    """Count a change of what belongs to a campaign, such as its variants, in its own version."""
    saved = replace(campaign, version=campaign.version + 1, updated_at=work.at)
    await campaigns.save_campaigns(work.tx, [saved])
    return saved


def name_taken() -> AlreadyExists:
    """Build the refusal for a campaign's name."""
    return AlreadyExists(message="Another campaign has this name.", path=("name",))


async def name_refusals(work: Work, campaign: Campaign) -> Sequence[Refusal]:
    """Refuse the name of a campaign that another one has."""
    if not campaign.name:
        return ()
    return [name_taken()] if set(await campaigns.campaign_ids_by_name(work.tx, campaign.name)) - {campaign.id} else []


async def enter_status(work: Work, campaign: Campaign, before: CampaignStatus | None, reason: str | None = None) -> None:
    """Write where a campaign stands now into its history, and tell the workspace of it."""
    entry = CampaignStatusChange(
        id=new_id(),
        campaign_id=campaign.id,
        from_status=before,
        to_status=campaign.status,
        reason=reason,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
        at=work.at,
    )
    await campaigns.add_status_changes(work.tx, [entry])
    changes = {"campaign_id": str(campaign.id), "status": [before, campaign.status], "reason": reason}
    await tell_workspace(work, EventType.CAMPAIGN_STATUS_CHANGED, changes, entry.id)
