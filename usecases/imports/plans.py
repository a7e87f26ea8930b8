"""What an import needs to know while its rows are applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.imports_mapping import AgentMapping, LeadMapping
from domain.pipelines import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An import under way; whoever holds the `lease` applies it."""

    import_id: UUID
    lease: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPlan(Plan):
    """An import of leads; `stages` are by name, in lower case."""

    mapping: LeadMapping
    stages: Mapping[str, Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPlan(Plan):
    """An import of agents."""

    mapping: AgentMapping
