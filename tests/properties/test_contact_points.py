"""Addresses and numbers are read the short way where there is one, and it leads where the long one does."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from domain.contact_points import email_address, phone_number
from domain.scoring_facts import is_valid_phone

LOCALS = st.text(alphabet="abcz09_.+-AZ ü'\"@", min_size=1, max_size=70)
HOSTS = st.sampled_from(
    [
        *["acme.example", "ACME.Example", "a.b.acme.example", "acme", "localhost", "-acme.example", "acme..example", "acme.example."],
        *["münchen.example", "[127.0.0.1]", "x.test", "acme_1.example", "1.2.3.4"],
        *(f"{'a' * 64}.example", f"{'a.' * 100}example", ""),
    ]
)
COUNTRIES = st.sampled_from(["PT", "US", "IT", "GB", "RU", None])


def by_the_book(text: str) -> str | None:
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


@given(LOCALS, HOSTS)
@example("info", "Acme.example")
@example("POSTMASTER", "acme.example")
@example("a" * 64, "acme.example")
@example("a" * 65, "acme.example")
def test_an_address_is_what_the_validator_makes_of_it(local: str, host: str) -> None:
    assert email_address(f"{local}@{host}") == by_the_book(f"{local}@{host}")


def number_by_the_book(text: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if phonenumbers.is_valid_number(number) and is_valid_phone(written) else None


@given(st.sampled_from(["+351", "+1", "+39", "+44", "+7", "+999", ""]), st.from_regex(r"0?[0-9 ]{3,13}", fullmatch=True), COUNTRIES)
@example("+39", "0612345678", "PT")
@example("+44", "07911123456", None)
@example("+351", "912345678", "US")
@example("", "912345678", "PT")
def test_a_number_is_what_the_library_makes_of_it(prefix: str, rest: str, country: str | None) -> None:
    text = f"{prefix}{rest}".strip()
    assert phone_number(text, country) == number_by_the_book(text, country)
