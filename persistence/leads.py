"""Leads by id and by external reference, and the statements that write them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from domain.access import LeadVisibility
from domain.leads import ARRIVING_FIELDS, PROMISE_FIELDS, CurrentScore, ExternalReference, Lead
from domain.searching import search_terms as terms_of
from persistence.database import Reading, Scope, Writing
from persistence.duplicates import add_duplicate_keys, save_duplicate_keys
from persistence.lead_conditions import visible
from persistence.lead_lists import LEAD_COLUMNS, LEAD_DERIVED, to_lead
from persistence.lookups import ById, Wanted, lists_by
from persistence.optimistic import Optimistic
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant, Keyed, Meant, Prepared, is_the_id
from persistence.tables import external_references, lead_scores, leads, search_terms
from persistence.triggers import ALL_TRIGGERED, Triggered, to_triggered
from persistence.written import Pages, WrittenObject

T = TypeVar("T")

_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
_mine = leads.c.workspace_id == bindparam("workspace_id")
_by_id = select(*LEAD_COLUMNS).where(_mine, leads.c.id == _ids)


_COLUMNS = columns_of(Lead)
_INSERT = Constant(insert(leads), ("workspace_id", *_COLUMNS))
_COUNTED = ("version", "updated_at", "event_sequence")
# Columns that change together: those groups are written of which something changed. Each set of groups is a statement, so they are few.
_GROUPS: Sequence[tuple[str, ...]] = (
    ("deleted_at", "merged_into_id"),
    ("status", "status_since", "closed_at"),
    ("owner_id", "assigned_at", *PROMISE_FIELDS),
    ("pipeline_id", "stage_id", "stage_entered_at"),
    ("deal_value", "deal_currency", "deal_probability", "expected_close_date"),
    ("score_total", "grade", "temperature", "priority", "scored_at", "rescore_at", "pinned_priority", "pin_reason", "pinned_until"),
    tuple(ARRIVING_FIELDS),
    ("live_enrollments",),
)
_NEVER_CHANGING = ("id", "created_at")
_REST = tuple(name for name in _COLUMNS if name not in {*chain(*_GROUPS), *_COUNTED, *_NEVER_CHANGING})
_group_by_column = {name: group for group in (*_GROUPS, _REST) for name in group}
_lead_values = attrgetter(*_COLUMNS)


# Which transaction wrote the row as it is: it tells of every change, also of those that no version counts.
_written_by: ColumnElement[Any] = literal_column("leads.xmin")


@cache
def _updating(names: tuple[str, ...], *, as_seen: bool) -> Constant:
    unchanged = _written_by == bindparam("seen") if as_seen else leads.c.version == bindparam("read_version")
    return Constant(update(leads).where(_mine, leads.c.id == bindparam("lead_id"), unchanged).returning(leads.c.id), names)


def _changing(pairs: Sequence[tuple[Lead, Lead]]) -> tuple[str, ...]:
    """Name the columns to write, with those that change together with one that changed."""
    changed = {
        name
        for before, after in pairs
        for name, old, new in zip(_COLUMNS, _lead_values(before), _lead_values(after), strict=True)
        if old is not new and old != new
    }
    groups = {_group_by_column[name] for name in changed.difference(_COUNTED, _NEVER_CHANGING)}
    return (*_COUNTED, *(name for group in (*_GROUPS, _REST) if group in groups for name in group))


_INSERT_TERM = Constant(insert(search_terms), ("workspace_id", "term", "lead_id"))
_DELETE_TERMS = Constant(
    delete(search_terms).where(search_terms.c.workspace_id == bindparam("workspace_id"), search_terms.c.lead_id == _ids)
)


class LostUpdate(Exception):
    """A lead changed between reading and writing it. Where it was read under its lock that is a bug, not a conflict of callers."""


class LeadsMoved(Exception):
    """Leads that are to be changed were merged into others: `to` says where each id leads by now. The change belongs there."""

    def __init__(self, to: Mapping[UUID, UUID]) -> None:
        super().__init__(f"{len(to)} leads were merged")
        self.to = to


_MOVED = Constant(
    select(leads.c.id, leads.c.merged_into_id).where(
        leads.c.workspace_id == bindparam("workspace_id"), leads.c.id == _ids, leads.c.merged_into_id.is_not(None)
    )
)


async def survivor_id_by_former(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, UUID]:
    """Find the leads that merged ones became part of, whoever may see them; other ids are not in the answer."""
    return {row["id"]: row["merged_into_id"] for row in await db.fetch(_MOVED, ids=list(ids))} if ids else {}


async def _following(db: Reading, ids: Sequence[UUID], read: Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, T]]]) -> Mapping[UUID, T]:
    """Read leads, those that were merged by way of their former ids. Only ids that find nothing cost a second look."""
    found = await read(ids)
    missing = [id for id in ids if id not in found]
    survivors = await survivor_id_by_former(db, missing)
    if not survivors:
        return found
    there = await read(sorted(set(survivors.values())))
    return {**found, **{former: there[id] for former, id in survivors.items() if id in there}}


def _seen(visibility: LeadVisibility | None) -> Sequence[ColumnElement[bool]]:
    return [leads.c.deleted_at.is_(None), visible(Scope(UUID(int=0), visibility))]


class _LeadById(ById[Lead]):
    """Reads leads that are there and that the viewer may see.

    The id of a merged lead finds the one that took its place; who is going to write asks `lead_for_update` instead.
    """

    nests = False

    def __init__(self) -> None:
        super().__init__(leads, Lead, _seen, LEAD_DERIVED)

    async def __call__(self, db: Reading, ids: Sequence[UUID], wanted: Wanted | None = None) -> Mapping[UUID, Lead]:
        """Read leads; `wanted` names the fields that are needed, None means all."""
        plainly = super().__call__

        def read(some: Sequence[UUID]) -> Awaitable[Mapping[UUID, Lead]]:
            return plainly(db, some, wanted)

        return await _following(db, ids, read)

    async def written(
        self, db: Reading, ids: Sequence[UUID], written: WrittenObject, pages: Pages, *, alone: bool = False
    ) -> Mapping[UUID, bytes | None]:
        """Read leads as JSON texts; None where something is missing that the text cannot do without."""
        plainly = super().written

        def read(some: Sequence[UUID]) -> Awaitable[Mapping[UUID, bytes | None]]:
            return plainly(db, some, written, pages, alone=alone)

        return await _following(db, ids, read)


lead_by_id = _LeadById()


async def lead_by_id_even_deleted(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Lead]:
    """Read leads that the viewer may see, deleted ones too; a merged one is the lead that took its place."""
    statement = _by_id.where(visible(db.scope), leads.c.merged_into_id.is_(None))

    async def read(some: Sequence[UUID]) -> Mapping[UUID, Lead]:
        return {row["id"]: to_lead(row) for row in await db.fetch(statement, ids=list(some))}

    return await _following(db, ids, read)


def _in_sight(meant: Meant, visibility: LeadVisibility | None) -> Select[Any]:
    return select(*LEAD_COLUMNS).where(_mine, meant(leads.c.id), visible(Scope(UUID(int=0), visibility)))


def _for_update(meant: Meant, visibility: LeadVisibility | None) -> Select[Any]:
    return _in_sight(meant, visibility).order_by(leads.c.id).with_for_update()


_FOR_UPDATE = Keyed(_for_update)
_triggered = ALL_TRIGGERED.scalar_subquery().label("_triggered")


def _one_for_update(visibility: LeadVisibility | None) -> Select[Any]:
    return _for_update(is_the_id, visibility).add_columns(_triggered)


def _one_as_it_is(visibility: LeadVisibility | None) -> Select[Any]:
    return _in_sight(is_the_id, visibility).add_columns(_triggered, _written_by.label("_written_by"))


_ONE_FOR_UPDATE = Prepared(_one_for_update)
_ONE_AS_IT_IS = Prepared(_one_as_it_is)


async def lead_for_update(tx: Writing, ids: Sequence[UUID]) -> Mapping[UUID, Lead]:
    """Read and lock leads that the viewer may see, deleted ones too; always in the order of their ids, so that no two wait in a circle.

    Raises LeadsMoved when one of them was merged.
    """
    statement, keys = _FOR_UPDATE.of(ids, tx.scope.visibility)
    return await _there(tx, ids, {row["id"]: to_lead(row) for row in await tx.fetch(statement, **keys)})


async def one_lead_for_update(tx: Writing, id: UUID) -> tuple[Lead | None, Sequence[Triggered] | None]:
    """Do what `lead_for_update` does, and read with the lead what may enroll it by itself. Without a transaction nothing is locked."""
    if isinstance(tx, Optimistic):
        row = await tx.look(_ONE_AS_IT_IS(tx.scope.visibility), id=id)
        if row is not None:
            tx.seen[id] = row["_written_by"]
    else:
        row = await tx.fetch_one(_ONE_FOR_UPDATE(tx.scope.visibility), id=id)
    found = await _there(tx, [id], {} if row is None else {id: to_lead(row)})
    return found.get(id), None if row is None else to_triggered(row["_triggered"])


async def _there(tx: Writing, ids: Sequence[UUID], found: Mapping[UUID, Lead]) -> Mapping[UUID, Lead]:
    there = {id: lead for id, lead in found.items() if lead.merged_into_id is None}
    moved = await survivor_id_by_former(tx, [id for id in ids if id not in there])
    if moved:
        raise LeadsMoved(moved)
    return there


_asked = (
    func.unnest(bindparam("systems", type_=ARRAY(Text)), bindparam("external_ids", type_=ARRAY(Text)))
    .table_valued(column("system", Text), column("external_id", Text), name="asked")
    .render_derived()
)
# Pair by pair: each is one probe of the primary key, however many there are.
_REFERENCED = Constant(
    select(external_references.c.system, external_references.c.external_id, external_references.c.lead_id)
    .select_from(
        _asked.join(
            external_references,
            and_(external_references.c.system == _asked.c.system, external_references.c.external_id == _asked.c.external_id),
        )
    )
    .where(external_references.c.workspace_id == bindparam("workspace_id"))
)


async def lead_id_by_reference(db: Reading, references: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], UUID]:
    """Find the leads' ids by (system, external id), whoever may see them and deleted ones too: a reference is taken once."""
    rows = await db.fetch(_REFERENCED, systems=[system for system, _ in references], external_ids=[external for _, external in references])
    return {(row["system"], row["external_id"]): row["lead_id"] for row in rows}


