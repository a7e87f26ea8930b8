"""Other processes, for the tests of the embedded PostgreSQL: a server to kill, and what became of a process."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path

import asyncpg

from persistence.embedded import EmbeddedPostgres
from persistence.postmaster import SUPERUSER

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0

# A server process of its own: starts PostgreSQL, commits one lead, says so, and lives until it is killed or its input ends.
SERVER = """
import asyncio, sys, threading
from pathlib import Path
from persistence.embedded import SUPERUSER, start

def serve():
    postgres = start(Path(sys.argv[1]))
    if "asyncpg" in sys.argv:
        asyncio.run(remember(postgres.dsn(SUPERUSER, "postgres")))
    print(postgres.pid, flush=True)
    sys.stdin.read()
    postgres.stop()

async def remember(dsn):
    import asyncpg
    connection = await asyncpg.connect(dsn)
    await connection.execute("create table leads (name text); insert into leads values ('Ada')")
    await connection.close()

if "side-thread" in sys.argv:
    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()
else:
    serve()
"""


async def ask(postgres: EmbeddedPostgres, statement: str) -> object:
    connection = await asyncpg.connect(postgres.dsn(SUPERUSER, "postgres"))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


def has_ended(pid: int) -> bool:
    """An orphan that nobody waits for stays in the process table as a zombie: that is ended, too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}
    except OSError:
        return True


@contextlib.contextmanager
def server_process(home: Path, *modes: str) -> Generator[tuple["subprocess.Popen[str]", int]]:
    """Run a server process and yield it with its postmaster's id."""
    command = [sys.executable, "-c", SERVER, str(home), "asyncpg", *modes]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as server:
        assert server.stdout is not None
        yield server, int(server.stdout.readline())
