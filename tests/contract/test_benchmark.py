"""The benchmark asks what it says that it asks: its documents hold against the schema, however it grew since they were written."""

from __future__ import annotations

import pytest
from graphql import GraphQLUnionType, parse, validate

from bench.operations import DOCUMENTS
from gql.schema import SCHEMA


@pytest.mark.parametrize("operation", DOCUMENTS)
def test_a_document_of_the_benchmark_is_valid(operation: str) -> None:
    assert validate(SCHEMA, parse(DOCUMENTS[operation])) == []


def test_the_benchmark_reads_every_kind_of_entry_of_a_timeline() -> None:
    entries = SCHEMA.get_type("TimelineEntry")
    assert isinstance(entries, GraphQLUnionType)
    assert [each.name for each in entries.types if f"... on {each.name} " not in DOCUMENTS["Q5"]] == []
