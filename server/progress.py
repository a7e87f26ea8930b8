"""Show on the terminal what takes time; on standard error, so that what a command answers can be piped."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

# Rich is imported by who shows something: a production server never does.
if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_OF_FILES = 160


def answers() -> Console:
    """Return the console for what a command answers; a file or a pipe gets wide lines that nothing is cut from."""
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH_OF_FILES)


class Steps:
    """Shows one step after another. A quiet one leaves nothing behind."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet

    @cached_property
    def console(self) -> Console:
        """Where the steps are shown."""
        from rich.console import Console  # noqa: PLC0415

        return Console(stderr=True, highlight=False)

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
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        began = time.monotonic()
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(doing, total=total)
            yield lambda: bar.advance(task)
        if not self._quiet:
            self.console.print(f"  [green]✓[/green] {done} [dim]{time.monotonic() - began:.1f} s[/dim]")
