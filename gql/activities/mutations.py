"""Mutations that record what happened: activities and contact attempts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from gql.activities.enums import ActivityType, ContactChannel, ContactDirection, ContactOutcome, SocialNetwork
from gql.activities.types import Activity, ContactAttempt
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, run
from gql.nodes import computed, plain
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError
from gql.scalars import URL
from usecases.activities import record as activities
from usecases.answers import RowOutcome
from usecases.contact_attempts import record as attempts
from usecases.verbs import Call

_TYPE = "What happened."
_OCCURRED_AT = "When it happened: from the year 2000 until now. Up to five minutes ahead counts as now."
_SOURCE = "The system that reports it, at most 100 characters."
_SOURCE_EVENT_ID = (
    "The event's id in that system, at most 200 characters. What was recorded under it before is answered as it was, and counts once."
)
_ASSET = "What was downloaded, viewed or clicked, at most 500 characters. Downloads of one asset count once."
_SUBJECT = "A line about it, at most 500 characters. CUSTOM needs it; NOTE_ADDED needs a subject or a body."
_BODY = "More about it, at most 32 KiB."


def _optional(description: str) -> Any:
    return strawberry.field(default=None, description=description)


def _agent() -> Any:
    return _optional("The agent who took part.")


def _decoded(kind: str, id: str | None) -> Any:
    return None if id is None else decode_kind(kind, id)


@strawberry.input(description="What `recordActivity` takes.")
class RecordActivityInput(MutationInput):
    """See `usecases.activities.record.RecordActivity`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    type: ActivityType = strawberry.field(description=_TYPE)
    occurred_at: datetime = strawberry.field(description=_OCCURRED_AT)
    source: str | None = _optional(_SOURCE)
    source_event_id: str | None = _optional(_SOURCE_EVENT_ID)
    asset: str | None = _optional(_ASSET)
    subject: str | None = _optional(_SUBJECT)
    body: str | None = _optional(_BODY)
    agent_id: strawberry.ID | None = _agent()


@strawberry.input(description="One row of `recordActivities`.")
class RecordActivityRowInput:
    """See `usecases.activities.record.RecordActivity`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    type: ActivityType = strawberry.field(description=_TYPE)
    occurred_at: datetime = strawberry.field(description=_OCCURRED_AT)
    source: str | None = _optional(_SOURCE)
    source_event_id: str | None = _optional(_SOURCE_EVENT_ID)
    asset: str | None = _optional(_ASSET)
    subject: str | None = _optional(_SUBJECT)
    body: str | None = _optional(_BODY)
    agent_id: strawberry.ID | None = _agent()


@strawberry.input(description="What `recordActivities` takes.")
class RecordActivitiesInput(MutationInput):
    """Rows for `usecases.activities.record.record_activities`."""

    rows: list[RecordActivityRowInput] = strawberry.field(description="The activities, of any leads, at most 500.")
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused row means for the others.")


@strawberry.input(description="What `recordContactAttempt` takes.")
class RecordContactAttemptInput(MutationInput):
    """See `usecases.contact_attempts.record.RecordContactAttempt`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    channel: ContactChannel = strawberry.field(description="How.")
    direction: ContactDirection = strawberry.field(
        description="Who contacted whom. The first OUTBOUND attempt moves a NEW lead to CONTACTED; an INBOUND one asks for contact."
    )
    outcome: ContactOutcome = strawberry.field(
        description="How it ended; one that the channel knows. DO_NOT_CALL and UNSUBSCRIBED also mark the lead."
    )
    occurred_at: datetime = strawberry.field(description=_OCCURRED_AT)
    social_network: SocialNetwork | None = _optional("The network: needed for SOCIAL, and for nothing else.")
    duration_seconds: int | None = _optional("How many seconds the call or meeting lasted, 0–86,400.")
    provider: str | None = _optional("The provider that carried it, at most 100 characters.")
    provider_id: str | None = _optional(
        "Its id at the provider, at most 200 characters. What was recorded under it before is answered as it was, and counts once."
    )
    recording_url: URL | None = _optional("Where the recording is.")
    transcript_url: URL | None = _optional("Where the transcript is.")
    notes: str | None = _optional("What people noted down, at most 32 KiB.")
    agent_id: strawberry.ID | None = _agent()
    callback_at: datetime | None = _optional("When the lead wants to be called back, if it said so; only with CALLBACK_REQUESTED.")
    callback_local: str | None = _optional(
        "The same as a time on the lead's clocks, such as `2026-10-25T14:30`, or on the workspace's where the lead's zone is unknown."
    )


