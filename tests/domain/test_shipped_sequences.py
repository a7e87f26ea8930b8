"""The shipped sequences can be published as they are, and their words read well for a lead about whom nothing is known."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from domain.consent_purposes import ConsentPurpose
from domain.message_templates import CurrentMessage
from domain.message_variables import POSTAL_ADDRESS, VARIABLES
from domain.sequence_steps import AiCallStep, SendStep, StepKind
from domain.sequence_validation import Surroundings, plan_problems
from domain.sequences import SequenceType
from domain.shipped_sequences import SHIPPED, ShippedSequence
from tests.sequence_plans import message
from usecases.messages.content import EMPTY, ContentFields, edited_content

KNOWN = frozenset(variable.name for variable in VARIABLES)
each = pytest.mark.parametrize("shipped", SHIPPED.values(), ids=SHIPPED)


def test_there_is_one_for_each_type() -> None:
    assert list(SHIPPED) == list(SequenceType)
    assert {step.kind for shipped in SHIPPED.values() for step in shipped.plan.steps} == set(StepKind) - {StepKind.WEBHOOK}


def messages(shipped: ShippedSequence) -> dict[UUID, CurrentMessage]:
    made: dict[UUID, CurrentMessage] = {}
    for each in shipped.messages:
        fields = ContentFields(subject=each.subject, text=each.text, fallbacks=each.fallbacks)
        content, problems = edited_content(EMPTY, each.channel, fields, KNOWN)
        assert problems == []
        current = message(each.id, each.channel)
        made[each.id] = replace(current, version=replace(current.version, content=content))
    return made


@each
def test_it_is_published_without_a_problem_or_a_warning(shipped: ShippedSequence) -> None:
    found = plan_problems(shipped.plan, Surroundings(messages=messages(shipped), variables=KNOWN, postal_address="Rua da Prova 7"))
    assert found == ()


@each
def test_every_message_is_sent_and_every_variable_that_may_be_unknown_has_a_fallback_or_a_condition(shipped: ShippedSequence) -> None:
    sent = {step.template_id for step in shipped.plan.steps if isinstance(step, SendStep)}
    assert sent == {each.id for each in shipped.messages}
    # Nothing that shows the postal address is published where there is none.
    always = {variable.name for variable in VARIABLES if variable.always_known} | {POSTAL_ADDRESS}
    for id, current in messages(shipped).items():
        content = current.version.content
        covered = always | {fallback.variable for fallback in content.fallbacks}
        words = next(each.text for each in shipped.messages if each.id == id)
        assert {name for name in content.variables if name not in covered and "{% if deal.value %}" not in words} == set()


def test_customers_get_service_and_no_marketing() -> None:
    plan = SHIPPED[SequenceType.RETENTION].plan
    purposes = {step.purpose for step in plan.steps if isinstance(step, SendStep | AiCallStep)}
    assert purposes == {ConsentPurpose.SERVICE}
