"""The mapping language: which columns of a file become which facts of a lead. docs/imports.md is its manual.

A mapping arrives as nested dictionaries and lists of texts, whatever file format it was written in, and every problem is
named at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import TypeAlias

from domain.pipelines import StageKind
from domain.status import LeadStatus

PROFILE_TEXTS = (
    *("first_name", "last_name", "title", "email", "language", "company", "industry", "website", "street", "city", "region"),
    *("postal_code", "country", "time_zone", "budget", "authority", "need", "timeline", "notes"),
)
PROFILE_NUMBERS = ("employees", "annual_revenue")
PROFILE_FLAGS = ("do_not_call", "do_not_email")
TOUCH = ("source", "detail", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
HISTORY = ("created_at", "status", "status_at", "status_reason", "owner")
SINGLE = (*PROFILE_TEXTS, *PROFILE_NUMBERS, *PROFILE_FLAGS, *TOUCH, *HISTORY, "name")
COUNTS = (
    *("website_visits", "content_downloads", "page_views", "email_opens", "email_clicks", "social_engagements"),
    "outbound_attempts",
)
ACTIVITY = ("type", "at", "subject", "body", "asset", "agent")
ATTEMPT = ("channel", "direction", "outcome", "at", "duration", "notes", "agent")
AGENT = ("name", "email", "team", "manager")
MAX_LOOKUP_ROWS = 10_000
DEFAULT_NOTHING = ("", "na", "n/a", "null", "none", "-")


class InvalidMapping(ValueError):
    """Name every problem of a mapping at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where one value comes from: a column, a constant, or a text with columns in braces; and what is done with it.

    `other` None keeps what the map does not know. `times` and `plus` name columns or numbers.
    """

    column: str | None = None
    constant: str | None = None
    text: str | None = None
    map: Mapping[str, str] = field(default_factory=dict[str, str])
    other: str | None = None
    times: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
    round: bool = False
    split: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns that it reads."""
        in_text = [name for _, name, _, _ in Formatter().parse(self.text)] if self.text is not None else []
        numbers = [operand for operand in (*self.times, *self.plus) if not is_number(operand)]
        return tuple(name for name in (self.column, *in_text, *numbers) if name)


Value: TypeAlias = tuple[Source, ...]
"""Alternatives: the first that holds something counts."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Another file, joined by a column: its columns are named `<name>.<column>`. `rows` begins with its header once it was read."""

    name: str
    key: str
    on: str
    file: str | None
    rows: tuple[tuple[str, ...], ...] | None


@dataclass(frozen=True, slots=True)
class StageMapping:
    """A stage to be made with its pipeline, unless it exists."""

    name: str
    kind: StageKind
    probability: int
    status: LeadStatus | None


@dataclass(frozen=True, slots=True)
class PipelineMapping:
    """A pipeline to be made, unless one of this name exists."""

    name: str
    stages: tuple[StageMapping, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealMapping:
    """A lead's place in a pipeline. `before` are earlier stays, in order: (stage, entered at)."""

    pipeline: PipelineMapping
    stage: Value
    entered_at: Value = ()
    before: tuple[tuple[Value, Value], ...] = ()
    value: Value = ()
    currency: Value = ()
    expected_close_date: Value = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """How the file is written, where it does not say so itself."""

    delimiter: str | None = None
    encoding: str | None = None
    nothing: frozenset[str] = frozenset(DEFAULT_NOTHING)
    dates: tuple[str, ...] = ()
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadMapping:
    """Rows that are leads."""

    format: FileFormat
    lookups: tuple[Lookup, ...] = ()
    references: tuple[tuple[str, Value], ...] = ()
    fields: Mapping[str, Value]
    phones: tuple[Value, ...] = ()
    tags: tuple[Value, ...] = ()
    counts: Mapping[str, Value]
    custom: Mapping[str, Value] = field(default_factory=dict[str, Value])
    deal: DealMapping | None = None
    activities: tuple[Mapping[str, Value], ...] = ()
    attempts: tuple[Mapping[str, Value], ...] = ()
    same_email: str = "duplicate"

    @property
    def identifies(self) -> bool:
        """Tell whether rows can be told apart: by a reference, an e-mail address or a phone."""
        return bool(self.references or self.phones or "email" in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentMapping:
    """Rows that are agents, with the teams and managers they name. `email_domain` makes addresses where the file has none."""

    format: FileFormat
    fields: Mapping[str, Value]
    territories: tuple[Value, ...] = ()
    email_domain: str | None = None
    lookups: tuple[Lookup, ...] = ()


def is_number(text: str) -> bool:
    """Tell a number in a mapping from a column's name."""
    return text.lstrip("+-").replace(".", "", 1).isdecimal()
