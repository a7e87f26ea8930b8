"""Create a custom field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.custom_fields import (
    MAX_FIELDS,
    MAX_FIELDS_EVER,
    CustomField,
    CustomFieldOption,
    CustomFieldSettings,
    CustomFieldType,
    checked_field_key,
    checked_options,
    checked_settings,
)
from domain.refusals import AlreadyExists, Refused, ValidationFailed
from persistence import custom_fields
from persistence.locks import lock_names
from usecases.verbs import Work, new_id, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCustomField:
    """What is asked for; `options` are (key, label) in their order, for a field that offers choices."""

    key: str
    type: CustomFieldType
    settings: CustomFieldSettings
    options: Sequence[tuple[str, str]] = ()


@verb
async def create_custom_field(work: Work, request: CreateCustomField) -> CustomField:
    """Define a field. Raises Refused: ValidationFailed, AlreadyExists."""
    settings, refusals = checked_settings(request.settings)
    refusals += checked_field_key(request.key)
    options, problems = checked_options(request.type, request.options)
    refusals += problems
    # So that two at once neither take one key nor exceed the number together.
    await lock_names(work.tx, [("custom fields",)])
    in_use, ever = await custom_fields.custom_field_counts(work.tx)
    if in_use >= MAX_FIELDS:
        refusals.append(ValidationFailed(message=f"A workspace has at most {MAX_FIELDS} custom fields in use; archive one."))
    elif ever >= MAX_FIELDS_EVER:
        refusals.append(ValidationFailed(message=f"A workspace has at most {MAX_FIELDS_EVER} custom fields, archived ones included."))
    if await custom_fields.definitions(work.tx, [request.key]):
        refusals.append(AlreadyExists(message="There is a custom field with this key.", path=("key",)))
    if refusals:
        raise Refused(refusals)
    field = CustomField(
        id=new_id(),
        version=1,
        key=request.key,
        label=settings.get("label") or request.key,
        description=settings.get("description"),
        type=request.type,
        required=settings.get("required") or False,
        archived_at=None,
        created_at=work.at,
        updated_at=work.at,
    )
    await custom_fields.add_custom_fields(work.tx, [field])
    await custom_fields.put_options(
        work.tx,
        [
            CustomFieldOption(field_id=field.id, key=key, label=label, position=position, archived_at=None)
            for position, (key, label) in enumerate(options)
        ],
    )
    return field
