"""Give every request an id that logs and answers share."""

import re
from typing import cast
from uuid import uuid4

from starlette.types import Scope

HEADER = b"x-request-id"
_HONOURED = re.compile(rb"[A-Za-z0-9-]{1,64}")


def request_id_of(scope: Scope) -> str:
    """Return the request's id: the caller's, if it sent one we would also write, else a new one; the same each time it is asked for."""
    state = cast("dict[str, object]", scope.setdefault("state", {}))
    known = state.get("request_id")
    if isinstance(known, str):
        return known
    sent = [value for name, value in cast("list[tuple[bytes, bytes]]", scope["headers"]) if name == HEADER]
    request_id = sent[0].decode("ascii") if len(sent) == 1 and _HONOURED.fullmatch(sent[0]) else str(uuid4())
    state["request_id"] = request_id
    return request_id
