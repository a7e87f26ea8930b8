"""Why leads are not merged, and merges not undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import merging
from gql.edges import to_one
from gql.merging.enums import UnmergeObstacle
from gql.nodes import shows
from gql.refusals import UserError
from persistence.leads import lead_by_id
from persistence.merges import lead_merge_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.merging.types import LeadMerge


@strawberry.type(description="Both ids are those of one lead: named twice, or merged already.")
class SameLead(UserError):
    """See `domain.merging.SameLead`."""

    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead that both ids lead to.", key=lambda refusal: refusal.lead_id, batch=lead_by_id
    )
    is_type_of = shows(merging.SameLead)


@strawberry.type(description="The merge cannot be undone before something else is.")
class MergeNotUndoable(UserError):
    """See `domain.merging.MergeNotUndoable`."""

    reason: UnmergeObstacle = strawberry.field(description="What stands in the way, for programs.")
    merge: Annotated[LeadMerge, strawberry.lazy("gql.merging.types")] | None = to_one(
        "The merge that has to be undone first, where there is one.", key=lambda refusal: refusal.merge_id, batch=lead_merge_by_id
    )
    is_type_of = shows(merging.MergeNotUndoable)
