"""The sequences that come with the service: one for each type, ready to be published."""

from __future__ import annotations

from domain.sequences import SequenceType
from domain.shipped_sequences.awareness import AWARENESS
from domain.shipped_sequences.consideration import CONSIDERATION
from domain.shipped_sequences.decision import DECISION
from domain.shipped_sequences.evaluation import EVALUATION
from domain.shipped_sequences.interest import INTEREST
from domain.shipped_sequences.parts import ShippedMessage, ShippedSequence
from domain.shipped_sequences.retention import RETENTION

__all__ = ["SHIPPED", "ShippedMessage", "ShippedSequence"]

SHIPPED: dict[SequenceType, ShippedSequence] = {
    shipped.type: shipped for shipped in (AWARENESS, INTEREST, CONSIDERATION, EVALUATION, DECISION, RETENTION)
}
