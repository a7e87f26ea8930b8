"""A request's headers, read once however many ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from starlette.types import Scope

Head: TypeAlias = "Mapping[bytes, Sequence[str]]"
"""The values of each header by its name, which is in small letters, in their order."""


def head_of(scope: Scope) -> Head:
    """Return the headers of a request; the same object each time it is asked for."""
    try:
        return scope["state"]["head"]
    except KeyError:
        pass
    state = cast("dict[str, object]", scope.setdefault("state", {}))
    known: dict[bytes, list[str]] = {}
    for name, value in cast("list[tuple[bytes, bytes]]", scope["headers"]):
        if name in known:
            known[name].append(value.decode("latin-1"))
        else:
            known[name] = [value.decode("latin-1")]
    state["head"] = known
    return known


def forget_head(scope: Scope) -> None:
    """Let go of the headers of a connection that stays open, when nobody is going to ask for them."""
    cast("dict[str, object]", scope.setdefault("state", {})).pop("head", None)


def only(head: Head, name: bytes) -> str | None:
    """Return the first value of a header; None where there is none."""
    values = head.get(name)
    return values[0] if values else None
