"""Leads as wholes of many fields: copied with some of them changed, compared, and what the score is made of."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

from domain.leads import Lead
from domain.scoring_facts import Facts

_names = tuple(field.name for field in fields(Lead))
_read = attrgetter(*_names)
# `dataclasses.replace` checks and passes every field by its name: five times as long for so many.
_put_by_name = {name: getattr(Lead, name).__set__ for name in _names}
_puts = tuple(_put_by_name.values())


def changed_lead(lead: Lead, **changes: Any) -> Lead:
    """Return the lead with some fields changed. Raises KeyError where a lead has no such field."""
    copy = object.__new__(Lead)
    for put, value in zip(_puts, _read(lead), strict=True):
        put(copy, value)
    for name, value in changes.items():
        _put_by_name[name](copy, value)
    return copy


def is_same_lead(one: Lead, other: Lead) -> bool:
    """Tell whether all fields are equal, as `==` does, but sooner."""
    return one is other or _read(one) == _read(other)


scored_fields = attrgetter(*(field.name for field in fields(Facts) if field.name in _names), "pinned_priority", "pinned_until")
"""Reads what a lead's score and priority are made of; a change of any of it may move them."""
