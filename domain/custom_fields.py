"""Fields that a workspace defines for its leads: the definitions, and values checked against them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, TypedDict
from uuid import UUID

from domain.lead_labels import one_line
from domain.refusals import Refusal, ValidationFailed
from domain.texts import cleaned

MAX_FIELDS = 50
MAX_FIELDS_EVER = 200
MAX_OPTIONS = 100
MAX_OPTIONS_EVER = 200
MAX_KEY = 50
MAX_LABEL = 100
MAX_DESCRIPTION = 500
MAX_TEXT = 2_000
_MOST = Decimal(10) ** 15
_PLACES = 6
_FIELD_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
_OPTION_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,49}")


class CustomFieldType(StrEnum):
    """What a custom field holds."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    BOOLEAN = "BOOLEAN"
    SELECT = "SELECT"
    MULTI_SELECT = "MULTI_SELECT"


CHOOSES = frozenset({CustomFieldType.SELECT, CustomFieldType.MULTI_SELECT})

CustomValue: TypeAlias = str | Decimal | date | bool | tuple[str, ...]
"""Text, number, day, flag, the key of a SELECT's option, or the keys of a MULTI_SELECT's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """A definition. Key and type never change; an archived field keeps its values and takes no more."""

    id: UUID
    version: int
    key: str
    label: str
    description: str | None
    type: CustomFieldType
    required: bool
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomFieldOption:
    """One of the choices of a field. An archived one stays on the leads that have it and is offered to no other."""

    field_id: UUID
    key: str
    label: str
    position: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Definition:
    """A field with its options, by key."""

    field: CustomField
    options: Mapping[str, CustomFieldOption]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCustomValue:
    """What a lead holds in one field."""

    lead_id: UUID
    field_id: UUID
    key: str
    type: CustomFieldType
    value: CustomValue

    @property
    def text(self) -> str | None:
        """Return the value of a TEXT."""
        return self.value if self.type is CustomFieldType.TEXT and isinstance(self.value, str) else None

    @property
    def number(self) -> Decimal | None:
        """Return the value of a NUMBER."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def day(self) -> date | None:
        """Return the value of a DATE."""
        return self.value if isinstance(self.value, date) else None

    @property
    def flag(self) -> bool | None:
        """Return the value of a BOOLEAN."""
        return self.value if isinstance(self.value, bool) else None

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the keys of the options that a SELECT or MULTI_SELECT holds."""
        return chosen_keys(self.type, self.value)


def chosen_keys(type: CustomFieldType, value: CustomValue | None) -> tuple[str, ...]:
    """Return the keys of the options in a value; none where the field offers none."""
    if type not in CHOOSES or value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


@dataclass(frozen=True, slots=True)
class GivenValue:
    """One value of a request. `kind` is what the caller says it is: text, number, date, boolean, option or options."""

    kind: str
    value: object


Given: TypeAlias = tuple[tuple[str, GivenValue | None], ...]
"""Values of a request, in its order, by the fields' keys; None clears."""

_KIND = {
    CustomFieldType.TEXT: "text",
    CustomFieldType.NUMBER: "number",
    CustomFieldType.DATE: "date",
    CustomFieldType.BOOLEAN: "boolean",
    CustomFieldType.SELECT: "option",
    CustomFieldType.MULTI_SELECT: "options",
}


