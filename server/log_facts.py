"""What the log says of a request beside each line's own words: one mapping for each request, which all its lines share."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any

_facts: ContextVar[dict[str, object] | None] = ContextVar("facts", default=None)


def begin(**facts: object) -> None:
    """Forget what was known, and start with these facts."""
    _facts.set(facts)


def add(facts: Mapping[str, object]) -> None:
    """Know more from here on; outside of a request there is nothing to add to."""
    known = _facts.get()
    if known is not None:
        known.update(facts)


def known() -> Mapping[str, object]:
    """Return the facts."""
    return _facts.get() or {}


def merge(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write the facts into a line, as one of structlog's processors; what the line says itself wins."""
    for name, fact in known().items():
        event.setdefault(name, fact)
    return event
