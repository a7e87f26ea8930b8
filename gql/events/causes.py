"""What an event follows from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.events import EventCause as DomainEventCause
from gql.edges import to_one
from gql.enums import describe
from gql.nodes import computed
from persistence.activities import activity_by_id
from persistence.contact_attempts import contact_attempt_by_id
from persistence.imports import import_by_id
from persistence.merges import lead_merge_by_id
from persistence.scoring_models import version_by_id

if TYPE_CHECKING:
    from gql.activities.types import Activity, ContactAttempt
    from gql.imports.types import Import
    from gql.merging.types import LeadMerge
    from gql.scoring_models.types import ScoringModelVersion

describe(
    DomainEventCause,
    "What a change follows from.",
    {
        "REQUEST": "Somebody asked for it, or for what brings it along.",
        "ACTIVITY": "An activity that was recorded.",
        "CONTACT_ATTEMPT": "A contact attempt that was recorded.",
        "IMPORT": "A file that was imported.",
        "MERGE": "Two leads were merged, or a merge was undone.",
        "SCORING_MODEL": "Another scoring model, or another version of it, came into force.",
        "TIME": "Its time had come: the service did it by itself.",
    },
    name="EventCauseKind",
)


def _id_of(kind: DomainEventCause) -> Callable[[Any], Hashable | None]:
    return lambda event: event.cause_id if event.cause is kind else None


@strawberry.type(description="What a change follows from: the kind of it, and the thing itself where there is one.")
class EventCause:
    """Reads `cause` and `cause_id` of an event."""

    kind: DomainEventCause = computed("The kind of cause.", lambda event: event.cause)
    activity: Annotated[Activity, strawberry.lazy("gql.activities.types")] | None = to_one(
        "The activity, where it was one.", key=_id_of(DomainEventCause.ACTIVITY), batch=activity_by_id
    )
    contact_attempt: Annotated[ContactAttempt, strawberry.lazy("gql.activities.types")] | None = to_one(
        "The contact attempt, where it was one.", key=_id_of(DomainEventCause.CONTACT_ATTEMPT), batch=contact_attempt_by_id
    )
    import_: Annotated[Import, strawberry.lazy("gql.imports.types")] | None = to_one(
        "The import, where it was one.", key=_id_of(DomainEventCause.IMPORT), batch=import_by_id, name="import"
    )
    merge: Annotated[LeadMerge, strawberry.lazy("gql.merging.types")] | None = to_one(
        "The merge, where it was one.", key=_id_of(DomainEventCause.MERGE), batch=lead_merge_by_id
    )
    scoring_model_version: Annotated[ScoringModelVersion, strawberry.lazy("gql.scoring_models.types")] | None = to_one(
        "The version that came into force, where it is known.", key=_id_of(DomainEventCause.SCORING_MODEL), batch=version_by_id
    )
