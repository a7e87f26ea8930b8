"""What a column holds as JSON is read back as it was written."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contact_rules import ContactRules
from domain.enrollments import EnrollmentMoves
from domain.filters import LeadPlace
from domain.message_templates import MessageContent
from domain.refusals import Refusal
from domain.sequence_steps import CallTaskStep, Step, TaskStep
from domain.sequences import SequencePlan
from domain.working_hours import WorkingHours
from persistence.documents import from_document, to_document
from tests.worlds import EXECUTOR

# Whoever builds the schema has imported everything that is refused.
assert EXECUTOR
KINDS = [SequencePlan, ContactRules, WorkingHours, MessageContent, EnrollmentMoves, LeadPlace, *Refusal.kinds.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_written_is_read_back(kind: type[Any]) -> None:
    @given(st.from_type(kind))
    def holds(value: Any) -> None:
        assert from_document(kind, json.loads(json.dumps(to_document(kind, value)))) == value

    holds()


def test_steps_that_have_the_same_fields_are_told_apart_by_their_kind() -> None:
    call = CallTaskStep(key="a", title="Call", instructions=None, due_minutes=30, next="b")
    task = TaskStep(key="b", title="Write", instructions="Kindly.", due_minutes=60, next=None)
    written = [to_document(type(step), step) for step in (call, task)]
    assert written == [
        {"kind": "CALL_TASK", "key": "a", "title": "Call", "instructions": None, "due_minutes": 30, "next": "b"},
        {"kind": "TASK", "key": "b", "title": "Write", "instructions": "Kindly.", "due_minutes": 60, "next": None},
    ]
    assert [from_document(cast(Any, Step), document) for document in written] == [call, task]
