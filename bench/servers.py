"""The competitors as processes: how each is started, and what the operating system says that it used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from bench.dataset import Benchmark
from bench.operations import DOCUMENTS

_START_SECONDS = 30.0
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Competitor:
    """One way to answer the operations, those that it has a document for. `given` writes this server's variables as it wants them."""

    name: str
    command: Callable[[int], Sequence[str]]
    environment: Callable[[Benchmark], Mapping[str, str]]
    path: str = "/graphql"
    headers: Callable[[Benchmark], Mapping[str, str]] = lambda _: {}
    documents: Mapping[str, str] = field(default_factory=lambda: DOCUMENTS)
    given: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda variables: variables

    def body(self, operation: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Write one request."""
        return {"query": self.documents[operation], "variables": self.given(variables), "operationName": operation}


def _uvicorn(port: int) -> Sequence[str]:
    # As this server itself runs.
    arguments = [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--http",
        "httptools",
        "--loop",
        "uvloop",
        "--ws",
        "none",
        "--no-access-log",
        "--log-level",
        "warning",
    ]
    return [sys.executable, "-m", "uvicorn", "bench.reference:app", *arguments]


def _leads(port: int) -> Sequence[str]:
    return [str(Path(sys.executable).with_name("leads")), "serve", "--port", str(port)]


def _bearer(benchmark: Benchmark) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {benchmark.key}"}


COMPETITORS: Mapping[str, Competitor] = {
    each.name: each
    for each in (
        Competitor("reference", _uvicorn, lambda found: {"BENCH_DSN": found.superuser_dsn}),
        Competitor("leadgraph", _leads, lambda found: {"LEADGRAPH_DATABASE_URL": found.dsn}, headers=_bearer),
        Competitor(
            "engine off",
            _leads,
            lambda found: {"LEADGRAPH_DATABASE_URL": found.dsn, "LEADGRAPH_QUERY_ENGINE": "false"},
            headers=_bearer,
        ),
    )
}


@dataclass(slots=True)
class Running:
    """A competitor that answers on a port. `start_seconds` counts to its first answer."""

    competitor: Competitor
    process: subprocess.Popen[bytes]
    port: int
    headers: Mapping[str, str]
    start_seconds: float = 0.0

    def ask(self, body: object) -> bytes:
        """Send one request and return the answer."""
        headers = {"content-type": "application/json", **self.headers}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{self.competitor.path}", data=orjson.dumps(body), headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def cpu_seconds(self) -> float:
        """Return what the process and its threads have used."""
        return _cpu(self.process.pid)

    def peak_megabytes(self) -> float:
        """Return the most memory that the process ever held."""
        return _status(self.process.pid, "VmHWM") / 1024


def resident_kilobytes(pid: int) -> int:
    """Return the memory that a process holds now."""
    return _status(pid, "VmRSS")


def _cpu(pid: int, *, ended: bool = False) -> float:
    """Return the CPU seconds of a process, with those of its children that ended if wanted."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11 : 15 if ended else 13]) / _TICK


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def database_cpu_seconds(postmaster: int) -> float:
    """Return what PostgreSQL's processes have used, those that ended included: a pool that closes a connection takes no work back."""
    children: list[int] = []
    # In a user namespace of its own the postmaster is a grandchild of ours; either way the backends are its children.
    waiting = [postmaster]
    while waiting:
        pid = waiting.pop()
        children.append(pid)
        try:
            waiting += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except OSError:
            continue
    return sum(_cpu(pid, ended=True) for pid in children)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def running(competitor: Competitor, benchmark: Benchmark, first: object, logs: Path) -> Generator[Running]:
    """Start a competitor, wait for its first answer, stop it at the end."""
    port = _free_port()
    environment = {**os.environ, **competitor.environment(benchmark)}
    with (logs / f"{competitor.name.replace(' ', '-')}.log").open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(competitor.command(port), env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            found = Running(competitor, process, port, competitor.headers(benchmark))
            _await_answer(found, first, began + _START_SECONDS, log)
            found.start_seconds = time.perf_counter() - began
            yield found
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _await_answer(found: Running, first: object, deadline: float, log: IO[bytes]) -> None:
    while True:
        try:
            found.ask(first)
        except OSError as error:
            if found.process.poll() is not None or time.perf_counter() > deadline:
                raise RuntimeError(f"{found.competitor.name} does not answer ({error}); see {log.name}") from error
            time.sleep(0.02)
        else:
            return
