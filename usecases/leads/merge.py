"""Merge leads: two that are one person become one, and nothing that is known of either is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from domain.enrollments import Enrollment, EnrollmentChange, EnrollmentChangeKind, EnrollmentState, ExitReason
from domain.events import EventType
from domain.lead_labels import MAX_REFERENCES, MAX_TAGS
from domain.leads import Lead
from domain.merging import Decision, Kept, LeadMerge, MergeField, SameLead, Survivorship, checked_choices, merged
from domain.refusals import Refusal, Refused, ValidationFailed
from domain.scoring import ScoreCause
from domain.status import CLOSED, Move
from persistence import leads, merges, tags
from persistence.counted_facts import counted_facts_by_lead
from persistence.enrollments import live_enrollments_by_lead
from persistence.merging import Merging, carry_out, close_stay, end_enrollments, keep, snapshot, watched_rows
from usecases.answers import Several
from usecases.assignment.giving import hand_over
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.leads.profiles import plain
from usecases.leads.status_moves import make_move
from usecases.pipelines.set_deal import write_deal
from usecases.verbs import Work, new_id, verb

MERGED = "Merged with another lead"
BY_MERGE = "MERGE"
_DEAL = ("deal_value", "deal_currency", "deal_probability", "expected_close_date")
_STAGE = ("pipeline_id", "stage_id", "stage_entered_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLeads:
    """What is asked: the survivor takes the loser in. `choices` say whose value a field shall have; others follow the defaults."""

    survivor_id: UUID
    loser_id: UUID
    choices: tuple[tuple[MergeField, Survivorship], ...] = ()
    expected_version: int | None = None


@verb
async def merge_leads(work: Work, request: MergeLeads) -> Several:
    """Merge one lead into another; answers `lead` and `merge`. Raises Refused: NotFound, SameLead, VersionConflict, ValidationFailed.

    The loser's rows become the survivor's, its id leads to the survivor from now on, and what that overwrites is kept for an unmerge.
    """
    rules, refusals = checked_choices(request.choices, "fields")
    edits = LeadEdits(work)
    loaded = await edits.load([request.survivor_id, request.loser_id])
    survivor = checked(loaded, request.survivor_id, request.expected_version, "survivor_id")
    loser = checked(loaded, request.loser_id, None, "loser_id")
    if isinstance(survivor, Refusal) or isinstance(loser, Refusal):
        raise Refused([each for each in (survivor, loser) if isinstance(each, Refusal)] + refusals)
    if survivor is loser:
        same = SameLead(message="Both ids are those of one lead.", path=("loser_id",), lead_id=survivor.lead.id)
        raise Refused([same, *refusals])
    changes, decisions, problems = merged(survivor.lead, loser.lead, rules, "fields")
    refusals += [*problems, *await _too_many(work, survivor.lead.id, loser.lead.id)]
    if refusals:
        raise Refused(refusals)
    merge_id = new_id()
    merging = Merging(work.tx, survivor.lead.id, loser.lead.id, work.at, work.actor.kind, work.actor.id)
    before = await snapshot(merging)
    await _leave_one_stay(merging, survivor.lead, loser.lead, decisions)
    ended, live = await _leave_one_enrollment(work, merging, survivor.lead, changes)
    await carry_out(merging)
    watched = await watched_rows(merging)
    _change(work, survivor, changes | await _facts(work, survivor.lead, loser.lead))
    survivor.change(live_enrollments=live)
    for enrollment in ended:
        _tell_of_exit(work, survivor, enrollment)
    told = told_changes(survivor.before, changes)
    survivor.because(ScoreCause.MERGE, merge_id)
    survivor.tell(EventType.LEAD_MERGED, {"merge_id": str(merge_id), "loser_id": str(loser.lead.id), **told}, merge_id)
    loser.change(deleted_at=work.at, merged_into_id=survivor.lead.id)
    loser.tell(EventType.LEAD_MERGED, {"merge_id": str(merge_id), "survivor_id": str(survivor.lead.id)}, merge_id)
    merge = _record(work, merge_id, merging, decisions)
    await merges.add_lead_merges(work.tx, [merge])
    saved = await edits.save()
    await keep(merging, merge_id, before, watched, survivor.entries)
    return Several({"lead": saved[survivor.lead.id], "merge": merge})


async def _too_many(work: Work, survivor_id: UUID, loser_id: UUID) -> Sequence[Refusal]:
    """Bound what a lead has of references and tags, as for any other lead."""
    references = await leads.references_by_lead(work.tx, [survivor_id, loser_id])
    labels = await tags.tags_by_lead(work.tx, [survivor_id, loser_id])
    counts = (
        ("references", sum(len(some) for some in references.values()), MAX_REFERENCES),
        ("tags", len({tag.id for some in labels.values() for tag in some}), MAX_TAGS),
    )
    return [
        ValidationFailed(message=f"Together they have {count} {name}; a lead has at most {most}.", path=("loser_id",))
        for name, count, most in counts
        if count > most
    ]


async def _leave_one_stay(merging: Merging, survivor: Lead, loser: Lead, decisions: Sequence[Decision]) -> None:
    """End the stay in a stage of the lead whose stage is not kept."""
    kept = next((each.kept for each in decisions if each.field is MergeField.STAGE), Kept.SURVIVOR)
    await close_stay(merging, survivor.id if kept is Kept.LOSER else loser.id)


async def _leave_one_enrollment(
    work: Work, merging: Merging, survivor: Lead, changes: Mapping[str, Any]
) -> tuple[Sequence[Enrollment], int]:
    """End what the loser is enrolled in where the survivor is too, or where the lead is closed; return it, and how many go on."""
    live = await live_enrollments_by_lead(work.tx, sorted((merging.survivor, merging.loser)))
    ours, theirs = live.get(merging.survivor, ()), live.get(merging.loser, ())
    closed = changes.get("status", survivor.status) in CLOSED
    sequences = {enrollment.sequence_id for enrollment in ours}
    ends = [enrollment for enrollment in theirs if closed or enrollment.sequence_id in sequences]
    await end_enrollments(merging, [enrollment.id for enrollment in ends])
    return ends, len(ours) + len(theirs) - len(ends)


def _tell_of_exit(work: Work, edit: LeadEdit, enrollment: Enrollment) -> None:
    kind, reason = EnrollmentChangeKind.EXITED, ExitReason.LEAD_MERGED
    edit.enter(
        EnrollmentChange(
            id=new_id(),
            enrollment_id=enrollment.id,
            lead_id=edit.lead.id,
            sequence_id=enrollment.sequence_id,
            kind=kind,
            at=work.at,
            exit_reason=reason,
            reason=MERGED,
            actor_kind=work.actor.kind,
            actor_id=work.actor.id,
        )
    )
    facts = {"enrollment_id": str(enrollment.id), "sequence_id": str(enrollment.sequence_id), "reason": MERGED}
    changes = {"state": [enrollment.state, EnrollmentState.EXITED], "exit_reason": reason}
    edit.tell(EventType.ENROLLMENT_EXITED, {**facts, **changes}, enrollment.id)


async def _facts(work: Work, survivor: Lead, loser: Lead) -> dict[str, Any]:
    """Count the facts of both. Instants that only inform may be known from an import alone: then they are the earlier or later one."""
    facts = asdict((await counted_facts_by_lead(work.tx, [survivor.id]))[survivor.id])
    for name, choose in (("first_contacted_at", min), ("last_contacted_at", max), ("last_activity_at", max)):
        known = [at for at in (facts[name], getattr(survivor, name), getattr(loser, name)) if at is not None]
        facts[name] = choose(known, default=None)
    return facts


def _change(work: Work, edit: LeadEdit, changes: Mapping[str, Any]) -> None:
    """Make the changes on the survivor, each with the history entry and the event that such a change has."""
    lead = edit.lead
    if "status" in changes:
        make_move(work, edit, Move(lead.status, changes["status"], forced=False), MERGED)
    if "owner_id" in changes:
        hand_over(work, edit, changes["owner_id"], BY_MERGE, MERGED)
    if changes.keys() & set(_STAGE):
        ids = {name: [_text(getattr(lead, name)), _text(changes.get(name, getattr(lead, name)))] for name in ("stage_id", "pipeline_id")}
        edit.tell(EventType.LEAD_STAGE_CHANGED, {**ids, "reason": MERGED})
    write_deal(work, edit, {name: changes[name] for name in _DEAL if name in changes})
    # Since when is the loser's to say, where its status or owner is kept: the entries above say when the survivor got it.
    edit.change(**changes)


def _text(id: UUID | None) -> str | None:
    return None if id is None else str(id)


def told_changes(before: Lead, changes: Mapping[str, Any]) -> dict[str, object]:
    """Write the survivor's changes as an event tells them: field → [old, new]."""
    return {name: [_plain(getattr(before, name)), _plain(value)] for name, value in changes.items()}


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else plain(value)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] -- dates and instants


def _record(work: Work, merge_id: UUID, merging: Merging, decisions: Sequence[Decision]) -> LeadMerge:
    return LeadMerge(
        id=merge_id,
        lead_id=merging.survivor,
        survivor_id=merging.survivor,
        loser_id=merging.loser,
        at=work.at,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
        decisions=[{"field": each.field, "rule": each.rule, "kept": each.kept} for each in decisions],
        moved=[
            {"relation": name, "moved": merging.moved.get(name, 0), "settled": merging.settled.get(name, 0)}
            for name in sorted(merging.moved.keys() | merging.settled.keys())
        ],
        unmerged_at=None,
        unmerged_by_kind=None,
        unmerged_by_id=None,
    )
