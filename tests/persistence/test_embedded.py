"""The embedded PostgreSQL: its first start, company, sudden deaths and odd places."""

import asyncio
import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from persistence.embedded import StartFailed, WrongMajorVersion, start
from persistence.postgres_account import choose_account
from persistence.postgres_binaries import DEBIAN_DIRECTORY, find_binaries
from tests.persistence.server_processes import ask, has_ended, server_process, wait_until

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal and /proc are Linux's")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "leadgraph"


def contents(directory: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in directory.rglob("*")}


# Starting and stopping


async def test_a_new_directory_becomes_a_database_that_keeps_its_rows(home: Path) -> None:
    with start(home) as postgres:
        assert postgres.owned
        await ask(postgres, "create table leads as select 'Ada' as name")
    with start(home) as postgres:
        assert await ask(postgres, "select name from leads") == "Ada"


@pytest.mark.skipif(not list(DEBIAN_DIRECTORY.glob("*/bin/initdb")), reason="needs Debian's PostgreSQL")
async def test_the_systems_postgresql_serves_as_well(home: Path) -> None:
    programs = find_binaries(max(DEBIAN_DIRECTORY.glob("*/bin")))
    with start(home, binaries=programs, durable=False) as postgres:
        assert await ask(postgres, "select current_setting('server_version_num')::int / 10000") == programs.major
        assert await ask(postgres, "select upper('é')") == "É"


async def test_text_is_unicode_and_time_is_utc(home: Path) -> None:
    with start(home, durable=False) as postgres:
        assert await ask(postgres, "select lower('ÉCOLE')") == "école"
        assert await ask(postgres, "select to_tsvector('simple', 'Größe')::text") == "'größe':1"
        assert await ask(postgres, "select pg_encoding_to_char(encoding) from pg_database where datname = 'postgres'") == "UTF8"
        assert await ask(postgres, "show timezone") == "UTC"


async def test_a_commit_is_durable_unless_a_test_says_otherwise(home: Path) -> None:
    switches = (
        "select string_agg(setting, ' ' order by name) from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')"
    )
    with start(home) as postgres:
        assert await ask(postgres, switches) == "on on on"
    with start(home, durable=False, settings={"max_connections": "17"}) as postgres:
        assert await ask(postgres, switches) == "off off off"
        assert await ask(postgres, "show max_connections") == "17"


async def test_nobody_else_can_reach_it(home: Path) -> None:
    with start(home, durable=False) as postgres:
        assert await ask(postgres, "show listen_addresses") == ""
        assert postgres.socket_directory.stat().st_mode & 0o777 == 0o700
        assert (home / "pgdata").stat().st_mode & 0o777 == 0o700
        socket_directory = postgres.socket_directory
    assert not socket_directory.exists()


