"""Mutations of follow-ups."""

from __future__ import annotations

from typing import Annotated, cast

import strawberry
from strawberry import UNSET

from domain import outcome_policies as domain
from gql.context import Info
from gql.follow_ups import inputs
from gql.follow_ups.filters import FollowUpFilter, read_filter
from gql.follow_ups.types import FollowUp, OutcomePolicy
from gql.ids import decode_kind
from gql.mutations import MutationPayload, run
from gql.nodes import computed, plain
from gql.refusals import FollowUpNotOpen, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.follow_ups import change, finish, publish_policy, reassign, schedule
from usecases.follow_ups.loading import FollowUpTargets

_CLEARABLE = ("note", "title")
_NOW = "The follow-up as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_Refused = ValidationError | NotFound | VersionConflict | FollowUpNotOpen | IdempotencyKeyReused

ScheduleFollowUpError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("ScheduleFollowUpError", description="Why no follow-up was scheduled."),
]
UpdateFollowUpError = Annotated[_Refused, strawberry.union("UpdateFollowUpError", description="Why a follow-up was not changed.")]
SnoozeFollowUpError = Annotated[_Refused, strawberry.union("SnoozeFollowUpError", description="Why a follow-up was not put off.")]
CompleteFollowUpError = Annotated[_Refused, strawberry.union("CompleteFollowUpError", description="Why a follow-up was not completed.")]
CancelFollowUpError = Annotated[_Refused, strawberry.union("CancelFollowUpError", description="Why a follow-up was not cancelled.")]
ReassignFollowUpError = Annotated[_Refused, strawberry.union("ReassignFollowUpError", description="Why a follow-up was not handed on.")]
CompleteFollowUpsError = Annotated[_Refused, strawberry.union("CompleteFollowUpsError", description="Why follow-ups were not completed.")]
ReassignFollowUpsError = Annotated[_Refused, strawberry.union("ReassignFollowUpsError", description="Why follow-ups were not handed on.")]
PublishOutcomePolicyError = Annotated[
    ValidationError | VersionConflict | IdempotencyKeyReused,
    strawberry.union("PublishOutcomePolicyError", description="Why no policy was published."),
]


