"""What two leads have in common, and how much that says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.duplicates import DuplicateSignal, company_name, duplicate_keys, mailbox, strength, told
from tests.worlds import NOON, blank_lead

WORKSPACE = UUID(int=1)
EMAIL, MAILBOX, PERSON, PHONE = (
    DuplicateSignal.EMAIL,
    DuplicateSignal.MAILBOX,
    DuplicateSignal.NAME_AND_COMPANY,
    DuplicateSignal.PHONE,
)


def shared(one: dict[str, Any], other: dict[str, Any]) -> tuple[DuplicateSignal, ...]:
    first, second = (
        {(key.signal, key.key) for key in duplicate_keys(replace(blank_lead(NOON), **fields), WORKSPACE)} for fields in (one, other)
    )
    return told([signal for signal, _ in first & second])


@pytest.mark.parametrize(
    ("one", "other", "signals"),
    [
        ({"email": "Ana@Lima.example"}, {"email": "ana@lima.example"}, (EMAIL,)),
        ({"email": "ana.lima@mail.example"}, {"email": "analima+fair@mail.example"}, (MAILBOX,)),
        ({"email": "ana@lima.example"}, {"email": "ana@reis.example"}, ()),
        ({"phones": ("+351210000001", "+351210000002")}, {"phones": ("+351210000002",)}, (PHONE,)),
        (
            {"first_name": "José", "last_name": "Lima", "company": "Lima & Filhos, S.A."},
            {"first_name": "LIMA", "last_name": "jose", "company": "lima filhos"},
            (PERSON,),
        ),
        ({"first_name": "Ana", "company": "Lima"}, {"first_name": "Ana", "company": "Lima"}, ()),
        ({"first_name": "Ana", "last_name": "Lima"}, {"first_name": "Ana", "last_name": "Lima"}, ()),
        ({"first_name": "Ana", "last_name": "Lima", "company": "n/a"}, {"first_name": "Ana", "last_name": "Lima", "company": "n/a"}, ()),
    ],
)
def test_leads_share_what_is_equal_in_its_plain_form(
    one: dict[str, Any], other: dict[str, Any], signals: tuple[DuplicateSignal, ...]
) -> None:
    assert shared(one, other) == signals


@pytest.mark.parametrize(
    ("signals", "expected"),
    [
        ([EMAIL], "STRONG"),
        ([EMAIL, MAILBOX], "STRONG"),
        ([PHONE, PERSON], "STRONG"),
        ([MAILBOX, PHONE], "STRONG"),
        ([PHONE], "MEDIUM"),
        ([PERSON], "MEDIUM"),
        ([MAILBOX], "WEAK"),
    ],
)
def test_an_address_or_two_things_at_once_are_strong_and_similar_addresses_are_weak(signals: list[DuplicateSignal], expected: str) -> None:
    assert strength(signals) == expected


def test_plain_forms() -> None:
    assert mailbox("Ana.Lima+Fair@Mail.example") == "analima@mail.example"
    assert mailbox("+@mail.example") == "+@mail.example"
    assert company_name("Müller GmbH & Co. KG") == "muller"
    assert company_name("  -  ") is None
    assert company_name("GmbH") is None


def test_nobody_can_tell_that_two_workspaces_know_the_same_person() -> None:
    ana = replace(blank_lead(NOON), email="ana@lima.example", phones=("+351210000001",))
    here, there = ({key.key for key in duplicate_keys(ana, UUID(int=number))} for number in (1, 2))
    assert len(here) == len(there) == 3
    assert not here & there
