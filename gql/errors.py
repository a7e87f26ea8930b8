"""Top-level errors: their codes, what a caller may read of them, and the one formatter that writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import cast

from graphql import GraphQLError

from persistence.failures import DatabaseUnavailable, Deadlocked, Overloaded, StatementTimedOut
from persistence.segments import FilterTooLarge

MAX_MESSAGE_LENGTH = 200
INTERNAL_MESSAGE = "Something went wrong on our side."


class ErrorCode(StrEnum):
    """Name what the schema has no place for; refusals of the domain are data and live in payloads."""

    BAD_REQUEST = "BAD_REQUEST"
    BATCHING_DISABLED = "BATCHING_DISABLED"
    REQUEST_TOO_LARGE = "REQUEST_TOO_LARGE"
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    MISDIRECTED_REQUEST = "MISDIRECTED_REQUEST"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    INTROSPECTION_DISABLED = "INTROSPECTION_DISABLED"
    DOCUMENT_LIMIT_EXCEEDED = "DOCUMENT_LIMIT_EXCEEDED"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    CURSOR_INVALID = "CURSOR_INVALID"
    CURSOR_EXPIRED = "CURSOR_EXPIRED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    THROTTLED = "THROTTLED"
    SUBSCRIPTION_LIMIT = "SUBSCRIPTION_LIMIT"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    OVERLOADED = "OVERLOADED"
    DATABASE_UNAVAILABLE = "DATABASE_UNAVAILABLE"
    INTERNAL = "INTERNAL"


FIXED_MESSAGES: Mapping[str, str] = {
    ErrorCode.DATABASE_UNAVAILABLE: "The database cannot be reached just now. Try again in a second.",
    ErrorCode.OVERLOADED: "The server is busy. Try again in a second.",
    ErrorCode.DEADLINE_EXCEEDED: "The operation took too long and was stopped.",
    ErrorCode.QUERY_TOO_COMPLEX: "With the segments that it names, the filter has too many conditions.",
    ErrorCode.INTERNAL: INTERNAL_MESSAGE,
}

# What may be there a moment later, without anybody's doing.
PASSING = frozenset({ErrorCode.DATABASE_UNAVAILABLE, ErrorCode.OVERLOADED})

# What the layers below raise and a caller may know of; every other exception is masked.
PUBLIC_ERRORS: Mapping[type[Exception], str] = {
    DatabaseUnavailable: ErrorCode.DATABASE_UNAVAILABLE,
    Overloaded: ErrorCode.OVERLOADED,
    Deadlocked: ErrorCode.OVERLOADED,
    StatementTimedOut: ErrorCode.DEADLINE_EXCEEDED,
    FilterTooLarge: ErrorCode.QUERY_TOO_COMPLEX,
}


def _no_facts() -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class TopLevelError:
    """Hold one entry of an answer's `errors`; `facts` go into its `extensions` beside the code."""

    code: str
    message: str
    locations: tuple[tuple[int, int], ...] = ()
    path: tuple[str | int, ...] | None = None
    facts: Mapping[str, object] = field(default_factory=_no_facts)

    def formatted(self, request_id: str) -> dict[str, object]:
        """Write the entry as the specification's response format has it."""
        entry: dict[str, object] = {"message": self.message[:MAX_MESSAGE_LENGTH]}
        if self.locations:
            entry["locations"] = [{"line": line, "column": column} for line, column in self.locations]
        if self.path is not None:
            entry["path"] = list(self.path)
        entry["extensions"] = {"code": str(self.code), **self.facts, "requestId": request_id}
        return entry


class PublicError(Exception):
    """Carry a code and a message that a caller may read; resolvers and scalars raise it, everything else is masked."""

    def __init__(self, code: str, message: str, extensions: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts: Mapping[str, object] = dict(extensions or {})


class RequestRefused(Exception):
    """Say that an operation is not executed at all, and why."""

    def __init__(self, *errors: TopLevelError) -> None:
        super().__init__(errors[0].code)
        self.errors = errors


def locations_of(error: GraphQLError, at_most: int = 2) -> tuple[tuple[int, int], ...]:
    """Return (line, column) pairs, only the first few: one error can point at a thousand places."""
    return tuple((place.line, place.column) for place in (error.locations or [])[:at_most])


def public_cause(error: BaseException | None, public_errors: Mapping[type[Exception], str]) -> TopLevelError | None:
    """Find in an exception or its causes what a caller may read, or None when it has to be masked."""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, PublicError):
            return TopLevelError(error.code, error.message, facts=error.facts)
        for kind, code in public_errors.items():
            if isinstance(error, kind):
                return TopLevelError(code, FIXED_MESSAGES.get(code, INTERNAL_MESSAGE))
        error = error.original_error if isinstance(error, GraphQLError) else None
        seen += 1
    return None


def at_field(error: TopLevelError, raised: GraphQLError) -> TopLevelError:
    """Place an error where execution met it."""
    path = tuple(cast("Sequence[str | int]", raised.path)) if raised.path else None
    return replace(error, locations=locations_of(raised), path=path)
