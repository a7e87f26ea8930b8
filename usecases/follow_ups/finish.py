"""Complete and cancel follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.follow_ups import MAX_OUTCOME, FollowUp, FollowUpResolution
from domain.texts import optional_text
from usecases.answers import RowOutcome
from usecases.bulk import ErrorPolicy
from usecases.follow_ups.loading import FollowUpTargets, change_many, change_one
from usecases.follow_ups.settling import end
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishFollowUp:
    """What is asked for one follow-up; `outcome` says what came of it, or why it is cancelled."""

    follow_up_id: UUID
    outcome: str | None = None
    expected_version: int | None = None


@verb
async def complete_follow_up(work: Work, request: FinishFollowUp) -> FollowUp:
    """Say that a follow-up was done. Raises Refused: NotFound, VersionConflict, FollowUpNotOpen, ValidationFailed."""
    return await _finish(work, request, FollowUpResolution.COMPLETED, "outcome")


@verb
async def cancel_follow_up(work: Work, request: FinishFollowUp) -> FollowUp:
    """Say that a follow-up is not to be done any more. Raises Refused like `complete_follow_up`."""
    return await _finish(work, request, FollowUpResolution.CANCELLED, "reason")


async def _finish(work: Work, request: FinishFollowUp, resolution: FollowUpResolution, name: str) -> FollowUp:
    outcome, problems = optional_text(request.outcome, MAX_OUTCOME, name)
    return await change_one(
        work,
        request.follow_up_id,
        request.expected_version,
        problems,
        lambda held: end(work, held.edit, held.follow_up, resolution, outcome, None),
    )


@verb
async def complete_follow_ups(
    work: Work, targets: FollowUpTargets, outcome: str | None, policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING
) -> Sequence[RowOutcome]:
    """Say of up to 500 follow-ups that they were done, row by row."""
    clean, problems = optional_text(outcome, MAX_OUTCOME, "outcome")
    return await change_many(
        work,
        targets,
        policy,
        problems,
        lambda held: end(work, held.edit, held.follow_up, FollowUpResolution.COMPLETED, clean, None),
    )
