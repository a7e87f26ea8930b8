"""Keep one development key: made once, written where only its owner reads it, the same at every start."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from domain.access import Role, system_viewer
from persistence.database import Database
from server.auth import Authenticator
from server.http.bearer import Unauthenticated
from usecases.answers import ToldOnce
from usecases.keys.create_api_key import CreateApiKey, create_api_key
from usecases.verbs import Call


async def development_key(database: Database, workspace_id: UUID, file: Path, at: datetime) -> str:
    """Return the key in the file if it still opens the workspace; otherwise make one and write it there."""
    token = _read(file)
    if token and await _opens(database, token, workspace_id, at):
        return token
    call = Call(database, system_viewer(workspace_id), at)
    secret = (await create_api_key(call, CreateApiKey(name="development", role=Role.ADMIN)))["secret"]
    token = secret.text if isinstance(secret, ToldOnce) else str(secret)
    _write(file, token)
    return token


async def _opens(database: Database, token: str, workspace_id: UUID, at: datetime) -> bool:
    authenticator = Authenticator(database)
    try:
        viewer = await authenticator(token, at)
    except Unauthenticated:
        return False
    finally:
        await authenticator.close()
    return viewer.workspace_id == workspace_id


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _write(file: Path, token: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as written:
        written.write(token + "\n")
    unfinished.replace(file)
