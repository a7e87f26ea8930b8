"""Processes that say something after each batch, and are killed in the middle."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

_PROJECT = Path(__file__).parents[2]


def run_until(command: list[str], batches: int | None) -> str:
    """Run the process; kill it after so many batches. Returns the last that it said."""
    said, seen = "", 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_PROJECT, env={"PYTHONPATH": str(_PROJECT)}) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said, seen = line.strip(), seen + 1
            if seen == batches:
                process.send_signal(signal.SIGKILL)
                break
    return said
