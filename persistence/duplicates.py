"""Finds leads that may be one person, by the keys that are kept beside each lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    column,
    delete,
    exists,
    func,
    literal_column,
    not_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.sql.base import Executable

from domain.access import LeadVisibility
from domain.duplicates import DuplicateCandidate, DuplicateGroup, DuplicateSignal, DuplicateStrength, strength, told
from domain.duplicates import duplicate_keys as keys_of
from domain.leads import Lead
from persistence.database import Reading, Scope, Writing
from persistence.lead_conditions import visible
from persistence.lead_lists import LEAD_COLUMNS, LeadListing, to_lead
from persistence.paging import Listing, Ordering
from persistence.rows import mapper
from persistence.statements import Constant, Prepared
from persistence.tables import duplicate_keys, leads

MOST_CANDIDATES = 50
"""So many duplicates a lead shows; a number that a whole company shares would name thousands."""
KEY_COLUMNS = ("lead_id", "signal", "key", "exact")

_mine = duplicate_keys.c.workspace_id == bindparam("workspace_id")
_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
# A lead has a key or has it not: whoever else gave it meanwhile is as good.
_INSERT = Constant(insert(duplicate_keys).on_conflict_do_nothing(), ("workspace_id", *KEY_COLUMNS))
_DELETE = Constant(delete(duplicate_keys).where(_mine, duplicate_keys.c.lead_id == _ids))


def key_rows(workspace_id: UUID, new: Sequence[Lead]) -> list[tuple[UUID, str, UUID, int | None]]:
    """Lay the keys of leads out as rows; a lead that is deleted or merged has none."""
    return [(lead.id, key.signal, key.key, key.exact) for lead in new if lead.deleted_at is None for key in keys_of(lead, workspace_id)]


async def add_duplicate_keys(tx: Writing, new: Sequence[Lead]) -> None:
    """Let new leads be found as duplicates."""
    await tx.execute_many(_INSERT, [dict(zip(KEY_COLUMNS, row, strict=True)) for row in key_rows(tx.scope.workspace_id, new)])


def _found_by(lead: Lead) -> tuple[object, ...]:
    return lead.email, lead.phones, lead.first_name, lead.last_name, lead.company, lead.deleted_at


async def save_duplicate_keys(tx: Writing, pairs: Sequence[tuple[Lead, Lead]]) -> None:
    """Bring the keys up to leads that changed: (as read, as they are now)."""
    changed = [after for before, after in pairs if _found_by(before) != _found_by(after)]
    if changed:
        await tx.execute(_DELETE, ids=[lead.id for lead in changed])
        await add_duplicate_keys(tx, changed)


_theirs = duplicate_keys.alias("theirs")


def _candidates(visibility: LeadVisibility | None) -> Executable:
    asked = func.unnest(bindparam("ids", type_=ARRAY(Uuid))).table_valued(column("id", Uuid), name="asked").render_derived()
    # Of each key only so many others are looked at: one that half of the leads share would otherwise be read for every lead.
    others = (
        select(_theirs.c.lead_id, _theirs.c.signal)
        .where(
            _theirs.c.workspace_id == duplicate_keys.c.workspace_id,
            _theirs.c.signal == duplicate_keys.c.signal,
            _theirs.c.key == duplicate_keys.c.key,
            _theirs.c.lead_id != duplicate_keys.c.lead_id,
        )
        .order_by(_theirs.c.lead_id)
        .limit(MOST_CANDIDATES * 2)
        .correlate(duplicate_keys)
        .lateral("others")
    )
    source: FromClause = asked.join(duplicate_keys, and_(_mine, duplicate_keys.c.lead_id == asked.c.id)).join(others, true())
    seen: list[ColumnElement[bool]] = [] if visibility is None else [visible(Scope(UUID(int=0), visibility))]
    if seen:
        source = source.join(leads, and_(leads.c.workspace_id == duplicate_keys.c.workspace_id, leads.c.id == others.c.lead_id))
    return select(asked.c.id, others.c.lead_id, others.c.signal).select_from(source).where(*seen)


_CANDIDATES = Prepared(_candidates)
_ORDER = {each: place for place, each in enumerate(DuplicateStrength)}


async def duplicates_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[DuplicateCandidate]]:
    """Find the leads that each may be one with, as far as the viewer sees them: the strongest first, at most 50."""
    shared: dict[UUID, dict[UUID, set[DuplicateSignal]]] = {}
    for row in await db.fetch(_CANDIDATES(db.scope.visibility), ids=list(ids)):
        shared.setdefault(row["id"], {}).setdefault(row["lead_id"], set()).add(DuplicateSignal(row["signal"]))
    return {id: _ranked(found) for id, found in shared.items()}


def _ranked(found: Mapping[UUID, set[DuplicateSignal]]) -> Sequence[DuplicateCandidate]:
    candidates = [DuplicateCandidate(id, told(signals), strength(signals)) for id, signals in found.items()]
    return sorted(candidates, key=lambda each: (_ORDER[each.strength], -len(each.signals), each.lead_id))[:MOST_CANDIDATES]


# A mailbox that several leads share says something only where their addresses differ.
_one_spelling = and_(func.min(duplicate_keys.c.exact).is_not(None), func.min(duplicate_keys.c.exact) == func.max(duplicate_keys.c.exact))
_groups = (
    select(duplicate_keys.c.workspace_id, duplicate_keys.c.signal, duplicate_keys.c.key.label("id"))
    .group_by(duplicate_keys.c.workspace_id, duplicate_keys.c.signal, duplicate_keys.c.key)
    .having(and_(func.count() > 1, not_(_one_spelling)))
    .subquery("groups")
)


def _meant(signals: tuple[DuplicateSignal, ...] | None, scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Keep groups of these signals; who sees only some of the leads sees those of which two are among them."""
    conditions: list[ColumnElement[bool]] = []
    if signals is not None:
        conditions.append(_groups.c.signal == any_(bindparam(None, [signal.value for signal in signals], type_=ARRAY(Text), unique=True)))
    if scope.visibility is not None:
        member = and_(_theirs.c.workspace_id == _groups.c.workspace_id, _theirs.c.signal == _groups.c.signal, _theirs.c.key == _groups.c.id)
        found = (
            select(leads.c.id)
            .select_from(_theirs.join(leads, and_(leads.c.workspace_id == _theirs.c.workspace_id, leads.c.id == _theirs.c.lead_id)))
            .where(member, visible(scope))
            .correlate(_groups)
        )
        # The second one, if there is one.
        conditions.append(exists(found.offset(literal_column("1"))))
    return conditions