references_by_lead = lists_by(
    external_references, ExternalReference, "lead_id", external_references.c.system, external_references.c.external_id
)

_to_score = mapper(CurrentScore)


def _scores(names: Sequence[str], packed: bool) -> Select[Any]:
    columns = [cast(lead_scores.c[name], Text).label(name) if packed and name == "breakdown" else lead_scores.c[name] for name in names]
    return select(*columns).where(lead_scores.c.workspace_id == bindparam("workspace_id"), lead_scores.c.lead_id == _ids)


_SCORES = Prepared(_scores)


async def score_by_lead(db: Reading, ids: Sequence[UUID], wanted: Wanted | None = None) -> Mapping[UUID, CurrentScore]:
    """Read what leads score now, with the breakdown.

    Who says what is `wanted` only shows it, and gets breakdowns as texts: those of a page, taken apart all at once, would fill megabytes.
    """
    build = _to_score if wanted is None else _to_score.only(wanted | {"lead_id"})
    return {row["lead_id"]: build(row) for row in await db.fetch(_SCORES(build.names, wanted is not None), ids=list(ids))}


async def add_leads(tx: Writing, new: Sequence[Lead]) -> None:
    """Insert leads, and what they are found by."""
    await tx.execute_many(_INSERT, [values_of(lead) for lead in new])
    await _add_terms(tx, new)
    await add_duplicate_keys(tx, new)


