"""Leads as wholes of many fields: copied with some of them changed, compared, and what the score is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from domain.drafts import draft_of
from domain.leads import Lead
from domain.scoring_facts import Facts

_names = tuple(field.name for field in fields(Lead))
_read = attrgetter(*_names)


@cache
def _copying() -> Callable[[Lead], Any]:
    """Write out a function that copies a lead field by field into a draft."""
    scope: dict[str, Any] = {"draft_of_lead": draft_of(Lead)}
    lines = ["def copy(lead):", "    draft = draft_of_lead()", *(f"    draft.{name} = lead.{name}" for name in _names), "    return draft"]
    exec("\n".join(lines), scope)  # noqa: S102 -- made of the names of fields
    return scope["copy"]


def changed_lead(lead: Lead, **changes: Any) -> Lead:
    """Return the lead with some fields changed, as `dataclasses.replace` does, but sooner. Raises AttributeError for any other."""
    draft = _copying()(lead)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.__class__ = Lead
    return draft


def is_same_lead(one: Lead, other: Lead) -> bool:
    """Tell whether all fields are equal, as `==` does, but sooner."""
    return one is other or _read(one) == _read(other)


scored_fields = attrgetter(*(field.name for field in fields(Facts) if field.name in _names), "pinned_priority", "pinned_until")
"""Reads what a lead's score and priority are made of; a change of any of it may move them."""
