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


def require_agreement(servers: Sequence[Running], bodies: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]) -> None:
    """Ask everybody the first few requests of each operation that only reads. Raises Disagreement with the first difference.

    `bodies` has the requests of each competitor by operation, all in the same order.
    """
    for operation in dict.fromkeys(each for asked in bodies.values() for each in asked if each not in _CHANGING):
        first, *others = [server for server in servers if operation in bodies[server.competitor.name]]
        for number in range(min(_TRIED, len(bodies[first.competitor.name][operation]))):
            expected, *answers = [_answer(server, bodies[server.competitor.name][operation][number]) for server in (first, *others)]
            for other, answer in zip(others, answers, strict=True):
                difference = _difference(expected, answer, operation)
                if difference:
                    raise Disagreement(f"{first.competitor.name} and {other.competitor.name} differ: {difference}")


def _answer(server: Running, request: Mapping[str, Any]) -> Any:
    return _comparable(orjson.loads(server.ask(request)))


def _comparable(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return _flat({name: _comparable(inner, name) for name, inner in cast("dict[str, Any]", value).items()})
    if isinstance(value, list):
        return [_comparable(inner, key) for inner in cast("list[Any]", value)]
    if key in _PRIVATE:
        return value is not None
    if isinstance(value, str) and (key == "at" or key.endswith("At")):
        return datetime.fromisoformat(value)
    return value


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    """Take off what only shapes a schema: a contact's facts lie in the lead's own row, and a campaign is reached through a membership."""
    if found.keys() == {"campaign"}:
        return found["campaign"]
    contact = found.pop("contact", {})
    return {**found, **contact}


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
