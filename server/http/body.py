"""Read a request's body within bounds of size and time, and decode it into a GraphQL request."""

import asyncio
from collections.abc import Mapping
from typing import cast

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

from gql.errors import ErrorCode
from gql.execution import GraphQLRequest
from server.http.refusals import Refusal

# The name under which a connection puts a way to ask whether all of its request is there into the state of its scopes.
ARRIVED = "arrived"


async def read_body(scope: Scope, receive: Receive, content_length: str | None, *, max_bytes: int, seconds: float) -> bytes:
    """Return the whole body; raise `Refusal` 413 as soon as it is known to be too large, 408 when it is too slow."""
    if content_length is not None and (len(content_length) > 18 or (content_length.isdecimal() and int(content_length) > max_bytes)):
        raise _too_large(max_bytes)
    arrived = scope.get("state", {}).get(ARRIVED)
    if arrived is not None and arrived():
        # Nothing to wait for, and no need to be woken.
        return await _whole_body(receive, max_bytes)
    try:
        async with asyncio.timeout(seconds):
            return await _whole_body(receive, max_bytes)
    except TimeoutError:
        raise Refusal(408, ErrorCode.REQUEST_TIMEOUT, f"The body did not arrive within {seconds:g} s.", close=True) from None


async def _whole_body(receive: Receive, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = cast("bytes", message.get("body", b""))
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            raise _too_large(max_bytes)
        if not message.get("more_body", False):
            return part if len(parts) == 1 else b"".join(parts)


def _too_large(max_bytes: int) -> Refusal:
    facts = {"limit": "body", "allowed": max_bytes}
    return Refusal(413, ErrorCode.REQUEST_TOO_LARGE, f"The body exceeds {max_bytes:,} bytes.", facts=facts, close=True)


def decode(body: bytes) -> GraphQLRequest:
    """Decode a request, by one decoder in which the last of equal keys wins; raise `Refusal` 400 for anything else than a request."""
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _bad("Body is not JSON.") from None
    if isinstance(value, list):
        raise Refusal(400, ErrorCode.BATCHING_DISABLED, "Batches are not answered: send one operation a request.")
    if not isinstance(value, dict):
        raise _bad("Body must be an object.")
    return request_of(cast("dict[str, object]", value))


def request_of(entries: Mapping[str, object]) -> GraphQLRequest:
    """Read a request from a decoded object; raise `Refusal` 400 when it is none."""
    query = entries.get("query")
    if not isinstance(query, str) or not query or query.isspace():
        raise _bad("`query` must be a non-empty string.")
    variables = entries.get("variables")
    if variables is not None and not isinstance(variables, dict):
        raise _bad("`variables` must be an object.")
    name = entries.get("operationName")
    if name is not None and not isinstance(name, str):
        raise _bad("`operationName` must be a string.")
    extensions = entries.get("extensions")
    if extensions is not None and not isinstance(extensions, dict):
        raise _bad("`extensions` must be an object.")
    return GraphQLRequest(query, cast("dict[str, object]", variables or {}), name or None)


def _bad(message: str) -> Refusal:
    return Refusal(400, ErrorCode.BAD_REQUEST, message)
