"""Leads being changed inside one transaction: read under a lock, changed in memory, written at the end with all that follows.

A verb loads its leads, changes them through `LeadEdit`, adds history entries, and calls `save()` once. Saving derives the score and the
priority, counts the version, numbers the events and writes every kind of row with one statement, however many leads there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.activities import ContactChannel
from domain.events import Event, EventType
from domain.follow_ups import FollowUp
from domain.lead_copies import changed_lead, is_same_lead, scored_fields
from domain.leads import ARRIVING_FIELDS, PROMISE_FIELDS, CurrentScore, Lead, ScoreEntry
from domain.refusals import Refusal, VersionConflict, not_found
from domain.scoring import ConversationCall, ScoreCause
from domain.workspaces import Workspace
from persistence import contact_attempts, follow_ups, histories, leads
from persistence.optimistic import NeedsTransaction, Optimistic
from persistence.scoring_models import current_model, current_model_kept, model_of
from persistence.together import Together
from usecases.causes import cause_of
from usecases.consent.objections import Objection, lift_settled, settled_objections
from usecases.follow_ups.settling import settle as settle_follow_ups
from usecases.leads.rescoring import Rescored, rescored
from usecases.sequences.enrollment_edits import EnrollmentEdits
from usecases.verbs import Work, new_id

# What people and integrations decide; a change of any of these counts the version up, arriving facts do not.
_FACTS = frozenset((*ARRIVING_FIELDS, *PROMISE_FIELDS, "live_enrollments"))


class LeadEdit:
    """One lead under its lock: as it was read, as it shall be, and what to tell about it."""

    def __init__(self, lead: Lead, *, is_new: bool = False) -> None:
        self.before = lead
        self.lead = lead
        self.is_new = is_new
        # Written already, but new all the same to whoever waits for leads from its source.
        self.arrived = False
        self.versioned = False
        self.beside = False
        self.cause: ScoreCause | None = None
        self.cause_id: UUID | None = None
        self.told: list[tuple[EventType, Mapping[str, object], UUID | None]] = []
        self.entries: list[object] = []
        self.follow_ups: dict[UUID, FollowUp] = {}
        self.objection: Objection | None = None
        self.lifted: list[ContactChannel] = []

    def change(self, **fields: Any) -> None:
        """Set fields of the lead."""
        if fields.keys() - _FACTS:
            self.versioned = True
        self.lead = changed_lead(self.lead, **fields)

    def change_beside(self) -> None:
        """Count a change of what people decide about the lead but what is not one of its fields, such as its tags."""
        self.versioned = self.beside = True

    def tell(self, type: EventType, changes: Mapping[str, object], cause_id: UUID | None = None) -> None:
        """Record an event of the lead; it is numbered when the edit is saved."""
        self.told.append((type, changes, cause_id))

    def enter(self, entry: object) -> None:
        """Add an entry to one of the lead's histories."""
        self.entries.append(entry)

    def follow_up(self, follow_up: FollowUp) -> None:
        """Have a follow-up of the lead written, a new one or one that was changed."""
        self.follow_ups[follow_up.id] = follow_up

    def because(self, cause: ScoreCause, cause_id: UUID | None = None) -> None:
        """Name what a change of the score will be put down to; the first cause named stays.

        It also has the score looked at when no field of the lead changed: a call, say, is a fact that the lead does not carry.
        """
        if self.cause is None:
            self.cause, self.cause_id = cause, cause_id


