"""The command line: helpful to a stranger, short about mistakes, exact about results."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from domain.leads import ExternalReference
from persistence.leads import add_references
from server.cli import app
from server.cli_groups import Group
from server.settings import settings_table
from tests.conftest import TestDatabase
from tests.server.commands import leads
from tests.worlds import NOON, World

COMMANDS = (
    (),
    ("serve",),
    ("worker",),
    ("migrate",),
    ("demo",),
    ("import",),
    ("score",),
    ("schema",),
    ("settings",),
    ("keys",),
    ("keys", "create"),
    ("keys", "list"),
    ("keys", "revoke"),
    ("workspaces",),
    ("workspaces", "create"),
    ("workspaces", "list"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*command, "--help"])
    assert shown.exit_code == 0
    assert shown.output.strip().startswith("Usage: ")
    # The name of an option is not broken at a hyphen.
    assert not re.search(r"--\S*-$", shown.output, re.MULTILINE)
    assert CliRunner().invoke(app, [*command, "-h"]).output == shown.output


@pytest.mark.parametrize("group", [(), ("keys",), ("workspaces",)], ids=" ".join)
def test_whoever_names_no_command_is_shown_those_there_are(group: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, group)
    assert (shown.exit_code, shown.stderr) == (2, "")
    assert shown.stdout == CliRunner().invoke(app, [*group, "--help"]).stdout


def test_ctrl_c_ends_a_command_without_a_word() -> None:
    @click.group(cls=Group)
    def group() -> None: ...

    @group.command()
    def wait() -> None:
        raise KeyboardInterrupt

    ended = CliRunner().invoke(group, [wait.name or ""])
    assert (ended.exit_code, ended.output) == (130, "")


def test_the_list_of_commands_here_is_complete() -> None:
    found: set[tuple[str, ...]] = set()
    context = click.Context(app)
    for name in app.list_commands(context):
        found |= {(name,), *((name, each) for each in getattr(app.get_command(context, name), "commands", ()))}
    assert found == set(COMMANDS) - {()}


def test_the_schema_and_the_settings_are_printed_without_a_database() -> None:
    printed = leads("schema", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert printed.returncode == 0
    assert "type Query {" in printed.stdout
    assert leads("settings").stdout == settings_table() + "\n"


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "said"),
    [
        (("score",), {}, 2, "Missing argument 'LEAD'."),
        (("dance",), {}, 2, "No such command 'dance'."),
        (("serve", "--port", "eighty"), {}, 2, "Invalid value for '--port': 'eighty' is not a valid integer."),
        (("serve", "--prot", "80"), {}, 2, "No such option '--prot'. (Did you mean one of: '--host', '--port'?)"),
        (
            ("keys", "create", "x", "--scope", "nonsense", "--scope", "Nope"),
            {},
            2,
            "there is no permission 'nonsense', 'Nope'. Permissions: read_leads, ",
        ),
        (("keys", "create", "x", "--role", "boss"), {}, 2, "there is no role 'boss'. Roles: admin, manager, agent, integration, read_only"),
        (("keys", "list"), {"PORT": "-1"}, 2, "leads: LEADGRAPH_PORT: must be at least 0."),
        (("keys", "list"), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, 1, "leads: The database cannot be reached: "),
        (("migrate",), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, 1, "Connect call failed"),
        (("migrate",), {"DATABASE_URL": "postgresql:///x"}, 1, "leads: LEADGRAPH_DATABASE_URL names no user"),
        (("keys", "list"), {"DATA_DIRECTORY": "/dev/null/x"}, 1, "leads: The data directory /dev/null/x cannot be used: Not a directory."),
        (("keys", "list"), {"POSTGRES_BIN": "/nowhere"}, 1, "leads: No PostgreSQL 15 or newer was found."),
    ],
)
def test_mistakes_are_told_in_short(arguments: tuple[str, ...], settings: dict[str, str], code: int, said: str) -> None:
    failed = leads(*arguments, **settings)
    assert failed.returncode == code
    assert said in failed.stderr
    assert "Traceback" not in failed.stderr
    assert "Value error" not in failed.stderr


async def test_a_score_is_explained_whatever_names_the_lead(world: World, test_database: TestDatabase) -> None:
    unique = world.workspace.id.hex
    lead = await world.lead(
        first_name="Ada",
        last_name="Stone",
        title="CTO",
        company="Acme",
        email=f"ada-{unique}@acme.example",
        email_clicks=4,
        contact_requested_at=NOON - timedelta(days=3650),
    )
    async with world.database.writing(world.scope) as tx:
        await add_references(tx, [ExternalReference(lead.id, "crm", f"C-{unique}", NOON)])

    names = (world.id(lead), str(lead.id), f"crm:C-{unique}", f"ADA-{unique}@acme.example")
    shown = [leads("score", name, "--workspace", str(world.workspace.id), DATABASE_URL=test_database.dsn()) for name in names]
    assert [each.returncode for each in shown] == [0] * 4, shown[0].stderr
    assert len({each.stdout for each in shown}) == 1
    text = shown[0].stdout
    assert "Ada Stone, Acme: 25 points, grade D (cold, low)" in text
    assert "CTO, C_LEVEL" in text
    assert "To reach grade C it takes 15 points more than 25:" in text
    nobody = leads("score", "crm:nobody", DATABASE_URL=test_database.dsn())
    assert nobody.returncode == 1
    assert nobody.stderr == "leads: No lead was found for 'crm:nobody': name it by its id, as SYSTEM:ID, or by its e-mail address.\n"


async def test_a_key_for_an_agent_needs_the_agent(world: World, test_database: TestDatabase) -> None:
    place = ("--workspace", str(world.workspace.id))
    address = test_database.dsn()
    lonely = leads("keys", "create", "ada", "--role", "agent", *place, DATABASE_URL=address)
    assert (lonely.returncode, lonely.stderr) == (1, "leads: A key with the role AGENT names its agent.\n")
    unknown = leads("keys", "create", "ada", "--role", "agent", "--agent", "nobody@sales.example", *place, DATABASE_URL=address)
    assert (unknown.returncode, unknown.stderr) == (1, "leads: No agent has the e-mail address nobody@sales.example.\n")
    scopes = ("--scope", "read_leads", "--scope", "RECORD_ACTIVITY")
    made = leads("keys", "create", "ada", "--role", "agent", "--agent", world.ada.email, *scopes, *place, DATABASE_URL=address)
    assert (made.returncode, made.stdout[:4]) == (0, "lgk_")
    kept = await world.ask("{ apiKeys { nodes { name role permissions } } }")
    assert [each for each in kept["apiKeys"]["nodes"] if each["name"] == "ada"] == [
        {"name": "ada", "role": "AGENT", "permissions": ["READ_LEADS", "RECORD_ACTIVITY"]}
    ]
    nobodys = leads("keys", "revoke", str(world.ada.id), *place, DATABASE_URL=address)
    assert (nobodys.returncode, nobodys.stderr) == (1, "leads: No key of the workspace has this id; `leads keys list` shows them.\n")
    secret = leads("keys", "revoke", made.stdout.strip(), *place, DATABASE_URL=address)
    assert secret.stderr == "leads: That is no key's id; `leads keys list` shows them. Never type a secret here.\n"


MAPPING = "lead: {references: {system: crm, id: Id}, email: Email}\n"


def test_a_dry_run_tells_of_rows_that_would_be_left_out_wherever_they_are(
    world: World, test_database: TestDatabase, tmp_path: Path
) -> None:
    address = f"rosa-{world.workspace.id.hex}@acme.example"
    rows = [f"{number}," for number in range(1, 26)] + ["26,nowhere", "3,", f"27,{address}"]
    file, mapping, sheet = (tmp_path / name for name in ("leads.csv", "mapping.yaml", "left-out.csv"))
    file.write_text("Id,Email\n" + "\n".join(rows) + "\n")
    mapping.write_text(MAPPING)
    command = ("import", str(file), "--mapping", str(mapping), "--workspace", str(world.workspace.id))

    shown = leads(*command, "--dry-run", "--errors", str(sheet), DATABASE_URL=test_database.dsn())

    assert shown.returncode == 0, shown.stderr
    assert "26 to create, 0 to update, 0 unchanged, 1 duplicates, 1 with errors. Nothing was written." in shown.stdout
    assert "The first 2 rows that would be left out" in shown.stdout
    assert "26    ERROR       Email: Must be an e-mail address" in shown.stdout
    assert f"2 rows that would be left out are in {sheet}." in shown.stdout
    assert sheet.read_text().splitlines() == [
        "row,problem,Id,Email",
        "26,Email: Must be an e-mail address of at most 254 characters.,26,nowhere",
        "27,An earlier row is about the same lead.,3,",
    ]


def test_a_file_that_cannot_be_imported_is_refused_before_anything_is_written(
    world: World, test_database: TestDatabase, tmp_path: Path
) -> None:
    file, mapping = tmp_path / "leads.csv", tmp_path / "mapping.yaml"
    file.write_text("Id,Email\n1,\n")
    mapping.write_text(MAPPING)
    command = ("import", str(file), "--mapping", str(mapping), "--workspace", str(world.workspace.id))

    nowhere = leads(*command, "--errors", str(tmp_path / "nowhere" / "left-out.csv"), DATABASE_URL=test_database.dsn())
    file.write_text('Id,Email\n1,\n2,"ada\n')
    unclosed = leads(*command, DATABASE_URL=test_database.dsn())

    assert nowhere.returncode == 2
    assert "cannot be written" in nowhere.stderr
    assert (unclosed.returncode, unclosed.stderr) == (1, "leads: Line 3: A quoted cell that begins in this row is never closed.\n")
