"""Apply rows of an import: new leads in bulk, known ones as edits, and the import's own progress, all in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.custom_fields import plain_value
from domain.events import EventType
from domain.imports import Import, ImportStatus, RowError, RowVerdict
from domain.leads import Tag
from domain.refusals import Refusal
from domain.scoring import ScoreCause
from persistence import imports, leads, scoring_models, tags
from persistence.custom_values import Change, copy_custom_values, save_custom_values
from persistence.failures import Deadlocked, UniqueViolation
from persistence.locks import lock_names
from usecases.custom_fields.giving import EVENT_PREFIX
from usecases.imports.creating import Maker, Newcomer, Newcomers
from usecases.imports.enrolling import enroll_arrivals
from usecases.imports.matching import Attachments, Decision, Revision, address_is_taken, attachments, decide, revision
from usecases.imports.plans import LeadPlan, Plan
from usecases.imports.rows import ReadRow
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.leads.profiles import named, new_references, revise
from usecases.tags.naming import add_tags, tags_named
from usecases.verbs import Work, verb

# Whoever works on an import and does not come back: another may go on then. Whoever still works on it says so in time.
LEASE = timedelta(seconds=10)


class LeaseLost(Exception):
    """Somebody else applies the import, or has applied these rows already."""


async def held(work: Work, plan: Plan, done: int) -> Import:
    """Lock the import and check that these rows are this caller's to apply. Raises LeaseLost."""
    found = await imports.import_for_update(work.tx, plan.import_id)
    if found is None or found[0].status is not ImportStatus.RUNNING or found[0].rows_done != done or found[1]["lease"] != plan.lease:
        raise LeaseLost
    return found[0]


async def advance(work: Work, plan: Plan, before: Import, decisions: Sequence[Decision], now: datetime) -> None:
    """Count what became of the rows and keep those that were left out, in the transaction that applied them."""
    count = Counter(decision.verdict for decision in decisions)
    left_out = [
        RowError(each.row.lead.number, tuple(problem.to_json() for problem in each.problems), tuple(each.row.cells))
        for each in decisions
        if each.verdict in (RowVerdict.ERROR, RowVerdict.DUPLICATE)
    ]
    await imports.add_row_errors(work.tx, plan.import_id, left_out)
    await imports.save_import(
        work.tx,
        plan.import_id,
        rows_done=before.rows_done + len(decisions),
        created=before.created + count[RowVerdict.CREATE],
        updated=before.updated + count[RowVerdict.UPDATE],
        unchanged=before.unchanged + count[RowVerdict.UNCHANGED],
        duplicates=before.duplicates + count[RowVerdict.DUPLICATE],
        failed=before.failed + count[RowVerdict.ERROR],
        leased_until=now + LEASE,
    )


@verb
async def apply_leads(work: Work, plan: LeadPlan, done: int, rows: Sequence[ReadRow], now: datetime) -> int:
    """Apply the rows that follow the first `done`, and return how many leads they brought.

    `work.at` is the import's instant, `now` the clock's for the lease. Raises LeaseLost.
    """
    before = await held(work, plan, done)
    # A thousand rows have more names than there is room for locks: imports of a workspace take turns instead.
    await lock_names(work.tx, [("import",)])
    decisions = await decide(work.tx, rows, plan.mapping)
    edits = LeadEdits(work)
    known = {each.lead_id for each in decisions if each.verdict is RowVerdict.UPDATE and each.lead_id is not None}
    loaded: Mapping[UUID, LeadEdit] = await edits.load(known, even_deleted=True) if known else {}
    attached = await attachments(work.tx, list(known), (each.row.lead for each in decisions))
    names = [tag for each in decisions if each.verdict in (RowVerdict.CREATE, RowVerdict.UPDATE) for tag in each.row.lead.tags]
    labels = await _labels(work, names)
    maker = Maker(plan.import_id, work.at, work.actor, await scoring_models.current_model_kept(work.tx), plan.stages)
    newcomers = Newcomers()
    brought = _Brought(work, plan, labels, attached)
    for decision in decisions:
        if decision.verdict is RowVerdict.CREATE:
            newcomers.add(_newcomer(maker, decision.row))
        elif decision.verdict is RowVerdict.UPDATE:
            brought.revise(decision, loaded)
    if newcomers.leads:
        await _write(work, newcomers)
    await brought.write(edits)
    pairs = [(lead_id, labels[name.lower()].id) for lead_id, name in newcomers.tags]
    await tags.attach_tags(work.tx, [*dict.fromkeys([*pairs, *brought.tags])], work.at)
    if newcomers.leads:
        await enroll_arrivals(work, newcomers.leads)
    await advance(work, plan, before, decisions, now)
    return len(newcomers.leads)


