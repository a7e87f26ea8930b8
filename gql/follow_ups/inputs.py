"""What the mutations of follow-ups take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from strawberry import UNSET

from gql.activities.enums import ContactChannel, ContactDirection, ContactOutcome
from gql.follow_ups.enums import FollowUpAction, FollowUpKind
from gql.follow_ups.filters import FollowUpFilter
from gql.leads.enums import ErrorPolicy
from gql.mutations import MutationInput, VersionedInput

_TITLE = "What is to be done, in a line of 1–200 characters."
_NOTE = "More about it, at most 4,000 characters."
_LOCAL = (
    "a date and time on the lead's clocks such as `2026-10-25T14:30`, or on the workspace's where the lead's zone is unknown. "
    "A time that the clocks skip counts as the one that they show as long after midnight; of one that they show twice, the first is meant."
)
_DUE_AT = "When it is due: an instant that lies ahead, at most ten years."
_DUE_LOCAL = f"The same in another way: {_LOCAL}"
_FOLLOW_UP = "The follow-up; it must be open."
_IDS = "The follow-ups, row by row; at most 500."
_FILTER = "All follow-ups that it means; at most 500."
_POLICY = "What a refused follow-up means for the others."


def _optional(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


def _nothing(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="What `scheduleFollowUp` takes. Either `dueAt` or `dueLocal` says when.")
class ScheduleFollowUpInput(MutationInput):
    """See `usecases.follow_ups.schedule.ScheduleFollowUp`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    title: str = strawberry.field(description=_TITLE)
    kind: FollowUpKind = strawberry.field(default=FollowUpKind.TASK, description="What is to be done.")
    note: str | None = _nothing(_NOTE)
    due_at: datetime | None = _nothing(_DUE_AT)
    due_local: str | None = _nothing(_DUE_LOCAL)
    agent_id: strawberry.ID | None = _optional("Who is to do it; null: nobody in particular. Without it: the lead's owner.")


@strawberry.input(description="What `updateFollowUp` takes. What is absent stays as it is; null clears the note.")
class UpdateFollowUpInput(VersionedInput):
    """See `usecases.follow_ups.change.UpdateFollowUp`."""

    follow_up_id: strawberry.ID = strawberry.field(description=_FOLLOW_UP)
    title: str | None = _optional(_TITLE)
    kind: FollowUpKind | None = _optional("What is to be done.")
    note: str | None = _optional(_NOTE)
    due_at: datetime | None = _optional(_DUE_AT)
    due_local: str | None = _optional(_DUE_LOCAL)


@strawberry.input(description="What `snoozeFollowUp` takes. Exactly one of `until`, `untilLocal` and `minutes` says until when.")
class SnoozeFollowUpInput(VersionedInput):
    """See `usecases.follow_ups.change.SnoozeFollowUp`."""

    follow_up_id: strawberry.ID = strawberry.field(description=_FOLLOW_UP)
    until: datetime | None = _nothing("Until this instant.")
    until_local: str | None = _nothing(f"Until {_LOCAL}")
    minutes: int | None = _nothing("For so many minutes from now, 1–527,040.")
    reason: str | None = _nothing("Why, at most 500 characters.")


@strawberry.input(description="What `completeFollowUp` takes.")
class CompleteFollowUpInput(VersionedInput):
    """See `usecases.follow_ups.finish.FinishFollowUp`."""

    follow_up_id: strawberry.ID = strawberry.field(description=_FOLLOW_UP)
    outcome: str | None = _nothing("What came of it, at most 500 characters.")


@strawberry.input(description="What `cancelFollowUp` takes.")
class CancelFollowUpInput(VersionedInput):
    """See `usecases.follow_ups.finish.FinishFollowUp`."""

    follow_up_id: strawberry.ID = strawberry.field(description=_FOLLOW_UP)
    reason: str | None = _nothing("Why, at most 500 characters.")


@strawberry.input(description="What `reassignFollowUp` takes.")
class ReassignFollowUpInput(VersionedInput):
    """See `usecases.follow_ups.reassign`."""

    follow_up_id: strawberry.ID = strawberry.field(description=_FOLLOW_UP)
    agent_id: strawberry.ID | None = strawberry.field(description="Who is to do it; null: nobody in particular.")


@strawberry.input(description="What `completeFollowUps` takes: either `followUpIds` or `filter` says which.")
class CompleteFollowUpsInput(MutationInput):
    """See `usecases.follow_ups.finish`."""

    follow_up_ids: list[strawberry.ID] | None = _nothing(_IDS)
    filter: FollowUpFilter | None = _nothing(_FILTER)
    outcome: str | None = _nothing("What came of them, at most 500 characters.")
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=_POLICY)


@strawberry.input(description="What `reassignFollowUps` takes: either `followUpIds` or `filter` says which.")
class ReassignFollowUpsInput(MutationInput):
    """See `usecases.follow_ups.reassign`."""

    agent_id: strawberry.ID | None = strawberry.field(description="Who is to do them; null: nobody in particular.")
    follow_up_ids: list[strawberry.ID] | None = _nothing(_IDS)
    filter: FollowUpFilter | None = _nothing(_FILTER)
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=_POLICY)


@strawberry.input(description="What follows from some outcomes of contact attempts.")
class OutcomeRuleInput:
    """See `domain.outcome_policies.OutcomeRule`."""

    outcomes: list[ContactOutcome] = strawberry.field(description="After which outcomes; at least one.")
    action: FollowUpAction = strawberry.field(description="What is done.")
    channels: list[ContactChannel] = strawberry.field(
        default_factory=list[ContactChannel], description="Through which channels; empty: any."
    )
    direction: ContactDirection | None = _nothing("In which direction; null: any.")
    kind: FollowUpKind | None = _nothing("What is to be done next; SCHEDULE needs it.")
    title: str | None = _nothing("The same in a line of 1–200 characters; SCHEDULE needs it.")
    working_minutes: int | None = _nothing(
        "After how many minutes of the owner's team's working time, 1–86,400; SCHEDULE needs it. "
        "A callback that was asked for comes when it was."
    )
    max_attempts: int | None = _nothing(
        "After how many attempts in a row that reached nobody nothing more is scheduled, 1–100; null: never."
    )


@strawberry.input(description="What `publishOutcomePolicy` takes. `expectedVersion` is 0 as long as the shipped policy holds.")
class PublishOutcomePolicyInput(VersionedInput):
    """See `usecases.follow_ups.publish_policy`."""

    rules: list[OutcomeRuleInput] = strawberry.field(
        description="All rules, 1–50, in the order in which they are asked: the first that covers an attempt decides."
    )
