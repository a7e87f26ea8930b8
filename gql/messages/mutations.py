"""Mutations of message templates: create, change, archive."""

from __future__ import annotations

from typing import Annotated, Any, cast

import strawberry
from strawberry import UNSET

from domain.message_templates import Fallback
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.inputs import optional
from gql.messages.enums import MessageChannel
from gql.messages.types import MessageTemplate
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.messages import edit_template as verbs
from usecases.messages.content import ContentFields

_TEMPLATE = "The message template as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_NAME = "Its name, 1–100 characters, unique in the workspace without regard to case."
_DESCRIPTION = "What it is for, at most 1,000 characters."
_SUBJECT = "The subject of a mail, in Liquid, at most 300 characters; other messages have none."
_TEXT = "The text, in Liquid: at most 20,000 characters in a mail, 1,600 in an SMS, 5,000 on social networks."
_HTML = "The HTML of a mail, in Liquid, at most 60,000 characters; every value that is filled in is escaped."
_FALLBACKS = "What stands in for what is not known about a lead, at most 50 variables."


@strawberry.input(description="What stands in for a variable of which a lead has no value.")
class MessageFallbackInput:
    """See `domain.message_templates.Fallback`."""

    variable: str = strawberry.field(description="The variable, such as `contact.first_name`.")
    text: str = strawberry.field(description="What stands in for it, 1–200 characters.")


@strawberry.input(description="What `createMessageTemplate` takes.")
class CreateMessageTemplateInput(MutationInput):
    """See `usecases.messages.edit_template.CreateMessageTemplate`."""

    name: str = strawberry.field(description=_NAME)
    description: str | None = optional(_DESCRIPTION)
    channel: MessageChannel = strawberry.field(description="On which channel it is sent; that never changes.")
    subject: str | None = optional(_SUBJECT)
    text: str | None = optional(_TEXT)
    html: str | None = optional(_HTML)
    fallbacks: list[MessageFallbackInput] | None = optional(_FALLBACKS)


@strawberry.input(
    description="What `updateMessageTemplate` takes: what is absent is left alone, null clears. Other words are a new version."
)
class UpdateMessageTemplateInput(VersionedInput):
    """See `usecases.messages.edit_template.UpdateMessageTemplate`."""

    template_id: strawberry.ID = strawberry.field(description="The message template.")
    name: str | None = optional(_NAME)
    description: str | None = optional(_DESCRIPTION)
    subject: str | None = optional(_SUBJECT)
    text: str | None = optional(_TEXT)
    html: str | None = optional(_HTML)
    fallbacks: list[MessageFallbackInput] | None = optional(f"{_FALLBACKS[:-1]}; they replace those there were.")


@strawberry.input(description="What `archiveMessageTemplate` takes.")
class ArchiveMessageTemplateInput(VersionedInput):
    """A template, and the version that the caller knows."""

    template_id: strawberry.ID = strawberry.field(description="The message template.")


@strawberry.input(description="What `unarchiveMessageTemplate` takes.")
class UnarchiveMessageTemplateInput(VersionedInput):
    """A template, and the version that the caller knows."""

    template_id: strawberry.ID = strawberry.field(description="The message template.")


CreateMessageTemplateError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateMessageTemplateError", description="Why a message template was not created."),
]
UpdateMessageTemplateError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateMessageTemplateError", description="Why a message template was not changed."),
]
ArchiveMessageTemplateError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("ArchiveMessageTemplateError", description="Why a message template was not archived."),
]
UnarchiveMessageTemplateError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UnarchiveMessageTemplateError", description="Why a message template was not taken back into use."),
]


@strawberry.type(description="What `createMessageTemplate` answers.")
class CreateMessageTemplatePayload(MutationPayload):
    """The template, or the refusals."""

    template: MessageTemplate | None = strawberry.field(default=None, description=_TEMPLATE)
    errors: list[CreateMessageTemplateError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateMessageTemplate` answers.")
class UpdateMessageTemplatePayload(MutationPayload):
    """The template, or the refusals."""

    template: MessageTemplate | None = strawberry.field(default=None, description=_TEMPLATE)
    errors: list[UpdateMessageTemplateError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `archiveMessageTemplate` answers.")
class ArchiveMessageTemplatePayload(MutationPayload):
    """The template, or the refusals."""

    template: MessageTemplate | None = strawberry.field(default=None, description=_TEMPLATE)
    errors: list[ArchiveMessageTemplateError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `unarchiveMessageTemplate` answers.")
class UnarchiveMessageTemplatePayload(MutationPayload):
    """The template, or the refusals."""

    template: MessageTemplate | None = strawberry.field(default=None, description=_TEMPLATE)
    errors: list[UnarchiveMessageTemplateError] = strawberry.field(description=_ERRORS)


def _template_fields(input: Any) -> verbs.TemplateFields:
    given = {name: value for name in ("name", "description") if (value := getattr(input, name)) is not UNSET}
    return cast(verbs.TemplateFields, given)


def _content_fields(input: Any) -> ContentFields:
    given: dict[str, Any] = {name: value for name in ("subject", "text", "html") if (value := getattr(input, name)) is not UNSET}
    if input.fallbacks is not UNSET:
        given["fallbacks"] = [Fallback(variable=each.variable, text=each.text) for each in input.fallbacks or ()]
    return cast(ContentFields, given)


async def create_message_template(info: Info, input: CreateMessageTemplateInput) -> CreateMessageTemplatePayload:
    """Create a template."""
    request = verbs.CreateMessageTemplate(channel=input.channel, fields=_template_fields(input), content=_content_fields(input))
    return await run(
        info, CreateMessageTemplatePayload, input, lambda call: verbs.create_message_template(call, request), result="template"
    )


async def update_message_template(info: Info, input: UpdateMessageTemplateInput) -> UpdateMessageTemplatePayload:
    """Change a template."""
    request = verbs.UpdateMessageTemplate(
        template_id=decode_kind("MessageTemplate", input.template_id),
        fields=_template_fields(input),
        content=_content_fields(input),
        expected_version=input.expected_version,
    )
    return await run(
        info, UpdateMessageTemplatePayload, input, lambda call: verbs.update_message_template(call, request), result="template"
    )


async def archive_message_template(info: Info, input: ArchiveMessageTemplateInput) -> ArchiveMessageTemplatePayload:
    """Let no new step take a template."""
    id, version = decode_kind("MessageTemplate", input.template_id), input.expected_version
    return await run(
        info, ArchiveMessageTemplatePayload, input, lambda call: verbs.archive_message_template(call, id, version), result="template"
    )


async def unarchive_message_template(info: Info, input: UnarchiveMessageTemplateInput) -> UnarchiveMessageTemplatePayload:
    """Let steps take a template again."""
    id, version = decode_kind("MessageTemplate", input.template_id), input.expected_version
    return await run(
        info, UnarchiveMessageTemplatePayload, input, lambda call: verbs.unarchive_message_template(call, id, version), result="template"
    )


@strawberry.type
class MessageMutations:
    """The part of `Mutation` that changes message templates."""

    create_message_template = strawberry.mutation(resolver=create_message_template, description="Create a message template.")
    update_message_template = strawberry.mutation(
        resolver=update_message_template, description="Change a message template; published sequences keep the words that they have."
    )
    archive_message_template = strawberry.mutation(
        resolver=archive_message_template, description="Let no new step of a sequence take a message template."
    )
    unarchive_message_template = strawberry.mutation(
        resolver=unarchive_message_template, description="Let steps of sequences take an archived message template again."
    )
