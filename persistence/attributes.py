"""Finds out which attributes a small function reads of the objects that it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any, TypeGuard

_OURS = ("domain", "gql", "persistence")


def attributes_read(function: Callable[..., Any]) -> frozenset[str] | None:
    """Name every attribute that the function may read, by what its code names; None when it has no code that could tell.

    The functions that it calls and closes over count too, as far as they are ours. Names of other things are among the answer, so it is
    good for choosing columns and for nothing finer.
    """
    if not isinstance(function, FunctionType):
        return None
    names: set[str] = set()
    seen: set[FunctionType] = set()
    waiting: list[FunctionType] = [function]
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        for code in _codes(each.__code__):
            names.update(code.co_names)
            waiting += [found for name in code.co_names if _is_ours(found := each.__globals__.get(name))]
        waiting += [found for cell in each.__closure__ or () if _is_ours(found := cell.cell_contents)]
    return frozenset(names)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a function, and of the comprehensions and lambdas inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _is_ours(found: object) -> TypeGuard[FunctionType]:
    return isinstance(found, FunctionType) and found.__module__.partition(".")[0] in _OURS
