"""The closed sets around pipelines."""

from __future__ import annotations

from domain.pipelines import DealField, StageKind
from gql.enums import describe

__all__ = ["DealField", "StageKind"]

describe(
    StageKind,
    "What a stage says about the deals in it.",
    {"OPEN": "Still being worked on.", "WON": "Won.", "LOST": "Lost."},
)
describe(
    DealField,
    "A field that a stage may require before a lead enters it.",
    {
        "DEAL_VALUE": "The deal's value.",
        "EXPECTED_CLOSE_DATE": "The day on which it is expected to close.",
        "OWNER": "An agent who owns the lead.",
        "COMPANY": "The company's name.",
        "EMAIL": "An e-mail address.",
        "PHONE": "A phone number.",
    },
)
