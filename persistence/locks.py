"""Locks on names that no row may carry yet: held until the transaction ends, taken in one order by everybody."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from sqlalchemy import BigInteger, Boolean, Text, bindparam, case, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from persistence.database import Writing
from persistence.statements import Constant

MAX_NAMES = 100
"""Whoever wants more than this waits for the whole workspace: PostgreSQL has room for some thousand locks in all."""

_names = (
    func.unnest(bindparam("keys", type_=ARRAY(BigInteger)), bindparam("alone", type_=ARRAY(Boolean)))
    .table_valued(column("key", BigInteger), column("alone", Boolean), name="names")
    .render_derived()
)
_LOCK = Constant(
    select(
        # As text: there is no choice between two values of no type.
        case(
            (_names.c.alone, cast(func.pg_advisory_xact_lock(_names.c.key), Text)),
            else_=cast(func.pg_advisory_xact_lock_shared(_names.c.key), Text),
        )
    )
)


async def lock_names(tx: Writing, names: Iterable[tuple[str, ...]]) -> None:
    """Wait until nobody else holds any of the names in this workspace, and hold them.

    A transaction that holds a few names must not ask for more than `MAX_NAMES` later: two that did so would wait for each other.
    """
    wanted = set(names)
    if not wanted:
        return
    workspace = tx.scope.workspace_id.bytes
    everything = _key(workspace)
    if len(wanted) > MAX_NAMES:
        await tx.fetch(_LOCK, keys=[everything], alone=[True])
        return
    # In the order of the arrays: two transactions that want the same two names cannot wait for each other.
    keys = sorted({_key(workspace, *(part.encode() for part in name)) for name in wanted})
    await tx.fetch(_LOCK, keys=[everything, *keys], alone=[False, *(True for _ in keys)])


def _key(*parts: bytes) -> int:
    return int.from_bytes(blake2b(b"\0".join(parts), digest_size=8).digest(), signed=True)
