"""The peers from the world of Node: how they are installed, and what they are asked in place of this server's documents."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from bench.dataset import Benchmark
from bench.operations import DOCUMENTS
from bench.servers import Competitor
from gql.ids import decode_kind
from server.demo.filling import DEMO_WORKSPACE

PEERS = ("postgraphile", "mercurius", "mercurius, loaders")
_SOURCE = Path(__file__).parent / "peers"
_INSTALL_SECONDS = 600

# PostGraphile names fields after tables and columns; aliases give the facts this project's names, so that the answers can be compared.
_SCALARS = "id: rowId version status grade temperature priority createdAt updatedAt"
_CONTACT = "firstName lastName email title"
_RELATIONS = """owner: agentByWorkspaceIdAndOwnerId { id: rowId name }
    stage: stageByWorkspaceIdAndStageId { id: rowId name pipeline: pipelineByWorkspaceIdAndPipelineId { id: rowId name } }"""
_ACTIVITIES = """activities: activitiesByWorkspaceIdAndLeadId(first: 5, orderBy: [OCCURRED_AT_DESC, ROW_ID_DESC]) {
    nodes { id: rowId type occurredAt subject body } }"""
_HISTORY = "scoreHistory: scoreEntriesByWorkspaceIdAndLeadId(first: {size}, orderBy: [AT_DESC, ROW_ID_DESC]) {{ nodes {{ {fields} }} }}"
_CAMPAIGNS = """campaigns: campaignMembersByWorkspaceIdAndLeadId(first: 5, condition: {leftAt: null}, orderBy: [JOINED_AT_DESC, CAMPAIGN_ID_DESC]) {
    nodes { campaign: campaignByWorkspaceIdAndCampaignId { id: rowId name } } }"""
_LIVING = f'workspaceId: "{DEMO_WORKSPACE}", deletedAt: null'

# Q5 is left out: no table says what a timeline is, and a union over twelve tables in one order would be a plugin of its own.
_POSTGRAPHILE: Mapping[str, str] = {
    "Q1": f"""query Q1($id: UUID!) {{ lead: leadByWorkspaceIdAndRowId(workspaceId: "{DEMO_WORKSPACE}", rowId: $id) {{
        {_SCALARS} name notes lastActivityAt {_CONTACT} {_RELATIONS} {_ACTIVITIES}
        {_HISTORY.format(size=5, fields="id: rowId at total grade cause")} }} }}""",
    "Q2": f"""query Q2($status: String!, $grade: String!) {{
        leads: allLeads(first: 50, condition: {{{_LIVING}, status: $status, grade: $grade}}, orderBy: [SCORE_TOTAL_DESC, ROW_ID_DESC]) {{
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
            edges {{ cursor node {{ {_SCALARS} {_CONTACT} {_RELATIONS} {_ACTIVITIES}
                {_HISTORY.format(size=3, fields="id: rowId at total grade")} {_CAMPAIGNS} }} }} }} }}""",
    "Q3": f"""query Q3 {{ leads: allLeads(first: 20, condition: {{{_LIVING}}}, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) {{
        nodes {{ id: rowId version status grade priority name createdAt updatedAt }} }} }}""",
    "Q4": """mutation Q4($id: UUID!, $status: String!) { changeLeadStatus(leadId: $id, status: $status) {
        lead { id status version } errors } }""",
}


def install_peers(directory: Path) -> str | None:
    """Bring the peers and their own Node into a directory, once for each version of their package. Returns why they are not there, or None."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "npm and node are not here"
    directory.mkdir(parents=True, exist_ok=True)
    # Beside their packages, where Node looks for these.
    for file in _SOURCE.iterdir():
        shutil.copy(file, directory)
    wanted, installed = (_SOURCE / "package.json").read_bytes(), directory / ".installed"
    if installed.exists() and installed.read_bytes() == wanted:
        return None
    for command in (
        [npm, "install", "--omit=dev", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
        [str(_node(directory)), "--version"],
    ):
        try:
            done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{Path(command[0]).name}: {error}"
        if done.returncode:
            return f"{Path(command[0]).name}: {next(iter(done.stderr.strip().splitlines()), 'no word why')}"
    installed.write_bytes(wanted)
    return None


def peers(directory: Path) -> Mapping[str, Competitor]:
    """Return the peers as they were installed into a directory."""

    def competitor(name: str, documents: Mapping[str, str]) -> Competitor:
        file, *how = name.split(", ")
        command, options = [str(_node(directory)), str(directory / f"{file}.mjs")], [f"--{each}" for each in how]
        return Competitor(name, lambda port: [*command, str(port), *options], _environment, documents=documents, given=_database_ids)

    # The timeline's loader is the same either way.
    by_loaders = {name: document for name, document in DOCUMENTS.items() if name != "Q5"}
    return {name: competitor(name, documents) for name, documents in zip(PEERS, (_POSTGRAPHILE, DOCUMENTS, by_loaders), strict=True)}


def peer_versions() -> Mapping[str, str]:
    """Return the packages of the peers with their versions, which are exact."""
    return orjson.loads((_SOURCE / "package.json").read_bytes())["dependencies"]


def _node(directory: Path) -> Path:
    return directory / "node_modules" / "node" / "bin" / "node"


def _environment(benchmark: Benchmark) -> Mapping[str, str]:
    return {"BENCH_DSN": benchmark.superuser_dsn, "BENCH_WORKSPACE": str(DEMO_WORKSPACE), "NODE_ENV": "production"}


def _database_ids(variables: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: str(decode_kind("Lead", value)) if name == "id" else value for name, value in variables.items()}