async def save_leads(tx: Writing, pairs: Sequence[tuple[Lead, Lead]]) -> None:
    """Write leads that were read for it: (as read, as they shall be). Raises LostUpdate when one is not as it was read."""
    names = _changing(pairs)
    seen = tx.seen if isinstance(tx, Optimistic) else None
    rows = [
        {
            **{name: getattr(after, name) for name in names},
            "lead_id": after.id,
            **({"read_version": before.version} if seen is None else {"seen": seen[after.id]}),
        }
        for before, after in pairs
    ]
    await tx.execute_many(_updating(names, as_seen=seen is not None), rows, missing=LostUpdate())
    renamed = [after for before, after in pairs if _findable(before) != _findable(after)]
    if renamed:
        await tx.execute(_DELETE_TERMS, ids=[lead.id for lead in renamed])
        await _add_terms(tx, renamed)
    await save_duplicate_keys(tx, pairs)


def _findable(lead: Lead) -> tuple[object, ...]:
    return lead.first_name, lead.last_name, lead.company, lead.email, lead.phones, lead.merged_into_id


async def _add_terms(tx: Writing, found: Sequence[Lead]) -> None:
    """Let leads be found by their words; a merged one is found by those of the lead that took its place."""
    there = [lead for lead in found if lead.merged_into_id is None]
    await tx.execute_many(_INSERT_TERM, [{"term": term, "lead_id": lead.id} for lead in there for term in terms_of(lead)])


_INSERT_REFERENCE = Constant(insert(external_references), ("workspace_id", *columns_of(ExternalReference)))


async def add_references(tx: Writing, references: Sequence[ExternalReference]) -> None:
    """Insert external references. Raises UniqueViolation when one is taken."""
    await tx.execute_many(_INSERT_REFERENCE, [values_of(reference) for reference in references])


_wanted = func.unnest(bindparam("keys", type_=ARRAY(Text))).table_valued(column("key", Text), name="wanted").render_derived()
# OFFSET keeps each address a search of its own, by the index: a table that grew so fast that the planner has not counted it yet, as in the
# first minutes of a large import, would be read whole for every batch.
_known = (
    select(leads.c.id, leads.c.created_at)
    .where(leads.c.workspace_id == bindparam("workspace_id"), leads.c.email_key == _wanted.c.key, leads.c.deleted_at.is_(None))
    .offset(literal_column("0"))
    .lateral("known")
)
_BY_EMAIL = Constant(
    select(_wanted.c.key, _known.c.id).select_from(_wanted.join(_known, true())).order_by(_known.c.created_at.desc(), _known.c.id.desc())
)


async def lead_id_by_email(db: Reading, keys: Sequence[str]) -> Mapping[str, UUID]:
    """Find the oldest lead with each e-mail address (`domain.contact_points.email_key`), whoever may see it; deleted ones do not count."""
    return {row["key"]: row["id"] for row in await db.fetch(_BY_EMAIL, keys=list(keys))}


async def lead_by_reference(db: Reading, references: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Lead]:
    """Read leads by (system, external id), as far as they are there and the viewer may see them."""
    ids = await lead_id_by_reference(db, references)
    found = await lead_by_id(db, list(ids.values()))
    return {reference: found[id] for reference, id in ids.items() if id in found}
