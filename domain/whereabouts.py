"""In which time zones a lead may be: its own zone, else those that its phone prefix and its country leave possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from domain.places import time_zone_name


class ZoneSource(StrEnum):
    """How the zones were found."""

    LEAD = "LEAD"
    PHONE_AND_COUNTRY = "PHONE_AND_COUNTRY"
    PHONE = "PHONE"
    COUNTRY = "COUNTRY"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The zones that a lead may be in, in the order of their names; none when nobody can tell."""

    zones: tuple[str, ...]
    source: ZoneSource


NOWHERE = Whereabouts((), ZoneSource.NONE)


@cache
def _zones_by_country() -> Mapping[str, frozenset[str]]:
    # One country a line, under the names that phone prefixes use too; zone1970.tab merges zones that agree, under one country's name.
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="ascii")
    found: dict[str, set[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            found.setdefault(country, set()).add(name)
    return {country: frozenset(names) for country, names in found.items()}


def zones_of_country(country: str) -> frozenset[str]:
    """Return the zones of a country; none for a code that the zone database does not know."""
    return _zones_by_country().get(country, frozenset())


@lru_cache(10_000)
def zones_of_phone(number: str) -> frozenset[str]:
    """Return the zones in which numbers with this prefix are given out; none for what is no number, or tied to no place."""
    import phonenumbers  # noqa: PLC0415 -- large, and few requests ask where a lead is
    from phonenumbers import timezone  # noqa: PLC0415

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return frozenset()
    named = (time_zone_name(name) for name in timezone.time_zones_for_number(parsed))
    return frozenset(name for name in named if name is not None and not name.startswith("Etc/"))


def whereabouts(time_zone: str | None, phones: Sequence[str], country: str | None) -> Whereabouts:
    """Work out where a lead may be.

    Its own zone is believed. Otherwise what the preferred number's prefix and the country have in common; when they have nothing in
    common, either may be true, so that all of both stay possible.
    """
    known = time_zone_name(time_zone) if time_zone else None
    if known is not None:
        return Whereabouts((known,), ZoneSource.LEAD)
    by_phone = zones_of_phone(phones[0]) if phones else frozenset[str]()
    by_country = zones_of_country(country) if country else frozenset[str]()
    if by_phone and by_country:
        return Whereabouts(tuple(sorted(by_phone & by_country or by_phone | by_country)), ZoneSource.PHONE_AND_COUNTRY)
    if by_phone:
        return Whereabouts(tuple(sorted(by_phone)), ZoneSource.PHONE)
    if by_country:
        return Whereabouts(tuple(sorted(by_country)), ZoneSource.COUNTRY)
    return NOWHERE
