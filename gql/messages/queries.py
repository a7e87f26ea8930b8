"""Message templates at the root of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from gql.context import Info
from gql.edges import looked_up_by_id, to_pages
from gql.ids import decode_kind
from gql.messages.types import MessagePreview, MessageTemplate, MessageVariable
from gql.paging import Connection
from persistence.messages import all_message_templates, message_template_by_id
from usecases.messages.preview import preview_by_template_and_lead
from usecases.messages.variables import variables_of_workspace


def _archived(given: Mapping[str, Any]) -> bool:
    return bool(given.get("include_archived"))


@strawberry.type
class MessageQueries:
    """The part of `Query` that leads to messages."""

    message_templates: Connection[MessageTemplate] = to_pages(
        "The message templates, by name.",
        listing=all_message_templates,
        order="NAME",
        descending=False,
        key=None,
        arguments={"include_archived": Annotated[bool | None, strawberry.argument(description="True: archived templates too.")]},
        narrow=_archived,
    )

    message_template: MessageTemplate | None = looked_up_by_id(
        "One message template; null when there is none with this id.", "template", "MessageTemplate", message_template_by_id
    )

    @strawberry.field(
        description="The variables that messages may use, in the order in which they are shown.",
        metadata={"loads": True},
    )
    def message_variables(self, info: Info) -> list[MessageVariable]:
        """List the variables."""
        return info.context.loaders.load(variables_of_workspace, "workspace")  # pyright: ignore[reportReturnType] -- a future of it

    @strawberry.field(description="How a template's newest words read for a lead; null unless the viewer sees both.")
    def preview_message_template(
        self,
        info: Info,
        template_id: Annotated[strawberry.ID, strawberry.argument(description="The template.")],
        lead_id: Annotated[strawberry.ID, strawberry.argument(description="The lead.")],
    ) -> MessagePreview | None:
        """Fill one template in."""
        key = decode_kind("MessageTemplate", template_id), decode_kind("Lead", lead_id)
        return info.context.loaders.load(preview_by_template_and_lead, key)  # pyright: ignore[reportReturnType] -- a future of it
