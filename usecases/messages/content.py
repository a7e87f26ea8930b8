"""The words of a message template on their way in: read as Liquid, their variables known, what the channel needs there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypedDict

from domain.lead_labels import one_line
from domain.message_templates import Fallback, MessageContent
from domain.refusals import Refusal, ValidationFailed
from domain.sequence_steps import MessageChannel
from domain.texts import cleaned
from usecases.messages.links import link_problem

MAX_SUBJECT = 300
MAX_HTML = 60_000
MAX_FALLBACKS = 50
MAX_FALLBACK = 200
MAX_TEXT = {MessageChannel.EMAIL: 20_000, MessageChannel.SMS: 1_600, MessageChannel.SOCIAL: 5_000}


class ContentFields(TypedDict, total=False):
    """What creating and updating write. A key that is absent leaves the value alone; None clears it."""

    subject: str | None
    text: str | None
    html: str | None
    fallbacks: Iterable[Fallback] | None


@dataclass(slots=True)
class _Reader:
    """Collects what is wrong and which variables are used."""

    known: Collection[str]
    refusals: list[Refusal]
    used: set[str]

    def part(self, words: str | None, longest: int, name: str, *, html: bool = False) -> str | None:
        text = (one_line(words) if name == "subject" else cleaned(words)) if words is not None else ""
        if not text:
            return None
        if len(text) > longest:
            self.refuse(f"At most {longest:,} characters.", name)
            return None
        # Liquid is large, and only messages need it.
        from usecases.messages.wording import WordingProblem, read_wording  # noqa: PLC0415

        try:
            wording = read_wording(text, html=html)
        except WordingProblem as problem:
            self.refuse(str(problem), name)
            return None
        if html and (problem := link_problem(text)):
            self.refuse(problem, name)
        for variable in wording.variables:
            if variable not in self.known:
                self.refuse(f"There is no variable `{variable[:100]}`.", name)
        self.used.update(wording.variables)
        return text

    def refuse(self, message: str, *path: str) -> None:
        self.refusals.append(ValidationFailed(message=message, path=path))


EMPTY = MessageContent(subject=None, text=None, html=None, fallbacks=(), variables=())


def edited_content(
    content: MessageContent, channel: MessageChannel, fields: ContentFields, known: Collection[str]
) -> tuple[MessageContent, list[Refusal]]:
    """Write words into a message; the second part is all that is wrong with what comes out. `known` names the variables there are."""
    reader = _Reader(known, [], set())
    subject = reader.part(fields.get("subject", content.subject), MAX_SUBJECT, "subject")
    text = reader.part(fields.get("text", content.text), MAX_TEXT[channel], "text")
    html = reader.part(fields.get("html", content.html), MAX_HTML, "html", html=True)
    fallbacks = _fallbacks(fields.get("fallbacks", content.fallbacks) or (), reader)
    if not reader.refusals:
        _check_channel(channel, subject, text, html, reader)
    return MessageContent(subject=subject, text=text, html=html, fallbacks=fallbacks, variables=tuple(sorted(reader.used))), reader.refusals


def _check_channel(channel: MessageChannel, subject: str | None, text: str | None, html: str | None, reader: _Reader) -> None:
    if channel is MessageChannel.EMAIL:
        if subject is None:
            reader.refuse("A mail has a subject.", "subject")
        if text is None and html is None:
            reader.refuse("A mail has text, or HTML, or both.", "text")
        return
    if text is None:
        reader.refuse("A message has text.", "text")
    for name, part in (("subject", subject), ("html", html)):
        if part is not None:
            reader.refuse(f"Only mails have {'a subject' if name == 'subject' else 'HTML'}.", name)


def _fallbacks(given: Iterable[Fallback], reader: _Reader) -> tuple[Fallback, ...]:
    kept: dict[str, Fallback] = {}
    for index, fallback in enumerate(given):
        path = ("fallbacks", str(index))
        text = one_line(fallback.text)
        if index >= MAX_FALLBACKS:
            reader.refuse(f"At most {MAX_FALLBACKS} fallbacks.", "fallbacks")
            break
        if fallback.variable not in reader.known:
            reader.refuse("There is no such variable.", *path, "variable")
        elif fallback.variable in kept:
            reader.refuse("The variable has a fallback already.", *path, "variable")
        if not 0 < len(text) <= MAX_FALLBACK:
            reader.refuse(f"1–{MAX_FALLBACK} characters.", *path, "text")
        kept[fallback.variable] = Fallback(variable=fallback.variable, text=text)
    return tuple(kept.values())
