"""The files of the project, as the laws about them see them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = tuple(sorted(init.parent.name for init in ROOT.glob("*/__init__.py") if init.parent.name != "tests"))
_FOREIGN = {"node_modules", "__pycache__", "vendor"}


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """List the Python files below some folders, by their paths from the root; installed packages in hidden folders are not ours."""
    found = (path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path for path in found if not (_FOREIGN & set(path.parts) or any(part.startswith(".") for part in path.parts))))


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse((ROOT / path).read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Walk all functions of a file, nested ones too."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def tracked_files() -> tuple[Path, ...]:
    """List what is under version control; skips the test outside a checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file() and not _FOREIGN & set(path.parts))
