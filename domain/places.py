"""Countries, time zones and languages: which codes there are, and how they are written."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

# ISO 3166-1 alpha-2, the officially assigned codes.
_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK
CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV
LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR
TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_CODES.split())

_LANGUAGE = re.compile(
    r"(?P<language>[a-z]{2,3}|[a-z]{5,8})(?P<script>-[a-z]{4})?(?P<region>-(?:[a-z]{2}|[0-9]{3}))?(?P<rest>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_LANGUAGE = 35


def country_code(text: str) -> str | None:
    """Return the alpha-2 code in capitals; None when there is no such country."""
    code = text.strip().upper()
    return code if code in COUNTRIES else None


@cache
def _time_zones() -> dict[str, str]:
    # The zone database is read once; its names are found without regard to case.
    return {name.casefold(): name for name in available_timezones() if name not in ("localtime", "Factory")}


def time_zone_name(text: str) -> str | None:
    """Return the IANA name as the zone database spells it; None when it has no such zone."""
    return _time_zones().get(text.strip().casefold())


def language_tag(text: str) -> str | None:
    """Return a BCP 47 tag of language, script, region and variants in its usual spelling; None when it has not that shape."""
    written = text.strip().replace("_", "-")
    match = _LANGUAGE.fullmatch(written) if len(written) <= _LONGEST_LANGUAGE else None
    if match is None:
        return None
    script, region, rest = (match[part] or "" for part in ("script", "region", "rest"))
    return match["language"].lower() + script.title() + region.upper() + rest.lower()
