"""The sequences of the demo workspace: the shipped ones, published; one of them has a draft, and an older one is archived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.access import SYSTEM
from domain.message_templates import MessageTemplate, MessageTemplateVersion
from domain.message_variables import VARIABLES
from domain.sequence_steps import SendStep, WaitStep
from domain.sequences import Sequence, SequencePlan, SequenceType, SequenceVersion
from domain.shipped_sequences import SHIPPED, ShippedMessage, ShippedSequence
from usecases.demo.sequences import SequenceContents
from usecases.messages.content import EMPTY, ContentFields, edited_content
from usecases.verbs import new_id

_KNOWN = frozenset(variable.name for variable in VARIABLES)


def invented_sequences(now: datetime) -> SequenceContents:
    """Put the shipped sequences into use, as of so many days ago."""
    published_at = now - timedelta(days=200)
    words = {message.id: _words(message, published_at) for shipped in SHIPPED.values() for message in shipped.messages}
    sequences = {shipped.type: _sequence(shipped, published_at) for shipped in SHIPPED.values()}
    versions = [_version(sequences[shipped.type], _pinned(shipped.plan, words), published_at) for shipped in SHIPPED.values()]
    interest = sequences[SequenceType.INTEREST]
    sequences[SequenceType.INTEREST] = replace(interest, draft=_calmer(_copied(SHIPPED[SequenceType.INTEREST].plan, words)), version=3)
    old = replace(_sequence(SHIPPED[SequenceType.AWARENESS], published_at), name="Awareness: the old newsletter", archived_at=now)
    versions.append(_version(old, _pinned(SHIPPED[SequenceType.AWARENESS].plan, words), published_at))
    return SequenceContents(
        templates=[template for template, _ in words.values()],
        template_versions=[version for _, version in words.values()],
        sequences=[*sequences.values(), old],
        versions=versions,
    )


_Words = Mapping[UUID, tuple[MessageTemplate, MessageTemplateVersion]]


def _words(message: ShippedMessage, at: datetime) -> tuple[MessageTemplate, MessageTemplateVersion]:
    template = MessageTemplate(
        id=new_id(),
        version=1,
        name=message.name,
        description=None,
        channel=message.channel,
        current_version=1,
        archived_at=None,
        created_at=at,
        updated_at=at,
    )
    fields = ContentFields(subject=message.subject, text=message.text, fallbacks=message.fallbacks)
    content, _ = edited_content(EMPTY, message.channel, fields, _KNOWN)
    version = MessageTemplateVersion(
        id=new_id(),
        template_id=template.id,
        number=1,
        content=content,
        created_at=at,
        created_by_kind=SYSTEM.kind,
        created_by_id=SYSTEM.id,
    )
    return template, version


def _copied(plan: SequencePlan, words: _Words) -> SequencePlan:
    steps = (replace(step, template_id=words[step.template_id][0].id) if isinstance(step, SendStep) else step for step in plan.steps)
    return replace(plan, steps=tuple(steps))


def _pinned(plan: SequencePlan, words: _Words) -> SequencePlan:
    pinned = {template.id: version.id for template, version in words.values()}
    copied = _copied(plan, words).steps
    steps = (replace(step, template_version_id=pinned[step.template_id]) if isinstance(step, SendStep) else step for step in copied)
    return replace(plan, steps=tuple(steps))


def _calmer(plan: SequencePlan) -> SequencePlan:
    """Draft a change: a day of rest before the first mail, and no more than forty leads a day."""
    rest = WaitStep(key="rest", minutes=24 * 60, next=plan.steps[0].key)
    return replace(plan, steps=(rest, *plan.steps), entry=replace(plan.entry, max_per_day=40))


def _sequence(shipped: ShippedSequence, at: datetime) -> Sequence:
    return Sequence(
        id=new_id(),
        version=2,
        name=shipped.name,
        type=shipped.type,
        description=shipped.description,
        draft=None,
        published_version=1,
        archived_at=None,
        created_at=at,
        updated_at=at,
    )


def _version(sequence: Sequence, plan: SequencePlan, at: datetime) -> SequenceVersion:
    return SequenceVersion(
        id=new_id(),
        sequence_id=sequence.id,
        number=1,
        plan=plan,
        published_at=at,
        published_by_kind=SYSTEM.kind,
        published_by_id=SYSTEM.id,
    )
