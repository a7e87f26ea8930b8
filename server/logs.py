"""Write log lines: one JSON object a line for machines, or coloured ones for people; never a token, never a person's data."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from server.settings import LogFormat, LogLevel, Settings

# PostgreSQL's details quote the values of rows.
_DETAIL = re.compile(r"^DETAIL:.*$", re.MULTILINE)
# These tell at INFO what our own lines tell already.
_QUIET = ("uvicorn", "uvicorn.error", "uvicorn.access", "alembic", "asyncio")


def configure_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Send everything that is logged, by us and by libraries, through one formatter; to standard error unless told otherwise."""
    target = stream or sys.stderr
    format = settings.log_format or (LogFormat.CONSOLE if settings.development else LogFormat.JSON)
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso" if format is LogFormat.JSON else "%H:%M:%S", utc=format is LogFormat.JSON),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=_rendering(format, target), foreign_pre_chain=before))
    root = logging.getLogger()
    root.handlers = [handler]
    level = getattr(logging, settings.log_level.upper())
    root.setLevel(level)
    for name in _QUIET:
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(level if settings.log_level is LogLevel.DEBUG and name != "uvicorn.access" else logging.WARNING)


def _rendering(format: LogFormat, target: TextIO) -> Sequence[Processor]:
    shared: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _without_details,
    ]
    if format is LogFormat.JSON:
        return [*shared, structlog.processors.JSONRenderer(default=str)]
    return [
        *shared,
        structlog.dev.ConsoleRenderer(colors=target.isatty(), pad_event_to=24, exception_formatter=structlog.dev.plain_traceback),
    ]


def _without_details(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if isinstance(exception := event.get("exception"), str):
        event["exception"] = _DETAIL.sub("DETAIL: (not logged)", exception)
    return event
