"""What annotations mean is remembered while the graph is built, and it is the graph that it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from strawberry.annotation import StrawberryAnnotation

from gql.annotations import evaluated_once
from tests.server.commands import leads


def test_the_graph_of_a_server_is_the_one_that_is_promised() -> None:
    assert leads("schema").stdout == (Path(__file__).parents[2] / "schema.graphql").read_text()


def test_a_text_means_in_each_module_what_it_means_there() -> None:
    with evaluated_once():
        assert StrawberryAnnotation("Thing", namespace={"Thing": int}).evaluate() is int
        assert StrawberryAnnotation("Thing", namespace={"Thing": str}).evaluate() is str


def test_a_name_that_comes_later_is_found_then() -> None:
    names: dict[str, object] = {}
    with evaluated_once():
        for namespace in (None, names):
            with pytest.raises(NameError):
                StrawberryAnnotation("Thing", namespace=namespace).evaluate()
        names["Thing"] = bytes
        assert StrawberryAnnotation("Thing", namespace=names).evaluate() is bytes


def test_nothing_is_remembered_outside_of_the_block() -> None:
    before = StrawberryAnnotation.evaluate
    with evaluated_once():
        assert StrawberryAnnotation.evaluate is not before
    assert StrawberryAnnotation.evaluate is before
