"""What a lead is found by: words of name, company and e-mail, and the digits of its phones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from domain.leads import Lead

MAX_SEARCH_LENGTH = 200
MAX_TERM_LENGTH = 64
_SEPARATORS = str.maketrans(dict.fromkeys(',;:()[]{}<>"|/', " "))
_PHONE_CHARACTERS = frozenset("0123456789+-.() ")


def _folded(text: str) -> str:
    """Take away case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _words(text: str) -> list[str]:
    return [word[:MAX_TERM_LENGTH] for word in _folded(text).translate(_SEPARATORS).split()]


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal() and character.isascii())


def search_terms(lead: Lead) -> frozenset[str]:
    """List the terms whose beginnings find the lead.

    Words are found by their beginning, also after a hyphen or a dot, e-mail addresses also by their domain, phone
    numbers by their first digits, by those without the country's code and by their last seven.
    """
    terms: set[str] = set()
    for text in (lead.first_name, lead.last_name, lead.company):
        for word in _words(text or ""):
            terms.add(word)
            terms.update(part for part in word.replace("-", ".").split(".")[1:] if part)
    if lead.email:
        address = _folded(lead.email)[:MAX_TERM_LENGTH]
        terms.add(address)
        terms.add(address.rpartition("@")[2])
    for phone in lead.phones:
        terms.update(_phone_terms(phone))
    return frozenset(terms)


@cache
def _country_codes() -> frozenset[str]:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE  # noqa: PLC0415 -- large, and whoever only reads leads needs none

    return frozenset(str(code) for code in COUNTRY_CODE_TO_REGION_CODE)


def _phone_terms(phone: str) -> Iterable[str]:
    digits, codes = _digits(phone), _country_codes()
    # People leave the country's code out; codes are one to three digits, and none begins another.
    code = next((length for length in (1, 2, 3) if digits[:length] in codes), 0)
    return {part for part in (digits, digits[code:], digits[-7:]) if len(part) >= 4}


def search_prefixes(search: str) -> tuple[str, ...]:
    """Split what a person typed into the prefixes that must all be found; at most eight. No words: none, which finds nothing."""
    typed = search.strip()[:MAX_SEARCH_LENGTH]
    digits = _digits(typed)
    if len(digits) >= 4 and set(typed) <= _PHONE_CHARACTERS:
        return (digits,)
    return tuple(dict.fromkeys(_words(typed)))[:8]