RecordActivityError = Annotated[
    ValidationError | NotFound | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("RecordActivityError", description="Why an activity was not recorded."),
]
RecordActivitiesError = Annotated[
    ValidationError | NotFound | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("RecordActivitiesError", description="Why activities were not recorded."),
]
RecordContactAttemptError = Annotated[
    ValidationError | NotFound | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("RecordContactAttemptError", description="Why a contact attempt was not recorded."),
]

_CREATED = "False when it was recorded before, under the same id of the same system; null when it was refused."


@strawberry.type(description="What `recordActivity` answers.")
class RecordActivityPayload(MutationPayload):
    """The activity and its lead, or the refusals."""

    activity: Activity | None = _optional("The activity as it was first recorded; null when it was refused.")
    lead: Lead | None = _optional("The lead as it is now, rescored; null when the activity was refused.")
    created: bool | None = _optional(_CREATED)
    errors: list[RecordActivityError] = strawberry.field(description="Why it was refused; empty when it was not.")


def _part(name: str) -> Callable[[RowOutcome], Any]:
    return lambda row: None if row.thing is None else row.thing[name]


@strawberry.type(description="What became of one row of `recordActivities`.")
class RecordActivitiesRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row's place in the input, from 0.")
    activity: Activity | None = computed("The activity as it was first recorded; null when the row was refused.", _part("activity"))
    created: bool | None = computed(_CREATED, _part("created"))
    errors: list[RecordActivitiesError] = computed("Why the row was refused; empty when it was not.", lambda row: list(row.refusals))


@strawberry.type(description="What `recordActivities` answers.")
class RecordActivitiesPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[RecordActivitiesRow] = strawberry.field(
        default_factory=list, description="The rows in the input's order; empty when everything was refused."
    )
    errors: list[RecordActivitiesError] = strawberry.field(description="Why everything was refused; empty when it was not.")


@strawberry.type(description="What `recordContactAttempt` answers.")
class RecordContactAttemptPayload(MutationPayload):
    """The attempt and its lead, or the refusals."""

    contact_attempt: ContactAttempt | None = _optional("The attempt as it was first recorded; null when it was refused.")
    lead: Lead | None = _optional("The lead as it is now, rescored; null when the attempt was refused.")
    created: bool | None = _optional(_CREATED)
    errors: list[RecordContactAttemptError] = strawberry.field(description="Why it was refused; empty when it was not.")


def _activity(input: RecordActivityInput | RecordActivityRowInput) -> activities.RecordActivity:
    return activities.RecordActivity(
        lead_id=decode_kind("Lead", input.lead_id),
        type=input.type,
        occurred_at=input.occurred_at,
        source=input.source,
        source_event_id=input.source_event_id,
        asset=input.asset,
        subject=input.subject,
        body=input.body,
        agent_id=_decoded("Agent", input.agent_id),
    )


async def record_activity(info: Info, input: RecordActivityInput) -> RecordActivityPayload:
    """Record one activity."""

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await activities.record_activity(call, _activity(input))).parts

    return await run(info, RecordActivityPayload, input, verb)


async def record_activities(info: Info, input: RecordActivitiesInput) -> RecordActivitiesPayload:
    """Record many activities."""
    requests = [_activity(row) for row in input.rows]
    return await run(
        info,
        RecordActivitiesPayload,
        input,
        lambda call: activities.record_activities(call, requests, input.error_policy),
        result="rows",
    )


async def record_contact_attempt(info: Info, input: RecordContactAttemptInput) -> RecordContactAttemptPayload:
    """Record one contact attempt."""
    request = attempts.RecordContactAttempt(
        lead_id=decode_kind("Lead", input.lead_id),
        channel=input.channel,
        direction=input.direction,
        outcome=input.outcome,
        occurred_at=input.occurred_at,
        social_network=input.social_network,
        duration_seconds=input.duration_seconds,
        provider=input.provider,
        provider_id=input.provider_id,
        recording_url=input.recording_url,
        transcript_url=input.transcript_url,
        notes=input.notes,
        agent_id=_decoded("Agent", input.agent_id),
        callback_at=input.callback_at,
        callback_local=input.callback_local,
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await attempts.record_contact_attempt(call, request)).parts

    return await run(info, RecordContactAttemptPayload, input, verb)


@strawberry.type
class RecordingMutations:
    """The part of `Mutation` that records what happened."""

    record_activity = strawberry.mutation(
        resolver=record_activity, description="Record something that happened to a lead, once; its score follows at once."
    )
    record_activities = strawberry.mutation(
        resolver=record_activities, description="Record up to 500 activities of any leads, each once; the scores follow at once."
    )
    record_contact_attempt = strawberry.mutation(
        resolver=record_contact_attempt,
        description="Record an attempt to reach a lead, or of the lead to reach us, once; score and status follow at once.",
    )
