"""Create and change message templates. Every change of the words makes a new version, so that what was published stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypedDict
from uuid import UUID

from domain.lead_labels import one_line
from domain.message_templates import MessageContent, MessageTemplate, MessageTemplateVersion
from domain.refusals import AlreadyExists, Refusal, Refused, ValidationFailed, not_found
from domain.sequence_steps import MessageChannel
from domain.texts import optional_text
from persistence import messages
from persistence.failures import UniqueViolation
from usecases.messages.content import EMPTY, ContentFields, edited_content
from usecases.messages.variables import known_variables
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem

MAX_NAME = 100
MAX_DESCRIPTION = 1_000


class TemplateFields(TypedDict, total=False):
    """What creating and updating write of the template itself. A key that is absent leaves the value alone; None clears it."""

    name: str | None
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateMessageTemplate:
    """What is asked for."""

    channel: MessageChannel
    fields: TemplateFields
    content: ContentFields


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateMessageTemplate:
    """What is asked for one template."""

    template_id: UUID
    fields: TemplateFields = field(default_factory=TemplateFields)
    content: ContentFields = field(default_factory=ContentFields)
    expected_version: int | None = None


@verb
async def create_message_template(work: Work, request: CreateMessageTemplate) -> MessageTemplate:
    """Create a template with its first words. Raises Refused: ValidationFailed, AlreadyExists."""
    blank = new_template(work, "", request.channel)
    template, refusals = _edited(blank, request.fields)
    content, problems = edited_content(EMPTY, request.channel, request.content, await known_names(work))
    refusals += [*problems, *await _name_refusals(work, template)]
    if refusals:
        raise Refused(refusals)
    try:
        await messages.add_message_templates(work.tx, [template])
    except UniqueViolation as violation:
        raise Refused.because(_name_taken()) from violation
    await messages.add_message_template_versions(work.tx, [new_version(work, template, content)])
    return template


@verb
async def update_message_template(work: Work, request: UpdateMessageTemplate) -> MessageTemplate:
    """Change a template; other words become its next version.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists.
    """
    before, refusals = await _opened(work, request.template_id, request.expected_version)
    version = (await messages.current_version_by_template(work.tx, [before.id]))[before.id]
    template, problems = _edited(before, request.fields)
    refusals += [*problems, *await _name_refusals(work, template)]
    content, problems = version.content, list[Refusal]()
    if request.content:
        content, problems = edited_content(version.content, template.channel, request.content, await known_names(work))
    refusals += problems
    if refusals:
        raise Refused(refusals)
    if content != version.content:
        template = replace(template, current_version=template.current_version + 1)
        await messages.add_message_template_versions(work.tx, [new_version(work, template, content)])
    return await _saved(work, before, template)


@verb
async def archive_message_template(work: Work, template_id: UUID, expected_version: int | None = None) -> MessageTemplate:
    """Let no new step take a template; sequences that are published keep its words. Again changes nothing.

    Raises Refused: NotFound, VersionConflict.
    """
    template, refusals = await _opened(work, template_id, expected_version)
    if refusals:
        raise Refused(refusals)
    return await _saved(work, template, replace(template, archived_at=template.archived_at or work.at))


@verb
async def unarchive_message_template(work: Work, template_id: UUID, expected_version: int | None = None) -> MessageTemplate:
    """Let steps take a template again. Again changes nothing. Raises Refused: NotFound, VersionConflict."""
    template, refusals = await _opened(work, template_id, expected_version)
    if refusals:
        raise Refused(refusals)
    return await _saved(work, template, replace(template, archived_at=None))


def new_template(work: Work, name: str, channel: MessageChannel) -> MessageTemplate:
    """Make a template that is at its first words."""
    return MessageTemplate(
        id=new_id(),
        version=1,
        name=name,
        description=None,
        channel=channel,
        current_version=1,
        archived_at=None,
        created_at=work.at,
        updated_at=work.at,
    )


def new_version(work: Work, template: MessageTemplate, content: MessageContent) -> MessageTemplateVersion:
    """Make the version that holds a template's newest words."""
    return MessageTemplateVersion(
        id=new_id(),
        template_id=template.id,
        number=template.current_version,
        content=content,
        created_at=work.at,
        created_by_kind=work.actor.kind,
        created_by_id=work.actor.id,
    )


async def known_names(work: Work) -> frozenset[str]:
    """Name the variables that messages may use."""
    return frozenset(variable.name for variable in await known_variables(work.tx))


def _edited(template: MessageTemplate, fields: TemplateFields) -> tuple[MessageTemplate, list[Refusal]]:
    refusals: list[Refusal] = []
    name = template.name
    if "name" in fields or not name:
        name = one_line(fields.get("name") or "")
        if not 0 < len(name) <= MAX_NAME:
            refusals.append(ValidationFailed(message=f"A name has 1–{MAX_NAME} characters.", path=("name",)))
    description = template.description
    if "description" in fields:
        description, problems = optional_text(fields["description"], MAX_DESCRIPTION, "description")
        refusals += problems
    return replace(template, name=name, description=description), refusals


async def _opened(work: Work, id: UUID, expected_version: int | None) -> tuple[MessageTemplate, list[Refusal]]:
    template = (await messages.message_template_for_update(work.tx, [id])).get(id)
    if template is None:
        raise Refused.because(not_found("MessageTemplate", "template_id"))
    return template, list(version_problem(template.version, expected_version, "message template"))


def _name_taken() -> AlreadyExists:
    return AlreadyExists(message="Another message template has this name.", path=("name",))


async def _name_refusals(work: Work, template: MessageTemplate) -> list[Refusal]:
    known = (await messages.message_templates_by_name(work.tx, [template.name])).get(template.name.lower())
    return [_name_taken()] if known is not None and known.id != template.id else []


async def _saved(work: Work, before: MessageTemplate, template: MessageTemplate) -> MessageTemplate:
    if template == before:
        return before
    template = replace(template, version=before.version + 1, updated_at=work.at)
    try:
        await messages.save_message_templates(work.tx, [template])
    except UniqueViolation as violation:
        raise Refused.because(_name_taken()) from violation
    return template
