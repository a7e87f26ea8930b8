"""Conditions on what leads hold in custom fields, and the orders by it, as SQL over the table of leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, FromClause, Text, and_, any_, bindparam, cast, exists, false, func, not_, select
from sqlalchemy.sql.functions import coalesce

from domain.custom_fields import CustomFieldType
from domain.custom_values import KEY_LENGTH, flag_key, number_key, text_key
from domain.filters import CustomFieldMatch, DateRange, NumberRange, OptionMatch, TextMatch
from persistence.paging import Ordering
from persistence.tables import custom_field_options, custom_fields, custom_values, leads

Condition = ColumnElement[bool]
CUSTOM_ORDER = "custom."
_ALL_TYPES = tuple(CustomFieldType)
_CHOICES = (CustomFieldType.SELECT, CustomFieldType.MULTI_SELECT)


def _value(value: str) -> ColumnElement[Any]:
    return bindparam(None, value, type_=Text(), unique=True)


def _values(values: Sequence[str]) -> ColumnElement[Any]:
    return any_(bindparam(None, list(values), type_=ARRAY(Text), unique=True))


def _field(key: str, types: Sequence[CustomFieldType]) -> ColumnElement[Any]:
    """Find the field's id once for the whole statement; none when the key is unknown or the field holds something else."""
    defined = custom_fields.alias()
    return (
        select(defined.c.id)
        .where(
            defined.c.workspace_id == bindparam("workspace_id"),
            defined.c.key == _value(key),
            defined.c.type == _values([each.value for each in types]),
        )
        .scalar_subquery()
    )


def _holds(key: str, types: Sequence[CustomFieldType], *conditions: Callable[[FromClause], Condition]) -> Condition:
    held = custom_values.alias()
    return (
        exists()
        .where(
            held.c.workspace_id == leads.c.workspace_id,
            held.c.lead_id == leads.c.id,
            held.c.field_id == _field(key, types),
            *(condition(held) for condition in conditions),
        )
        .correlate(leads)
    )


def custom_field_conditions(match: CustomFieldMatch) -> Iterable[Condition]:
    """Translate what a filter says about one custom field."""
    key = match.key
    if match.is_null is not None:
        holds = _holds(key, _ALL_TYPES)
        yield not_(holds) if match.is_null else holds
    if match.text is not None:
        yield from _with_null(key, CustomFieldType.TEXT, match.text.is_null, _text(match.text))
    if match.number is not None:
        yield from _with_null(key, CustomFieldType.NUMBER, match.number.is_null, _range(match.number, number_key))
    if match.date is not None:
        yield from _with_null(key, CustomFieldType.DATE, match.date.is_null, _range(match.date, lambda day: day.isoformat()))
    if match.boolean is not None:
        flag = flag_key(match.boolean)
        yield _holds(key, (CustomFieldType.BOOLEAN,), lambda held: held.c.sort_key == _value(flag))
    if match.options is not None:
        yield from _options(key, match.options)


def _with_null(
    key: str, type: CustomFieldType, is_null: bool | None, conditions: Sequence[Callable[[FromClause], Condition]]
) -> Iterable[Condition]:
    if is_null is not None:
        holds = _holds(key, (type,))
        yield not_(holds) if is_null else holds
    if conditions:
        yield _holds(key, (type,), *conditions)


def _text(match: TextMatch) -> Sequence[Callable[[FromClause], Condition]]:
    conditions: list[Callable[[FromClause], Condition]] = []
    if match.eq is not None:
        conditions.append(_same_text(match.eq))
    if match.in_ is not None:
        # Texts that are longer than their keys are rare: they are told apart by the key alone.
        keys = [text_key(each) for each in match.in_]
        conditions.append(lambda held: held.c.sort_key == _values(keys))
    if match.contains is not None:
        part = match.contains
        conditions.append(lambda held: func.strpos(func.lower(held.c.value), func.lower(_value(part))) > 0)
    if match.starts_with is not None:
        start = text_key(match.starts_with)
        # A range of the index: comparisons are leakproof, so that row security lets the index be used.
        conditions.append(lambda held: and_(held.c.sort_key >= _value(start), held.c.sort_key < _value(start + "\U0010ffff")))
    return conditions


def _same_text(text: str) -> Callable[[FromClause], Condition]:
    key = text_key(text)
    if len(key) < KEY_LENGTH:
        return lambda held: held.c.sort_key == _value(key)
    return lambda held: and_(held.c.sort_key == _value(key), func.lower(held.c.value) == func.lower(_value(text)))


_OPERATORS = {"eq": "__eq__", "gte": "__ge__", "gt": "__gt__", "lte": "__le__", "lt": "__lt__"}


def _range(match: NumberRange | DateRange, key_of: Callable[[Any], str]) -> Sequence[Callable[[FromClause], Condition]]:
    def compared(operator: str, bound: str) -> Callable[[FromClause], Condition]:
        return lambda held: getattr(held.c.sort_key, operator)(_value(bound))

    bounds = ((operator, getattr(match, name, None)) for name, operator in _OPERATORS.items())
    return [compared(operator, key_of(bound)) for operator, bound in bounds if bound is not None]


def _options(key: str, match: OptionMatch) -> Iterable[Condition]:
    def holds_one_of(options: Sequence[str]) -> Condition:
        return _holds(key, _CHOICES, lambda held: held.c.sort_key == _values(options))

    if match.any_of is not None:
        yield holds_one_of(match.any_of) if match.any_of else false()
    for option in match.all_of or ():
        yield holds_one_of([option])
    if match.none_of:
        yield not_(holds_one_of(match.none_of))


@lru_cache(200)
def custom_ordering(key: str) -> Ordering:
    """Order by a custom field: options as they are ordered themselves, of several the first; without a value last."""
    held, option = custom_values.alias(), custom_field_options.alias()
    choice = and_(option.c.workspace_id == held.c.workspace_id, option.c.field_id == held.c.field_id, option.c.key == held.c.value)
    place = func.lpad(cast(option.c.position, Text), 3, "0")
    ranked = (
        select(held.c.lead_id, coalesce(place, held.c.sort_key).collate("C").label("sort_key"))
        .select_from(held.outerjoin(option, choice))
        .where(held.c.workspace_id == bindparam("workspace_id"), held.c.field_id == _field(key, _ALL_TYPES), held.c.place == 0)
        .subquery()
    )

    def beside(source: FromClause) -> FromClause:
        return source.outerjoin(ranked, ranked.c.lead_id == leads.c.id)

    return Ordering(ranked.c.sort_key, str, nullable=True, beside=beside)
