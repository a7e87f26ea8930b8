"""What the service refuses: expected outcomes that carry their facts, never exceptions that surprise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason why a request was not carried out.

    `path` leads from the mutation's input to the value that is wrong, in the API's spelling (`["input", "email"]`).
    """

    code: ClassVar[str]
    kinds: ClassVar[dict[str, type[Refusal]]] = {}

    message: str
    path: tuple[str, ...] = ()

    def __init_subclass__(cls, code: str) -> None:
        cls.code = code
        # `slots=True` makes dataclass build the class a second time; the later one is the real one.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationFailed(Refusal, code="VALIDATION_FAILED"):
    """A value is malformed or out of bounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound(Refusal, code="NOT_FOUND"):
    """Nothing with this id is visible to the viewer: unknown, deleted, another workspace's or another kind of thing."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionConflict(Refusal, code="VERSION_CONFLICT"):
    """The object changed since the caller read it."""

    expected_version: int
    current_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAllowed(Refusal, code="NOT_ALLOWED"):
    """The viewer's role does not cover this particular request, although it may use the mutation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyExists(Refusal, code="ALREADY_EXISTS"):
    """A name or reference that must be unique is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyKeyReused(Refusal, code="IDEMPOTENCY_KEY_REUSED"):
    """The key was used before with another input."""


def not_found(kind: str, *path: str) -> NotFound:
    """Build the refusal for an id that resolves to nothing visible."""
    return NotFound(message=f"No such {kind}.", kind=kind, path=path)
