"""Inputs are built as their types say."""

from __future__ import annotations

from dataclasses import MISSING
from typing import Any, cast

import pytest
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull
from strawberry.types.base import StrawberryObjectDefinition

from domain.status import LeadStatus
from gql.leads.filters import LeadFilter
from gql.leads.status_mutations import ChangeLeadStatusInput
from gql.schema import SCHEMA

INPUTS = sorted(name for name, type in SCHEMA.type_map.items() if isinstance(type, GraphQLInputObjectType))


def definition_of(name: str) -> StrawberryObjectDefinition:
    return SCHEMA.type_map[name].extensions["strawberry-definition"]


def build(name: str, value: dict[str, Any]) -> Any:
    definition = cast(Any, definition_of(name))
    return definition.from_input(definition.origin, value, None)


def sample(type: Any, depth: int = 2) -> tuple[Any, Any]:
    """Make a value as graphql-core coerces it, and what the resolver shall get for it."""
    if isinstance(type, GraphQLNonNull):
        return sample(cast(Any, type).of_type, depth)
    if isinstance(type, GraphQLList):
        given, expected = sample(cast(Any, type).of_type, depth)
        return [given, None], [expected, None]
    if not isinstance(type, GraphQLInputObjectType):
        leaf = object()
        return leaf, leaf
    given, expected = whole(type.name, depth - 1) if depth else ({}, {})
    return given, Built(type.name, expected)


class Built:
    """Equals an object of an input's class that has these values."""

    def __init__(self, name: str, values: dict[str, Any]) -> None:
        self._class = definition_of(name).origin
        self._values = values

    def __eq__(self, other: object) -> bool:
        return type(other) is self._class and all(value == getattr(other, name) for name, value in self._values.items())

    def __hash__(self) -> int:
        return hash(self._class)


def whole(name: str, depth: int = 2) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give every field of an input a value: by the names of the schema, and by those of the class."""
    type = cast(GraphQLInputObjectType, SCHEMA.type_map[name])
    given: dict[str, Any] = {}
    expected: dict[str, Any] = {}
    for (written, field), own in zip(type.fields.items(), definition_of(name).fields, strict=True):
        given[written], expected[own.python_name] = sample(field.type, depth)
    return given, expected


@pytest.mark.parametrize("name", INPUTS)
def test_every_field_arrives_under_its_own_name_and_as_its_own_type(name: str) -> None:
    given, expected = whole(name)

    assert Built(name, expected) == build(name, given)


@pytest.mark.parametrize("name", INPUTS)
def test_what_was_left_out_has_its_default_or_is_null(name: str) -> None:
    built = build(name, {})

    for field in definition_of(name).fields:
        if cast(Any, field).default_factory is MISSING:
            assert getattr(built, field.python_name) == (None if field.default_value is MISSING else field.default_value)


def test_null_stays_null_and_lists_are_copies() -> None:
    ids: list[Any] = []
    built = build("ChangeLeadStatusInput", {"leadId": "Lead:1", "status": LeadStatus.CONTACTED, "reason": None})
    rows = build("ChangeLeadStatusesInput", {"leadIds": ids, "filter": None, "status": LeadStatus.CONTACTED})

    assert built == ChangeLeadStatusInput(lead_id=cast(Any, "Lead:1"), status=LeadStatus.CONTACTED)
    assert rows.filter is None
    assert rows.lead_ids == []
    assert rows.lead_ids is not ids


def test_an_input_may_hold_its_own_kind() -> None:
    built = build("LeadFilter", {"or": [{"campaign": {"isNull": True}}, {"not": {"campaign": {"isNull": False}}}]})

    assert isinstance(built.or_[1].not_, LeadFilter)
    assert built.or_[1].not_ == LeadFilter(campaign=build("IdFilter", {"isNull": False}))
