"""Leads about to be created: checked, compared with the leads there are, and written, with one statement a step however many they are.

A reference belongs to one lead of the workspace. An e-mail address should, unless the caller allows a duplicate; so both are locked by
name before anybody looks whether they are taken, and of two requests at once the second sees what the first did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.assignment import BY_HAND
from domain.contact_points import email_key
from domain.custom_fields import Definition, Given
from domain.events import EventType
from domain.lead_labels import checked_references, checked_tag_names
from domain.lead_profiles import checked_profile
from domain.leads import DuplicateLead, ExternalReference, Lead, ProfileFields, StatusChange, Tag, Touch
from domain.new_leads import new_lead
from domain.refusals import Refusal
from domain.touches import checked_touch
from domain.workspaces import Workspace
from persistence import leads, tags
from persistence.custom_values import add_custom_values
from persistence.failures import Deadlocked, UniqueViolation
from persistence.locks import lock_names
from usecases.assignment.giving import hand_over
from usecases.custom_fields.giving import CustomChanges, definitions_for_new, given_to_new
from usecases.leads.addresses import taken_email
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.leads.profiles import named, new_references, plain
from usecases.tags.naming import may_name, tags_named
from usecases.verbs import Work, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLead:
    """What is asked for one lead. `tags` are names; `allow_duplicate` admits an e-mail address that another lead has."""

    profile: ProfileFields
    touch: Touch
    references: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    custom_fields: Given = ()
    allow_duplicate: bool = False


@dataclass(slots=True)
class Draft:
    """A lead that is not written yet, with what is wrong with it."""

    lead: Lead
    references: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    custom: CustomChanges
    allow_duplicate: bool
    refusals: list[Refusal] = field(default_factory=list[Refusal])

    @property
    def email(self) -> str | None:
        """The key of the e-mail address, if there is one."""
        return email_key(self.lead.email) if self.lead.email else None


async def drafted(work: Work, workspace: Workspace, requests: Sequence[NewLead]) -> Sequence[Draft]:
    """Check new leads and find what they would duplicate, earlier ones of the same request included."""
    defined = await definitions_for_new(work, [request.custom_fields for request in requests])
    drafts = [_draft(work, request, workspace.country, defined) for request in requests]
    await lock_identities(work, (each.references for each in drafts), (each.email for each in drafts))
    await _find_duplicates(work, drafts)
    await _find_tags(work, drafts)
    return drafts


def _draft(work: Work, request: NewLead, country: str | None, defined: Mapping[str, Definition]) -> Draft:
    profile, refusals = checked_profile(request.profile, country=country)
    touch, problems = checked_touch(request.touch, work.at, "touch")
    refusals += problems
    references, problems = checked_references(request.references, "external_references")
    refusals += problems
    names, problems = checked_tag_names(request.tags, "tags")
    refusals += problems
    custom, problems = given_to_new(request.custom_fields, defined)
    refusals += problems
    return Draft(new_lead(new_id(), work.at, profile, touch), references, names, custom, request.allow_duplicate, refusals)


async def lock_identities(work: Work, references: Iterable[Sequence[tuple[str, str]]], emails: Iterable[str | None]) -> None:
    """Keep others from giving these references and addresses to a lead until this transaction ends."""
    names: set[tuple[str, ...]] = {("reference", *reference) for each in references for reference in each}
    await lock_names(work.tx, names | {("email", email) for email in emails if email})


async def _find_duplicates(work: Work, drafts: Sequence[Draft]) -> None:
    """Refuse the drafts whose reference or e-mail address a lead has, or an earlier draft that is not refused itself."""
    references = [reference for draft in drafts for reference in draft.references]
    emails = [draft.email for draft in drafts if draft.email]
    by_reference = dict(await leads.lead_id_by_reference(work.tx, references) if references else {})
    by_email = dict(await leads.lead_id_by_email(work.tx, emails) if emails else {})
    for draft in drafts:
        for index, reference in enumerate(draft.references):
            if reference in by_reference:
                draft.refusals.append(taken_reference(by_reference[reference], "external_references", str(index)))
        if draft.email in by_email and not draft.allow_duplicate:
            draft.refusals.append(taken_email(by_email[draft.email]))
        if not draft.refusals:
            by_reference.update(dict.fromkeys(draft.references, draft.lead.id))
            by_email.update({draft.email: draft.lead.id} if draft.email and draft.email not in by_email else {})


def taken_reference(lead_id: UUID, *path: str) -> DuplicateLead:
    """Build the refusal for a reference that another lead has."""
    return DuplicateLead(message="Another lead has this reference.", path=path, existing_id=lead_id, matched_on="reference")


async def _find_tags(work: Work, drafts: Sequence[Draft]) -> None:
    names = list(dict.fromkeys(name for draft in drafts for name in draft.tags))
    known = await tags.tag_by_name(work.tx, names)
    for draft in drafts:
        refused = may_name(work, draft.tags, known)
        draft.refusals += [refused] if refused else []


async def write(work: Work, kept: Workspace, drafts: Sequence[Draft]) -> Mapping[UUID, Lead]:
    """Write drafts that nothing is wrong with, and return the leads; nobody may change the workspace meanwhile.

    Raises Deadlocked when somebody took a reference without the lock.
    """
    names = list(dict.fromkeys(name for draft in drafts for name in draft.tags))
    labels = await tags_named(work, names, await tags.tag_by_name(work.tx, names))
    edits = LeadEdits(work, kept)
    for draft in drafts:
        _begin(work, edits.add(draft.lead), draft, [labels[name] for name in draft.tags])
    saved = await edits.save()
    await refer(work, [reference for draft in drafts for reference in new_references(draft.lead.id, draft.references, work.at)])
    await tags.attach_tags(work.tx, [(draft.lead.id, labels[name].id) for draft in drafts for name in draft.tags], work.at)
    await add_custom_values(work.tx, [change for draft in drafts for change in draft.custom.of(draft.lead.id)])
    return saved


async def refer(work: Work, references: Sequence[ExternalReference]) -> None:
    """Write references that were free when they were looked up. Raises Deadlocked when somebody took one without the lock."""
    try:
        await leads.add_references(work.tx, references)
    except UniqueViolation as error:
        # Imports write without the lock. The next attempt finds the lead that they made.
        raise Deadlocked(str(error)) from error


def _begin(work: Work, edit: LeadEdit, draft: Draft, labels: Sequence[Tag]) -> None:
    """Open the histories of a new lead."""
    lead = edit.lead
    edit.enter(
        StatusChange(
            id=new_id(),
            lead_id=lead.id,
            from_status=None,
            to_status=lead.status,
            reason=None,
            forced=False,
            actor_kind=work.actor.kind,
            actor_id=work.actor.id,
            at=work.at,
            seconds_in_previous=None,
        )
    )
    known = {name: getattr(lead, name) for name in ProfileFields.__annotations__}
    changes: dict[str, object] = {
        name: [None, plain(value)] for name, value in known.items() if value not in (None, ()) and value is not False
    }
    changes |= {"status": [None, lead.status], "source": [None, lead.source]}
    changes |= {"external_references": [[], named(draft.references)]} if draft.references else {}
    changes |= {"tags": [[], sorted(tag.name for tag in labels)]} if labels else {}
    changes |= draft.custom.told
    edit.tell(EventType.LEAD_CREATED, changes)
    visibility = work.viewer.visibility
    if visibility is not None and not visibility.pool:
        # Otherwise the lead would be gone from its creator's sight at once.
        hand_over(work, edit, visibility.agent_id, BY_HAND, None)
