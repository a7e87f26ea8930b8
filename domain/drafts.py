"""Instances of frozen dataclasses, made at the price of setting their attributes."""

from __future__ import annotations

from functools import cache
from typing import Any, cast


@cache
def draft_of(cls: type[Any]) -> type[Any]:
    """Make a class with the slots of a frozen one that lets them be set: `draft.__class__ = cls` turns an instance into the real thing.

    What dataclasses write themselves goes through `object.__setattr__` for each field, which takes six times as long. The class must
    have slots of its own.
    """
    slots: tuple[str, ...] = vars(cls)["__slots__"]
    # A base may be frozen itself.
    return cast(type[Any], type(f"{cls.__name__}Draft", cls.__bases__, {"__slots__": slots, "__setattr__": object.__setattr__}))
