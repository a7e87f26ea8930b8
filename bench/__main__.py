"""Measure the operations of this server beside the reference: `python -m bench`, or `make bench ARGS="--scale 10k --rounds 3"`."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from bench.agreement import require_agreement
from bench.dataset import SCALES, Benchmark, benchmark_database, put_back
from bench.live import measure as measure_live
from bench.operations import DOCUMENTS, variables
from bench.peer_servers import PEERS, install_peers, peers
from bench.report import Measured, record, table
from bench.servers import COMPETITORS, Competitor, Running, database_cpu_seconds, running

# Enough for every connection to visit many leads, few enough to be written out before a run.
_BODIES = 1_000
_COMPETITORS = (*COMPETITORS, *PEERS)


def _bodies(competitor: Competitor, operation: str, benchmark: Benchmark) -> list[Mapping[str, Any]]:
    # An even number: the second time round, a status change moves every lead back.
    number = _BODIES if operation != "Q4" else 2 * len(benchmark.sample.movable)
    return [competitor.body(operation, given) for given in itertools.islice(variables(operation, benchmark.sample), number)]


def _chosen(arguments: argparse.Namespace) -> Sequence[Competitor]:
    """Return the competitors that can run here, and say which cannot."""
    names = [name for name in arguments.competitors if name not in PEERS]
    directory: Path = arguments.data / "peers"
    if len(names) == len(arguments.competitors):
        return [COMPETITORS[name] for name in names]
    missing = install_peers(directory)
    if missing:
        sys.stderr.write(f"{' and '.join(PEERS)} are left out: {missing}\n")
        return [COMPETITORS[name] for name in names]
    every = {**COMPETITORS, **peers(directory)}
    return [every[name] for name in arguments.competitors]


def _measure(
    server: Running,
    operation: str,
    bodies: Sequence[Mapping[str, Any]],
    benchmark: Benchmark,
    arguments: argparse.Namespace,
    seconds: float,
) -> Measured:
    """Run the load generator once against one server."""
    asked = {
        "host": "127.0.0.1",
        "port": server.port,
        "path": server.competitor.path,
        "headers": dict(server.headers),
        "bodies": bodies,
        "connections": arguments.connections,
        "warm_up": arguments.warm_up,
        "seconds": seconds,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
    ) as load:
        if load.stdin is None or load.stdout is None:
            raise RuntimeError("the load generator has no pipes")
        load.stdin.write(json.dumps(asked) + "\n")
        load.stdin.close()
        load.stdout.readline()
        cpu, database = server.cpu_seconds(), database_cpu_seconds(benchmark.postmaster)
        figures = json.loads(load.stdout.readline())
        cpu, database = server.cpu_seconds() - cpu, database_cpu_seconds(benchmark.postmaster) - database
    if figures["bad"] or figures["lost"]:
        sys.stderr.write(f"{server.competitor.name} {operation}: {figures['bad']} bad, {figures['lost']} lost: {figures['first_bad']}\n")
    requests = max(1, figures["requests"])
    return Measured(
        server.competitor.name,
        operation,
        rps=figures["rps"],
        p50=figures["p50"],
        p99=figures["p99"],
        bytes=figures["bytes"],
        cpu_ms=cpu * 1_000 / requests,
        database_cpu_ms=database * 1_000 / requests,
        bad=figures["bad"] + figures["lost"],
    )


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--scale", choices=tuple(SCALES), default="100k", help="how many leads")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each pair, interleaved; the table shows medians")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each run measures")
    parser.add_argument(
        "--settle", type=float, default=4.0, help="how long each pair runs unmeasured before all rounds: V8 compiles for some seconds"
    )
    parser.add_argument("--warm-up", type=float, default=0.5, help="how long each run warms up")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--operations", nargs="+", choices=tuple(DOCUMENTS), default=tuple(DOCUMENTS))
    parser.add_argument("--competitors", nargs="+", choices=_COMPETITORS, default=_COMPETITORS)
    parser.add_argument(
        "--data", type=Path, default=user_cache_path("leadgraph-bench", appauthor=False), help="where the databases are kept"
    )
    parser.add_argument("--live-rounds", type=int, default=5, help="runs of the live updates' fan-out; 0 leaves live updates out")
    parser.add_argument("--keep", action="store_true", help="append the results to bench/results")
    return parser.parse_args()


def main() -> None:
    """Build or reuse the database, run all, print the table."""
    arguments = _parsed()
    directory: Path = arguments.data / arguments.scale
    measured: list[Measured] = []
    chosen = _chosen(arguments)
    if not chosen:
        sys.exit("nobody is left to measure")
    with benchmark_database(directory, SCALES[arguments.scale]) as benchmark, ExitStack() as stack:
        bodies = {
            each.name: {name: _bodies(each, name, benchmark) for name in arguments.operations if name in each.documents} for each in chosen
        }
        servers = [stack.enter_context(running(each, benchmark, _bodies(each, "Q3", benchmark)[0], directory)) for each in chosen]
        require_agreement(servers, bodies)
        for round_, operation in ((round_, name) for round_ in range(-1, arguments.rounds) for name in arguments.operations):
            seconds = arguments.seconds if round_ >= 0 else arguments.settle
            # Each round begins with another one, so that nobody always runs after the same.
            turn = round_ % len(servers)
            for server in servers[turn:] + servers[:turn]:
                asked = bodies[server.competitor.name].get(operation)
                if asked is None or not seconds:
                    continue
                if operation == "Q4":
                    asyncio.run(put_back(benchmark))
                run = _measure(server, operation, asked, benchmark, arguments, seconds)
                if round_ >= 0:
                    measured.append(run)
                sys.stderr.write(f"round {round_ + 1}/{arguments.rounds}  {run.line()}\n")
        memory = {server.competitor.name: server.peak_megabytes() for server in servers}
        starts = {server.competitor.name: server.start_seconds for server in servers}
        # Competitors have left the leads with any status; only one that changes is told.
        asyncio.run(put_back(benchmark))
        live = measure_live(benchmark, directory, arguments.live_rounds) if arguments.live_rounds else None
    sys.stdout.write(table(measured, memory, starts))
    if live is not None:
        sys.stdout.write("\n" + live.lines())
    if arguments.keep:
        sys.stdout.write(f"\nkept in {record(measured, memory, starts, live, arguments)}\n")


if __name__ == "__main__":
    main()
