"""Change a custom field: its label and what else is told of it, its options, and whether it is in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.custom_fields import (
    MAX_FIELDS,
    MAX_OPTIONS_EVER,
    CustomField,
    CustomFieldOption,
    CustomFieldSettings,
    checked_options,
    checked_settings,
)
from domain.refusals import Refusal, Refused, ValidationFailed, not_found
from persistence import custom_fields
from persistence.locks import lock_names
from usecases.verbs import Work, verb
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCustomField:
    """What is asked for one field."""

    field_id: UUID
    settings: CustomFieldSettings
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOptions:
    """The options that a field shall offer, (key, label) in their order. One that is left out goes, or is archived if a lead has it."""

    field_id: UUID
    options: Sequence[tuple[str, str]]
    expected_version: int | None = None


@verb
async def update_custom_field(work: Work, request: UpdateCustomField) -> CustomField:
    """Change what a field is called and whether new leads need it. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    settings, problems = checked_settings(request.settings)
    field, refusals = await _opened(work, request.field_id, request.expected_version)
    refusals += problems
    if field is None or refusals:
        raise Refused(refusals)
    return await _saved(work, field, replace(field, **settings))


@verb
async def archive_custom_field(work: Work, field_id: UUID, expected_version: int | None) -> CustomField:
    """Take a field out of use; what leads hold in it stays. Raises Refused: NotFound, VersionConflict."""
    field, refusals = await _opened(work, field_id, expected_version)
    if field is None or refusals:
        raise Refused(refusals)
    return await _saved(work, field, replace(field, archived_at=field.archived_at or work.at))


@verb
async def unarchive_custom_field(work: Work, field_id: UUID, expected_version: int | None) -> CustomField:
    """Take a field into use again. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    await lock_names(work.tx, [("custom fields",)])
    field, refusals = await _opened(work, field_id, expected_version)
    in_use, _ = await custom_fields.custom_field_counts(work.tx)
    if field is not None and field.archived_at is not None and in_use >= MAX_FIELDS:
        refusals.append(ValidationFailed(message=f"A workspace has at most {MAX_FIELDS} custom fields in use.", path=("custom_field_id",)))
    if field is None or refusals:
        raise Refused(refusals)
    return await _saved(work, field, replace(field, archived_at=None))


@verb
async def set_custom_field_options(work: Work, request: SetOptions) -> CustomField:
    """Say which options a field offers, in their order. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    field, refusals = await _opened(work, request.field_id, request.expected_version)
    if field is None:
        raise Refused(refusals)
    wanted, problems = checked_options(field.type, request.options)
    present = (await custom_fields.options_by_field(work.tx, [field.id])).get(field.id, ())
    keys = {key for key, _ in wanted}
    left_out = [option for option in present if option.key not in keys]
    used = await custom_fields.used_options(work.tx, field.id, [option.key for option in left_out])
    archived = [option for option in left_out if option.key in used]
    if len(keys) + len(archived) > MAX_OPTIONS_EVER:
        problems.append(ValidationFailed(message=f"At most {MAX_OPTIONS_EVER} options, archived ones included.", path=("options",)))
    if refusals or problems:
        raise Refused([*refusals, *problems])
    offered = [
        CustomFieldOption(field_id=field.id, key=key, label=label, position=position, archived_at=None)
        for position, (key, label) in enumerate(wanted)
    ]
    kept = [
        replace(option, position=position, archived_at=option.archived_at or work.at)
        for position, option in enumerate(archived, start=len(offered))
    ]
    if list(present) == [*offered, *kept]:
        return field
    await custom_fields.drop_options(work.tx, field.id, [option.key for option in left_out if option.key not in used])
    await custom_fields.put_options(work.tx, [*offered, *kept])
    return await _saved(work, field, field, beside=True)


async def _opened(work: Work, field_id: UUID, expected_version: int | None) -> tuple[CustomField | None, list[Refusal]]:
    field = (await custom_fields.custom_field_for_update(work.tx, [field_id])).get(field_id)
    if field is None:
        return None, [not_found("CustomField", "custom_field_id")]
    return field, list(version_problem(field.version, expected_version, "custom field"))


async def _saved(work: Work, before: CustomField, after: CustomField, *, beside: bool = False) -> CustomField:
    """Write a change and count it; what is the same already changes nothing."""
    if after == before and not beside:
        return before
    changed = replace(after, version=before.version + 1, updated_at=work.at)
    await custom_fields.save_custom_fields(work.tx, [changed])
    return changed
