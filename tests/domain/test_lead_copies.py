"""Leads as wholes."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from domain.lead_copies import changed_lead, is_same_lead, scored_fields
from domain.leads import Lead
from domain.scoring import Priority
from domain.status import LeadStatus
from tests.worlds import NOON, blank_lead

LEAD = replace(blank_lead(NOON), company="Acme", phones=("+4930123456",), event_sequence=7)


def test_a_copy_has_what_was_changed_and_all_else_as_it_was() -> None:
    copy = changed_lead(LEAD, status=LeadStatus.CONTACTED, notes="Prefers mornings")

    assert copy == replace(LEAD, status=LeadStatus.CONTACTED, notes="Prefers mornings")
    assert (LEAD.status, LEAD.notes) == (LeadStatus.NEW, None)


def test_every_field_can_be_changed() -> None:
    values = {field.name: object() for field in fields(Lead)}
    copy = changed_lead(LEAD, **values)
    assert {name: getattr(copy, name) for name in values} == values


def test_a_lead_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        changed_lead(LEAD, colour="red")


def test_leads_are_the_same_when_every_field_is_equal() -> None:
    assert is_same_lead(LEAD, LEAD)
    assert is_same_lead(LEAD, replace(LEAD))
    assert not is_same_lead(LEAD, replace(LEAD, live_enrollments=1))
    assert not is_same_lead(LEAD, replace(LEAD, phones=()))


def test_what_the_score_is_made_of_is_facts_and_pin() -> None:
    for moved in ({"title": "CTO"}, {"page_views": 1}, {"pinned_priority": Priority.HIGH}, {"pinned_until": NOON}):
        assert scored_fields(changed_lead(LEAD, **moved)) != scored_fields(LEAD), moved
    for beside in ({"notes": "Prefers mornings"}, {"status": LeadStatus.CONTACTED}, {"event_sequence": 8}):
        assert scored_fields(changed_lead(LEAD, **beside)) == scored_fields(LEAD), beside