def _newcomer(maker: Maker, row: ReadRow) -> Newcomer:
    """Take the lead that was made of a row ahead, unless the workspace has gone over to another model since."""
    made = row.newcomer
    return made if made is not None and made.model is maker.model else maker.newcomer(row.lead)


async def _labels(work: Work, names: Sequence[str]) -> Mapping[str, Tag]:
    """Find or make tags; the answer is by name in lower case."""
    wanted = list({name.lower(): name for name in reversed(names)}.values())
    found: Mapping[str, Tag] = await tags_named(work, wanted, await tags.tag_by_name(work.tx, wanted)) if wanted else {}
    return {name.lower(): tag for name, tag in found.items()}


async def _write(work: Work, newcomers: Newcomers) -> None:
    try:
        await imports.add_imported_leads(
            work.tx, newcomers.leads, entries=newcomers.entries, events=newcomers.events, counts=newcomers.counts
        )
    except UniqueViolation as error:
        # A reference was given to another lead meanwhile; the next attempt finds that lead.
        raise Deadlocked(str(error)) from error
    await copy_custom_values(work.tx, newcomers.custom)


class _Brought:
    """What rows bring for leads that are known."""

    def __init__(self, work: Work, plan: LeadPlan, labels: Mapping[str, Tag], attached: Attachments) -> None:
        self._work = work
        self._plan = plan
        self._labels = labels
        self._references = {id: list(some) for id, some in attached.references.items()}
        self._tags = {id: list(some) for id, some in attached.tags.items()}
        self._counts = {id: dict(some) for id, some in attached.counts.items()}
        self._custom = {id: dict(some) for id, some in attached.custom.items()}
        self._attached = Attachments(self._references, self._tags, self._counts, self._custom)
        self._changed_custom: list[Change] = []
        self._new_references: list[Any] = []
        self._changed_counts: dict[UUID, Mapping[str, int]] = {}
        self.tags: list[tuple[UUID, UUID]] = []

    def revise(self, decision: Decision, loaded: Mapping[UUID, LeadEdit]) -> None:
        """Change the lead that a row is about, as far as the row says anything new."""
        edit = loaded.get(decision.lead_id or UUID(int=0))
        if edit is None or edit.lead.deleted_at is not None:
            decision.refuse("The lead was deleted; restore it to import it again.")
            return
        change = revision(edit.lead, decision.row.lead, self._attached)
        if not change.names:
            decision.verdict = RowVerdict.UNCHANGED
            return
        if address_is_taken(decision, edit.lead, change.fields, self._plan.mapping):
            return
        if change.tags:
            present = self._tags.setdefault(edit.lead.id, [])
            wanted = [self._labels[name.lower()] for name in change.tags]
            pairs = add_tags(edit, present, wanted)
            if isinstance(pairs, Refusal):
                decision.refuse(pairs.message, "tags")
                return
            present += wanted
            self.tags += pairs
        self._change(edit, decision, change)

    def _change(self, edit: LeadEdit, decision: Decision, change: Revision) -> None:
        lead_id = edit.lead.id
        told = revise(edit, change.fields)
        if change.references:
            told["external_references"] = [[], named(change.references)]
            new = new_references(lead_id, change.references, self._work.at)
            self._new_references += new
            self._references.setdefault(lead_id, []).extend(new)
            edit.change_beside()
        if change.counts:
            counters = {name: max(0, getattr(edit.lead, name) + difference) for name, difference in change.counts.items()}
            told |= revise(edit, counters)
            self._counts[lead_id] = {**self._counts.get(lead_id, {}), **decision.row.lead.counts}
            self._changed_counts[lead_id] = self._counts[lead_id]
        if change.custom:
            held = self._custom.setdefault(lead_id, {})
            for key, (field_id, value) in change.custom.items():
                told[EVENT_PREFIX + key] = [plain_value(held.get(field_id)), plain_value(value)]
                self._changed_custom.append((lead_id, field_id, value))
                held[field_id] = value
            edit.change_beside()
        if told:
            edit.tell(EventType.LEAD_UPDATED, told, self._plan.import_id)
        edit.because(ScoreCause.FIELD_CHANGE, self._plan.import_id)

    async def write(self, edits: LeadEdits) -> None:
        """Save the leads and what hangs on them."""
        await edits.save()
        await leads.add_references(self._work.tx, self._new_references)
        await imports.set_initial_counts(self._work.tx, self._changed_counts)
        await save_custom_values(self._work.tx, self._changed_custom)
