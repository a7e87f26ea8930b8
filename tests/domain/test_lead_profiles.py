"""A lead's profile on its way in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

import pytest

from domain.contact_points import email_address, phone_number, web_address
from domain.lead_profiles import PROFILE_PATHS, checked_profile, profile_field
from domain.leads import ProfileFields
from domain.places import COUNTRIES, language_tag, time_zone_name
from domain.scoring_facts import is_valid_phone


def check(reader: str | None = "PT", **fields: Any) -> tuple[dict[str, Any], list[tuple[tuple[str, ...], str]]]:
    checked, refusals = checked_profile(cast(ProfileFields, fields), country=reader)
    return cast("dict[str, Any]", checked), [(refusal.path, refusal.message) for refusal in refusals]


def test_every_field_of_a_profile_has_its_place() -> None:
    assert PROFILE_PATHS.keys() == ProfileFields.__annotations__.keys()
    assert all(profile_field(path) == name for name, path in PROFILE_PATHS.items())
    assert profile_field(("contact", "phones", "3")) == "phones"
    assert profile_field(("tags", "0")) is None


def test_a_good_profile_comes_out_in_the_form_that_is_stored() -> None:
    checked, problems = check(
        first_name="  Rosa ",
        last_name="da\nSilva",
        title="Directora\0 Comercial",
        email="Rosa.Silva@ACME.Example",
        phones=["912 345 678", "+1 (415) 555-2671", "+351 912345678"],
        language="PT_br",
        company="Acme",
        employees=0,
        annual_revenue=Decimal("1250000.50"),
        website="HTTPS://Acme.Example/About",
        country="pt",
        time_zone="europe/lisbon",
        need="First line\r\nsecond line",
        do_not_call=True,
        notes="   ",
    )

    assert problems == []
    assert checked == {
        "first_name": "Rosa",
        "last_name": "da Silva",
        "title": "Directora Comercial",
        "email": "Rosa.Silva@acme.example",
        "phones": ("+351912345678", "+14155552671"),
        "language": "pt-BR",
        "company": "Acme",
        "employees": 0,
        "annual_revenue": Decimal("1250000.50"),
        "website": "https://acme.example/About",
        "country": "PT",
        "time_zone": "Europe/Lisbon",
        "need": "First line\nsecond line",
        "do_not_call": True,
        "notes": None,
    }


def test_everything_that_is_wrong_is_said_at_once() -> None:
    checked, problems = check(
        first_name="x" * 101,
        email="rosa(at)acme",
        phones=["911", "+0", "9" * 300, "tel:javascript:alert(1)", "+351912345678"],
        language="português",
        company="y" * 201,
        employees=100_000_001,
        annual_revenue=Decimal("NaN"),
        website="javascript:alert(1)",
        country="XX",
        time_zone="Mars/Olympus",
        budget="z" * 1_001,
        notes="é" * (16 * 1024 + 1),
        last_name="Silva",
    )

    assert checked == {"last_name": "Silva"}
    assert sorted(path for path, _ in problems) == [
        ("address", "country"),
        ("address", "time_zone"),
        ("bant", "budget"),
        ("company", "annual_revenue"),
        ("company", "employees"),
        ("company", "name"),
        ("company", "website"),
        ("contact", "email"),
        ("contact", "first_name"),
        ("contact", "language"),
        ("contact", "phones", "0"),
        ("contact", "phones", "1"),
        ("contact", "phones", "2"),
        ("contact", "phones", "3"),
        ("notes",),
    ]


def test_none_clears_and_blank_counts_as_none() -> None:
    checked, problems = check(first_name=None, email=" ", website="", phones=None, do_not_email=None, employees=None)

    assert problems == []
    assert checked == {"first_name": None, "email": None, "website": None, "phones": (), "do_not_email": False, "employees": None}


def test_texts_may_be_as_long_as_their_bounds() -> None:
    longest = {"last_name": "ä" * 100, "industry": "x" * 200, "timeline": "y" * 1_000, "notes": "z" * 32 * 1024}

    assert check(**longest) == (longest, [])


def test_national_numbers_are_read_as_those_of_the_profiles_own_country_first() -> None:
    assert check("PT", phones=["415 555 2671"], country="US")[0]["phones"] == ("+14155552671",)
    assert check("US", phones=["415 555 2671"])[0]["phones"] == ("+14155552671",)
    assert check(None, phones=["415 555 2671"])[1] == [
        (("contact", "phones", "0"), "Must be a valid phone number, international or of the lead's country.")
    ]


def test_there_are_at_most_ten_phone_numbers() -> None:
    numbers = [f"+3519123456{index:02}" for index in range(11)]

    assert len(check(phones=numbers[:10])[0]["phones"]) == 10
    assert check(phones=numbers) == ({}, [(("contact", "phones"), "At most 10 phone numbers.")])


@pytest.mark.parametrize(
    ("revenue", "message"),
    [("Infinity", "Must be a number."), ("-1", "Must not be negative."), ("1E15", "Must be below 1000000000000000.")],
)
def test_a_revenue_is_a_bounded_number(revenue: str, message: str) -> None:
    assert check(annual_revenue=Decimal(revenue)) == ({}, [(("company", "annual_revenue"), message)])


@pytest.mark.parametrize("text", ["+351 912 345 678", "00351912345678", "+49 30 901820", "+44 20 7946 0958 ext. 7", "＋351912345678"])
def test_a_number_that_is_kept_counts_as_a_phone_for_the_score(text: str) -> None:
    number = phone_number(text, "PT")

    assert number is not None
    assert is_valid_phone(number)


@pytest.mark.parametrize(
    "text",
    ["", "rosa", "@acme.example", "rosa@", "a@b", "rosa@acme.test", "rosa@localhost", "ro sa@acme.example", "x" * 250 + "@acme.example"],
)
def test_what_is_no_email_address(text: str) -> None:
    assert email_address(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "acme.example",
        "//acme.example",
        "ftp://acme.example",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "https://user:word@acme.example/",
        "https://acme.example#@127.0.0.1\\",
        "https://acme.example:99999/",
        "https://acme.example/\r\nX: 1",
        "https://acme.example/" + "x" * 2_000,
        "data:text/html,x",
    ],
)
def test_what_is_no_web_address(text: str) -> None:
    assert web_address(text) is None


def test_web_addresses_keep_port_path_and_query() -> None:
    assert web_address("http://WWW.Acme.Example:8080/A?b=C#d") == "http://www.acme.example:8080/A?b=C#d"
    assert web_address("https://münchen.example") == "https://münchen.example"


@pytest.mark.parametrize(
    ("text", "tag"),
    [("en", "en"), ("EN-us", "en-US"), ("zh-hans-cn", "zh-Hans-CN"), ("es-419", "es-419"), ("sl-rozaj", "sl-rozaj"), ("fil", "fil")],
)
def test_languages_are_written_in_the_usual_way(text: str, tag: str) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize("text", ["", "e", "english language", "en-", "en--US", "en-US-", "abcd", "x-klingon", "en-u-co-phonebk", "ｅｎ"])
def test_what_is_no_language(text: str) -> None:
    assert language_tag(text) is None


def test_places() -> None:
    assert len(COUNTRIES) == 249
    assert time_zone_name("america/NEW_york") == "America/New_York"
    assert time_zone_name("../etc/passwd") is None
    assert time_zone_name("localtime") is None
