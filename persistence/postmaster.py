"""Asks what a PostgreSQL on this machine is doing: from its status file, the process table and its socket."""

import contextlib
import os
import socket
import struct
from pathlib import Path
from typing import Final

SUPERUSER: Final = "leadgraph_superuser"
PORT: Final = 5432


def live_postmaster(cluster: Path) -> int | None:
    """Return the process that postmaster.pid names, if it lives and really is a PostgreSQL on this cluster."""
    lines = _status_lines(cluster)
    if not lines or not lines[0].isdecimal():
        return None
    pid = int(lines[0])
    process = Path(f"/proc/{pid}")
    try:
        if not Path("/proc/self/stat").exists():
            os.kill(pid, 0)
            return pid
        name, _, rest = (process / "stat").read_text().partition("(")[2].rpartition(")")
        if name != "postgres" or rest.split()[0] in {"Z", "X"}:
            return None
        with contextlib.suppress(PermissionError):
            return pid if (process / "cwd").samefile(cluster) else None
    except OSError:
        return None
    return pid


def serves(cluster: Path, socket_directory: Path) -> bool:
    """Tell whether the postmaster says it is ready and a connection gets through."""
    lines = _status_lines(cluster)
    if len(lines) < 8 or lines[7].strip() != "ready":
        return False
    words = b"user\0%s\0database\0postgres\0\0" % SUPERUSER.encode()
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5.0)
        try:
            client.connect(str(socket_directory / f".s.PGSQL.{PORT}"))
            client.sendall(struct.pack("!ii", len(words) + 8, 3 << 16) + words)
            accepted = client.recv(1) == b"R"
            client.sendall(b"X\0\0\0\4")
        except OSError:
            return False
    return accepted


def _status_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return []
