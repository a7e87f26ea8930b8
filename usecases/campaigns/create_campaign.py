"""Create a campaign, with its variants in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.campaigns import MAX_VARIANTS, Campaign, CampaignFields, CampaignVariant, VariantFields, edited_campaign, new_campaign
from domain.refusals import Refusal, Refused, ValidationFailed
from persistence import campaigns
from persistence.failures import UniqueViolation
from usecases.campaigns.editing import enter_status, name_refusals, name_taken
from usecases.campaigns.variants import drafted_variant, variant_name_refusals
from usecases.verbs import Work, new_id, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCampaign:
    """What is asked for."""

    fields: CampaignFields
    variants: Sequence[VariantFields] = ()


@verb
async def create_campaign(work: Work, request: CreateCampaign) -> Campaign:
    """Create a draft. Raises Refused: ValidationFailed, AlreadyExists."""
    campaign, refusals = edited_campaign(new_campaign(new_id(), work.at), request.fields, work.at)
    if "type" not in request.fields:
        refusals.append(ValidationFailed(message="A campaign has a type.", path=("type",)))
    variants = _drafted(work, campaign, request.variants, refusals)
    refusals += await name_refusals(work, campaign)
    if refusals:
        raise Refused(refusals)
    try:
        await campaigns.add_campaigns(work.tx, [campaign])
    except UniqueViolation as violation:
        raise Refused.because(name_taken()) from violation
    await campaigns.add_variants(work.tx, variants)
    await enter_status(work, campaign, None)
    return campaign


def _drafted(work: Work, campaign: Campaign, given: Sequence[VariantFields], refusals: list[Refusal]) -> Sequence[CampaignVariant]:
    if len(given) > MAX_VARIANTS:
        refusals.append(ValidationFailed(message=f"A campaign has at most {MAX_VARIANTS} variants.", path=("variants",)))
    variants: list[CampaignVariant] = []
    for index, fields in enumerate(given[:MAX_VARIANTS]):
        variant, problems = drafted_variant(work, campaign, fields)
        refusals += [problem.at("variants", str(index)) for problem in [*problems, *variant_name_refusals(variant, variants)]]
        variants.append(variant)
    return variants
