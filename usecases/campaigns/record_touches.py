"""Record what campaigns did with their members, and members with what they got: each touch once, as an activity of its lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.activities import COUNTED_BY_TYPE, Activity, ContactChannel
from domain.campaign_members import ACTIVITY_OF_TOUCH, CAMPAIGN_PURPOSES, CampaignMember, CampaignTouchType, touch_channel, touched
from domain.campaigns import BEGUN, Campaign, wrong_status
from domain.consent import FLAGS, SuppressionReason
from domain.events import EventType
from domain.refusals import AlreadyExists, Refusal, not_found
from domain.texts import optional_text
from persistence import activities, campaign_members, campaigns
from usecases.activities.record import MAX_LINE, count_activity
from usecases.answers import RowOutcome, Several
from usecases.bulk import ErrorPolicy
from usecases.campaigns.members import left
from usecases.consent.objections import Objection, Withdrawal, enter_suppression, enter_withdrawal
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.recording import (
    Recorded,
    another_leads,
    check_row_count,
    checked_instant,
    checked_origin,
    record,
    settle_many,
    settle_one,
)
from usecases.verbs import Work, new_id, verb

Members = dict[tuple[UUID, UUID], CampaignMember]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTouch:
    """What is reported of one member. `channel` says how; without it, it is the campaign's own."""

    campaign_id: UUID
    lead_id: UUID
    type: CampaignTouchType
    occurred_at: datetime
    channel: ContactChannel | None = None
    source: str | None = None
    source_event_id: str | None = None
    asset: str | None = None
    subject: str | None = None


@verb
async def record_campaign_touch(work: Work, request: RecordTouch) -> Several:
    """Record one touch; answers `activity`, `member`, `lead` and `created`.

    Raises Refused: NotFound, ValidationFailed, AlreadyExists, WrongCampaignStatus.
    """
    edits = LeadEdits(work)
    recorded, members = await _record(work, edits, [request])
    answer = await settle_one(edits, recorded, request.lead_id, "activity")
    return Several({**answer.parts, "member": members.get((request.campaign_id, request.lead_id))})


@verb
async def record_campaign_touches(work: Work, requests: Sequence[RecordTouch], policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Record up to 500 touches of any campaigns; each row answers `activity` and `created`."""
    check_row_count(requests)
    edits = LeadEdits(work)
    recorded, _ = await _record(work, edits, requests)
    return await settle_many(edits, recorded, "activity", policy)


async def _record(work: Work, edits: LeadEdits, requests: Sequence[RecordTouch]) -> tuple[Sequence[Recorded[Activity]], Members]:
    """Store what is new, count it for lead and member, and write the members; the leads are written by whoever settles.

    A request that is refused as a whole afterwards takes what was written along.
    """
    found = await campaigns.campaign_for_share(work.tx, [request.campaign_id for request in requests])
    loaded = await edits.load(request.lead_id for request in requests)
    pairs = {(request.campaign_id, request.lead_id) for request in requests}
    before = await campaign_members.members_of(work.tx, sorted(pairs))
    members: Members = dict(before)
    drafts = [_drafted(work, found, loaded, members, request) for request in requests]
    asked = {draft.id: request for draft, request in zip(drafts, requests, strict=True) if isinstance(draft, Activity)}

    def count(activity: Activity) -> None:
        request, edit = asked[activity.id], loaded[activity.lead_id]
        count_activity(edit, activity, COUNTED_BY_TYPE.get(activity.type))
        key = (request.campaign_id, request.lead_id)
        members[key] = touched(members[key], request.type, activity.occurred_at)
        if request.type is CampaignTouchType.OPTED_OUT:
            members[key] = opt_out(work, edit, found[request.campaign_id], members[key], request.channel, activity)

    recorded = await record(work, drafts, activities.add_activities, another_leads("source_event_id"), count)
    await campaign_members.save_members(work.tx, [member for key, member in members.items() if member != before[key]])
    return [_same(each, request) for each, request in zip(recorded, requests, strict=True)], members


def _same(recorded: Recorded[Activity], request: RecordTouch) -> Recorded[Activity]:
    """Refuse an id of the other system under which something else was recorded than this touch."""
    stored = recorded.thing
    if stored is None or (stored.campaign_id, stored.type) == (request.campaign_id, ACTIVITY_OF_TOUCH[request.type]):
        return recorded
    other = AlreadyExists(message="This id was recorded before, for something else.", path=("source_event_id",))
    return Recorded(None, created=False, refusals=(other,))


def _drafted(
    work: Work, found: Mapping[UUID, Campaign], loaded: Mapping[UUID, LeadEdit], members: Members, request: RecordTouch
) -> Activity | Sequence[Refusal]:
    campaign, edit = found.get(request.campaign_id), checked(loaded, request.lead_id, None)
    refusals: list[Refusal] = []
    refusals += [not_found("Campaign", "campaign_id")] if campaign is None else wrong_status(campaign, BEGUN, "campaign_id")
    if isinstance(edit, Refusal):
        refusals.append(edit)
    elif campaign is not None and (campaign.id, request.lead_id) not in members:
        refusals.append(not_found("CampaignMember", "lead_id"))
    occurred_at, early_or_late = checked_instant(request.occurred_at, work.at)
    source, source_event_id, no_origin = checked_origin(("source", "source_event_id"), request.source, request.source_event_id)
    asset, long_asset = optional_text(request.asset, MAX_LINE, "asset")
    subject, long_subject = optional_text(request.subject, MAX_LINE, "subject")
    refusals += [*early_or_late, *no_origin, *long_asset, *long_subject]
    if refusals:
        return refusals
    return Activity(
        id=new_id(),
        lead_id=request.lead_id,
        type=ACTIVITY_OF_TOUCH[request.type],
        occurred_at=occurred_at,
        recorded_at=work.at,
        source=source,
        source_event_id=source_event_id,
        asset=asset,
        subject=subject,
        body=None,
        agent_id=None,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
        campaign_id=request.campaign_id,
    )


def opt_out(
    work: Work, edit: LeadEdit, campaign: Campaign, member: CampaignMember, named: ContactChannel | None, activity: Activity
) -> CampaignMember:
    """Respect a wish: the lead leaves the campaign, is suppressed on the channel, and has withdrawn its consent there.

    Where the channel has a flag, it is suppressed by that. What it said no to is direct marketing: it may still be served.
    """
    channel = touch_channel(campaign, named)
    if channel is not None:
        edit.objection = Objection(SuppressionReason.OPT_OUT, None, activity.id)
        flag = FLAGS.get(channel)
        if flag is None:
            enter_suppression(edit, work, channel, edit.objection)
        elif not getattr(edit.lead, flag):
            edit.change(**{flag: True})
            edit.tell(EventType.LEAD_UPDATED, {flag: [False, True]}, activity.id)
        said = Withdrawal(f"{campaign.type} campaign", activity.occurred_at, activity.id, _evidence(campaign, activity), CAMPAIGN_PURPOSES)
        enter_withdrawal(work, edit, channel, said)
    return left(work, edit, member, opted_out=True) if member.left_at is None else member


def _evidence(campaign: Campaign, activity: Activity) -> str:
    told = f" {activity.source} reported it" + (f" as {activity.source_event_id}." if activity.source_event_id else ".")
    return f"Opted out of the campaign {campaign.name}." + (told if activity.source else "")
