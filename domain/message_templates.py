"""Message templates: the words of messages, in Liquid, with variables from the lead (rules §6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.sequence_steps import MessageChannel

# The mark in which a comment begins up to the one in which it ends; words that were saved close what they open.
_COMMENT = re.compile(r"\{%-?\s*comment\b.*?\bendcomment\s*-?%\}", re.DOTALL)


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

    def every_body_uses(self, variable: str) -> bool:
        """Tell whether a reader meets a variable whichever part of a mail is shown: the text uses it, and so does the HTML."""
        used = re.compile(rf"\{{[{{%][^{{}}]*?(?<![\w.]){re.escape(variable)}(?![\w.])")
        bodies = [_COMMENT.sub("", part) for part in (self.text, self.html) if part is not None]
        return variable in self.variables and all(used.search(body) for body in bodies)


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
