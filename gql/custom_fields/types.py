"""Custom fields, their options, and what leads hold in them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import custom_fields as domain
from gql.custom_fields.enums import CustomFieldType
from gql.edges import to_many, to_one
from gql.leads.arguments import lead_pages
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.workspaces.edges import own_workspace
from persistence.custom_fields import custom_field_by_id, options_by_field
from persistence.custom_values import chosen_options
from persistence.lead_lists import leads_by_custom_field

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.workspaces.types import Workspace


@strawberry.type(description="One of the choices of a custom field.")
class CustomFieldOption:
    """See `domain.custom_fields.CustomFieldOption`."""

    key: str = plain("Names the option in inputs and filters; it never changes.")
    label: str = plain("What people read.")
    archived_at: datetime | None = plain("Since when it is offered no more; leads that have it keep it.")
    field: CustomField | None = to_one("The field.", key=lambda option: option.field_id, batch=custom_field_by_id)


@strawberry.type(description="A field that the workspace defined for its leads.")
class CustomField(Node):
    """See `domain.custom_fields.CustomField`."""

    id: strawberry.ID = node_id("CustomField")
    version: int = plain("Counts the changes, those of the options too; `expectedVersion` compares with it.")
    key: str = plain("Names the field in inputs, filters, orders, imports and events; unique, and it never changes.")
    label: str = plain("What people read.")
    description: str | None = plain("What the field is for.")
    type: CustomFieldType = plain("What it holds.")
    required: bool = plain("Whether every new lead needs a value. Leads that were there before may lack one.")
    options: list[CustomFieldOption] = to_many(
        "The choices in their order, archived ones last; none for a field that offers no choice.", batch=options_by_field
    )
    archived_at: datetime | None = plain("Since when it takes no new values; null while it is in use.")
    created_at: datetime = plain("When it was defined.")
    updated_at: datetime = plain("When it was last changed.")
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads that hold something in it, as far as the viewer may see them.", leads_by_custom_field
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.CustomField)


@strawberry.type(description="What a lead holds in one custom field: the member for the field's type has it, the others are empty.")
class CustomFieldValue:
    """See `domain.custom_fields.LeadCustomValue`."""

    key: str = plain("The field's key.")
    field: CustomField | None = to_one("The field.", key=lambda value: value.field_id, batch=custom_field_by_id)
    text: str | None = plain("The value of a TEXT.")
    number: Decimal | None = plain("The value of a NUMBER.")
    date: date | None = computed("The value of a DATE.", lambda value: value.day)
    boolean: bool | None = computed("The value of a BOOLEAN.", lambda value: value.flag)
    options: list[CustomFieldOption] = to_many(
        "The choice of a SELECT, or those of a MULTI_SELECT.", key=lambda value: (value.field_id, value.chosen), batch=chosen_options
    )


NODE_BATCHES["CustomField"] = custom_field_by_id
