"""What a campaign may spend, line by line, and what it cost, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.activities import ContactChannel
from domain.campaigns import (
    MAX_LINES,
    BudgetLineFields,
    CampaignBudgetLine,
    CampaignCost,
    checked_cost,
    edited_budget_line,
)
from domain.refusals import Refusal, Refused, ValidationFailed, not_found
from persistence import campaigns
from persistence.workspaces import own_workspace
from usecases.campaigns.editing import shared_campaign
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCost:
    """What was spent."""

    campaign_id: UUID
    incurred_on: date
    amount: tuple[Decimal, str]
    variant_id: UUID | None = None
    channel: ContactChannel | None = None
    note: str | None = None


@verb
async def create_campaign_budget_line(work: Work, campaign_id: UUID, fields: BudgetLineFields) -> CampaignBudgetLine:
    """Plan an amount. Raises Refused: NotFound, ValidationFailed."""
    # Locked whole: of two lines at once the second must see the first, or there could be too many.
    campaign = (await campaigns.campaign_for_update(work.tx, [campaign_id])).get(campaign_id)
    if campaign is None:
        raise Refused.because(not_found("Campaign", "campaign_id"))
    blank = CampaignBudgetLine(
        id=new_id(),
        campaign_id=campaign.id,
        version=1,
        label="",
        amount=Decimal(0),
        currency="",
        variant_id=None,
        channel=None,
        created_at=work.at,
        updated_at=work.at,
    )
    line, refusals = edited_budget_line(blank, fields, (await own_workspace(work.tx)).currency)
    refusals += await _variant_refusals(work, campaign.id, line.variant_id)
    if len((await campaigns.budget_lines_by_campaign(work.tx, [campaign.id])).get(campaign.id, ())) >= MAX_LINES:
        refusals.append(ValidationFailed(message=f"A campaign has at most {MAX_LINES} budget lines.", path=("campaign_id",)))
    if refusals:
        raise Refused(refusals)
    await campaigns.add_budget_lines(work.tx, [line])
    return line


@verb
async def update_campaign_budget_line(
    work: Work, line_id: UUID, fields: BudgetLineFields, expected_version: int | None = None
) -> CampaignBudgetLine:
    """Change a planned amount. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    before = await _opened_line(work, line_id)
    refusals: list[Refusal] = list(version_problem(before.version, expected_version, "budget line"))
    after, problems = edited_budget_line(before, fields, (await own_workspace(work.tx)).currency)
    refusals += [*problems, *await _variant_refusals(work, before.campaign_id, after.variant_id)]
    if refusals:
        raise Refused(refusals)
    if after != before:
        after = replace(after, version=before.version + 1, updated_at=work.at)
        await campaigns.save_budget_lines(work.tx, [after])
    return after


@verb
async def delete_campaign_budget_line(work: Work, line_id: UUID, expected_version: int | None = None) -> bool:
    """Take a planned amount back. Raises Refused: NotFound, VersionConflict."""
    line = await _opened_line(work, line_id)
    refusals = version_problem(line.version, expected_version, "budget line")
    if refusals:
        raise Refused(refusals)
    await campaigns.delete_budget_line(work.tx, line_id)
    return True


@verb
async def record_campaign_cost(work: Work, request: RecordCost) -> CampaignCost:
    """Write down what was spent; a campaign that is over may still get bills. Raises Refused: NotFound, ValidationFailed."""
    campaign = await shared_campaign(work, request.campaign_id)
    blank = CampaignCost(
        id=new_id(),
        campaign_id=campaign.id,
        incurred_on=request.incurred_on,
        amount=Decimal(0),
        currency="",
        variant_id=request.variant_id,
        channel=request.channel,
        note=request.note,
        recorded_at=work.at,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
    )
    cost, refusals = checked_cost(blank, request.amount, (await own_workspace(work.tx)).currency, work.at.date())
    refusals += await _variant_refusals(work, campaign.id, cost.variant_id)
    if refusals:
        raise Refused(refusals)
    await campaigns.add_costs(work.tx, [cost])
    return cost


@verb
async def delete_campaign_cost(work: Work, cost_id: UUID) -> bool:
    """Take back a cost that was written down by mistake. Raises Refused: NotFound."""
    known = (await campaigns.campaign_cost_by_id(work.tx, [cost_id])).get(cost_id)
    if known is None:
        raise Refused.because(not_found("CampaignCost", "cost_id"))
    await campaigns.delete_cost(work.tx, cost_id)
    return True


async def _opened_line(work: Work, id: UUID) -> CampaignBudgetLine:
    line = (await campaigns.budget_line_for_update(work.tx, [id])).get(id)
    if line is None:
        raise Refused.because(not_found("CampaignBudgetLine", "line_id"))
    return line


async def _variant_refusals(work: Work, campaign_id: UUID, variant_id: UUID | None) -> Sequence[Refusal]:
    """Refuse a variant that is not the campaign's."""
    if variant_id is None:
        return ()
    variant = (await campaigns.campaign_variant_by_id(work.tx, [variant_id])).get(variant_id)
    return () if variant is not None and variant.campaign_id == campaign_id else [not_found("CampaignVariant", "variant_id")]
