"""An embedded PostgreSQL that ends while a server runs on it: ours is started again, another's is not, and what helps is told."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from persistence.embedded import EmbeddedPostgres, start
from persistence.embedded_watch import Watch
from tests.persistence.server_processes import ask, has_ended, server_process, wait_until


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "leadgraph"


@pytest.fixture
def postgres(home: Path) -> Iterator[EmbeddedPostgres]:
    with start(home) as running:
        yield running


def watch(postgres: EmbeddedPostgres) -> Watch:
    return Watch(postgres, look_seconds=0.01, again_seconds=0.01)


def kill(postgres: EmbeddedPostgres) -> int:
    """Kill the postmaster and return which process it was."""
    pid = postgres.pid or 0
    os.kill(pid, signal.SIGKILL)
    return pid


async def test_a_killed_postgresql_is_started_again_with_its_rows_at_the_same_address(postgres: EmbeddedPostgres, home: Path) -> None:
    await ask(postgres, "create table leads as select 'Ada' as name")
    address = postgres.dsn("somebody", "leads")
    with watch(postgres) as watching:
        for _ in range(2):
            killed = kill(postgres)
            wait_until(lambda killed=killed: postgres.pid != killed)
            assert await ask(postgres, "select name from leads") == "Ada"
            assert watching.advice() == "It is started again by itself."
    assert postgres.dsn("somebody", "leads") == address
    postgres.stop()
    assert has_ended(postgres.pid or 0)
    assert not (home / "pgdata" / "postmaster.pid").exists()


async def test_one_that_cannot_start_is_told_and_tried_until_it_can(postgres: EmbeddedPostgres, home: Path) -> None:
    version = home / "pgdata" / "PG_VERSION"
    with watch(postgres) as watching:
        version.rename(home / "PG_VERSION.away")
        killed = kill(postgres)
        wait_until(lambda: "does not start" in watching.advice())
        (home / "PG_VERSION.away").rename(version)
        wait_until(lambda: postgres.pid != killed)

        assert await ask(postgres, "select 1") == 1
        wait_until(lambda: watching.advice() == "It is started again by itself.")


def test_one_that_was_stopped_stays_stopped(postgres: EmbeddedPostgres) -> None:
    postgres.stop()

    assert not postgres.has_ended()
    postgres.start_again(threading.Event())
    assert has_ended(postgres.pid or 0)


def test_a_start_that_is_given_up_leaves_nothing_running(postgres: EmbeddedPostgres, home: Path) -> None:
    over = threading.Event()
    over.set()
    killed = kill(postgres)
    wait_until(postgres.has_ended)

    with pytest.raises(Exception, match="given up"):
        postgres.start_again(over)

    assert postgres.pid == killed
    postgres.stop()
    with start(home) as successor:
        assert successor.owned


def test_another_processs_is_left_to_it(home: Path) -> None:
    with server_process(home) as (server, postmaster), start(home) as attached, watch(attached) as watching:
        os.kill(postmaster, signal.SIGKILL)
        wait_until(lambda: has_ended(postmaster))

        assert not attached.has_ended()
        attached.start_again(threading.Event())
        assert (attached.owned, attached.pid) == (False, None)
        assert watching.advice() == "It belongs to another leadgraph process: start that one again, or this one."
        server.kill()
