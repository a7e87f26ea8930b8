"""Show on the terminal what takes time; on standard error, so that what a command answers can be piped."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Steps:
    """Shows one step after another. A quiet one leaves nothing behind."""

    def __init__(self, console: Console | None = None, *, quiet: bool = False) -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self._quiet = quiet

    @contextmanager
    def step(self, doing: str, done: str) -> Generator[None]:
        """Show `doing` while the block runs, and `done` with the seconds that it took."""
        began = time.monotonic()
        with self.console.status(f"{doing} …"):
            yield
        if not self._quiet:
            self.console.print(f"  [green]✓[/green] {done} [dim]{time.monotonic() - began:.1f} s[/dim]")

    def bar(self) -> Progress:
        """Return a bar for work whose amount is known; it counts what is done."""
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        return Progress(*columns, console=self.console, transient=True)
