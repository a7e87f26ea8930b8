"""Which variables the messages of a workspace may use, and their values for leads: those of all workspaces, and its custom fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.custom_fields import CHOOSES, CustomFieldType, LeadCustomValue
from domain.message_variables import CUSTOM, PREVIEWED_UNSUBSCRIBE_URL, VARIABLES, MessageVariable, Recipient, Value, VariableKind
from persistence.custom_fields import custom_fields_in_use
from persistence.custom_values import chosen_options, custom_values_by_lead
from persistence.database import Reading
from persistence.leads import lead_by_id
from persistence.people import agent_by_id
from persistence.workspaces import workspace_by_id

_KINDS = {
    CustomFieldType.NUMBER: VariableKind.NUMBER,
    CustomFieldType.DATE: VariableKind.DATE,
    CustomFieldType.BOOLEAN: VariableKind.BOOLEAN,
}


async def known_variables(db: Reading) -> tuple[MessageVariable, ...]:
    """List the variables, in the order in which they are shown."""
    custom = [
        MessageVariable(f"{CUSTOM}{field.key}", _KINDS.get(field.type, VariableKind.TEXT), f"The custom field “{field.label}”.")
        for field in await custom_fields_in_use(db)
    ]
    return (*VARIABLES, *custom)


async def variables_of_workspace(db: Reading, keys: Sequence[str]) -> Mapping[str, Sequence[MessageVariable]]:
    """Answer the variables to whoever loads in batches; the workspace is the viewer's."""
    variables = await known_variables(db)
    return {key: list(variables) for key in keys}


async def recipients(db: Reading, lead_ids: Sequence[UUID]) -> Mapping[UUID, Recipient]:
    """Read what messages may say about leads, as far as the viewer may see them."""
    leads = await lead_by_id(db, lead_ids)
    owners = await agent_by_id(db, sorted({lead.owner_id for lead in leads.values() if lead.owner_id is not None}))
    workspace = (await workspace_by_id(db, [db.scope.workspace_id]))[db.scope.workspace_id]
    held = await custom_values_by_lead(db, list(leads))
    labels = await _labels(db, [value for values in held.values() for value in values])
    return {
        id: Recipient(
            lead=lead,
            owner=owners.get(lead.owner_id) if lead.owner_id else None,
            workspace=workspace,
            custom={value.key: _shown(value, labels) for value in held.get(id, ())},
            unsubscribe_url=PREVIEWED_UNSUBSCRIBE_URL,
        )
        for id, lead in leads.items()
    }


async def _labels(db: Reading, values: Sequence[LeadCustomValue]) -> Mapping[tuple[UUID, tuple[str, ...]], str]:
    """Write what was chosen in words; the keys of options are for programs."""
    choices = sorted({(value.field_id, value.chosen) for value in values if value.type in CHOOSES})
    options = await chosen_options(db, choices)
    return {choice: ", ".join(option.label for option in chosen) for choice, chosen in options.items()}


def _shown(value: LeadCustomValue, labels: Mapping[tuple[UUID, tuple[str, ...]], str]) -> Value:
    if value.type in CHOOSES:
        return labels[value.field_id, value.chosen]
    return None if isinstance(value.value, tuple) else value.value