class LeadEdits:
    """The leads that one verb changes. `kept` is the workspace where the verb has read it, and nobody may change it meanwhile."""

    def __init__(self, work: Work, kept: Workspace | None = None) -> None:
        self._work = work
        self._kept = kept
        self._edits: dict[UUID, LeadEdit] = {}
        self.enrollments = EnrollmentEdits(work)

    async def load(self, ids: Iterable[UUID], *, even_deleted: bool = False, triggering: bool = False) -> Mapping[UUID, LeadEdit]:
        """Read and lock leads; those that are unknown, deleted or out of sight are simply not in the answer.

        `triggering` says that the verb does what triggers wait for: they are read together with a single lead.
        """
        wanted = sorted(set(ids))
        if triggering and len(wanted) == 1:
            lead, triggered = await leads.one_lead_for_update(self._work.tx, wanted[0])
            if lead is not None and lead.live_enrollments and isinstance(self._work.tx, Optimistic):
                # They are looked at when the lead is saved: better now than after all has been decided.
                raise NeedsTransaction
            found = {} if lead is None else {lead.id: lead}
            self.enrollments.know(triggered)
        else:
            found = await leads.lead_for_update(self._work.tx, wanted)
        for id, lead in found.items():
            if even_deleted or lead.deleted_at is None:
                self._edits.setdefault(id, LeadEdit(lead))
        return self._edits

    def take(self, lead: Lead) -> LeadEdit:
        """Take in a lead that is locked already."""
        edit = self._edits[lead.id] = LeadEdit(lead)
        return edit

    def add(self, lead: Lead) -> LeadEdit:
        """Take in a lead that is being created."""
        edit = self._edits[lead.id] = LeadEdit(lead, is_new=True)
        return edit

    def drop(self, edit: LeadEdit) -> None:
        """Leave a lead as it was read."""
        self._edits.pop(edit.lead.id, None)

    async def save(self, *, rescore_all: bool = False, restoring: bool = False) -> Mapping[UUID, Lead]:
        """Write every changed lead and what follows from the change, and return all leads of the edit as they are now.

        `restoring` says that the leads become what they were: nothing follows from that but a score that time has moved.
        """
        scores = await self._rescore(rescore_all=rescore_all)
        if not restoring:
            await self.enrollments.settle(self._edits.values())
            await settle_follow_ups(self._work, list(self._edits.values()))
        events: list[Event] = []
        entries: list[object] = []
        for edit in self._edits.values():
            events += settled(edit, self._work)
            entries += edit.entries
        edits = list(self._edits.values())
        new = [edit.lead for edit in edits if edit.is_new]
        changed = [(edit.before, edit.lead) for edit in edits if not edit.is_new and not is_same_lead(edit.lead, edit.before)]
        saved_follow_ups = [follow_up for edit in edits for follow_up in edit.follow_ups.values()]
        # Most of it is mostly nothing.
        async with Together(self._work.tx, alone=len(edits) == 1) as tx:
            if new:
                await leads.add_leads(tx, new)
            if changed:
                await leads.save_leads(tx, changed)
            if scores:
                await histories.save_scores(tx, scores)
            if not self.enrollments.are_untouched:
                await self.enrollments.write(tx)
            if entries:
                await histories.add_entries(tx, entries)
            if not restoring and any(edit.lifted for edit in edits):
                await lift_settled(tx, self._work, edits)
            if saved_follow_ups:
                await follow_ups.save_follow_ups(tx, saved_follow_ups)
            if events:
                await histories.add_events(tx, events)
        return {id: edit.lead for id, edit in self._edits.items()}

    async def _rescore(self, *, rescore_all: bool) -> Sequence[CurrentScore]:
        """Look at every score that may have moved, and return those that have to be written."""
        tx, at = self._work.tx, self._work.at
        edits = [edit for edit in self._edits.values() if rescore_all or wants_score(edit, at)]
        known = [edit.lead.id for edit in edits if not edit.is_new]
        if not edits:
            return ()
        if self._kept is not None:
            model = await model_of(tx, self._kept)
        else:
            model = await (current_model_kept(tx) if len(known) < len(edits) else current_model(tx))
        stored: Mapping[UUID, CurrentScore] = await leads.score_by_lead(tx, known) if known else {}
        calls: Mapping[UUID, Sequence[ConversationCall]] = (
            await contact_attempts.calls_by_lead(tx, known) if known and model.reads_calls else {}
        )
        scores: list[CurrentScore] = []
        for edit in edits:
            found = rescored(edit.lead, stored.get(edit.lead.id), calls.get(edit.lead.id, ()), model, at)
            take_score(edit, found, self._work)
            scores += [found.score] if found.score else []
        return scores


def checked(edits: Mapping[UUID, LeadEdit], id: UUID, expected_version: int | None, *path: str) -> LeadEdit | Refusal:
    """Find a loaded lead and check the version that the caller knows; the refusal names the path of the id."""
    edit = edits.get(id)
    if edit is None:
        return not_found("Lead", *(path or ("lead_id",)))
    if expected_version is not None and edit.before.version != expected_version:
        return VersionConflict(
            message=f"The lead is at version {edit.before.version} by now.",
            path=("expected_version",),
            expected_version=expected_version,
            current_version=edit.before.version,
        )
    return edit


