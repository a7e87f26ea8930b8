"""What a dry run finds out: everything that a change would do, without its being done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from domain.events import Event


class EffectKind(StrEnum):
    """What would become of a thing."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    DELETED = "DELETED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One row that would change. `values` is column → (before, after), only where they differ; before is None for a new row."""

    kind: EffectKind
    table: str
    id: UUID | None
    values: Mapping[str, tuple[object, object]] = field(default_factory=dict[str, tuple[object, object]])


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What one verb would have changed and told."""

    effects: tuple[Effect, ...]
    events: tuple[Event, ...]
