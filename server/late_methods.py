"""Lets dataclasses write their methods when somebody asks for them: most are never made, shown, compared or hashed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

_LATE = frozenset({"__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"})
# In Python 3.13 the methods of a class are compiled together, in one go: nothing is replaced there.
_CREATE = "_create_fn"


@contextmanager
def written_when_used() -> Generator[None]:
    """Compile such methods of classes that are made in the block when they are used first.

    A server has 1,300 dataclasses, and to compile 6,000 methods of theirs took a quarter of its start.
    """
    create: Callable[..., Any] | None = getattr(dataclasses, _CREATE, None)
    if create is None:
        yield
        return

    def created(name: str, args: list[str], body: list[str], **names: Any) -> Any:
        return _Late(create, name, args, body, names) if name in _LATE else create(name, args, body, **names)

    setattr(dataclasses, _CREATE, created)
    try:
        yield
    finally:
        setattr(dataclasses, _CREATE, create)


class _Late:
    """Stands in a class for a method until it is looked up, by whoever calls it or reads its signature."""

    __slots__ = ("__name__", "_args", "_body", "_create", "_names")

    def __init__(self, create: Callable[..., Any], name: str, args: list[str], body: list[str], names: dict[str, Any]) -> None:
        self._create = create
        self.__name__ = name
        # One text takes less room than a list of them, and becomes the same function: lines are indented by two.
        self._args = ",".join(args)
        self._body = "\n  ".join(body)
        self._names = tuple(names.items())

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        written = self._create(self.__name__, [self._args], [self._body], **dict(self._names))
        for each in owner.__mro__:
            if vars(each).get(self.__name__) is self:
                written.__qualname__ = f"{each.__qualname__}.{self.__name__}"
                setattr(each, self.__name__, written)
        return written.__get__(instance, owner)

    def __call__(self, instance: object) -> Any:
        # What stands in the class is a function of dataclasses' around this one, which keeps `__repr__` from running in circles.
        return self.__get__(instance, type(instance))()
