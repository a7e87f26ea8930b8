"""Who may what: compares an operation with the tables of what fields and types need, before anything runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from domain.access import Permission, Viewer
from gql.documents import PreparedOperation
from gql.errors import ErrorCode, TopLevelError
from gql.operations import FieldUse
from gql.permitted_fields import ROOT_FIELDS
from gql.permitted_types import TYPES

# These carry what others own: connections and their parts, payloads, refusals, and the interfaces. They need nothing of their own.
_CARRIERS = ("Connection", "Edge", "Payload", "PageInfo", "Node", "UserError")
_LISTS = ("Connection", "Edge")
_REMEMBERED = 1_000


def required(coordinate: str) -> Permission | None:
    """Return what a field needs. Raises KeyError for a root field or a type that the table forgot."""
    type_name = coordinate.partition(".")[0]
    if type_name in ("Query", "Mutation", "Subscription"):
        return ROOT_FIELDS[coordinate]
    if coordinate in ROOT_FIELDS:
        return ROOT_FIELDS[coordinate]
    if type_name.endswith(_LISTS):
        # How many there are is told only to whoever may see them.
        return TYPES.get(type_name.removesuffix("Connection").removesuffix("Edge"))
    return TYPES.get(type_name) if type_name in TYPES or is_carrier(type_name) else _forgotten(type_name)


def is_carrier(type_name: str) -> bool:
    """Tell whether a type only carries what other types own."""
    return type_name.endswith(_CARRIERS) or type_name in REFUSAL_TYPES


REFUSAL_TYPES = frozenset(
    {
        "ValidationError",
        "NotFound",
        "VersionConflict",
        "NotAllowed",
        "AlreadyExists",
        "IdempotencyKeyReused",
        "DuplicateLead",
        "IllegalStatusChange",
        "StatusRequirementsMissing",
        "AgentNotAvailable",
        "AgentAtCapacity",
        "NoEligibleAgent",
        "StageFieldsMissing",
        "StageHoldsLeads",
        "PipelineArchived",
        "ClaimEnded",
        "QueueArchived",
        "FollowUpNotOpen",
        "ImportRejected",
        "MergeNotUndoable",
        "SameLead",
        "WrongCampaignStatus",
        "IllegalCampaignChange",
        "CampaignRequirementsMissing",
        "LeadOptedOut",
        "ScoringModelNotPublishable",
        "AlreadyEnrolled",
        "LeadSuppressed",
        "LeadNotEnrollable",
        "EnrollmentsCapped",
        "SequenceClosed",
        "SequenceNotPublishable",
        "EnrollmentEnded",
    }
)


def _forgotten(type_name: str) -> Permission | None:
    raise KeyError(f"no permission is declared for type {type_name}")


@lru_cache(maxsize=_REMEMBERED)
def _needed(operation: PreparedOperation) -> tuple[frozenset[Permission], Sequence[tuple[Permission, FieldUse]]]:
    """Find what an operation needs whatever its variables are, and for which of its fields, in their order."""
    asked = (use for use in operation.facts.fields if not (use.coordinate.startswith("__") or ".__" in use.coordinate))
    uses = [(required(use.coordinate), use) for use in asked]
    needed = tuple((permission, use) for permission, use in uses if permission is not None)
    return frozenset(permission for permission, _ in needed), needed


def authorize(viewer: Viewer, operation: PreparedOperation, variables: Mapping[str, object]) -> Sequence[TopLevelError]:
    """Name the selected fields that the viewer may not use; any of them keeps the whole operation from running."""
    permissions, needed = _needed(operation)
    if permissions <= viewer.permissions:
        return ()
    return [
        TopLevelError(ErrorCode.FORBIDDEN, "The key does not allow this field.", path=use.path, facts={"permission": permission.value})
        for permission, use in needed
        if not viewer.may(permission) and use.selected(variables)
    ]
