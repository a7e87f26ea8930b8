"""What a dry run answers: the changes that would be kept, and the events that would be told."""

from __future__ import annotations

import strawberry

from domain.rehearsals import EffectKind, Rehearsed
from gql.enums import describe
from gql.events.types import Event, FieldChange
from gql.nodes import plain, shows

describe(
    EffectKind,
    "What would become of a thing.",
    {"CREATED": "It would be there.", "UPDATED": "Some of its values would be others.", "DELETED": "It would be gone."},
)


@strawberry.type(description="One thing that a mutation would create, change or delete.")
class DryRunChange:
    """See `domain.rehearsals.Effect`."""

    kind: EffectKind = plain("What would become of it.")
    type: str = plain("The type of the thing, such as `Lead`; what is no type of the graph has the name of its table, such as `lead_tags`.")
    id: strawberry.ID | None = plain("Its global id; null for what has none. A thing that would be created gets another id when it is.")
    fields: list[FieldChange] = plain("The values that would be others, each before and after, by their names in the graph.")


@strawberry.type(description="What a mutation would have done.")
class DryRun:
    """See `domain.rehearsals.Rehearsed`."""

    changes: list[DryRunChange] = plain("The things that would change, in the order in which they would be written.")
    events: list[Event] = plain("The events that would be recorded, in their order.")
    is_type_of = shows(Rehearsed)
