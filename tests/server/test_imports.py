"""A file through the API: announced, uploaded, previewed, started, and what was left out fetched as CSV."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from domain.access import Permission, Role, Viewer
from domain.imports_mapping import FileFormat
from gql.ids import decode_kind
from persistence.locks import lock_names
from server.http.bearer import Unauthenticated
from server.imports import routes
from tests.worlds import World, build_world
from usecases.imports.apply import LEASE
from usecases.imports.run import claim_import, run_pending_imports
from usecases.imports.start import store_upload, surveyed

MAPPING = "lead: {references: {system: crm, id: Id}, name: Name, email: Email, counts: {email_opens: Opens}}"
FILE = "Id,Name,Email,Opens\n1,Rosa Marques,rosa@lo.example,4\n2,=cmd|calc,nowhere,1\n1,Rosa again,,\n"
ANNOUNCED = "import { id status rowsTotal } uploadUrl errors { ... on UserError { code path message } }"
STARTED = "import { id status } errors { __typename ... on ImportRejected { reason message line path } ... on NotFound { kind } }"
PREVIEWED = """
    preview {
        columns encoding delimiter rowsExamined complete create update unchanged duplicates errors warnings suggestedMapping
        rows { number verdict changes lead { name } problems { column message } }
    }
    errors { __typename ... on ImportRejected { reason message } ... on ValidationError { message path } }
