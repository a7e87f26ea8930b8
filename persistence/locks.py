"""Locks on names that no row may carry yet: held until the transaction ends, taken in one order by everybody."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from sqlalchemy import BigInteger, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from persistence.database import Writing
from persistence.statements import Constant

_names = func.unnest(bindparam("keys", type_=ARRAY(BigInteger))).table_valued(column("key", BigInteger), name="names").render_derived()
_LOCK = Constant(select(func.pg_advisory_xact_lock(_names.c.key)))


async def lock_names(tx: Writing, names: Iterable[tuple[str, ...]]) -> None:
    """Wait until nobody else holds any of the names in this workspace, and hold them."""
    workspace = tx.scope.workspace_id.bytes
    keys = {int.from_bytes(blake2b(workspace + "\0".join(name).encode(), digest_size=8).digest(), signed=True) for name in names}
    if keys:
        # In the order of the array: two transactions that want the same two names cannot wait for each other.
        await tx.fetch(_LOCK, keys=sorted(keys))
