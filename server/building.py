"""Builds what stays as long as the process: modules, and the graph that they make."""

from __future__ import annotations

import gc
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from server.late_methods import written_when_used

# Batches of rows make many objects that all go at once: looked for less often than usual, few are found alive.
_LOOKS = (20_000, 20, 20)
# A request makes few objects that refer to each other, so a server looks less often than every 700 objects, and still often enough that
# what many requests leave behind at once stays small.
_LOOKS_OF_SERVERS = (5_000, 10, 10)


@contextmanager
def built_for_ever() -> Generator[None]:
    """Import in the block what is never given back: the collector does not look at it, neither meanwhile nor later."""
    gc.disable()
    try:
        with written_when_used():
            _import_structlog()
            yield
    finally:
        set_aside()


def _import_structlog() -> None:
    """Import it without Rich, whose tracebacks in colours it imports if it can: 3 MB that no log line of ours is written with."""
    if "structlog" in sys.modules or "rich" in sys.modules:
        return
    # What stands there as None is not found.
    modules: dict[str, ModuleType | None] = sys.modules  # pyright: ignore[reportAssignmentType]
    modules["rich"] = None
    try:
        import_module("structlog")
    finally:
        del modules["rich"]


def set_aside() -> None:
    """Keep the collector from what there is by now, and from looking often at what comes."""
    gc.freeze()
    gc.set_threshold(*_LOOKS)
    gc.enable()


@contextmanager
def building_the_graph() -> Generator[None]:
    """Import in the block the modules of the graph, which take a second: only for commands that answer queries."""
    with built_for_ever():
        from gql.annotations import evaluated_once  # noqa: PLC0415 -- it imports Strawberry

        with evaluated_once():
            yield
    gc.set_threshold(*_LOOKS_OF_SERVERS)
