"""Who must not be contacted: lists of suppressions, the look-ups that decisions need, and the statements that write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, and_, any_, bindparam, column, exists, func, or_, select, true, union_all, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from domain.access import Actor
from domain.activities import ContactChannel
from domain.consent import Suppression, SuppressionKind
from persistence.database import Reading, Scope, Writing
from persistence.lead_conditions import visible_lead
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import leads, suppressions

_to_suppression = mapper(Suppression)
_columns = [suppressions.c[name] for name in columns_of(Suppression)]
_mine = suppressions.c.workspace_id == bindparam("workspace_id")
_in_force = suppressions.c.lifted_at.is_(None)


def _in_force_for(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(suppressions.c.workspace_id == leads.c.workspace_id, _in_force, *conditions)


_asked = func.unnest(bindparam("channels", type_=ARRAY(Text))).table_valued(column("channel", Text), name="asked").render_derived()
_here = suppressions.c.channel == _asked.c.channel
_SUPPRESSED = Constant(
    select(leads.c.id, _asked.c.channel)
    .select_from(leads.join(_asked, true()))
    .where(
        leads.c.workspace_id == bindparam("workspace_id"),
        leads.c.id == any_(bindparam("lead_ids", type_=ARRAY(Uuid))),
        # One look at an index for each: joined by OR inside, they would be a look at the whole table.
        or_(
            and_(_asked.c.channel == "PHONE", leads.c.do_not_call),
            and_(_asked.c.channel == "EMAIL", leads.c.do_not_email),
            _in_force_for(suppressions.c.lead_id == leads.c.id, _here),
            _in_force_for(suppressions.c.kind == "CHANNEL", _here),
            and_(_asked.c.channel == "EMAIL", _in_force_for(suppressions.c.address == leads.c.email_key, _here)),
            and_(
                or_(_asked.c.channel == "PHONE", _asked.c.channel == "SMS"),
                _in_force_for(suppressions.c.address == any_(leads.c.phones), _here),
            ),
        ),
    )
)


async def suppressed_leads(
    db: Reading, lead_ids: Sequence[UUID], channels: Sequence[ContactChannel]
) -> Mapping[UUID, frozenset[ContactChannel]]:
    """Tell on which of these channels leads must not be contacted; leads that may be on all of them are not in the answer.

    Counts what is suppressed: the lead, any of its addresses, or the whole channel. Consent, hours and caps are another matter.
    """
    if not lead_ids or not channels:
        return {}
    found: dict[UUID, set[ContactChannel]] = {}
    for row in await db.fetch(_SUPPRESSED, lead_ids=list(lead_ids), channels=[channel.value for channel in channels]):
        found.setdefault(row["id"], set()).add(ContactChannel(row["channel"]))
    return {id: frozenset(some) for id, some in found.items()}


_on_channel = suppressions.c.channel == bindparam("channel")
_FOUND = Constant(
    union_all(
        select(*_columns).where(_mine, _in_force, _on_channel, suppressions.c.lead_id == any_(bindparam("lead_ids", type_=ARRAY(Uuid)))),
        select(*_columns).where(_mine, _in_force, _on_channel, suppressions.c.address == any_(bindparam("addresses", type_=ARRAY(Text)))),
        select(*_columns).where(_mine, _in_force, _on_channel, suppressions.c.kind == SuppressionKind.CHANNEL.value),
    )
)


async def suppressions_in_force(
    db: Reading, channel: ContactChannel, lead_ids: Sequence[UUID], addresses: Sequence[str]
) -> Sequence[Suppression]:
    """Read what is in force on a channel: of these leads, of these addresses, and of the channel as a whole."""
    rows = await db.fetch(_FOUND, channel=channel.value, lead_ids=list(lead_ids), addresses=list(addresses))
    return [_to_suppression(row) for row in rows]


@dataclass(frozen=True, slots=True)
class SuppressionFilter:
    """Which suppressions are meant: everything that is set must hold."""

    channels: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    address: str | None = None
    include_lifted: bool = False


def _conditions(filter: SuppressionFilter | None, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [] if filter is not None and filter.include_lifted else [_in_force]
    if filter is not None:
        for name, values in (("channel", filter.channels), ("kind", filter.kinds)):
            if values is not None:
                parts.append(suppressions.c[name] == any_(bindparam(None, list(values), type_=ARRAY(Text), unique=True)))
        if filter.address is not None:
            parts.append(suppressions.c.address == filter.address)
    return parts


def _seen(filter: SuppressionFilter | None, scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Besides the filter, show viewers of some leads only what is about these leads or about all: an address may be anybody's."""
    seen = visible_lead(suppressions.c.lead_id, suppressions.c.workspace_id, scope)
    if scope.visibility is None:
        seen = or_(suppressions.c.lead_id.is_(None), seen)
    else:
        seen = or_(suppressions.c.kind == SuppressionKind.CHANNEL.value, seen)
    return [*_conditions(filter, scope), seen]


def _list(parent: ColumnElement[Any] | None, where: Any) -> Listing[Suppression, SuppressionFilter]:
    return Listing(
        build=_to_suppression,
        columns=_columns,
        source=suppressions,
        workspace=suppressions.c.workspace_id,
        id=suppressions.c.id,
        orderings={"AT": Ordering(suppressions.c.at, datetime)},
        where=where,
        parent=parent,
    )


all_suppressions = _list(None, _seen)
suppressions_by_lead = _list(suppressions.c.lead_id, _conditions)

_BY_ID = select(*_columns).where(_mine, suppressions.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))


async def suppression_by_id(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Suppression]:
    """Read suppressions that the viewer may see, lifted ones too."""
    statement = _BY_ID.where(*_seen(SuppressionFilter(include_lifted=True), db.scope))
    return {row["id"]: _to_suppression(row) for row in await db.fetch(statement, ids=list(ids))}


_ADD = Constant(insert(suppressions).on_conflict_do_nothing(), ("workspace_id", *columns_of(Suppression)))


async def add_suppressions(tx: Writing, new: Sequence[Suppression]) -> None:
    """Insert suppressions; what is suppressed already stays as it is."""
    await tx.execute_many(_ADD, [values_of(each) for each in new])


_LIFT = Constant(
    update(suppressions).where(_mine, suppressions.c.id == bindparam("suppression_id"), _in_force),
    ("lifted_at", "lift_note", "lifted_by_kind", "lifted_by_id"),
)


_LIFT_FROM_LEAD = Constant(
    update(suppressions).where(
        _mine, suppressions.c.lead_id == bindparam("of_lead"), suppressions.c.channel == bindparam("on_channel"), _in_force
    ),
    ("lifted_at", "lift_note", "lifted_by_kind", "lifted_by_id"),
)


async def lift_from_leads(tx: Writing, lifted: Sequence[tuple[UUID, ContactChannel, str | None]], actor: Actor, at: datetime) -> None:
    """Lift leads' suppressions: (lead, channel, note)."""
    by = {"lifted_at": at, "lifted_by_kind": actor.kind, "lifted_by_id": actor.id}
    rows = [{**by, "lift_note": note, "of_lead": lead_id, "on_channel": channel.value} for lead_id, channel, note in lifted]
    await tx.execute_many(_LIFT_FROM_LEAD, rows)


async def lift_suppressions(tx: Writing, lifted: Sequence[Suppression]) -> None:
    """Write when and by whom suppressions were lifted; one that was lifted meanwhile stays as it is."""
    names = ("lifted_at", "lift_note", "lifted_by_kind", "lifted_by_id")
    await tx.execute_many(_LIFT, [{**{name: getattr(each, name) for name in names}, "suppression_id": each.id} for each in lifted])
