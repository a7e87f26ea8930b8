"""What the subscription that follows a set of leads tells."""

from __future__ import annotations

from typing import Any

import strawberry

from gql.edges import to_one
from gql.enums import describe
from gql.ids import encode_id
from gql.leads.types import Lead
from gql.nodes import computed, plain
from gql.scalars import Cursor
from gql.subscriptions.segments import SegmentChange
from gql.subscriptions.watches import follow_segment
from persistence.leads import lead_by_id

describe(
    SegmentChange,
    "What a message about a set of leads says. Folding them gives the set: it equals a fresh query whenever SYNCED is told.",
    {
        "RESET": "Forget the leads: a snapshot follows.",
        "SNAPSHOT": "The lead is in the set, as part of the snapshot.",
        "SYNCED": "What was told so far is the whole set.",
        "ENTERED": "The lead is in the set from now on.",
        "CHANGED": "Something happened to the lead, and it is in the set still.",
        "LEFT": "The lead is not in the set any more.",
    },
    name="SegmentChangeType",
)


def _lead_id(move: Any) -> strawberry.ID | None:
    return None if move.lead_id is None else strawberry.ID(encode_id("Lead", move.lead_id))


@strawberry.type(description="A message about a set of leads that is followed.")
class SegmentChanged:
    """Reads a `gql.subscriptions.segments.SegmentMove`."""

    change: SegmentChange = plain("What it says.")
    lead_id: strawberry.ID | None = computed("The lead's global id, also when the lead is out of sight by now.", _lead_id)
    lead: Lead | None = to_one(
        "The lead as it is now; null when it was deleted or is out of sight.", key=lambda move: move.lead_id, batch=lead_by_id
    )
    cursor: Cursor | None = plain("Where to go on with `after`; null where that cannot be done: keep the last one.")


@strawberry.type
class SegmentSubscriptions:
    """The part of `Subscription` that follows sets of leads."""

    segment_changed = follow_segment(
        SegmentChanged,
        (
            "The leads that meet a filter: first all of them, or with `after` what became of those to which something happened since; "
            "then who enters, changes and leaves."
        ),
    )