"""
KEY = {"authorization": "Bearer good"}


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Speak to the routes; the token says who asks."""
    other = await build_world(world.database)
    viewers = {
        "good": world.viewer(),
        "reader": world.viewer(Role.READ_ONLY),
        "other": other.viewer(),
    }

    async def authenticate(token: str, _at: datetime) -> Viewer:
        if token not in viewers:
            raise Unauthenticated
        return viewers[token]

    app = Starlette(routes=list(routes(world.database, authenticate, now=lambda: world.at)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://imports.example") as client:
        yield client


async def announced(world: World, mapping: str | None = MAPPING) -> tuple[str, str]:
    payload = await world.tell("createImport", {"fileName": "leads.csv", "mapping": mapping}, ANNOUNCED)
    assert payload["errors"] == []
    return payload["import"]["id"], payload["uploadUrl"]


async def uploaded(world: World, client: httpx.AsyncClient, content: bytes = FILE.encode(), mapping: str | None = MAPPING) -> str:
    id, url = await announced(world, mapping)
    answer = await client.put(url, content=content, headers=KEY)
    assert answer.status_code == 200, answer.text
    return id


async def test_a_file_goes_all_the_way(world: World, client: httpx.AsyncClient) -> None:
    id, url = await announced(world)
    answer = await client.put(url, content=FILE.encode(), headers=KEY)
    assert answer.json() == {"status": "UPLOADED", "rows": 3, "encoding": "utf-8", "delimiter": ","}

    preview = (await world.tell("previewImport", {"importId": id}, PREVIEWED))["preview"]
    leads_then = (await world.ask("{ leads { totalCount } }"))["leads"]["totalCount"]
    started = await world.tell("startImport", {"importId": id}, STARTED)
    ended = await run_pending_imports(world.database, lambda: world.at)
    progress = "{ import(id: %s) { status rowsTotal rowsDone created duplicates failed message createdBy { kind } errorsPath } }"
    done = (await world.ask(progress.replace("%s", f'"{id}"')))["import"]

    assert {name: preview[name] for name in ("create", "update", "unchanged", "duplicates", "errors", "complete")} == {
        "create": 1,
        "update": 0,
        "unchanged": 0,
        "duplicates": 1,
        "errors": 1,
        "complete": True,
    }
    assert [(row["number"], row["verdict"]) for row in preview["rows"]] == [(1, "CREATE"), (2, "ERROR"), (3, "DUPLICATE")]
    assert leads_then == 0
    assert started == {"import": {"id": id, "status": "QUEUED"}, "errors": []}
    assert ended >= 1
    errors_path = f"/imports/{decode_kind('Import', id)}/errors.csv"
    assert done == {
        "status": "FINISHED",
        "rowsTotal": 3,
        "rowsDone": 3,
        "created": 1,
        "duplicates": 1,
        "failed": 1,
        "message": None,
        "createdBy": {"kind": "API_KEY"},
        "errorsPath": errors_path,
    }
    found = await world.ask("{ leads { nodes { name behaviour { emailOpens } score { total } } } }")
    assert found["leads"]["nodes"] == [{"name": "Rosa Marques", "behaviour": {"emailOpens": 4}, "score": {"total": 8}}]

    sheet = await client.get(errors_path, headers=KEY)
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    # A cell that a spreadsheet would run is quoted with an apostrophe.
    assert sheet.text == (
        "row,problem,Id,Name,Email,Opens\r\n"
        "2,Email: Must be an e-mail address of at most 254 characters.,2,'=cmd|calc,nowhere,1\r\n"
        "3,An earlier row is about the same lead.,1,Rosa again,,\r\n"
    )


async def test_dry_runs_of_an_import_preview_and_start_nothing(world: World, client: httpx.AsyncClient) -> None:
    id = await uploaded(world, client)
    before = await world.contents()
    preview = await world.tell("previewImport", {"importId": id, "dryRun": True}, "preview { create } dryRun { changes { type } }")
    started = await world.tell(
        "startImport", {"importId": id, "dryRun": True}, "import { status } errors { __typename } dryRun { changes { kind type } }"
    )
    assert preview == {"preview": {"create": 1}, "dryRun": {"changes": []}}
    assert started == {
        "import": {"status": "QUEUED"},
        "errors": [],
        "dryRun": {"changes": [{"kind": "UPDATED", "type": "Import"}]},
    }
    assert await world.contents() == before


async def test_a_preview_is_read_on_and_narrowed_to_what_needs_a_look(world: World, client: httpx.AsyncClient) -> None:
    await world.lead(email="ben@lo.example")
    content = b"Id,Name,Email,Opens\n1,Ada,,\n2,Bob,,many\n3,Ben,ben@lo.example,\n4,Cy,,\n5,Di,nowhere,\n"
    id = await uploaded(world, client, content)

    async def rows(**which: Any) -> list[tuple[int, str, list[str]]]:
        preview = (await world.tell("previewImport", {"importId": id, **which}, PREVIEWED))["preview"]
        assert (preview["create"], preview["duplicates"], preview["errors"]) == (2, 1, 2)
        return [(row["number"], row["verdict"], [problem["column"] for problem in row["problems"]]) for row in preview["rows"]]

    assert await rows(rows=2, afterRow=2) == [(3, "DUPLICATE", ["Email"]), (4, "CREATE", [])]
    assert await rows(verdicts=["ERROR"]) == [(2, "ERROR", ["Opens"]), (5, "ERROR", ["Email"])]
    assert await rows(verdicts=["ERROR", "DUPLICATE"], rows=1, afterRow=2) == [(3, "DUPLICATE", ["Email"])]
    assert await rows(verdicts=[]) == []


async def test_a_preview_tells_updates_from_what_is_known(world: World, client: httpx.AsyncClient) -> None:
    first = await uploaded(world, client, b"Id,Name,Email,Opens\n1,Rosa Marques,,4\n2,Bo Ek,,\n")
    await world.tell("startImport", {"importId": first}, STARTED)
    await run_pending_imports(world.database, lambda: world.at)

    second = await uploaded(world, client, b"Id,Name,Email,Opens\n1,Rosa Lopes,,6\n2,Bo Ek,,\n")
    preview = (await world.tell("previewImport", {"importId": second}, PREVIEWED))["preview"]

    assert preview["rows"] == [
        {"number": 1, "verdict": "UPDATE", "changes": ["last_name", "email_opens"], "lead": {"name": "Rosa Marques"}, "problems": []},
        {"number": 2, "verdict": "UNCHANGED", "changes": [], "lead": {"name": "Bo Ek"}, "problems": []},
    ]


async def test_a_mapping_is_suggested_from_the_header(world: World, client: httpx.AsyncClient) -> None:
    id = await uploaded(world, client, b"Lead ID;First Name;E-Mail;Mobile;TotalVisits;Colour\n1;Rosa;rosa@lo.example;;2;red\n", None)

    preview = (await world.tell("previewImport", {"importId": id}, PREVIEWED))["preview"]

    assert preview["suggestedMapping"] == (
        "kind: leads\nlead:\n  references:\n  - system: import\n    id: Lead ID\n  first_name: First Name\n  email: E-Mail\n"
        "  phones:\n  - Mobile\n  counts:\n    website_visits: TotalVisits\n"
    )
    assert (preview["delimiter"], preview["create"]) == (";", 1)


async def test_a_mapping_is_told_all_that_is_wrong_with_it(world: World) -> None:
    mapping = "lead: {emial: Email, name: {column: A, constant: b}, same_email: perhaps}"

    payload = await world.tell("createImport", {"fileName": "", "mapping": mapping}, ANNOUNCED)

    assert payload["import"] is None
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [
        ("VALIDATION_FAILED", ["input", "fileName"]),
        *[("IMPORT_REJECTED", ["input", "mapping"])] * 3,
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and more", "NOT_TEXT"),
        (b"\x1f\x8b\x08 and more", "NOT_TEXT"),
        (b"", "EMPTY"),
        (b"Id,Name\n", "EMPTY"),
        (b"Id,Id\n1,2\n", "HEADER"),
        (b"Id,,Name\n1,2,3\n", "HEADER"),
        (b",".join(b"c%d" % number for number in range(101)) + b"\n1\n", "TOO_MANY_COLUMNS"),
        (b'Id,Name\n1,Ada\n2,"Bo\n3,Cy\n', "MALFORMED"),
        (b"Id\n" + b"1\n" * 100_001, "TOO_MANY_ROWS"),
    ],
)
async def test_a_file_that_is_none_is_turned_away(world: World, client: httpx.AsyncClient, content: bytes, reason: str) -> None:
    id, url = await announced(world, None)

    answer = await client.put(url, content=content, headers=KEY)

    error = answer.json()["errors"][0]
    assert (answer.status_code, error["extensions"]["code"], error["extensions"]["reason"]) == (422, "IMPORT_REJECTED", reason)
    if reason == "MALFORMED":
        assert error["extensions"]["line"] == 3
    payload = await world.tell("startImport", {"importId": id, "mapping": MAPPING}, STARTED)
    assert payload["errors"][0]["reason"] == "WRONG_STATE"


async def test_a_file_that_is_too_large_is_not_read_to_its_end(world: World, client: httpx.AsyncClient) -> None:
    _, url = await announced(world)
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1024 * 1024
            yield b"x" * (1024 * 1024)

    answer = await client.put(url, content=endless(), headers=KEY)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["reason"]) == (413, "TOO_LARGE")


