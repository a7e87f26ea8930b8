"""Message templates: the words of messages, in Liquid, with variables from the lead (rules §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.sequence_steps import MessageChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """What stands in for a variable of which the lead has no value."""

    variable: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContent:
    """The words for a channel: mails have a subject and HTML or text or both, other messages text alone.

    `variables` are those that the words use, in alphabetical order.
    """

    subject: str | None
    text: str | None
    html: str | None
    fallbacks: tuple[Fallback, ...]
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """A template; `current_version` is the number of its newest version. An archived one is taken by no new step."""

    id: UUID
    version: int
    name: str
    description: str | None
    channel: MessageChannel
    current_version: int
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplateVersion:
    """The words of a template from one change to the next; they never change. `number` counts from 1."""

    id: UUID
    template_id: UUID
    number: int
    content: MessageContent
    created_at: datetime
    created_by_kind: str
    created_by_id: UUID | None


@dataclass(frozen=True, slots=True)
class CurrentMessage:
    """A template with its newest words."""

    template: MessageTemplate
    version: MessageTemplateVersion
