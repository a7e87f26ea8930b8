"""What brought a lead, on its way in: a touch checked, and laid out as fields of the lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.leads import Touch
from domain.refusals import Refusal, ValidationFailed
from domain.texts import optional_text

MAX_DETAIL = 500
MAX_UTM = 200
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(minutes=5)
"""Clocks of other systems may run ahead by this much."""

_PARTS = ("source", "medium", "campaign", "term", "content")


def checked_touch(touch: Touch, at: datetime, *path: str) -> tuple[Touch, list[Refusal]]:
    """Clean the texts of a touch and check that it lies between the year 2000 and now; refusals stand below `path`."""
    refusals: list[Refusal] = []
    detail, problems = optional_text(touch.detail, MAX_DETAIL, *path, "detail")
    refusals += problems
    utm: dict[str, Any] = {}
    for part in _PARTS:
        utm[f"utm_{part}"], problems = optional_text(getattr(touch, f"utm_{part}"), MAX_UTM, *path, "utm", part)
        refusals += problems
    if not EARLIEST <= touch.at <= at + CLOCK_SKEW:
        refusals.append(ValidationFailed(message="Must lie between the year 2000 and now.", path=(*path, "at")))
    return replace(touch, detail=detail, **utm), refusals


def first_touch_fields(touch: Touch) -> dict[str, Any]:
    """Lay a touch out as the fields of a lead's first touch."""
    utm = {f"first_utm_{part}": getattr(touch, f"utm_{part}") for part in _PARTS}
    return {"source": touch.source, "first_touch_at": touch.at, "first_touch_detail": touch.detail, **utm}


def last_touch_fields(touch: Touch) -> dict[str, Any]:
    """Lay a touch out as the fields of a lead's last touch."""
    utm = {f"last_utm_{part}": getattr(touch, f"utm_{part}") for part in _PARTS}
    return {"last_source": touch.source, "last_touch_at": touch.at, "last_touch_detail": touch.detail, **utm}
