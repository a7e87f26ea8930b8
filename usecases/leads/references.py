"""The ids by which other systems know a lead: a lead gets more of them, and none that another one has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.lead_labels import MAX_REFERENCES
from domain.leads import DuplicateLead
from domain.refusals import Refused, ValidationFailed
from persistence import leads
from usecases.leads.creating import taken_reference
from usecases.leads.editing import LeadEdit
from usecases.leads.profiles import named
from usecases.verbs import Work


def taken_references(
    owners: Mapping[tuple[str, str], UUID], references: Sequence[tuple[str, str]], lead_id: UUID | None
) -> list[DuplicateLead]:
    """Refuse the references that another lead has. They must be locked."""
    return [
        taken_reference(owners[reference], "external_references", str(index))
        for index, reference in enumerate(references)
        if owners.get(reference, lead_id) != lead_id
    ]


async def missing_references(
    work: Work, edit: LeadEdit, references: Sequence[tuple[str, str]], told: dict[str, object]
) -> Sequence[tuple[str, str]]:
    """Find the references that the lead does not have yet, and tell of them. Raises Refused for too many."""
    present = [(each.system, each.external_id) for each in (await leads.references_by_lead(work.tx, [edit.lead.id])).get(edit.lead.id, ())]
    missing = [reference for reference in references if reference not in present]
    if len(present) + len(missing) > MAX_REFERENCES:
        raise Refused.because(ValidationFailed(message=f"A lead has at most {MAX_REFERENCES} references.", path=("external_references",)))
    if missing:
        edit.change_beside()
        told["external_references"] = [named(present), named([*present, *missing])]
    return missing
