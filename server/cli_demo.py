"""`leads demo`: fill the demo workspace, or fill it anew."""

from __future__ import annotations


def demo() -> None:
    """Make the demo workspace."""
