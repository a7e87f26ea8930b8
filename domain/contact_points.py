"""How a lead is reached: e-mail addresses, phone numbers and websites, each brought into the one form that is stored."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from domain.scoring_facts import international_phone, is_valid_phone

LONGEST_EMAIL = 254
LONGEST_PHONE = 40
LONGEST_URL = 2_000
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{0,62}")
# What nearly all addresses are: short, with words of small letters and digits before the at sign.
_SHORT_EMAIL = 64
_PLAIN_LOCAL = re.compile(r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*")
_UNSAFE = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")

# Imports repeat addresses and numbers; the length bounds keep hostile texts out of the caches.
_CACHED = 32_768


@lru_cache(_CACHED)
def _email(text: str) -> str | None:
    local, _, domain = text.rpartition("@")
    host = _mail_host(domain) if len(text) <= _SHORT_EMAIL and _PLAIN_LOCAL.fullmatch(local) else None
    # A plain name is right with whatever domain is, and many addresses have the same domain.
    return _validated(text) if host is None else f"{local}@{host}"


@lru_cache(_CACHED)
def _mail_host(domain: str) -> str | None:
    address = _validated(f"a@{domain}") if domain.isascii() else None
    return None if address is None else address.removeprefix("a@")


def _validated(text: str) -> str | None:
    # Its patterns take a while to compile, and whoever only reads leads needs none.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def email_address(text: str) -> str | None:
    """Return the address with its domain in lower case; None when it is none. Nothing is looked up."""
    stripped = text.strip()
    return _email(stripped) if len(stripped) <= LONGEST_EMAIL else None


def email_key(address: str) -> str:
    """Return what two spellings of one address have in common; the database's `lower(email)` is the same."""
    return address.lower()


@lru_cache(_CACHED)
def _phone(text: str, country: str | None) -> str | None:
    # In the form that is stored already: it is the same number whatever the country.
    if international_phone(text) == text:
        return text
    # Its tables and patterns are large, and whoever only reads leads needs none.
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if is_valid_phone(written) else None


def phone_number(text: str, country: str | None) -> str | None:
    """Return the number as E.164, extension left off; None when it is not valid. A national one is read as `country`'s."""
    stripped = text.strip()
    return _phone(stripped, country) if 0 < len(stripped) <= LONGEST_PHONE else None


def web_address(text: str) -> str | None:
    """Return an absolute http or https address, scheme and host in lower case; None when it is none, or names a user."""
    stripped = text.strip()
    if len(stripped) > LONGEST_URL or _UNSAFE.search(stripped):
        return None
    try:
        parts = urlsplit(stripped)
        port, host = parts.port, parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    return urlunsplit(parts._replace(netloc=host if port is None else f"{host}:{port}"))
