"""A filter that was saved is read as it was, and what the API answers of it can be sent back."""

from __future__ import annotations

import random
from typing import Any, cast
from uuid import UUID

import orjson
import pytest
from graphql import coerce_input_value  # pyright: ignore[reportUnknownVariableType] -- its signature leaves a type open
from strawberry.types.arguments import convert_arguments

from domain.filter_json import UnreadableFilter, read_filter, written_filter
from domain.filters import LeadFilter
from domain.segments import NOTHING, Segment
from gql.leads.filters import to_filter
from gql.schema import SCHEMA
from gql.segments.filter_text import filter_text
from tests.persistence.drawn_filters import drawn_filter
from tests.worlds import NOON

FIELD = cast(Any, SCHEMA.query_type).fields["leads"].extensions["strawberry-definition"]
CONVERTER = SCHEMA.extensions["strawberry-definition"].schema_converter


def sent(text: str) -> LeadFilter:
    """Read a filter as the API reads an argument."""
    coerced: Any = coerce_input_value(orjson.loads(text), cast(Any, SCHEMA.type_map["LeadFilter"]))
    given = convert_arguments({"filter": coerced}, FIELD.arguments, CONVERTER.scalar_registry, CONVERTER.config)
    return to_filter(given["filter"], LeadFilter)


@pytest.mark.parametrize("seed", range(300))
def test_a_filter_survives_being_saved_and_being_answered(seed: int) -> None:
    filter = drawn_filter(random.Random(seed))

    assert read_filter(orjson.loads(orjson.dumps(written_filter(filter)))) == filter
    assert sent(filter_text(filter)) == filter


@pytest.mark.parametrize(
    "stored",
    [
        None,
        {},
        {"version": 2, "filter": {}},
        {"version": 1, "filter": {"unheard_of": {}}},
        {"version": 1, "filter": {"score": {"gte": "many"}}},
        {"version": 1, "filter": {"tags": {"any_of": "x"}}},
    ],
)
def test_what_cannot_be_read_means_no_lead(stored: Any) -> None:
    with pytest.raises(UnreadableFilter):
        read_filter(stored)
    segment = Segment(id=UUID(int=1), version=1, name="", description=None, definition=stored or {}, created_at=NOON, updated_at=NOON)
    assert segment.filter == NOTHING
