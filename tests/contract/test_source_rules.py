"""The laws of the house that can be read off the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.contract.source_files import PACKAGES, ROOT, functions, modules, parsed, tracked_files
from tests.contract.verdicts import nobody

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONG_FILES = {
    "persistence/migrations/versions/m0001_create_the_tables.py": "written by a program from the tables",
    "persistence/migrations/versions/m0002_the_rest_of_the_graph.py": "written by a program from the tables",
}
LONG_FUNCTIONS = {
    ("persistence/migrations/versions/m0001_create_the_tables.py", "upgrade"): "written by a program from the tables",
    ("persistence/migrations/versions/m0001_create_the_tables.py", "downgrade"): "written by a program from the tables",
    ("persistence/migrations/versions/m0002_the_rest_of_the_graph.py", "upgrade"): "written by a program from the tables",
    ("persistence/migrations/versions/m0002_the_rest_of_the_graph.py", "downgrade"): "written by a program from the tables",
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "managers", "service", "services"}

# Put together here, so that this file does not name what no file may name.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
    )
)
MACHINE_PATH = re.compile(r"(?<![\w./:-])/(?:work|root|home/[a-z]\w*|Users/\w+|tmp/\w+)/")


def calls(path: Path, method: str) -> Iterator[int]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node.lineno


def test_only_the_runner_of_verbs_opens_a_transaction() -> None:
    openers = [f"{path}:{line}" for path in modules("usecases", "gql", "server") for line in calls(path, "writing")]
    nobody(
        (opener for opener in openers if not opener.startswith("usecases/verbs.py:")),
        "transactions opened elsewhere than in usecases/verbs.py:",
    )
    assert openers, "usecases/verbs.py opens none: is the method still called `writing`?"


def test_every_verb_stands_in_a_module_of_use_cases() -> None:
    strays = [
        f"{path}:{function.lineno} {function.name}"
        for path in modules(*PACKAGES)
        for function in functions(path)
        if any(isinstance(mark, ast.Name) and mark.id == "verb" for mark in function.decorator_list) and path.parts[0] != "usecases"
    ]
    nobody(strays, "verbs outside of usecases:")


def test_only_the_guarded_loader_knows_the_library_of_loaders() -> None:
    importers = [
        str(path)
        for path in modules(*PACKAGES)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and node.module == "aiodataloader")
        or (isinstance(node, ast.Import) and any(name.name == "aiodataloader" for name in node.names))
    ]
    assert importers == ["gql/loaders.py"]


def test_every_module_opens_with_a_line_that_says_what_it_is_for() -> None:
    silent = [
        str(path)
        for path in modules(*PACKAGES, "tests")
        if parsed(path).body and not re.match(r"\S.*[.?!]$", (ast.get_docstring(parsed(path)) or "").partition("\n")[0])
    ]
    nobody(silent, "the first line of a module is a docstring, one sentence with its full stop:")


def test_no_file_has_a_name_that_says_nothing() -> None:
    nobody((path for path in modules(*PACKAGES, "tests") if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES), "empty names:")


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in modules(*PACKAGES, "tests")}
    too_long = (f"{path}: {lines}" for path, lines in lengths.items() if lines > LONGEST_FILE and path not in LONG_FILES)
    nobody(too_long, f"files of more than {LONGEST_FILE} lines:")
    nobody((path for path in LONG_FILES if lengths.get(path, 0) <= LONGEST_FILE), "these need no exception any more:")


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        (str(path), function.name): (function.end_lineno or 0) - function.lineno + 1
        for path in modules(*PACKAGES, "tests")
        for function in functions(path)
    }
    too_long = (f"{where}: {lines}" for where, lines in lengths.items() if lines > LONGEST_FUNCTION and where not in LONG_FUNCTIONS)
    nobody(too_long, f"functions of more than {LONGEST_FUNCTION} lines:")
    nobody((where for where in LONG_FUNCTIONS if lengths.get(where, 0) <= LONGEST_FUNCTION), "these need no exception any more:")


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked_files():
        try:
            yield path.relative_to(ROOT), path.read_text()
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    named = [f"{path}: {match.group()}" for path, text in texts() for match in MACHINE_PATH.finditer(text)]
    nobody(named, "paths of a machine:")


def test_no_file_names_the_host_of_a_registry() -> None:
    nobody((f"{path}: {host}" for path, text in texts() for host in REGISTRY_HOSTS if host in text), "hosts of registries:")
