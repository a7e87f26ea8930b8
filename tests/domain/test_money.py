"""What counts as an amount of money."""

from decimal import Decimal

import pytest

from domain.money import CURRENCIES, Money, checked_money


@pytest.mark.parametrize("amount", ["0", "-0", "0.001", "1E+14", "999999999999999.999", "12.50000"])
def test_amounts_within_the_bounds_are_kept_exactly(amount: str) -> None:
    money, refusals = checked_money(Decimal(amount), "EUR", "value")

    assert refusals == []
    assert money == Money(Decimal(amount), "EUR")
    assert money is not None
    assert not money.amount.is_signed()


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("-0.001", "Must not be negative."),
        ("-1", "Must not be negative."),
        ("1E+15", "Must be below 1000000000000000."),
        ("1E+999999", "Must be below 1000000000000000."),
        ("1000000000000000", "Must be below 1000000000000000."),
        ("0.0001", "At most 3 decimals."),
        ("999999999999999.9999", "At most 3 decimals."),
        ("1." + "0" * 40 + "1", "At most 3 decimals."),
        ("1E-50", "At most 3 decimals."),
        ("NaN", "Must be a number."),
        ("sNaN", "Must be a number."),
        ("Infinity", "Must be a number."),
        ("-Infinity", "Must be a number."),
    ],
)
def test_other_amounts_are_refused(amount: str, message: str) -> None:
    money, refusals = checked_money(Decimal(amount), "EUR", "value")

    assert money is None
    assert [(refusal.message, refusal.path) for refusal in refusals] == [(message, ("value", "amount"))]


def test_a_currency_may_come_in_any_case() -> None:
    assert checked_money(Decimal(1), " eur ") == (Money(Decimal(1), "EUR"), [])


@pytest.mark.parametrize("currency", ["XXX", "XTS", "XAU", "DEM", "EURO", "E", "", "12", "ＥＵＲ"])
def test_what_is_no_active_currency_is_refused(currency: str) -> None:
    money, refusals = checked_money(Decimal(1), currency)

    assert money is None
    assert [refusal.path for refusal in refusals] == [("currency",)]


def test_amount_and_currency_are_refused_together() -> None:
    _, refusals = checked_money(Decimal(-1), "XXX", "value")

    assert [refusal.path for refusal in refusals] == [("value", "amount"), ("value", "currency")]


def test_every_currency_is_a_three_letter_code() -> None:
    assert len(CURRENCIES) == 155
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)