async def test_our_secrets_do_not_reach_the_database_process(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADGRAPH_SECRET", "swordfish")
    monkeypatch.setenv("PGPORT", "1")
    with start(home, durable=False) as postgres:
        assert await ask(postgres, "show port") == "5432"
        if sys.platform == "linux":
            assert b"swordfish" not in Path(f"/proc/{postgres.pid}/environ").read_bytes()


def test_stopping_twice_is_stopping_once(home: Path) -> None:
    postgres = start(home, durable=False)
    postgres.stop()
    postgres.stop()
    assert has_ended(postgres.pid or 0)


def test_the_log_starts_anew_when_it_has_grown(home: Path) -> None:
    start(home, durable=False).stop()
    (home / "postgres.log").write_text("x" * 2_000_000)
    start(home, durable=False).stop()
    assert (home / "postgres.log.1").stat().st_size == 2_000_000
    assert (home / "postgres.log").stat().st_size < 10_000


# Company


async def test_a_second_process_attaches_and_leaves_the_database_running(home: Path) -> None:
    with server_process(home) as (server, postmaster):
        with start(home) as attached:
            assert not attached.owned
            assert attached.pid is None
            assert await ask(attached, "select name from leads") == "Ada"
        assert not has_ended(postmaster)
        server.communicate("")
        assert server.returncode == 0
    assert has_ended(postmaster)


async def test_of_two_that_start_at_once_one_owns_the_database_and_both_use_it(home: Path) -> None:
    first, second = await asyncio.gather(asyncio.to_thread(start, home, durable=False), asyncio.to_thread(start, home, durable=False))
    try:
        assert sorted([first.owned, second.owned]) == [False, True]
        assert first.socket_directory == second.socket_directory
        assert await ask(first, "select 1") == await ask(second, "select 1") == 1
    finally:
        second.stop()
        first.stop()


def test_a_process_that_holds_the_directory_without_a_database_is_waited_for_only_so_long(home: Path) -> None:
    home.mkdir()
    with (home / "owner.lock").open("w") as stuck:
        fcntl.flock(stuck, fcntl.LOCK_EX)
        with pytest.raises(StartFailed, match="does not answer"):
            start(home, timeout=0.05)


# Sudden deaths


@on_linux
async def test_when_the_server_is_killed_the_database_follows_and_committed_rows_stay(home: Path) -> None:
    with server_process(home) as (server, postmaster):
        server.kill()
        server.wait()
        wait_until(lambda: has_ended(postmaster))
    with start(home) as postgres:
        assert postgres.owned
        assert await ask(postgres, "select name from leads") == "Ada"


@on_linux
async def test_a_database_that_outlived_its_killed_server_is_replaced_by_our_own(home: Path) -> None:
    with server_process(home, "side-thread") as (server, orphan):
        server.kill()
        server.wait()
        assert not has_ended(orphan)
    with start(home) as postgres:
        assert has_ended(orphan)
        assert postgres.owned
        assert await ask(postgres, "select name from leads") == "Ada"


async def test_a_killed_postmaster_is_replaced_by_the_next_start(home: Path) -> None:
    postgres = start(home)
    await ask(postgres, "create table leads as select 'Ada' as name")
    os.kill(postgres.pid or 0, signal.SIGKILL)
    postgres.stop()
    with start(home) as successor:
        assert await ask(successor, "select name from leads") == "Ada"


@on_linux
async def test_it_recovers_when_everything_was_killed_and_the_process_number_is_somebody_elses_now(home: Path) -> None:
    with server_process(home, "side-thread") as (server, postmaster):
        server.kill()
        os.kill(postmaster, signal.SIGKILL)
        server.wait()
        wait_until(lambda: has_ended(postmaster))
    with subprocess.Popen(["sleep", "60"]) as innocent:
        status = home / "pgdata" / "postmaster.pid"
        status.write_text(status.read_text().replace(str(postmaster), str(innocent.pid), 1))
        try:
            with start(home) as postgres:
                assert await ask(postgres, "select name from leads") == "Ada"
            assert innocent.poll() is None
        finally:
            innocent.kill()


def test_a_cluster_that_was_killed_while_being_made_is_made_again(home: Path) -> None:
    (home / "pgdata.unfinished").mkdir(parents=True)
    (home / "pgdata.unfinished" / "PG_VERSION").write_text("18\n")
    with start(home, durable=False):
        assert not (home / "pgdata.unfinished").exists()


@on_linux
def test_a_postgresql_that_somebody_started_by_hand_is_not_ours_to_stop(home: Path) -> None:
    start(home, durable=False).stop()
    programs = find_binaries()
    by_hand = choose_account(home / "pgdata").popen(
        [programs.postgres, "-D", home / "pgdata", "-k", home, "-c", "listen_addresses="], cwd=home, output=subprocess.DEVNULL, inherited=[]
    )
    try:
        wait_until((home / "pgdata" / "postmaster.pid").exists)
        with pytest.raises(StartFailed, match=f"process {by_hand.pid}"):
            start(home)
        assert by_hand.poll() is None
    finally:
        by_hand.send_signal(signal.SIGINT)
        by_hand.wait()


# Odd places


@pytest.mark.parametrize("name", ["with spaces and 'quotes'", "Größe-データ", "l" * 200])
async def test_any_place_will_do(tmp_path: Path, name: str) -> None:
    with start(tmp_path / name, durable=False) as postgres:
        assert await ask(postgres, "select 1") == 1
        assert len(str(postgres.socket_directory / ".s.PGSQL.5432")) <= 103


async def test_a_temporary_folder_with_a_long_name_is_not_used_for_the_socket(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("t" * 100)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with start(home, durable=False) as postgres:
        assert postgres.socket_directory.parent == Path("/tmp")
        assert await ask(postgres, "select 1") == 1


def test_a_socket_folder_that_somebody_planted_is_refused(home: Path, tmp_path: Path) -> None:
    with start(home, durable=False) as postgres:
        socket_directory = postgres.socket_directory
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "letter").touch()
    socket_directory.symlink_to(victim)
    try:
        with pytest.raises(StartFailed, match="belongs to somebody else"):
            start(home)
        assert (victim / "letter").exists()
    finally:
        socket_directory.unlink()


def test_a_data_directory_of_another_major_version_is_explained_and_left_alone(home: Path) -> None:
    start(home, durable=False).stop()
    (home / "pgdata" / "PG_VERSION").write_text("14\n")
    before = contents(home / "pgdata")
    with pytest.raises(WrongMajorVersion) as explained:
        start(home)
    assert contents(home / "pgdata") == before
    text = str(explained.value)
    assert "was made by PostgreSQL 14" in text
    assert find_binaries().version in text
    assert "Nothing was touched" in text
    assert "pg_dumpall" in text


@pytest.mark.parametrize("place", [".", "pgdata"])
def test_a_directory_that_holds_something_else_is_left_alone(home: Path, place: str) -> None:
    (home / place).mkdir(parents=True)
    (home / place / ("PG_VERSION" if place == "." else "diary.txt")).write_text("18\n")
    before = contents(home)
    with pytest.raises(StartFailed, match=r"[Nn]othing was touched"):
        start(home)
    assert {path: facts for path, facts in contents(home).items() if not path.endswith("owner.lock")} == before


def test_what_postgresql_said_is_in_the_error_when_it_does_not_come_up(home: Path) -> None:
    with pytest.raises(StartFailed, match="unrecognized configuration parameter"):
        start(home, durable=False, settings={"leadgraph_nonsense": "1"})
    with start(home, durable=False) as postgres:
        assert postgres.owned
