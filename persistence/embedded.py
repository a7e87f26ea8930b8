"""Runs a PostgreSQL of our own on a Unix socket, for whoever has no database server.

A data directory holds `pgdata` (the cluster), `postgres.log`, `socket` (where the server listens) and two lock files:

* `owner.lock` is held by the process that started PostgreSQL. Another process that finds it held attaches; when the owner stops, the
  database stops for all.
* `processes.lock` is inherited by every PostgreSQL process. Once it is free, none of an earlier run is left, however that run ended, so
  leftovers of a kill (postmaster.pid with a number that now belongs to somebody else, socket files) can be removed safely.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self
from urllib.parse import quote

from persistence.postgres_account import Account, choose_account
from persistence.postgres_binaries import Binaries, EmbeddedPostgresError, find_binaries, installed_directory_of
from persistence.postmaster import PORT, SUPERUSER, live_postmaster, serves

_NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})
_SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "jit": "off",
        "log_checkpoints": "off",
        # Details of an error quote the values of rows.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_min_messages": "warning",
        "log_timezone": "UTC",
        "max_connections": "60",
        "shared_buffers": "128MB",
        "timezone": "UTC",
    }
)
_NOT_DURABLE: Final[Mapping[str, str]] = MappingProxyType({"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"})

_LOG_BYTES: Final = 1 << 20
# The kernel takes 107 bytes on Linux and 103 on macOS for the path of a socket.
_SOCKET_PATH_BYTES: Final = 103
_POLL_SECONDS: Final = 0.01
_INITDB_SECONDS: Final = 120.0
_ORPHAN_SECONDS: Final = 10.0
_STOP_SECONDS: Final = 30.0


class StartFailed(EmbeddedPostgresError):
    """PostgreSQL did not come up; the text holds what it said."""


class WrongMajorVersion(EmbeddedPostgresError):
    """The data directory was made by another major version of PostgreSQL; it was not touched."""

    def __init__(self, cluster: Path, made_by: str, binaries: Binaries) -> None:
        old = installed_directory_of(int(made_by)) if made_by.isdecimal() else None
        programs = old or Path(f"/usr/lib/postgresql/{made_by}/bin")
        where = "which are on this machine" if old else f"for instance from: apt-get install postgresql-{made_by}"
        super().__init__(
            f"{cluster} was made by PostgreSQL {made_by}, and the programs in {binaries.directory} are {binaries.version}. "
            f"Nothing was touched.\n"
            f"To go on with {made_by}, use its programs, {where}:\n"
            f"  export LEADGRAPH_POSTGRES_BIN={programs}\n"
            f"To move the data to {binaries.major}, as the user that owns them, with nothing else running on them:\n"
            f"  {programs}/pg_ctl -w -D '{cluster}' -o \"-k /tmp -p {PORT} -c listen_addresses=''\" start\n"
            f"  {programs}/pg_dumpall -h /tmp -p {PORT} -U {SUPERUSER} > leadgraph.sql\n"
            f"  {programs}/pg_ctl -w -D '{cluster}' stop\n"
            f"  mv '{cluster}' '{cluster}-{made_by}'\n"
            f"then start again and, before anything else is written, load leadgraph.sql with psql as {SUPERUSER}."
        )


class EmbeddedPostgres:
    """A running PostgreSQL: ours to stop when `owned`, else another process's that we are attached to."""

    def __init__(
        self,
        socket_directory: Path,
        *,
        process: subprocess.Popen[bytes] | None = None,
        ownership: int | None = None,
        launch: "_Launch | None" = None,
    ) -> None:
        self.socket_directory = socket_directory
        self._process = process
        self._ownership = ownership
        self._launch = launch

    @property
    def owned(self) -> bool:
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """Return the postmaster's process id; None when attached."""
        return self._process.pid if self._process else None

    def dsn(self, user: str, database: str) -> str:
        """Return the address as asyncpg and libpq read it."""
        return (
            f"postgresql://{quote(user, safe='')}@/{quote(database, safe='')}?host={quote(str(self.socket_directory), safe='')}&port={PORT}"
        )

    def has_ended(self) -> bool:
        """Tell whether a PostgreSQL of ours is gone although nobody stopped it."""
        return self._process is not None and self._ownership is not None and self._process.poll() is not None

    def start_again(self, given_up: threading.Event, timeout: float = 60.0) -> None:
        """Start one that has ended, at the same address, until somebody gives up; other threads leave it alone meanwhile.

        The thread that called must live as long as PostgreSQL is to. `timeout` is in seconds. Raises EmbeddedPostgresError and OSError.
        """
        if self._launch is not None and self.has_ended():
            self._process, self.socket_directory = self._launch.run(time.monotonic() + timeout, given_up)

    def stop(self) -> None:
        """Disconnect everybody and stop PostgreSQL, if it is ours; what was committed stays. Calling it again does nothing."""
        if self._process is None or self._ownership is None:
            return
        _stop(self._process)
        shutil.rmtree(self.socket_directory, ignore_errors=True)
        os.close(self._ownership)
        self._ownership = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