@pytest.mark.parametrize(("token", "status"), [("none", 401), ("reader", 403), ("other", 404)])
async def test_only_a_key_of_the_workspace_that_may_import_gets_in(
    world: World, client: httpx.AsyncClient, token: str, status: int
) -> None:
    id, url = await announced(world)
    headers = {"authorization": f"Bearer {token}"}

    assert (await client.put(url, content=b"Id\n1\n", headers=headers)).status_code == status
    assert (await client.get(f"/imports/{decode_kind('Import', id)}/errors.csv", headers=headers)).status_code == status


async def test_the_secret_of_the_address_counts_and_counts_once(world: World, client: httpx.AsyncClient) -> None:
    _, url = await announced(world)

    assert (await client.put(url[:-1] + ("a" if url[-1] != "a" else "b"), content=FILE.encode(), headers=KEY)).status_code == 404
    assert (await client.put(url, content=FILE.encode(), headers=KEY)).status_code == 200
    assert (await client.put(url, content=FILE.encode(), headers=KEY)).status_code == 409


async def test_the_same_file_started_again_meanwhile_is_the_first_import(world: World, client: httpx.AsyncClient) -> None:
    first, second = await uploaded(world, client), await uploaded(world, client)

    one = await world.tell("startImport", {"importId": first}, STARTED)
    two = await world.tell("startImport", {"importId": second}, STARTED)

    assert two == one


async def test_imports_of_another_workspace_are_not_there(world: World, client: httpx.AsyncClient) -> None:
    id = await uploaded(world, client)
    other = await build_world(world.database)

    payload: dict[str, Any] = await other.tell("startImport", {"importId": id}, STARTED)

    assert payload == {"import": None, "errors": [{"__typename": "NotFound", "kind": "Import"}]}
    assert (await other.ask(f'{{ import(id: "{id}") {{ id }} imports {{ totalCount }} }}')) == {
        "import": None,
        "imports": {"totalCount": 0},
    }


async def test_an_address_for_uploading_is_told_once(world: World) -> None:
    request = {"fileName": "leads.csv", "idempotencyKey": "once"}

    first = await world.tell("createImport", request, ANNOUNCED)
    again = await world.tell("createImport", request, ANNOUNCED)

    assert first["uploadUrl"] is not None
    assert again == {**first, "uploadUrl": None}


async def test_a_key_without_the_scope_sees_no_imports(world: World) -> None:
    viewer = world.viewer(Role.ADMIN, scopes=frozenset({Permission.READ_LEADS}))

    body = await world.answer("{ imports { totalCount } }", viewer=viewer)

    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def started_import(world: World, mapping: str = MAPPING) -> str:
    """Start an import of a file, without the door."""
    id, _ = await announced(world, mapping)
    await store_upload(world.call(), decode_kind("Import", id), surveyed(FILE.encode(), FileFormat()))
    await world.tell("startImport", {"importId": id}, STARTED)
    return id


async def status_of(world: World, id: str) -> str:
    return (await world.ask("query ($id: ID!) { import(id: $id) { status } }", {"id": id}))["import"]["status"]


async def until(world: World, id: str, status: str) -> None:
    async with asyncio.timeout(20):
        while True:
            if await status_of(world, id) == status:
                return
            await asyncio.sleep(0.01)


async def test_a_long_import_holds_up_no_other_and_a_killed_workers_is_taken_up_meanwhile(world: World, client: httpx.AsyncClient) -> None:
    other = await build_world(world.database)
    left = await uploaded(world, client)
    await world.tell("startImport", {"importId": left}, STARTED)
    # Somebody claims it and is killed.
    assert await claim_import(world.call(), decode_kind("Import", left), world.at) is not None
    held = await started_import(other)
    async with world.database.writing(other.scope) as tx:
        await lock_names(tx, [("import",)])
        running = asyncio.create_task(run_pending_imports(world.database, lambda: world.at))
        await until(other, held, "RUNNING")
        world.at += LEASE
        await until(world, left, "FINISHED")
        assert await status_of(other, held) == "RUNNING"
    await running
    assert await status_of(other, held) == "FINISHED"
