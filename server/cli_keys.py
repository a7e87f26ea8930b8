"""`leads keys`: make, list and revoke API keys."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column, Table

from domain.access import Permission, Role, system_viewer
from domain.paging import PageRequest, Position
from domain.people import Agent
from domain.refusals import Refused
from domain.workspaces import ApiKey
from persistence.api_keys import all_api_keys
from persistence.database import Database, Scope
from persistence.people import all_agents
from server.cli_groups import Group, of_workspace
from server.progress import answers
from server.running import CommandFailed, chosen_workspace, run_with_database
from usecases.answers import ToldOnce
from usecases.keys.create_api_key import CreateApiKey, create_api_key
from usecases.keys.revoke_api_key import revoke_api_key
from usecases.verbs import Call

_LIFETIME = re.compile(r"([1-9][0-9]{0,4})([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_PAGE = 100


def _role(text: str) -> Role:
    if text.upper() not in Role.__members__:
        raise click.BadParameter(f"there is no role {text!r}. Roles: {', '.join(Role).lower()}", param_hint="--role")
    return Role(text.upper())


def _scopes(_ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [repr(text) for text in texts if text.upper() not in Permission.__members__]
    if unknown:
        raise click.BadParameter(
            f"there is no permission {', '.join(unknown)}. Permissions: {', '.join(Permission).lower()}", param_hint="--scope"
        )
    return texts


@click.group(cls=Group)
def keys() -> None:
    """API keys: how programs and people get in."""


@keys.command("create")
@click.argument("name", help="What the key is for, such as `website forms`.")
@click.option("--role", type=_role, metavar="|".join(Role).lower(), default=Role.INTEGRATION, help="What the key may do, in broad strokes.")
@click.option("--agent", metavar="E-MAIL", help="The agent whom the key stands for; needed with AGENT.")
@click.option(
    "--scope", metavar="PERMISSION", multiple=True, callback=_scopes, help="Allow only this, such as read_leads; may be repeated."
)
@click.option("--expires-in", metavar="90d", help="How long it lives: days, hours or minutes. Default: for ever.")
@of_workspace
def create(name: str, role: Role, agent: str | None, scope: tuple[str, ...], expires_in: str | None, workspace: str | None) -> None:
    """Make a key and print its secret, once: it is not stored and cannot be shown again."""
    at = datetime.now(UTC)
    expires_at = None if expires_in is None else at + _lifetime(expires_in)

    async def work(database: Database) -> tuple[ApiKey, str]:
        found = await chosen_workspace(database, workspace)
        agent_id = None if agent is None else await _agent_id(database, found.id, agent)
        scopes = frozenset(Permission(each.upper()) for each in scope) if scope else None
        request = CreateApiKey(name=name, role=role, agent_id=agent_id, scopes=scopes, expires_at=expires_at)
        made = await create_api_key(Call(database, system_viewer(found.id), at), request)
        secret = made["secret"]
        return made["api_key"], secret.text if isinstance(secret, ToldOnce) else secret

    key, secret = run_with_database(work)
    # Alone on standard output, so that a script can catch it.
    Console(stderr=True, highlight=False).print(f"Key [bold]{key.id}[/bold], role {key.role}. Its secret is shown this once:")
    sys.stdout.write(secret + "\n")


@keys.command("list")
@click.option("--all", "all_keys", is_flag=True, help="Revoked keys too.")
@of_workspace
def list_keys(all_keys: bool, workspace: str | None) -> None:
    """List the keys of a workspace, without their secrets."""

    async def work(database: Database) -> list[ApiKey]:
        found = await chosen_workspace(database, workspace)
        return [key async for key in _pages(database, found.id, include_revoked=all_keys)]

    at = datetime.now(UTC)
    table = Table(Column("Id", no_wrap=True), "Name", "Contains", "Role", "Scopes", "Last used", "State", box=SIMPLE)
    for key in run_with_database(work):
        scopes = "all of the role" if key.scopes is None else ", ".join(key.scopes)
        last_used = "never" if key.last_used_at is None else f"{key.last_used_at:%Y-%m-%d %H:%M}"
        table.add_row(str(key.id), key.name, key.hint, key.role, scopes, last_used, _state(key, at))
    answers().print(table)


@keys.command("revoke")
@click.argument("key", metavar="ID", help="The key's id, as `leads keys list` shows it.")
@of_workspace
def revoke(key: str, workspace: str | None) -> None:
    """Revoke a key; it stops working within a second, everywhere."""
    try:
        id = UUID(key)
    except ValueError:
        raise CommandFailed("That is no key's id; `leads keys list` shows them. Never type a secret here.") from None

    async def work(database: Database) -> ApiKey:
        found = await chosen_workspace(database, workspace)
        try:
            return await revoke_api_key(Call(database, system_viewer(found.id), datetime.now(UTC)), id)
        except Refused:
            raise CommandFailed("No key of the workspace has this id; `leads keys list` shows them.") from None

    revoked = run_with_database(work)
    Console(stderr=True, highlight=False).print(f"Revoked {revoked.name!r} ({revoked.id}).")


async def _pages(database: Database, workspace_id: UUID, *, include_revoked: bool):
    after: Position | None = None
    while True:
        request = PageRequest("CREATED_AT", descending=False, size=_PAGE, after=after)
        async with database.reading(Scope(workspace_id)) as db:
            page = await all_api_keys.page(db, request, include_revoked)
        for _, key in page.rows:
            yield key
        if not page.has_next:
            return
        after = page.rows[-1][0]


async def _agent_id(database: Database, workspace_id: UUID, email: str) -> UUID:
    after: Position | None = None
    while True:
        request = PageRequest("NAME", descending=False, size=_PAGE, after=after)
        async with database.reading(Scope(workspace_id)) as db:
            page = await all_agents.page(db, request)
        found: list[Agent] = [agent for _, agent in page.rows if agent.email.casefold() == email.casefold()]
        if found:
            return found[0].id
        if not page.has_next:
            raise CommandFailed(f"No agent has the e-mail address {email}.")
        after = page.rows[-1][0]


def _lifetime(text: str) -> timedelta:
    match = _LIFETIME.fullmatch(text)
    if match is None:
        raise click.BadParameter("write it as 90d, 12h or 30m", param_hint="--expires-in")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _state(key: ApiKey, at: datetime) -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d}"
    if key.expires_at is None:
        return "good"
    return f"expired {key.expires_at:%Y-%m-%d}" if key.expires_at <= at else f"good until {key.expires_at:%Y-%m-%d}"
