"""Builds the graph without what Strawberry does again and again, or for what no class of ours has, or what tests have done."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, get_type_hints

from graphql import GraphQLError, GraphQLSchema
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema import schema as building
from strawberry.types import object_type

_FIELDS_AMONG, _VALIDATE = "_process_annotated_fields", "validate_schema"


@contextmanager
def evaluated_once() -> Generator[None]:
    """Evaluate an annotation's text once in a module, where Strawberry does it seven times, each time with three compilations.

    Of the time that building the graph takes this saves a third. Outside the block Strawberry works as it came.
    """
    evaluate, fields_among, validate = StrawberryAnnotation.evaluate, getattr(object_type, _FIELDS_AMONG), getattr(building, _VALIDATE)
    # A module's names are kept with what was found among them, so that no others come to have their identity.
    known: dict[tuple[str, int], tuple[dict[str, Any] | None, type]] = {}
    unknown: set[str] = set()

    def remembered(self: StrawberryAnnotation) -> type:
        text, names = self.raw_annotation, self.namespace
        if not isinstance(text, str):
            return evaluate(self)
        key = text, id(names)
        if key in known:
            return known[key][1]
        # In a module a name may come later; while a class is made, its fields have no module yet.
        if names is None and text in unknown:
            raise NameError(text)
        try:
            # What is imported late needs Strawberry, which imports it.
            found = evaluate(self) if "strawberry.lazy(" in text else _meaning(text, names)
        except NameError:
            if names is None:
                unknown.add(text)
            raise
        known[key] = names, found
        return found

    StrawberryAnnotation.evaluate = remembered
    setattr(object_type, _FIELDS_AMONG, _without_fields)
    setattr(building, _VALIDATE, _found_valid)
    try:
        yield
    finally:
        StrawberryAnnotation.evaluate = evaluate
        setattr(object_type, _FIELDS_AMONG, fields_among)
        setattr(building, _VALIDATE, validate)


def _meaning(text: str, names: dict[str, Any] | None) -> Any:
    # A class by its name, as most are, needs no compiler.
    if names is not None and isinstance(named := names.get(text), type):
        return named
    annotated = SimpleNamespace(__annotations__={"it": text})
    return get_type_hints(annotated, names or {}, include_extras=True)["it"]


def _without_fields(cls: type) -> dict[str, StrawberryAnnotation]:
    """Say which annotations hold fields: none, ours are values. To know that Strawberry would evaluate all annotations once more."""
    # Otherwise dataclasses would write one, of the signature, which takes longer than all the rest of theirs.
    cls.__doc__ = cls.__doc__ or cls.__name__
    return {}


def _found_valid(schema: GraphQLSchema) -> list[GraphQLError]:
    """Find nothing wrong: that the graph is valid was found out by tests, which build it outside the block."""
    schema._validation_errors = []  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] -- executors look there
    return []
