"""Enrollments, their steps and their history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import enrollments as domain
from domain.campaign_performance import Rate
from gql.actors import Actor, SignedBy, actor
from gql.edges import to_one, to_pages
from gql.enrollments.enums import EnrollmentChangeKind, EnrollmentState, ExitReason, StepOutcome
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.sequences.enums import TriggerKind
from persistence.enrollments import changes_by_enrollment, enrollment_by_id, enrollment_change_by_id, steps_by_enrollment
from persistence.leads import lead_by_id
from persistence.sequences import sequence_by_id, sequence_version_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.sequences.types import Sequence, SequenceVersion


@strawberry.type(description="One stay of a lead in one step. A step that lies in a loop may be entered again and again.")
class EnrollmentStep:
    """See `domain.enrollments.EnrollmentStep`."""

    step_key: str = plain("The step's key in its version.")
    entered_at: datetime = plain("When the lead came to it.")
    left_at: datetime | None = plain("When it went on; null while it is there.")
    outcome: StepOutcome = plain("What became of the step.")
    sequence_version: Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The version whose step it is.", key=lambda step: step.sequence_version_id, batch=sequence_version_by_id
    )
    is_type_of = shows(domain.EnrollmentStep)


@strawberry.type(description="A lead on its way through a sequence.")
class Enrollment(Node):
    """See `domain.enrollments.Enrollment`."""

    id: strawberry.ID = node_id("Enrollment")
    version: int = plain("Counts the changes of it; `expectedVersion` compares with it.")
    state: EnrollmentState = plain("How it stands.")
    step_key: str | None = plain("The step where the lead is; null when it has ended.")
    step_entered_at: datetime | None = plain("Since when it is at that step.")
    due_at: datetime | None = plain("When the step is to be carried out, or its wait is over; a pause stops the clock.")
    enrolled_at: datetime = plain("When it began.")
    enrolled_by: Actor = computed("Who enrolled it.", lambda enrollment: SignedBy(enrollment.enrolled_by_kind, enrollment.enrolled_by_id))
    trigger: TriggerKind | None = computed(
        "The trigger that enrolled it by itself, set off by what `enrolledBy` did; null when somebody enrolled it.",
        lambda enrollment: enrollment.trigger and TriggerKind(enrollment.trigger),
    )
    paused_at: datetime | None = plain("Since when it is paused.")
    paused_until: datetime | None = plain("Until when it is paused; null: until it is resumed.")
    ended_at: datetime | None = plain("When it ended.")
    exit_reason: ExitReason | None = plain("Why it ended before its end.")
    updated_at: datetime = plain("When it last changed.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda enrollment: enrollment.lead_id, batch=lead_by_id
    )
    sequence: Annotated[Sequence, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The sequence.", key=lambda enrollment: enrollment.sequence_id, batch=sequence_by_id
    )
    sequence_version: Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The version of the sequence on which it is.",
        key=lambda enrollment: enrollment.sequence_version_id,
        batch=sequence_version_by_id,
    )
    steps: Connection[EnrollmentStep] = to_pages(
        "The steps that it entered, the first one first.", listing=steps_by_enrollment, order="ENTERED_AT", descending=False
    )
    history: Connection[Annotated[EnrollmentChange, strawberry.lazy("gql.enrollments.types")]] = to_pages(
        "What was done to it, the latest first.", listing=changes_by_enrollment, order="AT"
    )
    is_type_of = shows(domain.Enrollment)


@strawberry.type(description="One entry of an enrollment's history.")
class EnrollmentChange(Node):
    """See `domain.enrollments.EnrollmentChange`."""

    id: strawberry.ID = node_id("EnrollmentChange")
    kind: EnrollmentChangeKind = plain("What was done.")
    at: datetime = plain("When.")
    exit_reason: ExitReason | None = plain("Why it ended before its end.")
    reason: str | None = plain("The reason that somebody gave.")
    actor: Actor = actor("Who did it, or set it off.")
    enrollment: Enrollment | None = to_one("The enrollment.", key=lambda change: change.enrollment_id, batch=enrollment_by_id)
    sequence: Annotated[Sequence, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The sequence.", key=lambda change: change.sequence_id, batch=sequence_by_id
    )
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda change: change.lead_id, batch=lead_by_id
    )
    is_type_of = shows(domain.EnrollmentChange)


@strawberry.type(description="How many of how many.")
class SequenceRate:
    """See `domain.campaign_performance.Rate`."""

    count: int = plain("How many.")
    denominator: int = plain("Of how many.")
    rate: float | None = plain("The share, 0–1; null of nobody.")
    is_type_of = shows(Rate)


@strawberry.type(description="How often a step was entered, and what became of it: the five outcomes always add up to `entered`.")
class SequenceStepPerformance:
    """See `domain.enrollments.StepPerformance`."""

    step_key: str = plain("The step's key.")
    entered: int = plain("How often it was entered.")
    waiting: int = plain("How many leads are there now.")
    done: int = plain("How often it did what it is for.")
    skipped: int = plain("How often it was passed over.")
    failed: int = plain("How often it could not do what it is for.")
    exited: int = plain("How often the lead left the sequence, or the version, while it was there.")
    is_type_of = shows(domain.StepPerformance)


@strawberry.type(
    description=(
        "What became of the leads that were ever on a version, as far as the viewer may see them; deleted ones count, because what was "
        "sent to them was sent. `enrolled` is the sum of `active`, `paused`, `completed`, `exited` and `moved`."
    )
)
class SequenceVersionPerformance:
    """See `domain.enrollments.VersionPerformance`."""

    sequence_version: Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The version.", key=lambda performance: performance.sequence_version_id, batch=sequence_version_by_id
    )
    enrolled: int = plain("How many enrollments were ever on it.")
    active: int = plain("How many are on their way.")
    paused: int = plain("How many are paused.")
    completed: int = plain("How many came to the end.")
    exited: int = plain("How many left before the end.")
    moved: int = plain("How many went over to another version.")
    completion: SequenceRate = computed(
        "Those that came to the end, of those that ended on it.",
        lambda performance: Rate(performance.completed, performance.finished),
    )
    conversion: SequenceRate = computed(
        "Those whose lead stands CLOSED_WON, won after it was enrolled, of those that did not go over to another version.",
        lambda performance: Rate(performance.converted, performance.enrolled - performance.moved),
    )
    steps: list[SequenceStepPerformance] = plain("The same for each step, in the version's order.")
    is_type_of = shows(domain.VersionPerformance)


NODE_BATCHES["Enrollment"] = enrollment_by_id
NODE_BATCHES["EnrollmentChange"] = enrollment_change_by_id
