"""Message templates, their versions, the variables that they may use, and how they read for a lead."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import message_templates as domain
from domain import message_variables
from gql.actors import Actor, SignedBy
from gql.edges import by_id, to_one, to_pages
from gql.messages.enums import MessageChannel, VariableKind
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.workspaces.edges import own_workspace
from persistence.leads import lead_by_id
from persistence.message_uses import sequence_versions_by_template, sequence_versions_by_words, sequences_by_template
from persistence.messages import (
    current_version_by_template,
    message_template_by_id,
    message_template_version_by_id,
    versions_by_template,
)
from usecases.messages import preview

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.sequences.types import Sequence, SequenceVersion
    from gql.workspaces.types import Workspace


@strawberry.type(description="The words of messages that sequences send, in Liquid.")
class MessageTemplate(Node):
    """See `domain.message_templates.MessageTemplate`."""

    id: strawberry.ID = node_id("MessageTemplate")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("Its name, unique in the workspace.")
    description: str | None = plain("What it is for.")
    channel: MessageChannel = plain("On which channel it is sent.")
    current: Annotated[MessageTemplateVersion, strawberry.lazy("gql.messages.types")] | None = to_one(
        "Its newest words.", key=by_id, batch=current_version_by_template
    )
    versions: Connection[Annotated[MessageTemplateVersion, strawberry.lazy("gql.messages.types")]] = to_pages(
        "Its words as they were from change to change, the latest first.", listing=versions_by_template, order="NUMBER"
    )
    sequences: Connection[Annotated[Sequence, strawberry.lazy("gql.sequences.types")]] = to_pages(
        "The sequences that send it, by what they have published or by their drafts, by name.",
        listing=sequences_by_template,
        order="NAME",
        descending=False,
    )
    sequence_versions: Connection[Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")]] = to_pages(
        "The versions of sequences that send it or ever did, the latest published first.",
        listing=sequence_versions_by_template,
        order="PUBLISHED_AT",
    )
    archived_at: datetime | None = plain("When it was archived; no new step takes it since.")
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When somebody last changed it.")
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.MessageTemplate)


@strawberry.type(description="What stands in for a variable of which a lead has no value.")
class MessageFallback:
    """See `domain.message_templates.Fallback`."""

    variable: str = plain("The variable, such as `contact.first_name`.")
    text: str = plain("What stands in for it.")
    is_type_of = shows(domain.Fallback)


@strawberry.type(description="The words of a template from one change to the next. They never change.")
class MessageTemplateVersion(Node):
    """See `domain.message_templates.MessageTemplateVersion`."""

    id: strawberry.ID = node_id("MessageTemplateVersion")
    number: int = plain("Counts the template's versions from 1.")
    subject: str | None = computed("The subject, of mails only.", lambda version: version.content.subject)
    text: str | None = computed("The text.", lambda version: version.content.text)
    html: str | None = computed("The HTML, of mails only; every value that is filled in is escaped.", lambda version: version.content.html)
    fallbacks: list[MessageFallback] = computed("What stands in for what is not known.", lambda version: version.content.fallbacks)
    variables: list[str] = computed("The variables that the words use.", lambda version: version.content.variables)
    created_at: datetime = plain("When it was written.")
    created_by: Actor = computed("Who wrote it.", lambda version: SignedBy(version.created_by_kind, version.created_by_id))
    template: MessageTemplate | None = to_one("The template.", key=lambda version: version.template_id, batch=message_template_by_id)
    sequence_versions: Connection[Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")]] = to_pages(
        "The versions of sequences that send these words or ever did, the latest published first.",
        listing=sequence_versions_by_words,
        order="PUBLISHED_AT",
    )
    is_type_of = shows(domain.MessageTemplateVersion)


@strawberry.type(description="A name that messages may use, as in `{{ contact.first_name }}`.")
class MessageVariable:
    """See `domain.message_variables.MessageVariable`."""

    name: str = plain("The name.")
    kind: VariableKind = plain("What its values are.")
    description: str = plain("What it stands for.")
    always_known: bool = plain("Whether every lead has a value; for others give a fallback.")
    is_type_of = shows(message_variables.MessageVariable)


@strawberry.type(description="A message for one lead.")
class FilledInMessage:
    """See `usecases.messages.preview.FilledIn`."""

    subject: str | None = plain("The subject, of mails only.")
    text: str | None = plain("The text.")
    html: str | None = plain("The HTML, of mails only.")
    missing: list[str] = plain("Variables in whose place nothing stands: the lead has no value, and the template no fallback.")
    is_type_of = shows(preview.FilledIn)


@strawberry.type(description="How a template's newest words read for a lead.")
class MessagePreview:
    """See `usecases.messages.preview.MessagePreview`."""

    message: FilledInMessage | None = plain("The message; null when it would become longer than 200,000 bytes, and would not be sent.")
    template: MessageTemplate = plain("The template.")
    version: MessageTemplateVersion = plain("The words.")
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead.", key=lambda preview: preview.lead_id, batch=lead_by_id
    )
    is_type_of = shows(preview.MessagePreview)


NODE_BATCHES["MessageTemplate"] = message_template_by_id
NODE_BATCHES["MessageTemplateVersion"] = message_template_version_by_id
