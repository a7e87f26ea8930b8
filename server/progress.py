"""Show on the terminal what takes time; on standard error, so that what a command answers can be piped."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

_WIDTH_OF_FILES = 160


def answers() -> Console:
    """Return the console for what a command answers; a file or a pipe gets wide lines that nothing is cut from."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH_OF_FILES)


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

    @contextmanager
    def counted(self, doing: str, done: str, total: int) -> Generator[Callable[[], None]]:
        """Show a bar while the block runs; the block calls what it gets once for each of `total` things."""
        began = time.monotonic()
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(doing, total=total)
            yield lambda: bar.advance(task)
        if not self._quiet:
            self.console.print(f"  [green]✓[/green] {done} [dim]{time.monotonic() - began:.1f} s[/dim]")
