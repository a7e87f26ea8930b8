"""Set up receivers of events: create, update, pause, enable, delete, and give them a new secret."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict
from uuid import UUID

from domain.events import EventType
from domain.lead_labels import one_line
from domain.refusals import AlreadyExists, Refusal, Refused, ValidationFailed, not_found
from domain.web_addresses import ANY_PUBLIC, BadWebAddress, WebPolicy, checked_web_address
from domain.webhooks import (
    MAX_ENDPOINTS,
    OLD_SECRET_FOR,
    SECRET_BYTES,
    WebhookEndpoint,
    WebhookState,
    endpoint_problems,
    shown_secret,
)
from persistence import webhooks
from persistence.failures import Deadlocked, UniqueViolation
from persistence.feed import feed_end
from persistence.locks import lock_names
from usecases.answers import Several, ToldOnce
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


class EndpointFields(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone; None of `types` and `selection` clears it."""

    name: str
    url: str
    types: Sequence[EventType] | None
    selection: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRequest:
    """What is asked for one endpoint. `selection_problems` is what the schema says against the selection."""

    fields: EndpointFields
    policy: WebPolicy = ANY_PUBLIC
    selection_problems: Sequence[str] = field(default_factory=list[str])
    endpoint_id: UUID | None = None
    expected_version: int | None = None


@verb
async def create_webhook_endpoint(work: Work, request: EndpointRequest) -> Several:
    """Set up a receiver of everything that happens from now on; answer `endpoint` and `secret`, which is told once.

    Raises Refused: ValidationFailed, AlreadyExists.
    """
    await lock_names(work.tx, [("webhook_endpoints",)])
    end = await feed_end(work.tx)
    secret = secrets.token_bytes(SECRET_BYTES)
    blank = WebhookEndpoint(
        id=new_id(),
        version=1,
        name="",
        url="",
        types=None,
        selection=None,
        state=WebhookState.ENABLED,
        secret=secret,
        previous_secret=None,
        previous_secret_until=None,
        permissions=tuple(sorted(work.viewer.permissions)),
        position_xid=end.xid,
        position_id=end.id,
        failures=0,
        broken_until=None,
        created_by_kind=work.actor.kind,
        created_by_id=work.actor.id,
        created_at=work.at,
        updated_at=work.at,
    )
    endpoint = _changed(blank, request.fields)
    problems: list[Refusal] = []
    if await webhooks.webhook_endpoint_count(work.tx) >= MAX_ENDPOINTS:
        problems.append(ValidationFailed(message=f"A workspace has at most {MAX_ENDPOINTS} endpoints.", path=()))
    await _check(work, endpoint, request, problems)
    try:
        await webhooks.add_webhook_endpoints(work.tx, [endpoint])
    except UniqueViolation as error:
        raise Deadlocked(str(error)) from error
    return Several({"endpoint": endpoint, "secret": ToldOnce(shown_secret(secret))})


@verb
async def update_webhook_endpoint(work: Work, request: EndpointRequest) -> WebhookEndpoint:
    """Change a receiver; what is on its way already goes to the new URL.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists.
    """
    before = await _locked(work, request.endpoint_id, None)
    endpoint = _changed(before, request.fields)
    await _check(work, endpoint, request, [*version_problem(before.version, request.expected_version, "endpoint")])
    if endpoint == before:
        return before
    # Whoever changes what is told answers for it with what that key may do.
    return await _saved(work, before, replace(endpoint, permissions=tuple(sorted(work.viewer.permissions))))


@verb
async def set_webhook_state(work: Work, endpoint_id: UUID, state: WebhookState, expected_version: int | None) -> WebhookEndpoint:
    """Pause a receiver or enable it again; a paused one misses nothing, for its events wait. Raises Refused: NotFound, VersionConflict."""
    before = await _locked(work, endpoint_id, expected_version)
    if before.state is state and not before.failures:
        return before
    return await _saved(work, before, replace(before, state=state, failures=0, broken_until=None))


@verb
async def delete_webhook_endpoint(work: Work, endpoint_id: UUID, expected_version: int | None) -> Several:
    """Delete a receiver with everything that was on its way to it; answer `deleted_id`. Raises Refused: NotFound, VersionConflict."""
    before = await _locked(work, endpoint_id, expected_version)
    await webhooks.delete_webhook_endpoint(work.tx, before.id)
    return Several({"deleted_id": str(before.id)})


@verb
async def rotate_webhook_secret(work: Work, endpoint_id: UUID, expected_version: int | None) -> Several:
    """Give a receiver a new secret; for a day both sign. Answer `endpoint` and `secret`. Raises Refused: NotFound, VersionConflict."""
    before = await _locked(work, endpoint_id, expected_version)
    secret = secrets.token_bytes(SECRET_BYTES)
    rotated = replace(before, secret=secret, previous_secret=before.secret, previous_secret_until=work.at + OLD_SECRET_FOR)
    return Several({"endpoint": await _saved(work, before, rotated), "secret": ToldOnce(shown_secret(secret))})


async def _locked(work: Work, id: UUID | None, expected_version: int | None) -> WebhookEndpoint:
    found = (await webhooks.webhook_endpoint_for_update(work.tx, [id])).get(id) if id is not None else None
    if found is None:
        raise Refused.because(not_found("WebhookEndpoint", "endpoint_id"))
    problems = version_problem(found.version, expected_version, "endpoint")
    if problems:
        raise Refused(problems)
    return found


async def _saved(work: Work, before: WebhookEndpoint, after: WebhookEndpoint) -> WebhookEndpoint:
    saved = replace(after, version=before.version + 1, updated_at=work.at)
    try:
        await webhooks.save_webhook_endpoints(work.tx, [saved])
    except UniqueViolation as error:
        raise Deadlocked(str(error)) from error
    return saved


def _changed(endpoint: WebhookEndpoint, fields: EndpointFields) -> WebhookEndpoint:
    values: dict[str, Any] = {**fields}
    if "name" in values:
        values["name"] = one_line(values["name"])
    if values.get("types") is not None:
        values["types"] = tuple(dict.fromkeys(str(each) for each in values["types"]))
    return replace(endpoint, **values)


async def _check(work: Work, endpoint: WebhookEndpoint, request: EndpointRequest, problems: list[Refusal]) -> None:
    problems += endpoint_problems(endpoint.name, endpoint.selection)
    problems += [ValidationFailed(message=message, path=("selection",)) for message in request.selection_problems]
    if endpoint.types is not None and not endpoint.types:
        problems.append(ValidationFailed(message="Name at least one type of event, or leave the types out for all.", path=("types",)))
    try:
        checked_web_address(endpoint.url, request.policy)
    except BadWebAddress as error:
        problems.append(ValidationFailed(message=str(error), path=("url",)))
    taken = await webhooks.webhook_endpoint_id_by_name(work.tx, endpoint.name)
    if taken is not None and taken != endpoint.id:
        problems.append(AlreadyExists(message="There is an endpoint with this name.", path=("name",)))
    if problems:
        raise Refused(problems)
