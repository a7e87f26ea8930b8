"""Amounts of money: what counts as one, and in which currency it may be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.refusals import Refusal, ValidationFailed

MAX_AMOUNT = Decimal(10) ** 15
"""Amounts stay below this."""
_FINEST = Decimal("0.001")

# ISO 4217's active codes that money can be held in: no test codes, no metals, no accounting units.
_CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE
CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its ISO 4217 currency."""

    amount: Decimal
    currency: str


def amount_problem(amount: Decimal) -> str | None:
    """Say what is wrong with an amount: it must be a number, 0 ≤ x < 10^15, with at most 3 decimals."""
    if not amount.is_finite():
        return "Must be a number."
    if amount < 0:
        return "Must not be negative."
    if amount >= MAX_AMOUNT:
        return "Must be below 1000000000000000."
    # Below the bound the rounded amount has at most 18 digits, so the context cannot round it any further.
    if amount != amount.quantize(_FINEST):
        return "At most 3 decimals."
    return None


def checked_money(amount: Decimal, currency: str, *path: str) -> tuple[Money | None, list[Refusal]]:
    """Check an amount and its currency, whose code may come in any case; the money is None when something is refused.

    The refusals name `amount` and `currency` below `path`.
    """
    refusals: list[Refusal] = []
    problem = amount_problem(amount)
    if problem:
        refusals.append(ValidationFailed(message=problem, path=(*path, "amount")))
    code = currency.strip().upper()
    if code not in CURRENCIES:
        refusals.append(ValidationFailed(message="Must be an active currency code of ISO 4217, such as EUR.", path=(*path, "currency")))
    return (None, refusals) if refusals else (Money(abs(amount), code), [])
