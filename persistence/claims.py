"""Claims: who works on which lead of which queue, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Uuid, any_, bindparam, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from domain.access import ActorKind
from domain.queues import Claim, ClaimState
from persistence.database import Reading, Writing
from persistence.lead_conditions import visible_lead
from persistence.lookups import by_id_of_leads, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import claims
from persistence.writes import adding, locking, saving

claim_by_id = by_id_of_leads(claims, Claim)
# An attempt is of the claim's lead: whoever came as far as the one sees the other.
claims_by_attempt = lists_by(claims, Claim, "contact_attempt_id", claims.c.claimed_at, claims.c.id)
claim_for_update = locking(claims, Claim)
add_claims = adding(claims, Claim)
save_claims = saving(claims, Claim)

_to_claim = mapper(Claim)
_columns = [claims.c[name] for name in columns_of(Claim)]
_mine = claims.c.workspace_id == bindparam("workspace_id")
_OPEN = Constant(select(*_columns).where(_mine, claims.c.ended_at.is_(None), claims.c.lead_id == any_(bindparam("ids", type_=ARRAY(Uuid)))))


async def open_claim_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Claim]:
    """Read the claims on leads that nobody has ended, those whose lease ran out included."""
    return {row["lead_id"]: _to_claim(row) for row in await db.fetch(_OPEN, ids=list(ids))}


_LAPSE = Constant(
    update(claims)
    .where(
        _mine,
        claims.c.lead_id == bindparam("of_lead", type_=Uuid()),
        claims.c.ended_at.is_(None),
        claims.c.leased_until <= bindparam("at", type_=DateTime(timezone=True)),
    )
    .values(state=ClaimState.LAPSED.value, ended_at=claims.c.leased_until)
)


async def lapse(tx: Writing, lead_id: UUID, at: datetime) -> None:
    """End the claim on a locked lead whose lease ran out, as of then."""
    await tx.execute(_LAPSE, of_lead=lead_id, at=at)


def _list(parent: ColumnElement[Any], *conditions: ColumnElement[bool], everybody: bool = False) -> Listing[Claim, Any]:
    def seen(_filter: Any, scope: Any) -> Sequence[ColumnElement[bool]]:
        return conditions if everybody else [*conditions, visible_lead(claims.c.lead_id, claims.c.workspace_id, scope)]

    return Listing(
        build=_to_claim,
        columns=_columns,
        source=claims,
        workspace=claims.c.workspace_id,
        id=claims.c.id,
        orderings={"CLAIMED_AT": Ordering(claims.c.claimed_at, datetime)},
        where=seen,
        parent=parent,
    )


# Whoever came as far as a lead sees it; everywhere else only claims on leads that the viewer may see.
claims_by_lead = _list(claims.c.lead_id, everybody=True)
claims_by_queue = _list(claims.c.queue_id)
claims_by_agent = _list(claims.c.actor_id, claims.c.actor_kind == ActorKind.AGENT.value)
