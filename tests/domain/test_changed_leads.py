"""A changed lead is what `dataclasses.replace` would make of it."""

from __future__ import annotations

from dataclasses import fields, replace
from uuid import UUID

import pytest

from domain.changed_leads import changed
from domain.leads import Lead, LeadSource, Touch
from domain.new_leads import new_lead
from domain.scoring import Grade
from tests.worlds import NOON

ROSA = new_lead(UUID(int=7), NOON, {"first_name": "Rosa", "phones": ("+351912345678",)}, Touch(source=LeadSource.REFERRAL, at=NOON))


def test_what_is_named_changes_and_everything_else_stays() -> None:
    better = changed(ROSA, {"grade": Grade.A, "score_total": 91})

    assert better == replace(ROSA, grade=Grade.A, score_total=91)
    assert (ROSA.grade, ROSA.score_total) == (Grade.D, 0)


def test_every_field_can_be_changed() -> None:
    values = {field.name: object() for field in fields(Lead)}
    assert {name: getattr(changed(ROSA, values), name) for name in values} == values


def test_a_lead_has_no_other_fields() -> None:
    with pytest.raises(KeyError, match="shoe_size"):
        changed(ROSA, {"shoe_size": 38})
