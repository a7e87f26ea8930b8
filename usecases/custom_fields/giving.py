"""Values of custom fields on leads: what a request gives is checked, what differs is told and written beside the lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.custom_fields import CustomValue, Definition, Given, checked_given, missing_required, plain_value
from domain.refusals import Refusal
from persistence.custom_fields import definitions
from persistence.custom_values import Change, custom_values_by_lead, custom_values_of_fields
from usecases.verbs import Work

EVENT_PREFIX = "custom."


@dataclass(frozen=True, slots=True)
class CustomChanges:
    """What one lead holds from now on, by the fields' ids, and how an event tells it: `custom.<key>` → [old, new]."""

    values: Mapping[UUID, CustomValue | None]
    told: Mapping[str, object]

    def of(self, lead_id: UUID) -> Sequence[Change]:
        """Name the lead."""
        return [(lead_id, field_id, value) for field_id, value in self.values.items()]


NO_CHANGES = CustomChanges({}, {})


async def definitions_for_new(work: Work, requests: Iterable[Given]) -> Mapping[str, Definition]:
    """Read the definitions that new leads name or need."""
    return await definitions(work.tx, [key for given in requests for key, _ in given], and_required=True)


def given_to_new(given: Given, known: Mapping[str, Definition]) -> tuple[CustomChanges, list[Refusal]]:
    """Check what a new lead is given; required fields must be among it."""
    values, refusals = checked_given(given, known, {})
    if not refusals:
        refusals = missing_required(known, values)
    held = {field_id: value for field_id, value in values.items() if value is not None}
    return CustomChanges(held, _told(known, {}, held)), refusals


async def given_to_lead(work: Work, lead_id: UUID | None, given: Given | None) -> tuple[CustomChanges, list[Refusal]]:
    """Check what a lead that is there is given, and find what differs. `given` None clears every field in use.

    `lead_id` None: nobody knows the lead, and only the problems matter. The lead must have been locked.
    """
    if given is None:
        held = (await custom_values_by_lead(work.tx, [lead_id])).get(lead_id, ()) if lead_id else ()
        given = tuple((each.key, None) for each in held)
    if not given:
        return NO_CHANGES, []
    known = await definitions(work.tx, [key for key, _ in given])
    ids = [each.field.id for each in known.values()]
    present: Mapping[UUID, CustomValue] = {}
    if lead_id is not None and ids:
        present = (await custom_values_of_fields(work.tx, [lead_id], ids)).get(lead_id, {})
    values, refusals = checked_given(given, known, present)
    return changed_values(known, present, values), refusals


def changed_values(
    known: Mapping[str, Definition], present: Mapping[UUID, CustomValue], values: Mapping[UUID, CustomValue | None]
) -> CustomChanges:
    """Keep the values that differ from those that the lead holds."""
    differing = {field_id: value for field_id, value in values.items() if present.get(field_id) != value}
    return CustomChanges(differing, _told(known, present, differing))


def _told(
    known: Mapping[str, Definition], present: Mapping[UUID, CustomValue], values: Mapping[UUID, CustomValue | None]
) -> Mapping[str, object]:
    keys = {definition.field.id: key for key, definition in known.items()}
    return {EVENT_PREFIX + keys[field_id]: [plain_value(present.get(field_id)), plain_value(value)] for field_id, value in values.items()}
