"""Create, update and delete the variants of a campaign, and spread its members over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.campaign_members import chosen_variant
from domain.campaigns import (
    MAX_VARIANTS,
    NOT_BEGUN,
    NOT_OVER,
    Campaign,
    CampaignStatus,
    CampaignVariant,
    VariantFields,
    edited_variant,
    wrong_status,
)
from domain.refusals import AlreadyExists, Refusal, Refused, ValidationFailed, not_found
from persistence import campaign_members, campaigns
from usecases.answers import Several
from usecases.campaigns.editing import count_change, opened_campaign
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem

DRAFTING = (CampaignStatus.DRAFT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateVariant:
    """What is asked for one variant."""

    variant_id: UUID
    fields: VariantFields
    expected_version: int | None = None


@verb
async def create_campaign_variant(work: Work, campaign_id: UUID, fields: VariantFields) -> Several:
    """Give a draft one more variant; answers `variant` and `campaign`. Members are spread anew, and as few as possible move.

    Raises Refused: NotFound, WrongCampaignStatus, ValidationFailed, AlreadyExists.
    """
    campaign, refusals = await opened_campaign(work, campaign_id)
    if campaign is None:
        raise Refused(refusals)
    others = (await campaigns.variants_by_campaign(work.tx, [campaign_id])).get(campaign_id, ())
    variant, problems = drafted_variant(work, campaign, fields)
    refusals += [*wrong_status(campaign, DRAFTING, "campaign_id"), *problems, *variant_name_refusals(variant, others)]
    if len(others) >= MAX_VARIANTS:
        refusals.append(ValidationFailed(message=f"A campaign has at most {MAX_VARIANTS} variants.", path=("campaign_id",)))
    if refusals:
        raise Refused(refusals)
    await campaigns.add_variants(work.tx, [variant])
    await _spread(work, campaign, [*others, variant])
    return Several({"variant": variant, "campaign": await count_change(work, campaign)})


@verb
async def update_campaign_variant(work: Work, request: UpdateVariant) -> Several:
    """Change a variant; answers `variant` and `campaign`.

    Another weight spreads the members anew as long as the campaign has not begun. Afterwards only who joins later is spread by it: whoever
    has been shown a variant keeps it, and `weights_changed_at` tells from when on the shares are others.
    Raises Refused: NotFound, VersionConflict, WrongCampaignStatus, ValidationFailed, AlreadyExists.
    """
    campaign, variant, others = await _opened(work, request.variant_id)
    refusals = [*version_problem(variant.version, request.expected_version, "variant"), *wrong_status(campaign, NOT_OVER, "variant_id")]
    changed, problems = edited_variant(variant, request.fields)
    refusals += [*problems, *variant_name_refusals(changed, others)]
    if refusals:
        raise Refused(refusals)
    if changed == variant:
        return Several({"variant": variant, "campaign": campaign})
    changed = replace(changed, version=variant.version + 1, updated_at=work.at)
    await campaigns.save_variants(work.tx, [changed])
    if changed.weight != variant.weight and campaign.status in NOT_BEGUN:
        await _spread(work, campaign, [*others, changed])
    elif changed.weight != variant.weight:
        campaign = replace(campaign, weights_changed_at=work.at)
    return Several({"variant": changed, "campaign": await count_change(work, campaign)})


@verb
async def delete_campaign_variant(work: Work, variant_id: UUID, expected_version: int | None = None) -> Campaign:
    """Take a variant out of a draft; its members get others, everybody else keeps the own one.

    Raises Refused: NotFound, VersionConflict, WrongCampaignStatus.
    """
    campaign, variant, others = await _opened(work, variant_id)
    refusals = [*version_problem(variant.version, expected_version, "variant"), *wrong_status(campaign, DRAFTING, "variant_id")]
    if refusals:
        raise Refused(refusals)
    await _spread(work, campaign, others)
    await campaigns.delete_variant(work.tx, variant_id)
    return await count_change(work, campaign)


async def _opened(work: Work, id: UUID) -> tuple[Campaign, CampaignVariant, Sequence[CampaignVariant]]:
    """Lock the campaign of a variant, then find the variant and the others in it. Raises Refused: NotFound."""
    known = (await campaigns.campaign_variant_by_id(work.tx, [id])).get(id)
    campaign = None if known is None else (await opened_campaign(work, known.campaign_id))[0]
    if campaign is not None:
        there = (await campaigns.variants_by_campaign(work.tx, [campaign.id])).get(campaign.id, ())
        for variant in there:
            if variant.id == id:
                return campaign, variant, [other for other in there if other.id != id]
    raise Refused.because(not_found("CampaignVariant", "variant_id"))


def drafted_variant(work: Work, campaign: Campaign, fields: VariantFields) -> tuple[CampaignVariant, list[Refusal]]:
    """Make a variant that is not written yet, with what is wrong with it."""
    blank = CampaignVariant(
        id=new_id(), campaign_id=campaign.id, version=1, name="", description=None, weight=1, created_at=work.at, updated_at=work.at
    )
    return edited_variant(blank, fields)


def variant_name_refusals(variant: CampaignVariant, others: Sequence[CampaignVariant]) -> Sequence[Refusal]:
    """Refuse the name of a variant that another one of the campaign has."""
    taken = variant.name and any(other.name.casefold() == variant.name.casefold() for other in others)
    return [AlreadyExists(message="Another variant of the campaign has this name.", path=("name",))] if taken else []


async def _spread(work: Work, campaign: Campaign, variants: Sequence[CampaignVariant]) -> None:
    """Give every member the variant that these weights mean; the campaign is locked, so that none joins meanwhile."""
    moves: list[tuple[UUID, UUID | None]] = []
    for member_id, lead_id, variant_id in await campaign_members.spread_of(work.tx, campaign.id):
        chosen = chosen_variant(campaign.id, lead_id, variants)
        wanted = chosen.id if chosen else None
        if wanted != variant_id:
            moves.append((member_id, wanted))
    await campaign_members.move_members(work.tx, moves)
