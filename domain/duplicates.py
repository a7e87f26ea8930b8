"""Leads that may be one person: what they have in common, and how much that says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from domain.contact_points import email_key
from domain.leads import Lead


class DuplicateSignal(StrEnum):
    """What two leads have in common."""

    EMAIL = "EMAIL"
    MAILBOX = "MAILBOX"
    NAME_AND_COMPANY = "NAME_AND_COMPANY"
    PHONE = "PHONE"


class DuplicateStrength(StrEnum):
    """How likely two leads are one person."""

    STRONG = "STRONG"
    MEDIUM = "MEDIUM"
    WEAK = "WEAK"


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """One thing by which a lead's duplicates are found: leads with equal signal and key share it. `exact` tells spellings apart."""

    signal: DuplicateSignal
    key: UUID
    exact: int | None = None


@dataclass(frozen=True, slots=True)
class DuplicateCandidate:
    """A lead that may be the same person as another one, with all that they share."""

    lead_id: UUID
    signals: tuple[DuplicateSignal, ...]
    strength: DuplicateStrength


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """All leads that share one thing. `id` is the thing's key."""

    id: UUID
    signal: DuplicateSignal

    @property
    def strength(self) -> DuplicateStrength:
        """Tell what the one signal says by itself."""
        return strength([self.signal])


# Imports repeat companies; a name is at most 200 characters long.
_CACHED = 8_192
_WORD = re.compile(r"\w+")
_LEGAL_FORMS = frozenset(
    {"ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "lda", "limited"}
    | {"llc", "llp", "ltd", "mbh", "nv", "oy", "plc", "pte", "pty", "sa", "sarl", "se", "sl", "spa", "srl", "ug"}
)
_NO_COMPANY = frozenset({"na", "none", "self", "private", "unknown", "selfemployed"})


def _words(text: str) -> list[str]:
    folded = text.casefold()
    # Most names need no taking apart.
    if not folded.isascii():
        folded = "".join(character for character in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(character))
    return _WORD.findall(folded)


def mailbox(address: str) -> str:
    """Return the address without what some providers ignore: a tag after a plus sign, and dots before the at sign."""
    local, _, domain = email_key(address).rpartition("@")
    return f"{local.partition('+')[0].replace('.', '') or local}@{domain}"


@lru_cache(_CACHED)
def company_name(company: str) -> str | None:
    """Return what spellings of one company's name have in common, without case, accents, punctuation and legal form; None: nothing."""
    # Dots inside an abbreviation go first, so that "S.A." is a legal form.
    words = [word for word in _words(company.replace(".", "")) if word not in _LEGAL_FORMS]
    name = " ".join(words)
    return None if not name or name.replace(" ", "") in _NO_COMPANY else name


def person_with_company(lead: Lead) -> str | None:
    """Return name and company in one form, the name's words in any order; None when one of them is too little to tell people apart."""
    names = sorted(_words(lead.name or ""))
    company = company_name(lead.company or "")
    return None if len(names) < 2 or company is None else f"{' '.join(names)}\0{company}"


def duplicate_keys(lead: Lead, workspace_id: UUID) -> Iterator[DuplicateKey]:
    """List what a lead's duplicates are found by.

    They are digests, so that no personal data is stored a second time; no two workspaces have the same for the same person.
    """
    salt = workspace_id.bytes

    def digest(*parts: str) -> bytes:
        return blake2b("\0".join(parts).encode(), digest_size=16, key=salt).digest()

    def key(signal: DuplicateSignal, value: str) -> UUID:
        return UUID(bytes=digest(signal, value))

    if lead.email:
        exact = email_key(lead.email)
        yield DuplicateKey(DuplicateSignal.EMAIL, key(DuplicateSignal.EMAIL, exact))
        spelling = int.from_bytes(digest(exact)[:8], signed=True)
        yield DuplicateKey(DuplicateSignal.MAILBOX, key(DuplicateSignal.MAILBOX, mailbox(exact)), spelling)
    for phone in dict.fromkeys(lead.phones):
        yield DuplicateKey(DuplicateSignal.PHONE, key(DuplicateSignal.PHONE, phone))
    person = person_with_company(lead)
    if person is not None:
        yield DuplicateKey(DuplicateSignal.NAME_AND_COMPANY, key(DuplicateSignal.NAME_AND_COMPANY, person))


def told(signals: Collection[DuplicateSignal]) -> tuple[DuplicateSignal, ...]:
    """Put signals in order. Who shares the address shares the mailbox, which then says nothing more."""
    known = set(signals)
    if DuplicateSignal.EMAIL in known:
        known.discard(DuplicateSignal.MAILBOX)
    return tuple(sorted(known))


def strength(signals: Collection[DuplicateSignal]) -> DuplicateStrength:
    """Weigh signals: an address, or two things at once, are strong; a phone may be a company's, and dots often tell mailboxes apart."""
    known = told(signals)
    if DuplicateSignal.EMAIL in known or len(known) > 1:
        return DuplicateStrength.STRONG
    return DuplicateStrength.WEAK if known == (DuplicateSignal.MAILBOX,) else DuplicateStrength.MEDIUM
