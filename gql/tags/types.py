"""Tags."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import leads as domain
from gql.leads.arguments import lead_pages
from gql.nodes import NODE_BATCHES, Node, node_id, plain, shows
from gql.paging import Connection
from gql.workspaces.edges import own_workspace
from persistence.lead_lists import leads_by_tag
from persistence.tags import tag_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.workspaces.types import Workspace


@strawberry.type(description="A label that a workspace puts on leads.")
class Tag(Node):
    """See `domain.leads.Tag`."""

    id: strawberry.ID = node_id("Tag")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("The tag's name, unique in the workspace without regard to case.")
    color: str | None = plain("Its colour, as `#rrggbb`.")
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When it was last changed.")
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads that carry it, as far as the viewer may see them.", leads_by_tag
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Tag)


NODE_BATCHES["Tag"] = tag_by_id
