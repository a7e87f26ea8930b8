"""Follow-ups, and the policy that makes some of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain import follow_ups as domain
from domain import outcome_policies as policies
from gql.activities.enums import ContactChannel, ContactDirection, ContactOutcome
from gql.actors import Actor, actor
from gql.context import Info
from gql.edges import to_one
from gql.follow_ups.enums import (
    ClockAdjustment,
    FollowUpAction,
    FollowUpKind,
    FollowUpOrigin,
    FollowUpResolution,
    FollowUpState,
)
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.workspaces.edges import own_workspace
from persistence.contact_attempts import contact_attempt_by_id
from persistence.follow_ups import follow_up_by_id
from persistence.leads import lead_by_id
from persistence.outcome_policies import outcome_policy_by_id
from persistence.people import agent_by_id

if TYPE_CHECKING:
    from gql.activities.types import ContactAttempt
    from gql.leads.types import Lead
    from gql.people.types import Agent
    from gql.workspaces.types import Workspace


def written_local(follow_up: domain.FollowUp) -> str:
    """Write the time on the wall that was meant, without an offset."""
    return follow_up.due_local.isoformat(timespec="minutes" if follow_up.due_local.second == 0 else "seconds")


def _is_overdue(root: Any, info: Info) -> bool:
    return root.is_overdue(info.context.at)


@strawberry.type(description="A follow-up was put off.")
class Snooze:
    """See `domain.follow_ups.Snooze`."""

    at: datetime = plain("When it was put off.")
    from_due_at: datetime = plain("When it had been due.")
    to_due_at: datetime = plain("When it was due from then on.")
    reason: str | None = plain("Why.")
    actor: Actor = actor("Who put it off.")
    is_type_of = shows(domain.Snooze)


@strawberry.type(
    description="When a follow-up is due, as it was meant: on the lead's clocks, or the workspace's where the lead's zone is unknown."
)
class LocalDue:
    """A view of `domain.follow_ups.FollowUp`."""

    time: str = computed("The date and time on the wall, such as `2026-10-25T14:30`.", written_local)
    zone: str = computed("The IANA time zone of that wall.", lambda follow_up: follow_up.due_zone)
    adjustment: ClockAdjustment | None = computed(
        "How it became an instant, where the clocks skip that time or show it twice; null where it is one.",
        lambda follow_up: follow_up.due_adjustment,
    )


@strawberry.type(description="Something to do about a lead.")
class FollowUp(Node):
    """See `domain.follow_ups.FollowUp`."""

    id: strawberry.ID = node_id("FollowUp")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    kind: FollowUpKind = plain("What is to be done.")
    title: str = plain("What is to be done, in a line.")
    note: str | None = plain("More about it.")
    due_at: datetime = plain("When it is due.")
    due_local: LocalDue = computed("The same as it was meant.", lambda follow_up: follow_up)
    overdue: bool = strawberry.field(resolver=_is_overdue, description="Whether it is open and should have been done by now.")
    state: FollowUpState = plain("Whether it is still to be done.")
    resolution: FollowUpResolution | None = plain("What ended it; null while it is open.")
    outcome: str | None = plain("What came of it, or why it was cancelled; the outcome's name where a contact attempt ended it.")
    snoozes: list[Snooze] = computed("How it was put off, the earliest first.", domain.snoozes_of)
    origin: FollowUpOrigin = plain("Who wanted it.")
    policy_version: int | None = plain("The version of the outcome policy that made it; 0: the shipped one.")
    attempt_number: int | None = plain("The how-manieth attempt in a row it calls for, where the policy counts them.")
    created_at: datetime = plain("When it was made.")
    updated_at: datetime = plain("When it was last changed.")
    closed_at: datetime | None = plain("When it was done or cancelled.")
    completed_at: datetime | None = computed(
        "When it was done; null while it is not.",
        lambda follow_up: follow_up.closed_at if follow_up.state == domain.FollowUpState.DONE else None,
    )
    closed_by: Actor | None = computed(
        "Who did or cancelled it.",
        lambda follow_up: None if follow_up.closed_by_kind is None else _Party(follow_up.closed_by_kind, follow_up.closed_by_id),
    )
    created_by: Actor = actor("Who made it.")
    agent: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "Who is to do it; null: nobody in particular.", key=lambda follow_up: follow_up.agent_id, batch=agent_by_id
    )
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda follow_up: follow_up.lead_id, batch=lead_by_id
    )
    caused_by: Annotated[ContactAttempt, strawberry.lazy("gql.activities.types")] | None = to_one(
        "The contact attempt that it follows from.", key=lambda follow_up: follow_up.cause_id, batch=contact_attempt_by_id
    )
    is_type_of = shows(domain.FollowUp)


class _Party:
    """Who ended a follow-up, as `Actor` reads it."""

    __slots__ = ("actor_id", "actor_kind")

    def __init__(self, kind: str, id: Any) -> None:
        self.actor_kind = kind
        self.actor_id = id


@strawberry.type(description="What follows from some outcomes of contact attempts.")
class OutcomeRule:
    """See `domain.outcome_policies.OutcomeRule`."""

    outcomes: list[ContactOutcome] = plain("After which outcomes.")
    channels: list[ContactChannel] = plain("Through which channels; empty: any.")
    direction: ContactDirection | None = plain("In which direction; null: any.")
    action: FollowUpAction = plain("What is done.")
    kind: FollowUpKind | None = plain("What is to be done next, where something is scheduled.")
    title: str | None = plain("The same in a line.")
    working_minutes: int | None = plain(
        "After how many minutes of the owner's team's working time; a callback that was asked for comes when it was."
    )
    max_attempts: int | None = plain("After how many attempts in a row that reached nobody nothing more is scheduled; null: never.")
    is_type_of = shows(policies.OutcomeRule)


@strawberry.type(description="What follows from how contact attempts end. The first rule that covers an attempt decides.")
class OutcomePolicy(Node):
    """See `domain.outcome_policies.OutcomePolicy`."""

    id: strawberry.ID = node_id("OutcomePolicy")
    version: int = plain("Counts what the workspace has published, from 1.")
    rules: list[OutcomeRule] = computed("The rules, in the order in which they are asked.", lambda policy: policies.rules_of(policy.rules))
    published_at: datetime = plain("Since when it has been in force, until the next version.")
    actor: Actor = actor("Who published it.")
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(policies.OutcomePolicy)


NODE_BATCHES["FollowUp"] = follow_up_by_id
NODE_BATCHES["OutcomePolicy"] = outcome_policy_by_id
