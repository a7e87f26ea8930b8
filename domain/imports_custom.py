"""Reads the custom fields of a row, by their definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.custom_fields import CHOOSES, CustomFieldType, CustomValue, Definition, GivenValue, checked_value
from domain.imports import RowProblem
from domain.imports_mapping import Value
from domain.imports_values import Columns, NotReadable, ReadMany, Row, to_day, to_flag, to_number


class CustomReader:
    """Reads what rows say about custom fields. Building it raises KeyError with the name of a column that the file lacks."""

    def __init__(self, mapping: Mapping[str, Value], columns: Columns, defined: Mapping[str, Definition]) -> None:
        self._columns = columns
        self._fields = [
            (defined[key], columns.read_many(value), next((source.column for source in value if source.column), f"custom.{key}"))
            for key, value in mapping.items()
            if key in defined
        ]
        self._options = {
            definition.field.id: {
                **{option.label.casefold(): option.key for option in definition.options.values() if option.archived_at is None},
                **{option.key: option.key for option in definition.options.values()},
            }
            for definition, _, _ in self._fields
        }
        self._required = [each for each in defined.values() if each.field.required and each.field.archived_at is None]

    def __bool__(self) -> bool:
        """Tell whether there is anything to read or to miss."""
        return bool(self._fields or self._required)

    def read(self, row: Row, problems: list[RowProblem]) -> tuple[dict[str, tuple[UUID, CustomValue]], tuple[str, ...]]:
        """Return a row's values, with the fields' ids, by key, and the keys of the required fields that it leaves blank."""
        values: dict[str, tuple[UUID, CustomValue]] = {}
        for definition, read, label in self._fields:
            try:
                value = self._value(definition, read, row)
            except NotReadable as problem:
                problems.append(RowProblem(label, str(problem)))
                continue
            if value is not None:
                values[definition.field.key] = (definition.field.id, value)
        return values, tuple(each.field.key for each in self._required if each.field.key not in values)

    def _value(self, definition: Definition, read: ReadMany, row: Row) -> CustomValue | None:
        texts = read(row)
        if not texts:
            return None
        value, problem = checked_value(definition, self._given(definition, texts), None)
        if problem:
            raise NotReadable(problem)
        return value

    def _given(self, definition: Definition, texts: Sequence[str]) -> GivenValue:
        text = texts[0]
        if definition.field.type in CHOOSES:
            keys = tuple(self._option(definition, each) for each in texts)
            return GivenValue("options", keys) if definition.field.type is CustomFieldType.MULTI_SELECT else GivenValue("option", keys[0])
        match definition.field.type:
            case CustomFieldType.NUMBER:
                return GivenValue("number", to_number(text, decimal_comma=self._columns.format.decimal_comma))
            case CustomFieldType.DATE:
                return GivenValue("date", to_day(text, self._columns.format.dates))
            case CustomFieldType.BOOLEAN:
                return GivenValue("boolean", to_flag(text))
            case _:
                return GivenValue("text", text)

    def _option(self, definition: Definition, text: str) -> str:
        key = self._options[definition.field.id].get(text.casefold())
        if key is None:
            offered = [option.label for option in definition.options.values() if option.archived_at is None]
            raise NotReadable(f"Must be one of {', '.join(offered[:20])}.")
        return key
