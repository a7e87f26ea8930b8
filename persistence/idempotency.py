"""Idempotency keys: what a key was used for, what came of it, and the answer that was given first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from persistence.database import Writing
from persistence.statements import Constant
from persistence.tables import idempotency_keys as keys

_CLAIM = Constant(
    insert(keys).on_conflict_do_nothing(index_elements=["workspace_id", "key"]).returning(keys.c.key),
    ("workspace_id", "key", "verb", "fingerprint", "created_at"),
)
_mine = (keys.c.workspace_id == bindparam("workspace_id"), keys.c.key == bindparam("key"))
_READ = Constant(select(keys.c.verb, keys.c.fingerprint, keys.c.result).where(*_mine))
_REMEMBER = Constant(update(keys).where(*_mine).values(result=bindparam("result", type_=JSONB)))
_SETTLE = Constant(
    update(keys)
    .where(*_mine)
    # What is there already wins: the right side of || overwrites the left.
    .values(answers=bindparam("answer", type_=JSONB).concat(keys.c.answers))
    .returning(keys.c.answers)
)
_FORGET = Constant(delete(keys).where(keys.c.workspace_id == bindparam("workspace_id"), keys.c.created_at < bindparam("before")))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of an earlier request with the same key."""

    verb: str
    fingerprint: bytes
    result: Any


async def claim(tx: Writing, key: str, verb: str, fingerprint: bytes, at: datetime) -> Earlier | None:
    """Take the key for this transaction; when it is taken, wait for its transaction to end and return what it did."""
    values = {"key": key, "verb": verb, "fingerprint": fingerprint, "created_at": at}
    while await tx.fetch_one(_CLAIM, **values) is None:
        row = await tx.fetch_one(_READ, key=key)
        if row is not None:
            return Earlier(row["verb"], row["fingerprint"], row["result"])
    return None


async def remember(tx: Writing, key: str, result: object) -> None:
    """Keep the outcome with the key."""
    await tx.execute(_REMEMBER, key=key, result=result)


async def settle(tx: Writing, key: str, selection: str, answer: object) -> object:
    """Keep the answer that is about to be given for a selection; return the one that was kept first."""
    # As text: jsonb would forget the order of the keys.
    row = await tx.fetch_one(_SETTLE, key=key, answer={selection: orjson.dumps(answer).decode()})
    return answer if row is None else orjson.loads(row["answers"][selection])


async def forget_before(tx: Writing, before: datetime) -> int:
    """Drop the keys that were used before an instant."""
    return await tx.execute(_FORGET, before=before)
