"""What a workspace that is filled at once holds of custom fields and segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.custom_fields import CustomField, CustomFieldOption, CustomValue
from domain.segments import Segment
from persistence.custom_fields import add_custom_fields, put_options
from persistence.custom_values import add_custom_values
from persistence.database import Writing
from persistence.segments import add_segments


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldContents:
    """Definitions with their options, what leads hold in them as (lead, field, value), and segments."""

    fields: Sequence[CustomField]
    options: Sequence[CustomFieldOption]
    held: Sequence[tuple[UUID, UUID, CustomValue]]
    segments: Sequence[Segment]


async def add_fields(tx: Writing, contents: FieldContents) -> None:
    """Write them; the leads must be there."""
    await add_custom_fields(tx, contents.fields)
    await put_options(tx, contents.options)
    await add_custom_values(tx, contents.held)
    await add_segments(tx, contents.segments)
