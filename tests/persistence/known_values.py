"""Custom fields and segments for the tests of filters: random values, and what conditions on them mean, said in Python."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.custom_fields import CustomField, CustomFieldOption, CustomFieldType, CustomValue
from domain.filters import CustomFieldMatch, OptionMatch
from persistence.custom_fields import add_custom_fields, put_options
from persistence.custom_values import add_custom_values
from persistence.database import Writing
from tests.worlds import NOON

TEXTS = ["North", "north west", "NORTH", "straße", "100%", "_", "'"]
NUMBERS = [Decimal(text) for text in ("-12.5", "-12.499999", "-1", "0", "0.000001", "9", "10", "999999999999999")]
DAYS = [date(2026, 7, day) for day in range(1, 4)]
OPTIONS = ["free", "pro", "team"]
TYPES = {
    "region": CustomFieldType.TEXT,
    "seats": CustomFieldType.NUMBER,
    "renewal": CustomFieldType.DATE,
    "vip": CustomFieldType.BOOLEAN,
    "plan": CustomFieldType.SELECT,
    "uses": CustomFieldType.MULTI_SELECT,
}
MEMBERS = {"region": "text", "seats": "number", "renewal": "date", "vip": "boolean", "plan": "options", "uses": "options"}


def some_values(choices: random.Random) -> Mapping[str, CustomValue]:
    """Draw what one lead holds."""
    drawn: dict[str, CustomValue] = {
        "region": choices.choice(TEXTS),
        "seats": choices.choice(NUMBERS),
        "renewal": choices.choice(DAYS),
        "vip": choices.random() < 0.5,
        "plan": choices.choice(OPTIONS),
        "uses": tuple(sorted(choices.sample(OPTIONS, choices.randrange(1, 4)))),
    }
    return {key: value for key, value in drawn.items() if choices.random() < 0.7}


async def write_values(tx: Writing, values: Mapping[UUID, Mapping[str, CustomValue]]) -> None:
    """Define the fields, and write what leads hold in them."""
    fields = {
        key: CustomField(
            id=uuid7(), version=1, key=key, label=key, description=None, type=type, required=False, archived_at=None,
            created_at=NOON, updated_at=NOON,
        )
        for key, type in TYPES.items()
    }  # fmt: skip
    await add_custom_fields(tx, list(fields.values()))
    await put_options(
        tx,
        [
            CustomFieldOption(field_id=fields[key].id, key=option, label=option, position=position, archived_at=None)
            for key in ("plan", "uses")
            for position, option in enumerate(OPTIONS)
        ],
    )
    await add_custom_values(tx, [(lead_id, fields[key].id, value) for lead_id, held in values.items() for key, value in held.items()])


def meets(held: Mapping[str, CustomValue], match: CustomFieldMatch, holds: Any) -> bool:
    """Tell whether what a lead holds meets a condition; `holds` says so for one value."""
    value = held.get(match.key)
    if match.is_null is not None and (value is None) is not match.is_null:
        return False
    for member in ("text", "number", "date"):
        condition = getattr(match, member)
        if condition is not None and not holds(value if MEMBERS.get(match.key) == member else None, condition):
            return False
    if match.boolean is not None and value is not match.boolean:
        return False
    chosen = set(value if isinstance(value, tuple) else (value,)) if MEMBERS.get(match.key) == "options" and value else set[str]()
    return match.options is None or _chosen(chosen, match.options)


def _chosen(chosen: set[Any], match: OptionMatch) -> bool:
    return (
        (match.any_of is None or bool(chosen & set(match.any_of)))
        and set(match.all_of or ()) <= chosen
        and not chosen & set(match.none_of or ())
    )
