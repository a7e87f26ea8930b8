"""What the mutations of many leads in one sequence have in common: whom they mean, and how a filter's batches follow each other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, cast

import strawberry

from domain.filters import LeadPlace
from domain.paging import Position
from gql.ids import decode_kind
from gql.leads.inputs import to_targets
from gql.mutations import MutationPayload
from gql.paging import decode_cursor, encode_cursor
from gql.scalars import Cursor
from persistence.lead_lists import ORDERINGS
from usecases.answers import Several
from usecases.sequences.held_rows import SequenceTargets
from usecases.verbs import Call

# Batches come in the order of this list, so that its cursors are theirs.
_ORDER = "CREATED_AT"

INDEX = "The row, from 0: its place in `leadIds`, or among the leads of the batch that `filter` means."
ENROLLMENT = "The enrollment as it is now; null when the row was refused."
LEAD = "The lead as it is now; null when the row was refused."
ROWS = "What became of each lead; empty when all was refused."
ERRORS = "Why all was refused; empty when it was not."
ROW_ERRORS = "Why it was refused; empty when it was not."
LEAD_IDS = "The leads, row by row; at most 500."
POLICY = (
    "What a refused lead means for the others. Who goes through a filter in batches takes SKIP_FAILED: else one refused lead keeps its "
    "whole batch back."
)


def filtered(whom: str) -> Any:
    """Declare the filter of a mutation; `whom` says which of its leads are meant."""
    batches = "500 at a time, the oldest first; `remaining` says how many follow, and `after` goes on with them"
    return strawberry.field(default=None, description=f"{whom}, {batches}.")


def after() -> Any:
    """Declare where a batch begins."""
    words = (
        "The `cursor` of the batch before, with the same filter: only leads after it. So nobody is asked for twice, refused or not, and "
        "repeating comes to an end. Without it, from the beginning."
    )
    return strawberry.field(default=None, description=words)


@strawberry.type(description="What mutations answer that take a filter's leads in batches.")
class BatchPayload(MutationPayload):
    """How the batch stands among those of its filter."""

    remaining: int | None = strawberry.field(
        default=None,
        description="How many leads that the filter means come after these; repeat the request with `after` until it is 0. Always 0 with "
        "`leadIds`; null when all was refused.",
    )
    cursor: Cursor | None = strawberry.field(
        default=None, description="Where the next batch begins, for `after`; null when nothing remains."
    )


def to_request(input: Any) -> SequenceTargets:
    """Read whom an input means. Raises PublicError BAD_USER_INPUT for what is no cursor."""
    place = None
    if input.after is not None:
        position = decode_cursor("after", input.after, _ORDER, ORDERINGS[_ORDER])
        place = LeadPlace(cast(datetime, position.value), position.id)
    return SequenceTargets(
        sequence_id=decode_kind("Sequence", input.sequence_id),
        targets=to_targets(input.lead_ids, input.filter),
        after=place,
        policy=input.error_policy,
    )


def answering(verb: Callable[[Call], Awaitable[Several]]) -> Callable[[Call], Awaitable[Mapping[str, Any]]]:
    """Turn what a verb answers into a payload's fields."""

    async def run(call: Call) -> Mapping[str, Any]:
        parts = (await verb(call)).parts
        last: LeadPlace | None = parts["cursor"]
        return {**parts, "cursor": None if last is None else encode_cursor(_ORDER, Position(last.created_at, last.id))}

    return run