all_duplicate_groups: Listing[DuplicateGroup, tuple[DuplicateSignal, ...]] = Listing(
    build=mapper(DuplicateGroup),
    columns=[_groups.c.id, _groups.c.signal],
    source=_groups,
    workspace=_groups.c.workspace_id,
    id=_groups.c.id,
    orderings={"SIGNAL": Ordering(_groups.c.signal, str)},
    where=_meant,
)

# A key says which signal it is of; naming all of them lets the index find it, which begins with the signal.
_any_signal = literal_column("'{" + ",".join(DuplicateSignal) + "}'::text[]", ARRAY(Text))
leads_by_duplicate_key = LeadListing(
    duplicate_keys.c.key,
    leads.join(
        duplicate_keys,
        and_(
            duplicate_keys.c.workspace_id == leads.c.workspace_id,
            duplicate_keys.c.lead_id == leads.c.id,
            duplicate_keys.c.signal == any_(_any_signal),
        ),
    ),
)

_UNKEYED = Constant(
    select(*LEAD_COLUMNS)
    .where(
        leads.c.workspace_id == bindparam("workspace_id"),
        leads.c.deleted_at.is_(None),
        leads.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))),
        not_(exists().where(duplicate_keys.c.workspace_id == leads.c.workspace_id, duplicate_keys.c.lead_id == leads.c.id)),
    )
    .order_by(leads.c.id)
    .with_for_update(of=leads, skip_locked=True)
)


async def lock_leads_without_keys(tx: Writing, ids: Sequence[UUID]) -> Sequence[Lead]:
    """Lock those of the leads that have no key yet; some have nothing to be found by."""
    return [to_lead(row) for row in await tx.fetch(_UNKEYED, ids=list(ids))]