class CustomFieldSettings(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone; only the description can be cleared."""

    label: str | None
    description: str | None
    required: bool | None


def checked_field_key(key: str) -> list[Refusal]:
    """Refuse a key that is not made of a-z, 0-9 and underscores, or does not begin with a letter."""
    if _FIELD_KEY.fullmatch(key):
        return []
    message = f"A key has 1–{MAX_KEY} characters: a–z, 0–9 and underscores, beginning with a letter."
    return [ValidationFailed(message=message, path=("key",))]


def checked_settings(settings: CustomFieldSettings) -> tuple[CustomFieldSettings, list[Refusal]]:
    """Clean a definition's settings and list everything that is wrong with them."""
    checked: CustomFieldSettings = {**settings}
    refusals: list[Refusal] = []
    if "label" in settings:
        checked["label"] = one_line(settings["label"] or "")
        refusals += _label_problems(checked["label"], "label")
    if "description" in settings:
        checked["description"] = cleaned(settings["description"] or "") or None
        if len(checked["description"] or "") > MAX_DESCRIPTION:
            refusals.append(ValidationFailed(message=f"At most {MAX_DESCRIPTION} characters.", path=("description",)))
    if "required" in settings and settings["required"] is None:
        refusals.append(ValidationFailed(message="Must be true or false.", path=("required",)))
    return checked, refusals


def _label_problems(label: str, *path: str) -> list[Refusal]:
    if 0 < len(label) <= MAX_LABEL:
        return []
    return [ValidationFailed(message=f"A label has 1–{MAX_LABEL} characters.", path=path)]


def checked_options(type: CustomFieldType, options: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[Refusal]]:
    """Clean options (key, label), in their order; fields that offer no choice have none, and the others at least one."""
    if type not in CHOOSES:
        return [], [ValidationFailed(message=f"A field of type {type} has no options.", path=("options",))] if options else []
    if not 0 < len(options) <= MAX_OPTIONS:
        return [], [ValidationFailed(message=f"1–{MAX_OPTIONS} options.", path=("options",))]
    refusals: list[Refusal] = []
    clean: dict[str, str] = {}
    labels: set[str] = set()
    for index, (key, given) in enumerate(options):
        path, label = ("options", str(index)), one_line(given)
        refusals += _label_problems(label, *path, "label")
        if not _OPTION_KEY.fullmatch(key):
            message = f"A key has 1–{MAX_KEY} characters: a–z, 0–9 and underscores, beginning with a letter or digit."
            refusals.append(ValidationFailed(message=message, path=(*path, "key")))
        if key in clean:
            refusals.append(ValidationFailed(message="Another option has this key.", path=(*path, "key")))
        if label.casefold() in labels:
            refusals.append(ValidationFailed(message="Another option has this label.", path=(*path, "label")))
        clean[key] = label
        labels.add(label.casefold())
    return list(clean.items()), refusals


def checked_given(
    given: Given, definitions: Mapping[str, Definition], present: Mapping[UUID, CustomValue], *, path: str = "custom_fields"
) -> tuple[dict[UUID, CustomValue | None], list[Refusal]]:
    """Check values against their definitions; `present` is what the lead holds already. None in the answer clears."""
    if len(given) > MAX_FIELDS:
        return {}, [ValidationFailed(message=f"At most {MAX_FIELDS} values.", path=(path,))]
    values: dict[UUID, CustomValue | None] = {}
    refusals: list[Refusal] = []
    named: set[str] = set()
    for index, (key, value) in enumerate(given):
        at = (path, str(index))
        definition = definitions.get(key)
        if definition is None or key in named:
            message = "Named twice." if key in named else "The workspace has no custom field with this key."
            refusals.append(ValidationFailed(message=message, path=(*at, "key")))
            continue
        named.add(key)
        field_id = definition.field.id
        checked, problem = checked_value(definition, value, present.get(field_id))
        if problem:
            refusals.append(ValidationFailed(message=problem, path=(*at, "value")))
        else:
            values[field_id] = checked
    return values, refusals


def missing_required(
    definitions: Mapping[str, Definition], values: Mapping[UUID, CustomValue | None], *, path: str = "custom_fields"
) -> list[Refusal]:
    """Refuse a new lead without a value in a required field."""
    return [
        ValidationFailed(message=f"`{key}` is required.", path=(path,))
        for key, definition in sorted(definitions.items())
        if definition.field.required and definition.field.archived_at is None and values.get(definition.field.id) is None
    ]


def checked_value(definition: Definition, given: GivenValue | None, present: CustomValue | None) -> tuple[CustomValue | None, str | None]:
    """Check one value: returns it in the form that is stored, or what is wrong with it. `present` is what the lead holds."""
    defined = definition.field
    if given is None:
        return None, "The field is required." if defined.required and defined.archived_at is None else None
    if defined.archived_at is not None:
        return None, "The field is archived: it takes no new value."
    if given.kind != _KIND[defined.type]:
        return None, f"A field of type {defined.type} takes `{_KIND[defined.type]}`."
    value = given.value
    if isinstance(value, bool):
        return value, None
    if isinstance(value, Decimal):
        return checked_number(value)
    if isinstance(value, str):
        if defined.type is CustomFieldType.SELECT:
            return value, option_problem(definition, value, present)
        return _checked_text(value, required=defined.required)
    if isinstance(value, date):
        return value, None
    if isinstance(value, tuple):
        return _checked_options(definition, value, present)  # pyright: ignore[reportUnknownArgumentType] -- of texts, as its kind says
    return None, "Must have a value."


def _checked_text(value: str, *, required: bool) -> tuple[str | None, str | None]:
    text = cleaned(value)
    if len(text) > MAX_TEXT:
        return None, f"At most {MAX_TEXT:,} characters."
    return text or None, "The field is required." if required and not text else None


def checked_number(number: Decimal) -> tuple[Decimal | None, str | None]:
    """Check a number: at most 15 digits before the point and 6 after it."""
    if not number.is_finite() or abs(number) >= _MOST or number != round(number, _PLACES):
        return None, f"A number has at most 15 digits before the point, and {_PLACES} after it."
    return round(number, _PLACES).normalize() + 0, None


def option_problem(definition: Definition, key: str, present: CustomValue | None) -> str | None:
    """Say why an option cannot be chosen; an archived one can, by a lead that has it already."""
    option = definition.options.get(key)
    if option is None:
        return "The field has no option with this key."
    if option.archived_at is not None and key not in chosen_keys(definition.field.type, present):
        return "The option is archived."
    return None


def _checked_options(
    definition: Definition, keys: tuple[str, ...], present: CustomValue | None
) -> tuple[tuple[str, ...] | None, str | None]:
    for key in keys:
        problem = option_problem(definition, key, present)
        if problem:
            return None, problem
    if not keys:
        return None, "The field is required." if definition.field.required else None
    # In the order of the options, each once: the same choice is the same value.
    return tuple(sorted(set(keys), key=lambda key: definition.options[key].position)), None


def plain_value(value: CustomValue | None) -> object:
    """Write a value as an event tells it; numbers stay exact."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
