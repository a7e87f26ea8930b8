"""Decides as whom PostgreSQL runs: it refuses root, so as root it gets a namespace or an account of its own."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from persistence.postgres_binaries import EmbeddedPostgresError

NOBODY: Final = "nobody"


class NotReachable(EmbeddedPostgresError):
    """The account that PostgreSQL has to run as may not enter a directory it needs."""

    def __init__(self, account: str, path: str) -> None:
        super().__init__(
            f"PostgreSQL does not run as root, user namespaces are closed here, and the account {account!r} may not enter {path}. "
            "Start as an ordinary user, or keep the environment and LEADGRAPH_DATA_DIRECTORY where every user may go."
        )


@dataclass(frozen=True, slots=True)
class Account:
    """How a PostgreSQL program is started: behind which commands, and as which user."""

    wrapper: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def popen(
        self, command: Sequence[str | Path], *, cwd: Path, output: int, inherited: Iterable[int], until_we_die: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own, without our environment (which may hold secrets).

        `inherited` are the file descriptors it keeps. With `until_we_die` the kernel sends it SIGINT when the calling thread ends,
        whatever ended it (Linux with util-linux only).
        """
        return subprocess.Popen(
            [*self.wrapper, *(_tether() if until_we_die else ()), *command],
            cwd=cwd,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C in the terminal is for the server, which stops PostgreSQL after its own work is done.
            start_new_session=True,
            pass_fds=tuple(inherited),
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )

    def take(self, path: Path) -> None:
        """Hand one file or directory over to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def take_all(self, directory: Path) -> None:
        """Hand a directory over with all that is in it, unless it is the account's already."""
        if self.uid is None or directory.stat().st_uid == self.uid:
            return
        for path in (*directory.rglob("*"), directory):
            self.take(path)

    def require_reach(self, *paths: Path) -> None:
        """Raise NotReachable for the first directory on the way to `paths` that the account may not enter."""
        if self.uid is None:
            return
        on_the_way = [str(step) for path in paths for step in (*reversed(path.parents), path)]
        script = 'for step; do test -x "$step" || { printf %s "$step"; exit 1; }; done'
        trial = subprocess.run(
            ["sh", "-c", script, "sh", *on_the_way],
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
        if trial.returncode:
            raise NotReachable(_name_of(self.uid), os.fsdecode(trial.stdout))


def choose_account(belonging: Path) -> Account:
    """Return the account for a cluster that lies, or will lie, in `belonging`.

    An ordinary user runs PostgreSQL as itself. Root runs it as whoever owns the directory; where that is root, in a user namespace that
    shows it as `nobody`, which changes nothing on the machine; where namespaces are closed, as `nobody` in earnest.
    """
    if os.geteuid() != 0:
        return Account()
    owner = belonging.stat()
    if owner.st_uid != 0:
        return Account(uid=owner.st_uid, gid=owner.st_gid)
    nobody = pwd.getpwnam(NOBODY)
    wrapper = ("unshare", "--user", f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
    if _runs(*wrapper, "true"):
        return Account(wrapper=wrapper)
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid)


def _tether() -> tuple[str, ...]:
    # The kernel's parent-death signal, set by a program: preexec_fn would run Python between fork and exec, which can deadlock.
    return ("setpriv", "--pdeathsig", "INT") if _runs("setpriv", "--pdeathsig", "INT", "true") else ()


def _runs(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
