"""Give every request an id that logs and answers share."""

import re
from secrets import token_hex
from typing import cast

from starlette.types import Scope

from server.http.heads import head_of

HEADER = b"x-request-id"
_HONOURED = re.compile(r"[A-Za-z0-9-]{1,64}")
_BYTES = 12


def request_id_of(scope: Scope) -> str:
    """Return the request's id: the caller's, if it sent one we would also write, else a new one; the same each time it is asked for."""
    state = cast("dict[str, str]", scope.setdefault("state", {}))
    if "request_id" in state:
        return state["request_id"]
    sent = head_of(scope).get(HEADER, ())
    request_id = sent[0] if len(sent) == 1 and _HONOURED.fullmatch(sent[0]) else token_hex(_BYTES)
    state["request_id"] = request_id
    return request_id
