"""Mutations of scores and priorities."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import filters
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy, Priority
from gql.leads.filters import LeadFilter, to_filter
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.nodes import computed, plain
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.bulk import Targets
from usecases.scoring import pin_priority, recalculate


def _optional(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="What `recalculateLeadScore` takes.")
class RecalculateLeadScoreInput(MutationInput):
    """See `usecases.scoring.recalculate`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")


@strawberry.input(description="What `recalculateLeadScores` takes: ids or a filter, not both.")
class RecalculateLeadScoresInput(MutationInput):
    """See `usecases.scoring.recalculate`."""

    lead_ids: list[strawberry.ID] | None = _optional("The leads, at most 500.")
    filter: LeadFilter | None = _optional("All leads that meet these conditions, at most 500.")
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused row means for the others.")


@strawberry.input(description="What `pinLeadPriority` takes.")
class PinLeadPriorityInput(VersionedInput):
    """See `usecases.scoring.pin_priority.PinLeadPriority`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    priority: Priority = strawberry.field(description="The priority that it shall have, whatever its grade.")
    reason: str = strawberry.field(description="Why, 1–500 characters.")
    until: datetime | None = _optional("Until when; null: until it is unpinned.")


@strawberry.input(description="What `unpinLeadPriority` takes.")
class UnpinLeadPriorityInput(VersionedInput):
    """See `usecases.scoring.pin_priority`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")


RecalculateLeadScoreError = Annotated[
    NotFound | ValidationError | IdempotencyKeyReused,
    strawberry.union("RecalculateLeadScoreError", description="Why a score was not recalculated."),
]
RecalculateLeadScoresError = Annotated[
    NotFound | ValidationError | IdempotencyKeyReused,
    strawberry.union("RecalculateLeadScoresError", description="Why scores were not recalculated."),
]
PinLeadPriorityError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("PinLeadPriorityError", description="Why a priority was not pinned."),
]
UnpinLeadPriorityError = Annotated[
    NotFound | ValidationError | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UnpinLeadPriorityError", description="Why a pin was not taken away."),
]

_LEAD = "The lead as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.type(description="What `recalculateLeadScore` answers.")
class RecalculateLeadScorePayload(MutationPayload):
    """The lead, or the refusals."""

    lead: Lead | None = _optional(_LEAD)
    errors: list[RecalculateLeadScoreError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What became of one lead of `recalculateLeadScores`.")
class RecalculateLeadScoresRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The lead's place in the input, from 0.")
    lead: Lead | None = computed("The lead as it is now; null when it was refused.", lambda row: row.thing)
    errors: list[RecalculateLeadScoresError] = computed(_ERRORS, lambda row: list(row.refusals))


@strawberry.type(description="What `recalculateLeadScores` answers.")
class RecalculateLeadScoresPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[RecalculateLeadScoresRow] = strawberry.field(
        default_factory=list, description="The leads in the input's order; empty when everything was refused."
    )
    errors: list[RecalculateLeadScoresError] = strawberry.field(description="Why everything was refused; empty when it was not.")


@strawberry.type(description="What `pinLeadPriority` answers.")
class PinLeadPriorityPayload(MutationPayload):
    """The lead, or the refusals."""

    lead: Lead | None = _optional(_LEAD)
    errors: list[PinLeadPriorityError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `unpinLeadPriority` answers.")
class UnpinLeadPriorityPayload(MutationPayload):
    """The lead, or the refusals."""

    lead: Lead | None = _optional(_LEAD)
    errors: list[UnpinLeadPriorityError] = strawberry.field(description=_ERRORS)


async def recalculate_lead_score(info: Info, input: RecalculateLeadScoreInput) -> RecalculateLeadScorePayload:
    """Recalculate one score."""
    lead_id = decode_kind("Lead", input.lead_id)
    return await run(
        info, RecalculateLeadScorePayload, input, lambda call: recalculate.recalculate_lead_score(call, lead_id), result="lead"
    )


async def recalculate_lead_scores(info: Info, input: RecalculateLeadScoresInput) -> RecalculateLeadScoresPayload:
    """Recalculate many scores."""
    targets = Targets(
        ids=None if input.lead_ids is None else tuple(decode_kind("Lead", id) for id in input.lead_ids),
        filter=None if input.filter is None else to_filter(input.filter, filters.LeadFilter),
    )
    return await run(
        info,
        RecalculateLeadScoresPayload,
        input,
        lambda call: recalculate.recalculate_lead_scores(call, targets, input.error_policy),
        result="rows",
    )


async def pin_lead_priority(info: Info, input: PinLeadPriorityInput) -> PinLeadPriorityPayload:
    """Pin a priority."""
    request = pin_priority.PinLeadPriority(
        lead_id=decode_kind("Lead", input.lead_id),
        priority=input.priority,
        reason=input.reason,
        until=input.until,
        expected_version=input.expected_version,
    )
    return await run(info, PinLeadPriorityPayload, input, lambda call: pin_priority.pin_lead_priority(call, request), result="lead")


async def unpin_lead_priority(info: Info, input: UnpinLeadPriorityInput) -> UnpinLeadPriorityPayload:
    """Take a pin away."""
    lead_id, version = decode_kind("Lead", input.lead_id), input.expected_version
    return await run(
        info, UnpinLeadPriorityPayload, input, lambda call: pin_priority.unpin_lead_priority(call, lead_id, version), result="lead"
    )


@strawberry.type
class ScoringMutations:
    """The part of `Mutation` that is about scores and priorities."""

    recalculate_lead_score = strawberry.mutation(
        resolver=recalculate_lead_score,
        description="Count a lead's facts again and score it; without a changed fact nothing changes, and no history is written.",
    )
    recalculate_lead_scores = strawberry.mutation(
        resolver=recalculate_lead_scores, description="Count the facts of up to 500 leads again and score them."
    )
    pin_lead_priority = strawberry.mutation(
        resolver=pin_lead_priority, description="Give a lead a priority by judgement, over the one that follows from its grade."
    )
    unpin_lead_priority = strawberry.mutation(resolver=unpin_lead_priority, description="Let a lead's priority follow its grade again.")