def wants_score(edit: LeadEdit, at: datetime) -> bool:
    """Tell whether the score has to be looked at: facts or the pin changed, time has come, or somebody named a cause."""
    lead = edit.lead
    return lead.merged_into_id is None and (
        edit.is_new
        or edit.cause is not None
        or lead.scored_at is None
        or _is_due(lead, at)
        or _is_back(edit)
        or scored_fields(lead) != scored_fields(edit.before)
    )


def _is_due(lead: Lead, at: datetime) -> bool:
    return lead.rescore_at is not None and lead.rescore_at <= at


def _is_back(edit: LeadEdit) -> bool:
    # While a lead is deleted, nobody keeps its score up: neither time nor another model moves it.
    return edit.before.deleted_at is not None and edit.lead.deleted_at is None


def take_score(edit: LeadEdit, found: Rescored, work: Work) -> None:
    """Put a new score into the edit; history and an event only where points moved (rules §1.3)."""
    cause = edit.cause or _cause_of(edit, found, work.at)
    if found.pin_ended:
        edit.tell(
            EventType.LEAD_PRIORITY_PINNED,
            {"pinned_priority": [edit.lead.pinned_priority, None], "priority": [edit.before.priority, found.lead.priority]},
        )
    edit.lead = found.lead
    if found.moved and found.score is not None:
        _tell_of_score(edit, found.score, cause, work)


def _cause_of(edit: LeadEdit, found: Rescored, at: datetime) -> ScoreCause:
    """Say what a move of the score is put down to where no verb named a cause."""
    if found.remodelled and edit.lead.facts == edit.before.facts:
        return ScoreCause.MODEL_PUBLISHED
    return ScoreCause.TIME if _is_due(edit.lead, at) else ScoreCause.FIELD_CHANGE


def _tell_of_score(edit: LeadEdit, current: CurrentScore, cause: ScoreCause, work: Work) -> None:
    before = edit.before
    first = edit.is_new or before.scored_at is None
    from_total, from_grade = (None, None) if first else (before.score_total, before.grade)
    entry_id = new_id()
    edit.enter(
        ScoreEntry(
            id=entry_id,
            lead_id=edit.lead.id,
            at=work.at,
            from_total=from_total,
            total=current.total,
            from_grade=from_grade,
            grade=current.grade,
            model_key=current.model_key,
            model_version=current.model_version,
            breakdown=current.breakdown,
            cause=cause,
            cause_id=edit.cause_id,
            actor_kind=work.actor.kind,
            actor_id=work.actor.id,
        )
    )
    if not first:
        edit.tell(
            EventType.LEAD_SCORE_CHANGED,
            {
                "total": [from_total, current.total],
                "grade": [from_grade, current.grade],
                "temperature": [before.temperature, current.temperature],
                "cause": cause,
                "score_change_id": entry_id,
            },
            entry_id,
        )


def settled(edit: LeadEdit, work: Work) -> Sequence[Event]:
    """Let suppressions follow the flags, count the lead's version and number its events: the last thing before an edit is written."""
    settled_objections(edit, work)
    counted: dict[str, Any] = {}
    if edit.versioned and not edit.is_new and (edit.beside or not is_same_lead(edit.lead, edit.before)):
        counted |= {"version": edit.before.version + 1, "updated_at": work.at}
    # Events have their places in the lead's sequence, without a gap: the lead is locked, or as it was seen.
    first = edit.lead.event_sequence + 1
    if edit.told:
        counted["event_sequence"] = edit.lead.event_sequence + len(edit.told)
    if counted:
        edit.lead = changed_lead(edit.lead, **counted)
    return [_event(edit, work, first + index, *told) for index, told in enumerate(edit.told)]


def _event(edit: LeadEdit, work: Work, sequence: int, type: EventType, changes: Mapping[str, object], entry_id: UUID | None) -> Event:
    # Where no verb named a cause of the whole edit, the score may have one of its own.
    named = ScoreCause(str(changes["cause"])) if type is EventType.LEAD_SCORE_CHANGED else edit.cause
    cause, cause_id = cause_of(type, work.actor, named, edit.cause_id)
    return Event(
        id=new_id(),
        lead_id=edit.lead.id,
        sequence=sequence,
        type=type,
        at=work.at,
        actor=work.actor,
        cause=cause,
        cause_id=cause_id or entry_id,
        changes=changes,
    )
