"""The closed sets around messages."""

from __future__ import annotations

from domain.message_variables import VariableKind
from domain.sequence_steps import MessageChannel
from gql.enums import describe

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = ["MessageChannel", "VariableKind"]

describe(
    MessageChannel,
    "A channel on which messages are sent.",
    {"EMAIL": "A mail, with a subject.", "SMS": "A text message to a phone.", "SOCIAL": "A message on a social network."},
)
describe(
    VariableKind,
    "What the values of a message variable are.",
    {
        "TEXT": "Texts.",
        "NUMBER": "Numbers, which can be compared and rounded.",
        "DATE": "Days, for the filter `date`.",
        "BOOLEAN": "True or false.",
    },
)
