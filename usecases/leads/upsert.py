"""Create or update the lead that another system knows by a reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.access import Permission
from domain.custom_fields import Given
from domain.events import EventType
from domain.lead_labels import checked_reference, checked_references, checked_tag_names
from domain.leads import DuplicateLead, LeadSource, ProfileFields, Tag, Touch
from domain.refusals import NotAllowed, Refusal, Refused
from persistence import leads, tags
from persistence.custom_values import save_custom_values
from persistence.workspaces import own_workspace, own_workspace_for_key_share
from usecases.answers import Several
from usecases.custom_fields.giving import given_to_lead
from usecases.leads.addresses import address_in, address_problems
from usecases.leads.creating import NewLead, drafted, lock_identities, refer, taken_reference, write
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.leads.profiles import new_references, revise, revised
from usecases.leads.references import missing_references, taken_references
from usecases.leads.restore import bring_back
from usecases.tags.naming import add_tags, may_name, tags_named
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertLead:
    """What is asked. `profile` writes as in an update; `references` and `tags` are added to those there are."""

    reference: tuple[str, str]
    profile: ProfileFields
    touch: Touch | None = None
    references: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    custom_fields: Given | None = ()
    allow_duplicate: bool = False
    restore_deleted: bool = False


@verb
async def upsert_lead(work: Work, request: UpsertLead) -> Several:
    """Create or update a lead; returns `lead` and whether it was `created`.

    A deleted lead keeps its reference: somebody decided against it, so it is refused as a duplicate unless the caller asks to restore it.
    Raises Refused: ValidationFailed, DuplicateLead, NotAllowed.
    """
    reference, refusals = checked_reference(*request.reference, "reference")
    others, problems = checked_references(request.references, "external_references")
    references = tuple(dict.fromkeys((reference, *others)))
    await lock_identities(work, [references], [address_in(request.profile)])
    owners = await leads.lead_id_by_reference(work.tx, references)
    lead_id = owners.get(reference)
    if lead_id is None:
        return await _create(work, request, references, refusals)
    refusals += problems
    refusals += taken_references(owners, others, lead_id)
    return await _update(work, request, lead_id, references, refusals)


async def _create(work: Work, request: UpsertLead, references: tuple[tuple[str, str], ...], refusals: list[Refusal]) -> Several:
    new = NewLead(
        profile=request.profile,
        touch=request.touch or Touch(source=LeadSource.API, at=work.at),
        references=request.references,
        tags=request.tags,
        custom_fields=request.custom_fields or (),
        allow_duplicate=request.allow_duplicate,
    )
    workspace = await own_workspace_for_key_share(work.tx)
    [draft] = await drafted(work, workspace, [new])
    if refusals or draft.refusals:
        raise Refused([*refusals, *draft.refusals])
    draft.references = references
    return Several({"lead": (await write(work, workspace, [draft]))[draft.lead.id], "created": True})


async def _update(
    work: Work, request: UpsertLead, lead_id: UUID, references: tuple[tuple[str, str], ...], refusals: list[Refusal]
) -> Several:
    edits = LeadEdits(work)
    edit = (await edits.load([lead_id], even_deleted=True)).get(lead_id)
    country = (await own_workspace(work.tx)).country
    changes, problems = revised(edit.lead if edit else None, request.profile, request.touch, country, work.at)
    refusals += problems
    refusals += await address_problems(work, edit.lead if edit else None, changes, allow_duplicate=request.allow_duplicate)
    custom, problems = await given_to_lead(work, edit.lead.id if edit else None, request.custom_fields)
    refusals += problems
    names, problems = checked_tag_names(request.tags, "tags")
    refusals += problems
    known = await tags.tag_by_name(work.tx, names)
    refusals += [refused for refused in (may_name(work, names, known), _untouchable(work, edit, lead_id, request)) if refused]
    if edit is None or refusals:
        raise Refused(refusals)
    bring_back(edit)
    told = {**revise(edit, changes), **custom.told}
    if custom.values:
        edit.change_beside()
    missing = await missing_references(work, edit, references, told) if len(references) > 1 else ()
    if told:
        edit.tell(EventType.LEAD_UPDATED, told)
    pairs = await _tag(work, edit, names, known)
    saved = (await edits.save())[lead_id]
    await refer(work, new_references(lead_id, missing, work.at))
    await tags.attach_tags(work.tx, pairs, work.at)
    await save_custom_values(work.tx, custom.of(lead_id))
    return Several({"lead": saved, "created": False})


def _untouchable(work: Work, edit: LeadEdit | None, lead_id: UUID, request: UpsertLead) -> DuplicateLead | NotAllowed | None:
    """Refuse a lead that the viewer does not see, and a deleted one that is not to be, or may not be, restored."""
    if edit is None:
        return taken_reference(lead_id, "reference")
    if edit.lead.deleted_at is None:
        return None
    if not request.restore_deleted:
        return DuplicateLead(
            message="The lead with this reference was deleted; restoreDeleted brings it back.",
            path=("reference",),
            existing_id=lead_id,
            matched_on="reference",
        )
    if not work.viewer.may(Permission.DELETE_LEADS):
        return NotAllowed(message="The key does not allow restoring leads.", path=("restore_deleted",))
    return None


async def _tag(work: Work, edit: LeadEdit, names: Sequence[str], known: Mapping[str, Tag]) -> Sequence[tuple[UUID, UUID]]:
    """Put the tags on the lead that it does not carry yet."""
    if not names:
        return ()
    labels = await tags_named(work, names, known)
    present = (await tags.tags_by_lead(work.tx, [edit.lead.id])).get(edit.lead.id, ())
    added = add_tags(edit, present, [labels[name] for name in names])
    if isinstance(added, Refusal):
        raise Refused.because(added)
    return added
