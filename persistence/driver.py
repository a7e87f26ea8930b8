"""What the driver leaves to its users: ending failed transactions, sending many rows, and JSON in binary."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import asyncpg
import orjson
from asyncpg import Record

R = TypeVar("R")


async def sent_whole(connection: asyncpg.Connection[Record], sending: Coroutine[Any, Any, R]) -> R:
    """Let rows be sent to the last, or give the connection up.

    The driver loses a cancellation that comes while it sends: it waits for an answer to what it never finishes asking, for ever.
    """
    task = asyncio.create_task(sending)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done():
            connection.terminate()
            task.cancel()
        task.add_done_callback(_forget)
        raise


async def roll_back(connection: asyncpg.Connection[Record]) -> None:
    """End a failed transaction; a connection that can't even do that is closed rather than lent again."""
    rolling_back = asyncio.ensure_future(connection.execute("ROLLBACK"))
    try:
        await asyncio.shield(rolling_back)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection.terminate()
    except asyncio.CancelledError:
        rolling_back.add_done_callback(_forget)
        connection.terminate()
        raise


def _forget(ended: asyncio.Future[Any]) -> None:
    # Nobody waits for it any more, and nobody shall read in the log that it failed.
    _ = ended.cancelled() or ended.exception()


def encode_json(value: object) -> bytes:
    """Write a value as jsonb: a version byte and the text."""
    # The driver's UUIDs are a subclass that orjson does not know.
    return b"\x01" + orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)


def decode_json(value: bytes) -> Any:
    """Read a jsonb value."""
    return orjson.loads(memoryview(value)[1:])
