"""A lead's profile on its way in: every field brought into the form that is stored, everything that is wrong said at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

from domain.contact_points import LONGEST_EMAIL, email_address, phone_number, web_address
from domain.leads import ProfileFields
from domain.money import amount_problem
from domain.places import country_code, language_tag, time_zone_name
from domain.refusals import Refusal, ValidationFailed
from domain.texts import cleaned

MAX_PHONES = 10
MAX_EMPLOYEES = 100_000_000
MAX_NOTES_BYTES = 32 * 1024

PROFILE_PATHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{
            name: ("contact", name)
            for name in ("first_name", "last_name", "title", "email", "phones", "language", "do_not_call", "do_not_email")
        },
        "company": ("company", "name"),
        **{name: ("company", name) for name in ("industry", "employees", "annual_revenue", "website")},
        **{name: ("address", name) for name in ("street", "city", "region", "postal_code", "country", "time_zone")},
        **{name: ("bant", name) for name in ("budget", "authority", "need", "timeline")},
        "notes": ("notes",),
    }
)
"""Where each field of a profile stands in an input; refusals name these paths."""

_FIELD_BY_PATH = {path: name for name, path in PROFILE_PATHS.items()}

_LONGEST: Mapping[str, int] = {
    "first_name": 100,
    "last_name": 100,
    "title": 200,
    "company": 200,
    "industry": 200,
    "street": 200,
    "city": 100,
    "region": 100,
    "postal_code": 20,
}
_LONGEST_ANSWER = 1_000
_FLAGS = frozenset({"do_not_call", "do_not_email"})

_CODED: Mapping[str, tuple[Any, str]] = {
    "email": (email_address, f"Must be an e-mail address of at most {LONGEST_EMAIL} characters."),
    "website": (web_address, "Must be an absolute http or https address."),
    "country": (country_code, "Must be a country code of ISO 3166-1 alpha-2, such as PT."),
    "time_zone": (time_zone_name, "Must be a time zone of the IANA database, such as Europe/Lisbon."),
    "language": (language_tag, "Must be a BCP 47 language tag, such as pt-PT."),
}


def profile_field(path: Sequence[str]) -> str | None:
    """Name the field of a profile that a refusal's path leads to; None when it leads elsewhere."""
    return _FIELD_BY_PATH.get(tuple(path[:2])) or _FIELD_BY_PATH.get(tuple(path[:1]))


def checked_profile(fields: ProfileFields, *, country: str | None) -> tuple[ProfileFields, list[Refusal]]:
    """Bring the fields that are given into the form that is stored, and say everything that is wrong with them.

    A blank text counts as None. `country` is that of the lead as it is, else of the workspace: national phone numbers are read as
    its own, unless the fields themselves name another. Refused fields are missing in the answer.
    """
    given = cast(Mapping[str, Any], fields)
    checked: dict[str, Any] = {}
    refusals: list[Refusal] = []

    def refuse(name: str, message: str, *below: str) -> None:
        refusals.append(ValidationFailed(message=message, path=(*PROFILE_PATHS[name], *below)))

    for name, value in given.items():
        problem: str | None = None
        if value is None:
            checked[name] = False if name in _FLAGS else None
        elif name in _LONGEST:
            checked[name], problem = _line(value, _LONGEST[name])
        elif name in _CODED:
            convert, message = _CODED[name]
            checked[name] = convert(value) if value.strip() else None
            problem = message if checked[name] is None and value.strip() else None
        elif name in _OTHERS:
            checked[name], problem = _OTHERS[name](value)
        elif name != "phones":
            checked[name] = value
        if problem:
            del checked[name]
            refuse(name, problem)
    if "phones" in given:
        numbers, problems = _phones(given["phones"] or (), checked.get("country") or country)
        for index, message in problems:
            refuse("phones", message, *index)
        if not problems:
            checked["phones"] = numbers
    return cast(ProfileFields, checked), refusals


def _line(text: str, longest: int) -> tuple[str | None, str | None]:
    """Clean a text that stands in one line; a line end inside it is a space."""
    clean = cleaned(text)
    if "\n" in clean or "\t" in clean:
        clean = " ".join(clean.split())
    return clean or None, f"At most {longest} characters." if len(clean) > longest else None


def _notes(text: str) -> tuple[str | None, str | None]:
    clean = cleaned(text)
    return clean or None, "At most 32 KiB." if len(clean.encode()) > MAX_NOTES_BYTES else None


def _employees(employees: int) -> tuple[int, str | None]:
    return employees, None if 0 <= employees <= MAX_EMPLOYEES else f"Must be 0–{MAX_EMPLOYEES}."


def _annual_revenue(revenue: Decimal) -> tuple[Decimal, str | None]:
    problem = amount_problem(revenue)
    return revenue if problem else abs(revenue), problem


def _bant(text: str) -> tuple[str | None, str | None]:
    clean = cleaned(text)
    return clean or None, f"At most {_LONGEST_ANSWER} characters." if len(clean) > _LONGEST_ANSWER else None


_OTHERS: Mapping[str, Any] = {
    **dict.fromkeys(("budget", "authority", "need", "timeline"), _bant),
    "notes": _notes,
    "employees": _employees,
    "annual_revenue": _annual_revenue,
}


def _phones(texts: Sequence[str], country: str | None) -> tuple[tuple[str, ...], list[tuple[tuple[str, ...], str]]]:
    """Normalise phone numbers, each kept once; the problems name the index of the number, or none when there are too many."""
    if len(texts) > MAX_PHONES:
        return (), [((), f"At most {MAX_PHONES} phone numbers.")]
    numbers: dict[str, None] = {}
    problems: list[tuple[tuple[str, ...], str]] = []
    for index, text in enumerate(texts):
        number = phone_number(text, country)
        if number is None:
            problems.append(((str(index),), "Must be a valid phone number, international or of the lead's country."))
        else:
            numbers[number] = None
    return tuple(numbers), problems
