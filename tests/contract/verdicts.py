"""How a law names those who break it."""

from __future__ import annotations

from collections.abc import Iterable


def nobody(offenders: Iterable[object], law: str) -> None:
    """Fail with every offender on a line of its own."""
    named = sorted(str(offender) for offender in offenders)
    assert not named, f"{law}\n  " + "\n  ".join(named)