def start(
    data_directory: Path,
    *,
    durable: bool = True,
    settings: Mapping[str, str] = _NO_SETTINGS,
    binaries: Binaries | None = None,
    timeout: float = 60.0,
) -> EmbeddedPostgres:
    """Start PostgreSQL on `data_directory`, made and initialised when it is new, or attach to the one that another process started.

    Call it from the main thread: then the kernel stops PostgreSQL when our process dies, even by SIGKILL (on Linux). Elsewhere an orphan
    lives on until the next start, which stops it first. `durable=False` trades committed rows for speed: tests only.
    `settings` are added to the server's own. `timeout` is in seconds. Raises EmbeddedPostgresError.
    """
    directory = data_directory.expanduser().resolve()
    deadline = time.monotonic() + timeout
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        ownership = _open_lock(directory / "owner.lock")
    except OSError as failure:
        raise StartFailed(f"The data directory {directory} cannot be used: {failure.strerror}.") from failure
    try:
        while not _lock(ownership):
            if attached := _attach(directory):
                os.close(ownership)
                return attached
            if time.monotonic() > deadline:
                raise StartFailed(
                    f"Another process holds {directory} but its PostgreSQL does not answer; see {directory / 'postgres.log'}."
                )
            time.sleep(_POLL_SECONDS)
        effective = {**_SETTINGS, **({} if durable else _NOT_DURABLE), **settings}
        launch = _Launch(directory, binaries or find_binaries(), effective, durable, tethered=_in_main_thread())
        process, socket_directory = launch.run(deadline, threading.Event())
        return EmbeddedPostgres(socket_directory, process=process, ownership=ownership, launch=launch)
    except BaseException:
        os.close(ownership)
        raise


