"""Merges of leads, as a lead's history shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from domain import merging as domain
from gql.actors import Actor, actor
from gql.edges import to_one
from gql.ids import encode_id
from gql.merging.enums import Kept, MergeField, Survivorship
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.scalars import EmailAddress, PhoneNumber
from persistence.leads import lead_by_id
from persistence.merges import lead_merge_by_id, merged_lead_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead


@dataclass(frozen=True, slots=True)
class _Moved:
    kind: str
    moved: int
    settled: int


@dataclass(frozen=True, slots=True)
class _UnmergedBy:
    actor_kind: str
    actor_id: object


def _decisions(merge: domain.LeadMerge) -> Sequence[domain.Decision]:
    kept = cast("list[dict[str, str]]", merge.decisions)
    return [domain.Decision(MergeField(each["field"]), Survivorship(each["rule"]), Kept(each["kept"])) for each in kept]


def _moved(merge: domain.LeadMerge) -> Sequence[_Moved]:
    counted = cast("list[dict[str, Any]]", merge.moved)
    return [_Moved(_camel(each["relation"]), each["moved"], each["settled"]) for each in counted]


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


@strawberry.type(description="What a merge decided about a field in which the two leads differed.")
class MergeDecision:
    """See `domain.merging.Decision`."""

    field: MergeField = plain("The field.")
    rule: Survivorship = plain("The rule that decided.")
    kept: Kept = plain("Whose value it was.")


@strawberry.type(description="What a merge did with the loser's rows of one kind.")
class MergedRows:
    """Counts, so that nobody has to read them all."""

    kind: str = plain("The kind of rows, such as `activities` or `contactAttempts`.")
    moved: int = plain("How many became the survivor's.")
    settled: int = plain("How many met one like them at the survivor: taken in by it, ended, or left out.")


@strawberry.type(description="A lead as it was when it was merged into another one.")
class MergedLead:
    """A view of `domain.leads.Lead`."""

    id: strawberry.ID = computed("Its own global id, which leads to the survivor now.", lambda lead: encode_id("Lead", lead.id))
    name: str | None = plain("First and last name together.")
    email: EmailAddress | None = plain("The e-mail address.")
    phones: list[PhoneNumber] = plain("The phone numbers.")
    company: str | None = plain("The company's name.")
    created_at: datetime = plain("When it was created.")


@strawberry.type(description="Two leads that became one. `unmergeLeads` undoes it.")
class LeadMerge(Node):
    """See `domain.merging.LeadMerge`."""

    id: strawberry.ID = node_id("LeadMerge")
    at: datetime = plain("When.")
    actor: Actor = actor("Who merged them.")
    survivor: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead that was kept, or the one that it became part of itself.", key=lambda merge: merge.survivor_id, batch=lead_by_id
    )
    loser: MergedLead | None = to_one("The lead that was merged.", key=lambda merge: merge.loser_id, batch=merged_lead_by_id)
    decisions: list[MergeDecision] = computed("What was decided where the two differed.", _decisions)
    moved: list[MergedRows] = computed("What of the loser became the survivor's.", _moved)
    unmerged_at: datetime | None = plain("When it was undone; null while it stands.")
    unmerged_by: Actor | None = computed(
        "Who undid it.",
        lambda merge: None if merge.unmerged_by_kind is None else _UnmergedBy(merge.unmerged_by_kind, merge.unmerged_by_id),
    )
    is_type_of = shows(domain.LeadMerge)


NODE_BATCHES["LeadMerge"] = lead_merge_by_id
