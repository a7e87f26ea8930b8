"""The closed sets around webhooks, described."""

from __future__ import annotations

from domain.webhooks import DeliveryKind, DeliveryState, WebhookState
from gql.enums import describe

# Whoever annotates a field with one of them imports it from here, so that it is described before it is used.
__all__ = ["DeliveryKind", "DeliveryState", "WebhookState"]

describe(
    WebhookState,
    "Whether an endpoint gets anything.",
    {
        "ENABLED": "It gets what it wants.",
        "PAUSED": "What it wants waits for it, as long as the feed keeps it.",
        "GONE": "The receiver answered 410: nothing is sent until it is enabled again.",
    },
)
describe(
    DeliveryKind,
    "Why something is delivered.",
    {
        "EVENT": "It happened, and the endpoint wants it.",
        "REPLAY": "Somebody asked for it once more.",
        "TEST": "Somebody wants to see whether it arrives.",
    },
)
describe(
    DeliveryState,
    "How far a delivery is.",
    {
        "PENDING": "It is on its way, or will be tried again.",
        "DELIVERED": "The receiver took it.",
        "EXHAUSTED": "It was tried for 72 hours, or the receiver wants nothing more.",
    },
)
