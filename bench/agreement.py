"""Whether all competitors answer the same: only then is it fair to compare how fast they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import orjson

from bench.servers import Running

# Ids are global ones here and the database's there, and cursors are each server's own.
_PRIVATE = {"id", "cursor", "startCursor", "endCursor"}
# Who changes something answers with what it became, which depends on who came first.
_CHANGING = {"Q4"}
_TRIED = 5


class Disagreement(Exception):
    """Two competitors answer differently."""


def require_agreement(servers: Sequence[Running], bodies: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Ask everybody the first few requests of each operation that only reads. Raises Disagreement with the first difference."""
    first, *others = servers
    for operation, requests in bodies.items():
        for request in requests[:_TRIED] if operation not in _CHANGING else ():
            expected = _comparable(orjson.loads(first.ask(request)))
            for other in others:
                difference = _difference(expected, _comparable(orjson.loads(other.ask(request))), operation)
                if difference:
                    raise Disagreement(f"{first.competitor.name} and {other.competitor.name} differ: {difference}")


def _comparable(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _comparable(inner, name) for name, inner in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_comparable(inner, key) for inner in cast("list[Any]", value)]
    if key in _PRIVATE:
        return value is not None
    if isinstance(value, str) and (key == "at" or key.endswith("At")):
        return datetime.fromisoformat(value)
    return value


def _difference(expected: Any, answered: Any, path: str) -> str | None:
    """Find where two answers differ first; None when they do not."""
    one, other = _parts(expected), _parts(answered)
    if one is None or other is None or one.keys() != other.keys():
        return None if expected == answered else f"{path}: {expected!r} and {answered!r}"
    return next((found for name, part in one.items() if (found := _difference(part, other[name], f"{path}.{name}"))), None)


def _parts(value: Any) -> Mapping[object, Any] | None:
    if isinstance(value, list):
        return dict(enumerate(cast("list[Any]", value)))
    return cast("dict[object, Any]", value) if isinstance(value, dict) else None
