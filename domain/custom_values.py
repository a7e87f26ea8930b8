"""How values of custom fields are stored: as text, with a key by which values of one field sort and compare like the values do.

One index over the keys serves every type. A key is compared byte by byte.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.custom_fields import CustomFieldType, CustomValue

# An entry of an index holds some 2,700 bytes; longer texts are compared whole besides.
KEY_LENGTH = 500
# Wide enough for every number that a filter can name.
_NUMBER = "037.18f"
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def text_key(text: str) -> str:
    """Fold a text: case counts for nothing, and what begins alike has keys that begin alike."""
    return unicodedata.normalize("NFC", text).casefold()[:KEY_LENGTH]


def number_key(number: Decimal) -> str:
    """Write a number of at most 18 digits before and after the point; the smaller a negative one is, the larger its magnitude."""
    magnitude = format(abs(number), _NUMBER)
    return "1" + magnitude if number >= 0 else "0" + magnitude.translate(_COMPLEMENT)


def flag_key(flag: bool) -> str:
    """Write a flag; false comes first."""
    return "1" if flag else "0"


def stored_texts(value: CustomValue) -> Sequence[tuple[str, str]]:
    """Write a value as rows of (text, sort key); a choice of several options has one for each."""
    if isinstance(value, bool):
        return [("true" if value else "false", flag_key(value))]
    if isinstance(value, Decimal):
        return [(format(value, "f"), number_key(value))]
    if isinstance(value, date):
        return [(value.isoformat(), value.isoformat())]
    if isinstance(value, tuple):
        return [(key, key) for key in value]
    return [(value, text_key(value))]


def read_value(type: CustomFieldType, texts: Sequence[str]) -> CustomValue:
    """Read what `stored_texts` wrote."""
    text = texts[0]
    match type:
        case CustomFieldType.NUMBER:
            return Decimal(text)
        case CustomFieldType.DATE:
            return date.fromisoformat(text)
        case CustomFieldType.BOOLEAN:
            return text == "true"
        case CustomFieldType.MULTI_SELECT:
            return tuple(texts)
        case _:
            return text
