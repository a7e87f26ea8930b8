"""The `leads` command as somebody at a terminal runs it: a process of its own, a data directory of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Self

PROJECT = Path(__file__).parents[2]
_PROGRAM = (sys.executable, "-c", "import sys; sys.argv[0] = 'leads'; from server.cli import main; main()")
PATIENCE = 60.0


def environment(**settings: str) -> dict[str, str]:
    """Return our environment with these LEADGRAPH_* variables and no others; leads of the demo rest unless a test wants them to act."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("LEADGRAPH_")}
    chosen = {"SIMULATOR": "false", **settings}
    return {**ours, "PYTHONPATH": str(PROJECT), "COLUMNS": "200", **{f"LEADGRAPH_{name}": value for name, value in chosen.items()}}


def leads(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [*_PROGRAM, *arguments]
    return subprocess.run(command, env=environment(**settings), capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=PROJECT)


class Serving:
    """A running `leads serve`. What it says is read in a thread, so that it never waits for us."""

    def __init__(self, *arguments: str, settings: Mapping[str, str]) -> None:
        command = [*_PROGRAM, "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command, env=environment(**settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT
        )
        self.lines: list[str] = []
        self._said = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._said:
                self.lines.append(line.rstrip("\n"))
                self._said.notify_all()
        with self._said:
            self.lines.append("(the end)")
            self._said.notify_all()

    def wait_for(self, pattern: str) -> str:
        """Wait until a line matches, and return the match's last group."""
        found: list[re.Match[str]] = []

        def is_there() -> bool:
            found[:] = [match for line in self.lines if (match := re.search(pattern, line))]
            return bool(found) or self.lines[-1:] == ["(the end)"]

        with self._said:
            assert self._said.wait_for(is_there, PATIENCE), self.output
        assert found, self.output
        return found[0][found[0].re.groups]

    @property
    def output(self) -> str:
        """Return all that was said so far."""
        return "\n".join(self.lines)

    @property
    def url(self) -> str:
        """Return the address, as soon as the server has said it."""
        return self.wait_for(r"(http://127\.0\.0\.1:\d+)/graphql$")

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and wait for the end; return the exit code."""
        self.process.send_signal(how)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end; return the exit code."""
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
