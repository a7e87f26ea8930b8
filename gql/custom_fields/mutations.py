"""Mutations of custom fields: define, change, archive, and their options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from domain.custom_fields import CustomFieldSettings
from gql.context import Info
from gql.custom_fields.enums import CustomFieldType
from gql.custom_fields.types import CustomField
from gql.ids import decode_kind
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.custom_fields import change_custom_field as changing
from usecases.custom_fields import create_custom_field as creating
from usecases.verbs import Call

_LABEL = "What people read, 1–100 characters."
_DESCRIPTION = "What the field is for, at most 500 characters."
_REQUIRED = "Whether every new lead needs a value."
_ID = "The custom field."
_FIELD = "The custom field as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="An option that a custom field shall offer.")
class CustomFieldOptionInput:
    """See `domain.custom_fields.CustomFieldOption`."""

    key: str = strawberry.field(description="Names the option for good: 1–50 characters, a–z, 0–9 and underscores.")
    label: str = strawberry.field(description="What people read, 1–100 characters, unique within the field.")


def _pairs(options: Sequence[CustomFieldOptionInput]) -> list[tuple[str, str]]:
    return [(option.key, option.label) for option in options]


@strawberry.input(description="What `createCustomField` takes.")
class CreateCustomFieldInput(MutationInput):
    """See `usecases.custom_fields.create_custom_field.CreateCustomField`."""

    key: str = strawberry.field(description="Names the field for good: 1–50 characters, a–z, 0–9 and underscores, beginning with a letter.")
    label: str = strawberry.field(description=_LABEL)
    type: CustomFieldType = strawberry.field(description="What it holds; it cannot be changed.")
    description: str | None = strawberry.field(default=None, description=_DESCRIPTION)
    required: bool = strawberry.field(default=False, description=_REQUIRED)
    options: list[CustomFieldOptionInput] = strawberry.field(
        default_factory=list[CustomFieldOptionInput],
        description="The choices in their order: 1–100 for a SELECT or MULTI_SELECT, else none.",
    )


@strawberry.input(description="What `updateCustomField` takes: what is absent is left alone.")
class UpdateCustomFieldInput(VersionedInput):
    """See `usecases.custom_fields.change_custom_field.UpdateCustomField`."""

    custom_field_id: strawberry.ID = strawberry.field(description=_ID)
    label: str | None = strawberry.field(default=UNSET, description=_LABEL)
    description: str | None = strawberry.field(default=UNSET, description="What the field is for, at most 500 characters; null: nothing.")
    required: bool | None = strawberry.field(default=UNSET, description=_REQUIRED)


@strawberry.input(description="What `archiveCustomField` takes.")
class ArchiveCustomFieldInput(VersionedInput):
    """See `usecases.custom_fields.change_custom_field.archive_custom_field`."""

    custom_field_id: strawberry.ID = strawberry.field(description=_ID)


@strawberry.input(description="What `unarchiveCustomField` takes.")
class UnarchiveCustomFieldInput(VersionedInput):
    """See `usecases.custom_fields.change_custom_field.unarchive_custom_field`."""

    custom_field_id: strawberry.ID = strawberry.field(description=_ID)


@strawberry.input(description="What `setCustomFieldOptions` takes.")
class SetCustomFieldOptionsInput(VersionedInput):
    """See `usecases.custom_fields.change_custom_field.SetOptions`."""

    custom_field_id: strawberry.ID = strawberry.field(description=_ID)
    options: list[CustomFieldOptionInput] = strawberry.field(description="All options that it shall offer, in their order; 1–100.")


CreateCustomFieldError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateCustomFieldError", description="Why a custom field was not created."),
]
UpdateCustomFieldError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UpdateCustomFieldError", description="Why a custom field was not updated."),
]
ArchiveCustomFieldError = Annotated[
    NotFound | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("ArchiveCustomFieldError", description="Why a custom field was not archived."),
]
UnarchiveCustomFieldError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UnarchiveCustomFieldError", description="Why a custom field was not taken into use again."),
]
SetCustomFieldOptionsError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("SetCustomFieldOptionsError", description="Why the options of a custom field were not set."),
]


@strawberry.type(description="What `createCustomField` answers.")
class CreateCustomFieldPayload(MutationPayload):
    """The custom field, or the refusals."""

    custom_field: CustomField | None = strawberry.field(default=None, description=_FIELD)
    errors: list[CreateCustomFieldError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateCustomField` answers.")
class UpdateCustomFieldPayload(MutationPayload):
    """The custom field, or the refusals."""

    custom_field: CustomField | None = strawberry.field(default=None, description=_FIELD)
    errors: list[UpdateCustomFieldError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `archiveCustomField` answers.")
class ArchiveCustomFieldPayload(MutationPayload):
    """The custom field, or the refusals."""

    custom_field: CustomField | None = strawberry.field(default=None, description=_FIELD)
    errors: list[ArchiveCustomFieldError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `unarchiveCustomField` answers.")
class UnarchiveCustomFieldPayload(MutationPayload):
    """The custom field, or the refusals."""

    custom_field: CustomField | None = strawberry.field(default=None, description=_FIELD)
    errors: list[UnarchiveCustomFieldError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `setCustomFieldOptions` answers.")
class SetCustomFieldOptionsPayload(MutationPayload):
    """The custom field, or the refusals."""

    custom_field: CustomField | None = strawberry.field(default=None, description=_FIELD)
    errors: list[SetCustomFieldOptionsError] = strawberry.field(description=_ERRORS)


async def create_custom_field(info: Info, input: CreateCustomFieldInput) -> CreateCustomFieldPayload:
    """Define a custom field."""
    request = creating.CreateCustomField(
        key=input.key,
        type=input.type,
        settings=CustomFieldSettings(label=input.label, description=input.description, required=input.required),
        options=_pairs(input.options),
    )
    return await run(info, CreateCustomFieldPayload, input, lambda call: creating.create_custom_field(call, request), result="custom_field")


async def update_custom_field(info: Info, input: UpdateCustomFieldInput) -> UpdateCustomFieldPayload:
    """Update a custom field."""
    given: dict[str, Any] = {name: value for name in ("label", "description", "required") if (value := getattr(input, name)) is not UNSET}
    request = changing.UpdateCustomField(
        field_id=decode_kind("CustomField", input.custom_field_id),
        settings=CustomFieldSettings(**given),
        expected_version=input.expected_version,
    )
    return await run(info, UpdateCustomFieldPayload, input, lambda call: changing.update_custom_field(call, request), result="custom_field")


async def archive_custom_field(info: Info, input: ArchiveCustomFieldInput) -> ArchiveCustomFieldPayload:
    """Archive a custom field."""

    async def act(call: Call) -> Any:
        return await changing.archive_custom_field(call, decode_kind("CustomField", input.custom_field_id), input.expected_version)

    return await run(info, ArchiveCustomFieldPayload, input, act, result="custom_field")


async def unarchive_custom_field(info: Info, input: UnarchiveCustomFieldInput) -> UnarchiveCustomFieldPayload:
    """Take a custom field into use again."""

    async def act(call: Call) -> Any:
        return await changing.unarchive_custom_field(call, decode_kind("CustomField", input.custom_field_id), input.expected_version)

    return await run(info, UnarchiveCustomFieldPayload, input, act, result="custom_field")


async def set_custom_field_options(info: Info, input: SetCustomFieldOptionsInput) -> SetCustomFieldOptionsPayload:
    """Set the options of a custom field."""
    request = changing.SetOptions(
        field_id=decode_kind("CustomField", input.custom_field_id), options=_pairs(input.options), expected_version=input.expected_version
    )

    async def act(call: Call) -> Any:
        return await changing.set_custom_field_options(call, request)

    return await run(info, SetCustomFieldOptionsPayload, input, act, result="custom_field")


@strawberry.type
class CustomFieldMutations:
    """The part of `Mutation` that is about custom fields."""

    create_custom_field = strawberry.mutation(
        resolver=create_custom_field, description="Define a field for the workspace's leads; at most 50 are in use at a time."
    )
    update_custom_field = strawberry.mutation(
        resolver=update_custom_field, description="Change what a custom field is called, and whether new leads need it."
    )
    archive_custom_field = strawberry.mutation(
        resolver=archive_custom_field,
        description="Take a custom field out of use. What leads hold in it stays, and can still be filtered by.",
    )
    unarchive_custom_field = strawberry.mutation(
        resolver=unarchive_custom_field, description="Take an archived custom field into use again."
    )
    set_custom_field_options = strawberry.mutation(
        resolver=set_custom_field_options,
        description=(
            "Say which options a custom field offers, in their order: new keys are added, labels and places changed. "
            "An option that is left out is deleted, or archived if a lead has it."
        ),
    )
