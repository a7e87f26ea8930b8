"""Who may what: compares an operation with the tables of what fields and types need, before anything runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from weakref import WeakKeyDictionary

from domain.access import Permission, Viewer
from gql.documents import PreparedOperation
from gql.errors import ErrorCode, TopLevelError
from gql.operations import FieldUse
from gql.permitted_fields import ROOT_FIELDS
from gql.permitted_types import TYPES

# These carry what others own: connections and their parts, payloads, refusals, and the interfaces. They need nothing of their own.
_CARRIERS = ("Connection", "Edge", "Payload", "PageInfo", "Node", "UserError")
_LISTS = ("Connection", "Edge")


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


_Needs: TypeAlias = "tuple[frozenset[Permission], Sequence[tuple[Permission, FieldUse]]]"
# What operations need; a document that is forgotten takes what is known of it along.
_NEEDS: WeakKeyDictionary[PreparedOperation, _Needs] = WeakKeyDictionary()


def _needed(operation: PreparedOperation) -> _Needs:
    """Find what an operation needs whatever its variables are, and for which of its fields, in their order."""
    known = _NEEDS.get(operation)
    if known is not None:
        return known
    asked = (use for use in operation.facts.fields if not (use.coordinate.startswith("__") or ".__" in use.coordinate))
    uses = [(required(use.coordinate), use) for use in asked]
    needed = tuple((permission, use) for permission, use in uses if permission is not None)
    found = _NEEDS[operation] = frozenset(permission for permission, _ in needed), needed
    return found


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
