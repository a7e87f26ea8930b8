"""How sequences are written: names, and plans that need not be finished yet, but whose steps can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import cast

from domain.lead_labels import one_line
from domain.refusals import Refusal, ValidationFailed
from domain.sequence_steps import Step
from domain.sequences import PlanFields, Sequence, SequenceFields, SequencePlan
from domain.texts import cleaned, optional_text

MAX_NAME = 100
MAX_DESCRIPTION = 1_000
MAX_DRAFT_STEPS = 400
MAX_TRIGGERS = 20
MAX_WAYS = 20
MAX_VALUES = 100
_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
_LONGEST = {"title": 200, "instructions": 5_000, "objective": 1_000, "script": 20_000, "url": 2_000, "name": 100, "reason": 200}
_TARGETS = frozenset({"next", "timeout_next", "otherwise"})
_NEEDED = frozenset({"title", "objective", "url", "name"})


def edited_sequence(sequence: Sequence, given: SequenceFields) -> tuple[Sequence, list[Refusal]]:
    """Write fields into a sequence; the second part is everything that is wrong with them."""
    refusals: list[Refusal] = []
    name = sequence.name
    if "name" in given or not name:
        name = one_line(given.get("name") or "")
        if not 0 < len(name) <= MAX_NAME:
            refusals.append(ValidationFailed(message=f"A name has 1–{MAX_NAME} characters.", path=("name",)))
    type = given.get("type", sequence.type)
    if type is None:
        refusals.append(ValidationFailed(message="A sequence keeps a type.", path=("type",)))
        type = sequence.type
    description = sequence.description
    if "description" in given:
        description, problems = optional_text(given["description"], MAX_DESCRIPTION, "description")
        refusals += problems
    return replace(sequence, name=name, type=type, description=description), refusals


def edited_plan(plan: SequencePlan, given: PlanFields) -> tuple[SequencePlan, list[Refusal]]:
    """Write parts into a plan. Whether it can be published is another question: here only what could not even be kept is refused.

    The path of a refusal goes by the step's kind, as the input does.
    """
    refusals: list[Refusal] = []
    edited = replace(plan, **given)
    if len(edited.steps) > MAX_DRAFT_STEPS:
        refusals.append(ValidationFailed(message=f"A draft has at most {MAX_DRAFT_STEPS} steps.", path=("steps",)))
    if len(edited.triggers) > MAX_TRIGGERS:
        refusals.append(ValidationFailed(message=f"At most {MAX_TRIGGERS} triggers.", path=("triggers",)))
    if refusals:
        return plan, refusals
    seen: set[str] = set()
    for index, step in enumerate(edited.steps):
        for path, message in (*_key_problems(step.key, seen), *_value_problems(step)):
            refusals.append(ValidationFailed(message=message, path=("steps", str(index), step.kind.value.lower(), *path)))
        seen.add(step.key)
    return replace(edited, steps=tuple(_clean(step) for step in edited.steps)), refusals


def _key_problems(key: str, seen: set[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    if not _KEY.fullmatch(key):
        yield ("key",), "A key is a small letter, followed by at most 49 small letters, digits and `_`."
    elif key in seen:
        yield ("key",), "Another step has this key."


def _value_problems(thing: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Look through a step and the parts that it is made of."""
    if not is_dataclass(thing):
        return
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, str) and field.name in _TARGETS:
            if not _KEY.fullmatch(value):
                yield (field.name,), "No step can have this key."
        elif isinstance(value, str) and field.name in _LONGEST:
            length = len(cleaned(value))
            if length > _LONGEST[field.name]:
                yield (field.name,), f"At most {_LONGEST[field.name]:,} characters."
            elif field.name in _NEEDED and length == 0:
                yield (field.name,), "It must not be blank."
        elif isinstance(value, tuple):
            yield from _list_problems(field.name, cast(tuple[object, ...], value))
        else:
            yield from (((field.name, *path), message) for path, message in _value_problems(value))


def _list_problems(name: str, values: tuple[object, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    longest = MAX_WAYS if name in ("cases", "arms") else MAX_VALUES
    if len(values) > longest:
        yield (name,), f"At most {longest}."
        return
    for index, value in enumerate(values):
        if isinstance(value, str) and len(value) > MAX_VALUES:
            yield (name, str(index)), f"At most {MAX_VALUES} characters."
        yield from (((name, str(index), *path), message) for path, message in _value_problems(value))


def _clean(step: Step) -> Step:
    """Take control characters out of the texts of a step."""
    texts: dict[str, str | None] = {}
    for field in fields(step):
        value = getattr(step, field.name)
        if field.name in _LONGEST and isinstance(value, str):
            texts[field.name] = cleaned(value) or (value if field.name in _NEEDED else None)
    return replace(step, **texts) if texts else step
