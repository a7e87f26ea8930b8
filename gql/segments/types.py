"""Segments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import segments as domain
from gql.edges import by_id, to_many, to_one
from gql.leads.arguments import lead_pages
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.segments.filter_text import filter_text
from gql.workspaces.edges import own_workspace
from persistence.segment_leads import leads_by_segment, segment_counts, segment_problems
from persistence.segments import segment_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.workspaces.types import Workspace


@strawberry.type(description="Something that a saved filter names in vain.")
class FilterProblem:
    """See `domain.segments.FilterProblem`."""

    message: str = plain("What is missing, in words.")


@strawberry.type(description="A filter over leads, saved under a name; it means the leads that meet it now.")
class Segment(Node):
    """See `domain.segments.Segment`."""

    id: strawberry.ID = node_id("Segment")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("The segment's name, unique in the workspace without regard to case.")
    description: str | None = plain("What it is for.")
    filter: str = computed(
        "The filter as JSON, in the shape of `LeadFilter`, ready to be sent back.", lambda segment: filter_text(segment.filter)
    )
    problems: list[FilterProblem] = to_many(
        "What the filter names that is gone, archived or changed since it was saved; conditions on it find nothing.",
        batch=segment_problems,
    )
    count: int = to_one("How many leads it means, as far as the viewer may see them.", key=by_id, batch=segment_counts)
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads that it means, as far as the viewer may see them.", leads_by_segment
    )
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When it was last changed.")
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Segment)


NODE_BATCHES["Segment"] = segment_by_id
