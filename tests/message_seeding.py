"""Fills a workspace with message templates, and with sequences that send them: each is published and has a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from uuid_utils.compat import uuid7

from domain.message_templates import MessageContent, MessageTemplate, MessageTemplateVersion
from domain.sequence_steps import MessageChannel, SendStep
from domain.sequences import ScoreTrigger, SequencePlan, SequenceType, SequenceVersion
from domain.sequences import Sequence as Sequence_
from persistence.database import Writing
from persistence.messages import add_message_template_versions, add_message_templates
from persistence.sequences import add_sequence_versions, add_sequences
from tests.sequence_plans import FOOTER, end, send
from tests.worlds import World


async def seed_messages(tx: Writing, world: World, rows: int) -> Mapping[str, Sequence[Any]]:
    """Put templates and sequences into the world; answer them by the names that operations know them by.

    The first `messageTemplate` and the first `draftedSequence` have as many versions as there are rows.
    """
    templates = [_template(world, number, rows if number == 0 else 1) for number in range(rows)]
    words = [_words(template, number) for template in templates for number in range(1, template.current_version + 1)]
    sequences = [_sequence(world, template, number, rows if number == 0 else 1) for number, template in enumerate(templates)]
    newest = {version.template_id: version for version in words}
    versions = [
        _version(world, sequence, newest[template.id], number)
        for sequence, template in zip(sequences, templates, strict=True)
        for number in range(1, (sequence.published_version or 0) + 1)
    ]
    await add_message_templates(tx, templates)
    await add_message_template_versions(tx, words)
    await add_sequences(tx, sequences)
    await add_sequence_versions(tx, versions)
    return {"messageTemplate": templates, "draftedSequence": sequences}


def _template(world: World, number: int, versions: int) -> MessageTemplate:
    return MessageTemplate(
        id=uuid7(),
        version=1,
        name=f"Message {number}",
        description=None,
        channel=MessageChannel.EMAIL,
        current_version=versions,
        archived_at=None,
        created_at=world.at,
        updated_at=world.at,
    )


def _words(template: MessageTemplate, number: int) -> MessageTemplateVersion:
    content = MessageContent(
        subject="Hello",
        text=f"Hello {{{{ contact.first_name }}}} {number}\n{FOOTER}",
        html=None,
        fallbacks=(),
        variables=("contact.first_name", "contact.unsubscribe_url", "workspace.postal_address"),
    )
    return MessageTemplateVersion(
        id=uuid7(),
        template_id=template.id,
        number=number,
        content=content,
        created_at=template.created_at,
        created_by_kind="SYSTEM",
        created_by_id=None,
    )


def _plan(step: SendStep) -> SequencePlan:
    return SequencePlan(steps=(step, end()))


def _step(template: MessageTemplate) -> SendStep:
    return replace(send("mail", "end"), template_id=template.id)


def _sequence(world: World, template: MessageTemplate, number: int, versions: int) -> Sequence_:
    return Sequence_(
        id=uuid7(),
        version=1,
        name=f"Mailing {number}",
        type=SequenceType.AWARENESS,
        description=None,
        draft=replace(_plan(_step(template)), triggers=(ScoreTrigger(score=40),)),
        published_version=versions,
        archived_at=None,
        created_at=world.at,
        updated_at=world.at,
    )


def _version(world: World, sequence: Sequence_, words: MessageTemplateVersion, number: int) -> SequenceVersion:
    step = replace(send("mail", "end"), template_id=words.template_id, template_version_id=words.id)
    return SequenceVersion(
        id=uuid7(),
        sequence_id=sequence.id,
        number=number,
        plan=_plan(step),
        published_at=world.at,
        published_by_kind="AGENT",
        published_by_id=world.ada.id,
    )