class _Launch:
    """How the process that holds `owner.lock` starts PostgreSQL; `tethered`: the kernel stops it when the thread that did so ends."""

    def __init__(self, directory: Path, binaries: Binaries, settings: Mapping[str, str], durable: bool, *, tethered: bool) -> None:
        self.directory = directory
        self.cluster = directory / "pgdata"
        self.log = directory / "postgres.log"
        self.binaries = binaries
        self.settings = settings
        self.durable = durable
        self.tethered = tethered
        self.deadline = 0.0
        self.given_up = threading.Event()

    def run(self, deadline: float, given_up: threading.Event) -> tuple[subprocess.Popen[bytes], Path]:
        self.deadline, self.given_up = deadline, given_up
        self._refuse_foreign_cluster()
        account = choose_account(self.cluster if self.cluster.exists() else self.directory)
        account.require_reach(self.directory.parent, self.binaries.directory)
        processes = _open_lock(self.directory / "processes.lock")
        try:
            self._stop_orphans(processes)
            account.take(self.directory)
            for lock in ("owner.lock", "processes.lock"):
                account.take(self.directory / lock)
            if self.cluster.exists():
                account.take_all(self.cluster)
            else:
                self._initialise(account, processes)
            self._remove_leftovers()
            socket_directory = self._make_socket_directory(account)
            process = self._launch(account, processes, socket_directory)
        finally:
            os.close(processes)
        try:
            self._await_ready(process, socket_directory)
        except BaseException:
            _stop(process)
            shutil.rmtree(socket_directory, ignore_errors=True)
            raise
        return process, socket_directory

    def _refuse_foreign_cluster(self) -> None:
        if (self.directory / "PG_VERSION").exists():
            raise StartFailed(f"{self.directory} is itself a PostgreSQL data directory. Name an empty one; nothing was touched.")
        if not self.cluster.exists():
            return
        try:
            made_by = (self.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        except OSError as failure:
            raise StartFailed(f"{self.cluster} is not a PostgreSQL data directory that we can read. Nothing was touched.") from failure
        if made_by != str(self.binaries.major):
            raise WrongMajorVersion(self.cluster, made_by, self.binaries)

    def _stop_orphans(self, processes: int) -> None:
        """Wait until no PostgreSQL process of an earlier run is left, and stop the postmaster of a run whose owner was killed."""
        began = time.monotonic()
        sent: set[signal.Signals] = set()
        while not _lock(processes):
            waited = time.monotonic() - began
            wanted = signal.SIGINT if waited < _ORPHAN_SECONDS else signal.SIGQUIT
            if wanted not in sent and (orphan := live_postmaster(self.cluster)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, wanted)
                sent.add(wanted)
            if waited > _ORPHAN_SECONDS + _STOP_SECONDS:
                raise StartFailed(f"PostgreSQL processes of an earlier run on {self.directory} do not end.")
            self._pause()

    def _initialise(self, account: Account, processes: int) -> None:
        # Renamed into place when complete: a cluster that a kill left half made is never taken for one.
        unfinished = self.directory / "pgdata.unfinished"
        complaint = ""
        for locale in ("C.UTF-8", "C"):
            shutil.rmtree(unfinished, ignore_errors=True)
            options = ["--auth=trust", "--encoding=UTF8", f"--username={SUPERUSER}", f"--locale={locale}", "--no-instructions"]
            if self.binaries.major >= 17:
                options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if not self.durable:
                options.append("--no-sync")
            command = [self.binaries.initdb, *options, "-D", unfinished]
            initdb = account.popen(command, cwd=self.directory, output=subprocess.PIPE, inherited=[processes], until_we_die=self.tethered)
            try:
                complaint = initdb.communicate(timeout=_INITDB_SECONDS)[0].decode(errors="replace")
            except BaseException:
                initdb.kill()
                initdb.wait()
                raise
            if initdb.returncode == 0:
                unfinished.rename(self.cluster)
                _sync_directory(self.directory)
                return
        raise StartFailed(f"initdb could not make {self.cluster}:\n{_tail(complaint)}")

    def _remove_leftovers(self) -> None:
        if by_hand := live_postmaster(self.cluster):
            raise StartFailed(
                f"A PostgreSQL that was started by other means (process {by_hand}) runs on {self.cluster}. "
                f"Stop it first: {self.binaries.directory / 'pg_ctl'} -D '{self.cluster}' stop"
            )
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)

    def _make_socket_directory(self, account: Account) -> Path:
        directory = _socket_directory_for(self.directory)
        try:
            directory.mkdir(mode=0o700)
        except FileExistsError:
            # In a folder that all users share anybody may have made it first.
            found = directory.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid}:
                raise StartFailed(f"{directory} is needed for PostgreSQL's socket, but belongs to somebody else.") from None
            shutil.rmtree(directory)
            directory.mkdir(mode=0o700)
        account.take(directory)
        account.require_reach(directory.parent)
        record = self.directory / "socket"
        record.unlink(missing_ok=True)
        record.write_bytes(os.fsencode(directory))
        account.take(record)
        return directory

    def _launch(self, account: Account, processes: int, socket_directory: Path) -> subprocess.Popen[bytes]:
        fixed = {"listen_addresses": "", "port": str(PORT), "unix_socket_directories": f'"{socket_directory}"'}
        arguments = [part for name, value in {**self.settings, **fixed}.items() for part in ("-c", f"{name}={value}")]
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        log = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            account.take(self.log)
            command = [self.binaries.postgres, "-D", self.cluster, *arguments]
            return account.popen(command, cwd=self.directory, output=log, inherited=[processes], until_we_die=self.tethered)
        finally:
            os.close(log)

    def _await_ready(self, process: subprocess.Popen[bytes], socket_directory: Path) -> None:
        while not serves(self.cluster, socket_directory):
            if process.poll() is not None or time.monotonic() > self.deadline:
                what = "did not get ready in time" if process.returncode is None else f"ended at once (status {process.returncode})"
                raise StartFailed(f"PostgreSQL {what}. The end of {self.log}:\n{_tail(self.log.read_text(errors='replace'))}")
            self._pause()

    def _pause(self) -> None:
        if self.given_up.wait(_POLL_SECONDS):
            raise StartFailed("The start was given up.")


def _attach(directory: Path) -> EmbeddedPostgres | None:
    try:
        socket_directory = Path(os.fsdecode((directory / "socket").read_bytes()))
    except OSError:
        return None
    return EmbeddedPostgres(socket_directory) if serves(directory / "pgdata", socket_directory) else None


def _stop(process: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's fast shutdown, SIGQUIT leaves the rest to recovery.
    for sign, patience in ((signal.SIGINT, _STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, None)):
        process.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            return


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _in_main_thread() -> bool:
    # The kernel's parent-death signal follows the thread that started the child, not its process.
    return threading.current_thread() is threading.main_thread()


def _socket_directory_for(directory: Path) -> Path:
    name = f"leadgraph-{hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]}"
    usual = Path(tempfile.gettempdir()) / name
    fits = len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= _SOCKET_PATH_BYTES
    return usual if fits else Path("/tmp") / name  # noqa: S108 - the directory itself is private, and checked for its owner


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-15:])
