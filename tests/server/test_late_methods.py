"""A dataclass whose methods are written when they are used is the one that it would have been."""

from __future__ import annotations

import inspect
import sys
from dataclasses import FrozenInstanceError, dataclass, field
from types import FunctionType
from typing import Any

import pytest

from server.late_methods import written_when_used


def _place() -> type[Any]:
    @dataclass(frozen=True, slots=True)
    class Place:
        city: str
        note: str = field(default="", compare=False, repr=False)

    return Place


def _stay() -> type[Any]:
    @dataclass
    class Stay:
        nights: int
        after: Any = None

    return Stay


@pytest.fixture
def late() -> tuple[type[Any], type[Any]]:
    with written_when_used():
        return _place(), _stay()


def test_it_looks_as_before(late: tuple[type[Any], type[Any]]) -> None:
    place, stay = late
    assert repr(place("Oslo", "seen")).endswith("Place(city='Oslo')")
    assert repr(place("Oslo")) == repr(_place()("Oslo"))
    again = stay(3)
    again.after = again
    assert repr(again).endswith("Stay(nights=3, after=...)")


def test_it_equals_what_has_the_same_values_each_time_it_is_asked(late: tuple[type[Any], type[Any]]) -> None:
    place, stay = late
    for _ in range(2):
        assert place("Oslo", "seen") == place("Oslo")
        assert place("Oslo") != place("Bergen")
        assert place("Oslo") != stay("Oslo")
        assert len({place("Oslo", "seen"), place("Oslo"), place("Bergen")}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(stay(1))


def test_it_stays_frozen(late: tuple[type[Any], type[Any]]) -> None:
    place, stay = late
    oslo = place("Oslo")
    for _ in range(2):
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'city'"):
            oslo.city = "Bergen"
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'city'"):
            del oslo.city
    changing = stay(1)
    changing.nights = 2
    assert (oslo.city, changing.nights) == ("Oslo", 2)


def test_what_comes_from_it_has_its_methods_and_may_have_its_own(late: tuple[type[Any], type[Any]]) -> None:
    place, _ = late

    class Capital(place):
        pass

    @dataclass(frozen=True)
    class Harbour(place):
        ships: int = 0

    assert Capital("Oslo") == Capital("Oslo")
    assert Capital("Oslo") != place("Oslo")
    assert Harbour("Oslo", "", 3) != Harbour("Oslo", "", 4)
    assert hash(Capital("Oslo")) == hash(place("Oslo"))


def test_how_it_is_made_can_be_looked_up(late: tuple[type[Any], type[Any]]) -> None:
    assert str(inspect.signature(late[1])) == "(nights: 'int', after: 'Any' = None) -> None"


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="Python compiles the methods of a class together")
def test_a_method_that_was_used_is_the_ordinary_one_and_so_are_those_of_later_classes(late: tuple[type[Any], type[Any]]) -> None:
    place, ordinary = late[0], _place()
    assert not isinstance(vars(place)["__eq__"], FunctionType)
    assert place("Oslo") == place("Oslo")
    for each in (vars(place)["__init__"], vars(place)["__eq__"], vars(ordinary)["__hash__"]):
        assert isinstance(each, FunctionType)
    assert vars(place)["__eq__"].__qualname__ == vars(ordinary)["__eq__"].__qualname__
