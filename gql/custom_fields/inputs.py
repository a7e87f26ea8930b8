"""Values of custom fields on their way in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from strawberry import UNSET

from domain.custom_fields import Given, GivenValue

_KINDS = ("text", "number", "date", "boolean", "option", "options")


@strawberry.input(one_of=True, description="A value of a custom field; which member is named depends on the field's type.")
class CustomValueInput:
    """See `domain.custom_fields.GivenValue`."""

    text: str | None = strawberry.field(default=UNSET, description="For a TEXT, at most 2,000 characters; blank clears.")
    number: Decimal | None = strawberry.field(default=UNSET, description="For a NUMBER: at most 15 digits before the point, 6 after it.")
    date: date | None = strawberry.field(default=UNSET, description="For a DATE.")
    boolean: bool | None = strawberry.field(default=UNSET, description="For a BOOLEAN.")
    option: str | None = strawberry.field(default=UNSET, description="For a SELECT: the option's key.")
    options: list[str] | None = strawberry.field(
        default=UNSET, description="For a MULTI_SELECT: the options' keys; they replace those there were, and an empty list clears."
    )


@strawberry.input(description="What a lead shall hold in one custom field.")
class CustomFieldInput:
    """A key and a value."""

    key: str = strawberry.field(description="The field's key.")
    value: CustomValueInput | None = strawberry.field(description="The value; null clears the field.")


def given_values(inputs: Sequence[CustomFieldInput] | None) -> Given | None:
    """Take the values of an input; absent gives none, null stays None."""
    if inputs is UNSET:
        return ()
    return None if inputs is None else tuple((each.key, _given(each.value)) for each in inputs)


def _given(value: CustomValueInput | None) -> GivenValue | None:
    if value is None:
        return None
    named: list[tuple[str, Any]] = [(kind, given) for kind in _KINDS if (given := getattr(value, kind)) is not UNSET]
    kind, given = named[0]
    return GivenValue(kind, tuple(given) if kind == "options" else given)