@strawberry.type(description="What `scheduleFollowUp` answers.")
class ScheduleFollowUpPayload(MutationPayload):
    """The follow-up, or the refusals."""

    follow_up: FollowUp | None = strawberry.field(default=None, description="The new follow-up; null when the request was refused.")
    errors: list[ScheduleFollowUpError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateFollowUp` answers.")
class UpdateFollowUpPayload(MutationPayload):
    """The follow-up, or the refusals."""

    follow_up: FollowUp | None = strawberry.field(default=None, description=_NOW)
    errors: list[UpdateFollowUpError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `snoozeFollowUp` answers.")
class SnoozeFollowUpPayload(MutationPayload):
    """The follow-up, or the refusals."""

    follow_up: FollowUp | None = strawberry.field(default=None, description=_NOW)
    errors: list[SnoozeFollowUpError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `completeFollowUp` answers.")
class CompleteFollowUpPayload(MutationPayload):
    """The follow-up, or the refusals."""

    follow_up: FollowUp | None = strawberry.field(default=None, description=_NOW)
    errors: list[CompleteFollowUpError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `cancelFollowUp` answers.")
class CancelFollowUpPayload(MutationPayload):
    """The follow-up, or the refusals."""

    follow_up: FollowUp | None = strawberry.field(default=None, description=_NOW)
    errors: list[CancelFollowUpError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `reassignFollowUp` answers.")
class ReassignFollowUpPayload(MutationPayload):
    """The follow-up, or the refusals."""

    follow_up: FollowUp | None = strawberry.field(default=None, description=_NOW)
    errors: list[ReassignFollowUpError] = strawberry.field(description=_ERRORS)


_ROW = "The row, from 0: its place in `followUpIds`, or among those that `filter` means, those due first come first."
_ROWS = "What became of each follow-up; empty when all was refused."
_ALL = "Why all was refused; empty when it was not."


@strawberry.type(description="What became of one follow-up of `completeFollowUps`.")
class CompleteFollowUpsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_ROW)
    follow_up: FollowUp | None = computed(_NOW, lambda row: row.thing)
    errors: list[CompleteFollowUpsError] = computed(_ERRORS, lambda row: list(row.refusals))


@strawberry.type(description="What `completeFollowUps` answers.")
class CompleteFollowUpsPayload(MutationPayload):
    """The rows, or why nothing was done."""

    rows: list[CompleteFollowUpsRow] = strawberry.field(default_factory=list["CompleteFollowUpsRow"], description=_ROWS)
    errors: list[CompleteFollowUpsError] = strawberry.field(description=_ALL)


@strawberry.type(description="What became of one follow-up of `reassignFollowUps`.")
class ReassignFollowUpsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_ROW)
    follow_up: FollowUp | None = computed(_NOW, lambda row: row.thing)
    errors: list[ReassignFollowUpsError] = computed(_ERRORS, lambda row: list(row.refusals))


@strawberry.type(description="What `reassignFollowUps` answers.")
class ReassignFollowUpsPayload(MutationPayload):
    """The rows, or why nothing was done."""

    rows: list[ReassignFollowUpsRow] = strawberry.field(default_factory=list["ReassignFollowUpsRow"], description=_ROWS)
    errors: list[ReassignFollowUpsError] = strawberry.field(description=_ALL)


@strawberry.type(description="What `publishOutcomePolicy` answers.")
class PublishOutcomePolicyPayload(MutationPayload):
    """The policy, or the refusals."""

    outcome_policy: OutcomePolicy | None = strawberry.field(
        default=None, description="The policy that is in force now; null when the request was refused."
    )
    errors: list[PublishOutcomePolicyError] = strawberry.field(description=_ERRORS)


async def schedule_follow_up(info: Info, input: inputs.ScheduleFollowUpInput) -> ScheduleFollowUpPayload:
    """Schedule a follow-up."""
    named = input.agent_id is not UNSET
    request = schedule.ScheduleFollowUp(
        lead_id=decode_kind("Lead", input.lead_id),
        kind=input.kind,
        title=input.title,
        note=input.note,
        due_at=input.due_at,
        due_local=input.due_local,
        agent_id=decode_kind("Agent", input.agent_id) if named and input.agent_id is not None else None,
        named_agent=named,
    )
    return await run(info, ScheduleFollowUpPayload, input, lambda call: schedule.schedule_follow_up(call, request), result="follow_up")


async def update_follow_up(info: Info, input: inputs.UpdateFollowUpInput) -> UpdateFollowUpPayload:
    """Change a follow-up."""
    names = change.FollowUpFields.__annotations__
    # Whatever must have a value stays as it is when null is given, but for the title, whose absence is refused.
    given = {name: value for name in names if (value := getattr(input, name)) is not UNSET and (value is not None or name in _CLEARABLE)}
    request = change.UpdateFollowUp(
        follow_up_id=decode_kind("FollowUp", input.follow_up_id),
        fields=cast(change.FollowUpFields, given),
        expected_version=input.expected_version,
    )
    return await run(info, UpdateFollowUpPayload, input, lambda call: change.update_follow_up(call, request), result="follow_up")


async def snooze_follow_up(info: Info, input: inputs.SnoozeFollowUpInput) -> SnoozeFollowUpPayload:
    """Put a follow-up off."""
    request = change.SnoozeFollowUp(
        follow_up_id=decode_kind("FollowUp", input.follow_up_id),
        until=input.until,
        until_local=input.until_local,
        minutes=input.minutes,
        reason=input.reason,
        expected_version=input.expected_version,
    )
    return await run(info, SnoozeFollowUpPayload, input, lambda call: change.snooze_follow_up(call, request), result="follow_up")


async def complete_follow_up(info: Info, input: inputs.CompleteFollowUpInput) -> CompleteFollowUpPayload:
    """Say that a follow-up was done."""
    request = finish.FinishFollowUp(
        follow_up_id=decode_kind("FollowUp", input.follow_up_id), outcome=input.outcome, expected_version=input.expected_version
    )
    return await run(info, CompleteFollowUpPayload, input, lambda call: finish.complete_follow_up(call, request), result="follow_up")


async def cancel_follow_up(info: Info, input: inputs.CancelFollowUpInput) -> CancelFollowUpPayload:
    """Say that a follow-up is not to be done any more."""
    request = finish.FinishFollowUp(
        follow_up_id=decode_kind("FollowUp", input.follow_up_id), outcome=input.reason, expected_version=input.expected_version
    )
    return await run(info, CancelFollowUpPayload, input, lambda call: finish.cancel_follow_up(call, request), result="follow_up")


async def reassign_follow_up(info: Info, input: inputs.ReassignFollowUpInput) -> ReassignFollowUpPayload:
    """Give a follow-up to another agent."""
    id, agent_id = decode_kind("FollowUp", input.follow_up_id), None if input.agent_id is None else decode_kind("Agent", input.agent_id)
    version = input.expected_version
    return await run(
        info, ReassignFollowUpPayload, input, lambda call: reassign.reassign_follow_up(call, id, agent_id, version), result="follow_up"
    )


def _targets(info: Info, ids: list[strawberry.ID] | None, filter: FollowUpFilter | None) -> FollowUpTargets:
    return FollowUpTargets(
        ids=None if ids is None else tuple(decode_kind("FollowUp", id) for id in ids),
        filter=None if filter is None else read_filter(filter, info.context.at),
    )


async def complete_follow_ups(info: Info, input: inputs.CompleteFollowUpsInput) -> CompleteFollowUpsPayload:
    """Say of many follow-ups that they were done."""
    targets = _targets(info, input.follow_up_ids, input.filter)
    return await run(
        info,
        CompleteFollowUpsPayload,
        input,
        lambda call: finish.complete_follow_ups(call, targets, input.outcome, input.error_policy),
        result="rows",
    )


async def reassign_follow_ups(info: Info, input: inputs.ReassignFollowUpsInput) -> ReassignFollowUpsPayload:
    """Give many follow-ups to another agent."""
    targets = _targets(info, input.follow_up_ids, input.filter)
    agent_id = None if input.agent_id is None else decode_kind("Agent", input.agent_id)
    return await run(
        info,
        ReassignFollowUpsPayload,
        input,
        lambda call: reassign.reassign_follow_ups(call, targets, agent_id, input.error_policy),
        result="rows",
    )


async def publish_outcome_policy(info: Info, input: inputs.PublishOutcomePolicyInput) -> PublishOutcomePolicyPayload:
    """Publish the next version of the outcome policy."""
    rules = [
        domain.OutcomeRule(
            outcomes=tuple(rule.outcomes),
            action=rule.action,
            channels=tuple(rule.channels),
            direction=rule.direction,
            kind=rule.kind,
            title=rule.title,
            working_minutes=rule.working_minutes,
            max_attempts=rule.max_attempts,
        )
        for rule in input.rules
    ]
    version = input.expected_version
    return await run(
        info,
        PublishOutcomePolicyPayload,
        input,
        lambda call: publish_policy.publish_outcome_policy(call, rules, version),
        result="outcome_policy",
    )


@strawberry.type
class FollowUpMutations:
    """The part of `Mutation` that is about follow-ups."""

    schedule_follow_up = strawberry.mutation(resolver=schedule_follow_up, description="Schedule something to do about a lead.")
    update_follow_up = strawberry.mutation(
        resolver=update_follow_up, description="Change what is to be done, or when; to put it off and keep that it was, snooze it."
    )
    snooze_follow_up = strawberry.mutation(
        resolver=snooze_follow_up, description="Put a follow-up off; its history keeps every time that it was."
    )
    complete_follow_up = strawberry.mutation(resolver=complete_follow_up, description="Say that a follow-up was done.")
    complete_follow_ups = strawberry.mutation(resolver=complete_follow_ups, description="Say of up to 500 follow-ups that they were done.")
    cancel_follow_up = strawberry.mutation(resolver=cancel_follow_up, description="Say that a follow-up is not to be done any more.")
    reassign_follow_up = strawberry.mutation(
        resolver=reassign_follow_up, description="Give a follow-up to another agent, or to nobody in particular."
    )
    reassign_follow_ups = strawberry.mutation(
        resolver=reassign_follow_ups, description="Give up to 500 follow-ups to another agent, or to nobody in particular."
    )
    publish_outcome_policy = strawberry.mutation(
        resolver=publish_outcome_policy,
        description="Publish what follows from how contact attempts end; it holds for the attempts recorded from now on.",
    )
