"""What leads hold in custom fields, as fields of `Lead`."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from gql.context import Info
from gql.custom_fields.types import CustomFieldValue
from gql.edges import to_many
from persistence.custom_values import custom_value_by_lead_and_key, custom_values_by_lead


def _custom_field(
    root: Any, info: Info, key: Annotated[str, strawberry.argument(description="The field's key, such as `plan`.")]
) -> CustomFieldValue | None:
    return info.context.loaders.load(custom_value_by_lead_and_key, (root.id, key))  # pyright: ignore[reportReturnType] -- a future of it


@strawberry.type
class CustomFieldsOfLead:
    """The part of `Lead` that the workspace defined."""

    custom_fields: list[CustomFieldValue] = to_many(
        "Its values in the custom fields in use, by the fields' labels; fields without a value are left out.", batch=custom_values_by_lead
    )
    custom_field: CustomFieldValue | None = strawberry.field(
        resolver=_custom_field, description="Its value in one custom field, archived or not; null when it has none."
    )
