"""Requests that name merged leads, made to name the leads that took their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast
from uuid import UUID

T = TypeVar("T")


def redirected(request: T, to: Mapping[UUID, UUID]) -> T:
    """Exchange ids wherever they stand in a request; ids are never given twice, so that one of another kind is not meant."""
    return cast(T, _redirected(request, to))


def _redirected(value: Any, to: Mapping[UUID, UUID]) -> Any:
    if isinstance(value, UUID):
        return to.get(value, value)
    if isinstance(value, tuple | list | set | frozenset):
        return type(cast(Any, value))(_redirected(each, to) for each in cast(Any, value))
    if isinstance(value, dict):
        return {_redirected(key, to): _redirected(each, to) for key, each in cast("dict[Any, Any]", value).items()}
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {name: new for name, old in found.items() if (new := _redirected(old, to)) != old}
        return replace(cast(Any, value), **changed) if changed else value
    return value
