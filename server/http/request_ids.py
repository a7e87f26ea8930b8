"""Give every request an id that logs and answers share."""

import re
from random import Random
from typing import cast

from starlette.types import Scope

from server.http.heads import head_of

HEADER = b"x-request-id"
_HONOURED = re.compile(r"[A-Za-z0-9-]{1,64}")
# Begun by the system's own chance. Ids are no secrets, and to ask the system for each takes longer than all else here.
_chance = Random()


def request_id_of(scope: Scope) -> str:
    """Return the request's id: the caller's, if it sent one we would also write, else a new one; the same each time it is asked for."""
    try:
        return scope["state"]["request_id"]
    except KeyError:
        pass
    state = cast("dict[str, str]", scope.setdefault("state", {}))
    sent = head_of(scope).get(HEADER, ())
    request_id = sent[0] if len(sent) == 1 and _HONOURED.fullmatch(sent[0]) else f"{_chance.getrandbits(96):024x}"
    state["request_id"] = request_id
    return request_id
