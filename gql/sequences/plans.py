"""What a sequence does: steps, triggers, exit criteria, conditions of entry; and what is wrong with it."""

from __future__ import annotations

from typing import Annotated

import strawberry

from domain import sequence_changes, sequence_validation
from domain import sequences as domain
from gql.activities.enums import ActivityType
from gql.leads.enums import Grade, LeadSource, LeadStatus
from gql.nodes import computed, plain, shows
from gql.refusals import UserError
from gql.sequences.enums import PlanProblemCode, ProblemSeverity
from gql.sequences.steps import SequenceStep
from usecases.sequences import validate


@strawberry.type(description="Enrolls a lead when an activity is recorded.")
class ActivityTrigger:
    """See `domain.sequences.ActivityTrigger`."""

    activities: list[ActivityType] = plain("An activity of one of these types.")
    is_type_of = shows(domain.ActivityTrigger)


@strawberry.type(description="Enrolls a lead when it gets a status.")
class StatusTrigger:
    """See `domain.sequences.StatusTrigger`."""

    statuses: list[LeadStatus] = plain("One of these.")
    is_type_of = shows(domain.StatusTrigger)


@strawberry.type(description="Enrolls a lead when its total score comes to a number from below.")
class ScoreTrigger:
    """See `domain.sequences.ScoreTrigger`."""

    score: int = plain("The number, 1–100.")
    is_type_of = shows(domain.ScoreTrigger)


@strawberry.type(description="Enrolls a lead when its grade becomes good enough.")
class GradeTrigger:
    """See `domain.sequences.GradeTrigger`."""

    grade: Grade = plain("This grade or a better one, from a worse one.")
    is_type_of = shows(domain.GradeTrigger)


@strawberry.type(description="Enrolls a lead when it is created.")
class SourceTrigger:
    """See `domain.sequences.SourceTrigger`."""

    sources: list[LeadSource] = plain("From one of these sources.")
    is_type_of = shows(domain.SourceTrigger)


SequenceTrigger = Annotated[
    ActivityTrigger | StatusTrigger | ScoreTrigger | GradeTrigger | SourceTrigger,
    strawberry.union("SequenceTrigger", description="What enrolls leads by itself."),
]


@strawberry.type(description="What ends enrollments by itself, wherever they are.")
class SequenceExitCriteria:
    """See `domain.sequences.ExitCriteria`."""

    conversion: bool = computed("The lead was won. Always true: whoever bought leaves every sequence.", lambda _: True)
    disqualification: bool = computed("The lead was lost or disqualified. Always true, for every sequence.", lambda _: True)
    reply: bool = plain("The lead answered a message.")
    unsubscribe: bool = plain("The lead unsubscribed.")
    statuses: list[LeadStatus] = plain("The lead got one of these statuses.")
    grades: list[Grade] = plain("The lead got one of these grades.")
    is_type_of = shows(domain.ExitCriteria)


@strawberry.type(description="Who may be enrolled.")
class SequenceEntryConditions:
    """See `domain.sequences.EntryConditions`."""

    statuses: list[LeadStatus] = plain("Leads with one of these statuses; none named: with any that is not closed.")
    max_active: int | None = plain("So many leads may be in it at a time; null: no cap.")
    max_per_day: int | None = plain("So many leads may be enrolled in a day of the workspace; null: no cap.")
    reentry_after_days: int | None = plain("So many days after its last enrollment ended may a lead be enrolled again; null: at once.")
    is_type_of = shows(domain.EntryConditions)


@strawberry.type(description="All that a sequence does.")
class SequencePlan:
    """See `domain.sequences.SequencePlan`."""

    steps: list[SequenceStep] = plain("The steps; an enrollment begins at the first.")
    triggers: list[SequenceTrigger] = plain("What enrolls leads by itself.")
    exit_criteria: SequenceExitCriteria = plain("What ends enrollments by itself.")
    entry: SequenceEntryConditions = plain("Who may be enrolled.")
    is_type_of = shows(domain.SequencePlan)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


@strawberry.type(description="One thing that is wrong with a plan.")
class SequenceProblem:
    """See `domain.sequence_validation.PlanProblem`."""

    code: PlanProblemCode = plain("What, for programs.")
    severity: ProblemSeverity = plain("Whether it keeps the sequence from being published.")
    message: str = plain("What, for people.")
    path: list[str] = computed(
        "Leads from the plan to what is wrong: such as `steps`, the step's index from 0, and the field.",
        lambda problem: [_camel(part) for part in problem.path],
    )
    step_key: str | None = plain("The key of the step that it is in.")
    is_type_of = shows(sequence_validation.PlanProblem)


@strawberry.type(description="Whether a sequence can be published, and everything that is wrong with it.")
class SequenceValidation:
    """See `usecases.sequences.validate.Validation`."""

    publishable: bool = plain("Whether nothing keeps it from being published; warnings do not.")
    problems: list[SequenceProblem] = plain("Everything that is wrong, in the order of the plan.")
    is_type_of = shows(validate.Validation)


@strawberry.type(description="What a draft would change of what is published. Steps are told by their keys.")
class SequenceChanges:
    """See `domain.sequence_changes.PlanChanges`."""

    added_steps: list[str] = plain("Steps that are new.")
    changed_steps: list[str] = plain("Steps that do something else, or lead somewhere else.")
    removed_steps: list[str] = plain("Steps that would be gone.")
    triggers_changed: bool = plain("Whether something else enrolls leads.")
    exit_criteria_changed: bool = plain("Whether something else ends enrollments.")
    entry_changed: bool = plain("Whether others may be enrolled.")
    is_type_of = shows(sequence_changes.PlanChanges)


@strawberry.type(description="The draft has an error that keeps it from being published; there is one refusal for each.")
class SequenceNotPublishable(UserError):
    """See `domain.sequence_validation.SequenceNotPublishable`."""

    problem: SequenceProblem = plain("The error, with its place in the plan.")
    is_type_of = shows(sequence_validation.SequenceNotPublishable)
