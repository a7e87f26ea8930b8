"""What happened to a lead, entry by entry: its statuses, its owners, and the moves of its close date."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import leads as domain
from domain.pipelines import CloseDateSlip as DomainCloseDateSlip
from gql.actors import Actor, actor
from gql.edges import to_one
from gql.leads.enums import LeadStatus
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from persistence.histories import assignment_by_id, close_date_slip_by_id, status_change_by_id
from persistence.leads import lead_by_id
from persistence.people import agent_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.people.types import Agent


@strawberry.type(description="One move of a deal's expected close date.")
class CloseDateSlip(Node):
    """See `domain.pipelines.CloseDateSlip`."""

    id: strawberry.ID = node_id("CloseDateSlip")
    at: datetime = plain("When it was moved.")
    from_date: date | None = plain("The date before.")
    to_date: date | None = plain("The date after.")
    actor: Actor = actor("Who moved it.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda slip: slip.lead_id, batch=lead_by_id
    )
    is_type_of = shows(DomainCloseDateSlip)


@strawberry.type(description="One entry of a lead's status history.")
class StatusChange(Node):
    """See `domain.leads.StatusChange`."""

    id: strawberry.ID = node_id("StatusChange")
    from_: LeadStatus | None = computed("The status before; null for the first.", lambda change: change.from_status, name="from")
    to: LeadStatus = computed("The status after.", lambda change: change.to_status)
    reason: str | None = plain("The reason that was given.")
    forced: bool = plain("Whether a manager forced what the rules refuse.")
    at: datetime = plain("When.")
    seconds_in_previous: int | None = computed(
        "For how many seconds the lead had had the status before.",
        lambda change: None if change.seconds_in_previous is None else min(change.seconds_in_previous, 2**31 - 1),
    )
    actor: Actor = actor("Who changed it.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda change: change.lead_id, batch=lead_by_id
    )
    is_type_of = shows(domain.StatusChange)


@strawberry.type(description="One entry of a lead's assignment history.")
class Assignment(Node):
    """See `domain.leads.Assignment`."""

    id: strawberry.ID = node_id("Assignment")
    from_: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        name="from", description="The owner before; null: the pool.", key=lambda entry: entry.from_agent_id, batch=agent_by_id
    )
    to: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "The owner after; null: the pool.", key=lambda entry: entry.agent_id, batch=agent_by_id
    )
    strategy: str = plain("How the owner was found: MANUAL, or the rule's name.")
    reason: str | None = plain("The reason that was given.")
    at: datetime = plain("When.")
    actor: Actor = actor("Who assigned it.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda entry: entry.lead_id, batch=lead_by_id
    )
    is_type_of = shows(domain.Assignment)


NODE_BATCHES["StatusChange"] = status_change_by_id
NODE_BATCHES["Assignment"] = assignment_by_id
NODE_BATCHES["CloseDateSlip"] = close_date_slip_by_id
