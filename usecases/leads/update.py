"""Update a lead: the fields that are named, what brought it back, and by which ids other systems know it besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.custom_fields import Given
from domain.events import EventType
from domain.lead_labels import checked_references
from domain.leads import Lead, ProfileFields, Touch
from domain.refusals import Refusal, Refused
from persistence import leads
from persistence.custom_values import save_custom_values
from persistence.workspaces import own_workspace
from usecases.custom_fields.giving import given_to_lead
from usecases.leads.addresses import address_in, address_problems
from usecases.leads.creating import lock_identities, refer
from usecases.leads.editing import LeadEdits, checked
from usecases.leads.profiles import new_references, revise, revised
from usecases.leads.references import missing_references, taken_references
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateLead:
    """What is asked: in `profile`, a field that is absent is left alone and None clears it; `touch` becomes the last touch.

    `references` are added to those there are. `custom_fields` None clears all custom fields. `allow_duplicate` admits an e-mail address
    that another lead has.
    """

    lead_id: UUID
    profile: ProfileFields
    touch: Touch | None = None
    references: tuple[tuple[str, str], ...] = ()
    custom_fields: Given | None = ()
    allow_duplicate: bool = False
    expected_version: int | None = None


@verb
async def update_lead(work: Work, request: UpdateLead) -> Lead:
    """Change a lead's own fields; what is the same already changes nothing.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, and DuplicateLead for an address or a reference that another lead has.
    """
    references, wrong = checked_references(request.references, "external_references")
    await lock_identities(work, [references], [address_in(request.profile)])
    owners: Mapping[tuple[str, str], UUID] = await leads.lead_id_by_reference(work.tx, references) if references else {}
    country = (await own_workspace(work.tx)).country
    edits = LeadEdits(work)
    found = checked(await edits.load([request.lead_id]), request.lead_id, request.expected_version)
    lead = None if isinstance(found, Refusal) else found.lead
    changes, refusals = revised(lead, request.profile, request.touch, country, work.at)
    custom, problems = await given_to_lead(work, lead.id if lead else None, request.custom_fields)
    refusals += problems
    refusals += await address_problems(work, lead, changes, allow_duplicate=request.allow_duplicate)
    refusals += [*wrong, *(taken_references(owners, references, lead.id) if lead else ())]
    if isinstance(found, Refusal):
        raise Refused([found, *refusals])
    if refusals:
        raise Refused(refusals)
    told = {**revise(found, changes), **custom.told}
    if custom.values:
        found.change_beside()
    missing = await missing_references(work, found, references, told) if references else ()
    if told:
        found.tell(EventType.LEAD_UPDATED, told)
    saved = (await edits.save())[request.lead_id]
    if missing:
        await refer(work, new_references(saved.id, missing, work.at))
    await save_custom_values(work.tx, custom.of(saved.id))
    return saved
