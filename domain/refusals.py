"""What the service refuses: expected outcomes that carry their facts, never exceptions that surprise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self


class RefusalCode(StrEnum):
    """The codes by which programs tell refusals apart."""

    VALIDATION_FAILED = "VALIDATION_FAILED"
    NOT_FOUND = "NOT_FOUND"
    VERSION_CONFLICT = "VERSION_CONFLICT"
    NOT_ALLOWED = "NOT_ALLOWED"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    DUPLICATE_LEAD = "DUPLICATE_LEAD"
    ILLEGAL_STATUS_CHANGE = "ILLEGAL_STATUS_CHANGE"
    STATUS_REQUIREMENTS_MISSING = "STATUS_REQUIREMENTS_MISSING"
    AGENT_NOT_AVAILABLE = "AGENT_NOT_AVAILABLE"
    AGENT_AT_CAPACITY = "AGENT_AT_CAPACITY"
    NO_ELIGIBLE_AGENT = "NO_ELIGIBLE_AGENT"
    STAGE_FIELDS_MISSING = "STAGE_FIELDS_MISSING"
    STAGE_HOLDS_LEADS = "STAGE_HOLDS_LEADS"
    PIPELINE_ARCHIVED = "PIPELINE_ARCHIVED"
    CLAIM_ENDED = "CLAIM_ENDED"
    QUEUE_ARCHIVED = "QUEUE_ARCHIVED"
    IMPORT_REJECTED = "IMPORT_REJECTED"
    SCORING_MODEL_NOT_PUBLISHABLE = "SCORING_MODEL_NOT_PUBLISHABLE"
    SEQUENCE_NOT_PUBLISHABLE = "SEQUENCE_NOT_PUBLISHABLE"
    SAME_LEAD = "SAME_LEAD"
    MERGE_NOT_UNDOABLE = "MERGE_NOT_UNDOABLE"
    FOLLOW_UP_NOT_OPEN = "FOLLOW_UP_NOT_OPEN"
    WRONG_CAMPAIGN_STATUS = "WRONG_CAMPAIGN_STATUS"
    ILLEGAL_CAMPAIGN_CHANGE = "ILLEGAL_CAMPAIGN_CHANGE"
    CAMPAIGN_REQUIREMENTS_MISSING = "CAMPAIGN_REQUIREMENTS_MISSING"
    LEAD_OPTED_OUT = "LEAD_OPTED_OUT"
    ALREADY_ENROLLED = "ALREADY_ENROLLED"
    LEAD_SUPPRESSED = "LEAD_SUPPRESSED"
    LEAD_NOT_ENROLLABLE = "LEAD_NOT_ENROLLABLE"
    ENROLLMENTS_CAPPED = "ENROLLMENTS_CAPPED"
    SEQUENCE_CLOSED = "SEQUENCE_CLOSED"
    ENROLLMENT_ENDED = "ENROLLMENT_ENDED"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One reason why a request was not carried out.

    `path` leads from the request's input to the value that is wrong, in the code's spelling (`("contact", "first_name")`).
    """

    code: ClassVar[RefusalCode]
    kinds: ClassVar[dict[str, type[Refusal]]] = {}

    message: str
    path: tuple[str, ...] = ()

    def __init_subclass__(cls, *, code: RefusalCode) -> None:
        cls.code = code
        Refusal.kinds[cls.__name__] = cls

    def at(self, *path: str) -> Self:
        """Return the same refusal, found below `path`."""
        return replace(self, path=(*path, *self.path))


class Refused(Exception):
    """Raised by a use case with everything that is wrong with one request."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(refusal.message for refusal in self.refusals))

    @classmethod
    def because(cls, refusal: Refusal) -> Self:
        """Build the exception for a single reason."""
        return cls((refusal,))


@dataclass(frozen=True, kw_only=True)
class ValidationFailed(Refusal, code=RefusalCode.VALIDATION_FAILED):
    """A value is malformed or out of bounds."""


@dataclass(frozen=True, kw_only=True)
class NotFound(Refusal, code=RefusalCode.NOT_FOUND):
    """Nothing with this id is visible to the viewer: unknown, deleted, another workspace's or another kind of thing."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class VersionConflict(Refusal, code=RefusalCode.VERSION_CONFLICT):
    """The object changed since the caller read it."""

    expected_version: int
    current_version: int


@dataclass(frozen=True, kw_only=True)
class NotAllowed(Refusal, code=RefusalCode.NOT_ALLOWED):
    """The viewer's role does not cover this particular request, although it may use the mutation."""


@dataclass(frozen=True, kw_only=True)
class AlreadyExists(Refusal, code=RefusalCode.ALREADY_EXISTS):
    """A name or reference that must be unique is taken."""


@dataclass(frozen=True, kw_only=True)
class IdempotencyKeyReused(Refusal, code=RefusalCode.IDEMPOTENCY_KEY_REUSED):
    """The key was used before with another input."""


def not_found(kind: str, *path: str) -> NotFound:
    """Build the refusal for an id that resolves to nothing visible."""
    return NotFound(message=f"No such {kind}.", kind=kind, path=path)
