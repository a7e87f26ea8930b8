"""Reassign follow-ups: somebody else is to do them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.follow_ups import FollowUp
from usecases.answers import RowOutcome
from usecases.bulk import ErrorPolicy
from usecases.follow_ups.loading import FollowUpTargets, agent_problem, change_many, change_one
from usecases.follow_ups.settling import hand_on
from usecases.verbs import Work, verb


@verb
async def reassign_follow_up(work: Work, follow_up_id: UUID, agent_id: UUID | None, expected_version: int | None = None) -> FollowUp:
    """Give an open follow-up to an agent, or to nobody. Raises Refused: NotFound, VersionConflict, FollowUpNotOpen, ValidationFailed."""
    problems = await agent_problem(work, agent_id)
    return await change_one(work, follow_up_id, expected_version, problems, lambda held: hand_on(work, held.edit, held.follow_up, agent_id))


@verb
async def reassign_follow_ups(
    work: Work, targets: FollowUpTargets, agent_id: UUID | None, policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING
) -> Sequence[RowOutcome]:
    """Give up to 500 open follow-ups to an agent, or to nobody, row by row."""
    problems = await agent_problem(work, agent_id)
    return await change_many(work, targets, policy, problems, lambda held: hand_on(work, held.edit, held.follow_up, agent_id))
