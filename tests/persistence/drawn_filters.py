"""Draws filters over leads at random, with every condition that there is."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.filters import (
    CustomFieldMatch,
    DateRange,
    FirstResponseMatch,
    InstantRange,
    LeadFilter,
    NumberRange,
    OneOf,
    OptionMatch,
    Reference,
    TagMatch,
    TextMatch,
)
from domain.leads import LeadSource
from domain.scoring import Grade, Priority, Temperature
from domain.status import LeadStatus
from tests.persistence.known_values import MEMBERS, NUMBERS, OPTIONS, TEXTS, TYPES
from tests.worlds import NOON

# Letters on whose small form Python and PostgreSQL agree, and all that is special to LIKE.
LEAD_TEXTS = ["Acme", "acme", "ACME Ltd", "Éclair", "éclair", "100%", "100 %", "a_b", "axb", "\\", "'", "straße", ""]
TAGS = ["Gold", "VIP", "cold", "100%"]
SYSTEMS = ["crm", "CRM-2", "shop"]


@dataclass(frozen=True, slots=True)
class Ids:
    """What conditions may name."""

    agents: Sequence[UUID]
    teams: Sequence[UUID]
    pipelines: Sequence[UUID]
    stages: Sequence[UUID]
    leads: Sequence[UUID]
    segments: Sequence[UUID]


SOME = Ids(*([UUID(int=kind * 10 + number) for number in range(3)] for kind in range(1, 7)))


Draw = Callable[[random.Random], Any]


def _one(values: Sequence[Any]) -> Draw:
    return lambda choices: choices.choice(values)


def _some(values: Sequence[Any]) -> Draw:
    return lambda choices: tuple(choices.choices(values, k=choices.randrange(4)))


def _built(noun: type[Any], **parts: Draw) -> Draw:
    """Set each part with a chance of two fifths, and at least one."""

    def draw(choices: random.Random) -> Any:
        chosen = [name for name in parts if choices.random() < 0.4] or [choices.choice(list(parts))]
        return noun(**{name: parts[name](choices) for name in chosen})

    return draw


_FLAG = _one([True, False])
_WHOLE = _one([Decimal(n) for n in (-(2**31), -1, 0, 10, 20, 40, 100, 500, 40_000, 2**31 - 1)])
_NUMBER = _one([Decimal(n) for n in ("-1", "0", "0.5", "10", "20", "500", "1000000", "2147483647", "999999999999999999")])
_INSTANT_OF = _one([NOON + timedelta(hours=hours) for hours in range(-1, 6)])
_DAY = _one([date(2026, 7, day) for day in range(1, 5)])


def _one_of(kind: type[StrEnum]) -> Draw:
    values = [str(value) for value in kind]
    return _built(OneOf, eq=_one(values), in_=_some(values), not_in=_some(values))


def _text(values: Sequence[str]) -> Draw:
    one = _one([*values, "100%", "%", "_", "\\", "A", "é"])
    return _built(TextMatch, eq=one, in_=_some(values), contains=one, starts_with=one, is_null=_FLAG)


def _reference(values: Sequence[UUID]) -> Draw:
    known = [*values, UUID(int=0)]
    return _built(Reference, eq=_one(known), in_=_some(known), is_null=_FLAG)


def _range(number: Draw) -> Draw:
    return _built(NumberRange, eq=number, gte=number, gt=number, lte=number, lt=number, is_null=_FLAG)


_INSTANT = _built(InstantRange, gte=_INSTANT_OF, lt=_INSTANT_OF, is_null=_FLAG)
_TAG = _built(TagMatch, any_of=_some([*TAGS, "gold", "?"]), all_of=_some([*TAGS, "gold"]), none_of=_some(TAGS))


def _options() -> Draw:
    one = _some([*OPTIONS, "?"])
    return _built(OptionMatch, any_of=one, all_of=one, none_of=one)


def _custom_fields() -> Draw:
    text, number = _text(TEXTS), _range(_one([*NUMBERS, Decimal("-12.4999995"), Decimal("1e17")]))
    day = _built(DateRange, gte=_DAY, lte=_DAY, is_null=_FLAG)
    drawn = _built(CustomFieldMatch, text=text, number=number, date=day, boolean=_FLAG, options=_options(), is_null=_FLAG)
    keys = [*TYPES, "unknown"]

    def draw(choices: random.Random) -> Any:
        key = choices.choice(keys)
        # Mostly the member for the type, or hardly any lead would ever meet it.
        fitting = {"text": text, "number": number, "date": day, "boolean": _FLAG, "options": _options()}
        if key in MEMBERS and choices.random() < 0.7:
            member = MEMBERS[key]
            return (CustomFieldMatch(key, **{member: fitting[member](choices)}),)
        return (replace(drawn(choices), key=key),)

    return draw


def conditions(ids: Ids) -> Mapping[str, Draw]:
    """Return what draws each condition of the filter."""
    return {
        **{name: _one_of(kind) for name, kind in (("status", LeadStatus), ("grade", Grade), ("source", LeadSource))},
        **{name: _one_of(kind) for name, kind in (("temperature", Temperature), ("priority", Priority))},
        **{name: _text(LEAD_TEXTS) for name in ("email", "company", "title", "industry", "country", "city")},
        **dict.fromkeys(("created_at", "updated_at", "closed_at", "last_contacted_at", "last_activity_at"), _INSTANT),
        "external_system": _text(SYSTEMS),
        "score": _range(_WHOLE),
        "employees": _range(_WHOLE),
        "annual_revenue": _range(_NUMBER),
        "deal_value": _range(_NUMBER),
        "expected_close_date": _built(DateRange, gte=_DAY, lte=_DAY, is_null=_FLAG),
        "owner": _reference(ids.agents),
        "team": _reference(ids.teams),
        "pipeline": _reference(ids.pipelines),
        "stage": _reference(ids.stages),
        "tags": _TAG,
        "ids": _some(ids.leads),
        "do_not_call": _FLAG,
        "campaign": _reference([]),
        "first_response": _built(FirstResponseMatch, due_at=_INSTANT, responded=_FLAG),
        "custom_fields": _custom_fields(),
        "segment": _built(Reference, in_=_some([*ids.segments, UUID(int=0)])),
    }


def drawn_filter(choices: random.Random, ids: Ids = SOME, depth: int = 0) -> LeadFilter:
    """Draw a filter, with others inside it or without."""
    drawn = conditions(ids)
    nested = choices.random() < 0.5 if depth < 3 else False
    if not nested:
        return LeadFilter(**{name: drawn[name](choices) for name in choices.sample(sorted(drawn), choices.choice([1, 1, 2]))})
    name = choices.choice(["and_", "or_", "not_"])
    if name == "not_":
        return LeadFilter(not_=drawn_filter(choices, ids, depth + 1))
    parts = tuple(drawn_filter(choices, ids, depth + 1) for _ in range(choices.randrange(4)))
    return LeadFilter(and_=parts) if name == "and_" else LeadFilter(or_=parts)
