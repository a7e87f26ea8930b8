"""The two doors of imports that are no GraphQL: the file goes in, and the rows that were left out come back as CSV."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from domain.access import Permission, Viewer
from domain.imports import MAX_UPLOAD_BYTES, ImportRejected, ImportRejection, harmless_cell
from domain.refusals import Refused
from gql.errors import ErrorCode
from persistence.database import Database, Scope
from persistence.failures import DatabaseUnavailable, Overloaded
from persistence.imports import import_by_id, import_content, row_errors
from server.http.bearer import Unauthenticated, bearer_token, unauthenticated
from server.http.body import read_body
from server.http.refusals import Refusal
from server.http.request_ids import request_id_of
from usecases.imports.reading import from_memory
from usecases.imports.run import file_of_rows
from usecases.imports.start import check_upload, store_upload, surveyed
from usecases.verbs import Call

Authenticate = Callable[[str, datetime], Awaitable[Viewer]]
Answer = Callable[[Request, Viewer, datetime], Awaitable[Response]]

_BODY_SECONDS = 120.0
_UPLOADS_AT_ONCE = 4
_PAGE = 500
_NO_SUCH = "There is no such import."


def _now() -> datetime:
    return datetime.now(UTC)


def routes(database: Database, authenticate: Authenticate, *, now: Callable[[], datetime] = _now) -> list[Route]:
    """Build the routes: `PUT /imports/{id}/content/{secret}` and `GET /imports/{id}/errors.csv`. Both take an API key."""
    room = asyncio.Semaphore(_UPLOADS_AT_ONCE)

    def guarded(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            request_id = request_id_of(request.scope)
            try:
                at = now()
                return await answer(request, await _viewer(request, authenticate, at), at)
            except Refusal as refusal:
                return refusal.response(request_id)
            except Refused as refused:
                return _rejected(refused).response(request_id)
            except ClientDisconnect:
                return Response(status_code=400)
            except (DatabaseUnavailable, Overloaded):
                busy = Refusal(503, ErrorCode.OVERLOADED, "The server is busy; try again.", headers={"retry-after": "1"})
                return busy.response(request_id)

        return respond

    return [
        Route("/imports/{id:uuid}/content/{secret}", guarded(partial(_upload, database, room)), methods=["PUT"]),
        Route("/imports/{id:uuid}/errors.csv", guarded(partial(_errors, database)), methods=["GET"]),
    ]


async def _upload(database: Database, room: asyncio.Semaphore, request: Request, viewer: Viewer, at: datetime) -> Response:
    call = Call(database, viewer, at)
    import_id: UUID = request.path_params["id"]
    format = await check_upload(call, import_id, request.path_params["secret"])
    if format is None:
        raise Refusal(404, "NOT_FOUND", _NO_SUCH)
    async with room:
        length = request.headers.get("content-length")
        try:
            content = await read_body(request.scope, request.receive, length, max_bytes=MAX_UPLOAD_BYTES, seconds=_BODY_SECONDS)
        except Refusal as refusal:
            raise _too_large() if refusal.status == 413 else refusal from None
        stored = await store_upload(call, import_id, await asyncio.to_thread(surveyed, content, format))
    encoding = (stored.encoding or "").removesuffix("-sig")
    facts = {"status": stored.status, "rows": stored.rows_total, "encoding": encoding, "delimiter": stored.delimiter}
    return Response(orjson.dumps(facts), headers={"content-type": "application/json", "cache-control": "no-store"})


async def _errors(database: Database, request: Request, viewer: Viewer, _at: datetime) -> Response:
    import_id: UUID = request.path_params["id"]
    async with database.reading(Scope(viewer.workspace_id)) as db:
        found = (await import_by_id(db, [import_id])).get(import_id)
        content = await import_content(db, import_id) if found is not None else None
    if found is None:
        raise Refusal(404, "NOT_FOUND", _NO_SUCH)
    header: tuple[str, ...] = ()
    if content is not None and found.encoding and found.delimiter:
        header = file_of_rows(from_memory(content), found.encoding, found.delimiter).header
    headers = {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="errors.csv"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    return StreamingResponse(error_lines(database, viewer.workspace_id, import_id, header), headers=headers)


async def _viewer(request: Request, authenticate: Authenticate, at: datetime) -> Viewer:
    try:
        token = bearer_token(request.headers.getlist("authorization"))
        if token is None:
            raise unauthenticated()
        viewer = await authenticate(token, at)
    except Unauthenticated:
        raise unauthenticated() from None
    if not viewer.may(Permission.IMPORT_LEADS):
        raise Refusal(403, ErrorCode.FORBIDDEN, "The key does not allow imports.", facts={"permission": Permission.IMPORT_LEADS.value})
    return viewer


def _too_large() -> Refusal:
    message = f"At most {MAX_UPLOAD_BYTES} bytes; larger files go in by the command line."
    return Refusal(413, "IMPORT_REJECTED", message, facts={"reason": ImportRejection.TOO_LARGE.value}, close=True)


def _rejected(refused: Refused) -> Refusal:
    """Answer with the first reason why a file was turned away."""
    refusal = refused.refusals[0]
    facts: dict[str, object] = {}
    if isinstance(refusal, ImportRejected):
        facts = {"reason": refusal.reason.value, **({"line": refusal.line} if refusal.line is not None else {})}
    status = 409 if isinstance(refusal, ImportRejected) and refusal.reason is ImportRejection.WRONG_STATE else 422
    return Refusal(status, refusal.code.value, refusal.message, facts=facts)


def csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as RFC 4180 says, with every cell harmless to spreadsheets."""
    text = io.StringIO()
    csv.writer(text).writerows([harmless_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def error_row(number: int, problems: Iterable[Any], cells: Iterable[str]) -> list[str]:
    """Lay out a row that was left out: its number, what is wrong, and its cells as they stood in the file."""
    texts = (f"{problem['column']}: {problem['message']}" if problem["column"] else problem["message"] for problem in problems)
    return [str(number), "; ".join(texts), *cells]


async def error_lines(database: Database, workspace_id: UUID, import_id: UUID, header: tuple[str, ...]) -> AsyncGenerator[str]:
    """Write the rows that an import left out, page by page."""
    yield csv_lines([("row", "problem", *header)])
    after = 0
    while True:
        async with database.reading(Scope(workspace_id)) as db:
            found = await row_errors(db, import_id, after=after, most=_PAGE)
        yield csv_lines(error_row(error.row_number, error.problems, error.cells) for error in found)
        if len(found) < _PAGE:
            return
        after = found[-1].row_number
