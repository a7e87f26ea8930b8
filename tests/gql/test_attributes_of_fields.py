"""Which computed fields are attributes by another name: those PostgreSQL may write, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gql.nodes import attribute_of

NAMES = {"a": "A"}


def test_what_returns_an_attribute_is_that_attribute() -> None:
    assert attribute_of(lambda thing: thing.to_status) == "to_status"


COMPUTES: list[Callable[[Any], Any]] = [
    lambda thing: thing.name or None,
    lambda thing: "unknown" if thing.name is None else thing.name,
    lambda thing: thing.name if thing.shown else None,
    lambda thing: NAMES.get(thing.name, thing.name),
    lambda thing: thing.owner.name,
    lambda thing: thing.total - thing.before,
    lambda thing: f"{thing.name}",
    lambda thing: (thing.id, thing.at),
    lambda thing: thing.name == "a",
    lambda thing: thing,
    lambda _thing: None,
    lambda _thing: "always",
]


@pytest.mark.parametrize("compute", COMPUTES)
def test_what_makes_something_of_attributes_is_none(compute: Callable[[Any], Any]) -> None:
    assert attribute_of(compute) is None
