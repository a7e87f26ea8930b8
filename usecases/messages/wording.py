"""Liquid without anything that can run long, read a clock, or reach beyond the variables of a message.

Nothing loops, so a template's work is bounded by its length; python-liquid's own limits stand behind that. Filters are written here:
each bounds what it makes, and none can fail, so that what was accepted when it was saved does not fail when it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from liquid import BoundTemplate, Environment, Mode
from liquid.exceptions import LiquidError, ResourceLimitError

from domain.message_variables import ROOTS, Value
from usecases.messages.filters import FILTERS

MAX_MARKUPS = 200
LONGEST_MARKUP = 300
MAX_FILTERS = 200
MAX_OUTPUT_BYTES = 200_000
_TAGS = frozenset({"if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "assign", "comment", "endcomment"})
_NODES = frozenset({"if", "unless", "case", "assign", "comment", "content", "output", "illegal"})
_OPENING = re.compile(r"\{[{%]")
_TAG = re.compile(r"-?\s*(\w*)")


class WordingProblem(ValueError):
    """Raised for words that are no template, or one that is not allowed; the text is for the author."""


class WordingTooLong(ValueError):
    """Raised when a message would become longer than any may be."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that were read: the variables that they use, in alphabetical order, and the template to fill in."""

    variables: tuple[str, ...]
    template: BoundTemplate


class _Limited(Environment):
    output_stream_limit = MAX_OUTPUT_BYTES
    local_namespace_limit = 50_000
    loop_iteration_limit = 1
    context_depth_limit = 10
    block_nesting_limit = 10

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Keep the tags that only choose, and the filters of our own."""
        super().setup_tags_and_filters(extra=extra)
        self.tags = {name: tag for name, tag in self.tags.items() if name in _NODES}
        self.filters = dict(FILTERS)


class _Forgiving(_Limited):
    """Fills in: a choice that compares a text with a number is left out; only the limits stop it."""

    def error(self, exc: Any, msg: str | None = None, token: Any = None) -> None:
        """Go on, unless a limit was reached."""
        if isinstance(exc, ResourceLimitError):
            raise exc
        super().error(exc, msg, token)


@cache
def _environment(*, html: bool, strict: bool) -> Environment:
    return _Limited(autoescape=html, tolerance=Mode.STRICT) if strict else _Forgiving(autoescape=html, tolerance=Mode.LAX)


@lru_cache(100)
def read_wording(text: str, *, html: bool = False) -> Wording:
    """Read words as Liquid. Raises WordingProblem.

    `html` words are HTML already; every value that is filled in is escaped.
    """
    _check_markups(text)
    try:
        strict = _environment(html=html, strict=True).from_string(text)
        analysis = strict.analyze(include_partials=False)
        template = _environment(html=html, strict=False).from_string(text)
    except LiquidError as error:
        raise WordingProblem(_told(error)) from None
    for name in analysis.filters.keys() - FILTERS.keys():
        raise WordingProblem(f"There is no filter `{name[:30]}` in messages.")
    if sum(len(uses) for uses in analysis.filters.values()) > MAX_FILTERS:
        raise WordingProblem(f"At most {MAX_FILTERS} filters.")
    for name in analysis.locals:
        if name in ROOTS:
            raise WordingProblem(f"`{name}` cannot be assigned: it is where variables are found.")
    names = {_name(variable.segments) for uses in analysis.globals.values() for variable in uses}
    return Wording(tuple(sorted(names)), template)


def fill_in(wording: Wording, values: Mapping[str, Value]) -> str:
    """Put values, by the variables' names, into words. Raises WordingTooLong."""
    tree: dict[str, dict[str, Value]] = {}
    for name, value in values.items():
        root, _, leaf = name.partition(".")
        tree.setdefault(root, {})[leaf] = value
    try:
        return wording.template.render(**tree)
    except ResourceLimitError:
        raise WordingTooLong("The message becomes too long.") from None


def _check_markups(text: str) -> None:
    """Look at the marks before the parser does, whose search for a closing one that is not there takes quadratic time."""
    position, count = 0, 0
    while opening := _OPENING.search(text, position):
        count += 1
        line = text.count("\n", 0, opening.start()) + 1
        closing = "}}" if opening.group() == "{{" else "%}"
        end = text.find(closing, opening.end(), opening.end() + LONGEST_MARKUP)
        if end < 0:
            raise WordingProblem(f"Line {line}: `{opening.group()}` is not closed by `{closing}` within {LONGEST_MARKUP} characters.")
        inner = text[opening.end() : end]
        if _OPENING.search(inner):
            raise WordingProblem(f"Line {line}: `{opening.group()}` opens again before it is closed.")
        tag = _TAG.match(inner)
        if closing == "%}" and tag and tag.group(1) not in _TAGS:
            raise WordingProblem(f"Line {line}: there is no tag `{tag.group(1)[:30]}` in messages.")
        position = end + len(closing)
    if count > MAX_MARKUPS:
        raise WordingProblem(f"At most {MAX_MARKUPS} places to fill in.")


def _name(segments: Any) -> str:
    if not all(isinstance(segment, str) for segment in segments):
        raise WordingProblem("A variable is named outright: `{{ contact.first_name }}`.")
    return ".".join(segments)


def _told(error: LiquidError) -> str:
    place = error.context()
    said = str(error.message or "It cannot be read.")[:120]
    return f"Line {place[0]}: {said}." if place else f"{said}."
