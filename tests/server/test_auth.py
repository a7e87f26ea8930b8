"""Whom a bearer token is taken for, and how soon it is not any more."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.access import LeadVisibility, Permission, Role
from domain.api_keys import Token, read_token, write_token
from domain.people import Agent, Availability
from domain.workspaces import ApiKey
from persistence.api_keys import api_key_by_id
from persistence.people import save_agents
from server.auth import Authenticator
from server.http.bearer import Unauthenticated
from tests.worlds import World
from usecases.keys.create_api_key import CreateApiKey, create_api_key
from usecases.keys.revoke_api_key import revoke_api_key


class Clock:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


async def _create(world: World, **fields: object) -> tuple[ApiKey, str]:
    request = CreateApiKey(**{"name": "Website", "role": Role.INTEGRATION, **fields})  # pyright: ignore[reportArgumentType]
    created = await create_api_key(world.call(), request)
    return created["api_key"], created["secret"].text


async def _last_used(world: World, key: ApiKey) -> object:
    async with world.database.reading(world.scope) as db:
        return (await api_key_by_id(db, [key.id]))[key.id].last_used_at


async def _set_availability(world: World, agent: Agent, availability: Availability) -> None:
    async with world.database.writing(world.scope) as tx:
        await save_agents(tx, [replace(agent, availability=availability)])


async def test_a_key_stands_for_its_role_in_its_workspace(world: World) -> None:
    key, token = await _create(world, scopes=frozenset({Permission.READ_LEADS}))
    authenticate = Authenticator(world.database)

    viewer = await authenticate(token, world.at)
    await authenticate.close()

    assert (viewer.workspace_id, viewer.key_id, viewer.role, viewer.agent_id) == (world.workspace.id, key.id, Role.INTEGRATION, None)
    assert viewer.permissions == {Permission.READ_LEADS}
    assert viewer.visibility is None


async def test_an_agents_key_sees_own_team_and_pool_leads(world: World) -> None:
    _, token = await _create(world, role=Role.AGENT, agent_id=world.ada.id)
    authenticate = Authenticator(world.database)

    viewer = await authenticate(token, world.at)
    await authenticate.close()

    assert viewer.agent_id == world.ada.id
    assert viewer.visibility == LeadVisibility(world.ada.id, world.team.id, pool=True)


async def test_malformed_tokens_never_reach_the_database(world: World) -> None:
    _, token = await _create(world)
    authenticate = Authenticator(world.database)

    with world.recorded() as statements:
        for wrong in ("", "secret", token[:-1], token[:-1] + ("0" if token[-1] != "0" else "1"), token.lower()):
            with pytest.raises(Unauthenticated):
                await authenticate(wrong, world.at)

    assert statements == []


async def test_an_unknown_key_and_a_wrong_secret_take_the_same_way(world: World) -> None:
    _, token = await _create(world)
    right = read_token(token)
    assert right is not None
    authenticate = Authenticator(world.database)
    told: list[list[str]] = []

    for wrong in (
        replace(right, secret=bytes(24)),
        replace(right, key_id=world.ada.id),
        Token(world.ada.id, right.key_id, right.secret),
    ):
        with world.recorded() as statements, pytest.raises(Unauthenticated):
            await authenticate(write_token(wrong), world.at)
        told.append(statements)

    assert len(told[0]) == 1
    assert told[0] == told[1] == told[2]


async def test_what_was_verified_a_moment_ago_is_believed(world: World) -> None:
    _, token = await _create(world)
    clock = Clock()
    authenticate = Authenticator(world.database, clock=clock)
    first = await authenticate(token, world.at)
    await authenticate.close()

    with world.recorded() as statements:
        clock.seconds += 0.999
        assert await authenticate(token, world.at) is first
        assert statements == []
        clock.seconds += 0.001
        assert await authenticate(token, world.at) == first
        assert len(statements) == 1


async def test_a_revoked_key_stops_working_within_a_second(world: World) -> None:
    key, token = await _create(world)
    clock = Clock()
    authenticate = Authenticator(world.database, clock=clock)
    await authenticate(token, world.at)

    await revoke_api_key(world.call(), key.id)

    clock.seconds += 1
    with pytest.raises(Unauthenticated):
        await authenticate(token, world.at)
    with pytest.raises(Unauthenticated):
        await Authenticator(world.database)(token, world.at)
    await authenticate.close()


async def test_a_forgotten_key_is_verified_at_once(world: World) -> None:
    key, token = await _create(world)
    authenticate = Authenticator(world.database, clock=Clock())
    await authenticate(token, world.at)
    await revoke_api_key(world.call(), key.id)

    authenticate.forget(key.id)

    with pytest.raises(Unauthenticated):
        await authenticate(token, world.at)
    await authenticate.close()


async def test_a_key_expires_to_the_instant_even_while_it_is_believed(world: World) -> None:
    _, token = await _create(world, expires_at=world.at + timedelta(seconds=1))
    authenticate = Authenticator(world.database, clock=Clock())

    await authenticate(token, world.at + timedelta(microseconds=999_999))

    with pytest.raises(Unauthenticated):
        await authenticate(token, world.at + timedelta(seconds=1))
    await authenticate.close()


async def test_the_keys_of_a_deactivated_agent_are_refused(world: World) -> None:
    _, token = await _create(world, role=Role.MANAGER, agent_id=world.ada.id)
    clock = Clock()
    authenticate = Authenticator(world.database, clock=clock)
    await _set_availability(world, world.ada, Availability.AWAY)
    await authenticate(token, world.at)

    await _set_availability(world, world.ada, Availability.DEACTIVATED)

    clock.seconds += 1
    with pytest.raises(Unauthenticated):
        await authenticate(token, world.at)
    await authenticate.close()


async def test_requests_at_the_same_time_share_one_read(world: World) -> None:
    _, token = await _create(world)
    authenticate = Authenticator(world.database)

    with world.recorded() as statements:
        viewers = await asyncio.gather(*(authenticate(token, world.at) for _ in range(20)))

    assert len({id(viewer) for viewer in viewers}) == 1
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
    await authenticate.close()


async def test_a_client_that_goes_away_takes_nothing_from_the_others(world: World) -> None:
    _, token = await _create(world)
    authenticate = Authenticator(world.database)
    leaving = asyncio.create_task(authenticate(token, world.at))
    staying = asyncio.create_task(authenticate(token, world.at))
    await asyncio.sleep(0)

    leaving.cancel()

    assert (await staying).workspace_id == world.workspace.id
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await authenticate.close()


async def test_no_more_keys_are_remembered_than_there_is_room_for(world: World) -> None:
    tokens = [(await _create(world))[1] for _ in range(3)]
    authenticate = Authenticator(world.database, capacity=2, clock=Clock())
    for token in tokens:
        await authenticate(token, world.at)
    await authenticate.close()

    with world.recorded() as statements:
        for token in reversed(tokens):
            await authenticate(token, world.at)
    await authenticate.close()

    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


async def test_the_last_use_is_noted_at_most_once_a_minute(world: World) -> None:
    key, token = await _create(world)
    noon = world.at

    async def use() -> object:
        authenticate = Authenticator(world.database)
        await authenticate(token, world.at)
        await authenticate.close()
        return await _last_used(world, key)

    assert await use() == noon
    world.at = noon + timedelta(seconds=60)
    assert await use() == noon
    world.at = noon + timedelta(seconds=61)
    assert await use() == noon + timedelta(seconds=61)
