"""Say what is wrong with sequences as they are drafted, and what their drafts would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.message_templates import CurrentMessage
from domain.sequence_changes import PlanChanges, plan_changes
from domain.sequence_steps import SendStep
from domain.sequence_validation import PlanProblem, ProblemSeverity, Surroundings, plan_problems
from domain.sequences import SequencePlan
from persistence.database import Reading
from persistence.messages import current_message_by_template
from persistence.sequences import current_version_by_sequence, sequence_by_id
from persistence.workspaces import own_workspace
from usecases.messages.variables import known_variables


@dataclass(frozen=True, slots=True)
class Validation:
    """Everything that is wrong with a plan."""

    problems: tuple[PlanProblem, ...]

    @property
    def errors(self) -> tuple[PlanProblem, ...]:
        """Return the problems that keep it from being published."""
        return tuple(problem for problem in self.problems if problem.severity is ProblemSeverity.ERROR)

    @property
    def publishable(self) -> bool:
        """Tell whether it can be published."""
        return not self.errors


def templates_of(*plans: SequencePlan) -> Sequence[UUID]:
    """List the message templates that plans send."""
    return sorted({step.template_id for plan in plans for step in plan.steps if isinstance(step, SendStep)})


async def validated(db: Reading, plan: SequencePlan) -> tuple[Validation, Mapping[UUID, CurrentMessage]]:
    """Look at a plan with the messages that it sends now."""
    around = await _surroundings(db, plan)
    return Validation(plan_problems(plan, around)), around.messages


async def validation_by_sequence(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Validation]:
    """Look at the drafts of sequences; where nothing is being worked on, at what is published."""
    plans = await _newest_plans(db, ids)
    around = await _surroundings(db, *plans.values())
    return {id: Validation(plan_problems(plan, around)) for id, plan in plans.items()}


async def draft_changes_by_sequence(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, PlanChanges]:
    """Compare the drafts of sequences with what is published; sequences that lack one of the two are left out."""
    sequences = await sequence_by_id(db, ids)
    published = await current_version_by_sequence(db, ids)
    return {
        id: plan_changes(published[id].plan, sequence.draft)
        for id, sequence in sequences.items()
        if sequence.draft is not None and id in published
    }


async def _surroundings(db: Reading, *plans: SequencePlan) -> Surroundings:
    return Surroundings(
        messages=await current_message_by_template(db, templates_of(*plans)),
        variables={variable.name for variable in await known_variables(db)},
        postal_address=(await own_workspace(db)).postal_address,
    )


async def _newest_plans(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, SequencePlan]:
    sequences = await sequence_by_id(db, ids)
    published = await current_version_by_sequence(db, [id for id, sequence in sequences.items() if sequence.draft is None])
    drafts = {id: sequence.draft for id, sequence in sequences.items() if sequence.draft is not None}
    return {**drafts, **{id: version.plan for id, version in published.items()}}
