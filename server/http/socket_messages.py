"""The messages of graphql-transport-ws: read whatever a client sends, write what it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

import orjson

SUBPROTOCOL = "graphql-transport-ws"
_MAX_ID_LENGTH = 128


class MessageType(StrEnum):
    """What a client may send."""

    CONNECTION_INIT = "connection_init"
    PING = "ping"
    PONG = "pong"
    SUBSCRIBE = "subscribe"
    COMPLETE = "complete"


_TYPES = {type.value: type for type in MessageType}
_WITH_ID = (MessageType.SUBSCRIBE, MessageType.COMPLETE)

ACKNOWLEDGED = '{"type":"connection_ack"}'
PONG = '{"type":"pong"}'


@dataclass(frozen=True, slots=True)
class Closing:
    """Say with which code, and which words of at most 123 bytes, a socket closes; the words never repeat the client's."""

    code: int
    reason: str


class SocketClosed(Exception):
    """End a socket because of what its client sent."""

    def __init__(self, closing: Closing) -> None:
        super().__init__(closing.reason)
        self.closing = closing


INVALID_MESSAGE = Closing(4400, "Invalid message.")
UNAUTHORIZED = Closing(4401, "Unauthorized")
FORBIDDEN = Closing(4403, "Forbidden")
TOO_SLOW_TO_INIT = Closing(4408, "Connection initialisation timeout")
ALREADY_SUBSCRIBED = Closing(4409, "Subscriber already exists")
ALREADY_INITIALISED = Closing(4429, "Too many initialisation requests")
TOO_MANY_MESSAGES = Closing(1008, "Message rate exceeded")
BROKEN = Closing(1011, "Internal error")
RESTARTING = Closing(1012, "Service restart")
RIGHTS_CHANGED = Closing(1012, "Connect again: what the key allows has changed")
BUSY = Closing(1013, "Try again later")


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """One well-formed message. `id` is empty where the type has none, `payload` where there is none."""

    type: MessageType
    id: str
    payload: dict[str, Any]


def client_message(text: str | None) -> ClientMessage:
    """Read a text frame; raise `SocketClosed` for whatever is no message of a client, None (a binary frame) included."""
    if text is None:
        raise SocketClosed(INVALID_MESSAGE)
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise SocketClosed(INVALID_MESSAGE) from None
    if not isinstance(value, dict):
        raise SocketClosed(INVALID_MESSAGE)
    entries = cast("dict[str, object]", value)
    name = entries.get("type")
    type = _TYPES.get(name) if isinstance(name, str) else None
    if type is None:
        raise SocketClosed(INVALID_MESSAGE)
    id, payload = entries.get("id", ""), entries.get("payload")
    if type in _WITH_ID and not (isinstance(id, str) and 0 < len(id) <= _MAX_ID_LENGTH):
        raise SocketClosed(INVALID_MESSAGE)
    if not isinstance(payload, dict) and (payload is not None or type is MessageType.SUBSCRIBE):
        raise SocketClosed(INVALID_MESSAGE)
    return ClientMessage(type, cast("str", id) if type in _WITH_ID else "", cast("dict[str, Any]", payload or {}))


def next_message(id: str, payload: str) -> str:
    """Write one answer, which is JSON already."""
    return f'{{"id":{_quoted(id)},"type":"next","payload":{payload}}}'


def error_message(id: str, errors: Sequence[dict[str, object]]) -> str:
    """Write why an operation ends."""
    return f'{{"id":{_quoted(id)},"type":"error","payload":{orjson.dumps(errors).decode()}}}'


def complete_message(id: str) -> str:
    """Write that an operation has ended."""
    return f'{{"id":{_quoted(id)},"type":"complete"}}'


def _quoted(id: str) -> str:
    return orjson.dumps(id).decode()
