"""Live updates measured: a thousand subscribers of one document, what each costs while nothing happens, and how soon one hears of a change."""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.dataset import Benchmark, benchmark_database
from bench.servers import COMPETITORS, Running, resident_kilobytes, running

SUBSCRIBERS, EVENTS = 1_000, 20
_DOCUMENT = "subscription { leadStatusChanged { cursor fromStatus status lead { id name status score { total grade } owner { name } } } }"
_CHANGE = """mutation ($ids: [ID!]!, $status: LeadStatus!) { changeLeadStatuses(input: {leadIds: $ids, status: $status}) {
    rows { errors { __typename } } errors { __typename } } }"""
_TARGETS = {"messages": 20_000, "kilobytes": 40, "milliseconds": 250}


@dataclass(frozen=True, slots=True)
class Live:
    """What was measured: messages a second over all subscribers, kilobytes an idle subscriber, milliseconds from request to message."""

    subscribers: int
    events: int
    messages_per_second: Sequence[float]
    cpu_microseconds: float
    kilobytes: float
    latencies: Sequence[float]

    def lines(self) -> str:
        """Write the figures beside their targets."""
        latencies = sorted(self.latencies)
        p99 = latencies[min(len(latencies) - 1, int(len(latencies) * 0.99))]
        rates = ", ".join(f"{rate:,.0f}" for rate in self.messages_per_second)
        return (
            f"fan-out: {self.subscribers:,} subscribers of one document, {self.events} events each: "
            f"median {median(self.messages_per_second):,.0f} messages/s (target {_TARGETS['messages']:,}; runs: {rates}), "
            f"{self.cpu_microseconds:.1f} µs of the server's CPU a message\n"
            f"memory: {self.kilobytes:.1f} kB an idle subscriber (target at most {_TARGETS['kilobytes']})\n"
            f"latency: from the request that changes a status to the message, {len(latencies)} changes: "
            f"p50 {median(latencies):.1f} ms, p99 {p99:.1f} ms (target at most {_TARGETS['milliseconds']})\n"
        )


class _Readers:
    """The process that holds the sockets."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def order(self, what: object) -> None:
        if self._process.stdin is None:
            raise RuntimeError("the readers have no pipe")
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("the readers have failed")
        return json.loads(line)


@contextmanager
def _reading(server: Running, readers: int) -> Generator[_Readers]:
    """Keep so many subscribers, each on a socket of its own, as long as the block lasts."""
    command = [sys.executable, "-m", "bench.readers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent) as process:
        found = _Readers(process)
        try:
            authorization = server.headers["Authorization"]
            address = {"host": "127.0.0.1", "port": server.port, "path": server.competitor.path}
            found.order({**address, "authorization": authorization, "document": _DOCUMENT, "readers": readers})
            found.answer()
            yield found
        finally:
            if process.stdin is not None:
                process.stdin.close()


_OTHER = {"CONTACTED": "NURTURING", "NURTURING": "CONTACTED"}


@dataclass(slots=True)
class _Moving:
    """Leads that have one status, and are moved to another one and back together."""

    leads: Sequence[str]
    status: str


def _moving(movable: Sequence[tuple[str, str]], size: int) -> Iterator[_Moving]:
    """Go round and round all the groups of such a size."""
    groups: list[_Moving] = []
    for status in _OTHER:
        leads = [lead for lead, known in movable if known == status]
        groups += [_Moving(leads[start : start + size], status) for start in range(0, len(leads) - size + 1, size)]
    return itertools.cycle(groups)


def _change(server: Running, moving: _Moving) -> float:
    """Change the status of some leads with one request; return when it was sent."""
    moving.status = _OTHER[moving.status]
    began = time.monotonic()
    answer = json.loads(server.ask({"query": _CHANGE, "variables": {"ids": list(moving.leads), "status": moving.status}}))
    found = answer["data"]["changeLeadStatuses"]
    if found["errors"] or any(row["errors"] for row in found["rows"]):
        raise RuntimeError(f"the leads were not changed: {answer}")
    return began


def measure(benchmark: Benchmark, directory: Path, rounds: int, changes: int = 200) -> Live:
    """Start a server as users run it and measure all three."""
    with running(COMPETITORS["leadgraph"], benchmark, {"query": "{ viewer { __typename } }"}, directory) as server:
        # Those that move alone are no part of the others' groups.
        alone, together = benchmark.sample.movable[:EVENTS], benchmark.sample.movable[EVENTS:]
        singles, groups = _moving(alone, 1), _moving(together, EVENTS)
        with _reading(server, 1) as one:
            latencies: list[float] = []
            for _ in range(changes):
                began = _change(server, next(singles))
                one.order(1)
                latencies.append((one.answer()["last"] - began) * 1_000)
        before = resident_kilobytes(server.process.pid)
        with _reading(server, SUBSCRIBERS) as many:
            grown = resident_kilobytes(server.process.pid) - before
            rates: list[float] = []
            cpu = server.cpu_seconds()
            for _ in range(rounds):
                began = _change(server, next(groups))
                many.order(SUBSCRIBERS * EVENTS)
                rates.append(SUBSCRIBERS * EVENTS / (many.answer()["last"] - began))
            cpu = (server.cpu_seconds() - cpu) / (rounds * SUBSCRIBERS * EVENTS)
    return Live(SUBSCRIBERS, EVENTS, rates, cpu * 1_000_000, grown / SUBSCRIBERS, latencies)


def main() -> None:
    """Measure live updates alone: `python -m bench.live DIRECTORY [ROUNDS]`."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("directory", type=Path, help="where the database is kept")
    parser.add_argument("--leads", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with benchmark_database(arguments.directory, arguments.leads) as benchmark:
        sys.stdout.write(measure(benchmark, arguments.directory, arguments.rounds).lines())


if __name__ == "__main__":
    main()
