"""Changes that hold only for the version that the caller knows."""

from __future__ import annotations

from collections.abc import Sequence

from domain.refusals import Refusal, VersionConflict


def version_problem(version: int, expected: int | None, noun: str) -> Sequence[Refusal]:
    """Compare a version with the one that the caller knows, if it names one; `noun` is for the message."""
    if expected is None or expected == version:
        return ()
    message = f"The {noun} is at version {version} by now."
    return (VersionConflict(message=message, path=("expected_version",), expected_version=expected, current_version=version),)
