"""Mutations that record touches of campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from gql.activities.enums import ContactChannel
from gql.activities.types import Activity
from gql.campaigns.enums import CampaignTouchType
from gql.campaigns.types import CampaignMember
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, run
from gql.nodes import computed, plain
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, WrongCampaignStatus
from usecases.answers import RowOutcome
from usecases.campaigns import record_touches as verbs
from usecases.verbs import Call

_CAMPAIGN = "The campaign, which must have begun; it may be over."
_LEAD = "The lead, which must be a member or have been one."
_TYPE = "What happened."
_OCCURRED_AT = "When it happened: from the year 2000 until now. Up to five minutes ahead counts as now."
_CHANNEL = "How; without it, by e-mail in an EMAIL campaign and by telephone in a CALLING one. An opt-out suppresses the lead on it."
_SOURCE = "The system that reports it, at most 100 characters."
_SOURCE_EVENT_ID = (
    "The event's id in that system, at most 200 characters. What was recorded under it before is answered as it was, and counts once."
)
_ASSET = "What was sent, opened or clicked, at most 500 characters."
_SUBJECT = "A line about it, at most 500 characters."
_CREATED = "False when it was recorded before, under the same id of the same system; null when it was refused."


def _optional(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="What `recordCampaignTouch` takes.")
class RecordCampaignTouchInput(MutationInput):
    """See `usecases.campaigns.record_touches.RecordTouch`."""

    campaign_id: strawberry.ID = strawberry.field(description=_CAMPAIGN)
    lead_id: strawberry.ID = strawberry.field(description=_LEAD)
    type: CampaignTouchType = strawberry.field(description=_TYPE)
    occurred_at: datetime = strawberry.field(description=_OCCURRED_AT)
    channel: ContactChannel | None = _optional(_CHANNEL)
    source: str | None = _optional(_SOURCE)
    source_event_id: str | None = _optional(_SOURCE_EVENT_ID)
    asset: str | None = _optional(_ASSET)
    subject: str | None = _optional(_SUBJECT)


@strawberry.input(description="One row of `recordCampaignTouches`.")
class RecordCampaignTouchRowInput:
    """See `usecases.campaigns.record_touches.RecordTouch`."""

    campaign_id: strawberry.ID = strawberry.field(description=_CAMPAIGN)
    lead_id: strawberry.ID = strawberry.field(description=_LEAD)
    type: CampaignTouchType = strawberry.field(description=_TYPE)
    occurred_at: datetime = strawberry.field(description=_OCCURRED_AT)
    channel: ContactChannel | None = _optional(_CHANNEL)
    source: str | None = _optional(_SOURCE)
    source_event_id: str | None = _optional(_SOURCE_EVENT_ID)
    asset: str | None = _optional(_ASSET)
    subject: str | None = _optional(_SUBJECT)


@strawberry.input(description="What `recordCampaignTouches` takes.")
class RecordCampaignTouchesInput(MutationInput):
    """Rows for `usecases.campaigns.record_touches.record_campaign_touches`."""

    rows: list[RecordCampaignTouchRowInput] = strawberry.field(description="The touches, of any campaigns and leads, at most 500.")
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused row means for the others.")


RecordCampaignTouchError = Annotated[
    ValidationError | NotFound | AlreadyExists | WrongCampaignStatus | IdempotencyKeyReused,
    strawberry.union("RecordCampaignTouchError", description="Why a touch was not recorded."),
]
RecordCampaignTouchesError = Annotated[
    ValidationError | NotFound | AlreadyExists | WrongCampaignStatus | IdempotencyKeyReused,
    strawberry.union("RecordCampaignTouchesError", description="Why touches were not recorded."),
]


@strawberry.type(description="What `recordCampaignTouch` answers.")
class RecordCampaignTouchPayload(MutationPayload):
    """The touch with its member and lead, or the refusals."""

    activity: Activity | None = _optional("The touch as it was first recorded; null when it was refused.")
    member: CampaignMember | None = _optional("The member, with the touch counted; null when it was refused.")
    lead: Lead | None = _optional("The lead as it is now, rescored; null when the touch was refused.")
    created: bool | None = _optional(_CREATED)
    errors: list[RecordCampaignTouchError] = strawberry.field(description="Why it was refused; empty when it was not.")


def _part(row: RowOutcome, name: str) -> Any:
    return None if row.thing is None else row.thing[name]


@strawberry.type(description="What became of one row of `recordCampaignTouches`.")
class RecordCampaignTouchesRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row's place in the input, from 0.")
    activity: Activity | None = computed(
        "The touch as it was first recorded; null when the row was refused.", lambda row: _part(row, "activity")
    )
    created: bool | None = computed(_CREATED, lambda row: _part(row, "created"))
    errors: list[RecordCampaignTouchesError] = computed("Why the row was refused; empty when it was not.", lambda row: list(row.refusals))


@strawberry.type(description="What `recordCampaignTouches` answers.")
class RecordCampaignTouchesPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[RecordCampaignTouchesRow] = strawberry.field(
        default_factory=list["RecordCampaignTouchesRow"], description="The rows in the input's order; empty when everything was refused."
    )
    errors: list[RecordCampaignTouchesError] = strawberry.field(description="Why everything was refused; empty when it was not.")


def _touch(input: RecordCampaignTouchInput | RecordCampaignTouchRowInput) -> verbs.RecordTouch:
    return verbs.RecordTouch(
        campaign_id=decode_kind("Campaign", input.campaign_id),
        lead_id=decode_kind("Lead", input.lead_id),
        type=input.type,
        occurred_at=input.occurred_at,
        channel=input.channel,
        source=input.source,
        source_event_id=input.source_event_id,
        asset=input.asset,
        subject=input.subject,
    )


async def record_campaign_touch(info: Info, input: RecordCampaignTouchInput) -> RecordCampaignTouchPayload:
    """Record one touch."""

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await verbs.record_campaign_touch(call, _touch(input))).parts

    return await run(info, RecordCampaignTouchPayload, input, verb)


async def record_campaign_touches(info: Info, input: RecordCampaignTouchesInput) -> RecordCampaignTouchesPayload:
    """Record many touches."""
    requests = [_touch(row) for row in input.rows]
    return await run(
        info,
        RecordCampaignTouchesPayload,
        input,
        lambda call: verbs.record_campaign_touches(call, requests, input.error_policy),
        result="rows",
    )


@strawberry.type
class CampaignTouchMutations:
    """The part of `Mutation` that records touches."""

    record_campaign_touch = strawberry.mutation(
        resolver=record_campaign_touch, description="Record once what a campaign did with a member, or the member with what it got."
    )
    record_campaign_touches = strawberry.mutation(
        resolver=record_campaign_touches, description="Record up to 500 touches of any campaigns and members, each once."
    )
