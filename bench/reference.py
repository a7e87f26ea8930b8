"""The yardstick: SQL written by hand that builds the JSON, behind a bare ASGI function. No GraphQL, no keys, no limits, no row security."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from gql.ids import decode_kind
from server.demo.filling import DEMO_WORKSPACE

_W = f"'{DEMO_WORKSPACE}'::uuid"
_RELATIONS = """
    'owner', (SELECT json_build_object('id', a.id, 'name', a.name) FROM agents a WHERE a.workspace_id = l.workspace_id AND a.id = l.owner_id),
    'stage', (SELECT json_build_object('id', s.id, 'name', s.name, 'pipeline', json_build_object('id', p.id, 'name', p.name))
              FROM stages s JOIN pipelines p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id
              WHERE s.workspace_id = l.workspace_id AND s.id = l.stage_id)"""
_SCALARS = """'id', l.id, 'version', l.version, 'status', l.status, 'grade', l.grade, 'temperature', l.temperature,
    'priority', l.priority, 'createdAt', l.created_at, 'updatedAt', l.updated_at"""
_CONTACT = "'contact', json_build_object('firstName', l.first_name, 'lastName', l.last_name, 'email', l.email, 'title', l.title)"


def _nodes(fields: str, table: str, at: str, size: int) -> str:
    pairs = ", ".join(f"'{name}', x.{column}" for name, column in (pair.split(":") for pair in fields.split()))
    return (
        f"json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object({pairs})), '[]'::json) FROM (SELECT * FROM {table} y "
        f"WHERE y.workspace_id = l.workspace_id AND y.lead_id = l.id ORDER BY y.{at} DESC, y.id DESC LIMIT {size}) x))"
    )


_ACTIVITIES = f"'activities', {_nodes('id:id type:type occurredAt:occurred_at subject:subject body:body', 'activities', 'occurred_at', 5)}"
_HISTORY = "'scoreHistory', " + _nodes("id:id at:at total:total grade:grade cause:cause", "score_entries", "at", 5)
_SHORT_HISTORY = "'scoreHistory', " + _nodes("id:id at:at total:total grade:grade", "score_entries", "at", 3)
_CAMPAIGNS = """'campaigns', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('id', x.id, 'name', x.name)), '[]'::json)
    FROM (SELECT c.id, c.name FROM campaign_members m JOIN campaigns c ON c.workspace_id = m.workspace_id AND c.id = m.campaign_id
          WHERE m.workspace_id = l.workspace_id AND m.lead_id = l.id AND m.left_at IS NULL ORDER BY m.joined_at DESC, c.id DESC LIMIT 5) x))"""
_NAME = "nullif(concat_ws(' ', nullif(l.first_name, ''), nullif(l.last_name, '')), '')"

Q1 = f"""SELECT json_build_object('data', json_build_object('lead', json_build_object({_SCALARS}, 'name', {_NAME}, 'notes', l.notes,
    'lastActivityAt', l.last_activity_at, {_CONTACT}, {_RELATIONS}, {_ACTIVITIES}, {_HISTORY})))::text
    FROM leads l WHERE l.workspace_id = {_W} AND l.id = $1 AND l.deleted_at IS NULL"""
Q2 = f"""WITH page AS MATERIALIZED (SELECT * FROM leads l WHERE l.workspace_id = {_W} AND l.deleted_at IS NULL AND l.status = $1 AND l.grade = $2
    ORDER BY l.score_total DESC, l.id DESC LIMIT 51),
    rows AS (SELECT row_number() OVER (ORDER BY l.score_total DESC, l.id DESC) AS n, l.*,
        translate(encode(convert_to('["SCORE",' || l.score_total || ',"' || l.id || '"]', 'utf8'), 'base64'), E'\\n', '') AS cursor FROM page l)
    SELECT json_build_object('data', json_build_object('leads', json_build_object(
        'pageInfo', json_build_object('hasNextPage', max(l.n) > 50, 'hasPreviousPage', false,
            'startCursor', min(l.cursor) FILTER (WHERE l.n = 1), 'endCursor', min(l.cursor) FILTER (WHERE l.n = 50)),
        'edges', coalesce(json_agg(json_build_object('cursor', l.cursor, 'node', json_build_object(
            {_SCALARS}, {_CONTACT}, {_RELATIONS}, {_ACTIVITIES}, {_SHORT_HISTORY}, {_CAMPAIGNS})) ORDER BY l.n) FILTER (WHERE l.n <= 50), '[]'::json))))::text
    FROM rows l"""
Q3 = f"""SELECT json_build_object('data', json_build_object('leads', json_build_object('nodes', json_agg(json_build_object(
    'id', l.id, 'version', l.version, 'status', l.status, 'grade', l.grade, 'priority', l.priority, 'name', {_NAME},
    'createdAt', l.created_at, 'updatedAt', l.updated_at)))))::text
    FROM (SELECT * FROM leads l WHERE l.workspace_id = {_W} AND l.deleted_at IS NULL ORDER BY l.created_at DESC, l.id DESC LIMIT 20) l"""
Q4 = f"""WITH before AS (SELECT * FROM leads l WHERE l.workspace_id = {_W} AND l.id = $1 FOR UPDATE),
    moved AS (UPDATE leads l SET status = $2, status_since = now(), updated_at = now(), version = l.version + 1,
            event_sequence = l.event_sequence + 1
        FROM before b WHERE l.workspace_id = b.workspace_id AND l.id = b.id RETURNING l.*),
    history AS (INSERT INTO status_changes (workspace_id, id, lead_id, from_status, to_status, forced, actor_kind, at, seconds_in_previous)
        SELECT m.workspace_id, gen_random_uuid(), m.id, b.status, m.status, false, 'SYSTEM', now(), 1 FROM moved m JOIN before b USING (id)),
    told AS (INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, actor_kind)
        SELECT m.workspace_id, gen_random_uuid(), m.id, m.event_sequence, 'LEAD_STATUS_CHANGED', now(),
            jsonb_build_object('from', b.status, 'to', m.status), 'SYSTEM' FROM moved m JOIN before b USING (id))
    SELECT json_build_object('data', json_build_object('changeLeadStatus', json_build_object('lead',
        json_build_object('id', m.id, 'status', m.status, 'version', m.version), 'errors', '[]'::json)))::text FROM moved m"""


def _entries(typename: str, fields: str, table: str, at: str) -> str:
    pairs = ", ".join(f"'{name}', x.{column}" for name, column in (pair.split(":") for pair in fields.split()))
    return (
        f"(SELECT x.{at} AS place, x.id AS id, json_build_object('__typename', '{typename}', {pairs}) AS entry FROM {table} x "
        f"WHERE x.workspace_id = l.workspace_id AND x.lead_id = l.id ORDER BY x.{at} DESC, x.id DESC LIMIT 10)"
    )


_TIMELINE = " UNION ALL ".join(
    (
        _entries("Activity", "id:id type:type occurredAt:occurred_at", "activities", "occurred_at"),
        _entries("ContactAttempt", "id:id channel:channel occurredAt:occurred_at", "contact_attempts", "occurred_at"),
        _entries("StatusChange", "id:id to:to_status at:at", "status_changes", "at"),
        _entries("Assignment", "id:id strategy:strategy at:at", "assignments", "at"),
        _entries("ScoreChange", "id:id total:total at:at", "score_entries", "at"),
        _entries("StageStay", "id:id enteredAt:entered_at leftAt:left_at", "stage_stays", "entered_at"),
        _entries("CampaignMember", "id:id joinedAt:joined_at leftAt:left_at", "campaign_members", "joined_at"),
        _entries("CloseDateSlip", "id:id fromDate:from_date at:at", "close_date_slips", "at"),
        _entries("EnrollmentChange", "id:id kind:kind at:at", "enrollment_changes", "at"),
        _entries("FollowUp", "id:id dueAt:due_at createdAt:created_at", "follow_ups", "created_at"),
        _entries("LeadMerge", "id:id at:at unmergedAt:unmerged_at", "lead_merges", "at"),
        _entries("ConsentEntry", "id:id channel:channel at:at", "consent_entries", "at"),
    )
)
# The stored breakdown is answered as it lies: taking it apart is the server's business.
Q5 = f"""SELECT json_build_object('data', json_build_object('leads', json_build_object('nodes', json_agg(json_build_object('id', l.id,
    'score', (SELECT json_build_object('total', s.total, 'grade', s.grade, 'categories', (SELECT json_agg(json_build_object(
            'name', coalesce(c.value ->> 4, initcap(c.value ->> 0)), 'points', c.value -> 1)) FROM jsonb_array_elements(s.breakdown) c))
        FROM lead_scores s WHERE s.workspace_id = l.workspace_id AND s.lead_id = l.id),
    'timeline', json_build_object('nodes', (SELECT json_agg(e.entry ORDER BY e.place DESC, e.id DESC)
        FROM (SELECT * FROM ({_TIMELINE}) u ORDER BY u.place DESC, u.id DESC LIMIT 10) e)))))))::text
    FROM (SELECT * FROM leads l WHERE l.workspace_id = {_W} AND l.deleted_at IS NULL ORDER BY l.created_at DESC, l.id DESC LIMIT 100) l"""

_SQL: Mapping[str, str] = {"Q1": Q1, "Q2": Q2, "Q3": Q3, "Q4": Q4, "Q5": Q5}


def _arguments(variables: Mapping[str, Any]) -> list[UUID | str]:
    return [decode_kind("Lead", value) if name == "id" else value for name, value in variables.items()]


class Reference:
    """An ASGI application that answers the benchmark's operations by their names."""

    def __init__(self) -> None:
        self._pool: asyncpg.Pool[Any] | None = None

    async def __call__(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        asked = orjson.loads(body)
        if self._pool is None:
            raise RuntimeError("not started")
        async with self._pool.acquire() as connection:
            answer = (await connection.fetchval(_SQL[asked["operationName"]], *_arguments(asked["variables"]))).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _live(self, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        await receive()
        self._pool = await asyncpg.create_pool(os.environ["BENCH_DSN"], min_size=10, max_size=10)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})


app = Reference()
