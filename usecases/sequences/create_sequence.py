"""Create a sequence: from nothing, or from the shipped one of a type, whose messages come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast
from uuid import UUID

from domain.message_templates import MessageTemplate, MessageTemplateVersion
from domain.refusals import Refusal, Refused, ValidationFailed
from domain.sequence_editing import edited_plan, edited_sequence
from domain.sequence_steps import SendStep
from domain.sequences import PlanFields, Sequence, SequenceFields, SequencePlan, SequenceType
from domain.shipped_sequences import SHIPPED, ShippedMessage, ShippedSequence
from persistence import messages, sequences
from persistence.failures import UniqueViolation
from usecases.messages.content import EMPTY, ContentFields, edited_content
from usecases.messages.edit_template import known_names, new_template, new_version
from usecases.sequences.editing import name_refusals, name_taken
from usecases.verbs import Work, new_id, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSequence:
    """What is asked for. With `from_template`, what is not given is taken from the shipped sequence of that type.

    `unreadable` is what was wrong with the request before it came here.
    """

    fields: SequenceFields
    plan: PlanFields = field(default_factory=PlanFields)
    from_template: SequenceType | None = None
    unreadable: tuple[Refusal, ...] = ()


@verb
async def create_sequence(work: Work, request: CreateSequence) -> Sequence:
    """Create a sequence as a draft. Raises Refused: ValidationFailed, AlreadyExists."""
    shipped = SHIPPED[request.from_template] if request.from_template else None
    fields = request.fields if shipped is None else _completed(request.fields, shipped)
    # Without a type the sequence is refused: which one is written into it meanwhile does not matter.
    sequence, refusals = edited_sequence(_blank(work, fields.get("type") or SequenceType.AWARENESS), fields)
    if "type" not in fields:
        refusals.append(ValidationFailed(message="A type is needed, or a template that has one.", path=("type",)))
    refusals += await name_refusals(work, sequence)
    plan, problems = edited_plan(SequencePlan(), request.plan)
    refusals += [*request.unreadable, *problems]
    if refusals:
        raise Refused(refusals)
    if shipped is not None:
        plan = replace(await _brought(work, shipped), **request.plan)
    sequence = replace(sequence, draft=plan)
    try:
        await sequences.add_sequences(work.tx, [sequence])
    except UniqueViolation as violation:
        raise Refused.because(name_taken()) from violation
    return sequence


def _completed(fields: SequenceFields, shipped: ShippedSequence) -> SequenceFields:
    own = SequenceFields(name=shipped.name, type=shipped.type, description=shipped.description)
    return cast(SequenceFields, {**own, **{name: value for name, value in fields.items() if value is not None}})


def _blank(work: Work, type: SequenceType) -> Sequence:
    return Sequence(
        id=new_id(),
        version=1,
        name="",
        type=type,
        description=None,
        draft=None,
        published_version=None,
        archived_at=None,
        created_at=work.at,
        updated_at=work.at,
    )


async def _brought(work: Work, shipped: ShippedSequence) -> SequencePlan:
    """Put the shipped messages into the workspace, those that are not there yet, and let the plan's steps name them."""
    ids = await _message_ids(work, shipped.messages)
    steps = tuple(replace(step, template_id=ids[step.template_id]) if isinstance(step, SendStep) else step for step in shipped.plan.steps)
    return replace(shipped.plan, steps=steps)


async def _message_ids(work: Work, shipped: tuple[ShippedMessage, ...]) -> Mapping[UUID, UUID]:
    # Names are tried with and without a number: a name may belong to a message for another channel, or to an archived one.
    tried = {message.id: [message.name, *(f"{message.name} ({number})" for number in range(2, 10))] for message in shipped}
    present = await messages.message_templates_by_name(work.tx, [name for names in tried.values() for name in names])
    known = await known_names(work)
    ids: dict[UUID, UUID] = {}
    added: list[MessageTemplate] = []
    versions: list[MessageTemplateVersion] = []
    for message in shipped:
        usable = [name for name in tried[message.id] if _usable(present.get(name.lower()), message)]
        if not usable:
            raise Refused.because(
                ValidationFailed(message=f"Too many message templates are called “{message.name}”.", path=("from_template",))
            )
        there = present.get(usable[0].lower())
        if there is not None:
            ids[message.id] = there.id
            continue
        template = new_template(work, usable[0], message.channel)
        fields = ContentFields(subject=message.subject, text=message.text, fallbacks=message.fallbacks)
        content, problems = edited_content(EMPTY, message.channel, fields, known)
        if problems:
            raise AssertionError(f"a shipped message is wrong: {message.key}: {problems}")
        ids[message.id] = template.id
        added.append(template)
        versions.append(new_version(work, template, content))
    await messages.add_message_templates(work.tx, added)
    await messages.add_message_template_versions(work.tx, versions)
    return ids


def _usable(there: MessageTemplate | None, message: ShippedMessage) -> bool:
    return there is None or (there.channel is message.channel and there.archived_at is None)
