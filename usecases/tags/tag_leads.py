"""Put tags on leads and take them off, by name."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.lead_labels import checked_tag_names
from domain.refusals import Refusal, Refused, ValidationFailed
from persistence import tags
from usecases.answers import RowOutcome
from usecases.bulk import ErrorPolicy, Targets, settle_rows, target_ids
from usecases.leads.editing import LeadEdits, checked
from usecases.tags.naming import add_tags, may_name, remove_tags, tags_named
from usecases.verbs import Work, verb


@verb
async def tag_leads(work: Work, targets: Targets, names: Sequence[str], policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Put tags on leads, making those that no tag is named like yet; a lead that carries them all already is left alone."""
    clean, problems = _checked(names)
    ids = await target_ids(work, targets, problems)
    known = await tags.tag_by_name(work.tx, clean)
    refused = may_name(work, clean, known)
    if refused:
        raise Refused.because(refused)
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    labels = await tags_named(work, clean, known)
    present = await tags.tags_by_lead(work.tx, list(loaded))
    pairs: list[tuple[UUID, UUID]] = []
    refusals: dict[UUID, Sequence[Refusal]] = {}
    for id in dict.fromkeys(ids):
        edit = checked(loaded, id, None)
        added = edit if isinstance(edit, Refusal) else add_tags(edit, present.get(id, ()), [labels[name] for name in clean])
        refusals[id] = [added] if isinstance(added, Refusal) else ()
        pairs += () if isinstance(added, Refusal) else added
    outcome = await settle_rows(edits, targets, ids, [refusals[id] for id in ids], policy)
    await tags.attach_tags(work.tx, pairs, work.at)
    return outcome


@verb
async def untag_leads(work: Work, targets: Targets, names: Sequence[str], policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Take tags off leads; names that no tag has, and leads that do not carry them, are left alone."""
    clean, problems = _checked(names)
    ids = await target_ids(work, targets, problems)
    unwanted = list((await tags.tag_by_name(work.tx, clean)).values())
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    present = await tags.tags_by_lead(work.tx, list(loaded))
    for id, edit in loaded.items():
        remove_tags(edit, present.get(id, ()), unwanted)
    refusals = [[edit] if isinstance(edit := checked(loaded, id, None), Refusal) else () for id in ids]
    outcome = await settle_rows(edits, targets, ids, refusals, policy)
    await tags.detach_tags(work.tx, list(loaded), [tag.id for tag in unwanted])
    return outcome


def _checked(names: Sequence[str]) -> tuple[tuple[str, ...], list[Refusal]]:
    clean, refusals = checked_tag_names(names, "tags")
    if not names:
        refusals.append(ValidationFailed(message="At least one tag.", path=("tags",)))
    return clean, refusals
