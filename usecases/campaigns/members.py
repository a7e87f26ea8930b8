"""Put leads into campaigns and take them out, row by row or by a filter in batches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.campaign_members import CampaignMember, LeadOptedOut, new_member, returned
from domain.campaigns import NOT_OVER, Campaign, CampaignVariant, wrong_status
from domain.events import EventType
from domain.filters import LeadFilter
from domain.refusals import Refusal, ValidationFailed, not_found
from persistence import campaign_members, campaigns
from persistence.database import Reading
from usecases.answers import RowOutcome, Several
from usecases.bulk import MAX_ROWS, ErrorPolicy, Targets, placed_in_targets, refuse_all, target_ids
from usecases.campaigns.editing import shared_campaign
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.verbs import Work, new_id, verb

_Find = Callable[[Reading, UUID, LeadFilter, int], Awaitable[tuple[Sequence[UUID], int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMembers:
    """Who shall come in, or go."""

    campaign_id: UUID
    targets: Targets
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


@verb
async def add_campaign_members(work: Work, request: ChangeMembers) -> Several:
    """Put leads into a campaign; answers `rows` of members, and how many of the filter's leads `remaining` requests will bring.

    Who is in already stays as it is; who comes back gets the variant of old. A filter leaves out those who opted out of this campaign;
    named by id, they are refused.
    Raises Refused: NotFound, WrongCampaignStatus, ValidationFailed, LeadOptedOut.
    """
    campaign = await shared_campaign(work, request.campaign_id)
    ids, remaining = await _ids(work, campaign, request.targets, campaign_members.leads_to_add)
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    known = await campaign_members.members_of(work.tx, [(campaign.id, id) for id in loaded])
    variants = (await campaigns.variants_by_campaign(work.tx, [campaign.id])).get(campaign.id, ())
    members: dict[UUID, CampaignMember] = {}
    refusals: dict[UUID, Sequence[Refusal]] = {}
    for id in dict.fromkeys(ids):
        edit = checked(loaded, id, None)
        joined = edit if isinstance(edit, Refusal) else _joined(work, campaign, variants, edit, known.get((campaign.id, id)))
        if isinstance(joined, Refusal):
            refusals[id] = [joined]
        else:
            members[id] = joined
    rows = _rows(request, ids, members, refusals)
    before = {member.id: member for member in known.values()}
    await edits.save()
    await campaign_members.add_members(work.tx, [member for member in members.values() if member.id not in before])
    await campaign_members.save_members(work.tx, [m for m in members.values() if before.get(m.id, m) != m])
    return Several({"rows": rows, "remaining": remaining})


@verb
async def remove_campaign_members(work: Work, request: ChangeMembers) -> Several:
    """Take leads out of a campaign; answers `rows` and `remaining` like adding does. What the campaign did with them stays.

    Raises Refused: NotFound, WrongCampaignStatus, ValidationFailed.
    """
    campaign = await shared_campaign(work, request.campaign_id)
    ids, remaining = await _ids(work, campaign, request.targets, campaign_members.leads_to_remove)
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    known = await campaign_members.members_of(work.tx, [(campaign.id, id) for id in loaded])
    members: dict[UUID, CampaignMember] = {}
    refusals: dict[UUID, Sequence[Refusal]] = {}
    for id in dict.fromkeys(ids):
        edit, member = checked(loaded, id, None), known.get((campaign.id, id))
        if isinstance(edit, Refusal):
            refusals[id] = [edit]
        elif member is None or member.left_at is not None:
            refusals[id] = [not_found("CampaignMember", "lead_id")]
        else:
            members[id] = left(work, edit, member)
    rows = _rows(request, ids, members, refusals)
    await edits.save()
    await campaign_members.save_members(work.tx, list(members.values()))
    return Several({"rows": rows, "remaining": remaining})


async def _ids(work: Work, campaign: Campaign, targets: Targets, find: _Find) -> tuple[Sequence[UUID], int]:
    """Resolve the targets: ids as they are, of a filter's leads the first 500 for which something is to do, and how many are left then."""
    problems: list[Refusal] = list(wrong_status(campaign, NOT_OVER, "campaign_id"))
    if targets.filter is not None and targets.filter.deleted:
        problems.append(ValidationFailed(message="Deleted leads are in no campaign.", path=("filter", "deleted")))
    if targets.filter is None or targets.ids is not None or problems:
        return await target_ids(work, targets, problems), 0
    ids, total = await find(work.tx, campaign.id, targets.filter, MAX_ROWS)
    return ids, total - len(ids)


def _rows(
    request: ChangeMembers, ids: Sequence[UUID], members: dict[UUID, CampaignMember], refusals: dict[UUID, Sequence[Refusal]]
) -> Sequence[RowOutcome]:
    placed = placed_in_targets(request.targets.sent, [refusals.get(id, ()) for id in ids])
    refuse_all(placed, request.policy)
    return tuple(RowOutcome(index, members.get(id), row) for index, (id, row) in enumerate(zip(ids, placed, strict=True)))


def _joined(
    work: Work, campaign: Campaign, variants: Sequence[CampaignVariant], edit: LeadEdit, known: CampaignMember | None
) -> CampaignMember | Refusal:
    if known is not None and known.left_at is None:
        return known
    if known is not None and known.opted_out_at is not None:
        return LeadOptedOut(message="The lead opted out of this campaign.", path=("lead_id",), campaign_id=campaign.id)
    if known is None:
        member = new_member(new_id(), campaign, edit.lead, variants, work.at)
    else:
        member = returned(known, campaign, edit.lead, work.at)
    tell_joined(edit, member)
    return member


def tell_joined(edit: LeadEdit, member: CampaignMember) -> None:
    """Tell that a lead came into a campaign. Its version stays: nobody who edits the lead meanwhile is in anybody's way."""
    variant = None if member.variant_id is None else str(member.variant_id)
    edit.tell(EventType.LEAD_JOINED_CAMPAIGN, {"campaign_id": str(member.campaign_id), "campaign_variant_id": variant}, member.id)


def left(work: Work, edit: LeadEdit, member: CampaignMember, *, opted_out: bool = False) -> CampaignMember:
    """Let a member go, and tell of it."""
    edit.tell(EventType.LEAD_LEFT_CAMPAIGN, {"campaign_id": str(member.campaign_id), "opted_out": opted_out}, member.id)
    return replace(member, left_at=work.at)
