"""What the documentation says is so: links lead somewhere, operations fit the schema, commands exist, tables are those of the code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest
from graphql import parse, validate

from domain.next_steps import next_steps
from domain.refusals import RefusalCode
from domain.scoring import Facts, score
from domain.scoring_models import STANDARD
from domain.status import TRANSITIONS
from gql.errors import ErrorCode
from gql.limits import DocumentLimits
from gql.schema import SCHEMA
from server.cli import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NOON = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+\.\w+|(?:domain|persistence|usecases|gql|server|tests|docs)/[\w/]*")
_TARGET = re.compile(r"(?:^|[`;&|(]\s*)make ([a-z]+)\b", re.MULTILINE)
_COMMAND = re.compile(r"(?:^|[`;&|(/]\s*)leads ((?:[a-z]+)(?: [a-z]+)?)", re.MULTILINE)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


pages = pytest.mark.parametrize("page", PAGES, ids=named)


def blocks(text: str, *languages: str) -> Iterator[str]:
    """Yield the fenced blocks of these languages."""
    yield from (body for language, body in _BLOCK.findall(text) if language in languages)


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return _BLOCK.sub("", text)


def commands(text: str) -> str:
    """Return what a reader would type: shell blocks and inline code."""
    return "\n".join([*blocks(text, "sh", "console"), *(f"`{code}`" for code in _CODE.findall(prose(text)))])


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as forges make them."""
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(prose(page.read_text())))
    return {heading.strip().replace(" ", "-") for heading in words}


def first_cells(text: str, heading: str) -> list[str]:
    """Return the first column of the first table below a heading."""
    below = text[text.index(f"# {heading}\n") :]
    rows = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert rows, f"no table below {heading!r}"
    return [row.split("|")[1].strip().strip("`") for row in rows[0].splitlines()[2:]]


@pages
def test_links_lead_somewhere(page: Path):
    for link in _LINK.findall(prose(page.read_text())):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pages
def test_files_that_are_named_exist(page: Path):
    for code in _CODE.findall(prose(page.read_text())):
        for path in [code] if _PATH.fullmatch(code) else []:
            assert (ROOT / path).exists() or (page.parent / path).exists(), path


@pages
def test_operations_fit_the_schema(page: Path):
    text = page.read_text()
    written = [*blocks(text, "graphql"), *(json.loads(f'"{query}"') for query in re.findall(r'"query": "((?:[^"\\]|\\.)*)"', text))]
    for operation in written:
        assert validate(SCHEMA, parse(operation)) == [], operation


@pages
def test_make_targets_that_are_named_exist(page: Path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(_TARGET.findall(commands(page.read_text()))) <= targets


@pages
def test_commands_that_are_named_exist(page: Path):
    context = click.Context(app)
    for written in _COMMAND.findall(commands(page.read_text())):
        name, _, second = written.partition(" ")
        assert name in app.list_commands(context), written
        group = getattr(app.get_command(context, name), "commands", None)
        assert group is None or not second or second in group, written


def test_the_tables_of_codes_are_those_of_the_code():
    text = (ROOT / "docs/api.md").read_text()
    assert first_cells(text, "Refusals") == [code.value for code in RefusalCode]
    assert sorted(first_cells(text, "Top-level errors")) == sorted(code.value for code in ErrorCode)


def test_the_table_of_limits_is_that_of_the_code():
    text = (ROOT / "docs/api.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`|–) \| (\d+) \|", text, re.MULTILINE)
    assert {name: default for name, _, default in rows} == {
        name: str(getattr(DocumentLimits(), name)) for name in DocumentLimits.__dataclass_fields__
    }
    # What `extensions.limit` says stands in the code as it is.
    source = "".join((ROOT / "gql" / name).read_text() for name in ("guard.py", "variables.py", "execution.py"))
    told = (
        r'limit_exceeded\("(\w+)", (?:self\._)?limits\.(\w+)',
        r'\("(\w+)", limits\.(\w+), self',
        r'"limit": "(\w+)", "allowed": self\.limits\.(\w+)',
    )
    assert {(limit, name) for name, limit, _ in rows if limit} == {pair for each in told for pair in re.findall(each, source)}


def test_the_diagram_of_statuses_is_the_table_of_transitions():
    drawn = re.findall(r"^ +(\w+) --> (\w+)$", (ROOT / "docs/rules.md").read_text(), re.MULTILINE)
    assert drawn == [(before.value, after.value) for before, allowed in TRANSITIONS.items() for after in allowed]


def test_the_worked_example_scores_what_it_says():
    text = (ROOT / "docs/rules.md").read_text()
    known: dict[str, Any] = json.loads(next(blocks(text, "json")), parse_int=Decimal)
    facts = Facts(**known)
    result = score(facts, STANDARD, NOON)
    written = re.findall(r"^\| (\w+) \| .+ \| (\d+) \|$", text[text.index("### A worked example") :], re.MULTILINE)
    assert written == [(category.name, str(category.points)) for category in result.categories]
    assert f"| **Total** | grade {result.grade}, {result.temperature}, {result.priority} | **{result.total}** |" in text
    ahead = next_steps(facts, STANDARD, NOON)
    assert [(step.fact, step.points) for step in ahead.steps] == [("phones", 3), ("content_downloads", 5)]
    assert f"this lead reaches {ahead.reachable_total}." in text
