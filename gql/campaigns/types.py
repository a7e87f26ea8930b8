"""Campaigns, their variants, members and money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry import UNSET

from domain import campaign_life, campaign_members
from domain import campaigns as domain
from domain.money import Money as DomainMoney
from gql.activities.enums import ContactChannel
from gql.activities.types import Activity, ActivityFilter, activity_filter
from gql.actors import Actor, actor
from gql.campaigns.enums import CampaignStatus, CampaignTouchType, CampaignType
from gql.campaigns.performance import CampaignPerformance
from gql.edges import to_many, to_one, to_pages
from gql.ids import decode_kind
from gql.leads.arguments import lead_pages
from gql.leads.filters import refuse_nulls
from gql.money import Money
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.workspaces.edges import own_workspace
from persistence.activities import activities_by_campaign
from persistence.campaign_members import campaign_member_by_id, members_by_campaign, members_by_variant
from persistence.campaign_performance import performance_by_campaign
from persistence.campaigns import (
    budget_lines_by_campaign,
    budget_lines_by_variant,
    campaign_budget_line_by_id,
    campaign_by_id,
    campaign_cost_by_id,
    campaign_variant_by_id,
    costs_by_campaign,
    costs_by_variant,
    status_changes_by_campaign,
    variants_by_campaign,
)
from persistence.lead_lists import leads_by_campaign
from persistence.leads import lead_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.workspaces.types import Workspace


@strawberry.input(description="Which members are meant: everything that is set must hold. A condition that is null is refused.")
class CampaignMemberFilter:
    """See `domain.campaign_members.MemberFilter`."""

    counted: bool | None = strawberry.field(
        default=UNSET, description="True: also those who left after having been touched; together, whom `performance` counts as members."
    )
    variant_id: strawberry.ID | None = strawberry.field(default=UNSET, description="Only those of this variant.")
    reached: CampaignTouchType | None = strawberry.field(
        default=UNSET, description="Only those who came this far; whoever opened something was also sent something, reported or not."
    )
    converted: bool | None = strawberry.field(
        default=UNSET, description="Only those who converted, or only those who did not, as `performance` counts."
    )


def _member_filter(given: Mapping[str, Any]) -> campaign_members.MemberFilter | None:
    filter: CampaignMemberFilter | None = given.get("filter")
    if filter is None:
        return None
    refuse_nulls(filter)
    names = ("counted", "variant_id", "reached", "converted")
    values: dict[str, Any] = {name: value for name in names if (value := getattr(filter, name)) is not UNSET}
    if "variant_id" in values:
        values["variant_id"] = decode_kind("CampaignVariant", values["variant_id"])
    return campaign_members.MemberFilter(**values)


_MEMBER_ARGUMENTS: Mapping[str, Any] = {
    "filter": Annotated[
        CampaignMemberFilter | None, strawberry.argument(description="Only those meant; without it, everybody who is a member now.")
    ]
}


def _campaign() -> Any:
    return to_one("The campaign.", key=lambda thing: thing.campaign_id, batch=campaign_by_id)


def _variant(description: str) -> Any:
    return to_one(description, key=lambda thing: thing.variant_id, batch=campaign_variant_by_id)


def _money(thing: Any) -> DomainMoney:
    return DomainMoney(thing.amount, thing.currency)


@strawberry.type(description="One effort to win leads: who is in it, in which variants, what it cost and what came of it.")
class Campaign(Node):
    """See `domain.campaigns.Campaign`."""

    id: strawberry.ID = node_id("Campaign")
    version: int = plain("Counts the changes of it and of its variants; `expectedVersion` compares with it.")
    name: str = plain("The campaign's name, unique in the workspace without regard to case.")
    description: str | None = plain("What it is for.")
    type: CampaignType = plain("What it mostly does.")
    status: CampaignStatus = plain("Where it stands.")
    status_since: datetime = plain("Since when.")
    starts_at: datetime | None = plain("When it is planned to begin; a campaign that is SCHEDULED begins then by itself.")
    ends_at: datetime | None = plain("When it is planned to end; it does so by itself.")
    started_at: datetime | None = plain("When it began.")
    ended_at: datetime | None = plain("When it was completed or cancelled.")
    attribution_days: int = plain("For so many days after it joined, a lead that is won counts as converted.")
    weights_changed_at: datetime | None = plain(
        "When the weights of variants were changed after the beginning; who joined before was spread by others. Null: never."
    )
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When somebody last changed it.")
    variants: list[Annotated[CampaignVariant, strawberry.lazy("gql.campaigns.types")]] = to_many(
        "The ways of doing it that are compared, at most 10; empty when there is only one.", batch=variants_by_campaign
    )
    members: Connection[Annotated[CampaignMember, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "Its members, the latest first, as far as the viewer may see the leads.",
        listing=members_by_campaign,
        order="JOINED_AT",
        arguments=_MEMBER_ARGUMENTS,
        narrow=_member_filter,
    )
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads that are members now, as far as the viewer may see them.", leads_by_campaign
    )
    touches: Connection[Activity] = to_pages(
        "What it did with leads, and they with what they got, the latest first.",
        listing=activities_by_campaign,
        order="OCCURRED_AT",
        arguments={"filter": Annotated[ActivityFilter | None, strawberry.argument(description="Only those that meet these conditions.")]},
        narrow=activity_filter,
    )
    budget_lines: list[Annotated[CampaignBudgetLine, strawberry.lazy("gql.campaigns.types")]] = to_many(
        "What may be spent, line by line, at most 100.", batch=budget_lines_by_campaign
    )
    costs: Connection[Annotated[CampaignCost, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "What was spent, the latest first.", listing=costs_by_campaign, order="INCURRED_ON"
    )
    performance: CampaignPerformance | None = to_one(
        "What it achieved, counted when it is asked for.", key=lambda campaign: campaign.id, batch=performance_by_campaign
    )
    status_history: Connection[Annotated[CampaignStatusChange, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "How its status changed, the latest first.", listing=status_changes_by_campaign, order="AT"
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Campaign)


@strawberry.type(description="One of several ways of doing a campaign, which are compared.")
class CampaignVariant(Node):
    """See `domain.campaigns.CampaignVariant`."""

    id: strawberry.ID = node_id("CampaignVariant")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("The variant's name, unique in its campaign without regard to case.")
    description: str | None = plain("What is different about it.")
    weight: int = plain("Its share of the members, in proportion to the weights of the others.")
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When it was last changed.")
    campaign: Campaign | None = _campaign()
    members: Connection[Annotated[CampaignMember, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "Its members, the latest first, as far as the viewer may see the leads.",
        listing=members_by_variant,
        order="JOINED_AT",
        arguments=_MEMBER_ARGUMENTS,
        narrow=_member_filter,
    )
    budget_lines: list[Annotated[CampaignBudgetLine, strawberry.lazy("gql.campaigns.types")]] = to_many(
        "What may be spent on it alone, line by line.", batch=budget_lines_by_variant
    )
    costs: Connection[Annotated[CampaignCost, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "What was spent on it alone, the latest first.", listing=costs_by_variant, order="INCURRED_ON"
    )
    is_type_of = shows(domain.CampaignVariant)


@strawberry.type(description="A lead in a campaign, and how far it came. Who left keeps its place for the day it comes back.")
class CampaignMember(Node):
    """See `domain.campaign_members.CampaignMember`."""

    id: strawberry.ID = node_id("CampaignMember")
    joined_at: datetime = plain("When it joined, or came back; the attribution window begins here.")
    left_at: datetime | None = plain("When it left; null for members.")
    sent_at: datetime | None = plain("When it was first sent something.")
    delivered_at: datetime | None = plain("When something first arrived, or was opened or answered.")
    opened_at: datetime | None = plain("When it first opened something, or clicked in it.")
    clicked_at: datetime | None = plain("When it first clicked something.")
    responded_at: datetime | None = plain("When it first answered.")
    opted_out_at: datetime | None = plain("When it opted out; it is not put back into the campaign since.")
    reported_conversion_at: datetime | None = plain("When another system first reported a conversion.")
    touches: int = plain("How many touches were recorded.")
    last_touch_at: datetime | None = plain("When it was last touched.")
    campaign: Campaign | None = _campaign()
    variant: CampaignVariant | None = _variant("The variant that it gets, always the same one.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda member: member.lead_id, batch=lead_by_id
    )
    is_type_of = shows(campaign_members.CampaignMember)


@strawberry.type(description="A part of what a campaign may spend.")
class CampaignBudgetLine(Node):
    """See `domain.campaigns.CampaignBudgetLine`."""

    id: strawberry.ID = node_id("CampaignBudgetLine")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    label: str = plain("What it is for.")
    amount: Money = computed("How much.", _money)
    channel: ContactChannel | None = plain("The channel that it is for, where it is for one.")
    created_at: datetime = plain("When it was planned.")
    updated_at: datetime = plain("When it was last changed.")
    campaign: Campaign | None = _campaign()
    variant: CampaignVariant | None = _variant("The variant that it is for, where it is for one.")
    is_type_of = shows(domain.CampaignBudgetLine)


@strawberry.type(description="What was spent on a campaign on one day.")
class CampaignCost(Node):
    """See `domain.campaigns.CampaignCost`."""

    id: strawberry.ID = node_id("CampaignCost")
    incurred_on: date = plain("The day.")
    amount: Money = computed("How much.", _money)
    channel: ContactChannel | None = plain("The channel that it was for, where it was for one.")
    note: str | None = plain("What it was for.")
    recorded_at: datetime = plain("When it was written down.")
    actor: Actor = actor("Who wrote it down.")
    campaign: Campaign | None = _campaign()
    variant: CampaignVariant | None = _variant("The variant that it was for, where it was for one.")
    is_type_of = shows(domain.CampaignCost)


@strawberry.type(description="One move of a campaign's status.")
class CampaignStatusChange:
    """See `domain.campaign_life.CampaignStatusChange`."""

    from_: CampaignStatus | None = computed("The status before; null for the first.", lambda change: change.from_status, name="from")
    to: CampaignStatus = computed("The status after.", lambda change: change.to_status)
    reason: str | None = plain("Why.")
    at: datetime = plain("When.")
    actor: Actor = actor("Who moved it; the service itself at planned starts and ends.")
    campaign: Campaign | None = _campaign()
    is_type_of = shows(campaign_life.CampaignStatusChange)


NODE_BATCHES["Campaign"] = campaign_by_id
NODE_BATCHES["CampaignVariant"] = campaign_variant_by_id
NODE_BATCHES["CampaignMember"] = campaign_member_by_id
NODE_BATCHES["CampaignBudgetLine"] = campaign_budget_line_by_id
NODE_BATCHES["CampaignCost"] = campaign_cost_by_id
