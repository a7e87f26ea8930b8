"""Fills a workspace with custom fields, what leads hold in them, and segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from uuid_utils.compat import uuid7

from domain.custom_fields import CustomField, CustomFieldOption, CustomFieldType
from domain.filter_json import written_filter
from domain.filters import CustomFieldMatch, LeadFilter, NumberRange, Reference, TagMatch
from domain.leads import Lead
from domain.segments import Segment
from persistence.custom_fields import add_custom_fields, put_options
from persistence.custom_values import Change, add_custom_values
from persistence.database import Writing
from persistence.segments import add_segments
from tests.worlds import World

# A workspace has at most 50 custom fields in use.
_MOST_FIELDS = 40
# Each segment that is counted or listed is a part of one statement, so that its text tells how many there are. One names a tag in vain.
_SEGMENTS = 9


async def seed_custom_fields(tx: Writing, world: World, leads: Sequence[Lead], rows: int) -> Mapping[str, Sequence[Any]]:
    """Put custom fields and segments into the world; answer things by the names that operations know them by.

    Every lead has a `plan` and `seats`, the first one holds something in every field.
    """
    plan, seats = _field(world, "plan", CustomFieldType.SELECT), _field(world, "seats", CustomFieldType.NUMBER)
    old = replace(_field(world, "old", CustomFieldType.TEXT), archived_at=world.at)
    texts = [_field(world, f"field_{number}", CustomFieldType.TEXT) for number in range(min(rows, _MOST_FIELDS))]
    await add_custom_fields(tx, [plan, seats, old, *texts])
    await put_options(tx, [_option(plan, key, position) for position, key in enumerate(("free", "pro"))])
    held: list[Change] = [(lead.id, plan.id, "free") for lead in leads]
    held += [(lead.id, seats.id, Decimal(number)) for number, lead in enumerate(leads)]
    held += [(leads[0].id, field.id, "North") for field in (old, *texts)]
    await add_custom_values(tx, held)
    many = LeadFilter(custom_fields=(CustomFieldMatch("seats", number=NumberRange(gte=Decimal(1))),), tags=TagMatch(any_of=("tag 0",)))
    segments = [_segment(world, 0, many)]
    segments += [_segment(world, number, LeadFilter(segment=Reference(in_=(segments[0].id,)))) for number in range(1, _SEGMENTS)]
    segments.append(_segment(world, _SEGMENTS, LeadFilter(tags=TagMatch(any_of=("gone",)))))
    await add_segments(tx, segments)
    return {"customField": texts, "choiceField": [plan], "archivedField": [old], "segment": segments, "otherSegment": segments[1:]}


def _field(world: World, key: str, type: CustomFieldType) -> CustomField:
    return CustomField(
        id=uuid7(), version=1, key=key, label=key.title(), description=None, type=type, required=False, archived_at=None,
        created_at=world.at, updated_at=world.at,
    )  # fmt: skip


def _option(field: CustomField, key: str, position: int) -> CustomFieldOption:
    return CustomFieldOption(field_id=field.id, key=key, label=key.title(), position=position, archived_at=None)


def _segment(world: World, number: int, filter: LeadFilter) -> Segment:
    return Segment(
        id=uuid7(), version=1, name=f"Segment {number}", description=None, definition=written_filter(filter),
        created_at=world.at, updated_at=world.at,
    )  # fmt: skip
